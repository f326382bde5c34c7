"""Advice for one person: the interview as a page, why something is advised, what would change it, and who
else would be advised otherwise.

A person stands in the query of an address and nowhere else. ``person.py`` reads such a query and writes it.
"""
