"""What a user would pick instead, measured on the same rules and people: ``make bench-peers``.

Each peer is a module with two functions: ``source`` writes a workload's rules in the peer's own language, and
``prepare`` makes of that a function from a person of whom every fact is known to the ids of the rules that
recommend something. ``worker`` runs one peer in a process of its own, and ``run`` lets them take turns.
"""
