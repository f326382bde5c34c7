"""Conditions written differently: left out, negated, joined otherwise, or held against another number."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wellfounded.model.content import Content
from wellfounded.model.expression import (
    END_USED,
    Comparator,
    Compares,
    Condition,
    End,
    Group,
    Grouping,
    Is,
)
from wellfounded.review.authored import as_written
from wellfounded.review.mutation.mutant import Kind, Variant
from wellfounded.review.mutation.numbers import Steps, at_end, formula_variants, moved

_OTHER_STRICTNESS = {
    Comparator.BELOW: Comparator.AT_MOST,
    Comparator.AT_MOST: Comparator.BELOW,
    Comparator.ABOVE: Comparator.AT_LEAST,
    Comparator.AT_LEAST: Comparator.ABOVE,
}


class Conditions:
    """The variants of the conditions of one knowledge base."""

    def __init__(self, content: Content, steps: Steps) -> None:
        self.content = content
        self.steps = steps

    def variants(self, condition: Condition) -> Iterator[Variant]:
        """The condition with one thing in it changed; the part of one left out is ``None``."""
        if isinstance(condition, Group):
            yield from self._of_group(condition)
            return
        text = as_written(condition)
        yield Variant(Kind.DROPPED, text, "", condition.position, None)
        negated = Group(Grouping.NONE, (condition,), condition.position)
        yield Variant(Kind.NEGATED, text, f"none: {{{text}}}", condition.position, negated)
        of_single = self._of_is(condition) if isinstance(condition, Is) else self._of_comparison(condition)
        for kind, other in of_single:
            written = as_written(other) if isinstance(other, Is | Compares) else _both(other)
            yield Variant(kind, text, written, condition.position, other)

    def _of_group(self, group: Group) -> Iterator[Variant]:
        for grouping in Grouping:
            if grouping is not group.grouping and _matters(group, grouping):
                written, instead = f"{group.grouping}: …", f"{grouping}: …"
                yield Variant(
                    Kind.GROUPING, written, instead, group.position, replace(group, grouping=grouping)
                )
        for place, member in enumerate(group.members):
            before, after = group.members[:place], group.members[place + 1 :]
            for variant in self.variants(member):
                own = () if variant.part is None else (variant.part,)
                members = (*before, *own, *after)
                yield variant.within(replace(group, members=members) if members else None)

    def _of_is(self, condition: Is) -> Iterator[tuple[Kind, Condition]]:
        step = self.steps.of_fact(condition.fact)
        for place, value in enumerate(condition.values):
            before, after = condition.values[:place], condition.values[place + 1 :]
            if before or after:
                places = condition.value_positions
                others = (*places[:place], *places[place + 1 :])
                yield Kind.VALUE, replace(condition, values=(*before, *after), value_positions=others)
            if isinstance(value, float):
                for number in moved(value, step or 1):
                    yield Kind.THRESHOLD, replace(condition, values=(*before, number, *after))
        yield from ((Kind.VALUE, wider) for wider in self._with_another(condition))

    def _with_another(self, condition: Is) -> Iterator[Is]:
        """One value more, but for the last that there is: then only who states nothing would differ."""
        others = [
            value for value in self.content.facts[condition.fact].choices if value not in condition.values
        ]
        for other in others if len(others) > 1 else ():
            places = (*condition.value_positions, condition.position)
            yield replace(condition, values=(*condition.values, other), value_positions=places)

    def _of_comparison(self, condition: Compares) -> Iterator[tuple[Kind, Condition]]:
        if condition.comparator is Comparator.WITHIN:
            yield from ((Kind.COMPARISON, other) for other in self._exclusive(condition))
        else:
            end = END_USED[condition.comparator]
            yield (
                Kind.COMPARISON,
                replace(
                    condition,
                    comparator=_OTHER_STRICTNESS[condition.comparator],
                    operand=at_end(self.content, condition.operand, end),
                ),
            )
        for variant in formula_variants(condition.operand, self.steps.of_fact(condition.fact)):
            yield variant.kind, replace(condition, operand=variant.part)

    def _exclusive(self, condition: Compares) -> Iterator[Group]:
        """``within`` without its low end, and without its high end."""
        low, high = (at_end(self.content, condition.operand, end) for end in (End.LOW, End.HIGH))
        for first, second in (
            (Comparator.ABOVE, Comparator.AT_MOST),
            (Comparator.AT_LEAST, Comparator.BELOW),
        ):
            members = (
                replace(condition, comparator=first, operand=low),
                replace(condition, comparator=second, operand=high),
            )
            yield Group(Grouping.ALL, members, condition.position)


def _matters(group: Group, grouping: Grouping) -> bool:
    """Whether another grouping is another condition: of one member, all and any are the same."""
    return len(group.members) > 1 or (group.grouping is Grouping.NONE and grouping is Grouping.ALL)


def _both(condition: Condition) -> str:
    assert isinstance(condition, Group)
    return ", ".join(as_written(m) for m in condition.members if isinstance(m, Is | Compares))
