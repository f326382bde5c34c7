"""What the engine says, in Dutch: all of it, and each sentence with the parts it has in English.

``--update-goldens`` writes anew the file in which the sentences of all cases stand side by side.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.command import ran
from tests.conftest import DAY, ROOT
from tests.dutch import dutch
from tests.unit.test_diagnostics import FOLDERS
from wellfounded import Diagnostic, KnowledgeBase, diagnose
from wellfounded.interfaces.diff_words import counted
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.interfaces.retold import diagnostic_in, problems_in, refusal_in, say_in, told_in
from wellfounded.interfaces.retold.dutch import VOCABULARIES
from wellfounded.interfaces.retold.template import LONGEST, template
from wellfounded.load.from_yaml import read_yaml, syntax_error
from wellfounded.load.person import person_in
from wellfounded.model.codes import ERRORS, WARNINGS
from wellfounded.model.errors import ConflictError, FactError
from wellfounded.review.difference.records import SavedPeople
from wellfounded.verify import people as of_people

ENGINE = ROOT / "engine" / "wellfounded"
CASES = sorted((ROOT / "tests" / "diagnostics").glob("*.yaml"))
GOLDEN = ROOT / "tests" / "goldens" / "diagnostics.nl.txt"
ENTRIES = [
    (vocabulary, one, other) for vocabulary, words in VOCABULARIES.items() for one, other in words.items()
]
say = say_in("nl")


# The catalogue


def test_a_dutch_sentence_has_the_parts_of_its_english_one() -> None:
    def parts(text: str) -> list[str]:
        return sorted(name for name, _ in template(text).parts)

    assert [entry for entry in ENTRIES if parts(entry[1]) != parts(entry[2])] == []


def test_what_stands_for_a_part_is_in_a_vocabulary_that_there_is() -> None:
    named = {vocabulary for _, one, _ in ENTRIES for _, vocabulary in template(one).parts}
    assert named - {"", "count"} <= VOCABULARIES.keys()


def test_no_part_stands_directly_behind_another() -> None:
    assert [one for _, one, _ in ENTRIES if "›‹" in one and "`‹" not in one.replace("›`‹", "")] == []


def _filled(text: str) -> str:
    """An English sentence with something for each of its parts."""
    made = template(text)
    parts = {}
    for name, vocabulary in made.parts:
        if vocabulary == "count":
            parts[name] = "1,234"
        elif vocabulary:
            known = VOCABULARIES[vocabulary]
            parts[name] = _filled(min(known, key=lambda one: (one.count(":"), one.count("‹"), one)))
        else:
            parts[name] = "x9"
    return made.filled(parts)


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_each_sentence_is_retold_by_its_own_entry(vocabulary: str) -> None:
    """And not by another one that fits, too; one that keeps everything is behind all others."""
    for one, other in VOCABULARIES[vocabulary].items():
        said, literals = dutch(_filled(one), vocabulary), template(other).literals
        assert all(literal in said for literal in literals), (one, said)


def test_numbers_are_written_as_in_dutch() -> None:
    assert dutch("this file is larger than 1,048,576 bytes, the most that is read of one person") == (
        "dit bestand is groter dan 1.048.576 bytes, het meeste dat van één persoon wordt gelezen"
    )
    assert dutch("raise (102.4–140.8 g/day), waits for age", "outcome") == (
        "verhogen (102,4–140,8 g/day), wacht op age"
    )


@given(
    st.text(alphabet="`,; ‹›:()→and is not.123é", max_size=LONGEST + 10), st.sampled_from(list(VOCABULARIES))
)
def test_any_text_can_be_said(text: str, vocabulary: str) -> None:
    assert isinstance(say(text, vocabulary), str)


def test_what_authors_write_stays_as_it_is() -> None:
    assert dutch("`a number` is not a key here") == "`a number` is hier geen sleutel"
    assert dutch('write `true`, or "is missing" in quotes if it is a text') == (
        'schrijf `true`, of "is missing" tussen aanhalingstekens als het een tekst is'
    )


def test_what_is_in_no_catalogue_and_what_is_in_no_language_stays_as_it_is() -> None:
    assert say("nobody says this") == "nobody says this"
    assert say_in("fr")("leave it out") == say_in("en")("leave it out") == "leave it out"


# All that the engine says


#: The modules whose sentences people read in pages that come in Dutch, too.
SPEAKING = (
    "check/*.py",
    "load/conditions.py",
    "load/files.py",
    "load/formula.py",
    "load/from_files.py",
    "load/from_yaml.py",
    "load/history.py",
    "load/node.py",
    "load/person.py",
    "load/stated.py",
    "load/structure.py",
    "load/things.py",
    "load/unit_text.py",
    "model/errors.py",
    "model/suggest.py",
    "review/scenario_checks.py",
    "review/expectations.py",
    "review/difference/changes.py",
    "review/difference/compare.py",
    "review/difference/meaning.py",
    "review/difference/parts.py",
    "review/difference/stated.py",
    "review/mutation/mutant.py",
    "authoring/amend.py",
    "authoring/insert.py",
    "batch/checking.py",
    "batch/chunk.py",
    "batch/from_csv.py",
    "batch/from_ndjson.py",
    "table/columns.py",
    "table/query.py",
    "interfaces/diff_as_text.py",
    "interfaces/diff_words.py",
    "interfaces/mutation_page.py",
)

#: What looks like words there, and is said to nobody who reads Dutch.
SAID_TO_NOBODY = {
    "the knowledge base cannot be used:": "the first line of an error that programs catch",
    "no parts are known of ": "an error of whoever programs the engine",
    "standard input": "a name of a file",
    "as cited title": "the name of a part, which is looked for",
    "straddling object": "what PyArrow says, and is looked for",
    "did not find expected": "what libyaml says, and is replaced",
    "mapping values are not allowed in this context": "likewise",
    "found unexpected end of stream": "likewise",
    "found character that cannot start any token": "likewise",
    "found a tab character that violates indentation": "likewise",
    " does not match ": "of JSON Schema, and never shown",
    "is not": "likewise",
}

_WORDS = re.compile(r"[a-z]{2,}[,;:]? [a-z]{2,}|(^|[ `])(is|not|and|with)($|[ `])", re.IGNORECASE)


def _spoken(path: Path) -> Iterator[tuple[int, str]]:
    """The pieces of sentences in a module, each with its line; no docstrings, no codes, no grammars."""
    tree = ast.parse(path.read_text("utf-8"))
    documenting = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documenting:
            text = node.value
            if _WORDS.search(text) and "\n" not in text and text not in SAID_TO_NOBODY:
                yield node.lineno, text


def test_every_sentence_in_the_source_is_in_the_catalogue() -> None:
    """Each piece of it between two placeholders is; so whoever writes another sentence is told here."""
    known = "\n".join(one for _, one, _ in ENTRIES)
    paths = [path for pattern in SPEAKING for path in sorted(ENGINE.glob(pattern))]
    missing = [
        f"{path.relative_to(ENGINE)}:{line}: {text!r}"
        for path in paths
        for line, text in _spoken(path)
        if text.strip() not in known
    ]
    assert missing == []
    assert len(paths) > len(SPEAKING)


def _of_schema(schema: Any) -> Iterator[tuple[str, str]]:
    """What a schema says of itself, with the vocabulary it is in."""
    for key, item in schema.items() if isinstance(schema, dict) else enumerate(schema):
        if key == "x-help":
            yield item, "sentence"
        elif key == "x-oneOf":
            yield item["message"], "one_of"
        elif isinstance(item, dict | list):
            yield from _of_schema(item)


@pytest.mark.parametrize("name", ["rules", "scenarios"])
def test_every_help_in_a_schema_is_in_the_catalogue(name: str) -> None:
    schema = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text("utf-8"))
    said = [dutch(text, vocabulary) for text, vocabulary in _of_schema(schema)]
    assert said


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[Diagnostic, ...]:
    """What is found in the cases of every code."""
    folders = [tmp_path_factory.mktemp(code) for code in FOLDERS]
    for folder, make in zip(folders, FOLDERS.values(), strict=True):
        make(folder)
    return tuple(found for case in (*CASES, *folders) for found in diagnose(case, DAY))


def _side_by_side(diagnostics: tuple[Diagnostic, ...]) -> Iterator[str]:
    by_code: dict[str, dict[str, None]] = {}
    for found in sorted(diagnostics, key=lambda found: found.code):
        for text in (found.message, found.help):
            if text:
                by_code.setdefault(found.code, {})[text] = None
    for code, texts in by_code.items():
        yield code
        for text in texts:
            yield from (f"  {text}", f"  {dutch(text)}", "")


def test_every_diagnostic_in_both_languages(
    found: tuple[Diagnostic, ...], request: pytest.FixtureRequest
) -> None:
    assert {diagnostic.code for diagnostic in found} == {*ERRORS, *WARNINGS}
    shown = "\n".join(_side_by_side(found))
    if request.config.getoption("--update-goldens"):
        GOLDEN.write_text(shown, encoding="utf-8")
    assert shown == GOLDEN.read_text(encoding="utf-8")


def test_of_a_diagnostic_only_the_words_change(found: tuple[Diagnostic, ...]) -> None:
    for one in found:
        said = diagnostic_in("nl", one)
        assert (said.code, said.position, said.section) == (one.code, one.position, one.section)
        assert diagnostic_in("en", one) == one
        if one.about:
            assert said.about == dutch(one.about, "about")


#: All that libyaml can find wrong with a text, as it says it.
LIBYAML = """
block sequence entries are not allowed in this context
control characters are not allowed
could not find expected ':'
could not find expected directive name
did not find URI escaped octet
did not find expected '!'
did not find expected ',' or ']'
did not find expected ',' or '}'
did not find expected '-' indicator
did not find expected <document start>
did not find expected <stream-start>
did not find expected alphabetic or numeric character
did not find expected comment or line break
did not find expected digit or '.' character
did not find expected hexdecimal number
did not find expected key
did not find expected node content
did not find expected tag URI
did not find expected version number
did not find expected whitespace
did not find expected whitespace or line break
did not find the expected '>'
found a tab character that violates indentation
found a tab character where an indentation space is expected
found an incorrect leading UTF-8 octet
found an incorrect trailing UTF-8 octet
found an indentation indicator equal to 0
found character that cannot start any token
found duplicate %TAG directive
found duplicate %YAML directive
found extremely long version number
found incompatible YAML document
found invalid Unicode character escape code
found undefined tag handle
found unexpected ':'
found unexpected document indicator
found unexpected end of stream
found unexpected non-alphabetical character
found unknown directive name
found unknown escape character
mapping keys are not allowed in this context
mapping values are not allowed in this context
""".strip().splitlines()


@pytest.mark.parametrize("problem", LIBYAML)
def test_what_libyaml_says(problem: str) -> None:
    error = yaml.YAMLError()
    error.problem = problem  # type: ignore[attr-defined]  # as errors with a mark have it
    found = syntax_error(error, "a.yaml", "a: 1")
    assert say(found.message) != found.message.replace("this is not YAML", "dit is geen YAML")


BROKEN = ['a: "b', "a: [b", "{a: b", "a: b: c", "a:\n\t- b", "- a\nb: c", "%X\n", "a: *\n", "a: @b", "a: !<b"]
BROKEN += ["? - a\n: {", "a: |0\n  b", 'a: "\\q"', "--- a\n...\nb: ]", "a: !x!y z", "a: \x01", "? [a]\n: b"]


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_no_yaml(text: str) -> None:
    _, found = read_yaml(text, "a.yaml")
    assert found
    for one in found:
        said = diagnostic_in("nl", one)
        assert said.message != one.message and said.help != one.help
        assert not re.search(r"\b(the|found|expected|not|allowed)\b", said.message)


STATED = """
goal: muscles
age: 200
sex: true
healthy: yes please
body_mass: {x: 1}
protein_per_kg: 1,6
sleep_duration: 7 kg
muscle_rest: "48"
energy_balance: 1 furlong_of_nonsense
uses_creatin: true
growth_hindered: true
stress: [{on: 2026-01-31, is: chronic}, {on: 2026-01-31, is: low}, {on: today, is: low}, low]
"""


@pytest.mark.parametrize("text", [STATED, "- 1", "one", "", "a: [", "age: []", "x" * 1_100_000])
def test_what_is_stated_of_a_person(article: KnowledgeBase, text: str) -> None:
    with pytest.raises(FactError) as refused:
        person_in(article.content, text.encode(), "person.yaml")
    for problem, said in zip(refused.value.problems, problems_in("nl", refused.value), strict=True):
        assert said.message == dutch(problem.message)
        assert said.help == (dutch(problem.help) if problem.help else "")
        assert (said.fact, said.position) == (problem.fact, problem.position)
    assert told_in("en", refused.value) == str(refused.value)


def test_why_a_row_is_refused(article: KnowledgeBase) -> None:
    stated = {"healthy": "yes", "sex": "a; b", "sleep_duration": "6,5", "resistance_training": "no"}
    with pytest.raises(FactError) as refused:
        article.advise(stated)
    reason = "; ".join(str(refused.value).splitlines())
    assert refusal_in("nl", reason) == "; ".join(told_in("nl", refused.value).splitlines())
    assert refusal_in("en", reason) == reason


def test_rules_that_disagree() -> None:
    said = dutch(str(ConflictError("size", ("thin", "thick"))))
    assert said == (
        "de regels `thin` en `thick` geven `size` verschillende waarden voor deze persoon; "
        "maak een ervan smaller"
    )


def test_why_it_is_not_known() -> None:
    undecided = [one for one in vars(of_people).values() if isinstance(one, of_people.NotDecided)]
    assert len([dutch(one.reason) for one in undecided]) >= 4


# Reports


def test_a_report_of_check(capsys: pytest.CaptureFixture[str]) -> None:
    case = str(ROOT / "tests" / "diagnostics" / "unknown-claim.yaml")
    said = ran(capsys, "check", case, "--lang", "nl").out
    assert said.startswith("fout[unknown-claim]: er is geen uitspraak `")
    assert "\n  in: regel " in said and "\n  hulp: bedoelde je `" in said
    assert said.endswith("\n\n1 fout, geen waarschuwingen\n")
    assert "er is geen uitspraak" in ran(capsys, "check", case, "--lang", "nl", "--format", "github").out
    assert "there is no claim" in ran(capsys, "check", case, "--lang", "nl", "--format", "json").out
    assert ran(capsys, "check", case, "--lang", "fr").code == ExitCode.USAGE


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((0, 0, 0, 0, 3), "0 van de 0 mensen krijgen ander advies; 3 krijgen van geen van beide advies."),
        ((1200, 3, 0, 0, 0), "3 van de 1.200 mensen krijgen ander advies (0,2%)."),
        (
            (10, 5, 1, 2, 0),
            "5 van de 10 mensen krijgen ander advies (50,0%); 1 kregen alleen van de oude versie advies; "
            "2 krijgen alleen van de nieuwe versie advies.",
        ),
    ],
)
def test_people_on_record(counts: tuple[int, int, int, int, int], said: str) -> None:
    compared, changed, only_old, only_new, neither = counts
    people = SavedPeople("people.csv", compared, changed, only_old, only_new, neither, (), (), ())
    assert dutch(counted(people)) == said
