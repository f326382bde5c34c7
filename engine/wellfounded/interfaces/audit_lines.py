"""What lines of the audit's pages are made of: ids that lead to where they are explained, and verdicts.

Texts from the knowledge base's files are marked with their language; whether an anchor is on the page is for
the page to know, and where it is not, the text leads nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from wellfounded.advise.phrases import phrases
from wellfounded.interfaces.audit_words import words_in
from wellfounded.interfaces.line import Line, Look, Run, filled, joined
from wellfounded.model.content import Status, Support
from wellfounded.model.record import Record
from wellfounded.review.audit import Audit, AuditedClaim, AuditedReference, Link

_LOOKS: Mapping[str, Look] = {
    Support.SUPPORTS: Look.GOOD,
    Support.PARTLY: Look.PARTLY,
    Support.NOT_ESTABLISHED: Look.OPEN,
    Support.UNCHECKED: Look.OPEN,
    Support.ABOUT_SOMETHING_ELSE: Look.BAD,
    Support.CONTRADICTS: Look.BAD,
    Support.UNCITED: Look.NONE,
    Status.CONFIRMED: Look.GOOD,
    Status.CONFIRMED_WITH_DIFFERENT_DETAILS: Look.PARTLY,
    Status.NOT_FOUND: Look.OPEN,
}
_DOI = re.compile(r"10\.[0-9]{4,9}(\.[0-9]+)*/[!-~]+")
_RESOLVER = "https://doi.org/"


class AuditLines(Record, frozen=True):
    """Makes the lines of one audit, in its language."""

    audit: Audit

    @property
    def words(self) -> Mapping[str, str]:
        return words_in(self.audit.language)

    def own(self, text: str) -> tuple[Run, ...]:
        """A text of the knowledge base."""
        return (Run(text, language=self.audit.language),) if text else ()

    def id(self, id: str) -> Run:
        return Run(id, look=Look.ID)

    def claim(self, id: str) -> Run:
        return Run(id, f"#claim-{id}", Look.ID)

    def recommendation(self, id: str) -> tuple[Run, ...]:
        """The title of a recommendation, and its id."""
        title = next(item.title for item in self.audit.recommendations if item.id == id)
        lead = Run(title, f"#recommendation-{id}", language=self.audit.language)
        return filled("{title} ({id})", title=lead, id=self.id(id))

    def reference(self, number: int) -> Run:
        return Run(f"[{number}]", f"#reference-{number}")

    def support(self, support: Support) -> Run:
        return Run(self.words[f"support_{support}"], look=_LOOKS.get(support, Look.PLAIN))

    def status(self, status: Status) -> Run:
        key = "reference_unchecked" if status is Status.UNCHECKED else status
        return Run(phrases(self.audit.language)[key], look=_LOOKS.get(status, Look.PLAIN))

    def verdict(self, link: Link) -> tuple[Run, ...]:
        """The reference of a link and whether it supports the claim, or why there is none that does."""
        cited = () if link.reference is None else (self._cited(link.reference, link.support),)
        return self._all(cited, link.counts)

    def _cited(self, reference: int, support: Support) -> tuple[Run, ...]:
        return joined((self.reference(reference), self.support(support)), " ")

    def _all(self, cited: Sequence[Line], counts: bool) -> tuple[Run, ...]:
        if not counts:
            return joined((*cited, self.words["never_counts"]))
        return joined(cited or (self.support(Support.UNCITED),))

    def says(self, claim: str) -> str:
        return next((item.says for item in self.audit.claims if item.id == claim), "")

    def explained(self, claim: AuditedClaim) -> tuple[Run, ...]:
        """What a claim says, what it cites, and the verdicts."""
        cites = [c for c in self.audit.citations if c.claim == claim.id]
        cited = [self._cited(c.reference, c.support) for c in cites]
        return filled(
            "{id}: {says} ({cited})",
            id=self.id(claim.id),
            says=self.own(claim.says),
            cited=self._all(cited, claim.counts),
        )

    def formatted(self, reference: AuditedReference) -> Line:
        """A reference as it is cited; its DOI leads to the work if it is one."""
        address = f"{_RESOLVER}{reference.doi}"
        if not _DOI.fullmatch(reference.doi) or not reference.formatted.endswith(address):
            return reference.formatted
        before = reference.formatted.removesuffix(address)
        return Run(before), Run(address, f"{_RESOLVER}{quote(reference.doi, safe='/:;().-_')}")
