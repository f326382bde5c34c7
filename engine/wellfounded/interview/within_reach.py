"""Which facts can still settle something, where a person has said of others that they do not know them.

What an undecided recommendation waits for may have become useless: the parts of a formula are, where one of
them is not known. So each test has the truths that it can still come to, and only facts that can bring a
rule to such a truth are worth asking. The plain reading of ``advise.waiting`` is the case in which nothing is
out of reach.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from wellfounded.advise.reading import truth, unknown_facts
from wellfounded.model.core import (
    All,
    Any,
    Branch,
    Comparison,
    Core,
    Definition,
    Formula,
    OneOf,
    Recommending,
    Selection,
    Test,
    facts_in_term,
)
from wellfounded.model.valuation import bounds_with_ends
from wellfounded.reason.arithmetic import Values

Truths = frozenset[bool]

EITHER: Truths = frozenset({True, False})
NEITHER: Truths = frozenset()


class Reach:
    """What can still become of facts and tests, for a person with these values.

    ``comes_to`` has, for each unknown derived yes/no, the truths it can come to. Facts in ``lost`` can come
    to nothing any more: the person does not know them, or they follow only from such.
    """

    def __init__(self, core: Core, values: Values, not_known: Collection[str]) -> None:
        self.values = values
        self.definitions: Mapping[str, Definition] = {item.fact: item for item in core.definitions}
        self.lost = set(not_known)
        self.comes_to: dict[str, Truths] = {}
        self._truths: dict[int, Truths] = {}  # by the id of a test of the core, which outlives this
        for definition in core.definitions:  # each uses only what comes before it
            if values[definition.fact] is None:
                self._define(definition)

    def _define(self, definition: Definition) -> None:
        if isinstance(definition, Formula):
            is_lost = not self._can_compute(facts_in_term(definition.result.term))
        elif isinstance(definition, Selection):
            each = [self.truths(branch.test) for branch in definition.branches]
            is_lost = all(True not in truths for truths in each) and any(False not in t for t in each)
        else:
            self.comes_to[definition.fact] = truths = self._any_of(definition.branches)
            is_lost = not truths
        (self.lost.add if is_lost else self.lost.discard)(definition.fact)

    def _any_of(self, branches: Iterable[Branch]) -> Truths:
        return self._truths_of(Any(tuple(branch.test for branch in branches)))

    def _can_compute(self, facts: Iterable[str]) -> bool:
        return not any(self.values[fact] is None and fact in self.lost for fact in facts)

    def truths(self, test: Test) -> Truths:
        """The truths a test can come to."""
        found = self._truths.get(id(test))
        if found is None:
            found = self._truths[id(test)] = self._truths_of(test)
        return found

    def _truths_of(self, test: Test) -> Truths:
        known = truth(test, self.values)
        if known is not None:
            return frozenset({known})
        match test:
            case All() | Any():
                decisive = isinstance(test, Any)
                members = [self.truths(member) for member in test.members]
                one = {decisive} if any(decisive in member for member in members) else set()
                every = {not decisive} if all((not decisive) in member for member in members) else set()
                return frozenset(one | every)
            case OneOf() if test.fact in self.comes_to:
                return frozenset(value in test.values for value in self.comes_to[test.fact])
            case OneOf() | Comparison():
                return EITHER if self._can_compute(unknown_facts(test, self.values)) else NEITHER

    def can_be_given(self, rules: Iterable[Recommending]) -> bool:
        """Whether one of the rules of a topic can still hold."""
        return any(True in self.truths(rule.test) and self._can_compute(_inputs(rule)) for rule in rules)

    def facts_that_settle(self, rules: Iterable[Recommending]) -> set[str]:
        """The facts a person could state that can bring the rules of one undecided topic to a decision."""
        rules = [rule for rule in rules if truth(rule.test, self.values) is not False]
        found: list[tuple[str, Truths]] = []
        can_all_fail = all(False in self.truths(rule.test) for rule in rules)
        for rule in rules:
            wanted = {False} if can_all_fail else set()
            if self.can_be_given([rule]):
                wanted.add(True)
                found += ((fact, EITHER) for fact in _inputs(rule) if self.values[fact] is None)
            found += self._leading(rule.test, frozenset(wanted))
        return self._stated(found)

    def facts_that_tell(self, fact: str) -> set[str]:
        """The facts a person could state that can make an unknown fact known."""
        return self._stated([(fact, EITHER)]) if fact not in self.lost else set()

    def _leading(self, test: Test, wanted: Truths) -> list[tuple[str, Truths]]:
        """The unknown facts in a test that can bring it to a wanted truth, each with what is wanted of it."""
        wanted &= self.truths(test)
        if not wanted or truth(test, self.values) is not None:
            return []
        if isinstance(test, All | Any):
            return [found for member in test.members for found in self._leading(member, wanted)]
        facts = unknown_facts(test, self.values)
        if isinstance(test, OneOf):
            wanted = frozenset(value for value in EITHER if (value in test.values) in wanted)
        return [(fact, wanted) for fact in facts]

    def _stated(self, waiting: list[tuple[str, Truths]]) -> set[str]:
        """The facts to ask for, reached through derived ones."""
        found: set[str] = set()
        seen: set[tuple[str, Truths]] = set()
        for fact, wanted in waiting:  # grows while it is gone through
            if (fact, wanted) in seen or fact in self.lost:
                continue
            seen.add((fact, wanted))
            definition = self.definitions.get(fact)
            if definition is None:
                found.add(fact)
            elif isinstance(definition, Formula):
                used = facts_in_term(definition.result.term)
                waiting += [(further, EITHER) for further in used if self.values[further] is None]
            else:
                within = EITHER if isinstance(definition, Selection) else wanted
                for branch in definition.branches:
                    waiting += self._leading(branch.test, within)
        return found


def _inputs(rule: Recommending) -> list[str]:
    """The facts from which the bounds of a rule's target are worked out."""
    return [fact for _, bound in bounds_with_ends(rule) for fact in facts_in_term(bound.term)]
