"""Files → ``Content`` and every diagnostic that reading them gives.

A thing that is broken is left out, and its id is remembered, so that one mistake does not bring a train of
others behind it; what is good beside it is still read and judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from wellfounded.load import things
from wellfounded.load.conditions import Unreadable
from wellfounded.load.files import File, decode
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import Map, Node, Scalar, Sequence, at_path, children, plain, positions
from wellfounded.load.structure import Misfit, check_structure
from wellfounded.model.content import Content, Header
from wellfounded.model.diagnostic import TOO_MANY, Diagnostic
from wellfounded.model.frozen import frozen
from wellfounded.model.position import Position
from wellfounded.model.record import Record
from wellfounded.model.unit import DimensionKind

Thing = TypeVar("Thing")

#: Kinds of things in the order they are built; units need the dimensions.
KINDS = ("units", "facts", "parameters", "works", "references", "claims", "tables", "rules", "guarantees")
NAMES = {
    "units": "unit",
    "facts": "fact",
    "parameters": "parameter",
    "works": "work",
    "references": "reference",
}
NAMES |= {"claims": "claim", "tables": "table", "rules": "rule", "dimensions": "dimension"}
NAMES |= {"guarantees": "guarantee"}

Path: TypeAlias = tuple[str | int, ...]


class Loaded(Record, frozen=True):
    """``content`` is ``None`` where no header could be read.

    ``declared`` has the ids of broken things too, ``claims_of`` the claims each rule names, broken or not.
    ``complete`` is false where a file, or a whole kind of things in it, could not be read: what seems to be
    missing may be there.
    """

    content: Content | None
    diagnostics: tuple[Diagnostic, ...]
    declared: Mapping[str, frozenset[str]]
    claims_of: Mapping[str, tuple[str, ...]]
    complete: bool


@dataclass(slots=True)
class _Gathered:
    """What has been read so far; only alive while loading."""

    found: list[Diagnostic] = field(default_factory=list)
    headers: list[Header] = field(default_factory=list)
    dimensions: dict[str, DimensionKind] = field(default_factory=dict)
    things: dict[str, dict[str, Any]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    places: dict[tuple[str, str], Position] = field(default_factory=dict)
    claims_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    complete: bool = True


class Parsed(Record, frozen=True):
    """What one file says by itself: its tree, what YAML refuses in it, and what its schema does."""

    node: Node | None
    found: tuple[Diagnostic, ...]
    misfits: tuple[tuple[Path, Diagnostic], ...]


def parse(file: File) -> Parsed:
    """A rule file, without regard to the others; the same bytes under the same name give the same."""
    written, undecoded = decode(file)
    node, found = (None, list(undecoded)) if undecoded else read_yaml(written, file.name)
    misfits = tuple(check_structure(node, "rules")) if isinstance(node, Map) else ()
    return parsed(node, found, misfits)


def parsed(node: Node | None, found: Iterable[Diagnostic], misfits: tuple[Misfit, ...]) -> Parsed:
    """A file as it was read; one with too many mistakes counts as one that could not be read at all."""
    if misfits and misfits[-1][1].code == TOO_MANY:
        return Parsed(None, (*found, *(diagnostic for _, diagnostic in misfits)), ())
    return Parsed(node, tuple(found), misfits)


def load_files(
    files: Iterable[File], complete: bool = True, parse: Callable[[File], Parsed] = parse
) -> Loaded:
    """Everything the files say; every file is read, whatever is wrong with another.

    ``complete`` is whether these are all the files there are. Whoever loads files that have hardly changed
    can give a ``parse`` that remembers.
    """
    gathered = _Gathered(complete=complete)
    read = [one for file in files if _document(one := parse(file), gathered) is not None]
    documents = [one.node for one in read if isinstance(one.node, Map)]
    refused = {diagnostic.position.start for diagnostic in gathered.found}
    broken = [
        _broken(document, one.misfits, refused, gathered)
        for document, one in zip(documents, read, strict=True)
    ]
    for document, skip in zip(documents, broken, strict=True):
        _header(document, skip, gathered)
        _dimensions(document, skip, gathered)
    for kind in KINDS:
        for document, skip in zip(documents, broken, strict=True):
            _things(kind, document, skip, gathered)
    return _loaded(gathered)


def _document(parsed: Parsed, gathered: _Gathered) -> Map | None:
    node = parsed.node
    gathered.found += parsed.found
    if isinstance(node, Map):
        gathered.complete &= not any(_hides_things(diagnostic, node) for diagnostic in parsed.found)
        return node
    gathered.complete &= node is None and not parsed.found
    if node is not None:
        help = "start with a key such as `rules:` or `facts:`"
        problem = Diagnostic("wrong-type", "a rule file has to be a mapping", node.position, help)
        gathered.found.append(problem)
    return None


def _hides_things(diagnostic: Diagnostic, document: Map) -> bool:
    """Whether things in a file were not read: those of a second document, or of a second `facts:`."""
    at_top = diagnostic.position.column in {key.column for key in document.keys.values()}
    return diagnostic.code == "yaml-syntax" or (diagnostic.code == "duplicate-key" and at_top)


def _broken(
    document: Map,
    misfits: Iterable[tuple[Path, Diagnostic]],
    refused: set[tuple[str, int, int]],
    gathered: _Gathered,
) -> frozenset[Path]:
    """The paths of things that do not fit their schema or hold what YAML refused, at most two deep."""
    broken = set(_holding(document, refused)) if refused else set()
    for path, diagnostic in misfits:
        broken.add(path[:2])
        if not refused.intersection(place.start for place in (diagnostic.position, *_way(document, path))):
            gathered.found.append(_about(document, path, diagnostic))
            gathered.complete &= len(path) > 1 or path == ("knowledge_base",)
    return frozenset(broken)


def _way(document: Map, path: Path) -> Iterable[Position]:
    """The places of every key and node on the way to the thing a path leads to."""
    node: Node = document
    for step in path:
        if isinstance(node, Map):
            yield node.keys[str(step)]
        node = at_path(node, (step,))
        yield node.position


def _holding(document: Map, refused: set[tuple[str, int, int]]) -> Iterable[Path]:
    """The paths of things in which something stands that was refused already."""
    for kind, node in document.entries.items():
        for step, item in children(node):
            if any(position.start in refused for position in positions(item)):
                yield (kind, step)


def _about(document: Map, path: Path, diagnostic: Diagnostic) -> Diagnostic:
    if len(path) < 2 or str(path[0]) not in NAMES:
        return diagnostic
    id = str(path[1])
    things = document.entries[str(path[0])]
    if isinstance(things, Sequence):
        written = things.items[int(path[1])]
        id = _id_of(written) or f"number {int(path[1]) + 1}"
    return _with_about(diagnostic, f"{NAMES[str(path[0])]} {id}")


def _with_about(diagnostic: Diagnostic, about: str) -> Diagnostic:
    d = diagnostic
    return Diagnostic(d.code, d.message, d.position, d.help, d.about or about, d.section)


def _id_of(node: Node | None) -> str:
    id = node.get("id") if isinstance(node, Map) else None
    return id.text if isinstance(id, Scalar) else ""


def _header(document: Map, skip: frozenset[Path], gathered: _Gathered) -> None:
    """The header without what is wrong in it; without languages or sections nothing else can be judged."""
    node = document.get("knowledge_base")
    if node is None:
        return
    position = document.keys["knowledge_base"]
    first = _declare("knowledge_base", "", position, gathered)
    if first and isinstance(node, Map):
        good = node.only(key for key in node.entries if ("knowledge_base", key) not in skip)
        if "languages" in good and "sections" in good:
            gathered.headers.append(things.header(good, position))


def _dimensions(document: Map, skip: frozenset[Path], gathered: _Gathered) -> None:
    node = document.get("dimensions")
    for key, position, item in node.items() if isinstance(node, Map) else ():
        if _declare("dimensions", key, position, gathered) and ("dimensions", key) not in skip:
            gathered.dimensions[key] = DimensionKind(plain(item))


def _declare(kind: str, id: str, position: Position, gathered: _Gathered) -> bool:
    first = gathered.places.setdefault((kind, id), position)
    if first is position:
        return True
    message = f"the {NAMES[kind]} `{id}` is given twice" if id else f"`{kind}` is given twice"
    gathered.found.append(Diagnostic("duplicate-id", message, position, f"it stands at {first} already"))
    return False


def _things(kind: str, document: Map, skip: frozenset[Path], gathered: _Gathered) -> None:
    node = document.get(kind)
    build = _builder(kind, gathered)
    for step, id, position, item in _entries(node):
        gathered.complete &= bool(id)
        if not id or not _declare(kind, id, position, gathered):
            continue
        if kind == "rules":
            gathered.claims_of[id] = _claims_named(item)
        if (kind, step) in skip or (kind,) in skip or not isinstance(item, Map):
            continue
        try:
            gathered.things[kind][id] = build(id, position, item)
        except Unreadable as problem:
            if kind == "units" and not _dimensions_are_known(gathered):
                continue
            gathered.found.append(_with_about(problem.diagnostic, f"{NAMES[kind]} {id}"))


def _dimensions_are_known(gathered: _Gathered) -> bool:
    """Whether a unit that cannot be read is wrong, and not what it counts or measures."""
    broken = [id for kind, id in gathered.places if kind == "dimensions" and id not in gathered.dimensions]
    return gathered.complete and not broken


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
        "guarantees": lambda _id, _at, node: things.guarantee(node),
    }[kind]


def _loaded(gathered: _Gathered) -> Loaded:
    declared = {
        kind: frozenset(id for declared_kind, id in gathered.places if declared_kind == kind)
        for kind in (*KINDS, "dimensions", "knowledge_base")
    }
    if not declared["knowledge_base"] and gathered.complete:
        gathered.found.append(
            Diagnostic(
                "no-knowledge-base",
                "no file has the key `knowledge_base`",
                help="one file gives the knowledge base its id, title, version, languages and sections",
            )
        )
    content = None
    if gathered.headers:
        parts: dict[str, Any] = {kind: frozen(found) for kind, found in gathered.things.items()}
        dimensions = frozen(gathered.dimensions)
        places = frozen((id, gathered.places["dimensions", id]) for id in dimensions)
        content = Content(gathered.headers[0], dimensions, **parts, dimension_positions=places)
    return Loaded(
        content, tuple(gathered.found), frozen(declared), frozen(gathered.claims_of), gathered.complete
    )
