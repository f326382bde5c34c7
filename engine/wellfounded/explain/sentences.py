"""An explanation → sentences for the person it is about, from what they stated to what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from wellfounded.advise.edition import Edition
from wellfounded.advise.phrases import phrases
from wellfounded.advise.wording import Aim
from wellfounded.explain.chain import (
    BackingClaim,
    DerivedFact,
    Edge,
    GivenRecommendation,
    Meaning,
    State,
    StatedFact,
    name_of,
)
from wellfounded.explain.explanation import Explanation
from wellfounded.explain.sentence_words import sentence_words
from wellfounded.explain.words import words
from wellfounded.model.advice import Via
from wellfounded.model.frozen import EMPTY
from wellfounded.model.template import CURRENT, TARGET, Slot


def sentences(found: Explanation, edition: Edition) -> tuple[str, ...]:
    """What there is to say of an explanation, in its language."""
    return tuple(_Told(found, edition).sentences())


class _Told:
    def __init__(self, found: Explanation, edition: Edition) -> None:
        self.found = found
        self.edition = edition
        self.said = sentence_words(found.language)
        self.into: dict[str, list[Edge]] = {}
        for edge in found.edges:
            self.into.setdefault(edge.end, []).append(edge)

    def sentences(self) -> Iterator[str]:
        found = self.found
        if found.reason:
            yield found.reason
        if found.state is State.UNDECIDED:
            yield from self._undecided()
        elif not found.edges:
            yield self.said["not_in_force"].format(title=found.title)
        else:
            yield self._because()
            for facts in found.also:
                worded = self._listed([f"{fact.label}: {fact.worded}" for fact in facts])
                yield self.said["also"].format(facts=worded)
            yield from self._in_the_way() if found.verdict is None else self._target()
            yield from self._derived()
            yield from self._rests_on()
            yield self._stays()

    def _undecided(self) -> Iterator[str]:
        missing = self._listed([item.label for item in self.found.waits_for])
        yield self.said["undecided"].format(title=self.found.title, facts=missing)
        if self.found.fulfilled:
            so = [f"{item.label}: {item.worded}" for item in self.found.fulfilled]
            yield self.said["fulfilled"].format(facts=self._listed(list(dict.fromkeys(so))))

    def _because(self) -> str:
        found = self.found
        key = "not-given" if found.verdict is None else "given"
        verdict = "" if found.verdict is None else words(found.language)[f"verdict_{found.verdict}"]
        if not found.facts:
            return self.said[f"{key}_to_all"].format(title=found.title, verdict=verdict)
        facts = self._listed([f"{fact.label}: {fact.worded}" for fact in found.facts])
        return self.said[key].format(title=found.title, verdict=verdict, facts=facts)

    def _in_the_way(self) -> Iterator[str]:
        rules = [edge.start for edge in self.found.edges if edge.meaning is Meaning.DOES_NOT_GIVE]
        asked = dict.fromkeys(fact for rule in rules for fact in self._asked(rule))
        if asked:
            yield self.said["in_the_way"].format(facts=self._listed(list(asked)))

    def _target(self) -> Iterator[str]:
        given = self.found.nodes[f"recommendation:{self.found.recommendation}"]
        assert isinstance(given, GivenRecommendation)
        rule = next(edge.start for edge in self.found.edges if edge.meaning is Meaning.GIVES)
        aimed = self.edition.content.rules[name_of(rule)].target
        if aimed is None or given.target is None or given.target.exactly in (True, False):
            return
        low, high, exactly = given.target.low, given.target.high, given.target.exactly
        ends = (exactly, exactly) if exactly is not None else (low, high)
        current = given.current.value if given.current else None
        aim = Aim(aimed.of, *map(_number, (*ends, current)))
        target = self.edition.wording.filled((Slot(TARGET),), EMPTY, aim)
        key = "at_most" if aim.low is None else "at_least" if aim.high is None else "just"
        target = self.said[key].format(target=target)
        if aim.current is None:
            yield self.said["target_alone"].format(target=target)
        else:
            now = self.edition.wording.filled((Slot(CURRENT),), EMPTY, aim)
            yield self.said["target"].format(target=target, current=now)

    def _derived(self) -> Iterator[str]:
        """One sentence for each derived fact on the way, those further back first."""
        for id in reversed(tuple(self.found.nodes)):
            node = self.found.nodes[id]
            if not isinstance(node, DerivedFact):
                continue
            if node.formula:
                facts = [self._named(edge.start) for edge in self.into.get(id, ()) if _is_fact(edge)]
                key = "computed"
            else:
                facts = [fact for edge in self.into.get(id, ()) for fact in self._asked(edge.start)]
                key = "derived"
            key = key if facts else "derived_for_all"
            listed = self._listed(list(dict.fromkeys(facts)))
            sentence = self.said[key].format(fact=node.label, value=node.worded, facts=listed)
            yield f"{sentence[:1].upper()}{sentence[1:]}"

    def _asked(self, rule: str) -> Iterator[str]:
        """What a rule asks of facts, each with its value."""
        for edge in self.into.get(rule, ()):
            node = self.found.nodes[edge.start]
            if edge.tests and isinstance(node, StatedFact | DerivedFact):
                asks = "; ".join(test.asks for test in edge.tests)
                same = asks == node.worded
                pattern = "{fact}: {value}" if same else self.said["asked"]
                yield pattern.format(fact=node.label, value=node.worded, asks=asks)

    def _named(self, id: str) -> str:
        node = self.found.nodes[id]
        assert isinstance(node, StatedFact | DerivedFact)
        return f"{node.label}: {node.worded}"

    def _rests_on(self) -> Iterator[str]:
        """The claims that the rule names, or that give it its numbers, each with its references.

        Where nothing is given, they are those on the way to what stands in its way.
        """
        backing = [edge for edge in self.found.edges if edge.meaning is Meaning.BACKS]
        direct = [edge.start for edge in backing if edge.via is not Via.CHAIN]
        every = [edge.start for edge in backing]
        for id in dict.fromkeys(every if self.found.verdict is None else direct):
            claim = self.found.nodes[id]
            assert isinstance(claim, BackingClaim)
            yield self.said["rests_on"].format(says=claim.says, sources=self._sources(id, claim))

    def _sources(self, id: str, claim: BackingClaim) -> str:
        supports = phrases(self.found.language)
        cites = [f"[{name_of(edge.start)}] {supports[edge.support or '']}" for edge in self.into.get(id, ())]
        return "; ".join(cites) or self.said["own" if claim.editorial else "uncited"]

    def _stays(self) -> str:
        found = self.found
        if found.sharpened_by:
            return self.said["sharpened"].format(facts=self._listed(self._labels(found.sharpened_by)))
        if found.unless_stated:
            return self.said["stays_unless"].format(facts=self._listed(self._labels(found.unless_stated)))
        return self.said["stays"]

    def _labels(self, facts: Iterable[str]) -> list[str]:
        return [self.edition.wording.plain(self.edition.content.facts[fact].label) for fact in facts]

    def _listed(self, items: Sequence[str]) -> str:
        """Items with semicolons, since there may be commas in them, and *and* before the last."""
        *first, last = items or [""]
        return f"{'; '.join(first)}{self.said['and']}{last}" if first else last


def _is_fact(edge: Edge) -> bool:
    return edge.start.startswith("fact:")


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
