"""The page about the rule language: its examples are one knowledge base, and what is said of it comes out.

``yaml`` blocks are the knowledge base; it has to pass its check without a word. A ``yaml person`` block is
followed by a ``text`` block of outcomes, a ``yaml wrong`` block by the report of checking it beside the
rest. ``yaml scenarios`` blocks have to pass.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import yaml

import wellfounded
from tests.conftest import DAY
from tests.docs.markdown import Fence, Piece, joined, pieces
from wellfounded import KnowledgeBase
from wellfounded.interfaces.diagnostics import as_report
from wellfounded.interfaces.scenario_report import failure
from wellfounded.review.expectations import run_scenario
from wellfounded.review.scenarios import read_scenarios

Document: TypeAlias = Mapping[str, Any]

_ENDINGS = {"yaml": "yaml", "yaml scenarios": "scenarios.yaml"}


def gathered(document: str, folder: Path) -> Path:
    """Write the knowledge base of a document's examples into a folder, one file per block."""
    blocks = [part for part in pieces(document) if isinstance(part, Fence) and part.info in _ENDINGS]
    for number, part in enumerate(blocks, 1):
        (folder / f"{number:02}.{_ENDINGS[part.info]}").write_text(part.body, encoding="utf-8")
    return folder


def failed_scenarios(folder: Path) -> list[str]:
    """The differences of all scenarios in a folder, and what is wrong with their files."""
    knowledge_base = wellfounded.load(folder)
    scenarios, found = read_scenarios(folder, knowledge_base)
    assert scenarios
    failed = [run_scenario(scenario, knowledge_base) for scenario in scenarios]
    return [as_report(found)] * bool(found) + [failure(result) for result in failed if not result.passed]


def worked_out(document: str, folder: Path, spare: Path) -> str:
    """The document with the outcomes and reports that its examples really give."""
    knowledge_base = wellfounded.load(folder)
    parts: list[Piece] = []
    before = ""
    for part in pieces(document):
        if isinstance(part, Fence):
            if part.info == "text" and before.startswith("person"):
                person = yaml.safe_load(before.removeprefix("person"))
                part = Fence(part.info, outcomes(part.body, knowledge_base, person))
            elif part.info == "text" and before.startswith("wrong"):
                wrong = before.removeprefix("wrong")
                part = Fence(part.info, report(wrong, folder, spare / str(len(parts))))
            before = part.info.removeprefix("yaml ") + part.body if part.info.startswith("yaml ") else ""
        parts.append(part)
    return joined(parts)


def report(wrong: str, folder: Path, copy: Path) -> str:
    """What checking says of a block beside the knowledge base."""
    shutil.copytree(folder, copy)
    (copy / "example.yaml").write_text(wrong, encoding="utf-8")
    found = wellfounded.diagnose(copy, DAY)
    here = tuple(diagnostic for diagnostic in found if diagnostic.position.file.endswith("example.yaml"))
    return as_report(here).replace(f"{copy}/", "")


def outcomes(body: str, knowledge_base: KnowledgeBase, person: Mapping[str, Any]) -> str:
    """The lines of a block of outcomes, each worked out anew."""
    advice = knowledge_base.advise(person).to_dict()
    return "".join(f"{_line(line, advice)}\n" for line in body.splitlines())


def _line(line: str, advice: Document) -> str:
    """One line: the fact or the recommendation it is about, what of it, and what came out."""
    name, equals, _ = line.partition(" = ")
    if equals:
        return f"{name} = {_value(advice['derived'][name])}"
    start, _, _ = line.partition(": ")
    return f"{start}: {_WHOLE[start](advice) if start in _WHOLE else _of_recommendation(start, advice)}"


def _of_recommendation(start: str, advice: Document) -> str:
    id, _, aspect = start.partition(" ")
    for given in advice["recommendations"]:
        if given["id"] == id:
            return _ASPECTS[aspect](given)
    for waiting in advice["undecided"]:
        if waiting["id"] == id:
            return f"undecided, waits for {', '.join(waiting['waits_for'])}"
    return "not given"


def _verdict(given: Document) -> str:
    target, current = given["target"], given["current"]
    parts = [given["verdict"]]
    parts += [] if target is None else [f"target {_target(target)}"]
    parts += [] if current is None else [f"current {_value(current)}"]
    return ", ".join(parts)


def _target(target: Document) -> str:
    unit = f" {target['unit']}" if "unit" in target else ""
    if "is" in target:
        return f"{_written(target['is'])}{unit}"
    if "low" in target and "high" in target:
        return f"{target['low']}–{target['high']}{unit}"
    return f"at least {target['low']}{unit}" if "low" in target else f"at most {target['high']}{unit}"


def _value(quantity: Document) -> str:
    unit = f" {quantity['unit']}" if "unit" in quantity and quantity["value"] is not None else ""
    return f"{_written(quantity['value'])}{unit}"


def _written(value: Any) -> str:
    words = {None: "unknown", True: "true", False: "false"}
    return words[value] if value is None or isinstance(value, bool) else str(value)


def _sources(given: Document) -> str:
    return ", ".join(f"{source['claim']} ({source['via']})" for source in given["sources"])


def _table(given: Document) -> str:
    return "; ".join(_row(row) for row in given.get("table", ()))


def _row(row: Document) -> str:
    if "cause" in row:
        behind = " ".join(_row(item) for item in row.get("because", ()))
        return f"{row['cause']} ({behind})" if behind else str(row["cause"])
    cells = [str(cell) for column, cell in row.items() if column not in ("id", "remark")]
    return ", ".join(cells) + (f" ({row['remark']})" if "remark" in row else "")


_ASPECTS: Mapping[str, Callable[[Document], str]] = {
    "": _verdict,
    "text": lambda given: str(given["text"]),
    "support": lambda given: str(given["support"]),
    "sources": _sources,
    "table": _table,
}

_WHOLE: Mapping[str, Callable[[Document], str]] = {
    "order": lambda advice: ", ".join(item["id"] for item in advice["recommendations"]),
    "left_out": lambda advice: " ".join(f"{item['id']}: {item['reason']}" for item in advice["left_out"]),
    "notes": lambda advice: " ".join(note["text"] for note in advice["notes"]),
}
