"""What cannot be answered is said in a problem document that names what was written and what is allowed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.http.server import Answered, Server
from wellfounded.interfaces.http.problems import TITLES

GOLDEN = ROOT / "tests" / "http" / "problems.json"

#: Name → method, path, body, headers.
CASES: dict[str, tuple[str, str, Any, dict[str, str]]] = {
    "a number outside its span": ("POST", "/advise", {"facts": {"age": 300}}, {}),
    "several facts": (
        "POST",
        "/advise",
        {
            "facts": {
                "goal": "gain_muscle",
                "healthy": "yes",
                "in_scope": True,
                "a/b~c": 1,
                "body_mass": "6 s",
            }
        },
        {},
    ),
    "a language that is not spoken": ("POST", "/advise", {"facts": {}, "language": "fr"}, {}),
    "a support that there is not": ("POST", "/questions", {"facts": {}, "min_support": "supported"}, {}),
    "a key that is not known": ("POST", "/advise", {"facts": {}, "lang": "en"}, {}),
    "no facts": ("POST", "/advise", {}, {}),
    "facts that are a list": ("POST", "/advise", {"facts": []}, {}),
    "a language that is no text": ("POST", "/advise", {"facts": {}, "language": 1}, {}),
    "a language without a name": ("POST", "/advise", {"facts": {}, "language": ""}, {}),
    "a list": ("POST", "/advise", b"[]", {}),
    "more keys than anybody has": ("POST", "/advise", {"facts": dict.fromkeys(map(str, range(501)), 1)}, {}),
    "a body that is compressed": ("POST", "/advise", b"\x1f\x8b", {"content_encoding": "gzip"}),
    "a batch that is compressed": (
        "POST",
        "/batch",
        b"\x1f\x8b",
        {"content_type": "application/x-ndjson", "content_encoding": "gzip"},
    ),
    "no JSON": ("POST", "/advise", b'{"facts": {"age": 030}}', {}),
    "nothing": ("POST", "/advise", b"", {}),
    "not UTF-8": ("POST", "/advise", b'{"facts": {"goal": "\xff"}}', {}),
    "not a number": ("POST", "/advise", b'{"facts": {"age": NaN}}', {}),
    "without end": ("POST", "/advise", b'{"facts": {"age": -Infinity}}', {}),
    "a key twice": ("POST", "/advise", b'{"facts": {"age": 30, "age": 40}}', {}),
    "a number too large for a double": ("POST", "/advise", b'{"facts": {"age": 1e999}}', {}),
    "a number of very many digits": ("POST", "/advise", b'{"facts": {"age": ' + b"9" * 5000 + b"}}", {}),
    "half of a surrogate pair": ("POST", "/advise", b'{"facts": {"goal": "\\ud800"}}', {}),
    "too deep": ("POST", "/advise", b'{"facts": {"age": ' + b"[" * 9 + b"]" * 9 + b"}}", {}),
    "very much too deep": ("POST", "/advise", b"[" * 30_000, {}),
    "too large": ("POST", "/advise", b" " * 65_537, {}),
    "another media type": ("POST", "/advise", b"facts=1", {"content-type": "text/plain"}),
    "no such recommendation": ("POST", "/explain", {"facts": {}, "recommendation": "creatin"}, {}),
    "no recommendation": ("POST", "/explain", {"facts": {}, "recommendation": 1, "want": {}}, {}),
    "a change that is not allowed": (
        "POST",
        "/what-if",
        {"facts": {"age": 30}, "changes": {"age": 300, "healthy": None}},
        {},
    ),
    "facts before changes": ("POST", "/what-if", {"facts": {"age": 300}, "changes": {"age": 301}}, {}),
    "nothing that would change": ("POST", "/what-if", {"facts": {}}, {}),
    "something that cannot be wanted": (
        "POST",
        "/what-if",
        {"facts": {}, "want": {"recommendation": "patience", "to": "keep"}},
        {},
    ),
    "a want that is no want": ("POST", "/what-if", {"facts": {}, "want": {"too": "keep"}, "changes": []}, {}),
    "a batch that is no batch": ("POST", "/batch", {"facts": {}}, {}),
    "no such rule": ("GET", "/rules/creatin", None, {}),
    "no such reference": ("GET", "/references/99999", None, {}),
    "no such schema": ("GET", "/schema/persons", None, {}),
    "no such address": ("GET", "/advices", None, {}),
    "another method": ("GET", "/advise", None, {}),
}


def _problem(answer: Answered) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json
    assert problem["status"] == answer.status
    assert problem["title"] == TITLES[problem["type"].removeprefix("urn:wellfounded:problem:")]
    return problem


def test_problems_name_what_was_written_and_what_is_allowed(
    server: Server, request: pytest.FixtureRequest
) -> None:
    found = {}
    for name, (method, path, body, headers) in CASES.items():
        found[name] = _problem(server.ask(method, path, body, **headers))
    written = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    if request.config.getoption("--update-goldens"):
        GOLDEN.write_text(written, "utf-8")
    assert GOLDEN.read_text("utf-8") == written, "write it anew with --update-goldens"


def test_no_media_type_is_another_one(server: Server) -> None:
    with server.connected() as connection:
        connection.sendall(
            b"POST /advise HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
        )
        assert b" 415 " in connection.recv(100)


def test_a_body_without_a_length_is_limited_as_well(server: Server) -> None:
    head = b"POST /advise HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    head += b"Transfer-Encoding: chunked\r\n\r\n"
    with server.connected() as connection:
        connection.sendall(head + (b"8000\r\n" + b" " * 0x8000 + b"\r\n") * 3)
        assert b" 413 " in connection.recv(100)


def test_a_method_that_is_not_allowed_says_which_are(server: Server) -> None:
    assert server.get("/advise").headers["allow"] == "POST"


def test_every_kind_of_problem_is_documented() -> None:
    page = Path(ROOT / "docs" / "serve.md").read_text("utf-8")
    assert [kind for kind in TITLES if f"| `{kind}` |" not in page] == []
