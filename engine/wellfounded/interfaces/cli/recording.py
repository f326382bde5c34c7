"""``wellfounded test --record``: a person's present advice as a scenario, printed or added to a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.load.files import SCENARIOS
from wellfounded.load.whole_file import write_whole
from wellfounded.review.recording import RecordingError, appended, as_file, record


def record_person(
    knowledge_base: KnowledgeBase, person: Path, name: str | None, topics: str, into: Path | None
) -> int:
    is_input = str(person) == "-"
    facts = knowledge_base.read_person(sys.stdin.buffer if is_input else person)
    called = name or f"recorded from {'standard input' if is_input else person.name}"
    wanted = [topic.strip() for topic in topics.split(",") if topic.strip()]
    try:
        scenario = record(knowledge_base, facts, called, wanted)
        if into is None:
            click.echo(as_file(scenario), nl=False)
            return ExitCode.OK
        if not into.name.endswith(SCENARIOS):
            raise RecordingError(f"{into} is no scenario file, whose name ends in {SCENARIOS[0]}")
        written = appended(_text(into), scenario, str(into))
    except RecordingError as error:
        raise click.UsageError(str(error)) from error
    write_whole(into, written.encode())
    click.echo(f"added “{called}” to {into}", err=True)
    return ExitCode.OK


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode()
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise RecordingError(f"{file} is not UTF-8") from None
