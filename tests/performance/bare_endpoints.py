"""Endpoints of FastAPI that give answers made beforehand, for ``tests.performance.serving``.

It is given a file with the bodies of requests, and answers each with the dictionary that our server gives for
it, through the same response class and the same settings of uvicorn. At ``/returned`` it does so as FastAPI's
documentation shows: FastAPI reads the body as JSON, and the endpoint returns the dictionary. At ``/made`` it
does without FastAPI what can be done without it: the body is not even read as JSON, and the response is made
by hand. What FastAPI would record of requests for others is off, as in ours.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import Response

import wellfounded
from wellfounded.interfaces.http.answers import Json
from wellfounded.interfaces.http.limits import Limits
from wellfounded.interfaces.http.running import address_of, listening, run


def main() -> None:
    bodies = Path(sys.argv[1]).read_bytes().splitlines()
    knowledge_base = wellfounded.load()
    documents = {body: knowledge_base.advise(**json.loads(body)).to_dict() for body in bodies}
    stated = {_key(json.loads(body)): document for body, document in documents.items()}
    telemetry: Any = {"tracing": False, "metrics": False, "logs": False}
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, telemetry=telemetry)

    @app.post("/made")
    async def made(request: Request) -> Response:
        return Json(documents[await request.body()])

    @app.post("/returned", response_class=Json)
    async def returned(body: dict[str, Any]) -> dict[str, Any]:
        return stated[_key(body)]

    listener = listening("127.0.0.1", 0)
    run(app, listener, Limits(), lambda: print(f"bare at {address_of(listener)}/", file=sys.stderr))


def _key(body: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(body["facts"].items())


if __name__ == "__main__":
    main()
