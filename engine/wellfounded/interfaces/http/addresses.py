"""The addresses of one knowledge base, at the root or under ``/kb/NAME``."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Executor
from functools import partial
from http import HTTPStatus
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

from wellfounded.interfaces.http.advising import advised, what_is_open
from wellfounded.interfaces.http.answers import about_a_person, lasting, unchanged
from wellfounded.interfaces.http.batch import MEDIA_TYPES, Batch
from wellfounded.interfaces.http.documents import Library, library
from wellfounded.interfaces.http.explaining import explained, what_would
from wellfounded.interfaces.http.languages import accepted
from wellfounded.interfaces.http.limits import Limits
from wellfounded.interfaces.http.metrics import Metrics
from wellfounded.interfaces.http.problems import refused
from wellfounded.interfaces.http.questions import question_in, what_if_question_in, why_question_in
from wellfounded.interfaces.http.reading import body_of, require_media_type
from wellfounded.interfaces.http.served import Served
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.load.structure import schema
from wellfounded.model.advice import Advice
from wellfounded.model.content import Content
from wellfounded.model.record import Record
from wellfounded.model.suggest import suggestion
from wellfounded.review.editor_schema import Schema, facts_schema, rules_schema, scenarios_schema

Asked = TypeVar("Asked")
Found = TypeVar("Found")

Endpoint = Callable[[Request], Awaitable[Response]]

#: Kind of document → its JSON Schema, made for a knowledge base where it depends on one.
SCHEMAS: Mapping[str, Callable[[Content], Schema]] = {
    "person": facts_schema,
    "advice": lambda _: schema("advice"),
    "explanation": lambda _: schema("explanation"),
    "what-if": lambda _: schema("what-if"),
    "suggestions": lambda _: schema("suggestions"),
    "rules": rules_schema,
    "scenarios": scenarios_schema,
}

_SCHEMA_TYPE = "application/schema+json"


class Addresses:
    """Each method answers an address. It takes the knowledge base once, whatever is reloaded."""

    def __init__(self, served: Served, limits: Limits, metrics: Metrics, searching: Executor) -> None:
        self.served = served
        self.limits = limits
        self.metrics = metrics
        self.searching = searching

    def posts(self) -> Mapping[str, Endpoint]:
        """Where something is asked about a person."""
        return {
            "/advise": self.advise,
            "/questions": self.questions,
            "/explain": self.explain,
            "/what-if": self.what_if,
            "/batch": self.batch,
        }

    def gets(self) -> Mapping[str, Endpoint]:
        """What can be looked up."""
        return {
            "/knowledge-base": self.knowledge_base,
            "/rules/{id}": self.rule,
            "/claims/{id}": self.claim,
            "/references/{number}": self.reference,
            "/schema": self.person_schema,
            "/schema/{kind}": self.schema,
        }

    async def advise(self, request: Request) -> Response:
        advice = await self._advice(request)
        return about_a_person(advice, advice.language)

    async def questions(self, request: Request) -> Response:
        advice = await self._advice(request)
        return about_a_person(what_is_open(advice), advice.language)

    async def _advice(self, request: Request) -> Advice:
        asked = question_in(await body_of(request, self.limits), self.limits)
        return advised(self.served.knowledge_base, asked, request.headers.get("accept-language", ""))

    async def explain(self, request: Request) -> Response:
        asked = why_question_in(await body_of(request, self.limits), self.limits)
        return about_a_person(*await self._searched(explained, asked, request))

    async def what_if(self, request: Request) -> Response:
        asked = what_if_question_in(await body_of(request, self.limits), self.limits)
        return about_a_person(*await self._searched(what_would, asked, request))

    async def _searched(
        self, search: Callable[[KnowledgeBase, Asked, str], Found], asked: Asked, request: Request
    ) -> Found:
        """What a search finds; others are answered while it goes on."""
        languages = request.headers.get("accept-language", "")
        made = partial(search, self.served.knowledge_base, asked, languages)
        return await asyncio.get_running_loop().run_in_executor(self.searching, made)

    async def batch(self, request: Request) -> Response:
        require_media_type(request, MEDIA_TYPES)
        languages = request.headers.get("accept-language", "")
        advise = partial(advised, self.served.knowledge_base, languages=languages)
        return Batch(request, self.limits, advise, self.metrics.row)

    async def knowledge_base(self, request: Request) -> Response:
        return self._looked_up(request, lambda library: library.itself())

    async def rule(self, request: Request) -> Response:
        id = request.path_params["id"]
        return self._looked_up(request, lambda library: library.rule(id), id, "rules")

    async def claim(self, request: Request) -> Response:
        id = request.path_params["id"]
        return self._looked_up(request, lambda library: library.claim(id), id, "claims")

    async def reference(self, request: Request) -> Response:
        number = request.path_params["number"]
        return self._looked_up(request, lambda library: library.reference(number), number, "references")

    async def person_schema(self, request: Request) -> Response:
        return self._schema(request, "person")

    async def schema(self, request: Request) -> Response:
        kind = request.path_params["kind"]
        if kind not in SCHEMAS:
            detail = f"`{kind[:60]}` is not a kind of document; {suggestion(kind[:60], SCHEMAS)}"
            raise refused("unknown-id", HTTPStatus.NOT_FOUND, detail)
        return self._schema(request, kind)

    def _schema(self, request: Request, kind: str) -> Response:
        now = self.served.knowledge_base
        same = unchanged(request, now)
        return same or lasting(SCHEMAS[kind](now.content), now, media_type=_SCHEMA_TYPE)

    def _looked_up(
        self, request: Request, document: Callable[[Library], Record], id: str = "", kind: str = ""
    ) -> Response:
        """A document about the knowledge base, in the language that reads best."""
        now = self.served.knowledge_base
        known = getattr(now.content, kind) if kind else {id}
        if id not in known:
            detail = f"`{id[:60]}` is not one of the {kind} here; {suggestion(id[:60], known)}"
            raise refused("unknown-id", HTTPStatus.NOT_FOUND, detail)
        language = accepted(request.headers.get("accept-language", ""), now.languages)
        return unchanged(request, now, language) or lasting(document(library(now, language)), now, language)
