"""The server keeps to what its OpenAPI document says, whatever it is sent."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from tests.conftest import RULES
from tests.http.server import Server, serving
from wellfounded.interfaces.http.batch import MEDIA_TYPES

load_all_checks()


@schemathesis.serializer(*MEDIA_TYPES)
def _lines(_: Any, value: Any) -> bytes:
    """Lines as they are; what is made up otherwise is a line of JSON."""
    return (value if isinstance(value, str) else json.dumps(value)).encode(errors="surrogatepass")


#: How many requests are made up for each address.
EXAMPLES = 12

_SETTINGS = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def api(server: Server) -> Any:
    return schemathesis.openapi.from_url(f"{server.url}/openapi.json")


def _resolved(document: Any, part: Any) -> Any:
    return {**part, "components": document["components"]}


def test_examples_are_what_the_server_gives(server: Server) -> None:
    document = server.get("/openapi.json").json
    for path, operations in document["paths"].items():
        if "post" not in operations or path.endswith("/batch"):
            continue
        asked = operations["post"]["requestBody"]["content"]["application/json"]
        answered = operations["post"]["responses"]["200"]["content"]["application/json"]
        assert server.post(path, asked["example"]).json == answered["example"]
        validator = jsonschema.Draft202012Validator(_resolved(document, answered["schema"]))
        validator.validate(answered["example"])
        jsonschema.Draft202012Validator(_resolved(document, asked["schema"])).validate(asked["example"])


def test_every_address_is_described(server: Server) -> None:
    described = server.get("/openapi.json").json["paths"]
    assert len(described) == 2 * 11 + 3
    for path, operations in described.items():
        for method in ("get", "post"):
            wanted = 405 if method not in operations else None
            answer = server.ask(method.upper(), path, {"facts": {}} if method == "post" else None)
            assert answer.status == wanted or (wanted is None and answer.status in (200, 404, 415, 422)), path


def test_the_description_needs_a_key_where_everything_does() -> None:
    line = "someone sha256:" + "0" * 64
    with serving(str(RULES), environment={"WELLFOUNDED_KEYS": line}) as server:
        assert server.get("/openapi.json").status == 401


#: A text with a number and any word after it may be a number with a unit; only the server knows the units.
_BEYOND_SCHEMAS = [positive_data_acceptance]


@pytest.mark.no_cover
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=str)
def test_nothing_that_is_made_up_breaks_the_server(api: Any, mode: GenerationMode) -> None:
    """Valid and invalid requests for every address: no 5xx, and nothing the document does not describe."""

    def check(case: Any) -> None:
        # A batch is never refused: each of its lines is.
        apart = [negative_data_rejection] if case.path.endswith("/batch") else []
        case.call_and_validate(excluded_checks=_BEYOND_SCHEMAS + apart, timeout=30)

    operations = [result.ok() for result in api.get_all_operations()]
    asked = [one for one in operations if mode is GenerationMode.POSITIVE or _can_be_wrong(one)]
    assert len(asked) >= len(operations) // 3
    for operation in asked:
        made_up: Any = given(operation.as_strategy(generation_mode=mode))
        _SETTINGS(made_up(check))()


def _can_be_wrong(operation: Any) -> bool:
    """Whether more is sent than texts, of which none is invalid: it would be sought in vain, and for long."""
    schemas = [parameter.definition["schema"] for parameter in operation.iter_parameters()]
    return bool(operation.body) or any(schema != {"type": "string"} for schema in schemas)
