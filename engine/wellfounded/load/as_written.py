"""What people write for a number, for yes and for no, in the languages the engine speaks."""

from __future__ import annotations

import re

#: Yes and no in every language the engine speaks, as people and as their spreadsheets write them; no word
#: means both.
YES = frozenset({"yes", "y", "true", "ja", "j", "waar"})
NO = frozenset({"no", "n", "false", "nee", "neen", "onwaar"})

#: A number, and the unit behind it if there is one.
AMOUNT = re.compile(r"(?P<number>[-+−]?[0-9]{1,30}(?:[.,][0-9]{1,30})*)\s*(?P<unit>[^\s0-9.,].*)?")

_GROUPED = re.compile(r"[-+]?[1-9][0-9]{0,2}(?:[.,][0-9]{3})+")


class TwoReadings(ValueError):
    """A number that can be a ``whole`` one with its thousands set apart, or one with decimals."""

    def __init__(self, whole: str, decimal: str) -> None:
        super().__init__(whole, decimal)
        self.whole, self.decimal = whole, decimal


def plain_number_text(number: str, decimal_mark: str) -> str | None:
    """A number with a point or none, of one as ``AMOUNT`` has it; ``None`` if nobody writes it so.

    ``decimal_mark`` is a point or a comma, whichever stands before decimals where the number was written.
    Raises ``TwoReadings`` where that is not what it has, and it can have that for its thousands.
    """
    number = number.replace("−", "-")
    marks = re.findall("[.,]", number)
    is_grouped = _GROUPED.fullmatch(number) is not None
    if not marks:
        return number
    if len(set(marks)) == 1 and len(marks) > 1:
        return re.sub("[.,]", "", number) if is_grouped else None
    if len(set(marks)) > 1:
        whole, mark, decimals = number.rpartition(marks[-1])
        is_thousands = _GROUPED.fullmatch(whole) and mark not in whole
        return f"{re.sub('[.,]', '', whole)}.{decimals}" if is_thousands else None
    if is_grouped and marks[0] != decimal_mark:
        raise TwoReadings(re.sub("[.,]", "", number), number.replace(marks[0], decimal_mark))
    return number.replace(",", ".")
