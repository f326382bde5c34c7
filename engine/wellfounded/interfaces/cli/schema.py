"""``wellfounded schema``: JSON Schemas made for one knowledge base."""

from __future__ import annotations

import json
from pathlib import Path

import click

from wellfounded.interfaces.cli.options import rules_option
from wellfounded.load.whole_file import write_whole
from wellfounded.loading import load
from wellfounded.review.editor_schema import person_schema, rules_schema, scenarios_schema

_SCHEMAS = {"rules": rules_schema, "scenarios": scenarios_schema, "person": person_schema}


@click.command("schema")
@rules_option
@click.option(
    "--for",
    "kind",
    type=click.Choice(list(_SCHEMAS)),
    default="rules",
    show_default=True,
    help="Which kind of file.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file instead of printing.")
def command(rules: Path | None, kind: str, out: Path | None) -> None:
    """Write a JSON Schema in which facts, choices, spans, claims, parameters and topics are enumerated."""
    document = json.dumps(_SCHEMAS[kind](load(rules).content), ensure_ascii=False, indent=2) + "\n"
    if out is None:
        click.echo(document, nl=False)
    else:
        write_whole(out, document.encode())
        click.echo(f"wrote {out}", err=True)
