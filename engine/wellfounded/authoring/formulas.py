"""A derived number at exactly the value wanted, by changing one of the facts it is computed from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from wellfounded.model.content import Fact
from wellfounded.model.valuation import Valuation
from wellfounded.model.values import Value, rounded

ROUNDS = 60


def solved(
    person: Mapping[str, Value],
    changed: Fact,
    derived: str,
    wanted: float,
    valued: Callable[[Mapping[str, Value]], Valuation | None],
) -> Iterator[Mapping[str, Value]]:
    """The person with another value of ``changed``, at which ``derived`` is ``wanted``; or nobody.

    By halving, since one formula of sums, products and quotients mostly goes one way as one fact grows;
    where it does not, what is found is still looked at, so nothing wrong comes out.
    """

    def off(value: float) -> float | None:
        valuation = valued({**person, changed.id: value})
        number = None if valuation is None else valuation[derived]
        return number - wanted if isinstance(number, float | int) else None

    if changed.span is None:
        return
    low, high = changed.span
    at_low, at_high = off(low), off(high)
    if at_low is None or at_high is None or ((at_low > 0) == (at_high > 0) and at_low and at_high):
        return
    for _ in range(ROUNDS):
        middle = (low + high) / 2
        for value in dict.fromkeys((rounded(middle, 6), rounded(middle), low, high)):
            if off(value) == 0:
                yield {**person, changed.id: value}
                return
        at_middle = off(middle)
        if at_middle is None:
            return
        if (at_middle > 0) == (at_low > 0):
            low = middle
        else:
            high = middle
