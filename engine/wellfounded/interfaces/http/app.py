"""Which address is answered by what."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from http import HTTPStatus

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Scope

from wellfounded.interfaces.http.addresses import Addresses
from wellfounded.interfaces.http.answers import Json
from wellfounded.interfaces.http.guard import Guard
from wellfounded.interfaces.http.keys import Keys
from wellfounded.interfaces.http.limits import Limits
from wellfounded.interfaces.http.metrics import Metrics
from wellfounded.interfaces.http.openapi import Description
from wellfounded.interfaces.http.problems import Refused, answer, mistake_of_ours, refused
from wellfounded.interfaces.http.served import Served, learn_units, watch
from wellfounded.interfaces.http.status import health, metrics_text
from wellfounded.model.version import VERSION

log = logging.getLogger("wellfounded.serve")

NO_KEYS = Keys({})


def make_app(
    served: Sequence[Served],
    limits: Limits = Limits(),  # noqa: B008  # it is frozen
    keys: Keys = NO_KEYS,
    origins: Sequence[str] = (),
) -> ASGIApp:
    """The application: knowledge bases at their addresses, and around every request its guard.

    ``origins`` are the web pages' origins that may ask from a browser (CORS); without any, none may.
    """
    metrics = Metrics(served)
    app = FastAPI(
        title="wellfounded",
        version=VERSION,
        docs_url=None,  # these pages would load scripts from elsewhere
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        lifespan=_watching(served),
        telemetry={"tracing": False, "metrics": False, "logs": False},
        exception_handlers={
            Refused: _refused,
            HTTPException: _no_such,
            ClientDisconnect: _gone,
            Exception: _unforeseen,
        },
    )

    description = Description(served, limits, bool(keys.hashes))

    async def described(_: Request) -> Response:
        return Json(await asyncio.to_thread(description.now))

    async def healthy(_: Request) -> Response:
        return health(served)

    async def counted(_: Request) -> Response:
        return metrics_text(metrics)

    searching = ThreadPoolExecutor(limits.searches, "search")
    for item in served:  # first, since addresses are tried in this order
        addresses = Addresses(item, limits, metrics, searching)
        for path, posted in addresses.posts().items():
            app.router.routes.append(Address(item.prefix + path, posted, methods=["POST"]))
        for path, asked in addresses.gets().items():
            app.router.routes.append(Address(item.prefix + path, asked))
    looked_up = {"/openapi.json": described, "/health": healthy, "/metrics": counted}
    for path, endpoint in looked_up.items():
        app.router.routes.append(Address(path, endpoint))
    guarded: ASGIApp = Guard(app, limits, keys, metrics)
    if not origins:
        return guarded
    return CORSMiddleware(
        guarded,
        allow_origins=list(origins),
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type", "Accept-Language", "If-None-Match"],
        expose_headers=["ETag", "Content-Language"],
    )


class Address(Route):
    """A plain route of Starlette, since nothing here is injected, turned into a model or described by types.

    As those of FastAPI do, it says which route it is, so that the log and the counts can name it.
    """

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, found = super().matches(scope)
        return match, {**found, "route": self}


def _watching(served: Sequence[Served]) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def watching(_: FastAPI) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(watch(item)) for item in served]
        tasks.append(asyncio.create_task(asyncio.to_thread(learn_units)))
        yield
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    return watching


async def _refused(_: Request, error: Refused) -> Response:
    return answer(error.problem, error.headers)


async def _no_such(_: Request, error: HTTPException) -> Response:
    """What the router refuses: an address that there is not, or one that is asked in another way."""
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = (error.headers or {}).get("Allow", "")
        detail = f"it takes {allowed}"
        found = refused("method", HTTPStatus.METHOD_NOT_ALLOWED, detail, allow=allowed)
    else:
        detail = "/openapi.json lists the addresses"
        found = refused("no-address", HTTPStatus.NOT_FOUND, detail)
    return answer(found.problem, found.headers)


async def _gone(_: Request, __: ClientDisconnect) -> Response:
    """Nobody is there to read this; the number is what servers write into their logs for it."""
    return Response(status_code=499)


async def _unforeseen(_: Request, error: Exception) -> Response:
    return answer(mistake_of_ours(error))
