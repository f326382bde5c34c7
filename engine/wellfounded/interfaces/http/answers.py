"""Answers: JSON in UTF-8, with the headers that say in which language, and whether it changed."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.version import VERSION

_encode = msgspec.json.Encoder().encode


class Json(Response):
    """Records or plain data as JSON."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return _encode(content)


def about_a_person(document: Any, language: str) -> Response:
    """An answer that holds what was stated of a person, so that nothing on the way may keep it."""
    headers = {"Cache-Control": "no-store", "Content-Language": language, "Vary": "Accept-Language"}
    return Json(document, headers=headers)


def unchanged(request: Request, knowledge_base: KnowledgeBase, language: str = "") -> Response | None:
    """The answer that nothing changed, if the client already has what this knowledge base says."""
    asked = request.headers.get("if-none-match")
    if asked is None:
        return None
    etag = _etag(knowledge_base, language)
    known = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
    return (
        Response(status_code=304, headers=_headers(knowledge_base, language)) if {"*", etag} & known else None
    )


def lasting(
    document: Any, knowledge_base: KnowledgeBase, language: str = "", media_type: str = ""
) -> Response:
    """An answer that is the same for everyone until the rules change."""
    return Json(document, headers=_headers(knowledge_base, language), media_type=media_type or None)


def _headers(knowledge_base: KnowledgeBase, language: str) -> dict[str, str]:
    headers = {"ETag": _etag(knowledge_base, language), "Cache-Control": "no-cache"}
    return headers | ({"Content-Language": language, "Vary": "Accept-Language"} if language else {})


def _etag(knowledge_base: KnowledgeBase, language: str) -> str:
    digest = knowledge_base.digest.removeprefix("sha256:")[:32]
    return f'"{digest}-{VERSION}{f"-{language}" if language else ""}"'
