"""YAML files → ``Content``, each node with its file, line and column; and facts of a person → checked values.

Enters: a folder of files, or what a person stated. Leaves: frozen records, and diagnostics or problems for
all that could not be read. Reading and writing the file system happens here and in ``interfaces``.
"""
