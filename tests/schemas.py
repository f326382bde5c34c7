"""JSON Schemas of documents, made from the records that the documents are."""

from __future__ import annotations

from typing import Any

import msgspec

from wellfounded.model.record import Record

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(name: str, record: type[Record], title: str) -> dict[str, Any]:
    """The JSON Schema of a document that has this name."""
    (_,), definitions = msgspec.json.schema_components([record], ref_template="#/$defs/{name}")
    for definition in definitions.values():
        if "properties" in definition:
            definition["additionalProperties"] = False
    top = definitions.pop(record.__name__)
    about = {"$schema": _DRAFT, "$id": f"urn:wellfounded:schema:{name}"}
    made: dict[str, Any] = about | top | {"title": title, "$defs": definitions}
    return made


def schema_of_list(name: str, record: type[Record], title: str) -> dict[str, Any]:
    """The JSON Schema of a document that is a list of them."""
    made = schema_of(name, record, title)
    about = {key: made.pop(key) for key in ("$schema", "$id", "title")}
    definitions = made.pop("$defs")
    items = {"type": "array", "items": {"$ref": f"#/$defs/{record.__name__}"}}
    return about | items | {"$defs": {record.__name__: made, **definitions}}
