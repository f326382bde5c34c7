"""Running scenarios: what was expected, what came out, and why it came out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.loading import located_at
from wellfounded.model.advice import Advice
from wellfounded.model.errors import ConflictError, FactError, LanguageError
from wellfounded.model.position import NOWHERE, Position
from wellfounded.model.record import Record
from wellfounded.review.reasons import Reasons
from wellfounded.review.scenarios import ABSENT, LEFT_OUT, UNDECIDED, Scenario


class Difference(Record, frozen=True):
    """Something that was expected of a topic and did not come out.

    ``why`` are lines that say why the topic came out as it did; all differences of a topic share them.
    """

    topic: str
    expected: str
    got: str
    why: tuple[str, ...] = ()
    position: Position = NOWHERE

    def __str__(self) -> str:
        return f"{self.topic}: expected {self.expected}, got {self.got}"


class Result(Record, frozen=True):
    """A scenario that was run; it passed if there are no differences and no advice was refused.

    ``error`` says why the person could get no advice at all.
    """

    scenario: Scenario
    differences: tuple[Difference, ...] = ()
    error: str = ""

    @property
    def passed(self) -> bool:
        return not self.differences and not self.error


class Runner:
    """Runs scenarios against one knowledge base; ``folder`` is where its files are, for the places shown."""

    def __init__(self, knowledge_base: KnowledgeBase, folder: Path | None = None) -> None:
        self.knowledge_base = knowledge_base
        self.folder = folder

    def run(self, scenario: Scenario) -> Result:
        """Give the advice for a scenario's person and compare it with what is expected."""
        asked = self.knowledge_base.with_drafts() if scenario.drafts else self.knowledge_base
        try:
            advice = _advice(asked, scenario)
        except _REFUSED as error:
            return Result(scenario, error=str(error))
        differences: list[Difference] = []
        for topic, wanted in scenario.expect.items():
            found = list(_different(topic, wanted, advice))
            if found:
                valuation = asked.reason(scenario.given)
                given = wanted not in _OUTCOMES if isinstance(wanted, str) else UNDECIDED not in wanted
                why = self._reasons(scenario).why(topic, advice, valuation, with_conditions=not given)
                place = scenario.places.get(topic, scenario.position)
                differences += (Difference(topic, wish, got, why, place) for wish, got in found)
        return Result(scenario, tuple(differences))

    def _reasons(self, scenario: Scenario) -> Reasons:
        return self._with_drafts if scenario.drafts else self._in_force

    @cached_property
    def _in_force(self) -> Reasons:
        return Reasons(self.knowledge_base, self._place)

    @cached_property
    def _with_drafts(self) -> Reasons:
        return Reasons(self.knowledge_base.with_drafts(), self._place)

    def _place(self, position: Position) -> Position:
        return position if self.folder is None else located_at(position, self.folder)


def run_scenario(scenario: Scenario, knowledge_base: KnowledgeBase) -> Result:
    """Run a single scenario. Who runs many keeps a ``Runner``."""
    return Runner(knowledge_base).run(scenario)


def holds(scenario: Scenario, knowledge_base: KnowledgeBase, topics: Iterable[str]) -> bool:
    """Whether all that a scenario expects of these topics comes out: quicker than saying what does not."""
    asked = knowledge_base.with_drafts() if scenario.drafts else knowledge_base
    try:
        advice = _advice(asked, scenario)
    except _REFUSED:
        return False
    wanted = ((topic, scenario.expect[topic]) for topic in topics if topic in scenario.expect)
    return not any(True for topic, outcome in wanted for _ in _different(topic, outcome, advice))


_REFUSED = (FactError, ConflictError, LanguageError)


def _advice(knowledge_base: KnowledgeBase, scenario: Scenario) -> Advice:
    return knowledge_base.advise(scenario.given, scenario.language, min_support=scenario.min_support)


def _different(topic: str, wanted: Any, advice: Advice) -> Iterator[tuple[str, str]]:
    """What is expected of a topic and does not hold, each with what holds instead."""
    got = outcome(topic, advice)
    expected: Mapping[str, Any] = wanted if isinstance(wanted, Mapping) else _spelled_out(wanted)
    for key, value in expected.items():
        if key == "outcome":
            if got["outcome"] != value:
                yield _OUTCOMES[value], _summary(got)
        elif key == UNDECIDED:
            if sorted(got.get(UNDECIDED, ())) != sorted(value) or got["outcome"] != UNDECIDED:
                yield f"undecided, waiting for {_listed(value)}", _summary(got)
        elif got["outcome"] != "given":
            yield f"{key} {_shown(value)}", _summary(got)
            return
        elif key == "sources":
            yield from _not_among(value, got)
        elif key == "without_sources":
            for claim in value:
                if claim in got["sources"]:
                    yield f"the claim {claim} not among the sources", _listed(got["sources"])
        elif key == "table":
            yield from _other_rows(value, got)
        elif key == "text":
            if _loosely(value) not in _loosely(got["text"]):
                yield f"a text with “{value}”", f"“{got['text']}”"
        elif not _same(got.get(key), value):
            yield f"{key} {_shown(value)}", f"{key} {_shown(got.get(key))}"


def _not_among(wanted: Iterable[Any], got: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The claims that are not among the sources, or do not cite what they are expected to."""
    for item in wanted:
        claims: Mapping[str, Any] = item if isinstance(item, Mapping) else {item: None}
        for claim, cites in claims.items():
            if claim not in got["sources"]:
                yield f"the claim {claim} among the sources", _listed(got["sources"])
            elif cites is not None and dict(cites) != got["cites"][claim]:
                yield f"the claim {claim} citing {_shown(cites)}", _shown(got["cites"][claim])


def _other_rows(wanted: Iterable[Any], got: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The rows, if others are shown, and the remarks that are not as expected."""
    remarks = _remarks(wanted)
    if sorted(remarks) != sorted(got["table"]):
        yield f"a table with {_listed(remarks)}", _listed(got["table"])
    for row, remark in remarks.items():
        said = got["table"].get(row)
        if remark is None or said is None:
            continue
        if bool(remark) != bool(said) or _loosely(remark) not in _loosely(said):
            yield _remarked(row, remark), _remarked(row, said)


def _remarks(wanted: Iterable[Any]) -> Mapping[str, str | None]:
    """Row → the remark expected of it; ``None`` where it may be any."""
    return {
        row: remark
        for item in wanted
        for row, remark in (item if isinstance(item, Mapping) else {item: None}).items()
    }


def _remarked(row: str, remark: str) -> str:
    return f"the row {row} with “{remark}”" if remark else f"the row {row} without a remark"


_OUTCOMES = {ABSENT: "not given", UNDECIDED: "undecided", LEFT_OUT: "left out"}


def _same(got: Any, wanted: Any) -> bool:
    """Equal, where a yes/no is never equal to a number."""
    return bool(got == wanted) and isinstance(got, bool) == isinstance(wanted, bool)


def _loosely(text: str) -> str:
    """A text in which neither capitals nor spaces and line ends make a difference."""
    return " ".join(text.split()).casefold()


def _spelled_out(wanted: str) -> Mapping[str, Any]:
    """What a single word stands for."""
    return {"outcome" if wanted in _OUTCOMES else "verdict": wanted}


def outcome(topic: str, advice: Advice) -> Mapping[str, Any]:
    """What became of a topic, as plain data to compare with."""
    for recommendation in advice.recommendations:
        if recommendation.id == topic:
            given = msgspec.json.decode(msgspec.json.encode(recommendation))
            current = given["current"]
            cites = {
                source["claim"]: {str(cite["reference"]): cite["support"] for cite in source["cites"]}
                for source in given["sources"]
            }
            return {
                **given,
                "outcome": "given",
                "current": current and current["value"],
                "sources": list(cites),
                "cites": cites,
                "table": _rows(given.get("table")),
            }
    for item in advice.undecided:
        if item.id == topic:
            return {"outcome": UNDECIDED, UNDECIDED: list(item.waits_for)}
    if any(item.id == topic for item in advice.left_out):
        return {"outcome": LEFT_OUT}
    return {"outcome": ABSENT}


def _rows(table: Iterable[Mapping[str, Any]] | None) -> Mapping[str, str]:
    """The name of each row that is shown, which for a cause is that of its rule, with its remark."""
    return {row.get("id", row.get("rule")): row.get("remark", "") for row in table or ()}


def _summary(got: Mapping[str, Any]) -> str:
    if got["outcome"] == UNDECIDED:
        return f"undecided, waiting for {_listed(got[UNDECIDED])}"
    return f"verdict {got['verdict']}" if got["outcome"] == "given" else _OUTCOMES[got["outcome"]]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "nothing"


def _shown(value: Any) -> str:
    """A value as an author writes it."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_shown(item)}' for key, item in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_shown, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return "nothing" if value is None else str(value)
