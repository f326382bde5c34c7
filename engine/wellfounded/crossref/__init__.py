"""A knowledge base's references and works → what Crossref says of them, and a proposed change of their files.

Nothing here changes a file of a knowledge base, and what a source prints (``as_cited``) is never proposed
anew. ``client`` asks, ``answer`` reads what comes back, ``compare`` holds it against the record, ``verify``
does so for a knowledge base, and ``propose`` writes the difference.
"""
