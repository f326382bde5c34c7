"""References for reference managers and for reading.

What enters is ``Content``; what leaves is text. ``publication`` reads CSL-JSON, ``entries`` chooses what is
listed and says what is known of it, ``csl_json``, ``bibtex`` and ``ris`` write it for programs, and
``formatted`` in a citation style for people.
"""
