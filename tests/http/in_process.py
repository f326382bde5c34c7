"""Requests to the application without a socket between, where a test has to reach into it."""

from __future__ import annotations

from typing import Any


async def answered(
    app: Any, method: str, path: str, body: bytes = b"", media_type: str = "application/json"
) -> tuple[int, bytes]:
    """The status of an answer, and its body."""
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"content-type", media_type.encode())]
    scope = {"type": "http", "method": method, "path": path, "headers": headers, "query_string": b""}
    await app(scope, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent)
