"""``wellfounded audit PERSON``: the chain behind one person's advice, from facts to references."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from wellfounded.explain.chain import Chain
from wellfounded.interfaces.as_markdown import as_markdown
from wellfounded.interfaces.as_text import as_text
from wellfounded.interfaces.chain.as_csv import as_csv
from wellfounded.interfaces.chain.as_html import as_html
from wellfounded.interfaces.chain.as_mermaid import as_mermaid
from wellfounded.interfaces.chain.as_svg import as_svg
from wellfounded.interfaces.chain.page import chain_page
from wellfounded.interfaces.chain.picture import whole_picture
from wellfounded.interfaces.cli.opening import person_on
from wellfounded.knowledge_base import KnowledgeBase


def person_chain(
    knowledge_base: KnowledgeBase,
    person: Path,
    language: str | None,
    recommendations: tuple[str, ...],
    min_support: str | None,
    hide_uncited: bool,
    day: datetime | None,
) -> Chain:
    """The chain behind the advice for a person's file, or for standard input."""
    facts = person_on(knowledge_base, person, day)
    return knowledge_base.chain(
        facts, language, recommendations=recommendations, min_support=min_support, hide_uncited=hide_uncited
    )


def rendered(chain: Chain, form: str) -> str:
    """The chain in one of the formats of the command."""
    return _FORMATS[form](chain)


def absent(chain: Chain, form: str) -> list[str]:
    """What is to be said beside a format that has no room for what is not given."""
    if form not in ("csv", "mermaid", "svg"):
        return []
    return [f"{item.recommendation}: {item.reason}" for item in chain.absent]


def _json(chain: Chain) -> str:
    return json.dumps(chain.to_dict(), ensure_ascii=False, indent=2) + "\n"


_FORMATS: Mapping[str, Callable[[Chain], str]] = {
    "text": lambda chain: as_text(chain_page(chain)),
    "markdown": lambda chain: as_markdown(chain_page(chain)),
    "html": as_html,
    "csv": as_csv,
    "json": _json,
    "mermaid": lambda chain: as_mermaid(whole_picture(chain)),
    "svg": lambda chain: as_svg(whole_picture(chain)),
}
