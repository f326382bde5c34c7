"""The nodes of a chain, and what rules ask of facts, in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from wellfounded.advise.edition import Edition
from wellfounded.advise.numbers import decimals_of, rounded_beside
from wellfounded.advise.wording import Wording
from wellfounded.explain.chain import (
    AppliedRule,
    BackingClaim,
    CitedWork,
    DerivedFact,
    Node,
    StatedFact,
    UsedParameter,
    kind_of,
    name_of,
)
from wellfounded.explain.words import words
from wellfounded.model.advice import shown
from wellfounded.model.content import Fact, counts_as_support, editorial
from wellfounded.model.core import Comparison, Core, NumberTarget, OneOf, Relation, Rounded, tests_in
from wellfounded.model.expression import as_written
from wellfounded.model.values import Value, plain_number
from wellfounded.reason.arithmetic import Values, number_of

_SIGNS = {Relation.BELOW: "<", Relation.AT_MOST: "≤", Relation.ABOVE: ">", Relation.AT_LEAST: "≥"}


def asked(test: OneOf | Comparison, wording: Wording, values: Values) -> str:
    """What a single test asks of its fact, such as ``≥ 18 years`` or ``yes``."""
    fact = wording.content.facts[test.fact]
    if isinstance(test, OneOf):
        return " / ".join(worded(fact, value, wording) for value in test.values)
    bound = number_of(test.bound, values)
    if bound is None:
        return ""
    return f"{_SIGNS[test.relation]} {worded(fact, bound, wording, (values[test.fact],))}"


def worded(fact: Fact, value: Value, wording: Wording, beside: Iterable[Value | None] = ()) -> str:
    """A value as people read it. A number has one decimal more than the step of its fact, and more where it
    would else not be seen on which side of those ``beside`` it is.
    """
    if isinstance(value, bool):
        return words(wording.language)["yes" if value else "no"]
    if isinstance(value, str):
        return fact.choices[value].get(wording.language, value)
    numbers = [other for other in beside if isinstance(other, float)]
    return wording.quantity(rounded_beside(value, numbers, decimals_of(fact.step)), fact.unit)


def _bounds(core: Core) -> Mapping[str, list[Rounded]]:
    """All that each number is held against, by conditions and by targets."""
    found: dict[str, list[Rounded]] = {}
    for test in tests_in(core):
        if isinstance(test, Comparison):
            found.setdefault(test.fact, []).append(test.bound)
    for rule in core.recommending:
        if isinstance(rule.target, NumberTarget):
            ends = (end for end in (rule.target.low, rule.target.high) if end is not None)
            found.setdefault(rule.target.fact, []).extend(ends)
    return found


class Nodes:
    """Makes the nodes of one person's chain. ``holds`` says whether a rule does."""

    def __init__(
        self, edition: Edition, values: Values, stated: Values, holds: Callable[[str], bool]
    ) -> None:
        self.edition = edition
        self.content = edition.content
        self.values = values
        self.stated = stated
        self.holds = holds
        self.bounds = _bounds(edition.core)

    def node(self, id: str) -> Node:
        """The node of an id, of any kind but a recommendation."""
        kind, name = kind_of(id), name_of(id)
        match kind:
            case "fact":
                return self._fact(self.content.facts[name])
            case "rule":
                return AppliedRule(
                    name, self.edition.titles[name], self.holds(name), self.content.rules[name].status
                )
            case "parameter":
                return self._parameter(name)
            case "claim":
                return self._claim(name)
        reference = self.edition.references[name]
        return CitedWork(reference.number, reference.formatted, reference.status)

    def _fact(self, fact: Fact) -> StatedFact | DerivedFact:
        value = self.values[fact.id]
        assert value is not None
        wording = self.edition.wording
        label, unit = wording.plain(fact.label), self.edition.units[fact.id]
        bounds = (number_of(bound, self.values) for bound in self.bounds.get(fact.id, ()))
        plain, text = shown(value), worded(fact, value, wording, bounds)
        assert plain is not None
        if fact.id in self.stated:
            return StatedFact(fact.id, label, plain, text, unit)
        formula = "" if fact.formula is None else as_written(fact.formula)
        return DerivedFact(fact.id, label, plain, text, unit, formula)

    def _parameter(self, name: str) -> UsedParameter:
        parameter, wording = self.content.parameters[name], self.edition.wording
        unit = self.content.units[parameter.unit].shown if parameter.unit else ""
        low, high = plain_number(parameter.low), plain_number(parameter.high)
        said = wording.parameter(parameter)
        return UsedParameter(name, wording.plain(parameter.label), low, high, said, unit)

    def _claim(self, name: str) -> BackingClaim:
        claim, wording = self.content.claims[name], self.edition.wording
        section = self.content.header.sections.get(claim.section)
        title = claim.section if section is None else wording.plain(section.title)
        counts = counts_as_support(self.content, claim)
        own = editorial(self.content, claim)
        return BackingClaim(name, wording.plain(claim.says), title, own, counts, claim.status)
