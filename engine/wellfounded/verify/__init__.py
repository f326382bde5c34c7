"""What holds for every possible person: proved with the solver z3, or refuted with an example person.

Enters: a checked knowledge base. Leaves: what was proved, what was refuted and for whom, and what could not
be decided in time. ``to_solver`` is the solver's reading of the core, ``people`` finds the smallest person of
whom something is true, and most other files are one kind of question each.
"""
