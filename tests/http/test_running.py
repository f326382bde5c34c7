"""The server as a process: keys, other origins, slow clients, changed rules, and its end."""

from __future__ import annotations

import asyncio
import gc
import json
import re
import shutil
import threading
from pathlib import Path

import pytest

from tests.awaited import awaited
from tests.command import ran
from tests.conftest import RULES
from tests.http.conftest import HOUSEPLANTS
from tests.http.in_process import answered
from tests.http.server import Server, eventually, serving
from wellfounded import KnowledgeBase
from wellfounded.interfaces.http import served
from wellfounded.interfaces.http.app import make_app
from wellfounded.interfaces.http.served import Served
from wellfounded.interfaces.watching import state_of

HEAD = b"POST /advise HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 40\r\n"


def _new_key(capsys: pytest.CaptureFixture[str], name: str) -> tuple[str, str]:
    made = ran(capsys, "serve", "--new-key", name)
    key, line = made.out.splitlines()
    return key, line


def test_others_are_only_answered_with_a_key(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    shop, shops_line = _new_key(capsys, "shop")
    clinic, clinics_line = _new_key(capsys, "clinic")
    (tmp_path / "keys").write_text(f"# who may ask\n{shops_line}  # the shop\n", "utf-8")
    arguments = (str(RULES), "--host", "0.0.0.0", "--keys", str(tmp_path / "keys"))
    with serving(*arguments, environment={"WELLFOUNDED_KEYS": clinics_line}) as server:
        for key in (shop, clinic):
            assert server.post("/advise", {"facts": {}}, authorization=f"Bearer {key}").status == 200
        for given in ({}, {"authorization": f"Bearer {shop[:-1]}"}, {"authorization": f"Basic {shop}"}):
            answer = server.post("/advise", {"facts": {}}, **given)
            assert (answer.status, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert server.get("/metrics").status == server.get("/openapi.json").status == 401
        assert server.get("/health").status == 200
        assert shop not in server.log and clinic not in server.log


def test_another_address_needs_keys(capsys: pytest.CaptureFixture[str]) -> None:
    for host in ("0.0.0.0", "::", "192.168.1.4", "example.org"):
        refused = ran(capsys, "serve", "--host", host, "--port", "0")
        assert refused.code == 2
        assert "keys are needed" in refused.err and "--new-key" in refused.err


@pytest.mark.parametrize("line", ["wf_secret", "shop sha256:123", "shop", "a b c"])
def test_keys_that_are_none_are_not_repeated(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, line: str
) -> None:
    (tmp_path / "keys").write_text(f"\n{line}\n", "utf-8")
    refused = ran(capsys, "serve", "--keys", str(tmp_path / "keys"))
    assert refused.code == 2
    assert f"{tmp_path / 'keys'}:2: write a name and a hash" in refused.err
    assert line not in refused.err


@pytest.mark.parametrize("written", [b"", b"# nobody yet\n", b"\xff\n"])
def test_a_file_without_keys_does_not_let_everyone_ask(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, written: bytes
) -> None:
    (tmp_path / "keys").write_bytes(written)
    refused = ran(capsys, "serve", "--keys", str(tmp_path / "keys"))
    assert refused.code == 2
    assert f"{tmp_path / 'keys'}: " in refused.err


@pytest.mark.parametrize(
    "written", ["", "example.org", "https://example.org/", "https://Example.org", "null"]
)
def test_an_origin_that_no_browser_sends_is_refused(capsys: pytest.CaptureFixture[str], written: str) -> None:
    refused = ran(capsys, "serve", "--allow-origin", written)
    assert refused.code == 2 and "https://example.org" in refused.err


@pytest.mark.parametrize("written", ["plants", "=rules", "A/B=rules", "a=rules --kb a=rules"])
def test_a_name_has_to_be_one(capsys: pytest.CaptureFixture[str], written: str) -> None:
    assert ran(capsys, "serve", *f"--kb {written}".split()).code == 2


def test_only_named_knowledge_bases_are_served_where_any_is() -> None:
    with serving("--kb", f"plants={HOUSEPLANTS}") as server:
        assert server.post("/advise", {"facts": {}}).status == 404
        assert server.post("/kb/plants/advise", {"facts": {}}).status == 200


def test_pages_of_other_origins_may_not_ask_unless_they_may(server: Server) -> None:
    asked = {"origin": "https://shop.example", "access_control_request_method": "POST"}
    assert "access-control-allow-origin" not in server.ask("OPTIONS", "/advise", **asked).headers
    with serving(str(RULES), "--allow-origin", "https://shop.example") as open_server:
        allowed = open_server.ask("OPTIONS", "/advise", **asked)
        assert allowed.headers["access-control-allow-origin"] == "https://shop.example"
        other = open_server.ask("OPTIONS", "/advise", **{**asked, "origin": "https://other.example"})
        assert "access-control-allow-origin" not in other.headers
        refused = open_server.post("/advise", {}, origin="https://shop.example")
        assert (refused.status, refused.headers["access-control-allow-origin"]) == (
            422,
            "https://shop.example",
        )


def test_nothing_of_a_person_is_logged_or_counted() -> None:
    with serving(str(RULES)) as server:
        secret = "93.17"
        for body in (
            {"facts": {"body_mass": 93.17}},
            {"facts": {"body_mass": "93.17 lightyear"}},
            {"93.17": 1},
        ):
            server.post("/advise", body)
            server.post("/batch", json.dumps(body).encode(), content_type="application/x-ndjson")
        server.get(f"/advise?body_mass={secret}")
        server.get(f"/rules/{secret}")
        server.get(f"/{secret}")
        server.ask(f"X{secret.replace('.', '')}", "/advise")
        with server.connected() as connection:
            connection.sendall(b"POST /advise HTTP/1.1\r\nno header 93.17\r\n\r\n")
            connection.recv(100)
        counted = server.get("/metrics").body.decode()
        labelled = counted.partition("wellfounded_http_requests_total")[2]
        assert "93" not in re.sub(r'digest="[^"]*"|[0-9.e+-]+\n', "\n", labelled)
        assert server.end() == 0
        assert "POST /advise 200" in server.log
        assert secret not in server.log and "X9317" not in server.log


def test_requests_are_counted_by_address(server: Server) -> None:
    for id in ("creatine", "protein-daily", "nope"):
        server.get(f"/rules/{id}")
    counted = server.get("/metrics").body.decode()
    routes = set(re.findall(r'wellfounded_http_requests_total\{method="[A-Za-z]+",route="([^"]+)"', counted))
    assert "/rules/{id}" in routes
    assert not [route for route in routes if "creatine" in route]


def test_a_server_that_is_told_to_end_finishes_what_it_does() -> None:
    with serving(str(RULES)) as server:
        with server.connected() as connection:
            connection.sendall(HEAD + b'\r\n{"facts": {"goal": ')
            eventually(lambda: "wellfounded_http_requests_now 2" in server.get("/metrics").body.decode())
            ended = threading.Thread(target=server.end)
            ended.start()
            eventually(lambda: not _accepts(server))
            connection.sendall(b'"other"}}'.ljust(21))
            answer = b""
            while part := connection.recv(65536):
                answer += part
        assert b" 200 " in answer.partition(b"\r\n")[0]
        assert answer.endswith(b"}")
        ended.join()
        assert server.process.exitcode == 0


def _accepts(server: Server) -> bool:
    try:
        server.connected().close()
    except OSError:
        return False
    return True


def test_changed_rules_are_taken_and_broken_ones_are_not(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(HOUSEPLANTS, rules)
    header = next(path for path in rules.rglob("*.yaml") if "version:" in path.read_text("utf-8"))
    written = header.read_text("utf-8")
    failed: list[object] = []
    over = threading.Event()

    def ask_on(server: Server) -> None:
        while not over.is_set():
            answer = server.post("/advise", {"facts": {}})
            failed.extend([answer] if answer.status != 200 else [])

    with serving(str(rules)) as server:
        before = server.get("/knowledge-base").headers["etag"]
        asking = [threading.Thread(target=ask_on, args=(server,)) for _ in range(2)]
        for thread in asking:
            thread.start()
        header.write_text(written.replace("version:", "verzion:", 1), "utf-8")
        eventually(lambda: server.get("/health").json["status"] == "stale")
        assert server.get("/health").json["knowledge_bases"]["/"]["refused"] >= 1
        assert server.get("/knowledge-base").headers["etag"] == before
        assert "changed rules refused" in server.log and "verzion" in server.log
        header.write_text(re.sub(r"version: .*", 'version: "99.0.0"', written, count=1), "utf-8")
        eventually(lambda: server.get("/health").json["status"] == "ok")
        over.set()
        for thread in asking:
            thread.join()
        now = server.get("/health").json["knowledge_bases"]["/"]
        assert (now["knowledge_base"]["version"], now["reloads"]) == ("99.0.0", 1)
        assert server.get("/knowledge-base", if_none_match=before).status == 200
    assert failed == []


def test_rules_that_were_changed_are_let_go(tmp_path: Path) -> None:
    """With them goes what was kept of people to be quick."""
    shutil.copytree(HOUSEPLANTS, tmp_path / "rules")
    _at_version(tmp_path, "0.3.0", "77.0.0")  # which no other test has
    of = Served("", tmp_path / "rules")
    app, before = make_app([of]), of.knowledge_base.digest
    for path in ("/knowledge-base", "/schema", "/openapi.json"):
        status, _ = awaited(answered(app, "GET", path))
        assert status == 200
    _at_version(tmp_path, "77.0.0", "77.0.1")
    of.reload()
    gc.collect()
    kept = [item.digest for item in gc.get_objects() if isinstance(item, KnowledgeBase)]
    assert of.knowledge_base.digest in kept and before not in kept


def _at_version(folder: Path, old: str, new: str) -> None:
    for file in folder.rglob("*.yaml"):
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def test_a_look_at_the_files_that_fails_is_not_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copytree(HOUSEPLANTS, tmp_path / "rules")
    of = Served("", tmp_path / "rules")
    looks = iter([OSError(24, "Too many open files")] * 3)

    def looking(paths: list[Path]) -> object:
        for failed in looks:
            raise failed
        return state_of(paths)

    async def watched() -> None:
        watching = asyncio.create_task(served.watch(of))
        for path in (tmp_path / "rules").rglob("*.yaml"):
            path.write_text(path.read_text("utf-8").replace("0.3.0", "0.3.1"), "utf-8")
        async with asyncio.timeout(60):
            while not of.reloads:
                await asyncio.sleep(0.01)
        watching.cancel()

    monkeypatch.setattr(served, "state_of", looking)
    monkeypatch.setattr(served, "SECONDS", 0.01)
    awaited(watched())
    assert of.knowledge_base.version == "0.3.1"
    assert caplog.text.count("cannot look at the rules of houseplants 0.3.0") == 1


def test_rules_that_are_broken_from_the_start_are_not_served(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "a.yaml").write_text("rules: []", "utf-8")
    refused = ran(capsys, "serve", str(tmp_path), "--port", "0")
    assert refused.code == 4


def test_a_port_that_is_taken_is_said(capsys: pytest.CaptureFixture[str], server: Server) -> None:
    refused = ran(capsys, "serve", str(RULES), "--port", str(server.port))
    assert refused.code == 6
    assert str(server.port) in refused.err
