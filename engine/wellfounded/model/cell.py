"""Cells of a CSV file that a spreadsheet would take for a formula, and run.

They are written with an apostrophe before them, as OWASP advises (CSV injection), and read without it. One
that begins with apostrophes itself gets one more, so that every text comes back as it was. A number is no
formula, whatever its sign.
"""

from __future__ import annotations

import re

#: What a cell begins with that a spreadsheet runs, or that has an apostrophe before such a beginning.
FORMULA = r"\A'*[=+\-@\t\r\n]"
NUMBER = r"\A[-+]([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?\z"
ESCAPED = r"\A'+[=+\-@\t\r\n]"

_FORMULA, _ESCAPED = re.compile(FORMULA), re.compile(ESCAPED)
_NUMBER = re.compile(NUMBER.removesuffix(r"\z"))


def written_cell(text: str) -> str:
    """A text as it is written into a cell."""
    is_formula = _FORMULA.match(text) and not _NUMBER.fullmatch(text)
    return f"'{text}" if is_formula else text


def read_cell(text: str) -> str:
    """What was written into a cell."""
    return text[1:] if _ESCAPED.match(text) else text
