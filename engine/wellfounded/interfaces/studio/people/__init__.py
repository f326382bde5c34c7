"""Many people at once, with the advice of each: those of the scenarios, made-up ones, or those of a table.

What somebody uploads is in the page that answers, and in what that page sends back; the server keeps none of
it, and writes none of it to its disk.
"""
