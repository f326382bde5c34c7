"""What an editor asks about the files of a knowledge base while they are being written.

Enters: a folder, and the texts of files that are open and not saved. Leaves: diagnostics, where every name
stands, what a name stands for, what may be written at a place, and the edits that rename a thing. Nothing
here knows of a protocol; places are offsets in a file's text.
"""
