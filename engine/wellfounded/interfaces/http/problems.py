"""Problem documents (RFC 9457): what a client is told when a request cannot be answered."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import msgspec
from starlette.responses import Response

from wellfounded.interfaces.incident import logged
from wellfounded.model import errors
from wellfounded.model.content import Content, Fact, FactType
from wellfounded.model.errors import FactError, FactProblem
from wellfounded.model.frozen import EMPTY
from wellfounded.model.record import Record
from wellfounded.model.unit import NO_UNIT
from wellfounded.model.values import plain_number

MEDIA_TYPE = "application/problem+json"

log = logging.getLogger("wellfounded.serve")

#: Of what was stated, a text is repeated up to so many characters.
_LONGEST = 200

#: Kind → title. ``docs/serve.md`` lists the same.
TITLES: Mapping[str, str] = {
    "not-http": "The request is not HTTP",
    "not-json": "The body is not JSON",
    "not-a-request": "The body is not what this address takes",
    "facts": "What is stated of the person cannot be used",
    "language": "The knowledge base does not speak this language",
    "support": "There is no such support",
    "recommendation": "This cannot be asked of a recommendation",
    "unknown-id": "The knowledge base has nothing of this name",
    "no-address": "There is nothing at this address",
    "method": "This address is not asked like this",
    "key": "A key is needed",
    "media-type": "The body has another media type",
    "too-large": "The body is too large",
    "head": "The head of the request is too large",
    "too-slow": "The request took too long",
    "busy": "Too many requests are being answered",
    "conflicting-rules": "Two rules disagree about this person",
    "internal": "Something went wrong that should not have",
}


class Allowed(Record, frozen=True, omit_defaults=True):
    """What may be stated of a fact: one of ``values``, or a number from ``low`` to ``high`` in ``unit``."""

    values: tuple[bool | str, ...] = ()
    low: int | float | None = None
    high: int | float | None = None
    unit: str = ""


class Fault(Record, frozen=True, omit_defaults=True):
    """One thing that is wrong; ``pointer`` says where in the body, as a JSON Pointer."""

    detail: str
    pointer: str = ""
    fact: str = ""
    value: bool | int | float | str | None = None
    allowed: Allowed | None = None
    help: str = ""


class Problem(Record, frozen=True, omit_defaults=True):
    """A problem document; ``line`` is that of a person in a batch, counted from 1."""

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[Fault, ...] = ()
    line: int | None = None


class Refused(Exception):
    """A request that is answered with a problem, and perhaps with headers that belong to it."""

    def __init__(self, problem: Problem, headers: Mapping[str, str] = EMPTY) -> None:
        self.problem = problem
        self.headers = headers
        super().__init__(problem.title)  # never the detail, which may hold what was stated of a person


def problem(kind: str, status: HTTPStatus, detail: str, faults: tuple[Fault, ...] = ()) -> Problem:
    """A problem of one of the kinds in ``TITLES``."""
    return Problem(f"urn:wellfounded:problem:{kind}", TITLES[kind], int(status), detail, faults)


def refused(kind: str, status: HTTPStatus, detail: str, *faults: Fault, **headers: str) -> Refused:
    """The same as an exception; ``retry_after="1"`` gives the header ``Retry-After``."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Refused(problem(kind, status, detail, faults), named)


def mistake_of_ours(error: Exception) -> Problem:
    """What is said of one; it is logged without its message, which may speak of a person."""
    detail = f"the log of the server says more under `{logged(error, log)}`"
    return problem("internal", HTTPStatus.INTERNAL_SERVER_ERROR, detail)


def answer(found: Problem, headers: Mapping[str, str] = EMPTY) -> Response:
    """A problem as a response."""
    headers = {"Cache-Control": "no-store", **headers}
    return Response(msgspec.json.encode(found), found.status, headers, MEDIA_TYPE)


def problem_of(
    error: errors.WellfoundedError, content: Content, facts: Any, key: str = "facts", about: str = ""
) -> Problem:
    """What the library raised when it was asked about a person of whom ``facts`` are stated.

    These stand under ``key`` in the body, and under ``about`` which recommendation it is about.
    """
    unprocessable = HTTPStatus.UNPROCESSABLE_ENTITY
    if isinstance(error, FactError):
        faults = tuple(_fault(found, content, facts, key) for found in error.problems)
        detail = "; ".join(fault.detail for fault in faults[:3]) + ("; …" if len(faults) > 3 else "")
        return problem("facts", unprocessable, detail, faults)
    if isinstance(error, errors.LanguageError):
        return problem("language", unprocessable, str(error), (Fault(str(error), "/language"),))
    if isinstance(error, errors.SupportError):
        return problem("support", unprocessable, str(error), (Fault(str(error), "/min_support"),))
    if isinstance(error, errors.RecommendationError):
        return problem("recommendation", unprocessable, str(error), (Fault(str(error), pointer(about)),))
    if isinstance(error, errors.ConflictError):
        return problem("conflicting-rules", HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
    raise error


def _fault(found: FactProblem, content: Content, facts: Any, key: str) -> Fault:
    where = pointer(key, *([found.fact] if found.fact else []))
    fact = content.facts.get(found.fact)
    stated = facts.get(found.fact) if isinstance(facts, Mapping) else None
    allowed = allowed_of(fact, content) if fact is not None and fact.can_be_stated else None
    return Fault(found.message, where, found.fact[:_LONGEST], _shown(stated), allowed, found.help)


def pointer(*names: str) -> str:
    """Where in a body something stands (RFC 6901)."""
    return "".join(f"/{name[:_LONGEST].replace('~', '~0').replace('/', '~1')}" for name in names)


def _shown(stated: Any) -> bool | int | float | str | None:
    """What was stated, where that is one value and not too long to repeat."""
    if isinstance(stated, str):
        return stated if len(stated) <= _LONGEST else f"{stated[:_LONGEST]}…"
    return stated if isinstance(stated, bool | int | float) else None


def allowed_of(fact: Fact, content: Content) -> Allowed:
    """What may be stated of a fact."""
    if fact.type is not FactType.NUMBER or fact.span is None:
        return Allowed(tuple(value for value in fact.values if isinstance(value, bool | str)))
    low, high = map(plain_number, fact.span)
    return Allowed(low=low, high=high, unit=content.units.get(fact.unit, NO_UNIT).shown)
