"""A knowledge base → a handbook: a folder of HTML pages, in each of its languages, that link to each other.

``site.py`` makes all pages, ``folder.py`` puts them on the disk. What a page says comes from ``prose``,
``review`` and the audit's lines; here it is only laid out.
"""
