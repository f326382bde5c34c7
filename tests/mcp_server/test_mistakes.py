"""What is wrong is told in the usual sentences; whatever comes, the server goes on and tells nobody else."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from typing import Any

import anyio
import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError
from msgspec.structs import replace

from tests.awaited import awaited
from tests.conftest import RULES
from tests.http.server import PROGRAM, Server
from tests.mcp_server.client import ACCEPT, Where, called, started
from wellfounded.interfaces.http.served import Served
from wellfounded.interfaces.mcp import server
from wellfounded.interfaces.mcp.tools import TOOLS

MISTAKES: Mapping[str, tuple[str, Mapping[str, Any], str]] = {
    "facts": (
        "advise",
        {"facts": {"age": 300, "gaol": 1}},
        "`age` is 300, which is outside what is allowed; allowed: 0 to 120 year\n"
        "`gaol` is not a fact that is known here; did you mean `goal`?",
    ),
    "no facts": ("advise", {}, "`facts` is missing; write {} if nothing is known of the person"),
    "facts that are none": (
        "explain",
        {"facts": ["age"], "recommendation": 4},
        "`facts` has to be an object of fact names and values\n`recommendation` has to be a text",
    ),
    "an argument": (
        "advise",
        {"facts": {}, "lang": "nl"},
        "`lang` is not an argument of this tool; did you mean `language`? "
        "(allowed: facts, language, min_support)",
    ),
    "a language": (
        "look_up_reference",
        {"reference": 1, "language": "fr"},
        "`fr` is not a language of this knowledge base; allowed: nl, en",
    ),
    "a number": (
        "next_questions",
        {"facts": {}, "at_most": True},
        "`at_most` has to be a whole number",
    ),
    "a number too large": (
        "suggest",
        {"facts": {}, "recommendation": "creatine", "at_most": 10**30},
        "`at_most` has to be from 1 to 8",
    ),
    "a claim": (
        "look_up_claim",
        {"claim": "creatine-work"},
        "`creatine-work` is not one of the claims here; did you mean `creatine-works`?",
    ),
    "a reference": ("look_up_reference", {"reference": 99}, "`reference` has to be from 1 to 7"),
}


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_mistakes_are_told_to_the_model(where: Where, mode: str) -> None:
    found = called(where, *((tool, given) for tool, given, _ in MISTAKES.values()), mode=mode)
    for (document, text), (name, (_, _, expected)) in zip(found, MISTAKES.items(), strict=True):
        assert document is None, name
        assert text == expected


def test_other_words_of_the_library_are_refused_by_it() -> None:
    support, wanted, unknown = called(
        started(RULES),
        ("advise", {"facts": {}, "min_support": "much"}),
        ("suggest", {"facts": {}, "recommendation": "creatine", "want": "more"}),
        ("explain", {"facts": {}, "recommendation": "creatin"}),
    )
    assert support.text.startswith("`much` is not a support; allowed: ")
    assert "`more`" in wanted.text and "given" in wanted.text
    assert "`creatin`" in unknown.text and "`creatine`" in unknown.text


@pytest.mark.no_cover
def test_a_tool_that_there_is_not(where: Where) -> None:
    with pytest.raises(BaseExceptionGroup) as raised:
        called(where, ("advice", {}))
    matched, _ = raised.value.split(MCPError)
    assert matched is not None
    assert "`advice` is not a tool; did you mean `advise`?" in str(matched.exceptions)


def _call(number: int, tool: str, arguments: str) -> str:
    params = f'{{"name": "{tool}", "arguments": {arguments}}}'
    return f'{{"jsonrpc": "2.0", "id": {number}, "method": "tools/call", "params": {params}}}'


#: Read, and refused by a sentence.
REFUSED = [
    '{"facts": {"age": NaN}}',
    '{"facts": {"age": Infinity}}',
    '{"facts": {"age": 1e999}}',
    '{"facts": {"age": ' + "9" * 400 + "}}",
    '{"facts": {"age": ' + "[" * 150 + "]" * 150 + "}}",
    '{"facts": {"goal": "secret\\u0000"}}',
    '{"facts": {"goal": "' + "secret" * 9_000 + '"}}',
    '{"facts": {"' + "secret" * 9_000 + '": 1}}',
    '{"facts": {"body_mass": "secret kg"}}',
    '{"facts": {"body_mass": "1e400 kg^99999999"}}',
    '{"facts": {"__class__": "secret", "": 1, "goal": {"secret": []}}}',
    '{"facts": null, "language": ["secret"]}',
]

#: No JSON that can be read, or no call of a tool.
UNREADABLE = [
    '{"facts": {"age": ' + "9" * 5000 + "}}",
    '{"facts": {"age": ' + "[" * 5000 + "]" * 5000 + "}}",
    '{"facts": {"goal": "secret\\ud800"}}',
    '{"facts": {"secret\\ud800": 1}}',
    '["secret"]',
    '"secret"',
    "secret",
]

GOOD = '{"facts": {"goal": "other"}, "language": "en"}'


@pytest.mark.parametrize("number", range(len(REFUSED)))
def test_what_cannot_be_used_is_refused_shortly(over_http: Server, number: int) -> None:
    answer = over_http.post("/mcp", _call(number, "advise", REFUSED[number]).encode(), accept=ACCEPT)
    result = answer.json["result"]
    assert result["isError"] and "structuredContent" not in result
    (told,) = result["content"]
    assert 0 < len(told["text"]) < 1_000 and "mistake of ours" not in told["text"]


@pytest.mark.no_cover
def test_whatever_comes_the_next_call_is_answered() -> None:
    """A client that does not keep to the protocol: lines are written as they are."""
    start = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}}
    calls = [*UNREADABLE, *REFUSED, GOOD]
    lines = [
        json.dumps({"jsonrpc": "2.0", "id": "first", "method": "initialize", "params": start}),
        '{"jsonrpc": "2.0", "method": "notifications/initialized"}',
        "secret",
        "\x00\x01",
        "[]",
        '{"jsonrpc": "2.0", "id": "other", "method": "secret/secret"}',
        '{"jsonrpc": "2.0", "method": "notifications/progress", "params": {"secret": 1}}',
        *(_call(number, "advise", arguments) for number, arguments in enumerate(calls)),
    ]
    readable = set(range(len(UNREADABLE), len(calls)))
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "mcp", str(RULES)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None
        process.stdin.write("".join(f"{line}\n" for line in lines).encode())
        process.stdin.flush()
        answers: dict[Any, Any] = {}
        while not readable <= set(answers):
            answer = json.loads(process.stdout.readline())  # nothing but the protocol comes out
            answers[answer.get("id")] = answer
        process.stdin.close()
        logged = process.stderr.read().decode()
        assert process.wait(timeout=30) == 0
    assert "recommendations" in answers.pop(max(readable))["result"]["structuredContent"]
    assert answers.pop("first")["result"]["serverInfo"]["name"] == "wellfounded"
    assert all("error" in answer or answer["result"]["isError"] for answer in answers.values())
    assert logged == ""


def test_a_mistake_of_ours_tells_nothing_of_a_person(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def mistaken(*_: object) -> None:
        raise ValueError("secret")

    tool = replace(TOOLS["advise"], finds=mistaken)
    monkeypatch.setattr(server, "TOOLS", {"advise": tool})

    async def asking() -> Any:
        async with Client(server.make_server(Served("", RULES))) as client:
            return await client.call_tool("advise", {"facts": {"goal": "secret"}})

    result = awaited(asking())
    assert result.is_error and "a mistake of ours" in result.content[0].text
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text + result.content[0].text


def test_searches_that_wait_for_their_turn_hold_up_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    searching, released = threading.Event(), threading.Event()

    def searches(*given: Any) -> Any:
        searching.set()
        assert released.wait(60)
        return TOOLS["what_if"].finds(*given)

    slow = replace(TOOLS["what_if"], finds=searches)
    monkeypatch.setattr(server, "TOOLS", {**TOOLS, "what_if": slow})
    places = anyio.CapacityLimiter(1)
    change = {"facts": {"goal": "muscle_gain"}, "changes": {"age": 30}}

    async def asking() -> tuple[Any, list[Any]]:
        async with Client(server.make_server(Served("", RULES), places)) as client:
            waiting = [asyncio.create_task(client.call_tool("what_if", change)) for _ in range(3)]
            while not (searching.is_set() and places.statistics().tasks_waiting == len(waiting) - 1):
                await asyncio.sleep(0.01)
            meanwhile = await client.call_tool("advise", {"facts": {}})
            released.set()
            return meanwhile, await asyncio.gather(*waiting)

    meanwhile, found = awaited(asking())
    assert not meanwhile.is_error and not any(result.is_error for result in found)
