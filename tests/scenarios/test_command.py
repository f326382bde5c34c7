"""``wellfounded test``: what it prints and writes, which scenarios it runs, and its exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from tests.command import ran, with_input
from tests.conftest import ROOT, RULES
from tests.scenarios.garden import RULES as GARDEN
from tests.scenarios.garden import garden, scenario
from wellfounded.interfaces import watching
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.load.structure import schema

GOOD = scenario("{season: summer}", "{enjoy: inform}")
BAD = scenario("{season: winter}", "{enjoy: inform, water: absent}")
MISTAKEN = scenario("{saeson: winter}", "{enjoy: inform}")
GOLDEN = Path(__file__).parent / "failing.txt"

#: Scenarios that fail in every way, whose report is kept whole.
FAILING = """\
scenarios:
  - name: "a dry summer asks for nothing"
    given: {season: summer, rain: 3, indoors: false, watering: 1}
    expect:
      water: absent
      enjoy: {verdict: do, text: "in peace", sources: [weak]}
  - name: "rain settles it"
    given: {season: summer, rain: 3}
    expect:
      water: raise
      mulch: {verdict: do}
  - name: "plants indoors are never dry"
    given: {season: summer, indoors: true}
    expect:
      water: {undecided: [rain]}
      enjoy: inform
  - name: "mulch is a draft"
    given: {indoors: false, rain: 3}
    expect: {mulch: absent}
  - name: "nobody sows in summer"
    given: {season: summer, snow: 1}
    expect: {enjoy: inform}
"""


def test_a_failing_run_is_said_as_the_golden_file_has_it(
    tmp_path: Path,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    garden(tmp_path / "garden", plants=FAILING)
    monkeypatch.chdir(tmp_path)
    result = ran(capsys, "test", "garden")
    got = f"{result.out}{result.err}exit code {int(result.code)}\n"
    if request.config.getoption("--update-goldens"):
        GOLDEN.write_text(got, encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == got


@pytest.mark.no_cover
def test_the_shipped_scenarios_pass(capsys: pytest.CaptureFixture[str]) -> None:
    result = ran(capsys, "test")
    assert result.code == ExitCode.OK
    assert result.out.endswith(" scenarios passed\n")


@pytest.mark.parametrize(
    ("written", "code", "said"),
    [
        (GOOD, 0, "1 scenario passed"),
        (BAD, 1, "1 of 1 scenario failed"),
        (MISTAKEN, 1, "error[unknown-fact]: `saeson` is not a fact that is known here"),
        ("scenarios: [\n", 1, "error[yaml-syntax]"),
    ],
)
def test_exit_codes(
    written: str, code: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    garden(tmp_path, one=written)
    result = ran(capsys, "test", str(tmp_path))
    assert (result.code, result.err) == (code, "")
    assert said in result.out


def test_broken_rules_are_reported_and_nothing_is_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    garden(tmp_path, one=GOOD)
    (tmp_path / "rules.yaml").write_text(GARDEN.replace("season: summer", "season: sumer"), encoding="utf-8")
    result = ran(capsys, "test", str(tmp_path))
    assert (result.code, result.out) == (ExitCode.BAD_KNOWLEDGE_BASE, "")
    assert "error[unknown-choice]: `sumer` is not a choice of `season`" in result.err


def test_a_run_without_scenarios_fails_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    garden(tmp_path)
    assert ran(capsys, "test", str(tmp_path))[:2] == (1, f"there is no scenario to run in {tmp_path}\n")
    garden(tmp_path, one=GOOD)
    none = ran(capsys, "test", str(tmp_path), "-k", "spring")
    assert none[:2] == (1, f"there is no scenario with 'spring' in name or file to run in {tmp_path}\n")


#: What a recording would overlook, since it runs nothing.
OVERLOOKED = [
    ["-k", "fern"],
    ["--format", "json"],
    ["--junit", "x.xml"],
    ["--watch"],
    ["--coverage"],
    ["--fail-under", "90"],
    ["--mutate"],
    ["--out", "x.yaml"],
]
PERSON = str(ROOT / "docs" / "examples" / "person.yaml")


def test_help_says_of_the_rules_what_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    assert "the nearest at or above PATH" in " ".join(ran(capsys, "test", "--help").out.split())


def test_what_cannot_be_asked_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, said in (
        (["nowhere"], "there is no file or folder nowhere"),
        (["-k", "a and"], "a word is missing at the end"),
        (["-k", "(a"], "a `(` is not closed"),
        (["-k", "a )"], "`)` does not fit there"),
        (["-k", "(" * 5000], "at most 100 words are read"),
        (["--format", "html"], "--format html goes with --coverage"),
        (["--name", "x"], "--name goes with --record"),
        (["--topics", "x", "--coverage"], "--topics goes with --record"),
        *((["--record", PERSON, *more], f"{more[0]} does not go with --record") for more in OVERLOOKED),
        (["--fail-under", "101"], "101"),
    ):
        result = ran(capsys, "test", *arguments)
        assert result.code == ExitCode.USAGE
        assert said in result.err


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("fern", "ab"),
        ("FERN and not dry", "b"),
        ("dry fern", "a"),
        ("dry or (wet and fern)", "abc"),
        ("not fern", "cd"),
        ("plants", "abcd"),
        ("moss", "c"),
        ("garden", ""),  # the folder that was asked for, in which all of them are
    ],
)
def test_words_choose_scenarios(
    words: str, names: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    called = {"a": "a dry fern", "b": "a wet fern", "c": "dry moss", "d": "a cactus"}
    items = "".join(
        f"  - {{name: {name}, given: {{}}, expect: {{enjoy: undecided}}}}\n" for name in called.values()
    )
    garden(tmp_path / "garden", plants=f"scenarios:\n{items}")
    document = json.loads(ran(capsys, "test", str(tmp_path / "garden"), "-k", words, "--format", "json").out)
    assert [one["name"] for one in document["scenarios"]] == [called[name] for name in names]


def test_json_is_what_its_schema_describes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    garden(tmp_path, bad=BAD, good=GOOD, mistaken=MISTAKEN)
    document = json.loads(ran(capsys, "test", str(tmp_path), "--format", "json").out)
    jsonschema.Draft202012Validator.check_schema(schema("scenario-results"))
    jsonschema.Draft202012Validator(schema("scenario-results")).validate(document)
    assert (document["passed"], document["failed"], len(document["diagnostics"])) == (1, 1, 1)
    [difference] = document["scenarios"][0]["differences"]
    assert (difference["topic"], difference["expected"], difference["got"]) == (
        "enjoy",
        "verdict inform",
        "not given",
    )


def test_junit_has_a_case_for_each_scenario_whatever_its_texts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = BAD.replace("name: one", r'name: "</testcase> & \"x\" \x07 \u2028 ]]>"')
    garden(tmp_path, bad=hostile, good=GOOD, mistaken=MISTAKEN)
    file = tmp_path / "junit.xml"
    assert ran(capsys, "test", str(tmp_path), "--junit", str(file)).code == 1
    suites = ElementTree.parse(file).getroot()
    assert (suites.tag, dict(suites.attrib)) == ("testsuites", {"tests": "3", "failures": "1", "errors": "1"})
    for suite in suites:
        cases = suite.findall("testcase")
        assert int(suite.attrib["tests"]) == len(cases)
        assert int(suite.attrib["failures"]) == sum(case.find("failure") is not None for case in cases)
        assert all(case.attrib["classname"] == suite.attrib["name"] for case in cases)
    [failed] = [case for case in suites.iter("testcase") if case.find("failure") is not None]
    assert failed.attrib["name"] == '</testcase> & "x" � ]]>'
    assert "expected  verdict inform" in (failed.findtext("failure") or "")


def test_scenarios_may_stand_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    garden(tmp_path / "rules")
    (tmp_path / "mine.scenarios.yaml").write_text(BAD, encoding="utf-8")
    result = ran(capsys, "test", "mine.scenarios.yaml", "--rules", "rules")
    assert result.code == 1
    assert "rule `enjoy` (rules/rules.yaml:33) does not hold" in result.out


def test_coverage_in_every_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    garden(tmp_path, good=GOOD)
    text = ran(capsys, "test", str(tmp_path), "--coverage")
    assert text.code == 0
    assert f"{tmp_path / 'rules.yaml'}:33: rule enjoy: never not given, undecided\n" in text.out
    assert "   33.3 %     1 of    3  Claims among the sources\n" in text.out
    document = json.loads(ran(capsys, "test", str(tmp_path), "--coverage", "--format", "json").out)
    jsonschema.Draft202012Validator(schema("coverage")).validate(document)
    page = tmp_path / "coverage.html"
    written = ran(capsys, "test", str(tmp_path), "--coverage", "--format", "html", "--out", str(page))
    assert (written.code, written.err) == (0, f"wrote {page}\n")
    assert "<h2>Not reached</h2>" in page.read_text(encoding="utf-8")


def test_too_little_reached_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    garden(tmp_path, good=GOOD)
    low = ran(capsys, "test", str(tmp_path), "--fail-under", "50")
    assert (low.code, low.err) == (1, "failed: 0.0 % is under 50 %\n")
    assert ran(capsys, "test", str(tmp_path), "--fail-under", "0").code == 0
    assert ran(capsys, "test", str(RULES), "--fail-under", "100").code == 0


def test_a_recorded_scenario_passes_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    garden(tmp_path)
    file, folder = tmp_path / "new.scenarios.yaml", str(tmp_path)
    with_input(monkeypatch, b"{rain: 3, season: summer}")
    printed = ran(capsys, "test", folder, "--record", "-", "--name", "no: colon", "--topics", "water, enjoy")
    assert printed.out == (
        'scenarios:\n  - name: "no: colon"\n    given: {rain: 3, season: summer}\n    expect:\n'
        "      water: {undecided: [indoors]}\n      enjoy: inform\n"
    )
    for name in ("first", "second"):
        with_input(monkeypatch, b"{rain: 3, season: summer}")
        done = ran(capsys, "test", folder, "--record", "-", "--name", name, "--into", str(file))
        assert (done.code, done.err) == (0, f"added “{name}” to {file}\n")
    assert ran(capsys, "test", folder)[:2] == (0, "2 scenarios passed\n")


def test_what_cannot_be_recorded_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    garden(tmp_path)
    (tmp_path / "odd.scenarios.yaml").write_bytes(b"\xff")
    person = tmp_path / "person.json"
    for stated, arguments, code, said in (
        ("{}", ["--topics", "enjoi"], 2, "there is no topic `enjoi`; did you mean `enjoy`?"),
        ("{}", ["--into", "x.yaml"], 2, "x.yaml is no scenario file, whose name ends in .scenarios.yaml"),
        ("{}", ["--into", str(tmp_path / "odd.scenarios.yaml")], 2, "is not UTF-8"),
        ("{}", ["--into", str(tmp_path / "no" / "x.scenarios.yaml")], 6, "No such file or directory"),
        ("{snow: 1}", [], 3, "`snow` is not a fact that is known here"),
    ):
        person.write_text(stated, encoding="utf-8")
        result = ran(capsys, "test", str(tmp_path), "--record", str(person), *arguments)
        assert result.code == code
        assert said in result.err


def test_looking_notices_what_is_written_added_and_removed(tmp_path: Path) -> None:
    garden(tmp_path, one=GOOD)
    steps: Iterator[Callable[[], object]] = iter(
        [
            lambda: (tmp_path / "one.scenarios.yaml").write_text(BAD, encoding="utf-8"),
            lambda: (tmp_path / "notes.txt").write_text("nothing", encoding="utf-8"),
            lambda: (tmp_path / "two.yaml").write_text("rules: []\n", encoding="utf-8"),
            lambda: (tmp_path / "two.yaml").unlink(),
        ]
    )
    paused = 0

    def pause(_: float) -> None:
        nonlocal paused
        paused += 1
        next(steps)()

    noticed = []
    looking = watching._looking([tmp_path], pause)
    for _ in range(4):
        next(looking)
        noticed.append(paused)
    assert noticed == [0, 1, 3, 4]


@pytest.mark.skipif(not hasattr(signal, "SIGINT") or os.name == "nt", reason="needs signals of POSIX")
def test_watching_runs_again_and_ends_when_interrupted(tmp_path: Path) -> None:
    garden(tmp_path, one=BAD)
    program = "from wellfounded.interfaces.cli.main import main; main()"
    command = [sys.executable, "-u", "-c", program, "test", str(tmp_path), "--watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
        assert running.stdout is not None
        until(running, "waiting for a change")
        deadline = time.monotonic() + 60
        passed = False
        while not passed and time.monotonic() < deadline:
            # Written again and again: the first time may be before anyone watches.
            (tmp_path / "one.scenarios.yaml").write_text(f"{GOOD}# {time.monotonic()}\n", encoding="utf-8")
            passed = "1 scenario passed" in until(running, "waiting for a change", seconds=3)
        running.send_signal(signal.SIGINT)
        rest = running.stdout.read()
        assert passed
        assert running.wait(60) == ExitCode.INTERRUPTED
        assert "interrupted" in rest


def until(running: subprocess.Popen[str], said: str, seconds: float = 60) -> str:
    """What is printed up to a line that says this, or within so many seconds."""
    import select  # noqa: PLC0415  # not everywhere

    assert running.stdout is not None
    printed = ""
    os.set_blocking(running.stdout.fileno(), False)
    deadline = time.monotonic() + seconds
    while said not in printed and time.monotonic() < deadline:
        if select.select([running.stdout], [], [], 0.2)[0]:
            printed += os.read(running.stdout.fileno(), 65536).decode()
    os.set_blocking(running.stdout.fileno(), True)
    return printed
