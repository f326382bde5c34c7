"""What becomes of every topic, and what a change changes in that, without texts and sources."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import compress, count
from operator import ne

from wellfounded.advise.supports import too_little
from wellfounded.advise.verdicts import agreed_verdict, aimed_at
from wellfounded.model.core import Core, Recommending, facts_in_test
from wellfounded.model.required import RequiredSupport
from wellfounded.model.valuation import Layout, Valuation, layout_of

#: What becomes of a topic about which nothing is said.
ABSENT = "absent"
UNDECIDED = "undecided"
#: Of a topic that holds, where less stands behind it than is asked for.
LEFT_OUT = "left-out"


class Topics:
    """The topics of a core. Holds nothing of a person, so sessions can share it.

    ``concerned`` gives for a place of a valuation's row the topics that it is about. What has less support
    than is ``required`` is left out.
    """

    def __init__(self, core: Core, required: RequiredSupport | None = None) -> None:
        self.required = required
        self.rules: dict[str, list[Recommending]] = {}
        for rule in core.giving:
            self.rules.setdefault(rule.topic, []).append(rule)
        self.place = {topic: place for place, topic in enumerate(self.rules)}
        self.disputable = [topic for topic, rules in self.rules.items() if len(rules) > 1]
        self.concerned: dict[int, list[str]] = {}
        layout = layout_of(core)
        for rule in core.giving:
            for place in (*_places(rule, layout), *_deciding_support(rule, required, layout)):
                self.concerned.setdefault(place, []).append(rule.topic)

    def outcome(self, topic: str, valuation: Valuation) -> str:
        """A verdict, ``left-out``, ``undecided`` or ``absent``.

        Raises ``ConflictError`` where rules that hold disagree.
        """
        rules = self.rules[topic]
        truths = [valuation.holds(rule.rule) for rule in rules]
        holding = list(compress(rules, truths))
        if holding:
            verdict = str(agreed_verdict(topic, holding, valuation, valuation))
            required = self.required
            return LEFT_OUT if required and too_little(holding, required, valuation.values) else verdict
        return UNDECIDED if None in truths else ABSENT

    def changed(self, before: Valuation, after: Valuation) -> Mapping[str, tuple[str, str]]:
        """The outcomes that differ, before and after. Raises ``ConflictError`` where rules disagree.

        Only topics that the differences concern are looked at, and those that rules can disagree about.
        """
        places = compress(count(), map(ne, before.row, after.row))
        topics = {topic for place in places for topic in self.concerned.get(place, ())}
        ordered = sorted(topics.union(self.disputable), key=self.place.__getitem__)
        earlier = [self.outcome(topic, before) for topic in ordered]
        later = [self.outcome(topic, after) for topic in ordered]
        return {
            topic: (one, other)
            for topic, one, other in zip(ordered, earlier, later, strict=True)
            if one != other
        }


def _places(rule: Recommending, layout: Layout) -> list[int]:
    """The places that say what becomes of a rule, and what its verdict is held against."""
    bounds = ((rule.rule, end) for end in ("low", "high"))
    places = [layout.place_of_bound[bound] for bound in bounds if bound in layout.place_of_bound]
    aim = aimed_at(rule)
    return [layout.place_of_rule[rule.rule], *places, *([layout.place_of_fact[aim]] if aim else [])]


def _deciding_support(rule: Recommending, required: RequiredSupport | None, layout: Layout) -> list[int]:
    """The places of the facts that decide how much support a rule has."""
    cases = () if required is None else required.cases[rule.rule]
    facts = [fact for case in cases if case.test is not None for fact in facts_in_test(case.test)]
    return [layout.place_of_fact[fact] for fact in facts]
