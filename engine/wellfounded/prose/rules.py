"""Rules in plain words: when they hold, what follows then, and what they say."""

from __future__ import annotations

from collections.abc import Iterator

from wellfounded.advise.wording import Aim
from wellfounded.lower.formulas import bounds
from wellfounded.model.content import Content, Fact, Rule, Target
from wellfounded.model.core import Constant
from wellfounded.model.expression import (
    END_USED,
    Between,
    Comparator,
    Compares,
    Condition,
    End,
    Formula,
    Group,
    Grouping,
    Is,
)
from wellfounded.model.frozen import EMPTY
from wellfounded.model.template import CURRENT, TARGET, Slot
from wellfounded.model.text import NO_TEXT, Text
from wellfounded.prose.names import Names
from wellfounded.prose.reading import Reading, Said, filled, ours


class Prose:
    """Reads the rules of one knowledge base in one of its languages."""

    def __init__(self, content: Content, language: str) -> None:
        self.content = content
        self.names = Names(content, language)
        self.words = self.names.words

    def rule(self, rule: Rule) -> tuple[Reading, ...]:
        """A whole rule: when it holds, what follows, what comes with it and what it says."""
        return (self.when(rule), self.then(rule), *self._with(rule), *self._says(rule))

    def when(self, rule: Rule) -> Reading:
        """When a rule holds, as a sentence whose last words are the lines under it."""
        condition = self.condition(rule.when)
        if isinstance(_simplest(rule.when), Group):
            return Reading(filled(self.words["if"], condition=condition.says), condition.under)
        return Reading(filled(self.words["if"], condition=ours(self.words["this"])), (condition,))

    def condition(self, condition: Condition) -> Reading:
        """A condition as it was written, but for groups of one, which say nothing of their own."""
        condition = _simplest(condition)
        match condition:
            case Is():
                fact = self.content.facts[condition.fact]
                return self._of(fact.id, self.names.values(fact, condition.values))
            case Compares():
                return self._of(condition.fact, self._compares(condition))
            case Group():
                return self._group(condition)

    def _of(self, fact: str, said: tuple[Said, ...]) -> Reading:
        return Reading((*self.names.fact(fact), *ours(": "), *said))

    def _group(self, group: Group) -> Reading:
        tests = [member for member in group.members if isinstance(member, Compares)]
        alike = len(tests) == len(group.members) and len({test.fact for test in tests}) == 1
        if group.grouping is Grouping.ALL and alike:
            first, *others = map(self._compares, tests)
            for other in others:
                first += (*ours(self.words["and"]), *other)
            return self._of(tests[0].fact, first)
        key, members = _said_as(group)
        return Reading(ours(self.words[key]), tuple(map(self.condition, members)))

    def _compares(self, test: Compares) -> tuple[Said, ...]:
        fact = self.content.facts[test.fact]
        number = self.names.operand(test.operand, fact, END_USED.get(test.comparator))
        if isinstance(test.operand, Between) and test.comparator is Comparator.WITHIN:
            return number
        return filled(self.words[test.comparator], number=number)

    def then(self, rule: Rule) -> Reading:
        """What follows where a rule holds."""
        if rule.target is not None:
            return Reading(ours(self.words["then_target"]), (self.target(rule.target),))
        if rule.conclude is not None:
            fact = self.content.facts[rule.conclude.fact]
            concluded = self._of(fact.id, self.names.values(fact, (rule.conclude.value,)))
            return Reading(ours(self.words["then_conclude"]), (concluded,))
        said = self.text(rule.says.get(str(rule.advise), NO_TEXT), rule)
        return Reading(ours(self.words[f"then_{rule.advise}"]), (Reading(said),))

    def target(self, target: Target) -> Reading:
        fact = self.content.facts[target.of]
        bound = target.bound
        if isinstance(bound.value, bool | str | float):
            return self._of(fact.id, self.names.values(fact, (bound.value,)))
        end = END_USED.get(Comparator(bound.kind)) if bound.kind != "is" else None
        number = self.names.operand(bound.value, fact, end)
        whole = bound.kind == Comparator.WITHIN and isinstance(bound.value, Between)
        return self._of(fact.id, number if whole else filled(self.words[bound.kind], number=number))

    def _with(self, rule: Rule) -> Iterator[Reading]:
        if rule.causes_of:
            yield Reading(filled(self.words["then_causes"], fact=self.names.fact(rule.causes_of)))
        if rule.table:
            title = Said(self.names.wording.plain(self.content.tables[rule.table].title))
            yield Reading(filled(self.words["then_table"], table=(title,)))

    def _says(self, rule: Rule) -> Iterator[Reading]:
        """The texts of a rule, but for that of advice without a target, which is what follows."""
        if rule.advise is None and rule.says:
            texts = tuple(
                Reading((*ours(self.words.get(f"says_{verdict}", "")), *self.text(text, rule)))
                for verdict, text in rule.says.items()
            )
            yield Reading(ours(self.words["says"]), texts)

    def text(self, text: Text, rule: Rule | None = None) -> tuple[Said, ...]:
        """A text of an author; what depends on a person stands in brackets, by name."""
        said: list[Said] = []
        for piece in self.names.wording.prepared(text):
            if isinstance(piece, str):
                said.append(Said(piece))
            elif piece.name in (TARGET, CURRENT):
                said += self._aimed_at(piece, rule)
            else:
                said += (*ours("["), *self.names.fact(piece.name), *ours("]"))
        return tuple(said)

    def _aimed_at(self, slot: Slot, rule: Rule | None) -> tuple[Said, ...]:
        """A target that is the same for everyone, in numbers; else its name."""
        aim = self._same_for_everyone(rule.target) if rule is not None and rule.target is not None else None
        number = "" if aim is None else self.names.wording.filled((slot,), EMPTY, aim)
        return (Said(number),) if number else ours(f"[{self.words[str(slot)[1:-1]]}]")

    def _same_for_everyone(self, target: Target) -> Aim | None:
        bound = target.bound.value
        if isinstance(bound, bool | str | float):
            return None
        fact = self.content.facts[target.of]
        low, high = bounds(bound)
        kind = target.bound.kind
        return Aim(
            fact.id,
            None if kind == Comparator.AT_MOST else self._number(low, fact, End.LOW),
            None if kind == Comparator.AT_LEAST else self._number(high, fact, End.HIGH),
            None,
        )

    def _number(self, formula: Formula, fact: Fact, end: End) -> float | None:
        term = self.names.formulas.result(formula, fact.id, end).term
        return term.value if isinstance(term, Constant) else None


def _simplest(condition: Condition) -> Condition:
    """A condition without groups of one around it; a *none* of one is not such a group."""
    while isinstance(condition, Group) and len(condition.members) == 1:
        if condition.grouping is Grouping.NONE:
            break
        condition = condition.members[0]
    return condition


def _said_as(group: Group) -> tuple[str, tuple[Condition, ...]]:
    """The words for a group, and what stands under them."""
    if group.grouping is not Grouping.NONE or len(group.members) != 1:
        return str(group.grouping), group.members
    only = _simplest(group.members[0])
    if isinstance(only, Group) and only.grouping is Grouping.ALL:
        return "not_all", only.members
    return "not", (only,)
