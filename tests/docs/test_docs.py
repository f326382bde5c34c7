"""The documentation is executed: what it shows is what comes out, and where it points there is something."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest

import wellfounded
from tests.conftest import DAY, ROOT
from tests.docs import commands, language
from tests.docs.markdown import anchors, code_in, links, table_after
from tests.javascript.node import missing, needed
from wellfounded.interfaces.cli.main import COMMANDS, group
from wellfounded.interfaces.diagnostics import as_report
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import plain
from wellfounded.review.editor_schema import rules_schema, scenarios_schema

DOCS = ROOT / "docs"
PACKAGE = ROOT / "engine" / "wellfounded"
LANGUAGE = DOCS / "rule-language.md"
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")])
_STEPS = re.compile(r"^```(console|python)$", re.MULTILINE)
#: A page to look something up in: each of its sections is followed by itself.
REFERENCE = DOCS / "command-line.md"
#: Its steps are followed once, by the test that goes on from where they end.
TUTORIAL = DOCS / "tutorial.md"
FOLLOWED = [
    page
    for page in PAGES
    if page not in (LANGUAGE, REFERENCE, TUTORIAL) and _STEPS.search(page.read_text("utf-8"))
]
#: What is followed here tries lines that no other measured test does; measuring the rest takes as long again.
MEASURED = {"docs/differences.md", "wellfounded export", "wellfounded test"}


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-goldens"))


def _parameter(value: Any, id: str) -> Any:
    return pytest.param(value, id=id, marks=() if id in MEASURED else pytest.mark.no_cover)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder that looks like the project's to whoever follows a page, where the rules can be changed."""
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    shutil.copytree(DOCS / "examples", tmp_path / "docs" / "examples")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    made = makefile.replace("wellfounded advise ", "wellfounded advise --rules rules ")
    (tmp_path / "Makefile").write_text(made, "utf-8")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(commands.BIN)
    (tmp_path / ".venv" / "ready").touch()
    return tmp_path


def _compare(page: Path, made: str, update: bool) -> None:
    if update:
        page.write_text(made, "utf-8")
    assert page.read_text("utf-8") == made, "write it anew with --update-goldens"


@pytest.mark.parametrize("page", [_parameter(page, _name(page)) for page in FOLLOWED])
def test_following_a_page_gives_what_it_shows(page: Path, project: Path, update: bool) -> None:
    written = page.read_text("utf-8")
    needed(missing() if "\n$ node " in written else "")
    _compare(page, commands.followed(written, project), update)


def _sections() -> list[str]:
    return re.split(r"^(?=## )", REFERENCE.read_text("utf-8"), flags=re.MULTILINE)


@pytest.mark.parametrize(
    "place",
    [
        _parameter(place, section.splitlines()[0].removeprefix("## "))
        for place, section in enumerate(_sections())
        if _STEPS.search(section)
    ],
)
def test_following_a_section_gives_what_it_shows(place: int, project: Path, update: bool) -> None:
    sections = _sections()
    needed(missing() if "\n$ node " in sections[place] else "")
    sections[place] = commands.followed(sections[place], project)
    _compare(REFERENCE, "".join(sections), update)


def _read(written: str) -> Any:
    """A YAML document as an editor reads it."""
    node, found = read_yaml(written, "")
    assert node is not None and not found
    return plain(node)


@pytest.mark.no_cover
def test_following_the_tutorial_makes_a_schema_that_marks_what_the_check_marks(
    project: Path, update: bool
) -> None:
    tutorial = TUTORIAL.read_text("utf-8")
    _compare(TUTORIAL, commands.followed(tutorial, project), update)
    schema = json.loads((project / "greens.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    for path in set((project / "greens").iterdir()) - set((project / "greens").glob("*.scenarios.yaml")):
        validator.validate(_read(path.read_text("utf-8")))
    mistyped = tutorial.partition("# greens/parameters.yaml\n")[2].partition("```")[0]
    assert [error.instance for error in validator.iter_errors(_read(mistyped))] == ["eat-400-gram"]


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """The knowledge base that the examples of the rule language are."""
    folder = tmp_path / "examples"
    folder.mkdir()
    return language.gathered(LANGUAGE.read_text("utf-8"), folder)


def test_examples_of_the_rule_language_pass_their_check(examples: Path) -> None:
    found = wellfounded.diagnose(examples, DAY)
    assert not found, as_report(found)


def test_an_editor_marks_nothing_in_the_examples(examples: Path) -> None:
    content = wellfounded.load(examples).content
    for path in examples.iterdir():
        is_scenario = path.name.endswith(".scenarios.yaml")
        made = scenarios_schema(content) if is_scenario else rules_schema(content)
        jsonschema.Draft202012Validator(made).validate(_read(path.read_text("utf-8")))


def test_scenarios_of_the_rule_language_pass(examples: Path) -> None:
    assert language.failed_scenarios(examples) == []


def test_outcomes_of_the_rule_language_come_out(examples: Path, tmp_path: Path, update: bool) -> None:
    made = language.worked_out(LANGUAGE.read_text("utf-8"), examples, tmp_path / "spare")
    _compare(LANGUAGE, made, update)


def _keys(schema: Any) -> Iterator[str]:
    """The keys that authors can write, from anywhere in a schema."""
    if isinstance(schema, dict):
        properties = schema.get("properties")
        yield from properties if isinstance(properties, dict) else ()
        for part in schema.values():
            yield from _keys(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _keys(part)


@pytest.mark.parametrize("schema", ["rules", "scenarios"])
def test_the_rule_language_shows_every_key(schema: str) -> None:
    written = LANGUAGE.read_text("utf-8")
    keys = set(_keys(json.loads((ROOT / "schemas" / f"{schema}.schema.json").read_text("utf-8"))))
    bibliographic = {"DOI", "PMID", "URL", "issue", "number", "page", "container-title", "publisher", "url"}
    assert [key for key in sorted(keys - bibliographic) if not re.search(rf"\b{key}\b", written)] == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in links(page.read_text("utf-8")):
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        target = page.parent / path if path else page
        assert target.exists(), f"{link} leads nowhere"
        assert not anchor or anchor in anchors(target.read_text("utf-8")), f"{link}: there is no such heading"


def test_paths_in_readme_exist() -> None:
    rows = table_after((ROOT / "README.md").read_text("utf-8"), "## Where things are")
    paths = [path for row in rows for path in code_in(row[0])]
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_page_can_be_reached() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page not in reached and page.suffix == ".md":
            reached.add(page)
            found = (link.partition("#")[0] for link in links(page.read_text("utf-8")))
            waiting += [(page.parent / link).resolve() for link in found if link and ":" not in link]
    diagnostics = {page for page in PAGES if page.parent.name == "diagnostics"}
    assert [_name(page) for page in PAGES if page not in reached | diagnostics] == []


def test_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 160


def test_exit_codes_are_those_of_the_command() -> None:
    rows = table_after(REFERENCE.read_text("utf-8"), "## Exit codes")
    assert [(int(row[0]), *code_in(row[1])) for row in rows] == [(int(code), code.name) for code in ExitCode]


def test_commands_are_all_there() -> None:
    rows = table_after(REFERENCE.read_text("utf-8"), "# The command line")
    assert [code_in(row[0])[0] for row in rows] == list(COMMANDS)


def _command(name: str) -> click.Command:
    """The command of a name, or of a group's name and its own."""
    found: click.Command = group
    for word in name.split():
        assert isinstance(found, click.Group)
        command = found.get_command(click.Context(found), word)
        assert command is not None
        found = command
    return found


def _names() -> Iterator[str]:
    """All commands, those of a group after its name."""
    for name in COMMANDS:
        command = _command(name)
        if isinstance(command, click.Group):
            yield from (f"{name} {part}" for part in command.list_commands(click.Context(command)))
        else:
            yield name


@pytest.mark.parametrize("name", list(_names()))
def test_options_are_those_of_the_command(name: str) -> None:
    heading = f"{'#' * (1 + len(name.split()))} wellfounded {name}"
    rows = table_after(REFERENCE.read_text("utf-8"), heading)
    command = _command(name)
    for row, parameter in zip(rows, command.params, strict=True):
        name = parameter.opts[0] if isinstance(parameter, click.Option) else parameter.human_readable_name
        assert code_in(row[0])[0].split()[0] == name
        choices = parameter.type.choices if isinstance(parameter.type, click.Choice) else []
        assert {str(choice) for choice in choices} <= set(code_in(row[1]))


def test_environment_variables_are_those_the_engine_reads() -> None:
    rows = table_after(REFERENCE.read_text("utf-8"), "## Environment variables")
    source = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    read = set(re.findall(r"(?:environ(?:\.get\(|\[)|envvar=)\"(\w+)\"", source))
    assert {name for row in rows for name in code_in(row[0])} == read


def _listed(heading: str) -> list[str]:
    page = (DOCS / "decisions" / "dependencies.md").read_text("utf-8")
    return [code_in(row[0])[0] for row in table_after(page, heading)]


def _required(requirements: list[str]) -> set[str]:
    names = {re.split(r"[\s\[<>=!~;]", requirement)[0] for requirement in requirements}
    return names - {"wellfounded"}


def test_every_dependency_has_its_line() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = settings["project"]["optional-dependencies"]
    given = [requirement for name, extra in extras.items() if name != "test" for requirement in extra]
    others = extras["test"] + settings["build-system"]["requires"]
    assert _listed("## To run") == sorted(_required(settings["project"]["dependencies"]))
    assert _listed("## Extras") == sorted(_required(given))
    assert _listed("## To test and to build") == sorted(_required(others))


def test_architecture_names_what_there_is() -> None:
    page = (DOCS / "architecture.md").read_text("utf-8")
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert {code_in(row[0])[0] for row in table_after(page, "## The way of the data")} == folders
    modules = {name for name in code_in(page) if name.endswith(".py") and "<" not in name}
    assert [name for name in sorted(modules) if not (PACKAGE / name).is_file()] == []


def test_architecture_shows_the_import_contract() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    shown = "\n".join(layers).replace("wellfounded.", "")
    assert f"```text\n{shown}\n```" in (DOCS / "architecture.md").read_text("utf-8")
