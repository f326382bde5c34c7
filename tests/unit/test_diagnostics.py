"""Every diagnostic has cases in which it is found exactly where it is marked, and a page that shows it.

A case is a rule file under ``tests/diagnostics/``; a line in which something is wrong ends in ``# ← code``.
What needs the file system is made here. ``--update-goldens`` writes what the pages show anew.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import jsonschema
import pytest

from tests.command import ran
from tests.conftest import ROOT
from wellfounded import Diagnostic, diagnose
from wellfounded.interfaces.diagnostics import as_github, as_report
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.model.codes import ERRORS, WARNINGS, Severity, severity
from wellfounded.model.diagnostic import MOST, TOO_MANY

CODES = {**ERRORS, **WARNINGS}
FOLDER = ROOT / "tests" / "diagnostics"
PAGES = ROOT / "docs" / "diagnostics"
CASES = sorted(FOLDER.glob("*.yaml"))

#: Cases of several codes, or of none.
MIXED = {"good", "many"}

_MARK = re.compile(r"\s*# ← (?P<codes>[a-z0-9, -]+)$", re.MULTILINE)
_YAML = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SHOWN = re.compile(r"(?<=^```text\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


def _name(path: Path) -> str:
    return path.name


def _code(case: Path) -> str:
    return case.name.partition(".")[0]


def _marked(case: Path) -> Counter[tuple[int, str]]:
    """The lines and codes a case says are found; what has no line is marked on the first."""
    marks: Counter[tuple[int, str]] = Counter()
    for number, line in enumerate(case.read_text("utf-8").split("\n"), 1):
        mark = _MARK.search(line)
        for code in mark["codes"].split(", ") if mark else ():
            marks[0 if code == "no-knowledge-base" else number, code] += 1
    return marks


def _found(path: Path) -> list[tuple[str, int, str]]:
    """File, line and code of everything that is found."""
    return [(Path(d.position.file).name, d.position.line, d.code) for d in diagnose(path)]


def _clean(case: Path) -> str:
    """A case without its marks."""
    return _MARK.sub("", case.read_text("utf-8"))


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-goldens"))


# Cases


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_exactly_what_is_marked_is_found(case: Path) -> None:
    assert Counter((d.position.line, d.code) for d in diagnose(case)) == _marked(case)


def test_a_case_is_named_after_what_it_shows() -> None:
    shown = {case.name: {code for _, code in _marked(case)} for case in CASES}
    assert [name for name, codes in shown.items() if name.partition(".")[0] not in codes | MIXED] == []
    assert shown["good.yaml"] == set()
    assert len(shown["many.yaml"]) >= 8


def test_every_code_has_a_case_and_a_page_and_no_other_has() -> None:
    assert {_code(case) for case in CASES} | set(FOLDERS) == set(CODES) | MIXED
    assert {page.stem for page in PAGES.glob("*.md")} == set(CODES) | {"README"}


# What needs the file system


def _no_rules(rules: Path) -> None:
    (rules / "water.yaml.txt").write_text(_clean(FOLDER / "good.yaml"), "utf-8")


def _not_utf8(rules: Path) -> None:
    (rules / "water.yaml").write_bytes("# Arroser légèrement.\nrules: []\n".encode("latin-1"))


def _unreadable_file(rules: Path) -> None:
    (rules / "good.yaml").write_text(_clean(FOLDER / "good.yaml"), "utf-8")
    (rules / "water.yaml").symlink_to("removed.yaml")


def _too_many_mistakes(rules: Path) -> None:
    good = _clean(FOLDER / "good.yaml")
    (rules / "good.yaml").write_text(good, "utf-8")
    (rules / "water.yaml").write_text("rules:\n" + "  - {id: water, advise: yes}\n" * 1000, "utf-8")


#: What makes a folder in which a code is found that a case cannot show.
FOLDERS: dict[str, Callable[[Path], None]] = {
    "no-rules": _no_rules,
    "not-utf8": _not_utf8,
    "too-many-mistakes": _too_many_mistakes,
    "unreadable-file": _unreadable_file,
}


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A folder for rules, as the command is given it: from the folder above."""
    folder = tmp_path / "rules"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("code", "place"),
    [("no-rules", ("rules", 0)), ("not-utf8", ("water.yaml", 1)), ("unreadable-file", ("water.yaml", 0))],
)
def test_what_a_case_cannot_show_is_found(code: str, place: tuple[str, int], rules: Path) -> None:
    FOLDERS[code](rules)
    assert _found(rules) == [(*place, code)]


#: Files with very many mistakes: that YAML refuses, that the schema does, that hide others, of names.
CROWDED = {
    "one key": "facts:\n" + "  light: {type: number}\n" * 50_000,
    "unknown keys": "".join(f"key_{number}: 1\n" for number in range(50_000)),
    "keys of facts": "facts:\n" + "".join(f"  f{n}: {{typ: x}}\n" for n in range(20_000)),
    "words": f"a: [{'yes, ' * 100_000}]",
    "names": "rules:\n"
    + "".join(
        f"  - {{id: r{n}, title: {{en: A}}, when: {{fact_{n}: true}}, advise: do, says: {{en: A.}}}}\n"
        for n in range(2000)
    ),
    "twice": f"rules:\n  - id: a\n    because: [{'{a: 1}, {a: 2}, ' * 20_000}]\n",
}


@pytest.mark.parametrize("written", CROWDED.values(), ids=CROWDED)
def test_of_very_many_mistakes_some_are_told_and_that_there_are_more(written: str, rules: Path) -> None:
    (rules / "good.yaml").write_text(_clean(FOLDER / "good.yaml"), "utf-8")
    (rules / "more.yaml").write_text(written, "utf-8")
    found = diagnose(rules)
    told = [d for d in found if d.code == TOO_MANY]
    assert len(told) == 1 and 0 < len(found) <= MOST + 1
    assert all(Path(d.position.file).name == "more.yaml" for d in found)


@pytest.mark.parametrize(
    "written", [f"a: 1{'_' * 1_000_000}x", f"a: [{'1_' * 500_000}x]", f"a: {'9' * 1_000_000}"]
)
def test_a_long_word_is_read_in_one_go(written: str, rules: Path) -> None:
    """What looked at each part of it from each place would never end."""
    (rules / "more.yaml").write_text(written, "utf-8")
    assert TOO_MANY not in {d.code for d in diagnose(rules)}


def test_there_is_no_such_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [found] = diagnose(tmp_path / "ruels")
    assert (found.code, found.message) == ("unreadable-file", "there is no such folder")
    assert found.position.file == str(tmp_path / "ruels")
    assert ran(capsys, "check", str(tmp_path / "ruels")).code == ExitCode.USAGE


def test_a_file_that_never_ends_is_not_waited_for(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(rules / "water.yaml")
    assert _found(rules) == [("water.yaml", 0, "unreadable-file")]
    assert "it is not an ordinary file" in ran(capsys, "check", str(rules)).out


def test_a_file_that_is_too_large_is_not_read(rules: Path) -> None:
    with (rules / "water.yaml").open("wb") as file:
        file.truncate(9 * 1024 * 1024)
    [found] = diagnose(rules)
    assert (found.code, "9,437,184 bytes" in found.message) == ("unreadable-file", True)


def test_a_wheel_is_no_folder_of_rules(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "rules.whl", "w") as wheel:
        wheel.writestr("rules/water.yaml", "")
    [found] = diagnose(tmp_path / "rules.whl")
    assert (found.code, found.message) == (
        "unreadable-file",
        "this is a wheel or another zip file, and no text",
    )


def test_links_that_lead_in_a_circle_are_found_and_not_followed(rules: Path) -> None:
    (rules / "good.yaml").write_text(_clean(FOLDER / "good.yaml"), "utf-8")
    (rules / "deeper").mkdir()
    (rules / "deeper" / "again").symlink_to(rules, target_is_directory=True)
    (rules / "itself.yaml").symlink_to("itself.yaml")
    assert _found(rules) == [("again", 0, "unreadable-file"), ("itself.yaml", 0, "unreadable-file")]


def _spread(rules: Path) -> dict[str, str]:
    """The good case, with each kind of thing in a file of its own."""
    parts = re.split(r"^(?=[a-z_]+:)", _clean(FOLDER / "good.yaml"), flags=re.MULTILINE)
    files = {f"{part.partition(':')[0]}.yaml": part for part in parts[1:]}
    for name, written in files.items():
        (rules / name).write_text(written, "utf-8")
    return files


@pytest.mark.no_cover
@pytest.mark.parametrize("broken", ["units", "facts", "parameters", "works", "references", "claims", "rules"])
@pytest.mark.parametrize("how", ["yaml", "bytes", "link", "list", "key"])
def test_a_broken_file_is_all_that_is_reported_of_a_good_folder(broken: str, how: str, rules: Path) -> None:
    file = rules / f"{broken}.yaml"
    written = _spread(rules)[file.name]
    assert _found(rules) == []
    match how:
        case "yaml":
            file.write_text(written + "  - {: ]\n", "utf-8")
        case "bytes":
            file.write_bytes(b"# \xff\n" + written.encode())
        case "link":
            file.unlink()
            file.symlink_to("removed.yaml")
        case "list":
            file.write_text("- rules\n", "utf-8")
        case _:
            file.write_text(written.replace(f"{broken}:", f"{broken}x:", 1), "utf-8")
    assert [name for name, *_ in _found(rules)] == [file.name]


def test_a_broken_header_hides_nothing_else(rules: Path) -> None:
    files = _spread(rules)
    header = files["knowledge_base.yaml"].replace("review_every_months: 12", "review_every_months: never")
    (rules / "knowledge_base.yaml").write_text(header, "utf-8")
    (rules / "rules.yaml").write_text(
        files["rules.yaml"].replace("because: [frost]", "because: [forst]"), "utf-8"
    )
    assert [code for _, _, code in _found(rules)] == ["wrong-type", "unknown-claim"]


def test_an_id_given_in_two_files_names_the_place_of_the_first(rules: Path) -> None:
    files = _spread(rules)
    (rules / "sub").mkdir()
    (rules / "sub" / "more.yaml").write_text("claims:\n" + files["claims.yaml"].partition("\n")[2], "utf-8")
    (rules / "sub" / "header.yaml").write_text(files["knowledge_base.yaml"], "utf-8")
    found = [d for d in diagnose(rules) if d.code == "duplicate-id"]
    assert {Path(d.position.file).name for d in found} == {"more.yaml", "header.yaml"}
    header, first = found[0], found[1]
    assert (header.message, header.help) == (
        "`knowledge_base` is given twice",
        "it stands at knowledge_base.yaml:1:1 already",
    )
    assert first.message == "the claim `water-per-pot` is given twice"
    assert first.help == "it stands at claims.yaml:2:3 already"
    assert len(found) == len(diagnose(rules))


# Messages and places


@pytest.mark.no_cover
@pytest.mark.parametrize("case", CASES, ids=_name)
def test_a_place_is_inside_the_file(case: Path) -> None:
    lines = case.read_text("utf-8").split("\n")
    for d in diagnose(case):
        place = d.position
        assert place.file == str(case)
        assert place.line <= len(lines)
        if place.line:
            width = len(lines[place.line - 1])
            assert 1 <= place.column <= width + 1
            assert 1 <= place.length <= max(width + 1 - place.column, 1)


#: Codes whose messages speak of the place itself, since nothing there has a name.
NAMELESS = {
    "division-by-zero",  # where it is by a plain 0
    "formula-range",  # where a range is made negative
    "formula-syntax",  # where nothing is written, or too much
    "nesting-too-deep",
    "not-allowed-value",  # where a list or a text is empty
    "range-order",
    "wrong-type",  # where nothing, a list or a mapping is written
    "yaml-syntax",
}


@pytest.mark.no_cover
@pytest.mark.parametrize("case", CASES, ids=_name)
def test_a_message_names_what_was_written(case: Path) -> None:
    for d in diagnose(case):
        assert d.message and d.message == d.message.strip() and "``" not in d.message
        assert "`" in d.message or d.code in NAMELESS
        assert d.severity is severity(d.code)
        assert len(d.help) <= 140


#: Codes whose caret stands under what the message quotes.
QUOTED = {
    *("alias", "unknown-choice", "unknown-claim", "unknown-fact", "unknown-name", "unknown-reference"),
    *("unknown-section", "unknown-table", "unknown-topic", "unknown-work", "unused-claim", "unused-fact"),
    *("number-notation", "placeholder-may-be-unknown", "yes-no-boolean", "tag", "key-does-not-apply"),
}


def _under_caret(d: Diagnostic) -> str:
    place = d.position
    line = Path(place.file).read_text("utf-8").split("\n")[place.line - 1]
    return line[place.column - 1 :][: place.length]


@pytest.mark.no_cover
@pytest.mark.parametrize("case", CASES, ids=_name)
def test_the_caret_is_under_what_the_message_quotes(case: Path) -> None:
    for d in diagnose(case):
        if d.code in QUOTED:
            written = _under_caret(d).split(" ")[0].strip('"')
            assert written in re.findall(r"`([^`]*)`", d.message)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("because: [dry-siol]", "did you mean `dry-soil`?"),
        ("because: [Dry_Soil]", "did you mean `dry-soil`?"),
        ("because: [something-else]", "allowed: dry-soil"),
        ("becauze: [dry-soil]", "did you mean `because`?"),
    ],
)
def test_help_names_the_closest_or_what_there_is(wrong: str, right: str, tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(_clean(FOLDER / "yes-no-boolean.yaml").replace("because: [dry-soil]", wrong), "utf-8")
    file.write_text(file.read_text("utf-8").replace("yes", "true"), "utf-8")
    [found] = diagnose(file)
    assert found.help.startswith(right)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("says: {en: Water the plant.}", 'says: {en: "Água — água 水 ☔ {wasser}."}', "{wasser}"),
        ("says: {en: Water the plant.}", "says: {en: 'Água {wasser}.'}", "{wasser}"),
        ("says: {en: Water the plant.}", "says:\n      en: Água — {wasser}.", "{wasser}"),
        ("soil_is_dry: true", 'soil_is_dry: true, light: {below: "light + lihgt"}', "lihgt"),
        ("soil_is_dry: true", "soil_is_dry: true, light: {below: 'light + lihgt'}", "lihgt"),
        ("soil_is_dry: true", "soil_is_dry: true, light: {within: [2, light + lihgt]}", "lihgt"),
        ("because: [dry-soil]\n  - id: lamp", 'because: ["dry-soil", "siol"]\n  - id: lamp', '"siol"'),
    ],
)
def test_the_caret_is_right_after_other_letters_and_in_quotes(
    old: str, new: str, word: str, tmp_path: Path
) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(BASE.replace(old, new), "utf-8")
    [found] = diagnose(file)
    assert _under_caret(found) == word
    _, _, shown, caret, *_ = as_report((found,)).split("\n")
    assert caret.index("^") == shown.index(word)
    assert caret.count("^") == len(word)


BASE = """\
knowledge_base:
  id: nursery
  title: {en: Nursery}
  version: 1.0.0
  languages: [en]
  about: {en: About plants.}
  notice: {en: General information.}
  sections: {care: {title: {en: Care}}}
facts:
  soil_is_dry: {type: boolean, label: {en: dry soil}, question: {en: Dry?}}
  light: {type: number, span: [0, 24], step: 1, label: {en: light}, question: {en: Light?}}
claims:
  dry-soil: {section: care, kind: action, says: {en: Plants wilt in dry soil.}}
rules:
  - id: water
    title: {en: Water}
    when: {soil_is_dry: true}
    advise: do
    says: {en: Water the plant.}
    because: [dry-soil]
  - id: lamp
    title: {en: Lamp}
    when: {light: {below: 8}}
    advise: do
    says: {en: Use a lamp.}
    because: [dry-soil]
"""


@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_place_does_not_depend_on_line_ends(bom: str, end: str, tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_bytes((bom + BASE.replace("dry: true", "dry: yes").replace("\n", end)).encode())
    [found] = diagnose(file)
    assert (found.position.line, found.position.column, found.position.length) == (17, 25, 3)
    assert "when: {soil_is_dry: yes}\n" in as_report((found,))


def test_what_is_folded_over_lines_is_marked_where_it_starts(tmp_path: Path) -> None:
    folded = "\n      light:\n        above: >-\n          light +\n          lihgt\n      soil_is_dry: true"
    texts = "\n      en: >-\n        Water the {wasser}\n        plant."
    file = tmp_path / "rules.yaml"
    written = BASE.replace(" {soil_is_dry: true}", folded).replace(" {en: Water the plant.}", texts)
    file.write_text(written, "utf-8")
    assert [(d.code, _under_caret(d)) for d in diagnose(file)] == [
        ("unknown-name", ">"),
        ("unknown-placeholder", ">"),
    ]


# What the command gives


@pytest.mark.no_cover
@pytest.mark.parametrize("case", CASES, ids=_name)
def test_json_is_what_its_schema_says(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schema = json.loads((ROOT / "schemas" / "diagnostics.schema.json").read_text("utf-8"))
    document = json.loads(ran(capsys, "check", str(case), "--format", "json").out)
    jsonschema.Draft202012Validator(schema).validate(document)
    found = diagnose(case)
    assert document["errors"] == sum(1 for d in found if d.severity is Severity.ERROR)
    assert document["errors"] + document["warnings"] == len(document["diagnostics"]) == len(found)


_COMMAND = re.compile(r"::(error|warning) file=[^,:]+(,line=[0-9]+,col=[0-9]+)?,title=[a-z0-9-]+::\S.*")


@pytest.mark.no_cover
@pytest.mark.parametrize("case", CASES, ids=_name)
def test_github_gets_workflow_commands(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commands = ran(capsys, "check", str(case), "--format", "github").out.splitlines()
    assert len(commands) == len(diagnose(case))
    assert [command for command in commands if not _COMMAND.fullmatch(command)] == []


def test_github_gets_what_is_special_to_it_escaped() -> None:
    found = Diagnostic("alias", "50% of\nit", diagnose(FOLDER / "alias.yaml")[0].position, "a: b, c")
    assert as_github((found,)).count("\n") == 1
    assert "50%25 of%0Ait (a: b, c)" in as_github((found,))


@pytest.mark.parametrize(
    ("case", "options", "code"),
    [
        ("good", (), ExitCode.OK),
        ("good", ("--strict",), ExitCode.OK),
        ("many", (), ExitCode.PROBLEMS_FOUND),
        ("many", ("--format", "json"), ExitCode.PROBLEMS_FOUND),
        ("unused-fact", (), ExitCode.OK),
        ("unused-fact", ("--format", "github"), ExitCode.OK),
        ("unused-fact", ("--strict",), ExitCode.PROBLEMS_FOUND),
    ],
)
def test_exit_code(
    case: str, options: tuple[str, ...], code: ExitCode, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran(capsys, "check", str(FOLDER / f"{case}.yaml"), *options).code == code


def test_a_file_that_was_changed_is_shown_as_it_is_now(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    for word in ("yes", "no"):
        file.write_text(BASE.replace("dry: true", f"dry: {word}"), "utf-8")
        assert f"dry: {word}}}\n" in as_report(diagnose(file))


# Pages


def _page(code: str) -> str:
    return (PAGES / f"{code}.md").read_text("utf-8")


def _shown(
    code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> str:
    """What the command prints of the case, or the folder, that shows a code."""
    if code not in FOLDERS:
        monkeypatch.chdir(ROOT)
        return ran(capsys, "check", f"tests/diagnostics/{code}.yaml").out
    monkeypatch.chdir(tmp_path)
    Path("rules").mkdir()
    FOLDERS[code](Path("rules"))
    shown = ran(capsys, "check", "rules").out
    last = shown.split("\n\n")[-3:]
    return "…\n\n" + "\n\n".join(last) if code == TOO_MANY else shown


@pytest.mark.no_cover
@pytest.mark.parametrize("code", CODES)
def test_page_shows_what_the_command_prints(
    code: str,
    update: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = _shown(code, tmp_path, capsys, monkeypatch)
    assert f"[{code}]" in shown
    made = _SHOWN.sub(lambda _: shown, _page(code), count=1)
    if update:
        (PAGES / f"{code}.md").write_text(made, "utf-8")
    assert _page(code) == made, "write it anew with --update-goldens"


@pytest.mark.parametrize("code", CODES)
def test_page_has_its_parts(code: str) -> None:
    title, *parts = re.findall(
        r"^#+ .*$", re.sub(r"```.*?```", "", _page(code), flags=re.DOTALL), re.MULTILINE
    )
    assert title == f"# `{code}`: {CODES[code]}"
    assert parts == ["## For example", "## What you see", "## What to do"]


@pytest.mark.no_cover
@pytest.mark.parametrize("code", [code for code in CODES if code not in FOLDERS])
def test_following_a_page_leaves_nothing_to_report(code: str, tmp_path: Path) -> None:
    wrong, right = _YAML.findall(_page(code))
    case = _clean(FOLDER / f"{code}.yaml")
    assert case.count(wrong) == 1, "what the page shows as wrong does not stand in the case"
    corrected = tmp_path / "rules.yaml"
    corrected.write_text(case.replace(wrong, right), "utf-8")
    assert as_report(diagnose(corrected)) == "no errors, no warnings\n"


def test_index_lists_every_code(update: bool) -> None:
    index = PAGES / "README.md"
    rows = [
        f"| [`{code}`]({code}.md) | {severity(code)} | {meaning} |" for code, meaning in sorted(CODES.items())
    ]
    table = "\n".join(["| code | | what it means |", "|---|---|---|", *rows])
    made = re.sub(
        r"^\|.*\|$", lambda _: table, index.read_text("utf-8"), count=1, flags=re.MULTILINE | re.DOTALL
    )
    if update:
        index.write_text(made, "utf-8")
    assert index.read_text("utf-8") == made, "write it anew with --update-goldens"
