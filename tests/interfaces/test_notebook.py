"""What a notebook shows: the advice, or what a knowledge base is, as HTML inside the notebook's page."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

import pytest

from wellfounded import KnowledgeBase


class _Balanced(HTMLParser):
    """Fails unless every tag is closed by its own."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"html", "body", "script", "style"}
        assert "id" not in dict(attrs), "a notebook shows many of these in one page"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def fragment_of(shown: object) -> str:
    fragment = str(shown._repr_html_())  # type: ignore[attr-defined]  # what a notebook calls
    parser = _Balanced()
    parser.feed(fragment)
    assert parser.open == []
    return fragment


@pytest.mark.parametrize("language", ["nl", "en"])
def test_advice_is_shown_as_a_person_reads_it(article: KnowledgeBase, language: str) -> None:
    advice = article.advise({"goal": "muscle_gain", "age": 30, "healthy": True}, language)
    fragment = fragment_of(advice)
    assert f'lang="{language}"' in fragment
    for recommendation in advice.recommendations:
        assert escape(recommendation.text) in fragment


def test_a_knowledge_base_says_what_it_is(article: KnowledgeBase) -> None:
    fragment = fragment_of(article)
    assert article.content.header.title["nl"] in fragment
    assert f"<td>{len(article.content.claims)}</td>" in fragment
    assert repr(article) == f"<KnowledgeBase {article.id} {article.version} {article.digest[:19]}>"
