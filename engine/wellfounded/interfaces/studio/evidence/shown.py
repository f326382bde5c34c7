"""The audit as the studio shows it: in a language, as of a day, with the pages that its lines lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from urllib.parse import quote

from markupsafe import Markup

from wellfounded.bibliography.publication import publication
from wellfounded.interfaces.as_html import as_fragment
from wellfounded.interfaces.handbook.addresses import address, file_names
from wellfounded.interfaces.handbook.lines import HandbookLines
from wellfounded.interfaces.page import Page
from wellfounded.interfaces.studio.workplace import Rules
from wellfounded.model.content import Support
from wellfounded.model.due import today
from wellfounded.model.record import Record
from wellfounded.model.thing import Kind
from wellfounded.review.audit import Audit, Link, audit
from wellfounded.review.ledger import AuditedCitation
from wellfounded.review.uses import uses


class Shown(Record, frozen=True, eq=False):
    """An audit, with what makes its lines; ``site`` has the addresses that they can lead to."""

    audit: Audit
    lines: HandbookLines
    site: frozenset[str]

    def html(self, page: Page, titled: bool = True) -> Markup:
        """A page with its links; it is escaped already."""
        return Markup(as_fragment(page, self.audit.language, self.site, titled))


def shown(rules: Rules, language: str, on: date) -> Shown:
    """The evidence in a language as of a day. Takes a moment; what there is today is kept."""
    if on != today():
        return _shown(rules, language, on)
    return rules.once(("evidence", language, on), lambda: _shown(rules, language, on))


def _shown(rules: Rules, language: str, on: date) -> Shown:
    known = rules.knowledge_base
    names = file_names(uses(known.content).of)
    made = audit(known.content, known.core, known.digest, language, on)
    return Shown(
        made,
        HandbookLines(made, known.content, names),
        frozenset(
            (
                *(address(language, name) for name in names.values()),
                *(f"{language}/evidence/verdict/{c.claim}/{place}" for place, c in numbered(made.citations)),
                *(f"{language}/evidence/withdraw/{reference.number}" for reference in made.references),
            )
        ),
    )


def numbered(citations: Iterable[AuditedCitation]) -> list[tuple[int, AuditedCitation]]:
    """Every citation with its number among those of its claim, from 1."""
    counts: dict[str, int] = {}
    found = []
    for citation in citations:
        counts[citation.claim] = counts.get(citation.claim, 0) + 1
        found.append((counts[citation.claim], citation))
    return found


class Backing(Record, frozen=True):
    """What a cell of the matrix says of one claim: its support, with a look; what it says; where it leads."""

    said: str
    look: str
    says: str
    to: str
    directly: bool


class Row(Record, frozen=True):
    """A recommendation, with a cell for each column: what stands behind it of each reference."""

    title: str
    id: str
    to: str
    cells: tuple[tuple[Backing, ...], ...]


class Column(Record, frozen=True):
    """A reference with who wrote it when, in short; without a number, all that has none."""

    number: int | None
    to: str = ""
    by: str = ""


class Matrix(Record, frozen=True):
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def matrix(seen: Shown, language: str, supports: Sequence[Support] = (), directly: bool = False) -> Matrix:
    """Recommendations by references, of the links that have one of the verdicts, if any are asked for."""
    links: dict[tuple[str, int | None], dict[str, Link]] = {}
    for link in seen.audit.matrix:
        wanted = (not supports or link.support in supports) and not (directly and link.via == "chain")
        if wanted and link.counts:
            kept = links.setdefault((link.recommendation, link.reference), {})
            if link.claim not in kept or kept[link.claim].via == "chain":
                kept[link.claim] = link
    columns = [Column(None)]  # what cites nothing is to be seen at once
    columns += [
        Column(item.number, _to(seen, Kind.REFERENCE, str(item.number)), _by(seen, item.number))
        for item in seen.audit.references
    ]
    rows = (
        Row(
            item.title,
            item.id,
            _to(seen, Kind.RECOMMENDATION, item.id),
            tuple(_cell(seen, links.get((item.id, column.number), {})) for column in columns),
        )
        for item in seen.audit.recommendations
    )
    kept_rows = tuple(row for row in rows if any(row.cells))
    used = [place for place, _ in enumerate(columns) if any(row.cells[place] for row in kept_rows)]
    return Matrix(
        tuple(columns[place] for place in used),
        tuple(Row(row.title, row.id, row.to, tuple(row.cells[n] for n in used)) for row in kept_rows),
    )


def _cell(seen: Shown, links: Mapping[str, Link]) -> tuple[Backing, ...]:
    claims = []
    for claim, link in links.items():
        said = seen.lines.support(link.support)
        to = _to(seen, Kind.CLAIM, claim)
        says = seen.lines.says(claim)
        claims.append(Backing(said.text, str(said.look), says, to, link.via != "chain"))
    return tuple(claims)


def _by(seen: Shown, number: int) -> str:
    """The first author and the year of a reference, as it is cited."""
    cited = publication(seen.lines.content.references[str(number)].as_cited)
    author = next((one.family or one.literal for one in cited.authors), "")
    return " ".join(part for part in (author, cited.year) if part)


def _to(seen: Shown, kind: Kind, id: str) -> str:
    return quote(seen.lines.leads_to(kind, id))
