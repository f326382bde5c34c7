"""Changing the knowledge base in a browser: its files, checked as one types, and forms for simple edits.

``files.py`` finds, reads and writes files, ``desk.py`` looks at unsaved text, ``problems.py`` and
``asked.py`` say what is known of it, ``merge.py`` brings two edits of one text together, ``effects.py`` says
what a change would do, ``simple.py`` and ``forms.py`` have forms without YAML, and ``history.py`` asks git.
"""
