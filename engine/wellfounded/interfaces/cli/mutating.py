"""``wellfounded test --mutate``: which small changes of the rules scenarios would notice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wellfounded.interfaces.cli.progress import bar
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.load.whole_file import write_whole
from wellfounded.model.errors import ReasonerError
from wellfounded.review.scenarios import Scenario

if TYPE_CHECKING:
    from wellfounded.review.mutation.run import Mutation


def mutate(
    knowledge_base: KnowledgeBase,
    scenarios: Sequence[Scenario],
    rules: Path,
    *,
    matching: str,
    processes: int | None,
    form: str,
    fail_under: float | None,
    out: Path | None,
    language: str,
) -> int:
    try:
        from wellfounded.review.mutation.run import mutation  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise ReasonerError("mutation needs z3: install wellfounded[verify]") from error
    with bar("changes tried") as progress:
        found = mutation(
            knowledge_base,
            scenarios,
            matching=matching,
            processes=processes,
            progress=lambda done, of, survived: progress(
                done, of, f"{done} of {of} changes tried, {survived} not noticed"
            ),
        )
    if not found.tried:
        raise click.BadParameter(f"nothing that is changed has `{matching}` in its name", param_hint="--of")
    text = _rendered(found, form, rules, language)
    if out is None:
        click.echo(text, nl=False)
    else:
        write_whole(out, text.encode())
        click.echo(f"wrote {out}", err=True)
    if fail_under is not None and found.score is not None and found.score < fail_under:
        click.echo(f"failed: {found.score:.1f} % is under {fail_under:g} %", err=True)
        return ExitCode.PROBLEMS_FOUND
    return ExitCode.OK


def _rendered(found: Mutation, form: str, rules: Path, language: str) -> str:
    from wellfounded.interfaces import mutation_page  # noqa: PLC0415  # only where it is asked for
    from wellfounded.interfaces.as_html import as_html  # noqa: PLC0415  # likewise

    if form == "json":
        return mutation_page.as_json(found)
    if form == "html":
        return as_html(mutation_page.mutation_page(found, rules, language), language)
    return mutation_page.as_text(found, rules, language)
