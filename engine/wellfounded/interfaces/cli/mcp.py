"""``wellfounded mcp``: tools for a language model, over the Model Context Protocol."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from wellfounded.interfaces.cli.options import drafts_option

try:
    from wellfounded.interfaces.cli.serving import kb_option, keys_for, places
    from wellfounded.interfaces.http import running
    from wellfounded.interfaces.http.limits import Limits
    from wellfounded.interfaces.http.served import Served
    from wellfounded.interfaces.mcp.running import PATH, hush, make_app, over_stdio
except ImportError as missing:
    raise click.ClickException(
        "tools for language models need the MCP SDK: install wellfounded[mcp]"
    ) from missing


@click.command("mcp")
@click.argument("rules", required=False, type=click.Path(path_type=Path))
@click.option("--http", "over_http", is_flag=True, help="Listen at an address, instead of standard input.")
@kb_option
@click.option("--host", default="127.0.0.1", show_default=True, help="With --http: the address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="With --http: the port; 0 is any free one.",
)
@click.option(
    "--keys",
    "key_file",
    type=click.Path(path_type=Path),
    help="With --http: a file of names and hashes of API keys; WELLFOUNDED_KEYS can hold them too.",
)
@drafts_option
@click.option("--quiet", is_flag=True, help="Log only what goes wrong.")
def command(
    rules: Path | None,
    over_http: bool,
    named: Mapping[str, Path],
    host: str,
    port: int,
    key_file: Path | None,
    drafts: bool,
    quiet: bool,
) -> None:
    """Let a language model ask the knowledge base in RULES, or the one that comes with the package (MCP).

    It talks over standard input and output with the client that starts it, or with --http over HTTP: there
    at /mcp, and of what --kb names at /kb/NAME/mcp.
    """
    _refuse_apart_from_http(over_http)
    running.log_to_standard_error(quiet)
    hush()
    if not over_http:
        if sys.stdin.isatty():
            click.echo(
                "This waits for an MCP client, which starts it by itself: see docs/embed.md.", err=True
            )
        over_stdio(Served("", rules, drafts))
        return
    limits, keys = Limits(), keys_for(host, key_file)
    served = [Served(name, path, drafts) for name, path in places(rules, named)]
    with running.listening(host, port) as listener:
        address = running.address_of(listener)

        def ready() -> None:
            for item in served:
                now = item.knowledge_base
                click.echo(f"{now.id} {now.version} at {address}{item.prefix}{PATH}", err=True)

        running.run(make_app(served, limits, keys, host), listener, limits, ready)


def _refuse_apart_from_http(over_http: bool) -> None:
    """Raises ``UsageError`` for an option of HTTP without HTTP, which would seem to do something."""
    context = click.get_current_context()
    for name, option in (("named", "--kb"), ("host", "--host"), ("port", "--port"), ("key_file", "--keys")):
        given = context.get_parameter_source(name) is not click.core.ParameterSource.DEFAULT
        if given and not over_http:
            raise click.UsageError(f"{option} goes with --http")
