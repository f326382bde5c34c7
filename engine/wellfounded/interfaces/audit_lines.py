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
from wellfounded.model.content import Lifecycle, Status, Support
from wellfounded.review.audit import Audit, AuditedRecommendation, Link, NotInForce
from wellfounded.review.ledger import AuditedCitation, AuditedClaim

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
_RESOLVER = "https://doi.org/"
_ENDS_IN_DOI = re.compile(rf"{re.escape(_RESOLVER)}(?P<doi>10\.[0-9]{{4,9}}(\.[0-9]+)*/[!-~]+)$")


class AuditLines:
    """Makes the lines of one audit, in its language.

    They name rules, numbers, claims and works by their ids. A subclass whose ``by_id`` is false names them as
    people do, and claims by what they say.
    """

    by_id = True

    def __init__(self, audit: Audit) -> None:
        self.audit = audit
        self.words = words_in(audit.language)
        self.titles = {item.id: item.title for item in audit.recommendations}
        self.sayings = {item.id: item.says for item in audit.claims}
        self.citations: dict[str, list[AuditedCitation]] = {}
        for citation in audit.citations:
            self.citations.setdefault(citation.claim, []).append(citation)

    def own(self, text: str) -> tuple[Run, ...]:
        """A text of the knowledge base."""
        return (Run(text, language=self.audit.language),) if text else ()

    def id(self, id: str) -> Run:
        return Run(id, look=Look.ID)

    def id_and_status(self, item: AuditedRecommendation) -> Line:
        """The id of a recommendation, and that it is a draft."""
        if item.status is Lifecycle.ACTIVE:
            return self.id(item.id)
        return joined((self.id(item.id), self.words[f"is_{item.status}"]))

    def named_rule(self, id: str) -> Line:
        return self.id(id)

    def named_parameter(self, id: str) -> Line:
        return self.id(id)

    def named_work(self, id: str) -> Line:
        """A work that is not cited."""
        return self.id(id)

    def claim(self, id: str) -> Run:
        """A claim, with where it is explained."""
        return Run(id, f"#claim-{id}", Look.ID)

    def recommendation(self, id: str) -> tuple[Run, ...]:
        """The title of a recommendation, and its id."""
        lead = Run(self.titles[id], f"#recommendation-{id}", language=self.audit.language)
        return filled("{title} ({id})", title=lead, id=self.id(id))

    def reference(self, number: int) -> Run:
        return Run(f"[{number}]", f"#reference-{number}")

    def concerned(self, kind: str, id: str) -> Line:
        """A rule, reference or claim that something is to be said of."""
        if kind == "rule":
            return filled(self.words["the_rule"], id=self.named_rule(id))
        return self.reference(int(id)) if kind == "reference" else self.claim(id)

    def support(self, support: Support) -> Run:
        return Run(self.words[f"support_{support}"], look=_LOOKS.get(support, Look.PLAIN))

    def stance(self, stance: Support) -> Run:
        return Run(self.words[f"stance_{stance}"], look=_LOOKS.get(stance, Look.PLAIN))

    def status(self, status: Status) -> Run:
        key = "reference_unchecked" if status is Status.UNCHECKED else status
        return Run(phrases(self.audit.language)[key], look=_LOOKS.get(status, Look.PLAIN))

    def verdict(self, link: Link) -> tuple[Run, ...]:
        """The reference of a link and whether it supports the claim, or why there is none that does."""
        cited = () if link.reference is None else (self._cited(link.reference, link.support),)
        lapsed = () if link.status is Lifecycle.ACTIVE else (self.words[f"is_{link.status}"],)
        return joined((*lapsed, self._all(cited, link.counts)))

    def _cited(self, reference: int, support: Support) -> tuple[Run, ...]:
        return joined((self.reference(reference), self.support(support)), " ")

    def _all(self, cited: Sequence[Line], counts: bool) -> tuple[Run, ...]:
        if not counts:
            return joined((*cited, self.words["never_counts"]))
        return joined(cited or (self.support(Support.UNCITED),))

    def says(self, claim: str) -> str:
        return self.sayings.get(claim, "")

    def explained(self, claim: AuditedClaim) -> tuple[Run, ...]:
        """What a claim says, and what stands behind it."""
        says = self.own(claim.says)
        return filled("{id}: {says} ({cited})", id=self.id(claim.id), says=says, cited=self.cited(claim))

    def cited(self, claim: AuditedClaim) -> tuple[Run, ...]:
        """What a claim cites, and the support of each citation; and whether the claim is in force."""
        cited = [self._cited(c.reference, c.support) for c in self.citations.get(claim.id, ())]
        found = self._all(cited, claim.counts)
        return found if claim.status is Lifecycle.ACTIVE else joined((self.status_of(claim), found))

    def status_of(self, item: AuditedClaim | NotInForce) -> str:
        return self.words[f"is_{item.status}"]

    def place(self, locator: str) -> str:
        """Where in a work, in words; a locator is its label, a space, and what it is there."""
        label, _, value = locator.partition(" ")
        return f"{phrases(self.audit.language)[f'at_{label}']} {value}" if locator else ""

    def leading(self, work: str) -> Line:
        """A work as it is cited; its DOI, where it ends in one, leads to it."""
        found = _ENDS_IN_DOI.search(work)
        if found is None:
            return work
        address = f"{_RESOLVER}{quote(found['doi'], safe='/:;().-_')}"
        return Run(work[: found.start()]), Run(found[0], address)
