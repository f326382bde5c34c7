"""``wellfounded studio``: the knowledge base in a browser."""

from __future__ import annotations

import os
import webbrowser
from ipaddress import ip_network
from pathlib import Path

import click

try:
    from starlette.types import ASGIApp
    from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

    from wellfounded.interfaces.http import running
    from wellfounded.interfaces.http.keys import is_loopback, names_of_this_machine
    from wellfounded.interfaces.http.limits import Limits as Patience
    from wellfounded.interfaces.studio.app import make_app
    from wellfounded.interfaces.studio.password import PasswordProblem, hashed, read_password
    from wellfounded.interfaces.studio.workplace import Workplace
except ImportError as missing:
    raise click.ClickException("the studio needs more: install wellfounded[studio]") from missing


def _network(_: click.Context, __: click.Parameter, written: str | None) -> str | None:
    """An address or a network, as the proxy is looked up by it."""
    try:
        return None if written is None else str(ip_network(written))
    except ValueError:
        raise click.BadParameter(
            f"`{written}` is no address; write one such as 127.0.0.1, or a network such as 10.0.0.0/24"
        ) from None


@click.command("studio")
@click.argument("rules", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8080,
    show_default=True,
    help="The port; 0 is any free one.",
)
@click.option("--read-only", is_flag=True, help="Let nobody change a file.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.option(
    "--password-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file with what is kept of the password; WELLFOUNDED_STUDIO_PASSWORD can hold it too.",
)
@click.option(
    "--new-password", is_flag=True, help="Ask for a new password, print what to keep of it, and end."
)
@click.option(
    "--proxy",
    metavar="ADDRESS",
    callback=_network,
    help="The address of a proxy in front; what it says in X-Forwarded-For is who asks.",
)
@click.option("--quiet", is_flag=True, help="Log only what goes wrong.")
def command(
    rules: Path | None,
    host: str,
    port: int,
    read_only: bool,
    no_browser: bool,
    password_file: Path | None,
    new_password: bool,
    proxy: str | None,
    quiet: bool,
) -> None:
    """Open the knowledge base in RULES in a browser, or the one that comes with the package.

    Only this machine can reach it. At an address that others can reach it asks for a password.
    """
    if new_password:
        _print_new_password()
        return
    password = _password(host, password_file)
    running.log_to_standard_error(quiet)
    workplace = Workplace(rules, read_only or rules is None)
    workplace.look()
    loopback = is_loopback(host)
    # With a password a proxy may stand in front, under a name of its own.
    hosts = names_of_this_machine(host) if loopback and not password else ()
    with running.listening(host, port) as listener:
        address = running.address_of(listener)

        def ready() -> None:
            click.echo(f"The studio is at {address}/ (end it with Ctrl+C)", err=True)
            if not loopback:
                click.echo("Others can reach it, and are asked for the password.", err=True)
            if not no_browser:
                webbrowser.open(address)

        app = make_app(workplace, password=password, hosts=hosts)
        running.run(app if proxy is None else _behind(app, proxy), listener, Patience(), ready)


def _behind(app: ASGIApp, proxy: str) -> ASGIApp:
    """The application as a proxy in front asks it for others, each of whom counts as they do without one."""
    return ProxyHeadersMiddleware(app, proxy)  # type: ignore[arg-type,return-value]  # uvicorn has types of its own


def _password(host: str, password_file: Path | None) -> str:
    """What is kept of the password. Raises ``UsageError``, also where others could come in without any."""
    try:
        kept = read_password(password_file, os.environ.get("WELLFOUNDED_STUDIO_PASSWORD", ""))
    except PasswordProblem as error:
        raise click.UsageError(str(error)) from None
    if not kept and not is_loopback(host):
        raise click.UsageError(
            f"others can reach {host}, so a password is needed: make one with "
            "`wellfounded studio --new-password`, put the line it prints into a file, and give that file "
            "with --password-file; or listen at 127.0.0.1, which only this machine can reach"
        )
    return kept


def _print_new_password() -> None:
    password = click.prompt("New password", hide_input=True, confirmation_prompt=True, err=True)
    try:
        kept = hashed(password)
    except PasswordProblem as error:
        raise click.UsageError(str(error)) from None
    click.echo("For the file of --password-file:", err=True)
    click.echo(kept)
