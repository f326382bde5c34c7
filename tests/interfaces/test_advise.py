"""``wellfounded advise`` as its users meet it: what comes out, and what a bad person file gets."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.command import ran, with_input
from tests.conftest import ROOT, RULES
from wellfounded import KnowledgeBase
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.load.structure import schema

EXAMPLE = str(ROOT / "docs" / "examples" / "person.yaml")
PERSON = "goal: muscle_gain\nage: 30\nhealthy: true\nresistance_training: true\n"


@pytest.mark.no_cover
def test_the_three_forms_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(ran(capsys, "advise", EXAMPLE, "--lang", "en", "--format", "json").out)
    text = " ".join(ran(capsys, "advise", EXAMPLE, "--lang", "en").out.split())
    markdown = ran(capsys, "advise", EXAMPLE, "--lang", "en", "--format", "markdown").out
    assert document["recommendations"]
    for recommendation in document["recommendations"]:
        assert recommendation["title"] in text
        assert recommendation["text"] in text
        assert recommendation["title"] in markdown
    for question in document["questions"]:
        assert question["question"] in text


def test_json_fits_its_schema_and_is_what_python_gives(
    capsys: pytest.CaptureFixture[str], article: KnowledgeBase
) -> None:
    document = json.loads(ran(capsys, "advise", EXAMPLE, "--format", "json").out)
    Draft202012Validator(schema("advice")).validate(document)
    facts = article.read_person(Path(EXAMPLE))
    assert document == article.advise(facts).to_dict()
    assert document == article.advise(facts, "nl").to_dict()


def test_a_person_comes_from_standard_input_as_yaml_or_json(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs = set()
    for data in (
        PERSON,
        '{\n\t"goal": "muscle_gain", "age": 3e1,\n\t"healthy": true, "resistance_training": true}',
    ):
        with_input(monkeypatch, data.encode())
        outputs.add(ran(capsys, "advise", "-", "--format", "json").out)
    assert len(outputs) == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("body_mas: 80", ["`body_mas`", "did you mean `body_mass`?", ":5:"]),
        ("body_mass: 20", ["`body_mass` is 20", "allowed: 25 to 350 kg"]),
        ("body_mass: 900 lb", ['"900 lb"', "408.233 kg", "allowed: 25 to 350 kg"]),
        ('body_mass: "80"', ['"80"', "write 80 without quotes"]),
        ("body_mass: eighty", ['"eighty"', "has to be a number"]),
        ("body_mass: 80 hours", ["measures something else", "its unit is kg"]),
        ("body_mass: 80 blorps", ["`blorps` is not a unit"]),
        ("body_mass: true", ["`body_mass` is true", "has to be a number"]),
        ("body_mass: [80]", ["a list", "of dated statements"]),
        ("body_mass: {kg: 80}", ["a mapping", "has to be a number"]),
        ("body_mass: .nan", ["`.nan`"]),
        ("body_mass: 1e999", ["`1e999`", "too large"]),
        ("body_mass: 1_000", ["`1_000`", "plain"]),
        ("sleep_duration: 7:30", ["`7:30`", "plain"]),
        ("uses_creatine: 1", ["`uses_creatine` is 1", "write true without quotes"]),
        ("uses_creatine: yes", ["`yes`", "write `true`"]),
        ('uses_creatine: "true"', ['"true"', "write true without quotes"]),
        ("stress: chronical", ['"chronical"', "did you mean `chronic`?"]),
        ("stress: 3", ["`stress` is 3", "low, moderate, chronic"]),
        ("in_scope: true", ["worked out", "`age`", "`healthy`"]),
        ("protein_per_kilo: 2", ["`protein_per_kilo`", "did you mean `protein_per_kg`?"]),
        ("age: 31", ["`age` is given twice"]),
        ("diet: &a vegan", ["anchors and aliases"]),
        ("diet: !!str vegan", ["tags are not used here"]),
        ("diet: [", ["not YAML"]),
        ("\tdiet: vegan", ["not YAML"]),
        ("--- \ndiet: vegan", ["second document"]),
        ("? [a]\n: 1", ["cannot be a key"]),
    ],
)
def test_a_bad_line_is_named_with_its_place_and_what_is_allowed(
    line: str, says: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "person.yaml"
    file.write_text(PERSON + line + "\n", encoding="utf-8")
    result = ran(capsys, "advise", str(file))
    assert result.code == ExitCode.BAD_FACTS
    assert result.out == ""
    assert f"{file}:" in result.err
    for words in says:
        assert words in result.err
    assert "Traceback" not in result.err


def test_all_problems_come_in_one_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "person.yaml"
    file.write_text("goal: musclegain\nage: 200\nhealthy: 1\nwieght: 80\n")
    result = ran(capsys, "advise", str(file))
    assert [f"{file}:{line}:" in result.err for line in (1, 2, 3, 4)] == [True] * 4


BOMB = "a: &a [x,x]\n" + "".join(
    f"{b}: &{b} [*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"# only a comment\n", "empty"),
        (b"- goal\n- age\n", "a list"),
        (b"80\n", "a single value"),
        (b"goal: muscle_gain\nlabel: caf\xe9\n", "not UTF-8: byte 0xe9"),
        (b"\xff\xfe\x00g\x00o", "not UTF-8"),
        (b"goal: \x00\n", "not YAML"),
        (b"x: " + b"[" * 5000, "nested"),
        (b"[" * 100_000, "nested"),
        (BOMB.encode(), "anchors and aliases"),
        (b"age: 30\n" * 200_000, "1,048,576 bytes"),
    ],
    ids=["empty", "comment", "list", "scalar", "latin-1", "utf-16", "nul", "deep", "deeper", "bomb", "large"],
)
def test_a_file_that_is_no_person_is_refused_in_one_sentence(
    data: bytes, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "person.yaml"
    file.write_bytes(data)
    result = ran(capsys, "advise", str(file))
    assert result.code == ExitCode.BAD_FACTS
    assert says in result.err
    assert result.out == ""


def test_fifty_megabytes_are_not_even_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "person.yaml"
    with file.open("wb") as handle:
        handle.truncate(50 * 1024 * 1024)
    assert "1,048,576 bytes" in ran(capsys, "advise", str(file)).err


def test_a_folder_is_no_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = ran(capsys, "advise", str(tmp_path))
    assert result.code == ExitCode.BAD_FACTS
    assert str(tmp_path) in result.err
    assert "cannot be read" in result.err


def test_a_broken_file_among_good_rules_gives_no_advice_at_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "rules"
    for source in RULES.rglob("*.yaml"):
        target = rules / source.relative_to(RULES)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    assert ran(capsys, "advise", EXAMPLE, "--rules", str(rules)).code == ExitCode.OK
    (rules / "nutrition" / "energy.yaml").write_text("rules: [\n")
    result = ran(capsys, "advise", EXAMPLE, "--rules", str(rules))
    assert result.code == ExitCode.BAD_KNOWLEDGE_BASE
    assert result.out == ""
    assert os.path.join("nutrition", "energy.yaml") in result.err


@pytest.mark.parametrize("name", ["empty", "loop"])
def test_a_folder_without_rules_is_named(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / name
    folder.mkdir()
    if name == "loop":
        (folder / "again").symlink_to(folder)
    result = ran(capsys, "advise", EXAMPLE, "--rules", str(folder))
    assert result.code == ExitCode.BAD_KNOWLEDGE_BASE
    assert str(folder) in result.err


def test_wrong_words_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, says in (
        (("advise",), "Missing argument 'PERSON'"),
        (("advise", EXAMPLE, "--lang", "de"), "allowed: nl, en"),
        (("advise", EXAMPLE, "--format", "pdf"), "'pdf' is not one of"),
        (("advise", EXAMPLE, "--reasoner", "pyton"), "did you mean `python`?"),
        (("advice", EXAMPLE), "No such command"),
    ):
        result = ran(capsys, *arguments)
        assert result.code == ExitCode.USAGE
        assert says in result.err
        assert result.out == ""
