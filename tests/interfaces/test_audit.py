"""The audit: what stands behind recommendations, what has nothing behind it, what falls with a reference."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.small import HEADER, small
from tests.conftest import DAY, ROOT
from tests.people import random_person
from wellfounded import KnowledgeBase
from wellfounded.interfaces.as_html import as_html
from wellfounded.interfaces.as_text import as_text
from wellfounded.interfaces.audit_page import audit_page
from wellfounded.interfaces.cli.main import run
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.interfaces.line import Run
from wellfounded.interfaces.page import Bullet, Item, Page, Part, Table, page
from wellfounded.review.audit import DueForReview, audit

RULES = str(ROOT / "rules")
#: The ten citations of the article, as its references were checked.
VERDICTS = {
    ("progressive-overload-needed", 1): "about-something-else",
    ("weekly-volume", 1): "about-something-else",
    ("frequency-beats-once", 1): "partly",
    ("surplus-size", 2): "not-established",
    ("protein-daily-dose", 3): "partly",
    ("protein-powder-after-training", 3): "partly",
    ("low-fat-lowers-hormones", 4): "not-established",
    ("deep-sleep-growth-hormone", 5): "partly",
    ("training-raises-hormones", 6): "not-established",
    ("creatine-works", 7): "supports",
}
#: Which recommendations cite a reference and nothing else: by hand, from what their rules and numbers name.
ONLY = {
    1: ["weekly-volume", "frequency", "progressive-overload"],
    2: ["energy-surplus", "energy-intake"],
    3: ["protein-daily", "protein-meal-tension", "protein-powder"],
    4: ["fats-healthy"],
    5: ["sleep-duration"],
    6: ["compound-exercises"],
    7: ["creatine-dose", "creatine"],
}


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["audit", *arguments]) == ExitCode.OK
    return capsys.readouterr().out


#: A citation with its verdict, as each language has it.
SHOWN = {
    "nl": (
        "{claim} haalt [{reference}] aan: {support}",
        {
            "supports": "ondersteund",
            "partly": "deels ondersteund",
            "not-established": "niet vastgesteld",
            "about-something-else": "over iets anders",
        },
    ),
    "en": (
        "{claim} cites [{reference}]: {support}",
        {
            "supports": "supported",
            "partly": "partly supported",
            "not-established": "not established",
            "about-something-else": "about something else",
        },
    ),
}


@pytest.mark.parametrize("language", SHOWN)
def test_programs_read_every_citation_and_its_verdict(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--rules", RULES, "--lang", language, "--format"]
    document = json.loads(printed(capsys, *arguments, "json"))
    found = {(c["claim"], c["reference"]): c["support"] for c in document["citations"]}
    assert found == VERDICTS
    rows = list(csv.DictReader(io.StringIO(printed(capsys, *arguments, "csv"))))
    cited = {(r["claim"], int(r["reference"])): r["support"] for r in rows if r["reference"]}
    assert cited == VERDICTS


@pytest.mark.parametrize("language", SHOWN)
@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_people_read_every_citation_and_its_verdict(
    form: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    made = printed(capsys, "--rules", RULES, "--lang", language, "--format", form)
    shown = read(made).text if form == "html" else made.replace("\\", "").replace("*", "")
    sentence, words = SHOWN[language]
    for (claim, reference), support in VERDICTS.items():
        assert sentence.format(claim=claim, reference=reference, support=words[support]) in shown


def test_the_summary_counts_what_recommendations_rest_on(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(printed(capsys, "--rules", RULES, "--format", "json"))
    strongest = [item["directly"]["strongest"] for item in document["recommendations"]]
    counted = {support: strongest.count(support) for support in {str(s) for s in strongest if s}}
    assert counted == {
        "supports": 2,
        "partly": 5,
        "not-established": 4,
        "about-something-else": 2,
        "uncited": 21,
    }
    assert strongest.count(None) == 2  # what is not for somebody is our own choice


def test_what_a_person_gets_rests_on_what_the_audit_says(article: KnowledgeBase) -> None:
    """The audit is of everybody; nobody's advice has a source that it does not have."""
    made = audit(article.content, article.core, article.digest, "en", date(2026, 11, 22))
    links = {(link.recommendation, link.rule, link.claim) for link in made.matrix}
    chance = random.Random(4)
    for _ in range(200):
        for item in article.advise(random_person(article.content, chance, 0.8)).recommendations:
            assert {(item.id, item.rule, source.claim) for source in item.sources} <= links


@pytest.mark.no_cover
@pytest.mark.parametrize("reference", ONLY)
def test_what_falls_with_a_reference(reference: int, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--rules", RULES, "--withdraw", str(reference), "--format", "json"]
    falls = json.loads(printed(capsys, *arguments))
    assert falls["lose_their_only_citation"] == ONLY[reference]
    assert falls["keep_another"] == []
    assert set(falls["claims"]) == {claim for claim, number in VERDICTS if number == reference}
    assert falls["people"] > 100
    supports = any(VERDICTS[pair] in ("supports", "partly") for pair in VERDICTS if pair[1] == reference)
    assert bool(falls["changed"]) is supports


def test_a_run_can_be_made_to_fail(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["audit", "--rules", RULES, "--fail-on", "about-something-else,unused-claims"]
    assert run(arguments) == ExitCode.PROBLEMS_FOUND
    assert "failed on: 2 about-something-else" in capsys.readouterr().err
    dated = ["audit", "--rules", RULES, "--fail-on", "unused-claims,due", "--on"]
    assert run([*dated, "2026-11-22"]) == ExitCode.OK
    assert run([*dated, "2028-01-01"]) == ExitCode.PROBLEMS_FOUND
    assert "failed on: 34 due" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--withdraw", "8"], "there is no reference 8; allowed: 1, 2, 3, 4, 5, 6, 7"),
        (["--fail-on", "uncitted"], "`uncitted` is nothing to fail on; did you mean `uncited`?"),
        (["--on", "2026-13-01"], "does not match the format"),
        (["--lang", "de"], "`de` is not a language of this knowledge base"),
        (["--withdraw", "1", "--min-support", "much"], "`much` is not a support"),
    ],
)
def test_what_cannot_be_asked_is_said(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["audit", "--rules", RULES, *arguments]) == ExitCode.USAGE
    assert says in " ".join(capsys.readouterr().err.split())


def test_a_knowledge_base_that_recommends_nothing_has_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = HEADER.read_text(encoding="utf-8")
    (tmp_path / "header.yaml").write_text(header, encoding="utf-8")
    for form in ("text", "markdown", "html"):
        assert "recommends nothing." in printed(capsys, "--rules", str(tmp_path), "--format", form)
    assert json.loads(printed(capsys, "--rules", str(tmp_path), "--format", "json"))["recommendations"] == []


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(document: str) -> _Tags:
    tags = _Tags()
    tags.feed(document)
    assert not tags.open
    return tags


def test_the_html_is_one_file_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    tags = read(printed(capsys, "--rules", RULES, "--format", "html"))
    assert {"h1", "h2", "h3", "ul", "table", "section", "header", "nav", "main", "footer"} <= set(tags.tags)
    assert not {"script", "link", "img", "iframe"} & set(tags.tags)
    assert not [name for name, _ in tags.attributes if name in ("src", "onclick", "style")]
    assert ("lang", "nl") in tags.attributes


HOSTILE = "<script>alert(1)</script>&amp;\"'><b>"


def test_what_comes_from_a_file_stays_text() -> None:
    bullet = Bullet(HOSTILE, (Bullet(HOSTILE),), HOSTILE)
    table = Table((HOSTILE,), ((Run(HOSTILE, language=HOSTILE),),))
    item = Item(HOSTILE, HOSTILE, (HOSTILE,), (bullet,), table, HOSTILE)
    part = Part(HOSTILE, (item,), intro=HOSTILE, anchor=HOSTILE)
    document = as_html(Page(HOSTILE, HOSTILE, (part,), HOSTILE, HOSTILE), HOSTILE)
    tags = read(document)
    assert not {"script", "b"} & set(tags.tags)
    assert not {name for name, _ in tags.attributes} - ATTRIBUTES


ATTRIBUTES = {"lang", "charset", "http-equiv", "name", "content", "class", "id", "href"}
ATTRIBUTES |= {"aria-label", "aria-labelledby", "role", "tabindex", "scope"}


@pytest.mark.parametrize(
    ("to", "leads_to"),
    [
        ("#here", "#here"),
        ("#elsewhere", None),
        ("https://doi.org/10.1000/182", "https://doi.org/10.1000/182"),
        ("https://doi.org.example/10.1000/182", None),
        ("https://example.org", None),
        ("javascript:alert(1)", None),
    ],
)
def test_lines_lead_to_what_is_on_the_page_and_to_dois(to: str, leads_to: str | None) -> None:
    item = Item("", (Run("go", to),), anchor="nowhere", bullets=(Bullet("Here", anchor="here"),))
    tags = read(as_html(Page("A", "", (Part("B", (item,)),), "C"), "en"))
    assert dict(tags.attributes).get("href") == leads_to


def test_a_language_the_engine_does_not_speak_gets_english_words_around_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rules.yaml").write_text(GERMAN, encoding="utf-8")
    made = printed(capsys, "--rules", str(tmp_path), "--format", "html")
    assert '<html lang="en">' in made
    assert "Claims that cite nothing (1)" in made
    assert '<span lang="de">Gießen hilft.</span>' in made
    assert '<a href="#recommendation-water" lang="de">Wasser</a>' in made


GERMAN = """
knowledge_base:
  id: pflanzen
  title: {de: "Pflanzen"}
  version: 1.0.0
  languages: [de]
  about: {de: "Pflanzen."}
  notice: {de: "Nur ein Beispiel."}
  sections: {all: {title: {de: "Alles"}}}
claims:
  water-helps: {section: all, kind: action, says: {de: "Gießen hilft."}}
facts:
  dry: {type: boolean, label: {de: "trocken"}, question: {de: "Trocken?"}}
rules:
  - id: water
    title: {de: "Wasser"}
    when: {dry: true}
    advise: do
    says: {de: "Gieß."}
    because: [water-helps]
"""


def test_the_ledger_says_what_is_on_record_who_looked_and_what_else_is_known(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = " ".join(printed(capsys, "--rules", RULES, "--lang", "en").split())
    assert "Probably meant (our inference): Slater, Dieter, Marsh, Helms, Shaw & Iraki (2019)" in shown
    assert "different: year, volume, issue, pages, DOI" in shown
    assert "On rest-between-sets: contradicts this Schoenfeld" in shown
    assert "Checked on 2026-11-22 by wellfounded." in shown
    document = json.loads(printed(capsys, "--rules", RULES, "--lang", "en", "--format", "json"))
    assert len(document["further_evidence"]) == 28
    assert all(item["checked_by"] for item in (*document["references"], *document["citations"]))


def test_what_is_due_not_in_force_or_found_at_a_place_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small(
        """
references:
  1: {as_cited: {title: Read}, on_record: {status: confirmed, checked: {on: 2020-05-31, by: us}}}
claims:
  cited:
    section: all
    kind: action
    says: {en: "c"}
    review_by: 2026-01-01
    cites:
      - {reference: 1, support: supports, locator: {page: 3}}
      - {reference: 1, support: contradicts, locator: {table: 2}}
  new: {section: all, kind: action, status: draft, says: {en: "n"}, cites: [{reference: 1, support: partly}]}
facts:
  wet: {type: boolean, label: {en: w}, question: {en: "Wet?"}}
rules:
  - {id: dry, title: {en: t}, when: {wet: true}, advise: do, says: {en: s}, because: [cited, new]}
  - {id: sing, status: retired, title: {en: t}, when: {wet: true}, advise: do, says: {en: s}, because: [so]}
""",
        tmp_path,
    )
    shown = printed(capsys, "--rules", str(tmp_path))
    assert "cited (2026-01-01)" in shown
    assert "new (draft), the rule sing (retired)" in shown
    assert "p. 3" in shown
    assert "table 2" in shown
    assert "new: n (draft, [1] partly supported, never counts)" in shown
    drafted = json.loads(printed(capsys, "--rules", str(tmp_path), "--drafts", "--format", "json"))
    assert drafted["drafts"]
    assert [item["id"] for item in drafted["gaps"]["not_in_force"]] == ["new", "sing"]
    run(["audit", "--rules", str(tmp_path), "--fail-on", "not-in-force"])
    assert "failed on: 2 not-in-force" in capsys.readouterr().err


def test_a_claim_behind_nothing_and_a_reference_nobody_cites_are_named(tmp_path: Path) -> None:
    rules: dict[str, str] = {
        "rules.yaml": """
references:
  1: {as_cited: {type: book, title: "Read"}, review_by: 2026-01-01}
  2: {as_cited: {type: book, title: "Unread"}}
claims:
  cited: {section: all, kind: action, says: {en: "c"}, cites: [{reference: 1, support: contradicts}]}
  idle: {section: all, kind: action, says: {en: "i"}, cites: [{reference: 1, support: unchecked}]}
facts:
  wet: {type: boolean, label: {en: w}, question: {en: "Wet?"}}
rules:
  - {id: dry, title: {en: t}, when: {wet: true}, advise: do, says: {en: s}, because: [cited]}
"""
    }
    knowledge_base = small(rules, tmp_path)
    made: Any = audit(
        knowledge_base.content, knowledge_base.core, knowledge_base.digest, "en", date(2026, 11, 22)
    )
    assert made.gaps.contradicted == ("cited",)
    assert made.gaps.due == (DueForReview("reference", "1", "2026-01-01", ()),)
    assert made.gaps.unused_references == (2,)
    assert set(made.gaps.unused_claims) == {"idle", "so"}
    shown = as_text(audit_page(made))
    assert "No claim cites it." in shown
    assert "behind no recommendation" in shown
    assert "Due for another look, since 2026-01-01." in shown


def test_what_rests_on_retired_claims_alone_rests_on_nothing(tmp_path: Path) -> None:
    """Retiring a claim never makes an audit look better."""
    rules = """
facts:
  wet: {type: boolean, label: {en: w}, question: {en: "Wet?"}}
references:
  1: {as_cited: {title: Read}}
claims:
  old:
    {section: all, kind: action, status: retired, says: {en: o}, cites: [{reference: 1, support: supports}]}
rules:
  - {id: dry, title: {en: t}, when: {wet: true}, advise: do, says: {en: s}, because: [old]}
"""
    knowledge_base = small(rules, tmp_path)
    made = audit(knowledge_base.content, knowledge_base.core, knowledge_base.digest, "en", DAY)
    assert (str(made.recommendations[0].directly.strongest), made.recommendations[0].references) == (
        "uncited",
        (),
    )
    shown = as_text(audit_page(made))
    assert "old: retired, [1] supported, never counts" in shown
    assert "no reference: 1" in shown
    told = as_text(page(knowledge_base.advise({"wet": True})))
    assert "Does not count any more, as it is retired: o [1]" in told


def test_a_knowledge_base_of_drafts_is_audited_all_the_same(tmp_path: Path) -> None:
    rules = """
facts:
  wet: {type: boolean, label: {en: w}, question: {en: "Wet?"}}
rules:
  - {id: dry, status: draft, title: {en: t}, when: {wet: true}, advise: do, says: {en: s}, because: [so]}
"""
    knowledge_base = small(rules, tmp_path)
    made = audit(knowledge_base.content, knowledge_base.core, knowledge_base.digest, "en", DAY)
    shown = as_text(audit_page(made))
    assert "This knowledge base recommends nothing." in shown
    assert "the rule dry (draft)" in shown


def test_scenarios_that_cannot_be_read_are_said_to_be_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = shutil.copytree(ROOT / "rules", tmp_path / "rules")
    file = copy / "recovery" / "sleep.scenarios.yaml"
    file.write_text(file.read_text("utf-8").replace("expect:", "expct:", 1), "utf-8")
    assert run(["audit", "--rules", str(copy), "--withdraw", "5", "--format", "csv"]) == ExitCode.OK
    printed_out = capsys.readouterr()
    assert "something is wrong with them" in printed_out.err
    assert "`expct` is not a key here" in printed_out.err
    assert printed_out.out.splitlines()[:2] == [
        "recommendation,outcome,other_references",
        "sleep-duration,loses-its-only-citation,",
    ]
