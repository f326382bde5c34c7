"""The rules of a network, in shards that the engine can hold.

A ruleset of durable-rules has room for so much and no more, and where there is too much it does not refuse
but hangs or ends the process. So a network is spread over as many rulesets as it needs. Rules of a network
do not know each other, so any spread will do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from wellfounded.reason.network import NetworkRule, Told

#: The engine has room for 4,096 rules, 512 conditions, 256 rules behind one condition, and 64 conditions
#: that one message meets. Its tables have to keep free places, so none is filled to the brim.
MOST_RULES = 4000
MOST_PATTERNS = 400
MOST_RULES_OF_A_PATTERN = 250
MOST_PATTERNS_OF_A_NAME = 60

#: What one message has to be for a rule: all that the rule asks of one name.
Pattern: TypeAlias = tuple[Told, ...]


def patterns_of(rule: NetworkRule) -> tuple[Pattern, ...]:
    """A rule's conditions, one pattern per name: no message can serve two conditions of a rule."""
    by_name: dict[str, list[Told]] = {}
    for told in rule.when:
        by_name.setdefault(told.name, []).append(told)
    return tuple(tuple(group) for group in by_name.values())


def shards_of(rules: Iterable[NetworkRule]) -> tuple[tuple[int, ...], ...]:
    """The places of the rules, spread over shards."""
    shards = [_Shard()]
    for index, rule in enumerate(rules):
        patterns = patterns_of(rule)
        if not shards[-1].has_room_for(patterns):
            shards.append(_Shard())
        shards[-1].add(index, patterns)
    return tuple(tuple(shard.rules) for shard in shards if shard.rules)


class _Shard:
    """Rules for one ruleset. The engine shares the beginnings of patterns, so they are what is counted."""

    def __init__(self) -> None:
        self.rules: list[int] = []
        self.beginnings: set[Pattern] = set()
        self.of_name: Counter[str] = Counter()
        self.rules_of: Counter[Pattern] = Counter()

    def has_room_for(self, patterns: tuple[Pattern, ...]) -> bool:
        new = Counter(beginning[0].name for beginning in self._new(patterns))
        return not self.rules or (
            len(self.rules) < MOST_RULES
            and len(self.beginnings) + new.total() <= MOST_PATTERNS
            and all(self.rules_of[pattern] < MOST_RULES_OF_A_PATTERN for pattern in patterns)
            and all(self.of_name[name] + more <= MOST_PATTERNS_OF_A_NAME for name, more in new.items())
        )

    def add(self, index: int, patterns: tuple[Pattern, ...]) -> None:
        self.rules.append(index)
        new = self._new(patterns)
        self.beginnings |= new
        self.of_name.update(beginning[0].name for beginning in new)
        self.rules_of.update(patterns)

    def _new(self, patterns: tuple[Pattern, ...]) -> set[Pattern]:
        return {beginning for pattern in patterns for beginning in _beginnings(pattern)} - self.beginnings


def _beginnings(pattern: Pattern) -> Iterator[Pattern]:
    return (pattern[:length] for length in range(1, len(pattern) + 1))
