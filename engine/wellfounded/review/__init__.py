"""Looking at a knowledge base as a whole: schemas made for it, and scenarios run against it.

Enters: a loaded knowledge base. Leaves: documents and results, for interfaces to show.
"""
