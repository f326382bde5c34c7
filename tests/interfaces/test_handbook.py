"""The handbook: every page is there and every link leads somewhere, and a folder of anything else is safe."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from posixpath import join, normpath
from urllib.parse import unquote, urldefrag

import pytest

import wellfounded
from tests.command import ran
from tests.conformance.small import small
from tests.conftest import DAY, ROOT, RULES
from tests.properties.generated import random_knowledge_base
from wellfounded import KnowledgeBase, KnowledgeBaseError
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.interfaces.handbook.addresses import file_names
from wellfounded.interfaces.handbook.covered import covered
from wellfounded.interfaces.handbook.folder import MARK, write_folder
from wellfounded.interfaces.handbook.site import handbook
from wellfounded.interfaces.handbook.words import WORDS
from wellfounded.model.thing import Kind, Thing
from wellfounded.prose.words import WORDS as PROSE_WORDS
from wellfounded.review.coverage import coverage
from wellfounded.review.scenarios import read_scenarios

HOUSEPLANTS = ROOT / "tests" / "knowledge_bases" / "houseplants"


class Read(HTMLParser):
    """What a page leads to, what can be led to in it, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: list[str] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = dict(attributes)
        self.links += [named["href"] or ""] if "href" in named else []
        self.anchors += [named["id"] or ""] if "id" in named else []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


def made(folder: Path) -> Mapping[str, str]:
    knowledge_base = wellfounded.load(folder)
    scenarios, found = read_scenarios(folder, knowledge_base)
    assert not found
    return handbook(knowledge_base, scenarios, DAY)


@pytest.fixture(scope="module")
def pages(article: KnowledgeBase) -> Mapping[str, str]:
    """The handbook of the article's knowledge base."""
    return made(RULES)


def broken(pages: Mapping[str, str]) -> list[str]:
    """The links that lead nowhere, and anchors that are there twice."""
    read = {address: Read(page) for address, page in pages.items()}
    wrong = []
    for address, page in read.items():
        wrong += [f"{address}: {one} twice" for one in page.anchors if page.anchors.count(one) > 1]
        for link in page.links:
            to, anchor = urldefrag(link)
            if to.startswith("https://doi.org/10."):
                continue
            target = normpath(join(PurePosixPath(address).parent, unquote(to))) if to else address
            if target not in read or (anchor and unquote(anchor) not in read[target].anchors):
                wrong.append(f"{address} → {link}")
    return wrong


@pytest.mark.no_cover
def test_every_link_leads_somewhere_and_every_page_is_led_to(pages: Mapping[str, str]) -> None:
    assert broken(pages) == []
    reached, waiting = {"index.html"}, ["index.html"]
    while waiting:
        here = waiting.pop()
        for link in Read(pages[here]).links:
            if not link.startswith(("https:", "#")):
                to = normpath(join(PurePosixPath(here).parent, unquote(link)))
                if to not in reached:
                    reached.add(to)
                    waiting.append(to)
    assert reached == pages.keys()


def test_there_is_a_page_for_everything_in_every_language(
    pages: Mapping[str, str], article: KnowledgeBase
) -> None:
    content = article.content
    things = {
        "recommendations": {rule.topic for rule in content.rules.values() if rule.recommends},
        "rules": content.rules,
        "claims": content.claims,
        "references": content.references,
        "facts": content.facts,
        "parameters": content.parameters,
    }
    for language in ("nl", "en"):
        for folder, ids in things.items():
            there = {address for address in pages if address.startswith(f"{language}/{folder}/")}
            assert there == {f"{language}/{folder}/{id}.html" for id in ids}


def test_a_recommendation_says_when_why_and_for_whom(pages: Mapping[str, str]) -> None:
    text = Read(pages["en/recommendations/protein-daily.html"]).text
    for part in (
        "This rule holds if all of this is true:",
        "protein per day: within 1.6–2.2 g per kg of body weight a day × body weight",
        "[3] partly supported",
        "Further evidence",
        "53 kg and exactly 84.8 g of protein is enough",
        "expected: keep",
        "cannot be said yet, for this is missing: body weight",
    ):
        assert part in text


def test_use_is_shown_both_ways(pages: Mapping[str, str]) -> None:
    rule = Read(pages["nl/rules/protein-daily.html"])
    number = Read(pages["nl/parameters/protein_dose.html"])
    assert "../parameters/protein_dose.html" in rule.links
    assert "../rules/protein-daily.html" in number.links
    assert "protein_per_kg.html" in Read(pages["nl/facts/body_mass.html"]).links
    assert "../claims/protein-daily-dose.html" in number.links
    contradicted = Read(pages["en/claims/protein-daily-dose.html"])
    assert "Does not fit with" in contradicted.text
    assert "protein-daily-dose-summary.html" in contradicted.links


def test_other_languages_get_english_words_around_their_own_texts() -> None:
    pages = made(HOUSEPLANTS)
    assert broken(pages) == []
    german = pages["de/rules/dark.html"]
    assert '<html lang="en">' in german
    assert "This rule holds if this is true:" in german
    assert re.search(r'<a href="../facts/light.html" lang="de">Licht</a>', german)


def test_no_link_of_a_generated_knowledge_base_is_broken(tmp_path: Path) -> None:
    checked = 0
    for seed in range(12):
        folder = random_knowledge_base(f"handbook {seed}").write(tmp_path / str(seed))
        with suppress(KnowledgeBaseError):  # a number outside a span, which chance cannot always avoid
            assert broken(made(folder)) == []
            checked += 1
    assert checked > 6


@pytest.mark.no_cover
def test_it_is_the_same_each_time(pages: Mapping[str, str]) -> None:
    assert made(RULES) == pages


DRAFTS = """
facts: {a: {type: boolean, label: {en: "a"}, question: {en: "A?"}}}
claims: {c: {section: all, kind: action, says: {en: "C."}}}
rules:
  - {id: old, status: retired, title: {en: "Old"}, when: {a: true}, advise: do, says: {en: "!"}, because: [c]}
  - {id: new, status: draft, title: {en: "New"}, when: {a: true}, advise: do, says: {en: "!"}, because: [c]}
"""


def test_what_is_not_in_force_is_marked(tmp_path: Path) -> None:
    pages = handbook(small(DRAFTS, tmp_path), (), DAY)
    for id, status in (("old", "retired: no longer in force"), ("new", "draft: not in force yet")):
        for address in (f"rules/{id}", f"recommendations/{id}", "rules", "index"):
            assert status in Read(pages[f"en/{address}.html"]).text
    assert "None of the rules is in force" in Read(pages["en/recommendations/old.html"]).text


def test_coverage_has_its_place_on_the_page_of_a_rule(tmp_path: Path) -> None:
    knowledge_base = small(DRAFTS, tmp_path)
    pages = handbook(knowledge_base, (), DAY, {"en": {"new": ["given 3 times"]}})
    assert "What the examples reach given 3 times" in Read(pages["en/rules/new.html"]).text.replace("\n", " ")
    assert "What the examples reach" not in Read(pages["en/rules/old.html"]).text


def test_the_command_says_what_scenarios_reach(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert written(capsys, tmp_path / "book") == ExitCode.OK
    text = Read((tmp_path / "book" / "en" / "rules" / "warmth.html").read_text(encoding="utf-8")).text
    assert "What the examples reach" in text
    assert "given" in text.partition("What the examples reach")[2]


def test_what_scenarios_reach_is_said_in_the_language_of_the_page(article: KnowledgeBase) -> None:
    reached = covered(coverage(article, ()), ("nl", "en"))
    said = {language: str(of_rules["protein-daily"]) for language, of_rules in reached.items()}
    assert "protein_intake tegenover het laagste eind van protein_dose * body_mass" in said["nl"]
    assert "protein_intake against the low end of protein_dose * body_mass" in said["en"]


def test_names_that_differ_in_capitals_only_get_files_of_their_own() -> None:
    things = [Thing(Kind.CLAIM, id) for id in ("a", "A", "a_", "con", "b" * 300, "b" * 299)]
    names = file_names(things)
    assert len({name.lower() for name in names.values()}) == len(things)
    assert names[things[0]] == "claims/a"
    assert names[things[3]] != "claims/con"
    assert max(len(name) for name in names.values()) < 120


@pytest.mark.parametrize("words", [WORDS, PROSE_WORDS])
def test_both_languages_have_the_same_words(words: Mapping[str, Mapping[str, str]]) -> None:
    slots = [
        {key: set(re.findall(r"\{\w+\}", text)) for key, text in said.items()} for said in words.values()
    ]
    assert slots[0] == slots[1]


# The folder.


def written(capsys: pytest.CaptureFixture[str], out: Path, rules: Path = HOUSEPLANTS) -> int:
    return ran(capsys, "handbook", "--rules", str(rules), "--out", str(out)).code


def test_a_handbook_is_written_and_written_anew(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "book"
    assert written(capsys, out) == ExitCode.OK
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert (out / "index.html").is_file()
    assert json.loads((out / MARK).read_text())["made_by"] == "wellfounded handbook"
    assert written(capsys, out) == ExitCode.OK
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["book"]


def test_an_older_handbook_goes_as_a_whole(tmp_path: Path) -> None:
    out = tmp_path / "book"
    write_folder(out, {"en/old.html": "old", "index.html": "old"})
    write_folder(out, {"index.html": "new"})
    assert sorted(path.name for path in out.rglob("*")) == [MARK, "index.html"]


@pytest.mark.parametrize("there", ["notes.txt", "en/notes.txt", "file"])
def test_what_is_no_handbook_is_left_alone(
    there: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "book"
    mine = out if there == "file" else out / there
    mine.parent.mkdir(parents=True, exist_ok=True)
    mine.write_text("mine")
    result = ran(capsys, "handbook", "--rules", str(HOUSEPLANTS), "--out", str(out))
    assert result.code == ExitCode.CANNOT_WRITE
    assert result.err.startswith("error: this ")
    assert str(out) in result.err
    assert mine.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["book"]


def test_what_somebody_added_to_a_handbook_is_left_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "book"
    assert written(capsys, out) == ExitCode.OK
    (out / "en" / "notes.txt").write_text("mine")
    result = ran(capsys, "handbook", "--rules", str(HOUSEPLANTS), "--out", str(out))
    assert result.code == ExitCode.CANNOT_WRITE
    assert "notes.txt" in result.err
    assert (out / "en" / "notes.txt").read_text() == "mine"


def test_folders_above_it_are_made_and_taken_away_again_if_it_fails(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="outside"):
        write_folder(tmp_path / "a" / "b" / "book", {"../outside.html": "x"})
    assert list(tmp_path.iterdir()) == []
    write_folder(tmp_path / "a" / "b" / "book", {"index.html": "x"})
    assert (tmp_path / "a" / "b" / "book" / "index.html").read_text() == "x"


@pytest.mark.parametrize("out", ["file/book", "link"])
def test_a_place_that_cannot_be_written_is_named(
    out: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    result = ran(capsys, "handbook", "--rules", str(HOUSEPLANTS), "--out", str(tmp_path / out))
    assert result.code == ExitCode.CANNOT_WRITE
    assert str(tmp_path / out.partition("/")[0]) in result.err


@pytest.mark.parametrize("name", ["../outside.html", "/tmp/outside.html", "en/../../outside.html"])
def test_nothing_is_written_outside_the_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="outside"):
        write_folder(tmp_path / "book", {name: "x"})
    assert list(tmp_path.iterdir()) == []
