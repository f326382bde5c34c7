"""``audit PERSON``: the chain behind one person's advice, in every form, and what cannot be asked."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as XML
from pathlib import Path

import pytest

from tests.command import ran, with_input
from tests.conformance.small import small
from tests.conftest import ROOT
from tests.interfaces.test_audit import HOSTILE, read
from wellfounded import KnowledgeBase, RecommendationError
from wellfounded.explain.chain import DerivedFact, Meaning, StatedFact
from wellfounded.interfaces.chain.as_html import as_html
from wellfounded.interfaces.exit_codes import ExitCode

PERSON = str(ROOT / "docs" / "examples" / "person.yaml")
RULES = ("--rules", str(ROOT / "rules"))
#: Someone whose protein is known, and short of what the article advises.
SHORT_OF_PROTEIN = {
    "goal": "muscle_gain",
    "age": 31,
    "healthy": True,
    "resistance_training": True,
    "body_mass": 64,
    "protein_intake": 75,
}


def test_a_chain_leads_from_facts_to_references(article: KnowledgeBase) -> None:
    chain = article.chain(SHORT_OF_PROTEIN, "en", recommendations=["protein-daily"])
    (trail,) = chain.trails
    edges = {(edge.start, edge.meaning, edge.end) for edge in trail.edges}
    assert {
        ("rule:protein-daily", Meaning.GIVES, "recommendation:protein-daily"),
        ("fact:in_population", Meaning.TESTED_BY, "rule:protein-daily"),
        ("fact:protein_intake", Meaning.SET_AGAINST_TARGET_OF, "rule:protein-daily"),
        ("fact:body_mass", Meaning.NUMBER_FOR, "rule:protein-daily"),
        ("parameter:protein_dose", Meaning.NUMBER_FOR, "rule:protein-daily"),
        ("claim:protein-daily-dose", Meaning.BACKS, "parameter:protein_dose"),
        ("reference:3", Meaning.CITED_BY, "claim:protein-daily-dose"),
        ("rule:in-population", Meaning.CONCLUDES, "fact:in_population"),
    } <= edges
    (cited,) = [edge for edge in trail.edges if edge.meaning is Meaning.CITED_BY]
    assert (cited.support, cited.via) == ("partly", "parameter")
    assert chain.to_dict()["nodes"]["fact:body_mass"]["value"] == 64


def test_a_number_that_was_stated_ends_the_way(article: KnowledgeBase) -> None:
    """Stated directly it rests on itself; what else would give it is not part of the chain."""
    stated = {**SHORT_OF_PROTEIN, "energy_balance": 300, "energy_intake": 2000, "energy_expenditure": 1900}
    chain = article.chain(stated, "en", recommendations=["energy-surplus"])
    assert isinstance(chain.nodes["fact:energy_balance"], StatedFact)
    assert "fact:energy_intake" not in chain.nodes
    computed = article.chain(SHORT_OF_PROTEIN, "en").nodes["fact:protein_per_kg"]
    assert isinstance(computed, DerivedFact)
    assert (computed.formula, computed.worded) == (
        "protein_intake / body_mass",
        "1.17 g per kg of body weight a day",
    )


def test_what_is_not_given_says_why(article: KnowledgeBase) -> None:
    asked = ["split", "patience", "out-of-scope", "sleep-duration"]
    chain = article.chain(SHORT_OF_PROTEIN, "en", recommendations=asked, hide_uncited=True)
    assert [trail.recommendation for trail in chain.trails] == ["sleep-duration"]
    assert [(item.recommendation, item.state) for item in chain.absent] == [
        ("split", "undecided"),
        ("patience", "left-out"),
        ("out-of-scope", "not-given"),
    ]
    assert "waits for: training split" in chain.absent[0].reason
    with pytest.raises(RecommendationError, match="did you mean `creatine`"):
        article.chain(SHORT_OF_PROTEIN, recommendations=["creatin"])


@pytest.mark.no_cover
def test_the_same_chain_in_every_form(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    def printed(form: str) -> str:
        result = ran(capsys, "audit", PERSON, *RULES, "--lang", "en", "--format", form)
        assert (result.code, result.err) == (ExitCode.OK, "")
        return result.out

    document = json.loads(printed("json"))
    rows = list(csv.DictReader(io.StringIO(printed("csv"))))
    edges = [
        (trail["recommendation"], edge["start"], edge["meaning"], edge["end"])
        for trail in document["trails"]
        for edge in trail["edges"]
    ]
    assert [(r["recommendation"], r["start"], r["meaning"], r["end"]) for r in rows] == edges
    titles = [n["title"] for n in document["nodes"].values() if n["kind"] == "recommendation"]
    assert len(titles) == 27
    for form in ("text", "markdown", "html", "svg"):
        shown = printed(form)
        assert all(title in shown for title in titles)
        assert "found, with details other than cited" in " ".join(shown.split())
    assert XML.fromstring(printed("svg")).tag.endswith("svg")
    assert printed("mermaid").startswith("flowchart LR\n")
    out = tmp_path / "chain.svg"
    result = ran(capsys, "audit", PERSON, *RULES, "--lang", "en", "--format", "svg", "--out", str(out))
    assert (result.code, result.out) == (ExitCode.OK, "")
    assert out.read_text("utf-8") == printed("svg")


@pytest.mark.parametrize("form", ["csv", "mermaid", "svg"])
def test_a_form_without_room_says_beside_it_what_is_absent(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("--lang", "en", "--recommendation", "creatine", "--format", form)
    result = ran(capsys, "audit", PERSON, *RULES, *arguments)
    assert result.code == ExitCode.OK
    assert result.err == "creatine: This recommendation is not given to this person.\n"


def test_someone_who_gets_no_advice_has_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for form in ("text", "markdown", "html", "svg"):
        with_input(monkeypatch, b"{}")
        result = ran(capsys, "audit", "-", *RULES, "--lang", "en", "--format", form)
        assert result.code == ExitCode.OK
        assert "There is no recommendation to trace." in result.out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ([PERSON, "--recommendation", "creatin"], ExitCode.USAGE, "did you mean `creatine`?"),
        ([PERSON, "--min-support", "much"], ExitCode.USAGE, "`much` is not a support"),
        ([PERSON, "--withdraw", "3"], ExitCode.USAGE, "--withdraw is about the whole knowledge base"),
        ([PERSON, "--fail-on", "due"], ExitCode.USAGE, "--fail-on is about the whole knowledge base"),
        (["--recommendation", "creatine"], ExitCode.USAGE, "--recommendation is about one person's advice"),
        (["--hide-uncited"], ExitCode.USAGE, "--hide-uncited is about one person's advice"),
        (["--format", "svg"], ExitCode.USAGE, "--format svg is about one person's advice"),
    ],
)
def test_what_cannot_be_asked_is_said(
    arguments: list[str], code: ExitCode, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    result = ran(capsys, "audit", *RULES, *arguments)
    assert result.code == code
    assert says in " ".join(result.err.split())


def test_the_html_is_one_file_and_its_texts_stay_text(tmp_path: Path) -> None:
    hostile = json.dumps(HOSTILE)
    rules = f"""
references:
  1: {{as_cited: {{type: book, title: {hostile}}}}}
claims:
  cited: {{section: all, kind: action, says: {{en: {hostile}}}, cites: [{{reference: 1, support: partly}}]}}
facts:
  wet: {{type: boolean, label: {{en: {hostile}}}, question: {{en: "Wet?"}}}}
rules:
  - id: dry
    title: {{en: {hostile}}}
    when: {{wet: true}}
    advise: do
    says: {{en: {hostile}}}
    because: [cited]
"""
    document = as_html(small(rules, tmp_path).chain({"wet": True}))
    tags = read(document)
    assert {"h1", "h2", "h3", "figure", "svg", "ul", "main"} <= set(tags.tags)
    assert not {"script", "b", "link", "img", "iframe"} & set(tags.tags)
    assert not [name for name, _ in tags.attributes if name in ("src", "href", "onclick")]
