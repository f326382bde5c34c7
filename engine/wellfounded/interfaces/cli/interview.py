"""``wellfounded interview``: asks one question after another, and gives the advice that follows."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from wellfounded.interfaces.cli.advise import rendered
from wellfounded.interfaces.cli.opening import opened
from wellfounded.interfaces.cli.options import (
    advice_format_option,
    drafts_option,
    language_option,
    rules_option,
    statements_day_option,
)
from wellfounded.interfaces.interview_dialogue import Dialogue, remarks
from wellfounded.interfaces.interview_screen import Tone, screen
from wellfounded.interfaces.interview_words import words
from wellfounded.interview.in_file import holds_nothing, not_known_in, with_answers
from wellfounded.interview.interview import Interview
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.load.files import File, decode
from wellfounded.load.whole_file import write_whole
from wellfounded.model.due import today


@click.command("interview")
@rules_option
@drafts_option
@language_option
@click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A person's file (YAML) to go on with, and to which each answer is saved; it may be new.",
)
@advice_format_option
@statements_day_option
def command(
    rules: Path | None,
    drafts: bool,
    language: str | None,
    file: Path | None,
    form: str,
    day: datetime | None,
) -> None:
    """Ask what settles most, one question after another, and give the advice that follows.

    Answers are read from standard input; the conversation is on standard error, the advice on standard
    output. Type help to see what else can be typed.
    """
    knowledge_base = opened(rules, drafts)
    shown = screen()
    on = day.date() if day is not None else today()
    interview = _begun(knowledge_base, language, file, on)
    known = len(interview.facts) + len(interview.not_known)
    if file is not None and known:
        resumed = words(interview.advice.language)["resumed_one" if known == 1 else "resumed"]
        shown.show(resumed.format(count=known, file=file), Tone.ASIDE)
    dialogue = Dialogue(interview, shown, lambda before, after: _save(file, before, after, on))
    try:
        dialogue.run()
    except KeyboardInterrupt:
        dialogue.has_quit = True
        _show_remarks(dialogue, file)
        raise
    click.echo(rendered(dialogue.saved.advice, form), nl=False)
    _show_remarks(dialogue, file)


def _show_remarks(dialogue: Dialogue, file: Path | None) -> None:
    dialogue.screen.show("")
    for line in remarks(dialogue, str(file) if file is not None else ""):
        dialogue.screen.show(line, Tone.ASIDE)


def _begun(knowledge_base: KnowledgeBase, language: str | None, file: Path | None, on: date) -> Interview:
    """The interview with what is in the file, if there is one; it is not begun if it could not be saved."""
    if file is None:
        return knowledge_base.interview({}, language)
    if file.suffix not in (".yaml", ".yml"):
        raise click.UsageError(f"--file {file}: the name has to end in .yaml or .yml")
    if not file.exists():
        write_whole(file, b"", 0o600)  # the answers are one person's own
    text = _text(file)
    facts = {} if holds_nothing(text) else knowledge_base.read_person(file, on)
    interview = knowledge_base.interview(facts, language, not_known=not_known_in(text))
    # Tried on every fact now, so that no answer is given that cannot be saved.
    statable = [fact.id for fact in knowledge_base.content.facts.values() if fact.can_be_stated]
    with_answers(text, str(file), dict.fromkeys(statable, True), statable, on)
    return interview


def _save(file: Path | None, before: Interview, after: Interview, on: date) -> None:
    if file is None:
        return
    changed = {
        fact: after.facts.get(fact)
        for fact in dict.fromkeys([*before.facts, *after.facts])
        if before.facts.get(fact) != after.facts.get(fact)
    }
    text = with_answers(_text(file), str(file), changed, after.not_known, on)
    write_whole(file.resolve(), text.encode(), file.stat().st_mode & 0o777)


def _text(file: Path) -> str:
    """What is in the file, which was read as a person's before."""
    text, _ = decode(File(str(file), file.read_bytes()))
    return text
