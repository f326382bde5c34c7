"""Running the server: over standard input and output, or over streamable HTTP behind the usual guard."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import anyio
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPASGIApp, StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp

from wellfounded.interfaces.http.guard import Guard
from wellfounded.interfaces.http.keys import Keys, names_of_this_machine
from wellfounded.interfaces.http.limits import Limits
from wellfounded.interfaces.http.metrics import Metrics
from wellfounded.interfaces.http.served import Served
from wellfounded.interfaces.mcp.server import make_server
from wellfounded.interfaces.mcp.standard_input import StandardInput

#: Where the server is, over HTTP.
PATH = "/mcp"


def hush() -> None:
    """What the SDK logs may hold what was stated of a person, so nothing of it is logged."""
    logging.getLogger("mcp").setLevel(logging.CRITICAL + 1)


def over_stdio(served: Served) -> None:
    """Serve whoever started this process, until it closes our standard input."""
    server = make_server(served)

    async def serving() -> None:
        async with stdio_server(StandardInput()) as (from_client, to_client):
            await server.run(from_client, to_client, server.create_initialization_options())

    try:
        asyncio.run(serving())
    except* OSError:  # whoever reads has gone, so there is nobody left to serve
        pass


def make_app(served: Sequence[Served], limits: Limits, keys: Keys, host: str) -> ASGIApp:
    """The application: for each knowledge base one address, which is posted to.

    Each call stands alone, so no sessions are kept. Without keys, only programs of this machine are answered,
    which ask for ``host`` or another of its names: no web page, whatever name it gives itself.
    """
    searching = anyio.CapacityLimiter(limits.searches)
    managers = {item.prefix + PATH: _manager(item, limits, keys, host, searching) for item in served}

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as running:
            for manager in managers.values():
                await running.enter_async_context(manager.run())
            yield

    routes = [
        Route(path, StreamableHTTPASGIApp(manager), methods=["POST"]) for path, manager in managers.items()
    ]
    return Guard(Starlette(routes=routes, lifespan=lifespan), limits, keys, Metrics(served))


def _manager(
    served: Served, limits: Limits, keys: Keys, host: str, searching: anyio.CapacityLimiter
) -> StreamableHTTPSessionManager:
    return StreamableHTTPSessionManager(
        make_server(served, searching),
        json_response=True,
        stateless=True,
        security_settings=TransportSecuritySettings(
            enable_dns_rebinding_protection=not keys.hashes,
            allowed_hosts=[
                written for name in names_of_this_machine(host) for written in (name, f"{name}:*")
            ],
        ),
        max_request_body_size=limits.body,
    )
