"""A verdict is put into files however they are laid out, and no other character changes."""

from __future__ import annotations

import difflib

import pytest

from tests.conftest import RULES
from wellfounded import KnowledgeBase
from wellfounded.authoring.insert import InsertError
from wellfounded.authoring.verdict import Found, with_verdict
from wellfounded.load.files import File, read_files
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import plain
from wellfounded.model.content import Support

FOUND = Found(Support.PARTLY, {"nl": 'Een "deel" #1.', "en": "A part: no."}, "Anna de Vries", "2026-11-22")
WRITTEN = {
    "support": "partly",
    "reason": {"nl": 'Een "deel" #1.', "en": "A part: no."},
    "checked": {"on": "2026-11-22", "by": "Anna de Vries"},
}

#: Each with the lines that go, of the first claim's first citation; comments are never among them.
LAYOUTS = {
    "with comments": (
        "claims:\n  a: # one\n    cites:\n      - reference: 3 # two\n        support:   supports # three\n"
        "        # four\n        reason:\n          nl: 'Oud.' # five\n          # six\n          en: >-\n"
        "            Old\n            text\n        locator: {page: 1}\n        # seven\n  b: {x: 1}\n",
        5,
    ),
    "in brackets": (
        "claims:\n  a:\n    cites:\n      - {reference: 3, locator: {page: 1}} # one\n    k: 1\n",
        1,
    ),
    "list in brackets": ("claims:\n  a:\n    cites: [{reference: 3}, {reference: 4}] # one\n    k: 1", 1),
    "all in brackets": ("claims: {a: {cites: [{reference: 3}]}} # one\n", 1),
    "over lines in brackets": (
        "claims:\n  a:\n    cites:\n      - {reference: 3,\n         support: supports}\n",
        1,
    ),
    "no end of line": ("claims:\n  a:\n    cites:\n    - reference: 3", 0),
    "of another system": (
        "\ufeffclaims:\r\n  a:\r\n    cites:\r\n    - reference: 3\r\n      reason:\r\n",
        0,
    ),
    "as JSON": ('{"claims": {"a": {"cites": [{"reference": 3, "checked": {"on": "x", "by": "y"}}]}}}', 1),
    "with how it was checked": (
        "claims:\n  a:\n    cites:\n      - reference: 3\n"
        "        checked: {on: 2020-01-01, by: me, how: {en: x}}\n",
        1,
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_only_the_citation_changes(name: str) -> None:
    text, most = LAYOUTS[name]
    made = with_verdict(File("f.yaml", text.encode()), "a", 0, FOUND).data.decode()
    said, wanted = (plain(read_yaml(one.lstrip("\ufeff"), "f")[0]) for one in (made, text))  # type: ignore[arg-type]  # each of these texts holds something
    wanted["claims"]["a"]["cites"][0] |= WRITTEN
    assert said == wanted
    gone = [line for line in difflib.ndiff(text.splitlines(), made.splitlines()) if line.startswith("- ")]
    assert len(gone) <= most
    assert [word for word in text.split() if word in made.split()].count("#") == text.count("#")
    assert made.count("\r\n") == made.count("\n") * ("\r\n" in text)
    assert made.startswith("\ufeff") == text.startswith("\ufeff")


def test_every_citation_of_the_article_can_be_judged(article: KnowledgeBase) -> None:
    files = {file.name: file for file in read_files(RULES)[0]}
    for claim in article.content.claims.values():
        file = files[claim.position.file]
        for place in range(len(claim.cites)):
            made = with_verdict(file, claim.id, place, FOUND)
            before, after = (one.data.decode().splitlines() for one in (file, made))
            gone = [line for line in difflib.ndiff(before, after) if line.startswith("- ")]
            assert len(gone) <= 4  # the verdict, the reason in two languages, who looked when


@pytest.mark.parametrize(
    ("text", "claim", "place"),
    [
        ("claims: {a: {cites: [{reference: 3}]}}", "b", 0),
        ("claims: {a: {cites: [{reference: 3}]}}", "a", 1),
        ("claims: {a: {cites: 3}}", "a", 0),
        ("claims: [", "a", 0),
        ("", "a", 0),
        ("claims: {a: {cites: [{}]}}", "a", 0),
    ],
)
def test_what_cannot_be_changed_is_refused(text: str, claim: str, place: int) -> None:
    with pytest.raises(InsertError):
        with_verdict(File("f.yaml", text.encode()), claim, place, FOUND)
