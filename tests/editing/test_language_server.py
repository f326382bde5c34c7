"""What an editor gets from ``wellfounded lsp``, asked by a real client of two knowledge bases."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

pytest.importorskip("pygls", reason="pygls is not installed")

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.awaited import awaited
from tests.command import ran
from tests.conftest import ROOT, RULES
from tests.editing.editor import Editor, editing
from wellfounded import diagnose

PLANTS = ROOT / "tests" / "knowledge_bases" / "houseplants"


@pytest.fixture
def plants(tmp_path: Path) -> Path:
    return shutil.copytree(PLANTS, tmp_path / "plants")


@pytest.fixture
def article_folder(tmp_path: Path) -> Path:
    return shutil.copytree(RULES, tmp_path / "rules")


def in_editor(
    folder: Path,
    do: Callable[[Editor], Awaitable[None]],
    *options: str,
    workspace: Path | None = None,
    locale: str | None = None,
) -> None:
    async def run() -> None:
        async with editing(folder, *options, workspace=workspace, locale=locale) as editor:
            await do(editor)

    awaited(run())


@pytest.mark.no_cover
def test_what_is_wrong_is_said_while_it_is_typed(plants: Path) -> None:
    async def do(editor: Editor) -> None:
        text = editor.open("rules.yaml")
        assert await editor.diagnostics("rules.yaml") == []

        editor.type("rules.yaml", text.replace("within: water_if_thirsty}", "within: water_if_thrsty}"))
        [found] = [d for d in await editor.diagnostics("rules.yaml") if d.code == "unknown-name"]
        assert editor.text_at("rules.yaml", found.range) == "water_if_thrsty"
        assert found.severity is types.DiagnosticSeverity.Error
        assert "did you mean `water_if_thirsty`?" in found.message
        assert found.code_description is not None
        assert found.code_description.href.endswith("docs/diagnostics/unknown-name.md")

        [fix] = await editor.fixes("rules.yaml", found.range)
        assert fix.edit is not None and fix.edit.changes is not None
        [edit] = fix.edit.changes[editor.uri("rules.yaml")]
        assert (editor.text_at("rules.yaml", edit.range), edit.new_text) == (
            "water_if_thrsty",
            "water_if_thirsty",
        )

        editor.type("rules.yaml", text)
        assert await editor.diagnostics("rules.yaml") == []

    in_editor(plants, do)


def test_what_is_wrong_is_said_in_the_language_of_the_editor(plants: Path) -> None:
    async def do(editor: Editor) -> None:
        editor.type(
            "rules.yaml",
            editor.open("rules.yaml").replace("within: water_if_thirsty}", "within: water_if_thrsty}"),
        )
        [found] = [d for d in await editor.diagnostics("rules.yaml") if d.code == "unknown-name"]
        said = "er is geen gegeven of parameter `water_if_thrsty`\nhulp: bedoelde je `water_if_thirsty`?"
        assert found.message.startswith(said)
        [fix] = await editor.fixes("rules.yaml", found.range)
        assert fix.diagnostics is not None and fix.diagnostics[0].message == found.message

    in_editor(plants, do, locale="nl")


@pytest.mark.no_cover
def test_columns_are_counted_in_units_of_utf_16(plants: Path) -> None:
    async def do(editor: Editor) -> None:
        text = editor.open("rules.yaml")
        editor.type("rules.yaml", text.replace('en: "Water {target}."', 'en: "💧💧 {targt}."'))
        found = await editor.diagnostics("rules.yaml")
        assert [editor.text_at("rules.yaml", one.range) for one in found] == ["{targt}"]

    in_editor(plants, do)


def test_what_a_change_breaks_in_a_closed_file_is_said_there(plants: Path) -> None:
    async def do(editor: Editor) -> None:
        text = editor.open("plants.yaml")
        editor.type("plants.yaml", text.replace("  draughty:\n", "  drafty:\n"))
        found = await editor.diagnostics("plants.yaml")
        elsewhere = await editor.diagnostics("rules.yaml")
        assert [d.code for d in found] == ["unknown-fact"]
        assert [editor.text_at("rules.yaml", d.range) for d in elsewhere] == ["draughty"]

        editor.close("plants.yaml")  # without saving
        while editor.published[editor.uri("rules.yaml")].diagnostics:
            editor.news.clear()
            await asyncio.wait_for(editor.news.wait(), 60)

    in_editor(plants, do)


def test_scenarios_and_persons_are_checked_as_well(plants: Path, tmp_path: Path) -> None:
    (tmp_path / "person.yaml").write_text("kind: fern\nwater: 1\nlamp: 90 kg\n")

    async def do(editor: Editor) -> None:
        editor.open("rules.yaml")
        text = editor.open("rules.scenarios.yaml")
        editor.type("rules.scenarios.yaml", text.replace("warmth: keep", "warmht: keep"))
        [found] = await editor.diagnostics("rules.scenarios.yaml")
        assert editor.text_at("rules.scenarios.yaml", found.range) == "warmht"

        editor.open("../person.yaml")
        [found] = await editor.diagnostics("../person.yaml")
        assert editor.text_at("../person.yaml", found.range) == "90 kg"
        assert await editor.complete("../person.yaml", "kind: ") == ["fern", "cactus", "ivy"]

    in_editor(plants, do, workspace=tmp_path)


@pytest.mark.no_cover
def test_pointing_at_a_name_says_what_it_stands_for(article_folder: Path) -> None:
    async def do(editor: Editor) -> None:
        editor.open("nutrition/protein.yaml")
        editor.open("parameters.yaml")
        editor.open("claims/protein.yaml")
        editor.open("facts.yaml")
        at = "nutrition/protein.yaml"
        fact = await editor.hover(at, "of: protein_meals")
        assert "fact, number from 1 to 12 /day, by 1, stated" in fact
        claim = await editor.hover("parameters.yaml", "claim: protein-daily-dose")
        assert "**[3] partly**" in claim and "*nl:*" in claim and "*en:*" in claim
        parameter = await editor.hover(at, "within: protein_dose")
        assert "1.6 to 2.2" in parameter and "`rule protein-daily`" in parameter
        derived = await editor.hover("facts.yaml", "\n  protein_per_kg")
        assert "Formula: `protein_intake / body_mass`" in derived

    in_editor(article_folder, do)


def test_pointing_at_anything_else_that_has_a_name(plants: Path) -> None:
    async def do(editor: Editor) -> None:
        at = "knowledge-base.yaml"
        editor.open(at)
        editor.open("rules.yaml")
        assert "Reed, B., & Lake, C. (2011)" in await editor.hover(at, "- {reference: 2")
        assert "shown as ml/week" in await editor.hover(at, "\n  ml")
        assert "dimension, count" in await editor.hover(at, "dimensions:\n  plant")
        assert "editorial section" in await editor.hover(at, "    section: ours")
        assert "Rules: `water-for-the-thirsty`, `water-for-the-rest`" in await editor.hover(
            at, "[what-ails, water"
        )
        assert "table, 2 rows" in await editor.hover("rules.yaml", "    table: undemanding")
        assert "author's order" in await editor.hover(at, "  order")

    in_editor(plants, do)


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("locale", "said"),
    [
        (None, ["**when** – For whom the rule is: ", "[Rule language: conditions]("]),
        ("nl-BE", ["**when** – Voor wie de regel is: ", "[Regeltaal: conditions]("]),
        ("fr", ["**when** – For whom the rule is: "]),
    ],
)
def test_pointing_at_a_key_says_what_it_is_for(plants: Path, locale: str | None, said: list[str]) -> None:
    async def do(editor: Editor) -> None:
        editor.open("rules.yaml")
        rule = '  - id: water-for-the-thirsty\n    topic: water\n    title: {en: "Water", de: "Wasser"}\n'
        shown = await editor.hover("rules.yaml", f"{rule}    wh")
        assert all(part in shown for part in said), shown

    in_editor(plants, do, locale=locale)


COMPLETED = [
    ("when: {thirst: high}", "when: {thirst: ", {"high", "low", "usual"}, {"kind"}),
    ("when: {thirst: high}", "when:\n      ", {"thirst", "kind", "all", "any", "none"}, {"target"}),
    ("when: {thirst: high}", "when: {any: [{kind: fern}, {wat", {"water", "water_each"}, {"fern"}),
    ("within: water_if_not * plants", "within: water_if_not * ", {"plants", "half"}, {"kind", "any"}),
    ("because: [turn-the-pot]", "because: [", {"turn-the-pot", "dry-roots-die"}, {"turning"}),
    ("because: [turn-the-pot]", "because:\n      - t", {"turn-the-pot"}, {"title"}),
    (
        "because: [turn-the-pot]",
        "because: [turn-the-pot]\n    ",
        {"review_by", "status"},
        {"title", "definition"},
    ),
    ("Water more: {target}, now", "Water more: {", {"target", "current", "thirst", "water_if_not"}, {"kind"}),
    ("topic: water\n", "topic: \n", {"water", "light"}, {"thirst"}),
    ("of: turned, is: true", "of: turned, is: ", {"true", "false"}, set()),
    ("advise: inform", "advise: ", {"do", "consider", "avoid", "inform"}, {"raise"}),
]


def test_what_may_be_written_is_proposed(plants: Path) -> None:
    async def do(editor: Editor) -> None:
        text = editor.open("rules.yaml")
        for old, typed, proposed, not_proposed in COMPLETED:
            start = text.index(old)
            editor.type("rules.yaml", text[:start] + typed + text[start + len(old) :])
            before = text[:start] + typed.rstrip("\n")
            labels = set(await editor.complete("rules.yaml", before))
            assert proposed <= labels, typed
            assert not_proposed.isdisjoint(labels), typed

    in_editor(plants, do)


@pytest.mark.no_cover
def test_a_proposal_replaces_what_was_typed_of_it(plants: Path) -> None:
    async def do(editor: Editor) -> None:
        at = "plants.yaml"
        text = editor.open(at)
        typed = text.replace("    unit: l/week", "    unit: l/")
        editor.type(at, typed)
        assert await editor.choose(at, "    unit: l/", "l/week") == text
        editor.type(at, text.replace("formula: water / plants", "formula: water / pl"))
        assert await editor.choose(at, "formula: water / pl", "plants") == text

    in_editor(plants, do)


def test_names_lead_to_where_they_are_defined_and_used(plants: Path) -> None:
    async def do(editor: Editor) -> None:
        editor.open("rules.yaml")
        [(file, name, _)] = await editor.definition("rules.yaml", "within: water_if_thirsty")
        assert (file, name) == ("plants.yaml", "water_if_thirsty")

        used = await editor.references("rules.yaml", "within: water_if_thirsty")
        assert {name for _, name, _ in used} == {"water_if_thirsty"}
        assert [file for file, _, _ in used] == ["knowledge-base.yaml"] * 2 + ["plants.yaml"] + [
            "rules.yaml"
        ] * 2

        topics = await editor.references("rules.yaml", "- id: turning")
        assert {file for file, _, _ in topics} == {
            "knowledge-base.yaml",
            "rules.yaml",
            "rules.scenarios.yaml",
        }

    in_editor(plants, do)


def test_a_file_that_is_no_yaml_at_the_moment_is_still_known(plants: Path) -> None:
    async def do(editor: Editor) -> None:
        text = editor.open("rules.yaml")
        editor.open("plants.yaml")
        editor.type("rules.yaml", text.replace("when: {thirst: high}", "when: {thirst: high, ki", 1))
        assert [d.code for d in await editor.diagnostics("rules.yaml")] == ["yaml-syntax"]
        assert "kind" in await editor.complete("rules.yaml", "when: {thirst: high, ki")
        assert "fact, number" in await editor.hover("rules.yaml", "target: {of: repotting")
        assert len(await editor.references("plants.yaml", "\n  turned")) == 4
        with pytest.raises(JsonRpcException, match="mend it first"):
            await editor.rename("plants.yaml", "\n  turned", "rotated")

    in_editor(plants, do)


def test_a_new_name_is_written_wherever_the_old_one_was(plants: Path, tmp_path: Path) -> None:
    person = tmp_path / "person.yaml"
    person.write_text("kind: fern # sunlight\nsunlight: 3\n")
    before = {path.name: path.read_text("utf-8") for path in plants.iterdir()}

    async def do(editor: Editor) -> None:
        editor.open("plants.yaml")
        await editor.rename("plants.yaml", "\n  sunlight", "daylight")
        assert await editor.diagnostics("plants.yaml") == []

    in_editor(plants, do, workspace=tmp_path)
    assert person.read_text() == "kind: fern # sunlight\ndaylight: 3\n"
    after = {path.name: path.read_text("utf-8") for path in plants.iterdir()}
    assert {name: text.replace("daylight", "sunlight") for name, text in after.items()} == before
    assert "formula: daylight + lamp" in after["plants.yaml"]
    assert diagnose(plants) == ()


REFUSED = [
    ("plants.yaml", "\n  sunlight", "lamp", "there is a fact `lamp` already"),
    ("plants.yaml", "\n  sunlight", "half", "there is a parameter `half` already"),
    ("plants.yaml", "\n  sunlight", "Sun light", "an id has lower-case letters"),
    ("plants.yaml", "\n  sunlight", "target", "is not all, any, none, target or current"),
    ("plants.yaml", "    claim: thirsty-kinds", "true", "would be wrong"),
    ("plants.yaml", "unit: l/week", "kg/week", "is not the same unit as `l/week`"),
    ("plants.yaml", 'label: {en: "kind', "sort", "there is no name here"),
    ("knowledge-base.yaml", "\n  window", "kg", "is a unit already"),
    ("rules.yaml", "- id: turning", "light", "there is a"),
]


def test_a_name_that_is_taken_or_not_allowed_is_refused_with_the_reason(plants: Path) -> None:
    async def do(editor: Editor) -> None:
        for name in ("plants.yaml", "rules.yaml", "knowledge-base.yaml"):
            editor.open(name)
        for file, before, new, reason in REFUSED:
            with pytest.raises(JsonRpcException, match=reason):
                await editor.rename(file, before, new)

    in_editor(plants, do)


def test_an_outline_has_every_thing_of_a_file(plants: Path) -> None:
    async def do(editor: Editor) -> None:
        editor.open("rules.yaml")
        [rules] = await editor.outline("rules.yaml")
        assert rules.name == "rules"
        assert rules.children is not None
        assert [(rule.name, rule.detail) for rule in rules.children[:2]] == [
            ("water-for-the-thirsty", "Water"),
            ("water-for-the-rest", "Water"),
        ]

    in_editor(plants, do)


def test_files_that_are_no_knowledge_base_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("some: [thing")

    async def do(editor: Editor) -> None:
        editor.open("other.yaml")
        assert await editor.complete("other.yaml", "some: [") == []
        assert await editor.outline("other.yaml") == []
        assert editor.published == {}

    in_editor(tmp_path, do)


HELLO = {"id": 1, "method": "initialize", "params": {"capabilities": {}}}
READY = {"method": "initialized", "params": {}}
SHUTDOWN = {"id": 2, "method": "shutdown"}


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("messages", "code"),
    [([], 0), ([HELLO, READY, SHUTDOWN], 0), ([HELLO, READY], 1), ([HELLO, READY, {"method": "exit"}], 1)],
)
def test_it_ends_quietly_when_the_editor_is_gone(messages: list[dict[str, object]], code: int) -> None:
    said = b""
    for message in messages:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        said += b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
    start = [sys.executable, "-c", "from wellfounded.interfaces.cli.main import main; main()", "lsp"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "engine")}
    ended = subprocess.run(start, input=said, capture_output=True, env=environment, timeout=60)
    assert (ended.returncode, ended.stderr) == (code, b"")


def test_without_pygls_one_sentence_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "wellfounded.interfaces.cli.lsp", raising=False)
    monkeypatch.setitem(sys.modules, "wellfounded.interfaces.lsp.server", None)
    said = ran(capsys, "lsp")
    assert (said.code, said.err) == (
        2,
        "Error: the language server needs pygls: install wellfounded[editor]\n",
    )
