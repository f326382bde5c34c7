"""``wellfounded serve``: advice over HTTP."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import click

from wellfounded.interfaces.cli.options import drafts_option

try:
    from wellfounded.interfaces.cli.serving import kb_option, keys_for, places
    from wellfounded.interfaces.http import running
    from wellfounded.interfaces.http.app import make_app
    from wellfounded.interfaces.http.keys import KeyProblem, hashed, made_key, read_keys
    from wellfounded.interfaces.http.limits import Limits
    from wellfounded.interfaces.http.served import Served
except ImportError as missing:
    raise click.ClickException("the server needs FastAPI: install wellfounded[serve]") from missing

_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[^/?#@\sA-Z]+")


def _origins(context: click.Context, parameter: click.Parameter, written: tuple[str, ...]) -> tuple[str, ...]:
    for one in written:
        if one != "*" and not _ORIGIN.fullmatch(one):
            raise click.BadParameter(
                f"`{one}` has to be an origin as browsers send it: scheme, name in small letters and perhaps "
                "a port, without a path, such as https://example.org; or * for all"
            )
    return written


@click.command("serve")
@click.argument("rules", required=False, type=click.Path(path_type=Path))
@kb_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port; 0 is any free one.",
)
@click.option(
    "--keys",
    "key_file",
    type=click.Path(path_type=Path),
    help="A file of names and hashes of API keys; WELLFOUNDED_KEYS can hold them too.",
)
@click.option("--new-key", metavar="NAME", help="Print a new API key and the line to keep of it, and end.")
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    callback=_origins,
    help="Let web pages of this origin ask (CORS), such as https://example.org; may be given more than once.",
)
@click.option(
    "--max-body",
    type=click.IntRange(1024),
    default=Limits().body,
    show_default=True,
    help="The most bytes of a request, and of one person in a batch.",
)
@click.option(
    "--max-requests",
    type=click.IntRange(1),
    default=Limits().at_once,
    show_default=True,
    help="The most requests that are answered at once.",
)
@drafts_option
@click.option("--quiet", is_flag=True, help="Log only what goes wrong.")
def command(
    rules: Path | None,
    named: Mapping[str, Path],
    host: str,
    port: int,
    key_file: Path | None,
    new_key: str | None,
    origins: tuple[str, ...],
    max_body: int,
    max_requests: int,
    drafts: bool,
    quiet: bool,
) -> None:
    """Serve advice over HTTP: the knowledge base in RULES, or the one that comes with the package.

    It is at the root; what --kb names is under /kb/NAME. With --kb and no RULES, only that is served.
    """
    if new_key is not None:
        _print_new_key(new_key)
        return
    keys = keys_for(host, key_file)
    running.log_to_standard_error(quiet)
    served = [Served(name, path, drafts) for name, path in places(rules, named)]
    limits = Limits(body=max_body, row=max_body, at_once=max_requests)
    with running.listening(host, port) as listener:
        address = running.address_of(listener)

        def ready() -> None:
            for item in served:
                now = item.knowledge_base
                click.echo(f"{now.id} {now.version} at {address}{item.prefix}/", err=True)

        running.run(make_app(served, limits, keys, origins), listener, limits, ready)


def _print_new_key(name: str) -> None:
    key = made_key()
    line = f"{name} {hashed(key)}"
    try:
        read_keys(None, line)
    except KeyProblem:
        raise click.UsageError("the name of a key is of letters, digits, `.`, `_` and `-`") from None
    click.echo("For whoever asks, to be kept secret; it is not shown again:", err=True)
    click.echo(key)
    click.echo("For the file of --keys:", err=True)
    click.echo(line)
