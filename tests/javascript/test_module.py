"""What a module is: data that stays data, the same every time, and nothing that anybody can spoil."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

import wellfounded
from tests.command import ran
from tests.conformance.small import small
from tests.conftest import RULES
from tests.javascript.agreement import Module, outcome
from tests.javascript.node import node
from wellfounded import KnowledgeBase
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.interfaces.http.documents import Library
from wellfounded.interfaces.javascript.module import PARTS, module, runtime
from wellfounded.interfaces.javascript.types import types

PERSON = {"goal": "muscle_gain", "age": 31, "healthy": True, "body_mass": "176 lb", "sleep_duration": 6.5}

ATTEMPTS = (
    "</script><script>globalThis.ran=1</script>",
    "`+(globalThis.ran=1)+`",
    '";globalThis.ran=1;"',
    "';globalThis.ran=1;'",
    "*/globalThis.ran=1/*",
    "\u2028globalThis.ran=1\u2029",
    '\\";globalThis.ran=1//',
    "<!-- --> ]]>",
    "$& $1 $` $'",
    "\U0001f4cf\x7f\x85",
)


@pytest.mark.no_cover
@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_texts_and_names_stay_what_they_are(attempt: str, tmp_path: Path) -> None:
    written = (Path(__file__).parent / "hostile.yaml").read_text(encoding="utf-8")
    rules = written.replace("PLACE", in_yaml(attempt))
    made = Module(small(rules, tmp_path))
    people: list[dict[str, Any]] = [
        {},
        {"constructor": "constructor"},
        {"constructor": "constructor", "prototype": "3 l"},
        {"constructor": "other", "prototype": 7},
        {"toString": 1, "valueOf": True, "hasOwnProperty": None, attempt: attempt},
    ]
    assert list(made.differences(people)) == []
    assert (
        attempt in json.loads(made.advise([{"constructor": "constructor"}])[0])["recommendations"][0]["text"]
    )
    assert "</script" not in made.source and "\u2028" not in made.source
    spied = f"{made.source}export const spy = () => globalThis.ran ?? 'nothing ran';\n"
    assert node().ask(spied, [{}], "spy") == [b'"nothing ran"']


def in_yaml(text: str) -> str:
    """A text within quotes."""
    quoted = json.dumps(text, ensure_ascii=False)[1:-1]
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in quoted)


def test_the_same_knowledge_base_gives_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [exported(tmp_path / name, capsys) for name in ("one", "other")]
    assert files[0] == files[1]


def exported(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, bytes]:
    result = ran(capsys, "export", "--rules", str(RULES), "--out", str(folder), *options)
    assert result.code == ExitCode.OK
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_command_writes_what_the_library_makes(
    article: KnowledgeBase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exported(tmp_path / "new" / "folder", capsys) == {
        "muscle-gain.mjs": module(article).encode(),
        "muscle-gain.d.mts": types(article, article.languages).encode(),
    }


def test_module_says_which_rules_it_was_made_of(module_of_article: Module) -> None:
    first = module_of_article.source.splitlines()[0]
    knowledge_base = module_of_article.knowledge_base
    assert knowledge_base.version in first and knowledge_base.digest in first


def test_module_of_one_language_is_smaller_and_speaks_no_other(
    article: KnowledgeBase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    english = exported(tmp_path, capsys, "--lang", "en")["muscle-gain.mjs"].decode()
    assert len(english) < 0.9 * len(module(article))
    [given] = node().ask(english, [PERSON])
    assert given == article.advise(PERSON, language="en").to_json()
    [refused] = node().ask(english, [PERSON], language="nl")
    assert json.loads(refused)["message"] == "`nl` is not a language of this knowledge base; allowed: en"
    assert ran(capsys, "export", "--out", str(tmp_path), "--lang", "fr").code == ExitCode.USAGE


def test_folder_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    result = ran(capsys, "export", "--rules", str(RULES), "--out", str(tmp_path / "file"))
    assert result.code == ExitCode.CANNOT_WRITE and "file" in result.err


def test_nothing_in_the_runtime_reaches_out_or_runs_texts() -> None:
    reaching = r"\b(eval|Function|import|require|fetch|XMLHttpRequest|document|window|localStorage|process)\b"
    code = re.sub(r"//.*|/\*.*?\*/", "", runtime(PARTS), flags=re.DOTALL | re.MULTILINE)
    assert re.findall(reaching, code) == []


def test_what_one_caller_does_to_advice_reaches_no_other(module_of_article: Module) -> None:
    """Everything that can be changed is this advice's own; the rest is frozen."""
    spoiling = """
export function spoiled(facts) {
  const before = JSON.stringify(advise(facts));
  const spoil = (value) => {
    if (typeof value !== "object" || value === null) return;
    Object.values(value).forEach(spoil);
    for (const key of Object.keys(value)) try { value[key] = "spoiled"; } catch {}
    try { value.spoiled = true; } catch {}
  };
  spoil(advise(facts));
  spoil(reason(facts));
  return JSON.stringify(advise(facts)) === before;
}
"""
    assert node().ask(module_of_article.source + spoiling, [PERSON], "spoiled") == [b"true"]


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ("null", "facts are a mapping of names to values, not null"),
        ("[]", "facts are a mapping of names to values, not a list"),
        ("'age: 31'", 'facts are a mapping of names to values, not "age: 31"'),
        ("new Map([['age', 31]])", "facts are a mapping of names to values, not a mapping"),
        ("{ age: 31n }", "`age` is 31, and has to be a number; allowed: 0 to 120 year"),
        ("{ age: new Date(0) }", "`age` is a mapping, and has to be a number; allowed: 0 to 120 year"),
        ("{ age: Symbol('x') }", "`age` is Symbol(x), and has to be a number; allowed: 0 to 120 year"),
        ("{ age: -1 }", "`age` is -1, which is outside what is allowed; allowed: 0 to 120 year"),
        ("{ sex: 'm' }", '`sex` is "m", which is not one of its choices; allowed: female, male'),
        ("{ healthy: 1 }", "`healthy` is 1, and has to be true or false; write true or false"),
        (
            "{ in_scope: true }",
            "`in_scope` is worked out and cannot be stated; state `age`, `healthy` instead",
        ),
    ],
)
def test_what_only_a_program_can_state(stated: str, message: str, module_of_article: Module) -> None:
    asked = f"{module_of_article.source}export const asked = () => advise({stated});\n"
    answer = json.loads(node().ask(asked, [{}], "asked")[0])
    assert (answer["error"], answer["message"]) == ("FactError", message)


def test_undefined_is_unknown(module_of_article: Module) -> None:
    asked = f"{module_of_article.source}export const asked = () => advise({{ age: undefined }});\n"
    assert node().ask(asked, [{}], "asked") == [module_of_article.alone({})]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"minSupport": "much"}, "`much` is not a support; allowed: supports, partly, unchecked, "),
        (
            {"min_support": "partly"},
            "`min_support` is not an option; allowed: language, minSupport, hideUncited",
        ),
        ({"hideUncited": "no"}, "`hideUncited` is `no`, and has to be true or false"),
        (
            {"language": "constructor"},
            "`constructor` is not a language of this knowledge base; allowed: nl, en",
        ),
    ],
)
def test_options_that_there_are_not(options: dict[str, str], message: str, module_of_article: Module) -> None:
    answer = json.loads(node().ask(module_of_article.source, [PERSON], **options)[0])
    assert answer["error"] == "OptionError" and answer["message"].startswith(message)


@pytest.mark.parametrize("options", ["undefined", "null", "{}", "{ language: null, hideUncited: undefined }"])
def test_options_that_say_nothing_are_none(options: str, module_of_article: Module) -> None:
    asked = f"{module_of_article.source}export const asked = () => advise({{}}, {options});\n"
    assert node().ask(asked, [{}], "asked") == [module_of_article.alone({})]


def test_options_are_a_mapping(module_of_article: Module) -> None:
    asked = f"{module_of_article.source}export const asked = () => advise({{}}, 'en');\n"
    answer = json.loads(node().ask(asked, [{}], "asked")[0])
    assert answer["error"] == "OptionError" and 'such as { language: "en" }, not `en`' in answer["message"]


def test_a_form_can_be_built_of_what_a_server_says_of_the_same_facts(
    article: KnowledgeBase, tmp_path: Path
) -> None:
    """In each language the facts of ``GET /knowledge-base``, to the letter, whatever they are called."""
    hostile = (Path(__file__).parent / "hostile.yaml").read_text(encoding="utf-8")
    plants = Path(__file__).parents[1] / "knowledge_bases" / "houseplants"
    for knowledge_base in (article, wellfounded.load(plants), small(hostile, tmp_path)):
        asked = f"{module(knowledge_base)}export const asked = (_, options) => statableFacts(options);\n"
        for language in knowledge_base.languages:
            [found] = node().ask(asked, [{}], "asked", language=language)
            assert found == msgspec.json.encode(Library(knowledge_base, language).itself().facts)
        [refused] = node().ask(asked, [{}], "asked", language="xx")
        assert json.loads(refused)["error"] == "OptionError"


def test_drafts_are_left_out_as_python_leaves_them_out(tmp_path: Path) -> None:
    """Also where a draft rests on another draft, or two drafts disagree."""
    made = Module(small(DRAFTS, tmp_path))
    people = [{"a": a, "b": b} for a in (True, False, None) for b in (True, False, None)]
    assert list(made.differences(people)) == []
    left_out = [outcome(answer)["left_out"] for answer in made.advise(people)]
    assert any(left_out) and not all(left_out)


DRAFTS = """
facts:
  a: {type: boolean, label: {en: a}, question: {en: "A?"}}
  b: {type: boolean, label: {en: b}, question: {en: "B?"}}
  c: {type: boolean, derived: true, label: {en: c}}
rules:
  - {id: c, title: {en: C}, when: {a: true}, conclude: {c: true}, because: [so], status: draft}
  - {id: d, title: {en: D}, when: {c: true}, advise: do, says: {en: D}, because: [so], status: draft}
  - {id: e, title: {en: E}, when: {b: true}, advise: do, says: {en: E}, because: [so], status: retired}
  - {id: f, title: {en: F}, when: {b: false}, advise: do, says: {en: F}, because: [so]}
"""


def test_with_drafts_they_are_given(tmp_path: Path) -> None:
    made = Module(small(DRAFTS, tmp_path).with_drafts())
    assert list(made.differences([{"a": True, "b": True}])) == []


def test_own_rules_in_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    houseplants = Path(__file__).parents[1] / "knowledge_bases" / "houseplants"
    result = ran(capsys, "export", "--rules", str(houseplants), "--out", str(tmp_path))
    assert result.code == ExitCode.OK
    [written] = tmp_path.glob("*.mjs")
    [given] = node().ask(written.read_text(encoding="utf-8"), [{}])
    assert given == wellfounded.load(houseplants).advise({}).to_json()
