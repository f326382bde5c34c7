"""Whether two knowledge bases come to the same for every person, topic by topic.

Facts of one name are taken to be the same; people are those who can state their facts to both. What comes of
a topic is whether it is given, undecided or not given, and where it is given its verdict and its target.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from wellfounded.model.content import Content, Fact, FactType, Verdict
from wellfounded.model.core import Definition, Formula, Recommending, Test, facts_in_term, facts_in_test
from wellfounded.model.valuation import Valuation
from wellfounded.model.values import Value
from wellfounded.verify.answers import asked, asks_differ
from wellfounded.verify.guarantees import verdict_is
from wellfounded.verify.numbers import FALSE, Yes, all_of, any_of, compared, none_of
from wellfounded.verify.people import Answer, Nobody, NotDecided, People, Person, Question
from wellfounded.verify.subject import Subject
from wellfounded.verify.to_solver import Reading, Truth, either, facts_of_rule


class Two:
    """Two knowledge bases, such as an old and a new version, or one and a changed copy of it.

    ``timeout`` is in seconds, for each time the solver is asked.
    """

    def __init__(self, one: Subject, other: Subject, timeout: float) -> None:
        self.one = one
        self.other = other
        self.people = People(one.reading, other.reading, timeout=timeout)

    @property
    def topics(self) -> tuple[str, ...]:
        """Every topic of either, in the authors' order."""
        return tuple(dict.fromkeys((*self.one.topics, *self.other.topics)))

    def differ(self, topic: str, confirm: Callable[[Person], bool] = lambda person: True) -> Answer:
        """The smallest person for whom something else comes of a topic, or the proof that there is nobody.

        One who is given something else goes before one for whom it is undecided in only one of them.
        ``confirm`` is asked of an example beside the reasoner.
        """
        if self.is_written_alike(topic):
            return Nobody()
        facts = self.facts_behind(topic)
        if self.unlike(facts):
            return _not_the_same(self.unlike(facts))
        answer: Answer = Nobody()
        for differs in (self._given_differs(topic), self._undecided_differs(topic)):
            asks = all_of((differs, *self._stated_to_both(facts)))
            question = Question(asks, facts, lambda p: self.is_different(topic, p) and confirm(p))
            answer = self.people.smallest(question)
            if not isinstance(answer, Nobody):
                break
        return answer

    def differs(self, topic: str) -> Yes:
        """Of a person who can state their facts to both, whether something else comes of a topic."""
        differs = any_of((self._given_differs(topic), self._undecided_differs(topic)))
        return all_of((differs, *self._stated_to_both(self.facts_behind(topic))))

    @property
    def derived(self) -> tuple[str, ...]:
        """Every fact that both derive, in the authors' order."""
        facts = self.other.content.facts
        return tuple(d.fact for d in self.one.core.definitions if d.fact in facts and facts[d.fact].derived)

    def differ_about(self, fact: str) -> Answer:
        """The smallest person of whom a derived fact has another value, or the proof that there is nobody."""
        if self._alike([fact]):
            return Nobody()
        facts = frozenset({fact})
        unlike = self.unlike(facts)
        if unlike or _sort(self.one.content.facts[fact]) != _sort(self.other.content.facts[fact]):
            return _not_the_same(unlike or fact)
        asks = all_of((self._value_differs(fact), *self._stated_to_both(facts)))

        def confirm(person: Person) -> bool:
            values = [self.valuation(subject, person) for subject in (self.one, self.other)]
            known = [None if valuation is None else valuation[fact] for valuation in values]
            return None not in values and known[0] != known[1]

        return self.people.smallest(Question(asks, facts, confirm))

    def _value_differs(self, fact: str) -> Yes:
        one, other = self.one.reading, self.other.reading
        if fact in one.numbers:
            number, another = one.numbers[fact], other.numbers[fact]
            differ = all_of((number.known, another.known, compared(number, "!=", another)))
            return any_of((_unequal(number.known, another.known), differ))
        values = dict.fromkeys((*one.values[fact], *other.values[fact]))
        found = ((r.values[fact].get(value, FALSE) for r in (one, other)) for value in values)
        return any_of(_unequal(*pair) for pair in found)

    def given_by_both(self, topic: str, also: tuple[Subject, Test, bool] | None = None) -> Answer:
        """The smallest person who is given a topic by both, and of whom a test of one is true, or false."""
        facts = self.facts_behind(topic) | frozenset(facts_in_test(also[1]) if also else ())
        if self.unlike(facts):
            return _not_the_same(self.unlike(facts))
        asks = [self._truth(subject, topic).true for subject in (self.one, self.other)]
        if also is not None:
            truth = also[0].reading.truth(also[1])
            asks.append(truth.true if also[2] else truth.false)
        question = Question(all_of((*asks, *self._stated_to_both(facts))), facts, lambda _: True)
        return self.people.smallest(question)

    def valuation(self, subject: Subject, person: Person) -> Valuation | None:
        """What a reasoner makes of a person, who may state facts that a knowledge base does not know."""
        return subject.valuation(known_to(subject.content, person))

    def unlike(self, facts: Iterable[str]) -> str:
        """The first fact, of those that these rest on, that is something else in the two; else nothing."""
        return next(self._unlike(facts), "")

    def is_different(self, topic: str, person: Person) -> bool:
        """Whether reasoners say so: whether something else comes of a topic for one person."""
        return self.outcome(self.one, topic, person) != self.outcome(self.other, topic, person)

    def outcome(self, subject: Subject, topic: str, person: Person) -> object:
        """What comes of a topic for a person, who may state facts that a knowledge base does not know."""
        valuation = self.valuation(subject, person)
        if valuation is None:
            return "rules disagree about a fact"
        rules = subject.topics.get(topic, [])
        given = {
            (subject.verdict(rule, valuation), asked(rule, valuation.outcome(rule.rule)))
            for rule in rules
            if valuation.holds(rule.rule) is True
        }
        if given:
            return given.pop() if len(given) == 1 else "rules disagree about it"
        return "undecided" if any(valuation.holds(rule.rule) is None for rule in rules) else "not given"

    def is_written_alike(self, topic: str) -> bool:
        """Whether both say the same of a topic in the same words, so that nothing has to be proved."""
        rules = [subject.topics.get(topic, []) for subject in (self.one, self.other)]
        return rules[0] == rules[1] and self._alike(fact for rule in rules[0] for fact in facts_of_rule(rule))

    def means_the_same(self, test: Test) -> bool:
        """Whether a test that stands in both is true of the same people, without anything to be proved."""
        return self._alike(facts_in_test(test))

    def _alike(self, facts: Iterable[str]) -> bool:
        named = list(facts)
        return behind(self.one, named) == behind(self.other, named)

    def facts_behind(self, topic: str) -> frozenset[str]:
        """The facts that the rules of a topic look at, in either."""
        rules = (*self.one.topics.get(topic, ()), *self.other.topics.get(topic, ()))
        return frozenset[str]().union(*map(facts_of_rule, rules))

    def _unlike(self, facts: Iterable[str]) -> Iterator[str]:
        """Facts of one name that are not the same."""
        readings = (self.one.reading, self.other.reading)
        stated = [reading.stated_behind(f for f in facts if f in reading.inputs) for reading in readings]
        for fact in dict.fromkeys((*stated[0], *stated[1])):
            one, other = (subject.content.facts.get(fact) for subject in (self.one, self.other))
            if one is not None and other is not None and _sort(one) != _sort(other):
                yield fact

    def _stated_to_both(self, facts: Iterable[str]) -> Iterator[Yes]:
        """A choice that only one of them offers is stated to neither."""
        for fact in _choices_behind(self, facts):
            one, other = self.one.reading.values[fact], self.other.reading.values[fact]
            yield none_of(one.get(v, other.get(v, FALSE)) for v in _only_in_one(one, other))

    def _undecided_differs(self, topic: str) -> Yes:
        return _unequal(self._truth(self.one, topic).false, self._truth(self.other, topic).false)

    def _given_differs(self, topic: str) -> Yes:
        """Whether a rule of one holds, and no rule of the other that asks the same.

        Where the rules of both disagree, nobody is told anything by either.
        """
        sides = (self.one, self.other), (self.other, self.one)
        told_nothing = all_of(_disagree(subject, topic) for subject in (self.one, self.other))
        return all_of((any_of(self._given_only_by(*side, topic) for side in sides), none_of((told_nothing,))))

    def _given_only_by(self, one: Subject, other: Subject, topic: str) -> Yes:
        return any_of(
            all_of((one.reading.holds(rule).true, none_of(self._again(one, rule, other, topic))))
            for rule in one.topics.get(topic, ())
        )

    def _again(self, one: Subject, rule: Recommending, other: Subject, topic: str) -> Iterator[Yes]:
        """Of each rule of the other, whether it holds and asks the same."""
        for another in other.topics.get(topic, ()):
            differently = _ask_differently(rule, one.reading, another, other.reading)
            yield all_of((other.reading.holds(another).true, none_of((differently,))))

    def _truth(self, subject: Subject, topic: str) -> Truth:
        return either(*(subject.reading.holds(rule) for rule in subject.topics.get(topic, ())))


def _disagree(subject: Subject, topic: str) -> Yes:
    """Whether rules of one topic hold that ask for different things."""
    reading = subject.reading
    return any_of(
        all_of(
            (
                reading.holds(rule).true,
                reading.holds(another).true,
                asks_differ(rule, reading, another, reading),
            )
        )
        for rule, another in combinations(subject.topics.get(topic, ()), 2)
    )


def _ask_differently(rule: Recommending, one: Reading, another: Recommending, other: Reading) -> Yes:
    verdicts = Verdict if rule.target is not None and another.target is not None else ()
    return any_of(
        (
            asks_differ(rule, one, another, other),
            *(_unequal(verdict_is(v, rule, one), verdict_is(v, another, other)) for v in verdicts),
        )
    )


def _sort(fact: Fact) -> tuple[object, ...]:
    return fact.type, fact.unit, fact.can_be_stated


def _unequal(one: Yes, other: Yes) -> Yes:
    return FALSE if one.eq(other) else one != other


def _not_the_same(fact: str) -> NotDecided:
    return NotDecided(
        f"`{fact}` is something else in the two, by its type, its unit, or whether it can be stated"
    )


def known_to(content: Content, person: Person) -> Person:
    """What a person states of facts that a knowledge base knows."""
    return {fact: value for fact, value in person.items() if fact in content.facts}


def behind(subject: Subject, facts: Iterable[str]) -> tuple[dict[str, Definition], dict[str, object]]:
    """The definitions that facts rest on, theirs among them, and the facts those are of."""
    definitions = {definition.fact: definition for definition in subject.core.definitions}
    waiting = list(facts)
    found: dict[str, Definition] = {}
    known: dict[str, object] = {}
    while waiting:
        fact = waiting.pop()
        if fact in known:
            continue
        known[fact] = _meaning(subject.content.facts[fact])
        definition = definitions.get(fact)
        if definition is not None:
            found[fact] = definition
            waiting += _used(definition)
    return found, known


def _meaning(fact: Fact) -> object:
    """All of a fact but its texts."""
    return fact.type, fact.unit, fact.span, tuple(fact.choices), fact.can_be_stated, fact.otherwise


def _used(definition: Definition) -> list[str]:
    if isinstance(definition, Formula):
        return list(facts_in_term(definition.result.term))
    return [fact for branch in definition.branches for fact in facts_in_test(branch.test)]


def _choices_behind(two: Two, facts: Iterable[str]) -> Iterator[str]:
    named = list(facts)
    readings = (two.one.reading, two.other.reading)
    stated = [set(reading.stated_behind(f for f in named if f in reading.inputs)) for reading in readings]
    for fact in sorted(stated[0] & stated[1]):
        if two.one.content.facts[fact].type is FactType.CHOICE:
            yield fact


def _only_in_one(one: Iterable[Value], other: Iterable[Value]) -> list[Value]:
    return sorted(set(one) ^ set(other), key=str)
