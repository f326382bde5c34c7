"""Why a topic came out as it did for a person, in lines: which rule decided, or what stood in the way.

Nothing is traced while advice is given: it is read off the authors' conditions and the valuation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.advice import Advice, Recommendation, TargetRange
from wellfounded.model.content import FactType, Lifecycle, Rule
from wellfounded.model.expression import Compares, Is, Number, names_in
from wellfounded.model.position import Position
from wellfounded.model.unit import NO_UNIT
from wellfounded.model.valuation import Valuation
from wellfounded.model.values import Truth, Value
from wellfounded.reason.arithmetic import Values, number_of
from wellfounded.review.authored import Authored, as_written, bounds_in, value_as_written

Place = Callable[[Position], Position]
_STATES: Mapping[Truth, str] = {True: "holds", False: "does not hold", None: "is undecided"}


class Reasons:
    """Reads reasons for one knowledge base; ``place`` makes a position one that leads to the file."""

    def __init__(self, knowledge_base: KnowledgeBase, place: Place) -> None:
        self.content = knowledge_base.content
        self.place = place
        self.authored = Authored(knowledge_base.content)

    def why(
        self, topic: str, advice: Advice, valuation: Valuation, with_conditions: bool = False
    ) -> tuple[str, ...]:
        """The lines of the reason for what became of a topic; what is indented explains what stands above.

        Of what is given the conditions are shown only if asked for.
        """
        for given in advice.recommendations:
            if given.id == topic:
                return tuple(self._given(given, valuation, with_conditions))
        for item in advice.left_out:
            if item.id == topic:
                return (f"it is left out: {item.reason}",)
        rules = [r for r in self.content.rules.values() if r.recommends and r.topic == topic]
        waiting = [item for item in advice.undecided if item.id == topic]
        truth = None if waiting else False
        lines: list[str] = []
        for rule in rules:
            if rule.status not in self.content.in_force:
                lines.append(f"{self._rule(rule)} is {_article(rule.status)}")
            elif valuation.holds(rule.id) is truth:
                lines += self._stands_in_the_way(rule, valuation)
        lines += [f"waits for: {', '.join(item.waits_for)}" for item in waiting]
        return tuple(lines)

    def _given(self, given: Recommendation, valuation: Valuation, with_conditions: bool) -> Iterator[str]:
        rule = self.content.rules[given.rule]
        yield f"{self._rule(rule)} holds"
        if with_conditions:
            yield from self._conditions(rule, valuation.values, set())
        if given.target is not None and rule.target is not None:
            fact = rule.target.of
            yield f"its target is {target_text(given.target)}, and {self._fact(fact, valuation.values)}"
        yield "sources: " + ", ".join(f"{source.claim} ({source.via})" for source in given.sources)

    def _stands_in_the_way(self, rule: Rule, valuation: Valuation) -> Iterator[str]:
        """A rule that does not hold, and under it each condition that is false, or unknown."""
        holds, values = valuation.holds(rule.id), valuation.values
        yield f"{self._rule(rule)} {_STATES[holds]}"
        if self.authored.truth(rule.when, values) is True and rule.target is not None:
            yield "  its conditions are true, and its target cannot be worked out yet"
            return
        yield from self._conditions(rule, values, set())

    def _conditions(self, rule: Rule, values: Values, told: set[str]) -> Iterator[str]:
        for condition, truth, under_none in self.authored.deciding(rule.when, values):
            state = _word(truth)
            line = f"{self.place(condition.position).line}{', under none' if under_none else ''}"
            since = "" if truth is None and condition.fact in told else f": {self._facts(condition, values)}"
            yield f"  `{as_written(condition)}` (line {line}) is {state}{since}"
            for fact in _names(condition):
                if fact in self.content.facts and fact not in told:
                    told.add(fact)
                    yield from (f"  {line}" for line in self._derived(fact, values, told))

    def _derived(self, fact: str, values: Values, told: set[str]) -> Iterator[str]:
        """The rules that gave a derived fact its value, each with the conditions it rests on."""
        value = values[fact]
        concluding = [
            rule
            for rule in self.content.rules.values()
            if rule.conclude is not None
            and rule.conclude.fact == fact
            and rule.status in self.content.in_force
        ]
        truths = {rule.id: self.authored.truth(rule.when, values) for rule in concluding}
        holding = [
            rule
            for rule in concluding
            if truths[rule.id] and rule.conclude is not None and rule.conclude.value == value
        ]
        open_ones = [rule for rule in concluding if truths[rule.id] is None] if value is None else concluding
        for rule in holding or open_ones:
            yield f"  {self._rule(rule)} {_STATES[truths[rule.id]]}"
            yield from (f"  {line}" for line in self._conditions(rule, values, told))

    def _rule(self, rule: Rule) -> str:
        place = self.place(rule.position)
        return f"rule `{rule.id}` ({place.file}:{place.line})"

    def _facts(self, condition: Is | Compares, values: Values) -> str:
        facts = [name for name in _names(condition) if name in self.content.facts]
        known = ", ".join(self._fact(name, values) for name in facts)
        if isinstance(condition, Is) or isinstance(condition.operand, Number):
            return known
        numbers = [number_of(bound, values) for bound in bounds_in(self.authored.test(condition))]
        against = " and ".join(value_as_written(number) for number in numbers if number is not None)
        return f"{known}, held against {against}" if against else known

    def _fact(self, fact: str, values: Values) -> str:
        return f"{fact} is {self._value(fact, values[fact])}"

    def _value(self, fact: str, value: Value | None) -> str:
        known = self.content.facts[fact]
        unit = self.content.units.get(known.unit, NO_UNIT).shown
        with_unit = known.type is FactType.NUMBER and value is not None and unit
        return f"{value_as_written(value)} {unit}" if with_unit else value_as_written(value)


def target_text(target: TargetRange) -> str:
    """A target as one reads it, such as ``84.8–116.6 g/day``."""
    unit = f" {target.unit}" if target.unit else ""
    if target.exactly is not None:
        exactly = target.exactly
        return f"{str(exactly).lower() if isinstance(exactly, bool) else exactly}{unit}"
    if target.low is None:
        return f"at most {target.high}{unit}"
    if target.high is None:
        return f"at least {target.low}{unit}"
    return f"{target.low}–{target.high}{unit}"


def _names(condition: Is | Compares) -> Iterable[str]:
    """The names a single condition looks at, each once."""
    operand = condition.operand if isinstance(condition, Compares) else None
    named = [name.name for name in names_in(operand)] if operand is not None else []
    return dict.fromkeys([condition.fact, *named])


def _article(status: Lifecycle) -> str:
    return "a draft" if status is Lifecycle.DRAFT else str(status)


def _word(truth: Truth) -> str:
    return "unknown" if truth is None else str(truth).lower()
