"""``wellfounded explain``: why one recommendation is given to a person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wellfounded.interfaces.cli.explaining import asks_about_one, explained, explanation_as, write


@click.command("explain")
@asks_about_one
def command(form: str, out: Path | None, **asked: Any) -> None:
    """Say why the recommendation ID is given to PERSON, or is not, or is undecided.

    PERSON is a YAML or JSON file with a mapping of facts, or - for standard input.
    """
    write(explanation_as(explained(**asked), form), out)
