"""The server as a process: who may ask over HTTP, what is logged, changed rules, and its end."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from mcp import StdioServerParameters

from tests.command import ran
from tests.conftest import ROOT, RULES
from tests.docs.markdown import Fence, code_in, pieces, table_after
from tests.http.conftest import HOUSEPLANTS
from tests.http.server import PROGRAM, Server, eventually, serving
from tests.mcp_server.client import ACCEPT, called, tools
from wellfounded.interfaces.exit_codes import ExitCode

CALL: dict[str, Any] = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "tools/call",
    "params": {"name": "advise", "arguments": {"facts": {"goal": "other", "age": 77}}},
}


def test_only_programs_of_this_machine_are_answered(over_http: Server) -> None:
    assert over_http.post("/mcp", CALL, accept=ACCEPT).json["result"]["structuredContent"]
    for headers, status in (({"host": "example.org"}, 421), ({"origin": "http://localhost:3000"}, 403)):
        assert over_http.post("/mcp", CALL, accept=ACCEPT, **headers).status == status
    assert over_http.get("/mcp", accept=ACCEPT).status == 405
    assert over_http.post("/elsewhere", CALL, accept=ACCEPT).status == 404
    assert over_http.post("/mcp", b"{" * 100_000, accept=ACCEPT).status == 413
    assert over_http.post("/mcp", b"{", accept=ACCEPT).status == 400


def test_any_loopback_address_can_be_listened_at() -> None:
    with serving("--http", str(RULES), "--host", "127.0.0.2", command="mcp") as server:
        connection = HTTPConnection("127.0.0.2", server.port, timeout=30)
        headers = {"content-type": "application/json", "accept": ACCEPT}
        connection.request("POST", "/mcp", json.dumps(CALL), headers)
        assert connection.getresponse().status == 200
        connection.close()


def test_nothing_of_a_person_is_logged(over_http: Server) -> None:
    facts = {"age": 77_777, "goal": "secret"}
    called(f"{over_http.url}/mcp", ("advise", {"facts": facts}), ("advise", {"facts": {"age": 77}}))
    over_http.post("/mcp", b'{"facts": {"goal": "secret"}}', accept=ACCEPT)
    over_http.post("/mcp", CALL, accept=ACCEPT, host="secret.example")
    over_http.post("/secret", CALL)
    announced, *lines = over_http.log.splitlines()
    assert announced.endswith("/mcp") and len(lines) > 4
    for line in lines:
        assert re.fullmatch(r"\S+ \S+ INFO (GET|POST) (/mcp|\(none\)) [0-9]{3} [0-9.]+ ms", line)


def test_two_knowledge_bases_are_kept_apart() -> None:
    plants = ("--kb", f"plants={HOUSEPLANTS}")
    with serving("--http", str(RULES), *plants, command="mcp") as server:
        for path, id in (("/mcp", "muscle-gain"), ("/kb/plants/mcp", "houseplants")):
            (told,) = called(f"{server.url}{path}", ("advise", {"facts": {}}))
            assert told.document["knowledge_base"]["id"] == id
    with serving("--http", *plants, command="mcp") as server:
        assert server.post("/mcp", CALL, accept=ACCEPT).status == 404
        assert server.post("/kb/plants/mcp", CALL, accept=ACCEPT).status == 200


def test_another_address_needs_keys(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for host in ("0.0.0.0", "::", "example.org"):
        refused = ran(capsys, "mcp", "--http", "--host", host, "--port", "0")
        assert refused.code == 2
        assert "keys are needed" in refused.err
    key, line = ran(capsys, "serve", "--new-key", "assistant").out.splitlines()
    (tmp_path / "keys").write_text(f"{line}\n", "utf-8")
    with serving(
        "--http", "--host", "0.0.0.0", "--keys", str(tmp_path / "keys"), str(RULES), command="mcp"
    ) as server:
        assert server.post("/mcp", CALL, accept=ACCEPT).status == 401
        answer = server.post("/mcp", CALL, accept=ACCEPT, authorization=f"Bearer {key}")
        assert answer.json["result"]["structuredContent"]["facts"]["age"]["value"] == 77
        assert key not in server.log


@pytest.mark.parametrize(
    ("option", "value"), [("--kb", "plants=rules"), ("--host", "1"), ("--port", "1"), ("--keys", "1")]
)
def test_options_of_http_go_with_http(capsys: pytest.CaptureFixture[str], option: str, value: str) -> None:
    refused = ran(capsys, "mcp", option, value)
    assert refused.code == 2 and f"{option} goes with --http" in refused.err


@pytest.mark.no_cover
def test_a_broken_knowledge_base_is_said_before_anything_is_served(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text("rules: [", "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "mcp", str(tmp_path)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == ExitCode.BAD_KNOWLEDGE_BASE
    assert done.stdout == "" and "rules.yaml" in done.stderr and "Traceback" not in done.stderr


def test_changed_rules_are_taken(tmp_path: Path) -> None:
    rules = tmp_path / "plants"
    shutil.copytree(HOUSEPLANTS, rules)
    with serving("--http", str(rules), command="mcp") as server:
        where = f"{server.url}/mcp"
        assert "balcony" not in tools(where)["advise"].input_schema["properties"]["facts"]["properties"]
        (rules / "more.yaml").write_text(
            "facts:\n"
            "  balcony:\n"
            "    type: boolean\n"
            "    label: {en: balcony, de: Balkon}\n"
            "    question: {en: Is there a balcony?, de: Gibt es einen Balkon?}\n",
            "utf-8",
        )
        eventually(
            lambda: "balcony" in tools(where)["advise"].input_schema["properties"]["facts"]["properties"]
        )
        assert server.end() in (0, -15)


@pytest.mark.parametrize("ending", ["nobody reads", "interrupt"])
def test_a_client_that_goes_away_ends_it_without_a_word(ending: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "mcp", str(RULES)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None
        ping = b'{"jsonrpc": "2.0", "id": 1, "method": "ping"}\n'
        process.stdin.write(ping)
        process.stdin.flush()
        assert process.stdout.readline()
        if ending == "interrupt":
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=30) == ExitCode.INTERRUPTED
        else:
            process.stdout.close()
            process.stdin.write(ping)
            process.stdin.flush()
            assert process.wait(timeout=30) == ExitCode.OK
        assert "Traceback" not in process.stderr.read().decode()


@pytest.mark.no_cover
def test_settings_in_the_docs_start_the_server() -> None:
    page = (ROOT / "docs" / "embed.md").read_text("utf-8")
    (settings,) = (
        json.loads(part.body) for part in pieces(page) if isinstance(part, Fence) and part.info == "json"
    )
    (server,) = settings["mcpServers"].values()
    where = StdioServerParameters(
        command=str(Path(sys.executable).parent / server["command"]),
        args=server["args"],
        env=dict(os.environ),
    )
    rows = table_after(page, "## With an MCP client")
    assert [code_in(row[0])[0] for row in rows] == list(tools(where))
