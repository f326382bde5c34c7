"""What authors wrote → the same in plain words, in one of the languages of the knowledge base.

Enters: conditions, formulas, targets and rules. Leaves: readings (``prose/reading.py``), in which every name
of a fact or a number says what it is about. No person is needed, and nothing is reasoned.
"""
