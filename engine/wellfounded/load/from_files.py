"""Files → ``Content`` and every diagnostic that reading them gives.

A thing that is broken is left out, and its id is remembered, so that one mistake does not bring a train of
others behind it; what is good beside it is still read and judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from wellfounded.load import things
from wellfounded.load.conditions import Unreadable
from wellfounded.load.files import File, decode
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import Map, Node, Scalar, Sequence, plain
from wellfounded.load.structure import check_structure
from wellfounded.model.content import Content, Header
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.frozen import EMPTY, frozen
from wellfounded.model.position import Position
from wellfounded.model.unit import DimensionKind

Thing = TypeVar("Thing")

#: Kinds of things in the order they are built; units need the dimensions.
KINDS = ("units", "facts", "parameters", "works", "references", "claims", "tables", "rules")
NAMES = {
    "units": "unit",
    "facts": "fact",
    "parameters": "parameter",
    "works": "work",
    "references": "reference",
}
NAMES |= {"claims": "claim", "tables": "table", "rules": "rule"}


@dataclass(frozen=True, slots=True)
class Loaded:
    """``content`` is ``None`` where no header could be read.

    ``declared`` has the ids of broken things too; ``claims_of`` the claims each rule names, broken or not.
    """

    content: Content | None
    diagnostics: tuple[Diagnostic, ...]
    declared: Mapping[str, frozenset[str]]
    claims_of: Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class _Gathered:
    """What has been read so far; only alive while loading."""

    found: list[Diagnostic] = field(default_factory=list)
    headers: list[Header] = field(default_factory=list)
    dimensions: dict[str, DimensionKind] = field(default_factory=dict)
    things: dict[str, dict[str, Any]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    places: dict[tuple[str, str], Position] = field(default_factory=dict)
    claims_of: dict[str, tuple[str, ...]] = field(default_factory=dict)


def load_files(files: Iterable[File]) -> Loaded:
    """Everything the files say; every file is read, whatever is wrong with another."""
    gathered = _Gathered()
    documents = [document for file in files if (document := _document(file, gathered.found)) is not None]
    broken = [_broken(document, gathered.found) for document in documents]
    for document, skip in zip(documents, broken, strict=True):
        _header(document, skip, gathered)
        _dimensions(document, skip, gathered)
    for kind in KINDS:
        for document, skip in zip(documents, broken, strict=True):
            _things(kind, document, skip, gathered)
    return _loaded(gathered)


def _document(file: File, found: list[Diagnostic]) -> Map | None:
    written, problems = decode(file)
    found.extend(problems)
    if problems:
        return None
    node, diagnostics = read_yaml(written, file.name)
    found.extend(diagnostics)
    if node is not None and not isinstance(node, Map):
        help = "start with a key such as `rules:` or `facts:`"
        found.append(Diagnostic("wrong-type", "a rule file has to be a mapping", node.position, help))
    return node if isinstance(node, Map) else None


def _broken(document: Map, found: list[Diagnostic]) -> frozenset[tuple[str | int, ...]]:
    """The paths of things that do not fit their schema, at most kind and id deep."""
    broken = set()
    for path, diagnostic in check_structure(document, "rules"):
        found.append(_about(document, path, diagnostic))
        broken.add(path[:2])
    return frozenset(broken)


def _about(document: Map, path: tuple[str | int, ...], diagnostic: Diagnostic) -> Diagnostic:
    if len(path) < 2 or str(path[0]) not in NAMES:
        return diagnostic
    id = str(path[1])
    if path[0] == "rules":
        rules = document.entries["rules"]
        written = rules.items[int(path[1])] if isinstance(rules, Sequence) else None
        id = _id_of(written) or f"number {int(path[1]) + 1}"
    return _with_about(diagnostic, f"{NAMES[str(path[0])]} {id}")


def _with_about(diagnostic: Diagnostic, about: str) -> Diagnostic:
    d = diagnostic
    return Diagnostic(d.code, d.message, d.position, d.help, d.about or about, d.section)


def _id_of(node: Node | None) -> str:
    id = node.get("id") if isinstance(node, Map) else None
    return id.text if isinstance(id, Scalar) else ""


def _header(document: Map, skip: frozenset[tuple[str | int, ...]], gathered: _Gathered) -> None:
    node = document.get("knowledge_base")
    if node is None:
        return
    position = document.keys["knowledge_base"]
    _declare("knowledge_base", "knowledge_base", position, gathered)
    if isinstance(node, Map) and not any(path[0] == "knowledge_base" for path in skip if path):
        gathered.headers.append(things.header(node, position))


def _dimensions(document: Map, skip: frozenset[tuple[str | int, ...]], gathered: _Gathered) -> None:
    node = document.get("dimensions")
    for key, position, item in node.items() if isinstance(node, Map) else ():
        if ("dimensions", key) not in skip and _declare("dimensions", key, position, gathered):
            gathered.dimensions[key] = DimensionKind(plain(item))


def _declare(kind: str, id: str, position: Position, gathered: _Gathered) -> bool:
    first = gathered.places.setdefault((kind, id), position)
    if first is position:
        return True
    name = NAMES.get(kind, kind)
    message = f"the {name} `{id}` is given twice"
    gathered.found.append(Diagnostic("duplicate-id", message, position, f"it stands at {first} already"))
    return False


def _things(kind: str, document: Map, skip: frozenset[tuple[str | int, ...]], gathered: _Gathered) -> None:
    node = document.get(kind)
    build = _builder(kind, gathered)
    for step, id, position, item in _entries(node):
        if not id or not _declare(kind, id, position, gathered):
            continue
        if kind == "rules":
            gathered.claims_of[id] = _claims_named(item)
        if (kind, step) in skip or (kind,) in skip or not isinstance(item, Map):
            continue
        try:
            gathered.things[kind][id] = build(id, position, item)
        except Unreadable as problem:
            gathered.found.append(_with_about(problem.diagnostic, f"{NAMES[kind]} {id}"))


def _entries(node: Node | None) -> Iterable[tuple[str | int, str, Position, Node]]:
    if isinstance(node, Map):
        return [(key, key, position, item) for key, position, item in node.items()]
    if isinstance(node, Sequence):
        return [(index, _id_of(item), _id_position(item), item) for index, item in enumerate(node.items)]
    return []


def _claims_named(node: Node) -> tuple[str, ...]:
    because = node.get("because") if isinstance(node, Map) else None
    items = because.items if isinstance(because, Sequence) else ()
    return tuple(item.text for item in items if isinstance(item, Scalar))


def _id_position(node: Node) -> Position:
    id = node.get("id") if isinstance(node, Map) else None
    return node.position if id is None else id.position


def _builder(kind: str, gathered: _Gathered) -> Callable[[str, Position, Map], Any]:
    return {
        "units": lambda id, at, node: things.unit(id, at, node, gathered.dimensions),
        "facts": things.fact,
        "parameters": things.parameter,
        "works": things.work,
        "references": things.reference,
        "claims": things.claim,
        "tables": things.table,
        "rules": lambda _id, _at, node: things.rule(node),
    }[kind]


def _loaded(gathered: _Gathered) -> Loaded:
    declared = {
        kind: frozenset(id for declared_kind, id in gathered.places if declared_kind == kind)
        for kind in (*KINDS, "dimensions", "knowledge_base")
    }
    if not declared["knowledge_base"] and gathered.places:
        gathered.found.append(
            Diagnostic(
                "no-knowledge-base",
                "no file has the key `knowledge_base`",
                help="one file gives the knowledge base its id, title, version, languages and sections",
            )
        )
    content = None
    if gathered.headers:
        parts = {kind: frozen(found) for kind, found in gathered.things.items()}
        content = Content(gathered.headers[0], frozen(gathered.dimensions) or EMPTY, **parts)
    return Loaded(content, tuple(gathered.found), frozen(declared), frozen(gathered.claims_of))
