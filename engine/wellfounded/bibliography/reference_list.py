"""A list of references for people: each as it is cited, and below it what is known of it."""

from __future__ import annotations

from collections.abc import Iterator

from wellfounded.bibliography.entries import on_record, status_of
from wellfounded.bibliography.formatted import STYLES
from wellfounded.bibliography.publication import one_line, publication
from wellfounded.bibliography.words import words_in
from wellfounded.model.content import Content, Reference


def reference_list(content: Content, language: str, style: str, works: bool = False) -> str:
    """The references with their numbers, then, if asked for, the further works with their ids."""
    references = content.references.values()
    lines = [line for reference in references for line in _lines(content, reference, language, style)]
    for work in content.works.values() if works else ():
        lines.append(f"[{work.id}] {STYLES[style](publication(work.csl), language)}")
    return "".join(f"{line}\n" for line in lines)


def _lines(content: Content, reference: Reference, language: str, style: str) -> Iterator[str]:
    """One line as cited, one with the status, and where there is something, what was found or meant."""
    formatted, words = STYLES[style], words_in(language)
    cited, found = publication(reference.as_cited), on_record(reference)
    yield f"[{reference.number}] {formatted(cited, language)}"
    remark = reference.on_record.note.get(language, "")
    yield f"    {one_line(f'{status_of(reference, language)}. {remark}')}"
    if found is not None and formatted(found, language) != formatted(cited, language):
        yield f"    {words['found_as'].format(found=formatted(found, language))}"
    for meant in reference.on_record.probably_meant:
        work = formatted(publication(content.works[meant].csl), language)
        yield f"    {words['probably_meant'].format(meant=work)}"
