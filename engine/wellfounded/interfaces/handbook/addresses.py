"""Where each page of the handbook stands: one folder per language and kind, one file per thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wellfounded.model.thing import Kind, Thing

#: Names that Windows keeps for itself, whatever ending they have.
_KEPT = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}

_LONGEST = 100

HOME = "index"
SEARCH = "search"
FOLDERS: Mapping[Kind, str] = {kind: f"{kind}s" for kind in Kind}


def file_names(things: Iterable[Thing]) -> Mapping[Thing, str]:
    """A file name for each thing: its id, made short enough for a file system and unlike any other, also
    where capitals make no difference.
    """
    taken: dict[Kind, set[str]] = {kind: set(_KEPT) for kind in Kind}
    names: dict[Thing, str] = {}
    for thing in things:
        name = thing.id if len(thing.id) <= _LONGEST else f"{thing.id[:_LONGEST]}_"
        while name.lower() in taken[thing.kind]:
            name += "_"
        taken[thing.kind].add(name.lower())
        names[thing] = f"{FOLDERS[thing.kind]}/{name}"
    return names


def address(language: str, name: str) -> str:
    """The address of a page from the root of the site."""
    return f"{language}/{name}.html"
