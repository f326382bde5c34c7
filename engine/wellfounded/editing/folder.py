"""A folder with a knowledge base, of which some files are open in an editor and not saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from wellfounded.build import Built, build
from wellfounded.editing.index import Index, Occurrence, Symbol
from wellfounded.editing.language import PERSON, RULES, kind_of_file
from wellfounded.editing.mentions import Mention, mentions
from wellfounded.editing.scenarios import parse_as, wrong_in
from wellfounded.editing.source import Change, Source
from wellfounded.load.files import File, decode, read_files
from wellfounded.load.from_files import Parsed, parse
from wellfounded.load.node import Map
from wellfounded.model.content import Content
from wellfounded.model.diagnostic import Diagnostic, in_reading_order
from wellfounded.model.record import Record


class Document(Record, frozen=True, gc=True, dict=True):
    """A file as it is now, and the last text of it that was YAML, with its tree.

    Where names stand is known of ``good``, the text that was YAML; while a person types, ``now`` may differ.
    """

    file: str
    now: Source
    good: Source
    tree: Map | None
    of_person: bool = False

    @property
    def kind(self) -> str:
        return PERSON if self.of_person else kind_of_file(self.file)

    @property
    def top(self) -> tuple[str, ...]:
        """What paths in it start with."""
        return (PERSON,) if self.of_person else ()

    @property
    def is_broken(self) -> bool:
        return self.now.text != self.good.text

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        return () if self.tree is None else mentions(self.tree, self.top, self.good)

    @cached_property
    def _change(self) -> Change:
        return Change(self.good.text, self.now.text)

    def then(self, offset: int) -> int | None:
        """Where a place in the text of now is in the one that was YAML."""
        return self._change.to_old(offset) if self.is_broken else offset

    def since(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a stretch of the text that was YAML is now, if it is still there."""
        if not self.is_broken:
            return start, end
        first, last = self._change.to_new(start), self._change.to_new(end)
        if first is None or last is None or self.now.text[first:last] != self.good.text[start:end]:
            return None
        return first, last


class View(Record, frozen=True, gc=True, dict=True):
    """Everything about the files at one moment.

    ``content`` is the newest there is; ``sound`` the last one that was without errors.
    """

    documents: Mapping[str, Document]
    diagnostics: tuple[Diagnostic, ...]
    content: Content | None
    sound: Content | None
    parsed: Mapping[str, Parsed]

    @cached_property
    def index(self) -> Index:
        return Index({file: document.mentions for file, document in self.documents.items()})

    @property
    def contents(self) -> tuple[Content, ...]:
        """Where a thing is looked up: what is broken now may be known from before."""
        return tuple(content for content in (self.content, self.sound) if content is not None)

    def at(self, file: str, offset: int) -> tuple[Occurrence, ...]:
        """The names at a place of a file as it is now."""
        document = self.documents.get(file)
        place = None if document is None else document.then(offset)
        return () if place is None else self.index.at(file, place)

    def places(self, symbols: frozenset[Symbol], definitions: bool = True) -> tuple[Occurrence, ...]:
        """Where things are named in the files as they are now."""
        found = (self._now(one) for symbol in symbols for one in self.index.of(symbol))
        kept = {
            (one.file, one.start, one.end): one
            for one in found
            if one is not None and (definitions or not one.defines)
        }
        return tuple(kept[place] for place in sorted(kept))

    def _now(self, one: Occurrence) -> Occurrence | None:
        place = self.documents[one.file].since(one.start, one.end)
        return None if place is None else Occurrence(one.symbol, one.file, *place, one.defines)


class Folder:
    """The files of one knowledge base; ``root`` may also be a single file.

    What is in ``unsaved`` stands for the file of that name. ``people`` are files of persons elsewhere, by
    their whole path.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.unsaved: dict[str, str] = {}
        self.people: dict[str, str] = {}
        self._documents: dict[str, Document] = {}
        self._parsed: dict[str, tuple[bytes, Parsed]] = {}
        self._built: tuple[object, Built] | None = None
        self._seen: object = None
        self._view = View({}, (), None, None, {})

    def twin(self) -> Folder:
        """Another of the same files, which knows what was read for this one and nothing that is unsaved."""
        made = Folder(self.root)
        if not self.unsaved and not self.people:
            made._documents, made._parsed = dict(self._documents), dict(self._parsed)
            made._built, made._seen, made._view = self._built, self._seen, self._view
        return made

    def name_of(self, path: Path) -> str | None:
        """What a file is called here; ``None`` if it is not one of this folder."""
        if path == self.root:
            return path.name
        if self.root.is_file() or not path.is_relative_to(self.root):
            return None
        name = path.relative_to(self.root)
        hidden = any(part.startswith(".") for part in name.parts)
        return None if hidden or name.suffix not in (".yaml", ".yml") else name.as_posix()

    def path_of(self, name: str) -> Path:
        return self.root if self.root.is_file() else self.root / name

    def view(self, on: date) -> View:
        """The files as they are now: those that are open as they are being written, the others as saved."""
        rules, unread = read_files(self.root)
        scenarios, more = read_files(self.root, scenarios=True) if self.root.is_dir() else ((), ())
        saved = {file.name: file for file in (*rules, *scenarios)}
        written = {name: File(name, text.encode(errors="replace")) for name, text in self.unsaved.items()}
        files = dict(sorted((saved | written).items()))
        unread = tuple(d for d in (*unread, *more) if d.position.file not in files and d.code != "no-rules")
        seen = (files, unread, dict(self.people), on)
        if seen != self._seen:
            for name in self.unsaved.keys() & saved.keys() - self._documents.keys():
                self._read(saved[name])  # what was typed since may not be YAML
            self._seen, self._view = seen, self._looked(files, tuple(dict.fromkeys(unread)), on)
        return self._view

    def _looked(self, files: Mapping[str, File], unread: tuple[Diagnostic, ...], on: date) -> View:
        rules = [file for name, file in files.items() if self._kind(name) == RULES]
        built = self._build(rules, unread, on)
        sound = built.content if built.core is not None else None
        found: list[Diagnostic] = []
        people = [File(path, text.encode(errors="replace")) for path, text in self.people.items()]
        for file in (*files.values(), *people):
            self._read(file)
            kind = self._kind(file.name)
            if kind != RULES:
                found += wrong_in(kind, file.name, self._parse(file), sound)
        for gone in self._documents.keys() - files.keys() - self.people.keys():
            del self._documents[gone]
            self._parsed.pop(gone, None)
        return View(
            dict(self._documents),
            in_reading_order([*built.diagnostics, *found]),
            built.content or self._view.content,
            sound or self._view.sound,
            {name: parsed for name, (_, parsed) in self._parsed.items()},
        )

    def _build(self, rules: list[File], unread: tuple[Diagnostic, ...], on: date) -> Built:
        """What the rules come to, worked out again only if they have changed."""
        asked = (rules, unread, on)
        if self._built is None or self._built[0] != asked:
            self._built = (asked, build(rules, unread, on, self._parse))
        return self._built[1]

    def _kind(self, name: str) -> str:
        return PERSON if name in self.people else kind_of_file(name)

    def _parse(self, file: File) -> Parsed:
        """What a file says, read again only if it has changed."""
        known = self._parsed.get(file.name)
        if known is None or known[0] != file.data:
            kind = self._kind(file.name)
            known = (file.data, parse(file) if kind == RULES else parse_as(kind, file))
            self._parsed[file.name] = known
        return known[1]

    def _read(self, file: File) -> None:
        """Remember a file's text, and its tree if it has one."""
        text, _ = decode(file)
        known = self._documents.get(file.name)
        if known is not None and known.now.text == text:
            return
        now, parsed, of_person = Source(text), self._parse(file), file.name in self.people
        if isinstance(parsed.node, Map) or (parsed.node is None and not parsed.found):
            self._documents[file.name] = Document(file.name, now, now, parsed.node, of_person)
        elif known is not None:
            self._documents[file.name] = Document(file.name, now, known.good, known.tree, of_person)
        else:
            self._documents[file.name] = Document(file.name, now, Source(""), None, of_person)
