"""What reasoning gives: the value of every fact, and what became of every recommending rule."""

from __future__ import annotations

from collections.abc import Mapping

from wellfounded.model.core import Constant, Core, NumberTarget, Recommending, Rounded
from wellfounded.model.frozen import EMPTY, frozen
from wellfounded.model.record import Record
from wellfounded.model.values import Truth, Value


class Outcome(Record, frozen=True):
    """What became of a recommending rule: whether it holds, and the bounds of its target.

    ``holds`` is unknown where the rule's condition is, or where that is true and a bound cannot be
    computed. Bounds are given only where it holds.
    """

    holds: Truth
    low: float | None = None
    high: float | None = None


class Layout(Record, frozen=True):
    """Which place of a valuation's row holds what; one for all valuations of a knowledge base.

    First every fact, then per recommending rule whether it holds, then the bounds that depend on facts.
    Bounds that do not are in ``constants``.
    """

    facts: tuple[str, ...]
    rules: tuple[str, ...]
    bounds: tuple[tuple[str, str], ...]
    constants: Mapping[tuple[str, str], float] = EMPTY
    place_of_fact: Mapping[str, int] = EMPTY
    place_of_rule: Mapping[str, int] = EMPTY
    place_of_bound: Mapping[tuple[str, str], int] = EMPTY


def layout_of(core: Core) -> Layout:
    """The layout of a core's valuations."""
    stated = tuple(i.fact for i in core.inputs)
    facts = stated + tuple(d.fact for d in core.definitions if d.fact not in set(stated))
    rules = tuple(r.rule for r in core.recommending)
    every = [((r.rule, end), bound) for r in core.recommending for end, bound in bounds_with_ends(r)]
    bounds = tuple(key for key, bound in every if not isinstance(bound.term, Constant))
    return Layout(
        facts,
        rules,
        bounds,
        frozen((key, bound.term.value) for key, bound in every if isinstance(bound.term, Constant)),
        frozen((fact, place) for place, fact in enumerate(facts)),
        frozen((rule, place) for place, rule in enumerate(rules, len(facts))),
        frozen((bound, place) for place, bound in enumerate(bounds, len(facts) + len(rules))),
    )


def bounds_with_ends(rule: Recommending) -> tuple[tuple[str, Rounded], ...]:
    """The bounds of a rule's target, each with the end it is."""
    if not isinstance(rule.target, NumberTarget):
        return ()
    ends = (("low", rule.target.low), ("high", rule.target.high))
    return tuple((end, bound) for end, bound in ends if bound is not None)


class Valuation:
    """The value of every fact of the knowledge base, unknown ones as ``None``, and every rule's outcome.

    The proof is not kept: rules are acyclic, so knowledge base and valuation fix it. Frozen, as every record
    is; written out because making one is a good part of the time that valuing a person takes.
    """

    __slots__ = ("layout", "row")
    layout: Layout
    row: tuple[Value | None, ...]

    def __init__(self, layout: Layout, row: tuple[Value | None, ...]) -> None:
        _set_layout(self, layout)
        _set_row(self, row)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a valuation is frozen: {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a valuation is frozen: {name} cannot be deleted")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Valuation):
            return NotImplemented
        return self.row == other.row and self.layout == other.layout

    def __hash__(self) -> int:
        return hash(self.row)

    def __repr__(self) -> str:
        return f"Valuation({dict(self.values)!r})"

    def __reduce__(self) -> tuple[type[Valuation], tuple[Layout, tuple[Value | None, ...]]]:
        return Valuation, (self.layout, self.row)

    def __getitem__(self, fact: str) -> Value | None:
        """The value of a fact; raises ``KeyError`` for one the knowledge base does not have."""
        return self.row[self.layout.place_of_fact[fact]]

    @property
    def values(self) -> Mapping[str, Value | None]:
        """Fact → value, in the order of the layout."""
        return frozen(zip(self.layout.facts, self.row, strict=False))

    def holds(self, rule: str) -> Truth:
        """Whether a recommending rule holds; raises ``KeyError`` for one that recommends nothing."""
        return self.row[self.layout.place_of_rule[rule]]  # type: ignore[return-value]  # rows hold truths at rules' places

    def outcome(self, rule: str) -> Outcome:
        """What became of one rule; raises ``KeyError`` for one that recommends nothing."""
        holds = self.holds(rule)
        if holds is not True:
            return Outcome(holds)
        return Outcome(True, self._bound(rule, "low"), self._bound(rule, "high"))

    @property
    def outcomes(self) -> Mapping[str, Outcome]:
        """Rule → outcome, for every rule that recommends."""
        return frozen((rule, self.outcome(rule)) for rule in self.layout.rules)

    def _bound(self, rule: str, end: str) -> float | None:
        constant = self.layout.constants.get((rule, end))
        if constant is not None:
            return constant
        place = self.layout.place_of_bound.get((rule, end))
        return None if place is None else self.row[place]  # type: ignore[return-value]  # bounds are numbers


_set_layout = Valuation.__dict__["layout"].__set__
_set_row = Valuation.__dict__["row"].__set__
