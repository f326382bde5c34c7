"""The arguments of tools: their JSON Schemas, made for one knowledge base, and how they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from wellfounded.explain.suggested import AT_MOST, MOST_CHANGED, Want
from wellfounded.model.content import Content, Support
from wellfounded.model.record import Record
from wellfounded.model.suggest import suggestion
from wellfounded.model.word import Word
from wellfounded.review.editor_schema import Schema, person_schema
from wellfounded.review.uses import topics

#: Of what somebody wrote, no more than so many characters are repeated.
_LONGEST = 60


class ArgumentError(ValueError):
    """Arguments that a tool does not take; the message has a line for each."""


class Form(Word):
    """What an argument has to be."""

    FACTS = "an object of fact names and values"
    TEXT = "a text"
    WHOLE_NUMBER = "a whole number"


_TYPES: Mapping[Form, type] = {Form.FACTS: dict, Form.TEXT: str, Form.WHOLE_NUMBER: int}


class Argument(Record, frozen=True):
    """``described`` makes its schema; one that is a whole number has a ``minimum`` and a ``maximum``."""

    name: str
    form: Form
    described: Callable[[Content], Schema]
    required: bool = False


def schema_of(arguments: Iterable[Argument], content: Content) -> Schema:
    """What a tool takes, for whoever calls it."""
    return {
        "type": "object",
        "properties": {argument.name: argument.described(content) for argument in arguments},
        "required": [argument.name for argument in arguments if argument.required],
        "additionalProperties": False,
    }


def read(arguments: Iterable[Argument], given: Mapping[str, Any], content: Content) -> Mapping[str, Any]:
    """The arguments that were given, each of its form; null is as if it were not there.

    What they may be beyond that is for the library to say. Raises ``ArgumentError``.
    """
    known = {argument.name: argument for argument in arguments}
    wrong = [
        f"`{name[:_LONGEST]}` is not an argument of this tool; {suggestion(name[:_LONGEST], known)}"
        for name in given
        if name not in known
    ]
    wrong += [line for name in known for line in _wrong(known[name], given.get(name), content)]
    if wrong:
        raise ArgumentError("\n".join(wrong))
    return {name: value for name, value in given.items() if value is not None}


def _wrong(argument: Argument, value: Any, content: Content) -> Iterable[str]:
    name, form = argument.name, argument.form
    if value is None:
        if argument.required:
            hint = "; write {} if nothing is known of the person" if name == "facts" else ""
            yield f"`{name}` is missing{hint}"
        return
    if not isinstance(value, _TYPES[form]) or isinstance(value, bool):
        yield f"`{name}` has to be {form}"
        return
    if form is Form.WHOLE_NUMBER:
        schema = argument.described(content)
        low, high = schema["minimum"], schema["maximum"]
        if not low <= value <= high:
            yield f"`{name}` has to be from {low} to {high}"


def _person(content: Content) -> Schema:
    made = person_schema(content)
    return {key: made[key] for key in ("description", "type", "properties", "additionalProperties")}


def _names_of_facts(described: str) -> Callable[[Content], Schema]:
    """Facts by name alone: what each may be, the schema of ``advise`` says once for all tools."""

    def made(content: Content) -> Schema:
        names = [fact.id for fact in content.facts.values() if fact.can_be_stated]
        return {"description": described, "type": "object", "propertyNames": {"enum": names}}

    return made


def _one_of(described: str, names: Callable[[Content], Iterable[str]]) -> Callable[[Content], Schema]:
    return lambda content: {"description": described, "type": "string", "enum": list(names(content))}


def _count(described: str, low: int, high: int, usual: int) -> Callable[[Content], Schema]:
    schema = {"description": described, "type": "integer", "minimum": low, "maximum": high, "default": usual}
    return lambda _: dict(schema)


def _references(content: Content) -> Schema:
    numbers = [int(number) for number in content.references]
    described = {"description": "The number of a reference.", "type": "integer", "enum": numbers}
    return described | {"minimum": min(numbers, default=0), "maximum": max(numbers, default=0)}


#: So many questions are given unless others are asked for.
QUESTIONS = 3

PERSON = Argument("facts", Form.FACTS, _person, required=True)
FACTS = Argument(
    "facts",
    Form.FACTS,
    _names_of_facts("What is stated of the person, as the tool `advise` takes it."),
    required=True,
)
CHANGES = Argument(
    "changes",
    Form.FACTS,
    _names_of_facts("What would be otherwise; null for a fact that would not be stated."),
    required=True,
)
LANGUAGE = Argument(
    "language",
    Form.TEXT,
    _one_of(
        "The language of the texts; without it, the first of these.",
        lambda content: content.header.languages,
    ),
)
MIN_SUPPORT = Argument(
    "min_support",
    Form.TEXT,
    _one_of(
        "Leave out what has less support than this, and list it as left out.",
        lambda _: [str(support) for support in Support],
    ),
)
RECOMMENDATION = Argument(
    "recommendation", Form.TEXT, _one_of("The id of a recommendation.", topics), required=True
)
WANT = Argument(
    "want",
    Form.TEXT,
    _one_of(
        "What the recommendation has to become: given (the usual one), keep or gone.",
        lambda _: [str(want) for want in Want],
    ),
)
AT_MOST_CHANGES = Argument(
    "at_most", Form.WHOLE_NUMBER, _count("Change no more facts than this.", 1, MOST_CHANGED, AT_MOST)
)
AT_MOST_QUESTIONS = Argument(
    "at_most", Form.WHOLE_NUMBER, _count("Give no more questions than this.", 1, 20, QUESTIONS)
)
CLAIM = Argument(
    "claim", Form.TEXT, _one_of("The id of a claim.", lambda content: content.claims), required=True
)
REFERENCE = Argument("reference", Form.WHOLE_NUMBER, _references, required=True)
