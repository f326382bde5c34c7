"""What the authors hold to be so of every person is so.

A person where a condition is written is one of whom it is true: known to be, not merely not false. A person
gets a recommendation if a rule for it holds; while it is undecided, nobody gets it.
"""

from __future__ import annotations

from collections.abc import Iterator

from wellfounded.model.content import Gets, Guarantee, GuaranteeKind, Verdict
from wellfounded.model.core import NumberTarget, Recommending, Rounded, Test, ValueTarget, facts_in_test
from wellfounded.verify.findings import Finding, Kind, Open, Proof, Result
from wellfounded.verify.numbers import TRUE, Yes, all_of, any_of, compared, none_of
from wellfounded.verify.people import Nobody, NotDecided, Person, Question, Somebody
from wellfounded.verify.subject import Check, Subject
from wellfounded.verify.to_solver import Reading, facts_of_rule


def check_guarantees(subject: Subject) -> Iterator[Check]:
    for guarantee in subject.content.guarantees.values():
        if guarantee.kind is not GuaranteeKind.TOGETHER:
            decide = _Decide(subject, guarantee)
            yield Check(Kind.EMPTY_GUARANTEE, decide.about, decide.about_someone, guarantee.position)
            yield Check(Kind.BROKEN_GUARANTEE, decide.about, decide.holds, guarantee.position)


class _Decide:
    def __init__(self, subject: Subject, guarantee: Guarantee) -> None:
        assert guarantee.where is not None and guarantee.gets is not None
        self.subject = subject
        self.guarantee = guarantee
        self.gets = guarantee.gets
        self.about = f"guarantee {guarantee.id}"
        self.where: Test = subject.conditions.test(guarantee.where)
        self.rules = [rule for rule in subject.core.giving if _speaks_of(self.gets, rule)]
        self.facts = frozenset((*facts_in_test(self.where), *guarantee.stating))

    def about_someone(self) -> Result:
        question = Question(self._meant(), self.facts, self._is_meant)
        match self.subject.people.somebody(question):
            case Nobody():
                message = f"the guarantee `{self.guarantee.id}` is about nobody"
                help = "its conditions exclude each other, so it would hold whatever the rules say"
                return Finding(Kind.EMPTY_GUARANTEE, self.about, message, help, self.guarantee.position)
            case NotDecided(reason=reason):
                return Open(Kind.EMPTY_GUARANTEE, self.about, reason, self.guarantee.position)
        return self._of_something()

    def _of_something(self) -> Result:
        """What nobody is to get, somebody else gets: else nothing is said."""
        given = any_of(gets(self.gets, rule, self.subject.reading) for rule in self.rules)
        facts = frozenset[str]().union(*map(facts_of_rule, self.rules))
        match self.subject.people.anybody(Question(given, facts, lambda _: True)):
            case Nobody():
                what = described(self.gets)
                message = f"the guarantee `{self.guarantee.id}` speaks of {what}, which nobody gets anyway"
                help = "see whether a rule in force gives it, with that verdict and that target"
                return Finding(Kind.EMPTY_GUARANTEE, self.about, message, help, self.guarantee.position)
            case NotDecided(reason=reason):
                return Open(Kind.EMPTY_GUARANTEE, self.about, reason, self.guarantee.position)
        return Proof(Kind.EMPTY_GUARANTEE, self.about)

    def holds(self) -> Result:
        every = self.guarantee.kind is GuaranteeKind.EVERY
        given = any_of(gets(self.gets, rule, self.subject.reading) for rule in self.rules)
        asks = all_of((self._meant(), none_of((given,)) if every else given))
        facts = self.facts.union(*map(facts_of_rule, self.rules))
        match self.subject.people.smallest(Question(asks, facts, self._breaks)):
            case Somebody(person=person):
                return self._broken(person)
            case NotDecided(reason=reason, but_for_rounding=True):
                return Proof(Kind.BROKEN_GUARANTEE, self.about, reason)
            case NotDecided(reason=reason):
                return Open(Kind.BROKEN_GUARANTEE, self.about, reason, self.guarantee.position)
        return Proof(Kind.BROKEN_GUARANTEE, self.about)

    def _broken(self, person: Person) -> Finding:
        what = described(self.gets)
        given = ", ".join(f"`{rule.rule}`" for rule in self.rules if self._gets(rule, person))
        if self.guarantee.kind is GuaranteeKind.EVERY:
            message = f"the guarantee `{self.guarantee.id}` is broken: somebody does not get {what}"
        else:
            message = f"the guarantee `{self.guarantee.id}` is broken: somebody gets {what}, from {given}"
        help = "change the rules, or what is guaranteed"
        position = self.guarantee.position
        return Finding(Kind.BROKEN_GUARANTEE, self.about, message, help, position, person)

    def _meant(self) -> Yes:
        reading = self.subject.reading
        stated = (reading.is_stated(fact) for fact in self.guarantee.stating)
        return all_of((reading.truth(self.where).true, *stated))

    def _is_meant(self, person: Person) -> bool:
        stated = all(fact in person for fact in self.guarantee.stating)
        return stated and self.subject.is_true(self.where, person) is True

    def _breaks(self, person: Person) -> bool:
        given = any(self._gets(rule, person) for rule in self.rules)
        return self._is_meant(person) and given is not (self.guarantee.kind is GuaranteeKind.EVERY)

    def _gets(self, rule: Recommending, person: Person) -> bool:
        valuation = self.subject.valuation(person, facts_of_rule(rule))
        verdict = None if valuation is None else self.subject.verdict(rule, valuation)
        return verdict is not None and verdict in (self.gets.verdicts or (verdict,))


def _speaks_of(gets: Gets, rule: Recommending) -> bool:
    """Whether a rule's recommendation may be one that is spoken of."""
    if gets.topic and gets.topic != rule.topic:
        return False
    aim = None if rule.target is None else rule.target.fact
    return not gets.target or (aim is not None and gets.target in ("any", aim))


def gets(gets: Gets, rule: Recommending, reading: Reading) -> Yes:
    """Whether somebody gets a rule's recommendation with one of the verdicts."""
    wanted = (verdict_is(verdict, rule, reading) for verdict in gets.verdicts) if gets.verdicts else (TRUE,)
    return all_of((reading.holds(rule).true, any_of(wanted)))


def verdict_is(verdict: Verdict, rule: Recommending, reading: Reading) -> Yes:
    """Whether a rule that holds gives this verdict."""
    match rule.target:
        case None:
            return any_of((TRUE,)) if rule.verdict == verdict else none_of((TRUE,))
        case ValueTarget():
            values = reading.values[rule.target.fact]
            change = Verdict.START if rule.target.value else Verdict.STOP
            is_so = {Verdict.KEEP: values[rule.target.value], change: values[not rule.target.value]}
            is_so[Verdict.MEET] = none_of(values.values())
            return is_so.get(verdict, none_of((TRUE,)))
        case NumberTarget():
            return _number_verdict(verdict, rule.target, reading)


def _number_verdict(verdict: Verdict, target: NumberTarget, reading: Reading) -> Yes:
    current = reading.numbers[target.fact]

    def outside(relation: str, bound: Rounded | None) -> Yes:
        if bound is None:
            return none_of((TRUE,))
        return all_of((current.known, compared(current, relation, reading.number(bound))))

    match verdict:
        case Verdict.MEET:
            return none_of((current.known,))
        case Verdict.RAISE:
            return outside("<", target.low)
        case Verdict.LOWER:
            return all_of((outside(">", target.high), none_of((outside("<", target.low),))))
        case Verdict.KEEP:
            return all_of((current.known, none_of((outside("<", target.low), outside(">", target.high)))))
    return none_of((TRUE,))


def described(gets: Gets) -> str:
    """What is spoken of, in words."""
    what = f"`{gets.topic}`" if gets.topic else "a recommendation"
    if gets.target:
        of = "" if gets.target == "any" else f" on `{gets.target}`"
        what += f" with a target{of}" if gets.topic else ""
        what = what if gets.topic else f"a target{of}"
    if gets.verdicts:
        what += f" with the verdict {' or '.join(f'`{verdict}`' for verdict in gets.verdicts)}"
    return what
