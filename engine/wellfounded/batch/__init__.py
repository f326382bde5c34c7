"""A file of people in, a file of advice out.

Both are read and written in chunks, so they may be larger than memory. ``reading`` and the three ``from_*``
modules make chunks of a file, ``checking`` makes values of their cells, ``writing`` makes files of what comes
out, and ``run`` puts them together.
"""
