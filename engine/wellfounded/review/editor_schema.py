"""JSON Schemas made for one knowledge base, so that an editor completes and checks its names and spans."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from typing import Any

from wellfounded.load.structure import schema
from wellfounded.model.content import Content, Fact, FactType
from wellfounded.model.unit import NO_UNIT
from wellfounded.review.scenario_checks import rows_of

Schema = dict[str, Any]

#: What a schema says to whoever writes a key.
_EXPLAINS = ("description", "x-nl", "x-read")


def rules_schema(content: Content) -> Schema:
    """The schema of a rule file in which everything that has a name is enumerated."""
    made = _copy("rules", content)
    definitions = made["$defs"]
    definitions["text"] = _text(content)
    definitions["condition"]["properties"] |= {f.id: _test(f, content) for f in content.facts.values()}
    definitions["condition"]["additionalProperties"] = False
    _rule(definitions["rule"]["properties"], definitions["target"]["properties"], content)
    _evidence(definitions, content)
    _guarantee(definitions["guarantee"]["properties"], definitions["gets"]["properties"], content)
    definitions["fact"]["properties"]["unit"] = definitions["parameter"]["properties"]["unit"] = _names(
        content.units
    )
    definitions["fact"]["properties"]["formula"] = _formula(content)
    return _explained(made, schema("rules"))


def scenarios_schema(content: Content) -> Schema:
    """The schema of a scenario file: facts that can be given, topics that can be expected."""
    made = _copy("scenarios", content)
    definitions = made["$defs"]
    definitions["scenario"]["properties"]["given"] = _person(content)
    topics = _topics(content)
    definitions["scenario"]["properties"]["expect"]["propertyNames"] = _names(topics)
    expected = definitions["expected"]["else"]["properties"]
    stated = [fact.id for fact in content.facts.values() if not fact.derived]
    expected["undecided"]["items"] = _names(stated)
    expected["sources"]["items"] = {"anyOf": [_names(content.claims), _citing(expected, content)]}
    rows = _names(dict.fromkeys(row for topic in topics for row in rows_of(topic, content)))
    remarked = {"type": "object", "propertyNames": rows, "minProperties": 1, "maxProperties": 1}
    expected["table"]["items"] = {"anyOf": [rows, remarked | {"additionalProperties": {"type": "string"}}]}
    expected["without_sources"]["items"] = _names(content.claims)
    expected["rule"] = _names(rule.id for rule in content.rules.values() if rule.recommends)
    definitions["scenario"]["properties"]["language"] = _names(content.header.languages)
    return _explained(made, schema("scenarios"))


def person_schema(content: Content) -> Schema:
    """The schema of a person file: facts that can be stated, with their spans, now or from a day on."""
    made = _copy("person", content)
    statement = made["$defs"]["statement"]
    facts = _person(content)
    for fact, stated in facts["properties"].items():
        properties = {**statement["properties"], "is": stated}
        dated = {"type": "array", "minItems": 1, "items": {**statement, "properties": properties}}
        facts["properties"][fact] = {"description": stated["description"], "anyOf": [stated, dated]}
    return made | facts


def facts_schema(content: Content) -> Schema:
    """The schema of the facts of a person as they are at one moment."""
    made = _copy("person", content)
    del made["$defs"]
    return made | _person(content)


def _copy(name: str, content: Content) -> Schema:
    made = copy.deepcopy(schema(name))
    made["$id"] = f"urn:wellfounded:schema:{name}:{content.header.id}"
    made["title"] = f"{made['title']}: {content.header.id} {content.header.version}"
    return made


def _explained(made: Schema, original: Schema) -> Schema:
    """A schema in which keys say what they say in the original, whatever may stand behind them now."""
    kept = {key: original[key] for key in _EXPLAINS if key in original}
    return {
        **kept,
        **{
            key: _explained(part, original[key])
            if isinstance(part, dict) and isinstance(original.get(key), dict)
            else part
            for key, part in made.items()
        },
    }


def _names(names: Iterable[str]) -> Schema:
    return {"enum": list(names)}


def _text(content: Content) -> Schema:
    languages = list(content.header.languages)
    return {
        "type": "object",
        "properties": {language: _wording(language) for language in languages},
        "required": languages,
        "additionalProperties": False,
    }


def _wording(language: str) -> Schema:
    return {
        "description": f"The text in the language {language}.",
        "x-nl": f"De tekst in de taal {language}.",
        "x-read": "rule-language.md#texts",
        "type": "string",
        "minLength": 1,
    }


def _label(fact: Fact, content: Content) -> str:
    unit = content.units.get(fact.unit, NO_UNIT).shown
    label = " / ".join(fact.label.values())
    span = f", {fact.span[0]:g} to {fact.span[1]:g}" if fact.span else ""
    return f"{label}{span}{f' {unit}' if unit else ''}"


def _test(fact: Fact, content: Content) -> Schema:
    """What may stand behind a fact in a condition."""
    described: Schema = {"description": _label(fact, content)}
    match fact.type:
        case FactType.BOOLEAN:
            return described | {"type": "boolean"}
        case FactType.CHOICE:
            one = _names(fact.choices)
            return described | {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}
        case FactType.NUMBER:
            return described | _number_test(fact, content)


def _number_test(fact: Fact, content: Content) -> Schema:
    number, operand = _number(fact), _operand(fact, content)
    within = {"anyOf": [_formula(content), {"type": "array", "items": operand, "minItems": 2, "maxItems": 2}]}
    comparisons = dict.fromkeys(("below", "at_least", "at_most", "above"), operand) | {"within": within}
    original = schema("rules")["$defs"]["test"]["properties"]
    return {
        "type": ["number", "array", "object"],
        "items": number,
        "minItems": 1,
        **{key: value for key, value in number.items() if key != "type"},
        "properties": {key: _explained(part, original[key]) for key, part in comparisons.items()},
        "additionalProperties": False,
        "minProperties": 1,
    }


def _number(fact: Fact) -> Schema:
    if fact.span is None:
        return {"type": "number"}
    return {"type": "number", "minimum": fact.span[0], "maximum": fact.span[1]}


def _operand(fact: Fact, content: Content) -> Schema:
    return {"anyOf": [_number(fact), _formula(content)]}


def _citing(expected: Schema, content: Content) -> Schema:
    """A claim with what exactly it cites, each reference with its support."""
    support = expected["sources"]["items"]["else"]["additionalProperties"]["additionalProperties"]
    cites = {
        "type": "object",
        "properties": dict.fromkeys(content.references, support),
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": dict.fromkeys(content.claims, cites),
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }


def _formula(content: Content) -> Schema:
    """A parameter, which editors offer, or a formula of known names."""
    numbers = [fact.id for fact in content.facts.values() if fact.type is FactType.NUMBER]
    names = "|".join(re.escape(name) for name in (*content.parameters, *numbers))
    pattern = rf"^(?:[\s0-9.+*/()×−-]|\b(?:{names})(?:\.(?:low|high))?\b)+$"
    return {"anyOf": [_names(content.parameters), {"type": "string", "pattern": pattern}]}


def _topics(content: Content) -> list[str]:
    return list(dict.fromkeys(rule.topic for rule in content.rules.values() if rule.recommends))


def _rule(rule: Schema, target: Schema, content: Content) -> None:
    claims = {"type": "array", "items": _names(content.claims), "minItems": 1, "uniqueItems": True}
    rule |= {"because": claims, "background": claims, "table": _names(content.tables)}
    derived = [fact for fact in content.facts.values() if fact.derived and fact.formula is None]
    rule["causes_of"] = _names(fact.id for fact in derived if fact.type is FactType.BOOLEAN)
    rule["conclude"] = {
        "type": "object",
        "properties": {fact.id: _conclusion(fact) for fact in derived},
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
    aims = [fact.id for fact in content.facts.values() if fact.type is not FactType.CHOICE]
    formula = _formula(content)
    operand = {"anyOf": [{"type": "number"}, formula]}
    target |= {"of": _names(aims), "at_least": operand, "at_most": operand}
    target["within"] = {"anyOf": [formula, {"type": "array", "items": operand, "minItems": 2, "maxItems": 2}]}
    target["is"] = {"anyOf": [{"type": ["boolean", "number"]}, formula]}


def _guarantee(guarantee: Schema, gets: Schema, content: Content) -> None:
    topics = _names(_topics(content))
    stated = _names(fact.id for fact in content.facts.values() if fact.can_be_stated)
    guarantee["stating"] = {"type": "array", "items": stated, "minItems": 1, "uniqueItems": True}
    guarantee["together"] = {"type": "array", "items": topics, "minItems": 2, "uniqueItems": True}
    guarantee["told_by"] = gets["topic"] = topics
    aims = [rule.target.of for rule in content.rules.values() if rule.target is not None]
    gets["target"] = _names(dict.fromkeys(("any", *aims)))


def _conclusion(fact: Fact) -> Schema:
    return {"const": True} if fact.type is FactType.BOOLEAN else _names(fact.choices)


def _evidence(definitions: Schema, content: Content) -> None:
    claim = definitions["claim"]["properties"]
    claim["section"] = _names(content.header.sections)
    claim["cites"]["items"]["properties"]["reference"] = {
        "enum": [number for text in content.references for number in (int(text), text)]
    }
    claim["further_evidence"]["items"]["properties"]["work"] = _names(content.works)
    claim["contradicts"]["items"] = _names(content.claims)
    for thing in ("parameter", "table"):
        definitions[thing]["properties"]["claim"] = _names(content.claims)
    definitions["header"]["properties"]["order"]["items"] = _names(_topics(content))


def _person(content: Content) -> Schema:
    return {
        "type": "object",
        "properties": {f.id: _stated(f, content) for f in content.facts.values() if f.can_be_stated},
        "additionalProperties": False,
    }


def _stated(fact: Fact, content: Content) -> Schema:
    """A value that can be stated; a number may carry its unit as text, and nothing means unknown."""
    described: Mapping[str, Any] = {"description": _label(fact, content)}
    match fact.type:
        case FactType.BOOLEAN:
            return {**described, "type": ["boolean", "null"]}
        case FactType.CHOICE:
            return {**described, "enum": [*fact.choices, None]}
        case FactType.NUMBER:
            with_unit = {"type": "string", "pattern": r"^\s*[-+]?[0-9]+(\.[0-9]+)?\s*[^\s0-9].*$"}
            return {**described, "anyOf": [_number(fact), with_unit, {"type": "null"}]}
