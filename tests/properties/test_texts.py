"""Every text a random person reads is whole, and the numbers it shows can be followed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.properties.generated import FACTORS
from tests.properties.people import Crowd, Stated
from tests.properties.test_article import USUAL, book
from tests.properties.test_generated import some
from tests.reference.written import read
from wellfounded import ConflictError, KnowledgeBase
from wellfounded.model.advice import Recommendation, TargetRange

PEOPLE = 700

#: A number as Dutch and English write it, and the mark between thousands.
NUMBER = r"[-−]?[0-9][0-9.,]*[0-9]|[-−]?[0-9]"
THOUSANDS = {"nl": ".", "en": ","}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_texts_are_whole(language: str, article: KnowledgeBase) -> None:
    for stated in Crowd(book(), USUAL).people(f"texts {language}", PEOPLE):
        document = article.advise(stated, language).to_dict()
        for item in document["recommendations"]:
            item.pop("table", None)  # its cells are the author's words, and *None* is one of them
        for text in texts_in(document):
            assert text.strip() == text != "", stated
            assert not re.search(r"[{}]|\bNone\b|\bnan\b|\binf\b|  ", text), (text, stated)


def texts_in(item: Any) -> Iterator[str]:
    """Every text in a document; keys are no texts."""
    if isinstance(item, str):
        yield item
    elif isinstance(item, dict):
        for value in item.values():
            yield from texts_in(value)
    elif isinstance(item, list):
        for value in item:
            yield from texts_in(value)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_whoever_follows_the_shown_numbers_is_within_the_true_bounds(
    language: str, article: KnowledgeBase
) -> None:
    people = list(Crowd(book(), USUAL).people(f"bounds {language}", PEOPLE))
    assert sum(followed(article, stated, language) for stated in people) > PEOPLE


@pytest.mark.parametrize("part", range(4))
def test_so_it_is_with_any_numbers(part: int, tmp_path: Path) -> None:
    seen = 0
    for seed, folder, _, knowledge_base in some(part, 25, tmp_path):
        for stated in Crowd(read(folder, FACTORS)).people(seed, PEOPLE // 30):
            with suppress(ConflictError):
                seen += followed(knowledge_base, stated, "en")
    assert seen > 50


def followed(knowledge_base: KnowledgeBase, stated: Stated, language: str) -> int:
    """Require that every bound shown lies within the true ones, and every present value where it is."""
    seen = 0
    for item in knowledge_base.advise(stated, language).recommendations:
        if item.target is None or isinstance(item.target.exactly, bool):
            continue
        low, high = ends(item.target)
        shown = shown_numbers(item, knowledge_base, language)
        seen += len(shown["target"])
        assert all(low <= number <= high for number in shown["target"]), (item, stated)
        assert item.verdict != "raise" or all(number < low for number in shown["current"]), (item, stated)
        assert item.verdict != "lower" or all(number > high for number in shown["current"]), (item, stated)
        assert item.verdict != "keep" or all(low <= number <= high for number in shown["current"]), (
            item,
            stated,
        )
    return seen


def ends(target: TargetRange) -> tuple[float, float]:
    if target.exactly is not None:
        return float(target.exactly), float(target.exactly)
    return (
        -math.inf if target.low is None else target.low,
        math.inf if target.high is None else target.high,
    )


def shown_numbers(
    item: Recommendation, knowledge_base: KnowledgeBase, language: str
) -> dict[str, list[float]]:
    """The numbers that stand where the author wrote `{target}` or `{current}`, read back from the text."""
    wording = knowledge_base.content.rules[item.rule].says[str(item.verdict)][language]
    pieces = re.split(r"\{([a-z0-9_.]+)\}", wording)
    pattern = "".join(
        f"(?P<p{place}>.+?)" if place % 2 else re.escape(piece) for place, piece in enumerate(pieces)
    )
    match = re.fullmatch(pattern, item.text)
    assert match is not None, (wording, item.text)
    shown: dict[str, list[float]] = {"target": [], "current": []}
    for place in range(1, len(pieces), 2):
        kind = pieces[place].partition(".")[0]
        if kind in shown:
            shown[kind] += leading_numbers(match[f"p{place}"], language)
    return shown


def leading_numbers(text: str, language: str) -> list[float]:
    """The number or the two ends a text begins with."""
    match = re.match(rf"({NUMBER})(?:–({NUMBER}))?", text)
    assert match is not None, text
    return [number(written, language) for written in match.groups() if written is not None]


def number(written: str, language: str) -> float:
    plain = written.replace(THOUSANDS[language], "").replace(",", ".").replace("−", "-")
    return float(plain)
