"""Why and what if over HTTP are those of the library, and others are answered meanwhile."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import Any

import pytest

from tests.awaited import awaited
from tests.conftest import RULES
from tests.http.in_process import answered
from tests.http.server import Server
from tests.http.test_advise import PERSON
from wellfounded import KnowledgeBase
from wellfounded.interfaces.http import addresses
from wellfounded.interfaces.http.app import make_app
from wellfounded.interfaces.http.limits import Limits
from wellfounded.interfaces.http.served import Served


@pytest.mark.parametrize("recommendation", ["sleep-duration", "creatine", "other-goal"])
def test_why_is_that_of_the_library(server: Server, article: KnowledgeBase, recommendation: str) -> None:
    body = {"facts": PERSON, "recommendation": recommendation, "min_support": "partly"}
    answer = server.post("/explain", body, accept_language="en")
    why = article.explain(PERSON, recommendation, "en", min_support="partly")
    assert (answer.status, answer.json) == (200, why.to_dict())
    assert (answer.headers["content-language"], answer.headers["cache-control"]) == ("en", "no-store")


def test_what_if_is_that_of_the_library(server: Server, article: KnowledgeBase) -> None:
    changes, want = {"uses_creatine": None, "age": 40}, {"recommendation": "creatine", "to": "gone"}
    changed = article.what_if(PERSON, changes, "en").to_dict()
    suggested = article.suggest(PERSON, "creatine", "gone", "en").to_dict()
    body = {"facts": PERSON, "language": "en"}
    assert server.post("/what-if", {**body, "changes": changes}).json == {"what_if": changed}
    assert server.post("/what-if", {**body, "want": want}).json == {"suggestions": suggested}
    both = server.post("/what-if", {**body, "changes": changes, "want": want}).json
    assert both == {"what_if": changed, "suggestions": suggested}


def test_a_search_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    searching, advised = threading.Event(), threading.Event()

    def search(*_: object) -> tuple[Any, str]:
        searching.set()
        return {"found": advised.wait(60)}, "en"

    monkeypatch.setattr(addresses, "explained", search)

    async def ask() -> tuple[Any, Any]:
        app = make_app([Served("", RULES)])
        explaining = asyncio.create_task(_post(app, "/explain", {"facts": {}, "recommendation": "split"}))
        assert await asyncio.to_thread(searching.wait, 60)
        answered = await _post(app, "/advise", {"facts": {}})
        advised.set()
        return answered, await explaining

    (status, _), explained = awaited(ask())
    assert status == 200
    assert explained == (200, {"found": True})


def test_a_search_that_takes_too_long_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(addresses, "what_would", lambda *_: ({}, "en") if over.wait(60) else None)
    app = make_app([Served("", RULES)], Limits(whole=0.1))
    try:
        status, problem = awaited(_post(app, "/what-if", {"facts": {}, "changes": {}}))
    finally:
        over.set()
    assert (status, problem["type"]) == (503, "urn:wellfounded:problem:too-slow")


async def _post(app: Any, path: str, body: Any) -> tuple[int, Any]:
    status, found = await answered(app, "POST", path, json.dumps(body).encode())
    return status, json.loads(found)
