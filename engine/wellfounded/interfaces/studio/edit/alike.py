"""Which lines two texts have in common, found out within bounds: a hostile text could take hours."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import Match, SequenceMatcher
from itertools import accumulate

#: So many pairs of equal lines are looked at; some three seconds.
MOST = 5_000_000


class Alike(SequenceMatcher[str]):
    """What remains when it has taken long enough counts as different, which loses nothing."""

    #: Where each line of the new text is; the base class has it, and is documented to.
    b2j: dict[str, list[int]]

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        super().__init__(None, old, new, autojunk=False)
        pairs = (1 + len(self.b2j.get(line, ())) for line in old)
        #: How many pairs are looked at for the lines of the old text before each.
        self.before = list(accumulate(pairs, initial=0))
        self.left = MOST

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        end = len(self.before) - 1 if ahi is None else ahi
        self.left -= self.before[end] - self.before[alo]
        if self.left < 0:
            return Match(alo, blo, 0)
        return super().find_longest_match(alo, ahi, blo, bhi)
