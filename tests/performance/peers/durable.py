"""durable-rules itself: facts are asserted in batches, and what rules conclude is asserted in turn.

Only what rules ask for is concluded, true or false, and nothing is ever taken back. Rules that one ruleset
cannot hold are spread over several, as our own reasoner on this engine does.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from itertools import chain, count, product
from math import prod
from typing import Any as Anything

from tests.performance.peers.plain import Evaluate, Plain, bound_of, compiled, with_computed
from wellfounded.model.core import OPPOSITE, All, Comparison, OneOf, Test
from wellfounded.reason.network import Found, NetworkRule, Told
from wellfounded.reason.shards import patterns_of, shards_of

PACKAGE = "durable-rules"
#: A rule with more ways to hold than this is not written out; its parts get names and rules of their own.
MOST_WAYS = 8


def source(rules: Plain) -> Anything:
    network = _Author(rules).written()
    shards = [[_as_data(network[index]) for index in shard] for shard in shards_of(network)]
    return {"python": with_computed(rules), "shards": shards}


def _as_data(rule: NetworkRule) -> Anything:
    when = [
        [(told.name, str(told.relation), told.number) for told in pattern] for pattern in patterns_of(rule)
    ]
    return when, rule.then.name, getattr(rule.then, "number", None)


class _Author:
    """Writes rules whose conditions all have to hold; another part gets a name and rules of its own."""

    def __init__(self, rules: Plain) -> None:
        self.plain = rules
        self.derived = dict(rules.derived)
        self.rules: list[NetworkRule] = []
        self.named: dict[tuple[tuple[Told, ...], ...], str] = {}
        self.false: set[str] = set()

    def written(self) -> list[NetworkRule]:
        for fact, test in self.plain.derived:
            self.conclude(test, True, fact, 1)
        for rule, test in self.plain.rules:
            self.conclude(test, True, f"recommend {rule}", 1)
        return self.rules

    def conclude(self, test: Test, wanted: bool, name: str, number: int) -> None:
        """Rules that conclude something where a test is ``wanted``: one for each way there."""
        for way in self.ways(test, wanted):
            self.rules.append(NetworkRule(way, Found(name, number)))

    def ways(self, test: Test, wanted: bool) -> list[tuple[Told, ...]]:
        """What has to be told for a test to be ``wanted``, each way to get there."""
        match test:
            case OneOf() if test.fact in self.derived:
                return [(self.told(test.fact, (test.values == (True,)) is wanted),)]
            case OneOf() if wanted:
                return [(Told(test.fact, "==", value),) for value in test.values]  # type: ignore[arg-type]  # the engine takes any value
            case OneOf():
                return [tuple(Told(test.fact, "!=", value) for value in test.values)]  # type: ignore[arg-type]  # likewise
            case Comparison():
                relation = test.relation if wanted else OPPOSITE[test.relation]
                return [(Told(test.fact, str(relation), bound_of(test)),)]  # type: ignore[arg-type]  # likewise
        members = [self.ways(member, wanted) for member in test.members]
        if isinstance(test, All) is not wanted:
            return [way for ways in members for way in ways]
        if prod(map(len, members)) > MOST_WAYS:
            members = [ways if len(ways) == 1 else [(self.name(ways),)] for ways in members]
        return [tuple(dict.fromkeys(chain(*parts))) for parts in product(*members)]

    def told(self, fact: str, truth: bool) -> Told:
        if not truth and fact not in self.false:
            self.false.add(fact)
            self.conclude(self.derived[fact], False, fact, 0)
        return Told(fact, "==", int(truth))

    def name(self, ways: list[tuple[Told, ...]]) -> Told:
        key = tuple(ways)
        if key not in self.named:
            name = self.named[key] = f"part {len(self.named)}"
            self.rules += [NetworkRule(way, Found(name, 1)) for way in ways]
        return Told(self.named[key], "==", 1)


_COMPARISONS = {"<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte", "!=": "$neq"}
#: A message after each batch, for which a rule always fires: if no rule looks at one message of a batch, the
#: engine raises and runs what the others set off only with the next.
_FLUSH = "flush"


def prepare(written: Anything) -> Evaluate:
    from durable import engine  # noqa: PLC0415  # a peer's package, in its process only

    class Host(engine.Host):  # type: ignore[misc]  # durable-rules has no types
        def _run(self) -> None:
            """Start no threads, with which the process may end."""

    engine._unix_now = lambda: 0.0  # it drops an action during which it sets its clock
    host, fired = Host(), []
    looking: dict[str, list[str]] = {}

    def action(name: str, number: int) -> Callable[[Anything], None]:
        return lambda context: fired.append((name, number))

    for place, shard in enumerate(written["shards"]):
        rules = {
            f"r{index}": {
                "all": [{f"m{i}": _pattern(p)} for i, p in enumerate(when)],
                "run": action(name, number),
            }
            for index, (when, name, number) in enumerate(shard)
        }
        flush = {"all": [{"m": {_FLUSH: 1}}], "run": lambda context: None}
        host.set_rulesets({f"shard {place}": {**rules, _FLUSH: flush}})
        for name in {told[0] for when, *_ in shard for pattern in when for told in pattern}:
            looking.setdefault(name, []).append(f"shard {place}")
    computed = compiled(written["python"], "computed")

    def evaluate(person: Anything) -> tuple[str, ...]:
        told: set[str] = set()
        waves = count()
        waiting = list(computed(person).items())
        while waiting:
            batches: dict[str, list[Anything]] = {}
            for name, value in waiting:
                if name not in told:
                    told.add(name)
                    for ruleset in looking.get(name, ()):
                        batches.setdefault(ruleset, []).append({"sid": "s", "id": name, name: value})
            wave = next(waves)
            for ruleset, messages in batches.items():
                with suppress(engine.MessageNotHandledException):  # raised where any one message is not
                    host.assert_facts(ruleset, messages)
                host.assert_fact(ruleset, {"sid": "s", "id": f"flush {wave}", _FLUSH: 1})
            waiting = fired[:]
            fired.clear()
        for place in range(len(written["shards"])):
            host.delete_state(f"shard {place}", "s")
        return tuple(name.removeprefix("recommend ") for name in told if name.startswith("recommend "))

    return evaluate


def _pattern(pattern: Anything) -> Anything:
    parts = [
        {name: value} if relation == "==" else {_COMPARISONS[relation]: {name: value}}
        for name, relation, value in pattern
    ]
    return parts[0] if len(parts) == 1 else {"$and": parts}
