"""``wellfounded test``: runs scenarios, says what they reach, and records new ones."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from click.core import ParameterSource
from msgspec.structs import replace

from wellfounded.interfaces.cli.options import FiniteRange, Given, said_option
from wellfounded.interfaces.cli.recording import record_person
from wellfounded.interfaces.diagnostics import Style, as_report, unstyled
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.interfaces.scenario_report import as_json, as_junit, as_text
from wellfounded.interfaces.watching import changes
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.load.package_data import data_folder
from wellfounded.load.whole_file import write_whole
from wellfounded.loading import load
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.errors import KnowledgeBaseError
from wellfounded.model.record import Record
from wellfounded.review.coverage import Coverage, coverage
from wellfounded.review.expectations import Result, Runner
from wellfounded.review.scenario_files import as_near, rules_of, scenario_path
from wellfounded.review.scenarios import Scenario, read_scenarios
from wellfounded.review.selecting import SelectionError, selection


class Asked(Record, frozen=True):
    """What is asked of a run: where, which scenarios, and what to give."""

    path: Path
    rules: Path
    words: str
    form: str
    junit: Path | None
    with_coverage: bool
    fail_under: float | None
    out: Path | None
    mutating: bool = False
    matching: str = ""
    processes: int | None = None
    language: str = "en"


def _words(_: click.Context, __: click.Parameter, written: str | None) -> str:
    try:
        selection(written or "")
    except SelectionError as error:
        raise click.BadParameter(f"`{written}`: {error}") from error
    return written or ""


@click.command("test")
@click.argument("path", type=Given(), required=False)
@click.option(
    "--rules",
    type=Given(),
    help="The folder or file that holds the knowledge base; without it, the nearest at or above PATH.",
)
@click.option(
    "-k", "words", callback=_words, metavar="WORDS", help="Only those whose name or file has the words."
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True
)
@click.option("--junit", type=click.Path(path_type=Path), metavar="FILE", help="Write JUnit XML, too.")
@click.option("--watch", is_flag=True, help="Run again whenever a file changes, until you stop it.")
@click.option("--coverage", "with_coverage", is_flag=True, help="Say what the scenarios reach.")
@click.option(
    "--fail-under",
    type=FiniteRange(0, 100),
    metavar="PERCENT",
    help="With --coverage or --mutate: fail if less of anything is reached, or less is noticed.",
)
@click.option("--mutate", is_flag=True, help="Say which small changes of the rules would go unnoticed.")
@click.option(
    "--of",
    "matching",
    default="",
    metavar="TEXT",
    help="With --mutate: change only what has this in its name.",
)
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    metavar="NUMBER",
    help="With --mutate: how many work side by side; else as many as there are processors.",
)
@said_option
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file instead of printing.")
@click.option(
    "--record",
    "person",
    type=Given(allow_dash=True),
    metavar="PERSON",
    help="Make a scenario of a person's present advice instead of running any.",
)
@click.option("--name", help="With --record: the scenario's name.")
@click.option("--topics", default="", metavar="TOPICS", help="With --record: only these, parted by commas.")
@click.option(
    "--into", type=click.Path(path_type=Path), metavar="FILE", help="With --record: add it to a file."
)
def command(
    path: Path | None,
    rules: Path | None,
    words: str,
    form: str,
    junit: Path | None,
    watch: bool,
    with_coverage: bool,
    fail_under: float | None,
    mutate: bool,
    matching: str,
    processes: int | None,
    language: str,
    out: Path | None,
    person: Path | None,
    name: str | None,
    topics: str,
    into: Path | None,
) -> int:
    """Run the scenarios in PATH, a folder or a file; without it, those that come with the package.

    Exit code 0: all passed. 1: something failed, or there was nothing to run. 4: the rules are broken.
    """
    _refuse_overlooked()
    where = as_near(data_folder("rules")) if path is None else path
    knowledge_base = rules or rules_of(where)
    if person is not None:
        return record_person(load(knowledge_base), person, name, topics, into)
    reaches = with_coverage or (fail_under is not None and not mutate)
    if form == "html" and not (reaches or mutate):
        raise click.UsageError("--format html goes with --coverage or --mutate")
    asked = Asked(
        where,
        knowledge_base,
        words,
        form,
        junit,
        reaches,
        fail_under,
        out,
        mutate,
        matching,
        processes,
        language,
    )
    return _watch(asked) if watch else _run(asked)


#: Options that say something only beside another, and those that would be overlooked beside it.
_GO_WITH = {
    "--mutate": ("--of", "--processes", "--lang"),
    "--record": ("--name", "--topics", "--into"),
}
_NOT_WITH = {
    "--mutate": ("--coverage", "--watch", "--junit"),
    "--record": ("-k", "--format", "--junit", "--watch", "--coverage", "--fail-under", "--mutate", "--out"),
}


def _refuse_overlooked() -> None:
    """Refuse what was written on the command line and would say nothing."""
    context = click.get_current_context()
    written = {
        option.opts[0]
        for option in context.command.params
        if option.name and context.get_parameter_source(option.name) is ParameterSource.COMMANDLINE
    }
    for main, others in _NOT_WITH.items():
        for other in others:
            if main in written and other in written:
                raise click.UsageError(f"{other} does not go with {main}")
    for main, others in _GO_WITH.items():
        for other in others:
            if main not in written and other in written:
                raise click.UsageError(f"{other} goes with {main}")


def _watch(asked: Asked) -> int:
    for _ in changes([asked.rules, scenario_path(asked.path)]):
        click.clear()
        try:
            _run(asked)
        except KnowledgeBaseError as error:
            click.echo(as_report(error.diagnostics, _style()), nl=False)
        click.echo("\nwaiting for a change; Ctrl+C stops", err=True)
    return ExitCode.OK


def _run(asked: Asked) -> int:
    knowledge_base = load(asked.rules)
    scenarios, found = read_scenarios(asked.path, knowledge_base)
    chosen = list(filter(selection(asked.words, asked.path), scenarios))
    runner = Runner(knowledge_base, asked.rules)
    results = [runner.run(scenario) for scenario in chosen]
    if asked.mutating:
        if results and not found and all(result.passed for result in results):
            return _mutate(asked, knowledge_base, chosen)
        click.echo(_rendered(replace(asked, out=None), knowledge_base, results, found, None), nl=False)
        click.echo("nothing is changed before all scenarios pass", err=True)
        return ExitCode.PROBLEMS_FOUND
    reached = coverage(knowledge_base, chosen) if asked.with_coverage else None
    if asked.junit is not None:
        write_whole(asked.junit, as_junit(results, found))
    text = _rendered(asked, knowledge_base, results, found, reached)
    if asked.out is None:
        click.echo(text, nl=False)
    else:
        write_whole(asked.out, text.encode())
        click.echo(f"wrote {asked.out}", err=True)
    return _code(asked, results, found, reached)


def _mutate(asked: Asked, knowledge_base: KnowledgeBase, scenarios: Sequence[Scenario]) -> int:
    """Only with scenarios that pass: of one that fails, nothing can be told."""
    from wellfounded.interfaces.cli.mutating import mutate  # noqa: PLC0415  # only where it is asked for

    return mutate(
        knowledge_base,
        scenarios,
        asked.rules,
        matching=asked.matching,
        processes=asked.processes,
        form=asked.form,
        fail_under=asked.fail_under,
        out=asked.out,
        language=asked.language,
    )


def _rendered(
    asked: Asked,
    knowledge_base: KnowledgeBase,
    results: Sequence[Result],
    found: tuple[Diagnostic, ...],
    reached: Coverage | None,
) -> str:
    if reached is None:
        return as_json(results, found) if asked.form == "json" else _report(asked, results, found)
    if asked.form == "json":
        return json.dumps(reached.to_dict(), ensure_ascii=False, indent=2) + "\n"
    from wellfounded.interfaces import coverage_page  # noqa: PLC0415  # only where coverage is asked for

    if asked.form == "html":
        from wellfounded.interfaces.as_html import as_html  # noqa: PLC0415  # likewise

        return as_html(coverage_page.coverage_page(reached, asked.rules), "en")
    return f"{_report(asked, results, found)}\n{coverage_page.as_text(reached, asked.rules)}"


def _report(asked: Asked, results: Sequence[Result], found: tuple[Diagnostic, ...]) -> str:
    style = unstyled if asked.out is not None else _style()
    wrong = f"{as_report(found, style)}\n" if found else ""
    if not results:
        which = f" with {asked.words!r} in name or file" if asked.words else ""
        return f"{wrong}there is no scenario{which} to run in {asked.path}\n"
    return wrong + as_text(results, style)


def _style() -> Style:
    if not sys.stdout.isatty():
        return unstyled
    return lambda text, colour: click.style(text, fg=colour)


def _code(
    asked: Asked, results: Sequence[Result], found: tuple[Diagnostic, ...], reached: Coverage | None
) -> ExitCode:
    failed = bool(found) or not results or not all(result.passed for result in results)
    too_little = "" if reached is None or asked.fail_under is None else _too_little(reached, asked.fail_under)
    if too_little:
        click.echo(f"failed: {too_little}", err=True)
        failed = True
    return ExitCode.PROBLEMS_FOUND if failed else ExitCode.OK


def _too_little(reached: Coverage, wanted: float) -> str:
    """Why less is reached than what is asked for; nothing if it is enough."""
    if reached.lowest is None:
        return "there is nothing to reach"
    return f"{reached.lowest:.1f} % is under {wanted:g} %" if reached.lowest < wanted else ""
