"""A mistake of ours, logged without its message: that may hold what was stated of a person."""

from __future__ import annotations

import logging
import traceback
from secrets import token_hex


def logged(error: Exception, log: logging.Logger) -> str:
    """Log what kind of mistake it is and where it was made, under a number that is given back."""
    incident, place = token_hex(4), traceback.extract_tb(error.__traceback__)[-1]
    kind = type(error).__name__
    log.error("incident %s: %s at %s:%s in %s", incident, kind, place.filename, place.lineno, place.name)
    return incident
