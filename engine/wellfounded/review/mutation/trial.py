"""One mutant tried: is it noticed by a scenario; if not, would anyone get different advice, and who?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import Any

from msgspec.structs import replace

from wellfounded.check import check_content
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.lower import to_core
from wellfounded.lower.to_core import shown_parameters
from wellfounded.model.content import Content, Lifecycle
from wellfounded.model.core import Core, Recommending, facts_in_term, facts_in_test
from wellfounded.model.core import Formula as DerivedNumber
from wellfounded.model.diagnostic import is_error
from wellfounded.model.record import Record
from wellfounded.model.word import Word
from wellfounded.review.audit import claims_of
from wellfounded.review.expectations import holds
from wellfounded.review.mutation.mutant import Mutant
from wellfounded.review.mutation.noticing import Person, expectation, notices, scenario
from wellfounded.review.scenarios import Scenario
from wellfounded.verify.answers import asks_differ
from wellfounded.verify.backing import Backing, facts_shown, looks_different
from wellfounded.verify.equivalence import Two
from wellfounded.verify.numbers import Yes, all_of, any_of, none_of
from wellfounded.verify.people import Nobody, NotDecided, People, Question, Somebody
from wellfounded.verify.subject import Subject
from wellfounded.verify.to_solver import facts_of_rule

#: Seconds the solver may take each time it is asked.
TIMEOUT = 5.0


class Fate(Word):
    """What becomes of a mutant; ``refused`` by ``check``, so that it can never be merged."""

    NOTICED = "noticed"
    REFUSED = "refused"
    EQUIVALENT = "equivalent"
    SURVIVED = "survived"


class Tried(Record, frozen=True):
    """``by`` names the first scenario that fails, or the diagnostic of ``check``.

    Of a survivor, ``scenario`` would notice it; where there is none, ``reason`` says why.
    """

    mutant: Mutant
    fate: Fate
    by: str = ""
    scenario: Mapping[str, Any] | None = None
    reason: str = ""


class Trial:
    """Tries mutants of one knowledge base against its scenarios."""

    def __init__(self, content: Content, scenarios: Sequence[Scenario]) -> None:
        self.scenarios = tuple(scenarios)
        self.content = content
        self.core = to_core(content)
        self.declared = _declared(content)
        drafts = any(rule.status is Lifecycle.DRAFT for rule in content.rules.values())
        self.drafts = (False, True) if drafts else (False,)
        self.whole = {drafts: _knowledge_base(_asked(content, drafts)) for drafts in self.drafts}
        self.reaches = {drafts: _Reach(base.core, content) for drafts, base in self.whole.items()}
        self._subjects: dict[bool, Subject] = {}

    def of(self, mutant: Mutant) -> Tried:
        """What becomes of a mutant."""
        changed = mutant.of(self.content)
        refused = next(filter(is_error, check_content(changed, self.declared, complete=True)), None)
        if refused is not None:
            return Tried(mutant, Fate.REFUSED, refused.code)
        sides = [_Side(self, changed, mutant, drafts) for drafts in self.drafts]
        for side in sides:
            by = side.noticed_by(item for item in self.scenarios if item.drafts == side.drafts)
            if by:
                return Tried(mutant, Fate.NOTICED, by)
        reasons = []
        for side in sides:
            found = side.would_notice(self.scenarios)
            if isinstance(found, dict):
                return Tried(mutant, Fate.SURVIVED, scenario=found)
            reasons += [found] if isinstance(found, str) and found else []
        if reasons:
            return Tried(mutant, Fate.SURVIVED, reason=reasons[0])
        return Tried(mutant, Fate.EQUIVALENT)

    def subject(self, drafts: bool) -> Subject:
        """The solver's reading of the knowledge base unchanged, made when it is first asked."""
        if drafts not in self._subjects:
            base = self.whole[drafts]
            self._subjects[drafts] = Subject(base.content, base.core, TIMEOUT)
        return self._subjects[drafts]


class _Side:
    """A knowledge base and a mutant of it, as far as the topics go that the change can reach."""

    def __init__(self, trial: Trial, changed: Content, mutant: Mutant, drafts: bool) -> None:
        self.trial = trial
        self.drafts = drafts
        self.one = trial.whole[drafts]
        content = _asked(changed, drafts)
        core = to_core(content)
        self.topics = trial.reaches[drafts].topics(core, mutant)
        self.other = _narrowed(content, core, self.topics)
        #: What the mutant would be with drafts, where they give no advice but are listed.
        self.with_drafts = _asked(changed, True) if True in trial.drafts and not drafts else None

    def noticed_by(self, scenarios: Iterable[Scenario]) -> str:
        """The name of the first scenario that fails, those about what is changed first."""
        reached = [item for item in scenarios if not self.topics.isdisjoint(item.expect)]
        for item in sorted(reached, key=lambda item: len(item.expect)):
            if not holds(item, self.other, self.topics):
                return item.name
        return ""

    def would_notice(self, scenarios: Iterable[Scenario]) -> dict[str, Any] | str:
        """A scenario that would notice the change; else why there is none, empty if there is nobody."""
        undecided = ""
        pair = _Pair(self)
        topics = self.one_topics()
        for topic, answer in chain(pair.refused(topics), ((t, pair.notice(t)) for t in topics)):
            if isinstance(answer, Somebody):
                return dict(pair.scenario(answer.person, topic))
            if isinstance(answer, NotDecided):
                undecided = undecided or f"{topic}: {answer.reason}"
        return next(self._among(pair, scenarios), undecided) if undecided else ""

    def one_topics(self) -> list[str]:
        every = dict.fromkeys(rule.topic for rule in self.one.core.recommending)
        return [topic for topic in every if topic in self.topics]

    def _among(self, pair: _Pair, scenarios: Iterable[Scenario]) -> Iterator[dict[str, Any]]:
        """What could be expected of the people of scenarios, where the solver does not come to an end."""
        for item in scenarios:
            person = self.one.checked(item.given)
            for topic in self.one_topics():
                if pair.is_noticed(person, topic):
                    yield dict(pair.scenario(person, topic))


class _Pair:
    """Both as the solver reads them."""

    def __init__(self, side: _Side) -> None:
        self.side = side
        self.one = side.trial.subject(side.drafts)
        self.other = Subject(side.other.content, side.other.core, TIMEOUT)
        self.two = Two(self.one, self.other, TIMEOUT)
        self.before, self.after = Backing(self.one), Backing(self.other)
        if side.with_drafts is not None:
            preview = Subject(side.with_drafts, to_core(side.with_drafts), TIMEOUT)
            self.before = Backing(self.one, side.trial.subject(True).reading)
            self.after = Backing(self.other, preview.reading)

    def notice(self, topic: str) -> Somebody | Nobody | NotDecided:
        """The smallest person for whom something else can be expected of a topic."""
        answer = self.two.differ(topic)
        if isinstance(answer, Somebody) and self.is_noticed(answer.person, topic):
            return answer
        differs = any_of((self.two.differs(topic), looks_different(self.before, self.after, topic)))
        asks = all_of((differs, none_of(self._disagreements(topic))))
        facts = self.two.facts_behind(topic).union(
            self.before.facts_shown(topic), self.after.facts_shown(topic)
        )
        return self.two.people.smallest(Question(asks, facts, self._confirming(topic)))

    def _disagreements(self, topic: str) -> Iterator[Yes]:
        """For whom rules of a topic disagree as it is: they get no advice, and no scenario can be of them."""
        reading = self.one.reading
        for rule, other in combinations(self.one.topics.get(topic, ()), 2):
            holds = (reading.holds(rule).true, reading.holds(other).true)
            yield all_of((*holds, asks_differ(rule, reading, other, reading)))

    def refused(self, topics: Iterable[str]) -> Iterator[tuple[str, Somebody | Nobody | NotDecided]]:
        """Whether rules of the mutant disagree about a fact of somebody, who then gets no advice at all."""
        topic = next(iter(topics), "")
        before, after = self.one.reading.possible, self.other.reading.possible
        people = People(self.one.reading, timeout=TIMEOUT)
        for fact, possible in after.items():
            if topic and fact in before and not possible.eq(before[fact]):
                asks = none_of((possible,))
                yield topic, people.smallest(Question(asks, frozenset({fact}), self._confirming(topic)))

    def is_noticed(self, person: Person, topic: str) -> bool:
        expected = expectation(person, topic, self.side.one, self.side.other)
        if expected is None:
            return False
        made = scenario(person, topic, expected, self.side.drafts)
        return notices(made, self.side.one, self.side.other)

    def scenario(self, person: Person, topic: str) -> Mapping[str, Any]:
        expected = expectation(person, topic, self.side.one, self.side.other)
        return scenario(person, topic, expected, self.side.drafts)

    def _confirming(self, topic: str) -> Any:
        return lambda person: self.is_noticed(person, topic)


class _Reach:
    """Which topics a change of a knowledge base can reach."""

    def __init__(self, core: Core, content: Content) -> None:
        self.core = core
        self.content = content
        self.definitions = {definition.fact: definition for definition in core.definitions}
        self.rules = {rule.rule: rule for rule in core.recommending}
        self.behind = {rule.rule: self._facts_behind(rule) for rule in core.recommending}

    def topics(self, core: Core, mutant: Mutant) -> frozenset[str]:
        """The topics with a rule or a table that is another, rests on a definition that is, or shows it."""
        now = {definition.fact: definition for definition in core.definitions}
        tables = {id for id, rows in self.core.tables.items() if core.tables.get(id) != rows}
        moved = {f for f in {**self.definitions, **now} if self.definitions.get(f) != now.get(f)}
        after = {rule.rule: rule for rule in core.recommending}
        return frozenset(
            rule.topic
            for id, rule in self.rules.items()
            if after.get(id) != rule
            or not moved.isdisjoint(self.behind[id])
            or self.content.rules[id].table in tables
            or self._shows(id, mutant)
        )

    def _shows(self, rule: str, mutant: Mutant) -> bool:
        if mutant.collection == "claims":
            return mutant.id in claims_of(self.rules[rule], self.definitions)
        shown = shown_parameters(self.content.rules[rule], self.content)
        return mutant.collection == "parameters" and any(p.id == mutant.id for p in shown)

    def _facts_behind(self, rule: Recommending) -> frozenset[str]:
        waiting, found = [*facts_of_rule(rule), *facts_shown(rule, self.content, self.core)], set[str]()
        while waiting:
            fact = waiting.pop()
            if fact not in found:
                found.add(fact)
                definition = self.definitions.get(fact)
                if isinstance(definition, DerivedNumber):
                    waiting += facts_in_term(definition.result.term)
                elif definition is not None:
                    waiting += [f for b in definition.branches for f in facts_in_test(b.test)]
        return frozenset(found)


def _asked(content: Content, drafts: bool) -> Content:
    return replace(content, with_drafts=True) if drafts else content


def _knowledge_base(content: Content) -> KnowledgeBase:
    return KnowledgeBase(content, to_core(content), "")


def _narrowed(content: Content, core: Core, topics: frozenset[str]) -> KnowledgeBase:
    """Without the rules of other topics, so that advice is quick to give."""
    recommending = tuple(rule for rule in core.recommending if rule.topic in topics)
    return KnowledgeBase(content, replace(core, recommending=recommending), "")


def _declared(content: Content) -> Mapping[str, frozenset[str]]:
    kinds = ("facts", "parameters", "works", "references", "claims", "tables", "rules", "guarantees", "units")
    return {kind: frozenset(getattr(content, kind)) for kind in (*kinds, "dimensions")}
