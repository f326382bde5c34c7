"""What commands that listen at an address share: whom they let ask, and of which knowledge bases."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

import click

from wellfounded.interfaces.http.keys import KeyProblem, Keys, is_loopback, read_keys

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")


def _named(
    context: click.Context, parameter: click.Parameter, written: tuple[str, ...]
) -> Mapping[str, Path]:
    named: dict[str, Path] = {}
    for one in written:
        name, _, path = one.partition("=")
        if not path or not _NAME.fullmatch(name):
            raise click.BadParameter(
                f"`{one}` has to be NAME=PATH, with a name of small letters, digits, `.`, `_` and `-`, "
                "such as plants=rules/plants"
            )
        if name in named:
            raise click.BadParameter(f"the name `{name}` is there twice")
        named[name] = Path(path)
    return named


kb_option = click.option(
    "--kb",
    "named",
    multiple=True,
    metavar="NAME=PATH",
    callback=_named,
    help="Serve a knowledge base under /kb/NAME; may be given more than once.",
)


def places(rules: Path | None, named: Mapping[str, Path]) -> list[tuple[str, Path | None]]:
    """What is served where: a name, or none for the root, with a path."""
    at_root = rules is not None or not named
    return [*([("", rules)] if at_root else []), *named.items()]


def keys_for(host: str, key_file: Path | None) -> Keys:
    """The keys that are asked for. Raises ``UsageError``, also where others can reach a host without any."""
    try:
        keys = read_keys(key_file, os.environ.get("WELLFOUNDED_KEYS", ""))
    except KeyProblem as error:
        raise click.UsageError(str(error)) from None
    if not keys.hashes and not is_loopback(host):
        raise click.UsageError(
            f"others can reach {host}, so keys are needed: make one with `wellfounded serve --new-key NAME`, "
            "put the line it prints into a file, and give that file with --keys; "
            "or listen at 127.0.0.1, which only this machine can reach"
        )
    return keys
