"""What commands that listen at an address share: whom they let ask."""

from __future__ import annotations

import os
from pathlib import Path

import click

from wellfounded.interfaces.http.keys import KeyProblem, Keys, is_loopback, read_keys


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
