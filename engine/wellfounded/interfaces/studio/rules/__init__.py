"""Every rule in plain language, with all that belongs to it: the handbook of the rules as they are now.

Its pages have the addresses that they have in a handbook, so a link to one is a link to the other.
"""
