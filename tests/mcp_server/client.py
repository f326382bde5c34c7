"""The SDK's own client, which starts the real command or asks it over a real socket."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from mcp import Client, StdioServerParameters
from mcp_types import TextContent, Tool

from tests.awaited import awaited
from tests.http.server import PROGRAM

#: What a client says it reads.
ACCEPT = "application/json, text/event-stream"

#: A command to start, or an address.
Where: TypeAlias = StdioServerParameters | str


class Told(NamedTuple):
    """What a tool gave: a document, or where it failed none, and a text."""

    document: Any
    text: str


def started(rules: Path, *options: str) -> StdioServerParameters:
    """The command that a client starts."""
    return StdioServerParameters(
        command=sys.executable, args=["-c", PROGRAM, "mcp", str(rules), *options], env=dict(os.environ)
    )


def tools(where: Where, mode: str = "auto") -> Mapping[str, Tool]:
    """The tools by name."""

    async def listing() -> Mapping[str, Tool]:
        async with Client(where, mode=mode) as client:
            return {tool.name: tool for tool in (await client.list_tools()).tools}

    return awaited(listing())


def called(where: Where, *calls: tuple[str, Mapping[str, Any]], mode: str = "auto") -> list[Told]:
    """What each call gives; the client holds every document against the schema that its tool declares."""

    async def calling() -> list[Told]:
        async with Client(where, mode=mode) as client:
            await client.list_tools()
            return [await _told(client, name, dict(arguments)) for name, arguments in calls]

    return awaited(calling())


async def _told(client: Client, name: str, arguments: dict[str, Any]) -> Told:
    result = await client.call_tool(name, arguments)
    (text,) = result.content
    assert isinstance(text, TextContent)
    assert result.is_error is (result.structured_content is None)
    return Told(result.structured_content, text.text)
