"""``wellfounded new rule``: asks for what a rule needs, and puts it into the files where it belongs."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from wellfounded.authoring.asked import KINDS, Asked, Question, Understood, sentences, understood
from wellfounded.authoring.insert import InsertError
from wellfounded.authoring.new_rule import Made, RefusedError, difference, new_rule
from wellfounded.authoring.places import Place, place_of, similar_file
from wellfounded.authoring.reading import AnswerError
from wellfounded.authoring.write import Change, ChangedMeanwhileError, write_all
from wellfounded.build import build
from wellfounded.interfaces.cli.options import Given
from wellfounded.load.files import File, read_files
from wellfounded.load.package_data import data_folder, is_installed
from wellfounded.loading import located
from wellfounded.model.content import ADVISABLE, Content
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.errors import KnowledgeBaseError
from wellfounded.model.record import Record
from wellfounded.model.suggest import with_help


class Opened(Record, frozen=True):
    """A knowledge base whose files are to be changed. ``folder`` is what their names start from."""

    folder: Path
    is_one_file: bool
    files: tuple[File, ...]
    scenario_files: tuple[File, ...]
    content: Content
    warnings: tuple[Diagnostic, ...]


@click.command("rule")
@click.argument("name", metavar="FILE/ID")
@click.option(
    "--rules",
    type=Given(),
    help="The folder or file that holds the knowledge base; without it, ./rules or the current folder.",
)
@click.option("--title", multiple=True, metavar="LANG=TEXT", help="The title, once for each language.")
@click.option("--fact", metavar="ID", help="The fact to reach a target on.")
@click.option(
    "--target",
    metavar="TARGET",
    help="at_least=20, at_most=20, within=20-40 or is=20, in the fact's unit or by name; is=true, is=false.",
)
@click.option("--advise", metavar="VERDICT", help=f"Advice without a target: {', '.join(ADVISABLE)}.")
@click.option(
    "--says",
    multiple=True,
    metavar="[VERDICT:]LANG=TEXT",
    help="What a person reads; for a target, by verdict. English and Dutch are drafted where left out.",
)
@click.option(
    "--when",
    multiple=True,
    metavar="FACT=VALUE",
    help="Who it is for: fact=true, fact=a,b or fact='at_least 18'; all of them have to hold.",
)
@click.option("--like", metavar="RULE", help="For the people this rule is for.")
@click.option("--everyone", is_flag=True, help="For everyone.")
@click.option("--claim", metavar="ID", help="The claim it rests on, or the id of a new one.")
@click.option("--claim-says", multiple=True, metavar="LANG=TEXT", help="What a new claim says, by language.")
@click.option("--section", metavar="ID", help="The section of the source that a new claim is in.")
@click.option("--kind", metavar="KIND", help=f"What a new claim is: {', '.join(KINDS)}.")
@click.option("--draft", is_flag=True, help="Make it a draft, which gives no advice yet.")
@click.option("--dry-run", is_flag=True, help="Print what would change, and write nothing.")
def command(
    name: str,
    rules: Path | None,
    title: tuple[str, ...],
    fact: str | None,
    target: str | None,
    advise: str | None,
    says: tuple[str, ...],
    when: tuple[str, ...],
    like: str | None,
    everyone: bool,
    claim: str | None,
    claim_says: tuple[str, ...],
    section: str | None,
    kind: str | None,
    draft: bool,
    dry_run: bool,
) -> None:
    """Add the rule ID to the file FILE of a knowledge base, with its number, claim and scenarios.

    What is not given with an option is asked, on a terminal. Nothing is written before the whole of it has
    passed the check, and the scenarios have passed too.
    """
    opened = _opened(_folder(rules))
    place = _place(name, opened)
    asked = Asked(
        place.id,
        title,
        fact,
        target,
        advise,
        says,
        when,
        like,
        everyone,
        claim,
        claim_says,
        section,
        kind,
        draft,
    )
    made = _made(_completed(asked, opened.content), place, opened)
    before = {file.name: file for file in (*opened.files, *opened.scenario_files)}
    if dry_run:
        for file in made.files:
            click.echo(difference(before.get(file.name), file, _shown(opened.folder / file.name)), nl=False)
    else:
        changes = {
            opened.folder / file.name: Change(
                before[file.name].data if file.name in before else None, file.data
            )
            for file in made.files
        }
        _write(changes)
        for path in changes:
            click.echo(f"wrote {_shown(path)}")
    click.echo(_count(made.scenarios), err=dry_run)
    for remark in made.remarks:
        click.echo(remark, err=True)


def _folder(rules: Path | None) -> Path:
    """The knowledge base that is meant; never the one inside an installed package."""
    if rules is None:
        here = [folder for folder in (Path("rules"), Path()) if _holds_knowledge_base(folder)]
        if not here:
            raise click.UsageError(
                "there is no knowledge base in ./rules or in the current folder; name its folder with --rules"
            )
        rules = here[0]
    packaged = data_folder("rules").resolve()
    if is_installed() and rules.resolve().is_relative_to(packaged):
        raise click.UsageError(
            "the rules inside the installed package are not changed; copy them to a folder of your own, "
            "and name that with --rules"
        )
    return rules


def _holds_knowledge_base(folder: Path) -> bool:
    """Whether a file directly in a folder is the header of a knowledge base."""
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")]):
        try:
            if re.search(rb"^(\xef\xbb\xbf)?knowledge_base\s*:", path.read_bytes(), re.MULTILINE):
                return True
        except OSError:
            continue
    return False


def _opened(path: Path) -> Opened:
    """The files of a knowledge base that has no errors; raises ``KnowledgeBaseError`` for one that has."""
    files, unread = read_files(path)
    built = build(files, unread)
    if built.content is None or built.core is None or unread:
        raise KnowledgeBaseError(located(built.diagnostics, path))
    is_one_file = not path.is_dir()
    folder = path.parent if is_one_file else path
    beside = _beside(files[0], folder) if is_one_file else read_files(path, scenarios=True)
    if beside[1]:
        raise KnowledgeBaseError(located(beside[1], path))
    return Opened(folder, is_one_file, files, beside[0], built.content, built.diagnostics)


def _beside(file: File, folder: Path) -> tuple[tuple[File, ...], tuple[Diagnostic, ...]]:
    """The file of scenarios beside the one file of a knowledge base, if there is one."""
    path = folder / f"{file.name.removesuffix('.yaml').removesuffix('.yml')}.scenarios.yaml"
    return read_files(path, scenarios=True) if path.exists() else ((), ())


def _place(name: str, opened: Opened) -> Place:
    try:
        place = place_of(name, opened.files, may_be_new=not opened.is_one_file)
    except AnswerError as error:
        raise click.UsageError(str(error)) from error
    meant = similar_file(place, opened.files)
    if place.is_new:
        said = f"there is no file {place.file} yet, and it will be new"
        click.echo(with_help(said, meant), err=True)
    return place


def _completed(asked: Asked, content: Content) -> Understood:
    """What was asked for, and on a terminal what was answered to the questions that were left."""
    found = understood(asked, content)
    if found.wrong or (found.missing and not _is_terminal()):
        raise click.UsageError(
            "\n".join(["the rule cannot be made:", *(f"  {line}" for line in sentences(found))])
        )
    while found.missing:
        found = _answered(found.missing[0], content)
    return found


def _answered(question: Question, content: Content) -> Understood:
    """What is known after an answer; a wrong one is asked again."""

    def read(answer: str) -> Understood:
        found = understood(question.answered(answer), content)
        if found.wrong:
            raise click.UsageError("; ".join(found.wrong))
        return found

    answered: Understood = click.prompt(
        question.prompt, default=question.default, value_proc=read, prompt_suffix=" "
    )
    return answered


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def _made(found: Understood, place: Place, opened: Opened) -> Made:
    assert found.request is not None
    try:
        return new_rule(
            found.request, place, opened.content, opened.files, opened.scenario_files, opened.warnings
        )
    except RefusedError as error:
        lines = [f"  {line}" for line in str(error).splitlines()]
        raise click.UsageError("\n".join(["the rule would not pass the check:", *lines])) from error
    except InsertError as error:
        raise click.UsageError(str(error)) from error


def _write(changes: dict[Path, Change]) -> None:
    try:
        write_all(changes)
    except ChangedMeanwhileError as error:
        raise click.ClickException(str(error)) from error


def _shown(path: Path) -> str:
    return path.as_posix()


def _count(scenarios: int) -> str:
    return f"{scenarios} scenario{'' if scenarios == 1 else 's'}, all of which pass"
