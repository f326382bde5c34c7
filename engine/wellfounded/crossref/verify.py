"""What Crossref says of every reference, and with ``works`` of every work, of a knowledge base."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from wellfounded.crossref.answer import Answer, Notice, read_answer
from wellfounded.crossref.client import Reply
from wellfounded.crossref.compare import Difference, differences, doi_of, is_doi
from wellfounded.model.content import Content, Reference, Status, Work
from wellfounded.model.record import Record
from wellfounded.model.word import Word


class Verdict(Word):
    """What is to be said first of a reference; ``Finding`` has the rest."""

    EQUAL = "equal"
    DIFFERS = "differs"
    NOT_KNOWN = "not-known"
    RETRACTED = "retracted"
    CONCERN = "concern"
    CORRECTED = "corrected"
    NOT_ASKED = "not-asked"
    NO_DOI = "no-doi"


class Finding(Record, frozen=True, gc=True):
    """What came of asking about one reference or work.

    ``answer`` is what Crossref says, ``None`` where it said nothing; ``settled`` that a knowledge base
    already says what was found, or that there was nothing to ask, so that nobody has to look at it again.
    """

    about: Reference | Work
    doi: str
    verdict: Verdict
    answer: Answer | None = None
    differences: tuple[Difference, ...] = ()
    asked_on: str = ""
    kept: bool = False
    problem: str = ""
    settled: bool = False

    @property
    def id(self) -> str:
        """The number of a reference, or the id of a work."""
        return self.about.number if isinstance(self.about, Reference) else self.about.id

    @property
    def notices(self) -> tuple[Notice, ...]:
        return self.answer.notices if self.answer is not None else ()

    @property
    def is_another_work(self) -> bool:
        """Whether neither title nor authors are ours: then the DOI is wrong, not the details."""
        return {"title", "authors"} <= {difference.field for difference in self.differences}


def recorded(about: Reference | Work) -> Mapping[str, Any]:
    """The CSL-JSON item to hold against Crossref: what is on record, or else what is cited."""
    if isinstance(about, Work):
        return about.csl
    return about.on_record.csl or about.as_cited


def to_verify(content: Content, works: bool = False) -> tuple[Reference | Work, ...]:
    """What ``verify`` goes through."""
    return (*content.references.values(), *(content.works.values() if works else ()))


def verify(content: Content, ask: Callable[[str], Reply], works: bool = False) -> Iterator[Finding]:
    """One finding for each reference, and with ``works`` each work, in the order of the knowledge base."""
    for about in to_verify(content, works):
        doi = doi_of(recorded(about))
        if not doi:
            yield Finding(about, doi, Verdict.NO_DOI, settled=True)
        elif not is_doi(doi):
            yield Finding(about, doi, Verdict.NOT_ASKED, problem="this does not have the form of a DOI")
        else:
            yield found(about, doi, ask(doi))


def found(about: Reference | Work, doi: str, reply: Reply) -> Finding:
    """What a reply says of a reference or a work."""
    if reply.problem:
        return Finding(about, doi, Verdict.NOT_ASKED, problem=reply.problem)
    if not reply.known:
        settled = isinstance(about, Reference) and about.on_record.status is Status.NOT_FOUND
        verdict = Verdict.NOT_KNOWN
        return Finding(about, doi, verdict, asked_on=reply.asked_on, kept=reply.kept, settled=settled)
    answer = read_answer(reply.message)
    if not answer.titles and not answer.doi:
        return Finding(about, doi, Verdict.NOT_ASKED, problem="the answer has neither a title nor a DOI")
    different = differences(recorded(about), answer)
    noted = all(is_noted(about, notice) for notice in answer.notices)
    return Finding(
        about,
        doi,
        _verdict(different, answer),
        answer,
        different,
        reply.asked_on,
        reply.kept,
        settled=not different and noted and not _says_otherwise(about),
    )


def is_noted(about: Reference | Work, notice: Notice) -> bool:
    """Whether the note of a reference already names a notice, by its DOI if it has one."""
    if isinstance(about, Work) or not about.on_record.note:
        return False
    key = (notice.doi or notice.kind.replace("_", " ")).casefold()
    return all(key in written.casefold() for written in about.on_record.note.values())


def _says_otherwise(about: Reference | Work) -> bool:
    return isinstance(about, Reference) and about.on_record.status in (Status.NOT_FOUND, Status.UNCHECKED)


def _verdict(different: tuple[Difference, ...], answer: Answer) -> Verdict:
    meanings = {notice.meaning for notice in answer.notices}
    for verdict in (Verdict.RETRACTED, Verdict.CONCERN):
        if verdict.value in meanings:
            return verdict
    if different:
        return Verdict.DIFFERS
    return Verdict.CORRECTED if meanings else Verdict.EQUAL
