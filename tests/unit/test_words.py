"""The engine's own words: each language has all of them, with the same placeholders."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

import pytest

from wellfounded.advise.phrases import PHRASES
from wellfounded.bibliography.words import WORDS as BIBLIOGRAPHY
from wellfounded.interfaces.audit_words import WORDS as AUDIT

Words = Mapping[str, Mapping[str, str]]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("words", [PHRASES, BIBLIOGRAPHY, AUDIT], ids=["advice", "bibliography", "audit"])
def test_both_languages_have_the_same_words_with_the_same_placeholders(words: Words) -> None:
    assert list(words) == ["nl", "en"]
    dutch, english = (
        {key: placeholders(text) for key, text in words[language].items()} for language in words
    )
    assert list(dutch.items()) == list(english.items())
