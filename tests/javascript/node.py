"""Node, started once, which asks modules about people; without it these tests are skipped.

Where ``JAVASCRIPT_TESTS`` is ``required`` they fail instead, so that nobody takes them for passed.
"""

from __future__ import annotations

import atexit
import json
import math
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from wellfounded import ReasonerError

WORKER = Path(__file__).parent / "worker.mjs"
OLDEST = 18


def missing() -> str:
    """Why there is no Node to use, if there is none."""
    node = shutil.which("node")
    if node is None:
        return "there is no `node`: install Node.js"
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return "" if int(version[1:].split(".")[0]) >= OLDEST else f"Node {OLDEST} is needed; this is {version}"


def needed(reason: str) -> None:
    """Skip a test for want of something, if there is a reason; or fail it."""
    if reason:
        required = os.environ.get("JAVASCRIPT_TESTS") == "required"
        pytest.fail(reason) if required else pytest.skip(reason)


class Node:
    """A process that answers. Modules are files in a folder of its own."""

    def __init__(self) -> None:
        self.folder = Path(mkdtemp(prefix="modules-"))
        self.modules: dict[str, str] = {}
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(["node", str(WORKER)], stdin=pipe, stdout=pipe, cwd=self.folder)

    def ask(
        self, source: str, people: Iterable[Mapping[str, Any]], call: str = "advise", **options: Any
    ) -> list[bytes]:
        """The JSON of what a function of a module gives for each of the people, or of the error it throws."""
        asked = list(people)
        return self._asked(source, len(asked), people=asked, call=call, options=options)

    def per_second(
        self,
        source: str,
        people: Iterable[Mapping[str, Any]],
        times: int,
        call: str = "advise",
        **options: Any,
    ) -> float:
        """How many people a function of a module does in a second."""
        asked = {"people": list(people), "call": call, "times": times}
        [number] = self._asked(source, 1, **asked)
        return float(number)

    def _asked(self, source: str, answers: int, **question: Any) -> list[bytes]:
        assert self.process.stdin and self.process.stdout
        line = json.dumps(writable({"module": self._address(source), **question}), allow_nan=False)
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()
        return [self.process.stdout.readline().rstrip(b"\n") for _ in range(answers)]

    def _address(self, source: str) -> str:
        if source not in self.modules:
            path = self.folder / f"{len(self.modules)}.mjs"
            path.write_text(source, encoding="utf-8")
            self.modules[source] = path.as_uri()
        return self.modules[source]

    def close(self) -> None:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()
        shutil.rmtree(self.folder)


def writable(value: Any) -> Any:
    """The same, with numbers that JSON does not have in a form of their own."""
    if isinstance(value, float) and not math.isfinite(value):
        return {"$number": str(value).replace("inf", "Infinity").replace("nan", "NaN")}
    if isinstance(value, Mapping):
        return {key: writable(item) for key, item in value.items()}
    return [writable(item) for item in value] if isinstance(value, list) else value


@cache
def node() -> Node:
    """The one Node of this process. Raises ``ReasonerError`` where there is none and need not be."""
    reason = missing()
    if reason:
        required = os.environ.get("JAVASCRIPT_TESTS") == "required"
        raise AssertionError(reason) if required else ReasonerError(reason)
    started = Node()
    atexit.register(started.close)
    return started
