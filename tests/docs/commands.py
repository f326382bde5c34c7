"""Documents that are followed step by step: their files are written, their commands and programs are run.

A block whose first line is ``# some/path`` or ``// some/path`` is that file, or a change to it where the
block is a diff. In a ``console`` block each line that starts with ``$ `` is run and what follows is its
output; an output that ends in ``…`` shows only the beginning. The output of a ``python`` block is the
``text`` block after it. A port behind ``--port`` may be taken by somebody else, so another one is used while
the document is followed.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from tests.docs.markdown import Fence, joined, pieces

BIN = Path(sys.executable).parent
MORE = "…\n"
_PORT = re.compile(r"--port ([1-9][0-9]+)")
_PATH = re.compile(r"(#|//) (?P<path>[\w./-]+\.\w+)\n")


def followed(document: str, folder: Path) -> str:
    """The document with the outputs that its steps really give in ``folder``."""
    ports = {written: _free_port() for written in sorted(set(_PORT.findall(document)))}
    made = _followed(_renamed(document, ports), folder)
    return _renamed(made, {used: written for written, used in ports.items()})


def _free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return str(listener.getsockname()[1])


def _renamed(text: str, ports: Mapping[str, str]) -> str:
    return re.sub(r"\b[0-9]{4,5}\b", lambda found: ports.get(found[0], found[0]), text)


def _followed(document: str, folder: Path) -> str:
    printed = ""
    parts: list[str | Fence] = []
    for part in pieces(document):
        if isinstance(part, Fence):
            if part.info == "console":
                part = Fence(part.info, "".join(_console(part.body, folder)))
            elif part.info == "python":
                printed = _run([sys.executable, "-c", part.body], folder)
            elif part.info == "text" and printed:
                part, printed = Fence(part.info, shown(printed, part.body)), ""
            else:
                _file(part, folder)
        parts.append(part)
    return joined(parts)


def _file(part: Fence, folder: Path) -> None:
    named = _PATH.match(part.body)
    if named is None:
        return
    path = folder / named["path"]
    path.parent.mkdir(parents=True, exist_ok=True)
    if part.info == "diff":
        path.write_text(_changed(path.read_text(encoding="utf-8"), part.body), encoding="utf-8")
    else:
        path.write_text(part.body, encoding="utf-8")


def _changed(text: str, diff: str) -> str:
    """A text after a change; the lines of the change stand in it exactly once."""
    lines = diff.splitlines(keepends=True)[1:]
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    assert text.count(before) == 1, f"this does not stand in the file exactly once:\n{before}"
    return text.replace(before, after)


def _console(body: str, folder: Path) -> Iterator[str]:
    """Each command with its output."""
    number = 0

    def command(line: str) -> int:
        nonlocal number
        number += line.startswith("$ ")
        return number

    for _, lines in groupby(body.splitlines(keepends=True), command):
        line, *output = lines
        yield line
        yield shown(_run(["sh", "-c", line.removeprefix("$ ")], folder), "".join(output))


def shown(output: str, before: str) -> str:
    """The output as a document shows it: whole, or as many lines as were shown before."""
    if not before.endswith(MORE):
        return output
    return "".join(output.splitlines(keepends=True)[: before.count("\n") - 1]) + MORE


def _run(command: list[str], folder: Path) -> str:
    """What a command prints, to either stream."""
    # A make that is run inside a make says so in its output.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    environment = {**inherited, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "PYTHONUTF8": "1"}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment | {"COLUMNS": "80"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return done.stdout
