"""Which rules stand behind a topic: those that give it, and those that conclude what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wellfounded.model.content import Content, Lifecycle, Rule
from wellfounded.model.dependencies import dependencies, facts_of_condition
from wellfounded.model.expression import Condition, names_in


class RulesBehind:
    """The rules behind each topic of one knowledge base, worked out when asked for."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.uses = dependencies(content)
        self.rules = [rule for rule in content.rules.values() if rule.status is not Lifecycle.RETIRED]
        self.concluding: dict[str, list[str]] = {}
        for rule in self.rules:
            if rule.conclude is not None:
                self.concluding.setdefault(rule.conclude.fact, []).append(rule.id)
        self._known: dict[str, frozenset[str]] = {}

    def of(self, topics: Iterable[str]) -> frozenset[str]:
        """The ids of the rules behind any of these topics."""
        return frozenset[str]().union(*(self._of(topic) for topic in topics))

    def _of(self, topic: str) -> frozenset[str]:
        if topic not in self._known:
            giving = [rule for rule in self.rules if rule.recommends and rule.topic == topic]
            reached = self._reached(name for rule in giving for name in self._looks_at(rule))
            concluding = [id for fact in reached for id in self.concluding.get(fact, ())]
            self._known[topic] = frozenset([*(rule.id for rule in giving), *concluding])
        return self._known[topic]

    def _reached(self, facts: Iterable[str]) -> Mapping[str, None]:
        """The facts, and all that they are derived from."""
        reached: dict[str, None] = {}
        waiting = list(facts)
        while waiting:
            fact = waiting.pop()
            if fact not in reached:
                reached[fact] = None
                waiting.extend(self.uses[fact])
        return reached

    def _looks_at(self, rule: Rule) -> list[str]:
        """The facts in a rule's condition, target and table, and the one whose causes it lists."""
        table = self.content.tables.get(rule.table)
        rows = table.rows if table is not None else ()
        conditions: list[Condition | None] = [rule.when, *(row.when for row in rows)]
        conditions += [remark.when for row in rows for remark in row.remarks]
        names = [name for when in conditions if when is not None for name in facts_of_condition(when)]
        if rule.target is not None:
            names += [rule.target.of, *_in_bound(rule)]
        names += [rule.causes_of] if rule.causes_of else []
        return [name for name in dict.fromkeys(names) if name in self.content.facts]


def _in_bound(rule: Rule) -> list[str]:
    assert rule.target is not None
    value = rule.target.bound.value
    return [] if isinstance(value, bool | float | str) else [name.name for name in names_in(value)]
