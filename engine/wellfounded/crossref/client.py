"""Asks Crossref about DOIs, politely, and trusts nothing that comes back.

Every request has a deadline for the whole of it, so that a server that sends a byte now and then is not
waited for; bodies are limited and never unpacked; a redirect is followed only to https, or on this machine if
the server is there. Answers are kept with the date on which they were given.
"""

from __future__ import annotations

import asyncio
import hashlib
import ipaddress
import json
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Self
from urllib.parse import quote, urljoin, urlsplit

import httpx

from wellfounded.load.cache import read_entry, write_entry
from wellfounded.model.record import Record
from wellfounded.model.version import VERSION

SERVER = "https://api.crossref.org"
LARGEST_BODY = 4 * 1024 * 1024
MOST_REDIRECTS = 3
ATTEMPTS = 4
#: Seconds. A wait that a server asks for beyond the longest is not waited; the answer is then missing.
DEADLINE = 30.0
LONGEST_WAIT = 60.0
FIRST_WAIT = 1.0
BETWEEN_REQUESTS = 0.2


class ServerError(ValueError):
    """An address that may not be asked."""


class Reply(Record, frozen=True, gc=True):
    """What came back for a DOI.

    ``message`` is Crossref's record, and ``known`` is false where it has none. ``asked_on`` is an ISO date;
    ``kept`` says that the answer is from the cache. ``problem`` says why nothing came back, and is otherwise
    empty.
    """

    known: bool = False
    message: dict[str, Any] = {}  # noqa: RUF012  # msgspec makes a new one for each
    asked_on: str = ""
    kept: bool = False
    problem: str = ""


class _Again(Exception):
    """This may go well another time; ``wait`` is how many seconds the server asks for."""

    def __init__(self, problem: str, wait: float | None = None, unreachable: bool = False) -> None:
        super().__init__(problem)
        self.wait = wait
        self.unreachable = unreachable


class _Failed(Exception):
    """Asking again would not help."""


class Crossref:
    """A conversation with one server; use it in ``with``.

    ``mailto`` is the address Crossref can write to, ``max_age`` for how many days an answer from the cache is
    as good as a new one, and ``offline`` asks nothing and takes what is kept, whatever its age. ``wait`` is
    what waits. Raises ``ServerError`` for an address that is neither https nor on this machine.
    """

    def __init__(
        self,
        server: str = SERVER,
        *,
        mailto: str = "",
        max_age: int = 7,
        offline: bool = False,
        deadline: float = DEADLINE,
        wait: Callable[[float], Awaitable[None]] = asyncio.sleep,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._server = server.rstrip("/")
        self._local = check_server(self._server)
        self._max_age = max_age
        self._offline = offline
        self._deadline = deadline
        self._wait = wait
        self._today = today
        self._last = 0.0
        contact = f" (mailto:{mailto})" if mailto else ""
        self._headers = {
            "User-Agent": f"wellfounded/{VERSION}{contact}",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        }
        #: Why the server could not be reached, after which it is not asked again; empty while it can be.
        self.unreachable = ""
        #: Why an old answer was given in place of a new one, the last time that was so; otherwise empty.
        self.fell_back = ""

    def __enter__(self) -> Self:
        self._runner = asyncio.Runner()
        self._runner.__enter__()
        self._client = httpx.AsyncClient(
            headers=self._headers, timeout=self._deadline, follow_redirects=False, trust_env=not self._local
        )
        return self

    def __exit__(self, *raised: object) -> None:
        try:
            self._runner.run(self._client.aclose())
        finally:
            self._runner.close()

    def ask(self, doi: str) -> Reply:
        """What Crossref says of a DOI, now or as kept. Never raises for what a server does."""
        kept = self._read(doi)
        if kept is not None and (self._offline or self._is_fresh(kept)):
            return kept
        if self._offline:
            return Reply(problem="nothing is kept of an earlier answer")
        if not self.unreachable:
            reply = self._runner.run(self._asked(doi))
            if not reply.problem:
                self._keep(doi, reply)
                return reply
        else:
            reply = Reply(problem=self.unreachable)
        if kept is None:
            return reply
        self.fell_back = reply.problem
        return kept

    async def _asked(self, doi: str) -> Reply:
        problem = ""
        for attempt in range(ATTEMPTS):
            try:
                return await self._once(f"{self._server}/works/{quote(doi, safe='')}")
            except _Failed as failed:
                return Reply(problem=str(failed))
            except _Again as again:
                problem = str(again)
                wait = FIRST_WAIT * 2**attempt if again.wait is None else again.wait
                if attempt == ATTEMPTS - 1:
                    if again.unreachable:
                        self.unreachable = problem
                elif wait > LONGEST_WAIT:
                    return Reply(problem=f"{problem}; it asks to wait {wait:.0f} seconds")
                else:
                    await self._wait(wait)
        return Reply(problem=problem)

    async def _once(self, address: str) -> Reply:
        """One request, with the redirects it leads to, within the deadline."""
        pause = self._last + BETWEEN_REQUESTS - time.monotonic()
        if pause > 0:
            await self._wait(pause)
        self._last = time.monotonic()
        try:
            async with asyncio.timeout(self._deadline):
                for _ in range(MOST_REDIRECTS + 1):
                    async with self._client.stream("GET", address) as response:
                        if not response.is_redirect:
                            return self._understood(response.status_code, await _body(response))
                        address = self._elsewhere(address, response.headers.get("Location", ""))
                raise _Failed(f"the server sends us on more than {MOST_REDIRECTS} times")
        except (TimeoutError, httpx.TimeoutException) as error:
            raise _Again(f"the server did not answer within {self._deadline:g} seconds") from error
        except httpx.ConnectError as error:
            raise _Again("the server cannot be reached", unreachable=True) from error
        except httpx.UnsupportedProtocol as error:
            raise _Failed("the server sends us to an address that is not safe to ask") from error
        except (httpx.TransportError, httpx.StreamError) as error:
            raise _Again("the connection broke off") from error
        except (httpx.InvalidURL, UnicodeError) as error:
            raise _Failed("the server sends us to an address that is none") from error

    def _understood(self, status: int, body: bytes) -> Reply:
        if status == 404:
            return Reply(known=False, asked_on=self._today().isoformat())
        if status != 200:
            raise _Failed(f"the server answers with status {status}")
        try:
            read = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise _Failed("the answer is not JSON") from error
        message = read.get("message") if isinstance(read, dict) else None
        if not isinstance(message, dict):
            raise _Failed("the answer has not the form of Crossref's")
        return Reply(known=True, message=message, asked_on=self._today().isoformat())

    def _elsewhere(self, address: str, location: str) -> str:
        try:
            target = urljoin(address, location)
            parts = urlsplit(target)
            allowed = parts.scheme == "https" or (self._local and is_local(parts.hostname or ""))
        except ValueError:
            allowed = False
        if not allowed or not location:
            raise _Failed("the server sends us to an address that is not safe to ask")
        return target

    def _is_fresh(self, reply: Reply) -> bool:
        age = (self._today() - date.fromisoformat(reply.asked_on)).days
        return 0 <= age < self._max_age

    def _entry(self, doi: str) -> str:
        key = f"{self._server}\n{doi.casefold()}"
        return f"crossref-{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:40]}.json"

    def _read(self, doi: str) -> Reply | None:
        data = read_entry(self._entry(doi))
        with suppress(ValueError, RecursionError, AttributeError, KeyError, TypeError):
            stored = json.loads(data) if data else {}
            on, message = stored["asked_on"], stored["message"]
            date.fromisoformat(on)
            if message is None or isinstance(message, dict):
                return Reply(known=message is not None, message=message or {}, asked_on=on, kept=True)
        return None

    def _keep(self, doi: str, reply: Reply) -> None:
        entry = {"doi": doi, "asked_on": reply.asked_on, "message": reply.message if reply.known else None}
        write_entry(self._entry(doi), json.dumps(entry).encode())


def check_server(server: str) -> bool:
    """Whether an address is on this machine; raises ``ServerError`` if it may not be asked at all."""
    try:
        parts = urlsplit(server)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise ServerError(f"`{server}` is not an address") from error
    local = is_local(host)
    if not host or parts.scheme not in ("https", "http") or parts.query or parts.fragment:
        raise ServerError(f"`{server}` is not the address of a server, such as {SERVER}")
    if parts.scheme == "http" and not local:
        raise ServerError(f"`{server}` is asked without encryption: it has to begin with https://")
    return local


def is_local(host: str) -> bool:
    """Whether a host is this machine by its name."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


async def _body(response: httpx.Response) -> bytes:
    if response.status_code == 429 or response.status_code >= 500:
        wait = _seconds(response.headers.get("Retry-After", ""))
        raise _Again(f"the server answers with status {response.status_code}", wait)
    if response.status_code == 404 and "html" in response.headers.get("Content-Type", "").casefold():
        raise _Failed("the server answers with a page, and not as Crossref does")
    if response.status_code != 200:
        return b""
    if response.headers.get("Content-Encoding", "identity").strip().casefold() not in ("", "identity"):
        raise _Failed("the answer is packed, which was not asked for")
    body = bytearray()
    async for part in response.aiter_raw():
        body += part
        if len(body) > LARGEST_BODY:
            raise _Failed(f"the answer has more than {LARGEST_BODY:,} bytes")
    return bytes(body)


def _seconds(written: str) -> float | None:
    """What ``Retry-After`` asks for: seconds, or the date after which to come back."""
    if written.strip().isdecimal():
        return float(written.strip()[:9])
    try:
        until = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError):
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
