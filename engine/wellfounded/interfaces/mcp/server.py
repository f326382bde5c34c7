"""The server: lists the tools for the knowledge base that counts now, and answers calls of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any

import anyio
import anyio.to_thread
from mcp.server import Server
from mcp.server.context import ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp_types import Tool as ListedTool

from wellfounded.interfaces.http.served import Served, watch
from wellfounded.interfaces.incident import logged
from wellfounded.interfaces.mcp.arguments import ArgumentError, schema_of
from wellfounded.interfaces.mcp.tools import TOOLS, Tool, answer
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.errors import WellfoundedError
from wellfounded.model.suggest import suggestion
from wellfounded.model.version import VERSION

Context = ServerRequestContext[Any]

log = logging.getLogger("wellfounded.mcp")

_READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)

_INSTRUCTIONS = (
    "{title}: {about}\n\n"
    "Every answer comes from fixed rules, and each recommendation says which claim and reference stand "
    "behind it, or that none is named. Ask for facts with next_questions and never guess one; a fact that is "
    "not known is left out. Give what comes back as it stands, with what it says of its references, and add "
    "no recommendation, number, claim or reference of your own. {notice}"
)


def make_server(served: Served, searching: anyio.CapacityLimiter | None = None) -> Server[None]:
    """A server of the tools; while it runs, changed rules are taken as ``wellfounded serve`` takes them.

    Calls that search wait for a place among ``searching``, so that others are answered meanwhile.
    """
    header = served.knowledge_base.content.header
    language = "en" if "en" in header.languages else header.languages[0]
    said = {name: getattr(header, name)[language] for name in ("title", "about", "notice")}

    async def listed(_: Context, __: PaginatedRequestParams | None) -> ListToolsResult:
        now = served.knowledge_base
        return ListToolsResult(tools=[_listed(tool, now) for tool in TOOLS.values()])

    async def called(_: Context, asked: CallToolRequestParams) -> CallToolResult:
        tool = TOOLS.get(asked.name)
        if tool is None:
            name = asked.name[:60]
            raise MCPError(INVALID_PARAMS, f"`{name}` is not a tool; {suggestion(name, TOOLS)}")
        answering = partial(_answered, tool, served.knowledge_base, asked.arguments or {})
        limiter = searching if tool.searches else None
        return await anyio.to_thread.run_sync(answering, abandon_on_cancel=True, limiter=limiter)

    @asynccontextmanager
    async def watching(_: Server[None]) -> AsyncIterator[None]:
        task = asyncio.create_task(watch(served))
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    server = Server(
        "wellfounded",
        version=VERSION,
        title=said["title"],
        instructions=_INSTRUCTIONS.format_map(said),
        lifespan=watching,
        on_list_tools=listed,
        on_call_tool=called,
    )
    server.middleware.clear()  # it would hand each message to whatever traces this process
    return server


def _listed(tool: Tool, knowledge_base: KnowledgeBase) -> ListedTool:
    return ListedTool(
        name=tool.name,
        title=tool.title,
        description=tool.does,
        input_schema=schema_of(tool.takes, knowledge_base.content),
        output_schema=tool.gives(),
        annotations=_READS,
    )


def _answered(tool: Tool, knowledge_base: KnowledgeBase, given: Mapping[str, Any]) -> CallToolResult:
    """The answer of a tool; what is wrong is told to the model, which can put it right."""
    try:
        found = answer(tool, knowledge_base, given)
    except (ArgumentError, WellfoundedError) as error:
        return _failed(str(error))
    except Exception as error:  # the last line of defence: a sentence, never a traceback
        return _failed(f"a mistake of ours; the log of the server says more under `{logged(error, log)}`")
    return CallToolResult(
        content=[TextContent(type="text", text=found.text)], structured_content=found.document
    )


def _failed(sentences: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=sentences)], is_error=True)
