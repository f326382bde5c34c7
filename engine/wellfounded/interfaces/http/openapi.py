"""The OpenAPI document, made from the published JSON Schemas and, for its examples, the knowledge bases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any

import msgspec

from wellfounded.explain.suggested import Want
from wellfounded.interfaces.http.advising import Open
from wellfounded.interfaces.http.batch import MEDIA_TYPES
from wellfounded.interfaces.http.documents import (
    AboutClaim,
    AboutKnowledgeBase,
    AboutReference,
    AboutRule,
    Library,
)
from wellfounded.interfaces.http.example import example_facts
from wellfounded.interfaces.http.explaining import explained, what_would
from wellfounded.interfaces.http.limits import Limits
from wellfounded.interfaces.http.problems import MEDIA_TYPE, Problem
from wellfounded.interfaces.http.questions import Question, Wanted, WhatIfQuestion, WhyQuestion
from wellfounded.interfaces.http.served import Served
from wellfounded.interfaces.http.status import Health
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.load.structure import schema
from wellfounded.model.content import Support
from wellfounded.model.version import VERSION
from wellfounded.review.editor_schema import facts_schema

Document = dict[str, Any]

_RECORDS = (Open, AboutKnowledgeBase, AboutRule, AboutClaim, AboutReference, Health, Problem)

#: Component → the published schema it is made from.
_PUBLISHED = {
    "Advice": "advice",
    "Explanation": "explanation",
    "WhatIf": "what-if",
    "Suggestions": "suggestions",
}

_WHAT = {
    400: "The body is not JSON.",
    401: "There is no key, or it is not known.",
    404: "The knowledge base has nothing of this name.",
    408: "The body did not arrive in time.",
    413: "The body is too large.",
    415: "The body has another media type.",
    422: "The body is JSON, and cannot be used; `errors` says why, all at once.",
    500: "Something went wrong that should not have, or two rules disagree about this person.",
    503: "Too many requests are being answered.",
}


class Description:
    """The document for the knowledge bases as they are now: kept until they change, and they are not."""

    def __init__(self, served: Sequence[Served], limits: Limits, with_keys: bool) -> None:
        self.served = served
        self.limits = limits
        self.with_keys = with_keys
        self._of: tuple[str, ...] = ()
        self._document: Document = {}
        self._making = Lock()

    def now(self) -> Document:
        """The document; making it takes a moment, since its examples are advice."""
        with self._making:  # one makes it for all who ask meanwhile
            found = tuple((item.name, item.prefix, item.knowledge_base) for item in self.served)
            digests = tuple(knowledge_base.digest for _, _, knowledge_base in found)
            if digests != self._of:
                self._document, self._of = _made(found, self.limits, self.with_keys), digests
            return self._document


def _made(now: tuple[tuple[str, str, KnowledgeBase], ...], limits: Limits, with_keys: bool) -> Document:
    schemas = _of_records() | {"WhatWould": _WHAT_WOULD}
    for component, kind in _PUBLISHED.items():
        schemas |= _embedded(component, schema(kind))
    paths: Document = {}
    for name, prefix, knowledge_base in now:
        suffix = f".{name}" if name else ""
        schemas |= _embedded(f"Facts{suffix}", facts_schema(knowledge_base.content))
        schemas[f"Person{suffix}"] = _question(knowledge_base, suffix)
        schemas[f"Why{suffix}"] = _why_question(knowledge_base, suffix)
        schemas[f"Change{suffix}"] = _what_if_question(knowledge_base, suffix)
        of_this = _paths(knowledge_base, suffix, name or knowledge_base.id)
        paths |= {prefix + path: operations for path, operations in of_this.items()}
    paths |= _of_the_server(now[0][2])
    components: Document = {"schemas": schemas}
    document: Document = {
        "openapi": "3.1.0",
        "info": {
            "title": "wellfounded",
            "version": VERSION,
            "description": "Advice whose every number leads back to a claim and a reference. "
            f"A request body has at most {limits.body:,} bytes, and a person in a batch {limits.row:,}.",
        },
        "paths": paths,
        "components": components,
    }
    if with_keys:
        components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        document["security"] = [{"key": []}]
        paths["/health"]["get"]["security"] = []
        for operations in paths.values():
            for operation in operations.values():
                operation["responses"]["401"] = _problem(401)
    return document


def _of_records() -> Document:
    _, components = msgspec.json.schema_components(_RECORDS, ref_template="#/components/schemas/{name}")
    return dict(components)


def _embedded(name: str, published: Document) -> Document:
    """A published schema and its definitions as components, with references that lead to them there."""
    definitions = {f"{name}.{key}": value for key, value in published.get("$defs", {}).items()}
    whole = {key: value for key, value in published.items() if key not in ("$schema", "$id", "$defs")}
    moved: Document = {key: _moved(value, name) for key, value in {name: whole, **definitions}.items()}
    return moved


def _moved(part: Any, name: str) -> Any:
    if isinstance(part, dict):
        return {
            key: value.replace("#/$defs/", f"#/components/schemas/{name}.")
            if key == "$ref" and isinstance(value, str)
            else _moved(value, name)
            for key, value in part.items()
        }
    return [_moved(item, name) for item in part] if isinstance(part, list) else part


def _question(knowledge_base: KnowledgeBase, suffix: str) -> Document:
    return {
        "type": "object",
        "required": ["facts"],
        "additionalProperties": False,
        "properties": {
            "facts": _ref(f"Facts{suffix}"),
            "language": {
                "description": "The language of the advice; it comes before Accept-Language.",
                "enum": [*knowledge_base.languages, None],
            },
            "min_support": {
                "description": "Only what has at least this support is given.",
                "enum": [*map(str, Support), None],
            },
        },
    }


def _why_question(knowledge_base: KnowledgeBase, suffix: str) -> Document:
    asked = _question(knowledge_base, suffix)
    asked["required"] = ["facts", "recommendation"]
    asked["properties"]["recommendation"] = {"enum": list(_topics(knowledge_base))}
    return asked


def _what_if_question(knowledge_base: KnowledgeBase, suffix: str) -> Document:
    asked = _question(knowledge_base, suffix)
    asked["anyOf"] = [
        {"required": [key], "properties": {key: {"type": "object"}}} for key in ("changes", "want")
    ]
    asked["properties"]["changes"] = {
        "description": "Facts to state otherwise, `null` to leave one unstated.",
        "anyOf": [_ref(f"Facts{suffix}"), {"type": "null"}],
    }
    asked["properties"]["want"] = {
        "description": "What a recommendation should become, by the smallest changes of facts that can be "
        "changed. They are looked for in all advice, whatever its support.",
        "type": ["object", "null"],
        "required": ["recommendation", "to"],
        "additionalProperties": False,
        "properties": {
            "recommendation": {"enum": list(_topics(knowledge_base))},
            "to": {"enum": [*map(str, Want)]},
        },
    }
    return asked


def _topics(knowledge_base: KnowledgeBase) -> Mapping[str, None]:
    return dict.fromkeys(rule.topic for rule in knowledge_base.core.recommending)


def _paths(knowledge_base: KnowledgeBase, suffix: str, tag: str) -> Document:
    example = {"facts": example_facts(knowledge_base)}
    language = knowledge_base.languages[0]
    library, content = Library(knowledge_base, language), knowledge_base.content
    advice = knowledge_base.advise(example["facts"], language)
    asked = Open(advice.knowledge_base, advice.engine, language, advice.undecided, advice.questions)
    rule, claim, reference = (
        next(iter(of), "") for of in (content.rules, content.claims, content.references)
    )
    topic, person = next(iter(_topics(knowledge_base)), ""), Question(example["facts"], language)
    changes, want = dict.fromkeys(list(person.facts)[-1:]), {"recommendation": topic, "to": "gone"}
    why, what_if = {**example, "recommendation": topic}, {**example, "changes": changes, "want": want}
    question, row = f"Person{suffix}", msgspec.json.encode(example).decode() + "\n"
    paths: Document = {
        "/advise": {
            "post": _about_a_person(
                f"advise{suffix}", "Advice for a person", question, example, "Advice", advice.to_dict()
            )
        },
        "/questions": {
            "post": _about_a_person(
                f"questions{suffix}",
                "What is undecided about a person, and what to ask",
                question,
                example,
                "Open",
                _plain(asked),
            )
        },
        "/explain": {
            "post": _about_a_person(
                f"explain{suffix}",
                "Why a recommendation is given, is not given or is undecided",
                f"Why{suffix}",
                why,
                "Explanation",
                _plain(explained(knowledge_base, WhyQuestion(person, topic), language)[0]) if topic else {},
            )
        },
        "/what-if": {
            "post": _about_a_person(
                f"what-if{suffix}",
                "What other facts would change, and the smallest changes that give what is wanted",
                f"Change{suffix}",
                what_if,
                "WhatWould",
                _plain(
                    what_would(knowledge_base, WhatIfQuestion(person, changes, Wanted(**want)), language)[0]
                )
                if topic
                else {},
            )
        },
        "/batch": {"post": _batch(f"batch{suffix}", row)},
        "/knowledge-base": {
            "get": _looked_up(
                f"knowledge-base{suffix}",
                "The knowledge base",
                "AboutKnowledgeBase",
                _plain(library.itself()),
            )
        },
        "/schema": {"get": _schema(f"person-schema{suffix}", "The JSON Schema of the facts of a person")},
        "/schema/{kind}": {
            "parameters": [_parameter("kind", "person", "A kind of document.")],
            "get": _schema(f"schema{suffix}", "The JSON Schema of a kind of document", 404),
        },
    }
    for of, id, key, what, name, make in (
        ("rules", rule, "id", "A rule", "AboutRule", library.rule),
        ("claims", claim, "id", "A claim", "AboutClaim", library.claim),
        ("references", reference, "number", "A reference", "AboutReference", library.reference),
    ):
        shown = _plain(make(id)) if id else None
        paths[f"/{of}/{{{key}}}"] = {
            "parameters": [_parameter(key, id, f"{what} that /knowledge-base lists.")],
            "get": _looked_up(f"{of}{suffix}", what, name, shown, 404),
        }
    for operations in paths.values():
        for method in ("get", "post"):
            if method in operations:
                operations[method]["tags"] = [tag]
    return paths


def _of_the_server(knowledge_base: KnowledgeBase) -> Document:
    text = {"schema": {"type": "string"}}
    anything = {"schema": {"type": "object"}}
    return {
        "/health": {
            "get": _get("health", "How the server is", {"application/json": {"schema": _ref("Health")}})
        },
        "/metrics": {"get": _get("metrics", "What is counted, for Prometheus", {"text/plain": text})},
        "/openapi.json": {"get": _get("openapi", "This document", {"application/json": anything})},
    }


def _about_a_person(
    id: str, summary: str, question: str, example: Document, answer: str, answered: Document
) -> Document:
    shown, given = ({"example": example}, {"example": answered}) if answered else ({}, {})
    return {
        "operationId": id,
        "summary": summary,
        "parameters": [_ACCEPT_LANGUAGE],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": _ref(question), **shown}},
        },
        "responses": {
            "200": {
                "description": summary,
                "headers": {"Content-Language": {"schema": {"type": "string"}}},
                "content": {"application/json": {"schema": _ref(answer), **given}},
            },
            **_problems(400, 408, 413, 415, 422, 500, 503),
        },
    }


def _batch(id: str, row: str) -> Document:
    lines = {"schema": {"type": "string"}}
    return {
        "operationId": id,
        "summary": "Advice for many people, as they come",
        "description": "One JSON object a line, each as the body of /advise. For each there is a line in "
        "the answer, in the same order: the advice, or a problem with its `line`. Read the answer while you "
        "send.",
        "parameters": [_ACCEPT_LANGUAGE],
        "requestBody": {
            "required": True,
            "content": {media_type: {**lines, "example": row} for media_type in MEDIA_TYPES},
        },
        "responses": {
            "200": {"description": "A line for each person", "content": {MEDIA_TYPES[0]: lines}},
            **_problems(415, 500, 503),
        },
    }


def _looked_up(id: str, summary: str, name: str, example: Document | None, *problems: int) -> Document:
    content: Document = {"schema": _ref(name)} | ({} if example is None else {"example": example})
    made = _get(id, summary, {"application/json": content}, *problems)
    return made | {
        "parameters": [_ACCEPT_LANGUAGE, _IF_NONE_MATCH],
        "responses": _NOT_MODIFIED | made["responses"],
    }


def _schema(id: str, summary: str, *problems: int) -> Document:
    made = _get(id, summary, {"application/schema+json": {"schema": {"type": "object"}}}, *problems)
    return made | {"parameters": [_IF_NONE_MATCH], "responses": _NOT_MODIFIED | made["responses"]}


def _get(id: str, summary: str, content: Document, *problems: int) -> Document:
    answered = {"200": {"description": summary, "content": content}}
    return {"operationId": id, "summary": summary, "responses": answered | _problems(*problems, 500, 503)}


def _problems(*statuses: int) -> Document:
    return {str(status): _problem(status) for status in statuses}


def _problem(status: int) -> Document:
    return {"description": _WHAT[status], "content": {MEDIA_TYPE: {"schema": _ref("Problem")}}}


def _parameter(name: str, example: str, description: str) -> Document:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": {"type": "string"},
        "example": example,
    }


def _header(name: str, description: str) -> Document:
    return {"name": name, "in": "header", "description": description, "schema": {"type": "string"}}


def _ref(name: str) -> Document:
    return {"$ref": f"#/components/schemas/{name}"}


def _plain(record: Any) -> Document:
    plain: Document = msgspec.to_builtins(record)
    return plain


#: As ``explaining.WhatWould`` has it.
_WHAT_WOULD: Document = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"what_if": _ref("WhatIf"), "suggestions": _ref("Suggestions")},
}
_ACCEPT_LANGUAGE = _header("Accept-Language", "The languages you read, as `nl, en;q=0.5`.")
_IF_NONE_MATCH = _header("If-None-Match", "The ETag of an answer you have; it is kept if nothing changed.")
_NOT_MODIFIED: Document = {"304": {"description": "Nothing changed."}}
