"""``wellfounded references export``: the references for a reference manager."""

from __future__ import annotations

from pathlib import Path

import click

from wellfounded.bibliography.bibtex import as_bibtex
from wellfounded.bibliography.csl_json import as_csl_json
from wellfounded.bibliography.entries import Wanted, entries
from wellfounded.bibliography.ris import as_ris
from wellfounded.interfaces.cli.options import rules_option
from wellfounded.load.whole_file import write_whole
from wellfounded.loading import load

_FORMATS = {"csl-json": as_csl_json, "bibtex": as_bibtex, "ris": as_ris}


@click.command("export")
@click.option("--format", "form", type=click.Choice(list(_FORMATS)), default="csl-json", show_default=True)
@click.option(
    "--record",
    "wanted",
    type=click.Choice([str(wanted) for wanted in Wanted]),
    default=str(Wanted.CITED),
    show_default=True,
    help="The details as the references are cited, or as they could be established.",
)
@click.option("--works", is_flag=True, help="Add the further works, which are not numbered.")
@click.option("--lang", "language", help="The language of the notes; without it, the knowledge base's first.")
@rules_option
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file instead of printing.")
def command(
    form: str, wanted: str, works: bool, language: str | None, rules: Path | None, out: Path | None
) -> None:
    """Write the references for Zotero and other reference managers, with what is known of each."""
    knowledge_base = load(rules)
    content, chosen = knowledge_base.content, knowledge_base.language(language)
    listed = entries(content, chosen, Wanted(wanted), works)
    data = _FORMATS[form](listed).encode()
    if out is None:
        click.echo(data, nl=False)  # bytes, so that no system makes other line ends of those of RIS
    else:
        write_whole(out, data)
        click.echo(f"wrote {out}", err=True)
    if not listed:
        click.echo("there are no references to export", err=True)
    missing = set(content.references) - {entry.number for entry in listed}
    left_out = [number for number in content.references if number in missing]
    if left_out:
        click.echo(f"left out, because nothing is on record for them: {', '.join(left_out)}", err=True)
