"""``POST /batch``: one person a line in, the advice or the problem of each on a line out, as they come.

Nothing is kept but the line that is being read and the answers on their way, so a batch may be of any length.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from http import HTTPStatus

import msgspec
from msgspec.structs import replace
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from wellfounded.interfaces.http.limits import Limits
from wellfounded.interfaces.http.problems import Problem, Refused, mistake_of_ours, problem, refused
from wellfounded.interfaces.http.questions import Question, question_in
from wellfounded.model.advice import Advice

MEDIA_TYPES = ("application/x-ndjson", "application/ndjson", "application/jsonl")

#: Answers are sent together up to so many bytes.
_TOGETHER = 64 * 1024

_encode = msgspec.json.Encoder().encode


class Lines:
    """Cuts what arrives into lines; one that is too long is ``None``, and its bytes are not kept."""

    def __init__(self, longest: int) -> None:
        self.longest = longest
        self._rest = bytearray()
        self._overlong = False

    def fed(self, data: bytes) -> Iterator[bytes | None]:
        """The lines that end in this data."""
        *whole, rest = data.split(b"\n")
        for part in whole:
            self._keep(part)
            yield self._taken()
        self._keep(rest)

    def last(self) -> Iterator[bytes | None]:
        """What stands after the last end of a line."""
        if self._rest or self._overlong:
            yield self._taken()

    def _keep(self, part: bytes) -> None:
        self._overlong = self._overlong or len(self._rest) + len(part) > self.longest
        if self._overlong:
            self._rest.clear()
        else:
            self._rest += part

    def _taken(self) -> bytes | None:
        line = None if self._overlong else bytes(self._rest).strip()
        self._rest.clear()
        self._overlong = False
        return line


class Batch(Response):
    """The answer to a batch, which is sent while the request is still arriving.

    ``advise`` answers one person, and ``count`` is told of each whether there was advice.
    """

    def __init__(
        self,
        request: Request,
        limits: Limits,
        advise: Callable[[Question], Advice],
        count: Callable[[bool], None],
    ) -> None:
        super().__init__()
        self.request = request
        self.limits = limits
        self.advise = advise
        self.count = count
        self.line = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", MEDIA_TYPES[0].encode()), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        try:
            async for answers in self._answers():
                async with asyncio.timeout(self.limits.pause):
                    await send({"type": "http.response.body", "body": answers, "more_body": True})
        except (ClientDisconnect, TimeoutError):
            return  # nobody reads any more, so the answer is left without its end
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _answers(self) -> AsyncIterator[bytes]:
        lines, chunks = Lines(self.limits.row), self.request.stream()
        while True:
            try:
                async with asyncio.timeout(self.limits.pause):
                    chunk = await anext(chunks, None)
            except TimeoutError:
                yield self._written(self._silent())
                return
            async for answers in self._together(lines.last() if chunk is None else lines.fed(chunk)):
                yield answers
            if chunk is None:
                return

    async def _together(self, lines: Iterator[bytes | None]) -> AsyncIterator[bytes]:
        ready = bytearray()
        for line in lines:
            self.line += 1
            if line != b"":
                ready += self._written(self._answer(line))
                await asyncio.sleep(0)  # others are served between two people
            if len(ready) >= _TOGETHER:
                yield bytes(ready)
                ready.clear()
        if ready:
            yield bytes(ready)

    def _answer(self, line: bytes | None) -> Advice | Problem:
        try:
            if line is None:
                detail = (
                    f"the line has more than {self.limits.row:,} bytes, the most that is read of one person"
                )
                raise refused("too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)
            answer: Advice | Problem = self.advise(question_in(line, self.limits))
        except Refused as error:
            answer = replace(error.problem, line=self.line)
        except Exception as error:  # the status is sent already, so it can only be said in this line
            answer = replace(mistake_of_ours(error), line=self.line)
        self.count(isinstance(answer, Advice))
        return answer

    def _silent(self) -> Problem:
        detail = f"nothing arrived for {self.limits.pause:g} seconds, so what came after this is not answered"
        return replace(problem("too-slow", HTTPStatus.REQUEST_TIMEOUT, detail), line=self.line + 1)

    def _written(self, answer: Advice | Problem) -> bytes:
        return _encode(answer) + b"\n"
