"""Nobody is given targets that cannot be met together.

Two targets on one fact may leave nothing between them; and where a number is computed, it and the numbers
of its formula cannot be chosen freely: so many at a time, so many times, come to so many in all. Authors
may know of it, and have a rule that tells whoever it concerns: then a guarantee says so, and it is proved
that the rule is given to those people and to nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wellfounded.model.content import Guarantee, GuaranteeKind
from wellfounded.model.core import Recommending, ValueTarget
from wellfounded.model.valuation import Outcome
from wellfounded.verify.findings import Finding, Kind, Open, Proof, Result
from wellfounded.verify.numbers import all_of, any_of, none_of
from wellfounded.verify.people import Nobody, NotDecided, Person, Question, Somebody
from wellfounded.verify.reach import Together, given_in_vain, impossible, is_impossible, tied_targets
from wellfounded.verify.subject import Check, Subject
from wellfounded.verify.to_solver import facts_of_rule


def check_targets(subject: Subject) -> Iterator[Check]:
    asked: list[Together] = []
    for tied in tied_targets(subject.core):
        smaller = [
            other for other in asked if other.formula == tied.formula and set(other.rules) < set(tied.rules)
        ]
        decide = _Decide(subject, tied, smaller)
        yield Check(Kind.IMPOSSIBLE_TARGETS, decide.about, decide, decide.position)
        asked.append(tied)
    for guarantee in subject.content.guarantees.values():
        if guarantee.kind is GuaranteeKind.TOGETHER:
            told = _Told(subject, guarantee)
            yield Check(Kind.EMPTY_GUARANTEE, told.about, told.about_someone, guarantee.position)
            yield Check(Kind.BROKEN_GUARANTEE, told.about, told.nobody_else, guarantee.position)


class _Decide:
    """Nobody is given targets that cannot be met together, unless a guarantee says who tells them."""

    def __init__(self, subject: Subject, tied: Together, smaller: Iterable[Together]) -> None:
        self.subject = subject
        self.tied = tied
        self.smaller = tuple(smaller)
        self.about = f"topics {', '.join(tied.topics)}"
        self.position = subject.content.rules[tied.rules[0].rule].position
        self.acknowledged = [
            guarantee
            for guarantee in subject.content.guarantees.values()
            if set(tied.topics) <= set(guarantee.together)
        ]
        self.telling = [r for g in self.acknowledged for r in subject.topics.get(g.told_by, ())]

    def __call__(self) -> Result:
        reading = self.subject.reading
        untold = none_of(reading.holds(rule).true for rule in self.telling)
        asks = all_of(
            (given_in_vain(self.tied, reading), untold, none_of(impossible(s, reading) for s in self.smaller))
        )
        facts = facts_of_all((*self.tied.rules, *self.telling))
        match self.subject.people.smallest(Question(asks, facts, self._is)):
            case Somebody(person=person):
                topics = ", ".join(f"`{topic}`" for topic in self.tied.topics)
                message = f"{topics} cannot be met together by somebody who is given all of them"
                if self.acknowledged:
                    message += f", and `{self.acknowledged[0].told_by}` is not given"
                help = "change a target, or for whom it is; or tell them, and guarantee that with `together`"
                details = tuple(self._asked(person))
                return Finding(
                    Kind.IMPOSSIBLE_TARGETS, self.about, message, help, self.position, person, details
                )
            case NotDecided(reason=reason, but_for_rounding=True):
                return Proof(Kind.IMPOSSIBLE_TARGETS, self.about, reason)
            case NotDecided(reason=reason):
                return Open(Kind.IMPOSSIBLE_TARGETS, self.about, reason, self.position)
        return Proof(Kind.IMPOSSIBLE_TARGETS, self.about, self._told(facts))

    def _told(self, facts: frozenset[str]) -> str:
        """Who tells those who cannot meet the targets, if there are any."""
        question = Question(given_in_vain(self.tied, self.subject.reading), facts, lambda _: True)
        if not self.acknowledged or isinstance(self.subject.people.anybody(question), Nobody):
            return ""
        return f"whoever cannot meet them is told by {self.acknowledged[0].told_by}"

    def _asked(self, person: Person) -> Iterator[str]:
        """What each target comes to for a person."""
        valuation = self.subject.valuation(person, facts_of_all(self.tied.rules))
        assert valuation is not None
        for rule in self.tied.rules:
            assert rule.target is not None
            fact, outcome = self.subject.content.facts[rule.target.fact], valuation.outcome(rule.rule)
            if isinstance(rule.target, ValueTarget):
                yield f"{rule.topic}: {fact.id} {str(rule.target.value).lower()}"
            else:
                unit = f" {fact.unit}" if fact.unit else ""
                yield f"{rule.topic}: {fact.id} {_between(outcome)}{unit}"

    def _is(self, person: Person) -> bool:
        valuation = self.subject.valuation(person, facts_of_all((*self.tied.rules, *self.telling)))
        if valuation is None or any(valuation.holds(rule.rule) is True for rule in self.telling):
            return False
        return is_impossible(self.tied, valuation, self.subject.reading)


def _between(outcome: Outcome) -> str:
    low, high = (None if end is None else f"{end:.12g}" for end in (outcome.low, outcome.high))
    if low is None or high is None:
        return f"at most {high}" if low is None else f"at least {low}"
    return low if low == high else f"{low} to {high}"


class _Told:
    """Those who are told that targets cannot be met together are those who cannot meet them."""

    def __init__(self, subject: Subject, guarantee: Guarantee) -> None:
        self.subject = subject
        self.guarantee = guarantee
        self.about = f"guarantee {guarantee.id}"
        self.telling = subject.topics.get(guarantee.told_by, [])
        self.tied = [
            tied for tied in tied_targets(subject.core) if set(tied.topics) <= set(guarantee.together)
        ]
        self.facts = facts_of_all((*self.telling, *(rule for tied in self.tied for rule in tied.rules)))

    def about_someone(self) -> Result:
        """Somebody cannot meet all of these targets, and no fewer have to be named."""
        whole = [t for t in self.tied if set(t.topics) == set(self.guarantee.together)]
        asks = any_of(given_in_vain(tied, self.subject.reading) for tied in whole)
        match self.subject.people.anybody(Question(asks, self.facts, lambda _: True)):
            case Somebody():
                return Proof(Kind.EMPTY_GUARANTEE, self.about)
            case NotDecided(reason=reason):
                return Open(Kind.EMPTY_GUARANTEE, self.about, reason, self.guarantee.position)
        message = (
            f"the guarantee `{self.guarantee.id}` is about nobody: these targets can always be met together"
        )
        help = "leave it out, or name under `together` the topics that cannot"
        return Finding(Kind.EMPTY_GUARANTEE, self.about, message, help, self.guarantee.position)

    def nobody_else(self) -> Result:
        """Whoever is told is given the targets and cannot meet them; that they all are is asked apart."""
        reading = self.subject.reading
        told = any_of(reading.holds(rule).true for rule in self.telling)
        asks = all_of((told, none_of(given_in_vain(tied, reading) for tied in self.tied)))
        match self.subject.people.smallest(Question(asks, self.facts, self._is)):
            case Somebody(person=person):
                message = (
                    f"the guarantee `{self.guarantee.id}` is broken: somebody is told by "
                    f"`{self.guarantee.told_by}`, and can meet the targets or is not given all of them"
                )
                help = "give it only to those who cannot meet them"
                position = self.guarantee.position
                return Finding(Kind.BROKEN_GUARANTEE, self.about, message, help, position, person)
            case NotDecided(reason=reason, but_for_rounding=True):
                return Proof(Kind.BROKEN_GUARANTEE, self.about, reason)
            case NotDecided(reason=reason):
                return Open(Kind.BROKEN_GUARANTEE, self.about, reason, self.guarantee.position)
        return Proof(Kind.BROKEN_GUARANTEE, self.about)

    def _is(self, person: Person) -> bool:
        valuation = self.subject.valuation(person, self.facts)
        if valuation is None or not any(valuation.holds(rule.rule) is True for rule in self.telling):
            return False
        return not any(is_impossible(tied, valuation, self.subject.reading) for tied in self.tied)


def facts_of_all(rules: Iterable[Recommending]) -> frozenset[str]:
    return frozenset[str]().union(*map(facts_of_rule, rules))
