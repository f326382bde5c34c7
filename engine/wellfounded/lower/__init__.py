"""``Content`` that has been checked → the small ``Core`` that machines read.

Enters: content without errors. Leaves: parameters and units folded into numbers, ranges into bounds,
negation pushed down to the tests, definitions in an order in which each uses only what comes before it.
"""

from wellfounded.lower.to_core import conditions_of, to_core

__all__ = ["conditions_of", "to_core"]
