"""Changing the knowledge base in a browser: its files, checked as one types, and forms for simple edits.

``files.py`` finds and reads files, ``desk.py`` looks at unsaved text, ``problems.py`` and ``asked.py`` say
what is known of it, ``merge.py`` brings two edits of one text together, ``effects.py`` says what a change
would do, and ``history.py`` asks git. Of the forms without YAML, ``entries.py`` says which fields a thing
has, ``filled.py`` what was filled in and where it is wrong, ``simple.py`` puts it into the file,
``groups.py`` and ``titles.py`` show it, and ``forms.py`` answers.
"""
