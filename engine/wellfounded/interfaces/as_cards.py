"""Advice → cards of CDS Hooks, which systems for health records show beside a client's record.

https://cds-hooks.hl7.org/2.0/ says what a card is. A card is shown on its own, so each repeats what kind of
advice this is and what it was made with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from msgspec.structs import replace

from wellfounded.advise.phrases import phrases
from wellfounded.bibliography.publication import Publication, one_line, publication
from wellfounded.explain.words import words
from wellfounded.interfaces.as_markdown import part_as_markdown
from wellfounded.interfaces.page import Item, Part, footer, item_of, reference_items
from wellfounded.model.advice import Advice, ListedReference, Recommendation
from wellfounded.model.content import Verdict

#: The specification asks for a summary of fewer than 140 characters.
LONGEST_SUMMARY = 139

#: What asks for attention before the rest. Nothing here is for an emergency, so nothing is ``critical``.
_WARNINGS = frozenset({Verdict.AVOID, Verdict.STOP})


#: An address of the web on record. Who is logged in, in front of a host, is nobody's business.
_WEB = re.compile(r"(?P<scheme>https?://)(?P<host>[a-z0-9.-]+(:[0-9]+)?)(?P<path>([/?#].*)?)", re.IGNORECASE)
_STRAY_PERCENT = re.compile(r"%(?![0-9a-f]{2})", re.IGNORECASE)
_IN_DOI, _IN_PATH = "/:;().-_", "/:;().-_?!$&'*+,=@~%"


def as_cards(advice: Advice) -> dict[str, Any]:
    """One card for each recommendation, in the order of the advice; none where there is none."""
    return {"cards": [_card(recommendation, advice) for recommendation in advice.recommendations]}


def _card(recommendation: Recommendation, advice: Advice) -> dict[str, Any]:
    cited = {str(cite.reference): None for source in recommendation.sources for cite in source.cites}
    references = {number: advice.references[number] for number in advice.references if number in cited}
    links = [link for number, reference in references.items() for link in _links(number, reference)]
    return {
        "summary": _summary(recommendation, advice.language),
        "detail": _detail(recommendation, references, advice),
        "indicator": "warning" if recommendation.verdict in _WARNINGS else "info",
        "source": {"label": f"{advice.title} {advice.knowledge_base.version}"},
        **({"links": links} if links else {}),
    }


def _summary(recommendation: Recommendation, language: str) -> str:
    verdict = words(language)[f"verdict_{recommendation.verdict}"]
    title = " ".join(recommendation.title.split())
    room = LONGEST_SUMMARY - len(f": {verdict}")
    return f"{title if len(title) <= room else title[: room - 1].rstrip() + '…'}: {verdict}"


def _detail(recommendation: Recommendation, references: Mapping[str, ListedReference], advice: Advice) -> str:
    said = phrases(advice.language)
    parts = (
        Part("", (replace(item_of(recommendation, said), title=""),)),
        Part(said["references"], tuple(reference_items(references, advice.language))),
        Part("", (Item("", advice.notice), Item("", footer(advice)))),
    )
    return "\n\n".join(part_as_markdown(part) for part in parts if part.items)


def _links(number: str, reference: ListedReference) -> Iterator[dict[str, str]]:
    """Where a browser finds the work, if an address of the web is on record."""
    address = _address(publication(reference.csl))
    if address:
        label = one_line(str(reference.csl.get("title", reference.formatted)))
        yield {"label": f"[{number}] {label}", "url": address, "type": "absolute"}


def _address(of: Publication) -> str:
    """The address with every sign that an address cannot have as a code; empty where none is on record."""
    if of.bare_doi:
        return f"https://doi.org/{quote(of.bare_doi, safe=_IN_DOI)}"
    found = _WEB.fullmatch(of.url)
    if found is None:
        return ""
    path, hash, fragment = _STRAY_PERCENT.sub("%25", found["path"]).partition("#")
    inside = f"{quote(path, safe=_IN_PATH)}{hash}{quote(fragment, safe=_IN_PATH)}"
    return f"{found['scheme'].lower()}{found['host']}{inside}"
