"""Why a topic comes out otherwise for a person on record: read off the new rules, and off what was recorded.

The rules of then may be gone, so nothing is said of them but what the recorded advice holds: which rule gave
it, what was waited for, and what the derived facts were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wellfounded.advise.edition import Edition
from wellfounded.explain.chain import Edge, Meaning, kind_of, name_of
from wellfounded.explain.trace import Tracer
from wellfounded.explain.wording import worded
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.values import Value

_FACTS = (Meaning.TESTED_BY, Meaning.NUMBER_FOR, Meaning.SET_AGAINST_TARGET_OF)


class Reasons:
    """The reasons for one person: ``was`` is the recorded advice, ``now`` that of these rules."""

    def __init__(
        self,
        knowledge_base: KnowledgeBase,
        facts: Mapping[str, Any],
        was: Mapping[str, Any],
        now: Mapping[str, Any],
    ) -> None:
        language = "en" if "en" in knowledge_base.languages else knowledge_base.languages[0]
        self.edition = Edition(knowledge_base.content, knowledge_base.core, language)
        stated = knowledge_base.checked(facts)
        self.stated = stated
        self.tracer = Tracer(self.edition, stated, knowledge_base.reason(facts))
        self.was, self.now = _by_id(was), _by_id(now)
        self.derived = was["derived"]

    def why(self, topic: str) -> Iterator[str]:
        """What the new outcome of a topic comes from, in sentences."""
        before, after = self.was.get(topic, {}), self.now.get(topic, {})
        if "waits_for" in before:
            yield f"it waited for {_and(before['waits_for'])}"
        if "waits_for" in after:
            yield f"it waits for {_and(after['waits_for'])} now"
        elif "reason" in after:
            yield f"it is left out now: {after['reason']}"
        elif topic not in self.edition.topics:
            yield "these rules do not have it"
        else:
            yield from self._from_rules(topic, before.get("rule"))

    def _from_rules(self, topic: str, gave: str | None) -> Iterator[str]:
        rules = [rule.rule for rule in self.edition.topics[topic]]
        holding = [rule for rule in rules if self.tracer.valuation.holds(rule)]
        if gave is not None and holding and gave not in holding:
            yield f"rule `{gave}` gave it, and {_and(holding)} does now"
        elif gave is not None and gave not in rules:
            yield f"rule `{gave}` gave it, and these rules do not have that rule"
        edges = [edge for rule in holding or rules for edge in self.tracer.into(f"rule:{rule}")]
        moved = list(self._moved(edges))
        yield from (self._of_move(fact) for fact in moved)
        if moved:
            edges = [edge for fact in moved for edge in self._behind(fact)]
        elif gave in holding:  # the rule holds as it did, so only its numbers can be others
            edges = [edge for edge in edges if edge.meaning is Meaning.NUMBER_FOR] or edges
        yield from dict.fromkeys(self._of_edges(edges))

    def _moved(self, edges: Iterable[Edge]) -> Iterator[str]:
        """The derived facts behind a rule, near or far, that have another value than on record."""
        waiting = [name_of(edge.start) for edge in edges if _is_of_fact(edge)]
        for fact in waiting:  # grows while it is gone through
            if self._differs(fact):
                yield fact
                further = (name_of(edge.start) for edge in self._behind(fact) if _is_of_fact(edge))
                waiting += [other for other in further if other not in waiting]

    def _differs(self, fact: str) -> bool:
        known = fact in self.derived and fact not in self.stated
        return known and self._recorded(fact) != self.tracer.values[fact]

    def _recorded(self, fact: str) -> Value | None:
        value: Value | None = self.derived[fact]["value"]
        return value

    def _behind(self, fact: str) -> Iterator[Edge]:
        """The edges that lead into a derived fact, through the rules that conclude it."""
        for edge in self.tracer.into(f"fact:{fact}"):
            if kind_of(edge.start) == "rule":
                yield from self.tracer.into(edge.start)
            else:
                yield edge

    def _of_move(self, fact: str) -> str:
        return f"`{fact}` was {self._said(fact, self._recorded(fact))} and is {self._said_now(fact)}"

    def _of_edges(self, edges: Iterable[Edge]) -> Iterator[str]:
        for edge in edges:
            name = name_of(edge.start)
            if edge.meaning is Meaning.TESTED_BY and not self._differs(name):
                asked = _and((test.asks for test in edge.tests if test.asks), mark="")
                rule = name_of(edge.end)
                yield f"rule `{rule}` asks of `{name}`: {asked}; it is {self._said_now(name)}"
            elif kind_of(edge.start) == "parameter" and edge.meaning is Meaning.NUMBER_FOR:
                parameter = self.edition.content.parameters[name]
                yield f"`{name}` is {self.edition.wording.parameter(parameter)}"

    def _said_now(self, fact: str) -> str:
        return self._said(fact, self.tracer.values[fact])

    def _said(self, fact: str, value: Value | None) -> str:
        if value is None:
            return "unknown"
        known = self.edition.content.facts[fact]
        if isinstance(value, str) and value not in known.choices:
            return value
        return worded(known, value, self.edition.wording)


def _is_of_fact(edge: Edge) -> bool:
    return kind_of(edge.start) == "fact" and edge.meaning in _FACTS


def _by_id(document: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """What a document says of each topic: as given, undecided or left out."""
    return {
        item["id"]: item for part in ("left_out", "undecided", "recommendations") for item in document[part]
    }


def _and(names: Iterable[str], mark: str = "`") -> str:
    marked = [f"{mark}{name}{mark}" for name in names]
    return f"{', '.join(marked[:-1])} and {marked[-1]}" if len(marked) > 1 else "".join(marked)
