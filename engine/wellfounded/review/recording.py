"""A scenario made of a person's present advice, and its place at the end of a scenario file.

The text of the file stays as it is, to the byte: the new scenario is written behind the last one, with its
indentation. What comes out is read back before anyone gets it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import Map, Node, Sequence, plain, positions
from wellfounded.model.advice import Advice, shown
from wellfounded.model.errors import WellfoundedError
from wellfounded.model.suggest import suggestion
from wellfounded.model.values import Value
from wellfounded.review.scenarios import ABSENT, LEFT_OUT, UNDECIDED

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*(/[A-Za-z]+)?")
_NOT_PLAIN = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})

Written = Mapping[str, Any]


class RecordingError(WellfoundedError):
    """A scenario that cannot be recorded, or cannot be added to a file."""


def record(
    knowledge_base: KnowledgeBase, facts: Mapping[str, Value], name: str, topics: Iterable[str] = ()
) -> Written:
    """What the person is advised now, as a scenario expects it: of these topics, or of all.

    Raises ``RecordingError`` for a topic that there is not, and as ``advise`` does.
    """
    known = list(dict.fromkeys(rule.topic for rule in knowledge_base.core.giving))
    chosen = list(dict.fromkeys(topics)) or known
    for topic in chosen:
        if topic not in known:
            raise RecordingError(f"there is no topic `{topic}`; {suggestion(topic, known)}")
    advice = knowledge_base.advise(facts)
    given = {fact: shown(value) for fact, value in facts.items()}
    return {"name": name, "given": given, "expect": {topic: _outcome(topic, advice) for topic in chosen}}


def _outcome(topic: str, advice: Advice) -> Any:
    for given in advice.recommendations:
        if given.id == topic:
            verdict = str(given.verdict)
            target = None if given.target is None else msgspec.to_builtins(given.target)
            return {"verdict": verdict, "target": target} if target else verdict
    for item in advice.undecided:
        if item.id == topic:
            return {UNDECIDED: list(item.waits_for)}
    return LEFT_OUT if any(item.id == topic for item in advice.left_out) else ABSENT


def as_yaml(scenario: Written, indent: int = 2) -> str:
    """The scenario as an item of a list, a line per topic, with this much before its hyphen."""
    lines = [
        f"- name: {_text(scenario['name'], quoted=True)}",
        f"  given: {_flow(scenario['given'])}",
        *(["  drafts: true"] if scenario.get("drafts") else []),
        "  expect:",
        *(f"    {topic}: {_flow(wanted)}" for topic, wanted in scenario["expect"].items()),
    ]
    return "".join(f"{' ' * indent}{line}\n" for line in lines)


def as_file(scenario: Written) -> str:
    """A scenario file that holds nothing else."""
    return "scenarios:\n" + as_yaml(scenario)


def appended(text: str, scenario: Written, file: str) -> str:
    """The text of a scenario file with one more scenario behind its last. Raises ``RecordingError``."""
    if not text.strip("\ufeff \t\r\n"):
        return as_file(scenario)
    before, found = read_yaml(text.removeprefix("\ufeff"), file)
    items = before.get("scenarios") if isinstance(before, Map) else None
    if found or not isinstance(items, Sequence) or not items.items:
        raise RecordingError(f"{file} is not a scenario file that can be read; `wellfounded test` says why")
    after = _behind_last(text, items, scenario)
    read, found = read_yaml(after.removeprefix("\ufeff"), file)
    if found or read is None or plain(read) != _with_one_more(before, scenario):
        raise RecordingError(
            f"nothing can be added to {file}, whose list is not written with a hyphen and a line per scenario"
        )
    return after


def _behind_last(text: str, items: Sequence, scenario: Written) -> str:
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    last = items.items[-1]
    hyphen = lines[last.position.line - 1].find("-")
    end = max(place.line for place in positions(last))
    while end < len(lines) and _continues(lines[end], hyphen):
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    head, tail = "".join(lines[:end]), "".join(lines[end:])
    if not head.endswith("\n"):
        head += ending
    apart = ending if len(items.items) < 2 or _stand_apart(lines, items) else ""
    return head + apart + as_yaml(scenario, max(hyphen, 0)).replace("\n", ending) + tail


def _continues(line: str, hyphen: int) -> bool:
    """Whether a line belongs to an item that starts at this column: it is deeper, or blank."""
    return not line.strip() or len(line) - len(line.lstrip(" ")) > hyphen


def _stand_apart(lines: list[str], items: Sequence) -> bool:
    """Whether a blank line stands before the last item."""
    return not lines[items.items[-1].position.line - 2].strip()


def _with_one_more(before: Node | None, scenario: Written) -> Any:
    assert before is not None
    document = plain(before)
    return {**document, "scenarios": [*document["scenarios"], scenario]}


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_flow(item)}' for key, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _text(text: str, quoted: bool = False) -> str:
    """A text as YAML: plain where nothing else could be read from it."""
    if not quoted and _PLAIN.fullmatch(text) and text.lower() not in _NOT_PLAIN:
        return text
    return json.dumps(text, ensure_ascii=False)
