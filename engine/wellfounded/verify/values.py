"""Every derived yes/no and every derived choice can have each of its values."""

from __future__ import annotations

from collections.abc import Iterator

from wellfounded.model.core import Conclusion, Formula
from wellfounded.model.values import Value
from wellfounded.verify.findings import Finding, Kind, Open, Proof, Result
from wellfounded.verify.people import Nobody, NotDecided, Person, Question
from wellfounded.verify.subject import Check, Subject


def check_values(subject: Subject) -> Iterator[Check]:
    for definition in subject.core.definitions:
        if isinstance(definition, Formula):
            continue
        if isinstance(definition, Conclusion) and len(definition.branches) == 1:
            continue  # that its only rule can hold, and can fail, says the same
        for value in subject.reading.values[definition.fact]:
            fact = subject.content.facts[definition.fact]
            decide = _Decide(subject, fact.id, value)
            yield Check(Kind.VALUE_NEVER_REACHED, decide.about, decide, fact.position)


class _Decide:
    def __init__(self, subject: Subject, fact: str, value: Value) -> None:
        self.subject = subject
        self.fact = fact
        self.value = value
        self.word = str(value).lower() if isinstance(value, bool) else str(value)
        self.about = f"fact {fact}: {self.word}"

    def __call__(self) -> Result:
        asks = self.subject.reading.values[self.fact][self.value]
        position = self.subject.content.facts[self.fact].position
        match self.subject.people.somebody(Question(asks, frozenset({self.fact}), self._is)):
            case Nobody():
                message = f"`{self.fact}` is `{self.word}` for nobody"
                help = "see whether a rule for this value is missing, or can never hold"
                return Finding(Kind.VALUE_NEVER_REACHED, self.about, message, help, position)
            case NotDecided(reason=reason):
                return Open(Kind.VALUE_NEVER_REACHED, self.about, reason, position)
        return Proof(Kind.VALUE_NEVER_REACHED, self.about)

    def _is(self, person: Person) -> bool:
        valuation = self.subject.valuation(person, [self.fact])
        return valuation is not None and valuation[self.fact] == self.value
