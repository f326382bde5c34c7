"""What a notebook shows of advice and of a knowledge base, as HTML inside its own page."""

from __future__ import annotations

from collections.abc import Mapping

from wellfounded.interfaces.as_html import as_fragment
from wellfounded.interfaces.page import Item, Page, Part, Table, page
from wellfounded.model.advice import Advice, Identity
from wellfounded.model.content import Content

_WORDS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "holds": "Wat erin staat",
        "rules": "regels",
        "facts": "gegevens",
        "claims": "uitspraken",
        "references": "bronnen",
        "parameters": "getallen",
        "languages": "talen",
        "what": "onderdeel",
        "count": "aantal",
    },
    "en": {
        "holds": "What is in it",
        "rules": "rules",
        "facts": "facts",
        "claims": "claims",
        "references": "references",
        "parameters": "numbers",
        "languages": "languages",
        "what": "part",
        "count": "how many",
    },
}


def advice_as_html(advice: Advice) -> str:
    """The advice as a person reads it."""
    return as_fragment(page(advice), advice.language)


def knowledge_base_as_html(content: Content, identity: Identity) -> str:
    """What a knowledge base is about, which one it is, and how much is in it; in its first language."""
    language = content.header.languages[0]
    words = _WORDS.get(language, _WORDS["en"])
    counts = ("rules", "facts", "parameters", "claims", "references")
    rows = [(words[what], str(len(getattr(content, what)))) for what in counts]
    rows.append((words["languages"], ", ".join(content.header.languages)))
    parts = (
        Part("", (Item("", content.header.about[language]),)),
        Part(words["holds"], (Item("", table=Table((words["what"], words["count"]), tuple(rows))),)),
    )
    made_with = f"{identity.id} {identity.version}, {identity.digest[:19]}"
    title, notice = content.header.title[language], content.header.notice[language]
    return as_fragment(Page(title, notice, parts, made_with), language)
