"""``wellfounded why-not``: what stands in the way of a recommendation, or what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wellfounded.explain.chain import State
from wellfounded.interfaces.cli.explaining import asks_about_one, explained, explanation_as, write
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.interfaces.explanation_words import explanation_words


@click.command("why-not")
@asks_about_one
def command(form: str, out: Path | None, **asked: Any) -> int:
    """Say what stands in the way of the recommendation ID for PERSON, or what is still missing.

    PERSON is a YAML or JSON file with a mapping of facts, or - for standard input. Fails if it is given.
    """
    found = explained(**asked)
    if found.state is State.GIVEN:
        click.echo(explanation_words(found.language)["is_given"].format(title=found.title), err=True)
        return ExitCode.PROBLEMS_FOUND
    write(explanation_as(found, form), out)
    return ExitCode.OK
