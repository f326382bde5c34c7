"""Where in the files names stand: the one table that the index of names and completion both read.

A path leads from the top of a document to a key or a value. Its pattern has ``*`` for any key and ``#`` for
any place in a list. Conditions nest at will, so their ``all``, ``any`` and ``none`` are left out of a
pattern.
"""

from __future__ import annotations

from typing import TypeAlias

from wellfounded.load.conditions import GROUPINGS
from wellfounded.load.files import SCENARIOS
from wellfounded.model.record import Record
from wellfounded.model.word import Word

Path: TypeAlias = tuple[str | int, ...]


class Kind(Word):
    """What a name can be the name of."""

    FACT = "fact"
    CHOICE = "choice"
    PARAMETER = "parameter"
    CLAIM = "claim"
    RULE = "rule"
    TOPIC = "topic"
    REFERENCE = "reference"
    WORK = "work"
    TABLE = "table"
    COLUMN = "column"
    SECTION = "section"
    UNIT = "unit"
    DIMENSION = "dimension"


class Form(Word):
    """How names are written in a value."""

    NAME = "name"  # the value is the name
    FORMULA = "formula"  # facts and parameters, with numbers and signs
    TEXT = "text"  # facts and parameters in braces
    QUANTITY = "quantity"  # what is stated of a fact: a choice, or a number with a unit
    SHOWN = "shown"  # a unit as advice shows it


class Names(Record, frozen=True):
    """The names at a place. ``of`` is the step of the path that names the thing they belong to.

    Words in ``but`` may stand there, too, and are no names.
    """

    form: Form
    kind: Kind | None = None
    defines: bool = False
    of: int | None = None
    but: tuple[str, ...] = ()


#: The documents of three kinds, and what their paths start with here.
RULES, SCENARIO_FILE, PERSON = "rules", "scenarios", "person"

_DEFINED = {
    "facts": Kind.FACT,
    "parameters": Kind.PARAMETER,
    "claims": Kind.CLAIM,
    "references": Kind.REFERENCE,
    "works": Kind.WORK,
    "tables": Kind.TABLE,
    "units": Kind.UNIT,
    "dimensions": Kind.DIMENSION,
    "knowledge_base sections": Kind.SECTION,
}

#: Mappings whose keys are names.
_KEYS = {
    **{parent: Names(Form.NAME, kind, True) for parent, kind in _DEFINED.items()},
    "facts * choices": Names(Form.NAME, Kind.CHOICE, True, of=1),
    "tables * columns": Names(Form.NAME, Kind.COLUMN, True, of=1),
    "tables * rows #": Names(Form.NAME, Kind.COLUMN, of=1),
    "tables * rows # when": Names(Form.NAME, Kind.FACT),
    "tables * rows # remarks # when": Names(Form.NAME, Kind.FACT),
    "rules # when": Names(Form.NAME, Kind.FACT),
    "rules # conclude": Names(Form.NAME, Kind.FACT),
    "guarantees # every": Names(Form.NAME, Kind.FACT),
    "guarantees # nobody": Names(Form.NAME, Kind.FACT),
    "scenarios # given": Names(Form.NAME, Kind.FACT),
    "scenarios # expect": Names(Form.NAME, Kind.TOPIC),
    "scenarios # expect * sources #": Names(Form.NAME, Kind.CLAIM),
    "scenarios # expect * sources # *": Names(Form.NAME, Kind.REFERENCE),
    "person": Names(Form.NAME, Kind.FACT),
}

#: Keys that hold a condition, and the kinds of things that have any.
_CONDITIONS = frozenset({"when", "every", "nobody"})
_WITH_CONDITIONS = frozenset({"rules", "tables", "guarantees"})

#: Keys of a row that are not columns.
_ROW = frozenset({"id", "when", "remarks"})

_NAMED = {
    "knowledge_base order #": Kind.TOPIC,
    "facts * unit": Kind.UNIT,
    "parameters * unit": Kind.UNIT,
    "parameters * claim": Kind.CLAIM,
    "references * on_record probably_meant #": Kind.WORK,
    "claims * section": Kind.SECTION,
    "claims * cites # reference": Kind.REFERENCE,
    "claims * further_evidence # work": Kind.WORK,
    "claims * contradicts #": Kind.CLAIM,
    "tables * claim": Kind.CLAIM,
    "rules # because #": Kind.CLAIM,
    "rules # background #": Kind.CLAIM,
    "rules # table": Kind.TABLE,
    "rules # causes_of": Kind.FACT,
    "rules # target of": Kind.FACT,
    "guarantees # stating #": Kind.FACT,
    "guarantees # gets topic": Kind.TOPIC,
    "guarantees # together #": Kind.TOPIC,
    "guarantees # told_by": Kind.TOPIC,
    "scenarios # expect * undecided #": Kind.FACT,
    "scenarios # expect * sources #": Kind.CLAIM,
    "scenarios # expect * without_sources #": Kind.CLAIM,
    "scenarios # expect * rule": Kind.RULE,
}

_FORMULAS = ["facts * formula", "rules # target *", "rules # target * #"]
_TEXTS = [
    *(f"knowledge_base {key}" for key in ("title", "about", "notice", "source note", "sections * title")),
    *(f"facts * {key}" for key in ("label", "question", "help", "choices *")),
    "parameters * label",
    *(f"claims * {key}" for key in ("says", "contradiction", "cites # reason", "cites # checked how")),
    *(f"claims * further_evidence # {key}" for key in ("finding", "checked how")),
    *(f"references * on_record {key}" for key in ("note", "checked how")),
    *(f"tables * {key}" for key in ("title", "columns *", "rows # *", "rows # remarks # says")),
    *(f"rules # {key}" for key in ("title", "says", "says *")),
    "guarantees # title",
]

_VALUES = {
    **{pattern: Names(Form.NAME, kind) for pattern, kind in _NAMED.items()},
    **{pattern: Names(Form.FORMULA) for pattern in _FORMULAS},
    **{f"{pattern} *": Names(Form.TEXT) for pattern in _TEXTS},
    "facts * otherwise": Names(Form.NAME, Kind.CHOICE, of=1),
    "guarantees # gets target": Names(Form.NAME, Kind.FACT, but=("any",)),
    "rules # id": Names(Form.NAME, Kind.RULE, True),
    "rules # topic": Names(Form.NAME, Kind.TOPIC, True),
    "rules # conclude *": Names(Form.NAME, Kind.CHOICE, of=3),
    "scenarios # expect * target unit": Names(Form.SHOWN),
    "scenarios # given *": Names(Form.QUANTITY, of=3),
    "person *": Names(Form.QUANTITY, of=1),
}

for _condition, _fact in (
    ("rules # when", 3),
    ("guarantees # every", 3),
    ("guarantees # nobody", 3),
    ("tables * rows # when", 5),
    ("tables * rows # remarks # when", 7),
):
    _VALUES[f"{_condition} *"] = _VALUES[f"{_condition} * #"] = Names(Form.NAME, Kind.CHOICE, of=_fact)
    _VALUES[f"{_condition} * *"] = _VALUES[f"{_condition} * * #"] = Names(Form.FORMULA)

_KEYS_AT: dict[Path, Names] = {tuple(pattern.split()): names for pattern, names in _KEYS.items()}
_VALUES_AT: dict[Path, Names] = {tuple(pattern.split()): names for pattern, names in _VALUES.items()}
_WORDS = {step for pattern in (*_KEYS_AT, *_VALUES_AT) for step in pattern}


def kind_of_file(name: str) -> str:
    """Which kind of document a file of a knowledge base's folder holds."""
    return SCENARIO_FILE if name.endswith(SCENARIOS) else RULES


def names_of_keys(path: Path) -> Names | None:
    """What the keys of the mapping at a path are names of, if they are."""
    return _found(_KEYS_AT, straightened(path))


def names_of_key(path: Path, key: str) -> Names | None:
    """What one key of the mapping at a path is the name of, if it is one."""
    names = names_of_keys(path)
    if names is None or (names.kind is Kind.COLUMN and not names.defines and key in _ROW):
        return None
    return None if is_condition(path) and key in GROUPINGS else names


def names_of_value(path: Path) -> Names | None:
    """What names stand in the value at a path."""
    return _found(_VALUES_AT, straightened(path))


def is_condition(path: Path) -> bool:
    """Whether a path leads to a condition, whose keys are facts and groupings."""
    return path[:1] != () and path[0] in _WITH_CONDITIONS and straightened(path)[-1] in _CONDITIONS


def straightened(path: Path) -> Path:
    """A path without the groupings of a condition, and without their places in lists."""
    places = [place for place, step in enumerate(path) if place > 1 and step in _CONDITIONS]
    if not places or path[0] not in _WITH_CONDITIONS:
        return path
    start = places[0] + 1
    kept = list(path[:start])
    rest = list(path[start:])
    while rest and rest[0] in GROUPINGS:
        rest = rest[2:] if len(rest) > 1 and isinstance(rest[1], int) else rest[1:]
    return (*kept, *rest)


def _found(table: dict[Path, Names], path: Path) -> Names | None:
    """The entry whose pattern a path fits; one that spells a key out goes before one with any key."""
    exact = tuple("#" if isinstance(step, int) else step for step in path)
    fitting = [pattern for pattern in _candidates(exact) if pattern in table]
    return table[fitting[0]] if fitting else None


def _candidates(path: Path) -> list[Path]:
    """The patterns a path could fit, those with more keys spelled out first."""
    found: list[Path] = [()]
    for step in path:
        steps: list[str | int] = [step] if step == "#" else [*([step] if step in _WORDS else []), "*"]
        found = [(*pattern, one) for pattern in found for one in steps]
    return sorted(found, key=lambda pattern: pattern.count("*"))
