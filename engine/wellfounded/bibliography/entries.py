"""What a bibliography lists: references and works with a key, their details and a note on what is known.

The note travels with every entry, so that nobody takes over a reference that was not found in the belief
that it was confirmed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from wellfounded.advise.phrases import phrases
from wellfounded.bibliography.publication import Publication, one_line, publication
from wellfounded.bibliography.words import words_in
from wellfounded.model.content import Content, Reference, Status
from wellfounded.model.record import Record
from wellfounded.model.word import Word


class Wanted(Word):
    """Which details of a reference: as its source cites it, or as could be established."""

    CITED = "cited"
    ON_RECORD = "on-record"


class Entry(Record, frozen=True):
    """One line of a bibliography. ``number`` is that of a reference, and empty for a further work."""

    key: str
    number: str
    publication: Publication
    note: str


def entries(
    content: Content, language: str, wanted: Wanted = Wanted.CITED, works: bool = False
) -> list[Entry]:
    """The references in their order, then, if asked for, the further works; notes are in ``language``.

    References of which nothing is on record are left out where that is what is wanted.
    """
    found = [*_references(content, language, wanted), *_works(content, language)]
    keyed = [Entry(key, *one) for key, one in zip(_keys([one[1] for one in found]), found, strict=True)]
    return [entry for entry in keyed if works or entry.number]


def on_record(reference: Reference) -> Publication | None:
    """What could be established about a reference, or nothing."""
    record = reference.on_record
    if record.csl:
        return publication(record.csl)
    return publication(reference.as_cited) if record.status is Status.CONFIRMED else None


def status_of(reference: Reference, language: str) -> str:
    """What is known of a reference, in a few words."""
    status = reference.on_record.status
    return phrases(language)["reference_unchecked" if status is Status.UNCHECKED else status]


def _references(content: Content, language: str, wanted: Wanted) -> Iterator[tuple[str, Publication, str]]:
    for number, reference in content.references.items():
        details = publication(reference.as_cited) if wanted is Wanted.CITED else on_record(reference)
        if details is not None:
            yield number, details, _note(reference, language, wanted)


def _note(reference: Reference, language: str, wanted: Wanted) -> str:
    words, checked = words_in(language), reference.on_record.checked
    opening = words[wanted].format(number=reference.number, status=status_of(reference, language))
    when = words["checked"].format(on=checked.on, by=checked.by) if checked else ""
    remark = reference.on_record.note.get(language, "")
    return one_line(" ".join((opening, when, remark)))


def _works(content: Content, language: str) -> Iterator[tuple[str, Publication, str]]:
    for work in content.works.values():
        yield "", publication(work.csl), words_in(language)["work"].format(id=work.id)


def _keys(publications: list[Publication]) -> Iterator[str]:
    """Family name and year of each, with b, c, … after it from the second time on.

    Works come after all references and count along even where they are not listed, so a reference keeps its
    key whether or not they are, and when others are added at the end. Keys that differ in capitals only are
    the same to BibTeX.
    """
    used: set[str] = set()
    for one in publications:
        base = _base(one)
        key = next(key for key in _lettered(base) if key.lower() not in used)
        used.add(key.lower())
        yield key


def _base(one: Publication) -> str:
    author = one.authors[0] if one.authors else None
    name = author.family or author.literal if author else ""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if c.isascii() and c.isalnum())
    return f"{plain or 'Anonymous'}{one.year or 'nd'}"


def _lettered(base: str) -> Iterator[str]:
    yield base
    count = 1
    while True:
        letters, rest = "", count
        while rest >= 0:
            letters, rest = chr(ord("a") + rest % 26) + letters, rest // 26 - 1
        yield base + letters
        count += 1
