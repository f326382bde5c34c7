"""Standard input that can be left while it is waited for: a client that has gone ends the server at once.

A thread of a pool that waits for a line cannot be stopped, and would keep the process until one comes.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from concurrent.futures import CancelledError
from typing import TextIO

import anyio


class StandardInput(anyio.AsyncFile[str]):
    """Lines of standard input, one read ahead; made while an event loop runs."""

    def __init__(self) -> None:
        own = os.dup(sys.stdin.fileno())  # so that the end of this process waits for no lock of ``sys.stdin``
        self._lines: asyncio.Queue[str] = asyncio.Queue(maxsize=1)
        self._loop = asyncio.get_running_loop()
        file = open(own, encoding="utf-8", errors="replace")  # noqa: SIM115  # the end of the process closes it
        super().__init__(file)
        threading.Thread(target=self._read, args=(file,), daemon=True).start()

    def _read(self, file: TextIO) -> None:
        line = "before the first"
        while line:
            line = file.readline()
            waiting = self._lines.put(line)
            try:
                asyncio.run_coroutine_threadsafe(waiting, self._loop).result()
            except (RuntimeError, CancelledError):  # the loop has ended, and nobody reads any more
                waiting.close()
                return

    async def readline(self) -> str:
        """The next line, or an empty text at the end."""
        return await self._lines.get()
