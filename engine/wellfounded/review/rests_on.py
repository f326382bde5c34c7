"""Which rules stand behind a topic: those that give it, and those that conclude what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wellfounded.model.content import Content, Rule, conditions_in
from wellfounded.model.dependencies import facts_of_condition
from wellfounded.model.expression import names_in


class RulesBehind:
    """The rules in force behind each topic of one knowledge base, worked out when asked for."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.giving: dict[str, list[Rule]] = {}
        self.concluding: dict[str, list[Rule]] = {}
        for rule in content.rules.values():
            if rule.status in content.in_force and rule.conclude is not None:
                self.concluding.setdefault(rule.conclude.fact, []).append(rule)
            elif rule.status in content.in_force:
                self.giving.setdefault(rule.topic, []).append(rule)
        self._known: dict[str, frozenset[str]] = {}

    def of(self, topics: Iterable[str]) -> frozenset[str]:
        """The ids of the rules behind any of these topics."""
        return frozenset[str]().union(*(self._of(topic) for topic in topics))

    def _of(self, topic: str) -> frozenset[str]:
        if topic not in self._known:
            giving = self.giving.get(topic, ())
            reached = self._reached(name for rule in giving for name in self._looks_at(rule))
            concluding = [rule for fact in reached for rule in self.concluding.get(fact, ())]
            self._known[topic] = frozenset(rule.id for rule in (*giving, *concluding))
        return self._known[topic]

    def _reached(self, names: Iterable[str]) -> Mapping[str, None]:
        """The facts among the names, and all that they are derived from."""
        reached: dict[str, None] = {}
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            fact = self.content.facts.get(name)
            if fact is not None and name not in reached:
                reached[name] = None
                waiting += [] if fact.formula is None else [used.name for used in names_in(fact.formula)]
                for rule in self.concluding.get(name, ()):
                    waiting += facts_of_condition(rule.when)
        return reached

    def _looks_at(self, rule: Rule) -> Iterator[str]:
        """The names in a rule's condition, target and table, and the fact whose causes it lists."""
        table = self.content.tables.get(rule.table)
        for condition in (rule.when, *(conditions_in(table) if table is not None else ())):
            yield from facts_of_condition(condition)
        if rule.target is not None:
            bound = rule.target.bound.value
            yield rule.target.of
            yield from (
                () if isinstance(bound, bool | float | str) else (name.name for name in names_in(bound))
            )
        if rule.causes_of:
            yield rule.causes_of
