"""``wellfounded export``: a knowledge base as code that gives its advice elsewhere."""

from __future__ import annotations

from pathlib import Path

import click

from wellfounded.interfaces.cli.options import rules_option
from wellfounded.interfaces.cli.progress import bar
from wellfounded.interfaces.javascript.module import module
from wellfounded.interfaces.javascript.types import types
from wellfounded.load.whole_file import write_whole
from wellfounded.loading import load


@click.command("export")
@rules_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["javascript"]),
    default="javascript",
    show_default=True,
    help="What to make of it.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FOLDER",
    help="The folder to write ID.mjs and ID.d.mts into, named after the knowledge base.",
)
@click.option(
    "--lang",
    "languages",
    multiple=True,
    metavar="LANG",
    help="A language to put in; may be given more than once. Without it, all of them.",
)
def command(rules: Path | None, form: str, out: Path, languages: tuple[str, ...]) -> None:
    """Write the knowledge base as one JavaScript module that gives advice, with types for TypeScript."""
    knowledge_base = load(rules)
    chosen = tuple(dict.fromkeys(map(knowledge_base.language, languages))) or knowledge_base.languages
    out.mkdir(parents=True, exist_ok=True)
    with bar("making the module") as progress:
        made = {".d.mts": types(knowledge_base, chosen)}
        progress(1, 10)  # the units of physics are read for the module alone
        made[".mjs"] = module(knowledge_base, chosen)
        progress(10, 10)
    for ending, text in made.items():
        path = out / f"{knowledge_base.id}{ending}"
        write_whole(path, text.encode())
        click.echo(f"wrote {path}", err=True)
