"""A table of people → a table of advice: one row in, one row out, on whatever engine the table is.

Enters: a table with a column for each fact. Leaves: one of the same kind. Every row is checked as a single
person is: a row with a value that cannot be used gets its reason in the column ``problems`` and null
everywhere else. ``tables`` says which columns come out, ``columns`` checks those that come in, ``kinds``
takes tables to an engine and back, and ``query`` is what the engine is asked.
"""
