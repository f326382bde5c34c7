"""What stands around every request: who may ask, from where, how much, and what browsers may do.

A page elsewhere must be able neither to write here nor to read: another site's form is refused since it comes
from another origin, and a site that makes its name stand for this machine, since that name is not ours. The
browser is told to load and run nothing but our own files.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping
from typing import TypeAlias
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request, cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wellfounded.interfaces.incident import logged
from wellfounded.interfaces.studio.callers import Full, Places, caller_of
from wellfounded.interfaces.studio.limits import Limits
from wellfounded.interfaces.studio.password import Door
from wellfounded.interfaces.studio.refused import Refused
from wellfounded.model.frozen import EMPTY

COOKIE = "wellfounded-studio"
SIGN_IN = "/sign-in"
#: What somebody needs who is not in yet. The application answers nothing else under these addresses.
STATIC = "/static/"

HEADERS = {
    "content-security-policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    # With `no-referrer` browsers would not say either from where a form is sent, which we must know.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}

#: After such an answer the connection ends: nobody waits for what else is sent on it, however slowly.
LAST = {"connection": "close"}

#: Makes a page of a request, a status, and the words that say what is the matter.
TellingPage: TypeAlias = Callable[[Request, int, str], Response]

log = logging.getLogger("wellfounded.studio")


class Guard:
    """``hosts`` are the names under which browsers may know this machine; without any, all are taken.

    ``page`` tells a person what they can do something about, of a status, as the words for one say it.
    """

    def __init__(
        self, app: ASGIApp, limits: Limits, door: Door, hosts: Collection[str], page: TellingPage
    ) -> None:
        self.app = app
        self.page = page
        self.limits = limits
        self.door = door
        self.hosts = frozenset(hosts)
        self.inside = Places(limits.at_once, limits.at_once)
        self.outside = Places(limits.outside, limits.outside_each)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("cache-control", "no-store")  # also of an answer that only leads elsewhere
            await send(message)

        is_in = self.door.admits(carried_by(scope))
        answer = self._refusal(scope, is_in)
        if answer is not None:
            await answer(scope, receive, guarded)
            return
        places, seconds = (
            (self.inside, self.limits.whole) if is_in else (self.outside, self.limits.outside_whole)
        )
        try:
            with places.one(caller_of(scope)):
                async with asyncio.timeout(seconds):
                    await self.app(scope, self._bounded(receive, self._most(scope, is_in)), guarded)
        except Full:
            text = "too many requests at once; try again soon"
            await self._told(scope, 503, text, "429", LAST)(scope, receive, guarded)
        except TimeoutError:
            if not started:
                await self._told(scope, 503, "this takes too long", "504", LAST)(scope, receive, guarded)
        except Exception as error:  # the last line of defence; the application has answered and logged it
            if not started:
                number = logged(error, log)
                await _plain(500, f"the log says more under {number}")(scope, receive, guarded)

    def _refusal(self, scope: Scope, is_in: bool) -> Response | None:
        """The answer to a request that is not let through."""
        headers = Headers(scope=scope)
        if self.hosts and _name(headers.get("host", "")) not in self.hosts:
            return _plain(421, "this machine is not known by that name; ask for http://127.0.0.1")
        if len(scope["raw_path"]) + len(scope["query_string"]) > self.limits.address:
            return self._told(scope, 414, f"an address has at most {self.limits.address} characters", "414")
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return _plain(405, "GET and POST")
        if scope["method"] == "POST" and not _from_here(headers):
            return _plain(403, "only pages of the studio itself may send this")
        if scope["method"] != "POST" and _from_within_elsewhere(headers):
            return _plain(403, "pages elsewhere can lead here, and not load anything from here")
        if not (is_in or _is_open(scope)):
            return _sent_to_sign_in(scope)
        length = headers.get("content-length", "0")
        most = self._most(scope, is_in)
        if not length.isdecimal() or int(length) > most:
            return self._told(scope, 413, f"at most {most} bytes", "413")
        return None

    def _told(
        self, scope: Scope, status: int, text: str, words: str, headers: Mapping[str, str] = EMPTY
    ) -> Response:
        """What is told as a page to who reads pages, and else in a line."""
        is_read = "text/html" in Headers(scope=scope).get("accept", "")
        answer = self.page(Request(scope), status, words) if is_read else _plain(status, text)
        answer.headers.update(headers)
        return answer

    def _most(self, scope: Scope, is_in: bool) -> int:
        """The most bytes that are read: little of who is not in yet."""
        return self.limits.body if is_in and scope["path"] != SIGN_IN else self.limits.sign_in

    def _bounded(self, receive: Receive, most: int) -> Receive:
        """Reads what comes, up to the most it may be. Raises ``Refused`` beyond that."""
        seen = 0

        async def bounded() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise Refused(413)
            return message

        return bounded


def carried_by(scope: Scope) -> str:
    """What a browser carries of its session."""
    return cookie_parser(Headers(scope=scope).get("cookie", "")).get(COOKIE, "")


def _sent_to_sign_in(scope: Scope) -> Response:
    """To the page to sign in, and from there to where somebody wanted to go, or sent a form from.

    What was sent is lost; what was typed into it is kept by the browser, and is offered there again.
    """
    there = scope["raw_path"].decode("latin-1"), scope["query_string"].decode("latin-1")
    if scope["method"] == "POST":
        headers = Headers(scope=scope)
        if "text/html" not in headers.get("accept", "") or "hx-request" in headers:  # a script asks
            return _plain(403, "sign in first; what you typed is still in your browser")
        there = _page(headers.get("referer", ""))
    return RedirectResponse(f"{SIGN_IN}?to={quote('?'.join(part for part in there if part), safe='')}", 303)


def _page(address: str) -> tuple[str, str]:
    """The path and the query of a whole address; those of the first page for what is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/", ""
    return parts.path or "/", parts.query


def _is_open(scope: Scope) -> bool:
    """Whether this is answered to who is not in yet."""
    path: str = scope["path"]
    return path == SIGN_IN or (path.startswith(STATIC) and scope["method"] != "POST")


def _from_here(headers: Headers) -> bool:
    """Whether a page of ours sends this: browsers say so, and a page cannot make them say it falsely."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    host = headers.get("host", "").lower()
    return bool(host) and headers.get("origin", "").lower() in (f"http://{host}", f"https://{host}")


def _from_within_elsewhere(headers: Headers) -> bool:
    """Whether a page of another site loads this, as a picture or a frame: it could have us search all day."""
    site, mode = headers.get("sec-fetch-site", "none"), headers.get("sec-fetch-mode", "navigate")
    is_led_here = mode == "navigate" and headers.get("sec-fetch-dest", "document") == "document"
    return site in ("cross-site", "same-site") and not is_led_here


def _name(host: str) -> str:
    """The name in a ``Host`` header, without its port."""
    return host.rpartition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0].lower()


def _plain(status: int, text: str) -> Response:
    return PlainTextResponse(f"{text}\n", status, {"cache-control": "no-store"})
