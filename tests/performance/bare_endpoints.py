"""Endpoints of FastAPI that give answers made beforehand, for ``tests.performance.serving``.

It is given a file with the bodies of requests, and answers each with the dictionary that our server gives for
it, through the same response class and the same settings of uvicorn: at ``/made`` with a response made by
hand, at ``/returned`` by returning the dictionary, as FastAPI's documentation shows.
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
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.post("/made")
    async def made(request: Request) -> Response:
        return Json(documents[await request.body()])

    @app.post("/returned", response_class=Json)
    async def returned(request: Request) -> Any:
        return documents[await request.body()]

    listener = listening("127.0.0.1", 0)
    run(app, listener, Limits(), lambda: print(f"bare at {address_of(listener)}/", file=sys.stderr))


if __name__ == "__main__":
    main()
