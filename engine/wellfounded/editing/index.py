"""Every place in all files where a name stands, and what it is the name of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from wellfounded.editing.language import Form, Kind
from wellfounded.editing.mentions import Mention
from wellfounded.model.record import Record

_TERM = re.compile(r"[^\s^*/·]+")


class Symbol(Record, frozen=True):
    """A thing that has a name: ``of`` is the fact of a choice, or the table of a column."""

    kind: Kind
    name: str
    of: str = ""


class Occurrence(Record, frozen=True):
    """``name`` is what is written from ``start`` to ``end``; of two counted plants it is ``plant``."""

    symbol: Symbol
    file: str
    start: int
    end: int
    defines: bool = False


class Index:
    """The occurrences of the names in some files. ``mentions`` has those of each file."""

    def __init__(self, mentions: Mapping[str, Iterable[Mention]]) -> None:
        self._mentions = {file: tuple(found) for file, found in mentions.items()}

    @cached_property
    def _named(self) -> Mapping[Kind, frozenset[str]]:
        """The names that are given to things of each kind."""
        found: dict[Kind, set[str]] = {kind: set() for kind in Kind}
        for mentions in self._mentions.values():
            for mention in mentions:
                if mention.defines and mention.kind is not None:
                    found[mention.kind].add(mention.name)
        return {kind: frozenset(names) for kind, names in found.items()}

    @cached_property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """All of them, by file and place."""
        found = (
            Occurrence(symbol, file, start, end, mention.defines)
            for file, mentions in self._mentions.items()
            for mention in mentions
            for symbol, start, end in self._symbols(mention)
        )
        return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.file, one.start, one.end)))

    def _symbols(self, mention: Mention) -> Iterator[tuple[Symbol, int, int]]:
        match mention.form:
            case Form.FORMULA | Form.TEXT:
                kind = Kind.PARAMETER if mention.name in self._named[Kind.PARAMETER] else Kind.FACT
                yield Symbol(kind, mention.name), mention.start, mention.end
            case Form.QUANTITY:
                yield from self._dimensions(mention)
            case Form.SHOWN:
                if mention.name in self._named[Kind.UNIT]:
                    yield from self._unit(mention)
            case Form.NAME if mention.kind is Kind.UNIT:
                yield from self._unit(mention)
            case Form.NAME:
                assert mention.kind is not None
                yield Symbol(mention.kind, mention.name, mention.of), mention.start, mention.end

    def _unit(self, mention: Mention) -> Iterator[tuple[Symbol, int, int]]:
        yield Symbol(Kind.UNIT, mention.name), mention.start, mention.end
        yield from self._dimensions(mention)

    def _dimensions(self, mention: Mention) -> Iterator[tuple[Symbol, int, int]]:
        """The dimensions that the terms of a unit name, of which a plural has an `s` more."""
        declared = self._named[Kind.DIMENSION]
        for term in _TERM.finditer(mention.name):
            name = term[0] if term[0] in declared else term[0].removesuffix("s")
            if name in declared:
                start = mention.start + term.start()
                yield Symbol(Kind.DIMENSION, name), start, start + len(name)

    @cached_property
    def _by_symbol(self) -> Mapping[Symbol, tuple[Occurrence, ...]]:
        found: dict[Symbol, list[Occurrence]] = {}
        for occurrence in self.occurrences:
            found.setdefault(occurrence.symbol, []).append(occurrence)
        return {symbol: tuple(places) for symbol, places in found.items()}

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, int, int], tuple[Occurrence, ...]]:
        found: dict[tuple[str, int, int], list[Occurrence]] = {}
        for one in self.occurrences:
            found.setdefault((one.file, one.start, one.end), []).append(one)
        return {place: tuple(occurrences) for place, occurrences in found.items()}

    @property
    def symbols(self) -> Iterable[Symbol]:
        return self._by_symbol

    def of(self, symbol: Symbol) -> tuple[Occurrence, ...]:
        """Where a thing is named."""
        return self._by_symbol.get(symbol, ())

    def defined(self, symbol: Symbol) -> bool:
        return any(occurrence.defines for occurrence in self.of(symbol))

    def at(self, file: str, offset: int) -> tuple[Occurrence, ...]:
        """The names at a place: the shortest stretch of text that is one, with all that it is the name of."""
        here = [one for one in self.occurrences if one.file == file and one.start <= offset <= one.end]
        shortest = min((one.end - one.start for one in here), default=0)
        return tuple(one for one in here if one.end - one.start == shortest)

    def one_name(self, symbols: Iterable[Symbol]) -> frozenset[Symbol]:
        """The things that share a name with some: a rule's id, where it is the name of its topic as well."""
        found, waiting = set(symbols), list(symbols)
        while waiting:
            for place in self.of(waiting.pop()):
                for other in self._by_place[place.file, place.start, place.end]:
                    if other.symbol not in found:
                        found.add(other.symbol)
                        waiting.append(other.symbol)
        return frozenset(found)
