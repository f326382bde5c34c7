"""The JSON Schema of each kind of file, made for the knowledge base that is being written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wellfounded.editing.folder import View
from wellfounded.load.structure import schema
from wellfounded.model.content import Content
from wellfounded.review.editor_schema import person_schema, rules_schema, scenarios_schema

Schema = dict[str, Any]

_MADE: Mapping[str, Callable[[Content], Schema]] = {
    "rules": rules_schema,
    "scenarios": scenarios_schema,
    "person": person_schema,
}


def schema_of(kind: str, view: View) -> Schema:
    """The schema of files of a kind: with the names of the knowledge base, once it could be read."""
    content = view.content or view.sound
    return schema(kind) if content is None else _MADE[kind](content)
