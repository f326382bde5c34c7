"""Whatever a server calls a record is read, compared and shown."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.crossref.cases import CITED, DOI, MESSAGE, RETRACTION
from wellfounded.crossref.answer import LONGEST_TEXT, Author, clean, read_answer
from wellfounded.crossref.client import Reply
from wellfounded.crossref.compare import differences
from wellfounded.crossref.verify import found
from wellfounded.interfaces.crossref_report import as_text
from wellfounded.model.content import Work

_ANY_TEXT = st.text(st.characters(), max_size=20)  # lone surrogates and control characters too
_LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | _ANY_TEXT
_KEYS = st.sampled_from(["date-parts", "family", "given", "name", "type", "DOI", "updated", "id"]) | _ANY_TEXT
_JSON = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4)
)
_NAMES = [*MESSAGE, "updated-by", "update-to", "relation", "subtitle", "article-number", "published-print"]


@pytest.mark.no_cover
@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(_NAMES), _JSON))
def test_any_json_is_read(changes: dict[str, Any]) -> None:
    reply = Reply(known=True, message={**MESSAGE, **changes}, asked_on="2026-11-22")
    shown = as_text([found(Work("a-work", CITED), DOI, reply)])
    assert all(line.isprintable() or "\u200c" in line or "\u200d" in line for line in shown.splitlines())
    shown.encode()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<i>in vivo</i> effects of H<sub>2</sub>O", "in vivo effects of H2O"),
        ("Fish &amp;amp; chips", "Fish & chips"),
        ("p &lt; 0.05", "p < 0.05"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "alert(1)"),
        ("a\tb\r\n  c\u00a0d", "a b c d"),
        ("\u001b[2Jgone \u202eesrever", "[2Jgone esrever"),
        ("x" * 100_000, "x" * LONGEST_TEXT),
        (37, "37"),
        (True, ""),
        (3.7, ""),
        (None, ""),
        (["a"], ""),
    ],
)
def test_texts_are_made_plain(written: object, read: str) -> None:
    assert clean(written) == read


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"family": "Müller", "given": "J.-P."}, {"family": "MÜLLER", "given": "Jean-Pierre"}),
        ({"family": "Green", "given": "AB"}, {"family": "Green", "given": "Anna Beth"}),
        ({"family": "Green"}, {"family": "Green", "given": "Anna"}),
        ({"literal": "World Plant Organization"}, {"name": "World plant organization"}),
        ({"family": "van der Berg", "given": "T."}, {"family": "van der Berg", "given": "Tom"}),
    ],
)
def test_same_author(ours: dict[str, str], theirs: dict[str, str]) -> None:
    answer = read_answer({**MESSAGE, "author": [theirs]})
    assert differences({"author": [ours]}, answer) == ()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ([{"family": "Green", "given": "A."}], [{"family": "Green", "given": "Beth"}]),
        ([{"family": "Green"}], [{"family": "Greene"}]),
        ([{"family": "Green"}], [{"family": "Green"}, {"family": "Brown"}]),
        ([{"family": "Brown"}, {"family": "Green"}], [{"family": "Green"}, {"family": "Brown"}]),
        (
            [{"family": "Green"}, {"literal": "..."}, {"family": "White"}],
            [{"family": "Green"}, {"family": "Brown"}],
        ),
        ([{"family": "Green"}, {"literal": "..."}, {"family": "Brown"}], [{"family": "Brown"}]),
    ],
)
def test_other_authors(ours: list[dict[str, str]], theirs: list[dict[str, str]]) -> None:
    answer = read_answer({**MESSAGE, "author": theirs})
    assert [difference.field for difference in differences({"author": ours}, answer)] == ["authors"]


def test_one_notice_from_two_sources_is_one() -> None:
    twice = [RETRACTION, {**RETRACTION, "source": "publisher", "DOI": str(RETRACTION["DOI"]).upper()}]
    (notice,) = read_answer({**MESSAGE, "updated-by": twice}).notices
    assert (notice.kind, notice.meaning, notice.on) == ("retraction", "retracted", "2023-04-05")


def test_authors_are_shown_as_people_write_them() -> None:
    assert str(Author("Green", "A. B.")) == "A. B. Green"
    assert str(Author(literal="et al.")) == "et al."
