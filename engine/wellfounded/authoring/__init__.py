"""What an author asks for → a new rule in the files of a knowledge base, which passes check and scenarios.

Enters: the files as they are and what the rule is to be. Leaves: the same files with the new things inserted,
every other byte as it was. Nothing is written here before all of it was checked in memory.
"""
