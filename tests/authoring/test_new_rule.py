"""``wellfounded new rule`` with options: what it writes where, and that all of it passes at once."""

from __future__ import annotations

from pathlib import Path

import pytest

import wellfounded
from tests.authoring.folders import added, contents, passing
from tests.command import Ran, ran
from wellfounded.authoring import write
from wellfounded.authoring.asked import Asked, understood
from wellfounded.interfaces.cli import new_rule
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.load.whole_file import write_whole

MEAL = ["protein/evening-meal", "--title", "nl=Avondeten", "--fact", "protein_per_meal"]
MEAL += ["--target", "within=20-40", "--like", "protein-daily", "--claim", "protein-per-meal"]
MEAL += ["--title", "en=Evening meal"]


def new(capsys: pytest.CaptureFixture[str], *options: str) -> Ran:
    return ran(capsys, "new", "rule", *options)


@pytest.mark.no_cover
def test_a_rule_with_its_number_and_scenarios(capsys: pytest.CaptureFixture[str], rules: Path) -> None:
    before = contents(rules)
    done = new(capsys, *MEAL)
    assert (done.code, done.err) == (ExitCode.OK, "")
    assert done.out.splitlines() == [
        "wrote rules/nutrition/protein.yaml",
        "wrote rules/parameters.yaml",
        "wrote rules/nutrition/protein.scenarios.yaml",
        "9 scenarios, all of which pass",
    ]
    texts = added(before, rules)
    assert list(texts) and texts["parameters.yaml"] == (
        "  evening_meal:\n    range: [20, 40]\n    unit: g/meal\n    claim: protein-per-meal\n"
        '    label: {nl: "eiwit per maaltijd", en: "protein per meal"}\n'
    )
    assert (
        '      meet:\n        nl: "Eiwit per maaltijd: het advies is {target}."\n'
        in (texts["nutrition/protein.yaml"])
    )
    mine = [one for one in passing(rules) if one.name.startswith("evening-meal: ")]
    assert [one.name.removeprefix("evening-meal: ") for one in mine] == [
        "raise at 19, one step below its lower bound",
        "keep at 20, on its lower bound",
        "keep at 21, one step above its lower bound",
        "keep at 39, one step below its upper bound",
        "keep at 40, on its upper bound",
        "lower at 41, one step above its upper bound",
        "meet, where the present value is unknown",
        "not given",
        "undecided",
    ]


def test_a_draft_in_a_new_file_with_a_claim_of_its_own(
    capsys: pytest.CaptureFixture[str], rules: Path
) -> None:
    before = contents(rules)
    done = new(
        capsys,
        *("sleep/naps/short-nap", "--draft", "--advise", "consider"),
        "--when=sleep_duration=below sleep_range",
        "--title=nl=Dutje: 'kort' # en fijn",
        '--title=en=A "nap"\nor two 😴',
        "--says=nl=- {sleep_range}: doe een dutje",
        "--says=en=Have a nap: yes",
        "--claim=naps-help",
        "--claim-says=nl=true",
        "--claim-says=en=Naps help.",
        "--section=recovery",
        "--kind=action",
    )
    assert done.code == ExitCode.OK
    texts = added(before, rules)
    assert set(texts) == {"claims/recovery.yaml", "sleep/naps.yaml", "sleep/naps.scenarios.yaml"}
    content = wellfounded.load(rules).content
    assert content.rules["short-nap"].title["en"] == 'A "nap"\nor two 😴'
    assert content.claims["naps-help"].says["nl"] == "true"
    assert content.rules["short-nap"].status == "draft"
    mine = [one for one in passing(rules) if "short-nap" in one.expect]
    assert all(one.drafts for one in mine)
    assert {one.name.removeprefix("short-nap: ") for one in mine} >= {
        "given",
        "sleep_duration 7, on the 7 of its condition",
        "not given",
        "undecided",
    }


def test_an_active_rule_in_a_language_that_is_not_drafted(
    capsys: pytest.CaptureFixture[str], plants: Path
) -> None:
    options = (
        "rules/airy --title en=Air --title de=Luft --fact draughty --target is=false --when kind=fern,ivy"
    )
    refused = new(capsys, *options.split(), "--claim", "no-draught")
    assert refused.code == ExitCode.USAGE
    assert [line for line in refused.err.splitlines() if "missing" in line] == [
        f"  missing: --says {verdict}:de=TEXT" for verdict in ("stop", "keep", "meet")
    ]
    german = [f"--says={verdict}:de=Zugluft: {verdict}." for verdict in ("stop", "keep", "meet")]
    before = contents(plants)
    done = new(capsys, *options.split(), "--claim", "no-draught", *german)
    assert (done.code, done.err) == (ExitCode.OK, "")
    assert set(added(before, plants)) == {"rules.yaml", "rules.scenarios.yaml"}
    mine = [one for one in passing(plants) if "airy" in one.expect]
    assert [one.name for one in mine] == [
        "airy: stop",
        "airy: keep",
        "airy: meet, where the present value is unknown",
        "airy: not given",
        "airy: undecided",
    ]


@pytest.mark.no_cover
def test_a_target_that_depends_on_the_person(capsys: pytest.CaptureFixture[str], rules: Path) -> None:
    done = new(
        capsys,
        *("protein/vegan-protein", "--title", "nl=a", "--title", "en=b", "--when", "diet=vegan"),
        *("--when", "resistance_training=true"),
        *("--when", "age=at_least adult_age", "--fact", "protein_intake"),
        *("--target", "at_least=protein_dose * body_mass"),
    )
    assert (done.code, done.err) == (ExitCode.OK, "")
    mine = [one for one in passing(rules) if "vegan-protein" in one.expect]
    assert [one.expect["vegan-protein"] for one in mine if one.name.endswith("of its condition")] == [
        "absent",
        {"verdict": "meet", "target": {"low": 300, "unit": "g/day"}},
        {"verdict": "meet", "target": {"low": 300, "unit": "g/day"}},
    ]


def test_everything_that_is_wrong_is_said_at_once(capsys: pytest.CaptureFixture[str], rules: Path) -> None:
    before = contents(rules)
    done = new(
        capsys,
        *("protein/protein-daily", "--title", "fr=a", "--title", "nl=", "--fact", "protein_intak"),
        *("--target", "within=40-20"),
        *(
            "--when",
            "age=18,5",
            "--when",
            "diet=veganist",
            "--when",
            "healthy=yes",
            "--like",
            "protein-dayly",
        ),
        *("--claim", "nope"),
        *("--when", "age=at_leest 18", "--when", "goal"),
    )
    assert done.code == ExitCode.USAGE
    for said in (
        "there is a rule `protein-daily` already, at nutrition/protein.yaml:3:9",
        "--title: `fr` is not a language of this knowledge base; allowed: nl, en",
        "--title: the text in `nl` is empty",
        "there is no fact `protein_intak`; did you mean `protein_intake`?",
        "there is no rule `protein-dayly`; did you mean `protein-daily`?",
        "`18,5` is not a plain number; write decimals with a point",
        "`veganist` is not a choice of `diet`; did you mean `vegan`?",
        "`healthy` is a yes/no, so it is true or false, not `yes`",
        "`age` is a number: write age=at_least 20, with one of below, at_least, at_most, above, within",
        "--when is written FACT=VALUE, not `goal`",
        "there is no claim `nope`",
        "missing: --title en=TEXT",
    ):
        assert said in done.err, said
    assert contents(rules) == before


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("within=40-20", "`40-20` goes down; write the lower number first"),
        ("within=20", "within needs a lowest and a highest number, such as within=20-40, not `20`"),
        ("at_least=20-40", "at_least needs one number; for `20-40` write within=20-40"),
        ("at_least=20,5", "`20,5` is not a plain number; write decimals with a point"),
        ("at_least=-1", "-1 is outside what `protein_per_meal` can be: 0–1000 g"),
        (
            "at_least=protein_dos",
            "there is no parameter or number `protein_dos`; did you mean",
        ),
        ("at_least=20 g", "is not a formula"),
        ("is=true", "`protein_per_meal` is a number, and `true` is a yes/no"),
        ("about=20", "--target cannot be `about=20`; allowed: within, at_least, at_most, is"),
        ("20", "write at_least=20, at_most=20, within=20-40 or is=20"),
        ("within=protein_dose", "would not pass the check"),
    ],
)
def test_a_wrong_target_says_what_is_allowed(
    capsys: pytest.CaptureFixture[str], rules: Path, target: str, said: str
) -> None:
    before = contents(rules)
    options = [target if option == "within=20-40" else option for option in MEAL]
    done = new(capsys, *options)
    assert done.code == ExitCode.USAGE
    assert said in done.err
    assert contents(rules) == before


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("evening-meal", "`evening-meal` has to be FILE/ID"),
        ("../protein/x", "has to be FILE/ID"),
        ("/etc/x", "has to be FILE/ID"),
        ("protein.scenarios/x", "is a file of scenarios"),
        ("protein/a b", "`a b` cannot be the id of the rule"),
        ("protein/", "has to be FILE/ID"),
        (
            "recovery/nap",
            "`recovery` is a folder; name a file in it: recovery/rest, recovery/sleep, or a new one",
        ),
        ("claims/nap", "`claims` is a folder; name a file in it: a new one, as in claims/nap/nap"),
    ],
)
def test_a_wrong_name(capsys: pytest.CaptureFixture[str], rules: Path, name: str, said: str) -> None:
    done = new(capsys, name, *MEAL[1:])
    assert done.code == ExitCode.USAGE
    assert said in done.err
    assert contents(rules) == contents(Path("rules"))


def test_a_new_file_asks_whether_an_old_one_was_meant(
    capsys: pytest.CaptureFixture[str], rules: Path
) -> None:
    done = new(capsys, "protien/evening-meal", *MEAL[1:], "--dry-run")
    assert done.err.startswith(
        "there is no file protien.yaml yet, and it will be new; did you mean `protein`?"
    )


@pytest.mark.no_cover
def test_a_file_of_claims_is_not_taken_for_one_of_rules(
    capsys: pytest.CaptureFixture[str], rules: Path
) -> None:
    assert (rules / "claims" / "summary.yaml").exists()
    before = contents(rules)
    done = new(capsys, "summary/evening-meal", *MEAL[1:])
    assert done.err == "there is no file summary.yaml yet, and it will be new\n"
    assert "summary.yaml" in added(before, rules) and "claims/summary.yaml" not in added(before, rules)
    assert new(capsys, "claims/summary/late", *MEAL[1:]).code == ExitCode.OK
    assert "rules:\n  - id: late\n" in added(before, rules)["claims/summary.yaml"]
    assert passing(rules)


def test_scenarios_that_were_wrong_before_are_said(capsys: pytest.CaptureFixture[str], rules: Path) -> None:
    for name, wrong in (
        ("rest", "scenarios: [\n"),
        ("sleep", "scenarios:\n  - {name: a, given: {slep: 1}}\n"),
    ):
        (rules / "recovery" / f"{name}.scenarios.yaml").write_text(wrong)
    done = new(capsys, *MEAL)
    assert done.code == ExitCode.OK
    rest, sleep = done.err.splitlines()
    assert rest.startswith("warning: recovery/rest.scenarios.yaml:2:1: ")
    assert sleep.startswith("warning: recovery/sleep.scenarios.yaml:2:5: `expect` is missing")
    assert rest.endswith("; `test` will say so too")
    refused = new(capsys, "recovery/rest/late", *MEAL[1:])
    assert refused.code == ExitCode.USAGE and "rest.scenarios.yaml cannot be read" in refused.err


BARE = 'knowledge_base: {id: a, title: {en: "A"}, version: 0.1.0, languages: [en], about: {en: "A"}, '
BARE += 'notice: {en: "N"}, sections: {}}\n'


def test_a_knowledge_base_with_nothing_in_it_yet(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.yaml").write_text(BARE)
    options = ("a/b", "--rules", str(tmp_path), "--title", "en=B")
    wrong = new(
        capsys, *options, "--fact", "x", "--target", "is=1", "--like", "r", "--claim", "c", "--when", "y=1"
    )
    assert [line for line in wrong.err.splitlines() if line.startswith("  ")] == [
        "  there is no fact `x`",
        "  there is no rule `r`",
        "  there is no fact `y`",
        "  there is no claim `c`; for a new one give --claim-says, --section and --kind",
    ]
    asked = understood(Asked("b"), wellfounded.load(tmp_path).content)
    assert [question.prompt for question in asked.missing] == [
        "What is its title (en)?",
        "What is it about: do, consider, avoid, inform?",
        "Who is it for: everyone?",
        "What does it rest on: `new`?",
    ]
    without = new(capsys, *options, "--advise", "do", "--says", "en=B", "--everyone", "--claim", "new")
    assert "  this knowledge base has no section for the claim to be in; add one first" in without.err


@pytest.mark.no_cover
def test_a_condition_on_top_of_that_of_another_rule(capsys: pytest.CaptureFixture[str], rules: Path) -> None:
    assert new(capsys, *MEAL, "--when", "diet=vegan").code == ExitCode.OK
    assert new(capsys, "protein/late", *MEAL[1:], "--when", "goal=muscle_gain").code == ExitCode.OK
    written = (rules / "nutrition" / "protein.yaml").read_text("utf-8")
    assert "    when: {goal: muscle_gain, in_population: true, diet: vegan}\n" in written
    assert "    when: {all: [{goal: muscle_gain, in_population: true}, {goal: muscle_gain}]}\n" in written
    assert passing(rules)


def test_a_dry_run_is_a_diff_that_git_can_apply(capsys: pytest.CaptureFixture[str], rules: Path) -> None:
    before = contents(rules)
    done = new(capsys, *MEAL, "--dry-run")
    assert contents(rules) == before
    assert done.out.startswith("--- a/rules/nutrition/protein.yaml\n+++ b/rules/nutrition/protein.yaml\n@@ ")
    assert not [line for line in done.out.splitlines() if line.startswith("-") and line[:4] != "--- "]
    assert done.err == "9 scenarios, all of which pass\n"


def test_a_write_that_fails_in_the_middle_leaves_all_as_it_was(
    capsys: pytest.CaptureFixture[str], rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(rules)
    written = []

    def fails_at_the_third(path: Path, data: bytes) -> None:
        written.append(path)
        if len(written) == 3:
            raise OSError(28, "No space left on device", str(path))
        write_whole(path, data)

    monkeypatch.setattr(write, "write_whole", fails_at_the_third)
    done = new(capsys, "sub/dir/evening-meal", *MEAL[1:])
    assert done.code == ExitCode.CANNOT_WRITE
    assert "No space left on device" in done.err
    assert len(written) > 3 and contents(rules) == before and not (rules / "sub").exists()


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    capsys: pytest.CaptureFixture[str], rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = write.write_all

    def after_somebody_else(changes: dict[Path, write.Change]) -> None:
        path = rules / "parameters.yaml"
        path.write_bytes(path.read_bytes() + b"# mine\n")
        real(changes)

    monkeypatch.setattr(new_rule, "write_all", after_somebody_else)
    before = contents(rules)
    done = new(capsys, *MEAL)
    assert (
        "rules/parameters.yaml was changed by somebody else in the meantime; nothing was written" in done.err
    )
    assert added(before, rules) == {"parameters.yaml": "# mine\n"}


def test_the_rules_of_an_installed_package_are_left_alone(
    capsys: pytest.CaptureFixture[str], rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new_rule, "is_installed", lambda: True)
    monkeypatch.setattr(new_rule, "data_folder", lambda _: rules)
    done = new(capsys, *MEAL)
    assert done.code == ExitCode.USAGE
    assert "the rules inside the installed package are not changed" in done.err


def test_without_a_knowledge_base_here_its_folder_has_to_be_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = new(capsys, *MEAL)
    assert "name its folder with --rules" in done.err


def test_a_broken_knowledge_base_is_not_added_to(capsys: pytest.CaptureFixture[str], rules: Path) -> None:
    (rules / "broken.yaml").write_text("facts: {a: {type: numbr}}\n")
    before = contents(rules)
    assert new(capsys, *MEAL).code == ExitCode.BAD_KNOWLEDGE_BASE
    assert contents(rules) == before


def test_a_knowledge_base_in_one_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    header = 'knowledge_base: {id: a, title: {en: "A"}, version: 0.1.0, languages: [en], about: {en: "A"}, '
    header += 'notice: {en: "N"}, sections: {s: {title: {en: "S"}}}}\n'
    path = tmp_path / "one.yaml"
    path.write_text(
        f"{header}facts:\n  tall: {{type: boolean, label: {{en: tall}}, question: {{en: Tall?}}}}\n"
    )
    options = "--title en=Ladder --advise avoid --says en=Avoid. --when tall=true --claim-says en=True. "
    options += f"--section s --kind action --rules {path}"
    wrong = new(capsys, "two/ladder", *options.split())
    assert "there is no other file than one.yaml here; write one/ladder" in wrong.err
    done = new(capsys, "one/ladder", *options.split())
    assert (done.code, done.out.splitlines()[-1]) == (ExitCode.OK, "3 scenarios, all of which pass")
    assert passing(tmp_path)
