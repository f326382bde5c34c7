"""The fields of a form as people read them: what belongs together in a group, and everything by its title."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from urllib.parse import quote

from wellfounded.advise.phrases import phrases
from wellfounded.interfaces.audit_words import spoken
from wellfounded.interfaces.handbook.book import language_name
from wellfounded.interfaces.studio.edit.filled import Filled
from wellfounded.interfaces.studio.edit.form_words import path_words
from wellfounded.interfaces.studio.edit.simple import GONE, NEW, Path
from wellfounded.interfaces.studio.edit.titles import Titles
from wellfounded.model.record import Record

_EVIDENCE = frozenset({"cites", "further_evidence"})
_IN_LISTS = (NEW, GONE)


class Shown(Record, frozen=True):
    """A field with its label and its unit; ``options`` are values to choose from, each with its label."""

    filled: Filled
    label: str
    language: str = ""
    unit: str = ""
    options: tuple[tuple[str, str], ...] = ()


class Group(Record, frozen=True):
    """Fields that belong together; one that is alone needs no name.

    ``there`` names what is there already and can be added to, each with its form; ``judged`` is where the
    support of a citation is recorded, and ``support`` what it is now.
    """

    name: str
    fields: tuple[Shown, ...]
    there: tuple[tuple[str, str], ...] = ()
    judged: str = ""
    support: str = ""
    is_new_citation: bool = False


def groups(kind: str, id: str, form: tuple[Filled, ...], titles: Titles) -> Iterator[Group]:
    """The fields in groups, in their order."""
    for way, together in groupby(form, key=lambda one: _way(one.field.steps)):
        shown = tuple(_shown(kind, id, one, way, titles) for one in together)
        yield Group(
            _name(kind, id, way, titles),
            shown,
            _there(kind, id, way, titles),
            _judged(kind, id, way, titles.language),
            _support(kind, id, way, titles),
            way == ("cites", NEW),
        )


def _way(steps: Path) -> Path:
    """The way to the group of a field: to a citation, a range, or a text in all its languages."""
    if steps[0] in _EVIDENCE:
        return steps[:2]
    return steps if len(steps) == 1 or steps[-1] in _IN_LISTS else steps[:-1]


def _shown(kind: str, id: str, one: Filled, way: Path, titles: Titles) -> Shown:
    field, language = one.field, titles.language
    rest = field.steps[len(way) :]
    is_text = field.look == "text" and isinstance(field.steps[-1], str) and len(field.steps) > 1
    text_in = str(field.steps[-1]) if is_text and "locator" not in field.steps else ""
    if field.look == "number" or not rest or way[-1] in _IN_LISTS:
        label = path_words(way if way[-1] in _IN_LISTS else field.steps, language)
    elif text_in:
        before = path_words(rest[:-1], language)
        name = language_name(text_in, spoken(language))
        label = f"{before} › {name}" if before else name
    else:
        label = path_words(rest, language)
    unit = titles.unit(kind, id) if field.look == "number" else ""
    return Shown(one, label, text_in, unit, _options(one, titles))


def _options(one: Filled, titles: Titles) -> tuple[tuple[str, str], ...]:
    last, said = one.field.steps[-1], phrases(titles.language)
    cites = last == "reference" or one.field.steps == ("cites", GONE)

    def label(value: str) -> str:
        if cites:
            return titles.reference(value)
        if one.field.steps[0] == "further_evidence" and last == GONE:
            return titles.work(value)
        return said.get(value, value) if last == "stance" else _named(titles.of("claim", value), value)

    return tuple((value, label(value)) for value in one.field.choices)


def _named(title: str, id: str) -> str:
    return id if title == id else f"{title} ({id})"


def _name(kind: str, id: str, way: Path, titles: Titles) -> str:
    if way[0] not in _EVIDENCE or way[-1] in _IN_LISTS:
        return path_words(way[:1] if way[-1] in _IN_LISTS else way, titles.language)
    claim = None if titles.content is None else titles.content.claims.get(id)
    name = path_words(way[:1], titles.language)
    place = way[1]
    assert isinstance(place, int)
    if claim is not None and way[0] == "cites" and place < len(claim.cites):
        return f"{name}: {titles.reference(claim.cites[place].reference)}"
    if claim is not None and way[0] == "further_evidence" and place < len(claim.further_evidence):
        return f"{name}: {titles.work(claim.further_evidence[place].work)}"
    return f"{name} {place + 1}"


def _there(kind: str, id: str, way: Path, titles: Titles) -> tuple[tuple[str, str], ...]:
    """What a rule rests on already."""
    rule = None if titles.content is None or kind != "rule" else titles.content.rules.get(id)
    if rule is None or way[-1] != NEW:
        return ()
    claims: Mapping[str | int, tuple[str, ...]] = {"because": rule.because, "background": rule.background}
    return tuple(
        (titles.of("claim", claim), f"/{titles.language}/edit-form/claim/{quote(claim)}")
        for claim in claims.get(way[0], ())
    )


def _support(kind: str, id: str, way: Path, titles: Titles) -> str:
    """What a citation was found to be for its claim."""
    claim = None if titles.content is None or kind != "claim" else titles.content.claims.get(id)
    place = way[1] if way[0] == "cites" and len(way) > 1 else None
    if claim is None or not isinstance(place, int) or place >= len(claim.cites):
        return ""
    return phrases(titles.language).get(str(claim.cites[place].support), "")


def _judged(kind: str, id: str, way: Path, language: str) -> str:
    if kind != "claim" or way[0] != "cites" or not isinstance(way[1], int):
        return ""
    return f"/{language}/evidence/verdict/{quote(id)}/{way[1] + 1}"
