from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import RULES
from tests.http.server import Server, serving
from tests.mcp_server.client import Where, started


@pytest.fixture(scope="session")
def over_http(_own_cache: object) -> Iterator[Server]:
    """The article's knowledge base, at an address."""
    with serving("--http", str(RULES), command="mcp") as running:
        yield running


@pytest.fixture(params=["stdio", "http"])
def where(request: pytest.FixtureRequest, over_http: Server) -> Where:
    """The same tools, once over standard input and output, once over a socket."""
    return started(RULES) if request.param == "stdio" else f"{over_http.url}/mcp"
