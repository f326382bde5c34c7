"""What the runtime (``runtime/*.js``) is told of a knowledge base, as plain data.

All that can be worked out before there is a person is worked out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any as Anything

import msgspec

from wellfounded.advise.advisor import rank
from wellfounded.advise.edition import Edition
from wellfounded.advise.numbers import decimals_of, number_text
from wellfounded.advise.phrases import phrases
from wellfounded.advise.supports import support_of
from wellfounded.advise.wording import Prepared
from wellfounded.interfaces.javascript.units import dimension_text, units_for
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.load.stated import measures, stated_inputs
from wellfounded.model.advice import Via
from wellfounded.model.content import Content, Fact, FactType, Lifecycle, Support, Verdict
from wellfounded.model.core import (
    All,
    Comparison,
    Conclusion,
    Core,
    Definition,
    Formula,
    NumberTarget,
    OneOf,
    Recommending,
    Test,
    ValueTarget,
    facts_in_term,
)
from wellfounded.model.template import Slot
from wellfounded.model.unit import NO_UNIT, Unit
from wellfounded.model.valuation import bounds_with_ends
from wellfounded.model.values import decimals_for, plain_number
from wellfounded.model.version import VERSION

Data = dict[str, Anything]
Numbers = Mapping[Test, int]

#: The engine's own phrases that advice has in it.
_PHRASES = ("stated_against_derived", "too_little_support", "any_reference", "is_draft", "is_retired")


def data_of(knowledge_base: KnowledgeBase, tests: Numbers, languages: Iterable[str]) -> Data:
    """All that the runtime needs beside the function; ``tests`` are numbered as the function does."""
    content, core = knowledge_base.content, knowledge_base.core
    editions = {language: Edition(content, core, language) for language in languages}
    edition = next(iter(editions.values()))
    return {
        "identity": {
            "id": knowledge_base.id,
            "version": knowledge_base.version,
            "digest": knowledge_base.digest,
        },
        "engine": VERSION,
        "languages": list(editions),
        "drafts": content.with_drafts,
        "supports": [str(support) for support in Support],
        "ranks": {str(verdict): rank(verdict) for verdict in Verdict},
        "dimensions": {name: str(kind) for name, kind in content.dimensions.items()},
        "units": units_for(content),
        "facts": [_fact(content, fact) for fact in content.facts.values()],
        "derived": [fact.id for fact in content.facts.values() if fact.derived],
        "tests": [_test(test, tests) for test in tests],
        "definitions": {item.fact: _definition(item, tests) for item in core.definitions},
        "topics": [
            {"id": topic, "rules": [rule.rule for rule in rules]} for topic, rules in edition.topics.items()
        ],
        "withheld": [
            {"rule": rule.rule, "topic": rule.topic, "status": str(content.rules[rule.rule].status)}
            for rule in edition.withheld
        ],
        "rules": {rule.rule: _rule(content, rule, edition, tests) for rule in core.recommending},
        "claims": {id: _claim(content, id, edition) for id in content.claims},
        "contradictions": {id: list(edition.contradictions[id].claims) for id in _contradictions(edition)},
        "tables": {id: _table(core, id, tests) for id in content.tables},
        "references": {number: _plain(edition.references[number]) for number in content.references},
        "texts": {language: _texts(content, its) for language, its in editions.items()},
    }


def _plain(record: object) -> Anything:
    return msgspec.json.decode(msgspec.json.encode(record))


def _fact(content: Content, fact: Fact) -> Data:
    unit = content.units.get(fact.unit, NO_UNIT)
    data: Data = {"id": fact.id, "type": str(fact.type), "unit": unit.shown}
    if not fact.can_be_stated:
        data["instead"] = list(stated_inputs(content, fact.id))
    if fact.type is FactType.CHOICE:
        data["choices"] = list(fact.choices)
    if fact.type is FactType.NUMBER:
        data["shownDecimals"] = decimals_of(fact.step)
        if fact.can_be_stated:
            data |= _number(content, fact, unit)
    return data


def _number(content: Content, fact: Fact, unit: Unit) -> Data:
    """What a number is checked against. ``span`` is exact, for what is converted without error."""
    assert fact.span is not None
    return {
        "low": plain_number(fact.span[0]),
        "high": plain_number(fact.span[1]),
        "span": [str(Fraction(end)) for end in fact.span],
        "decimals": decimals_for(*fact.span),
        "size": str(unit.factor),
        "measures": [dimension_text(dimension) for dimension in measures(content, unit)],
    }


def _test(test: Test, tests: Numbers) -> Data:
    """What a test is made of; what it means, the function knows."""
    match test:
        case OneOf():
            return {"facts": [test.fact], "claims": []}
        case Comparison():
            facts = dict.fromkeys((test.fact, *facts_in_term(test.bound.term)))
            return {"facts": list(facts), "claims": list(test.bound.claims)}
        case _:
            return {"all": isinstance(test, All), "of": [tests[member] for member in test.members]}


def _definition(definition: Definition, tests: Numbers) -> Data:
    if isinstance(definition, Formula):
        facts = dict.fromkeys(facts_in_term(definition.result.term))
        return {"claims": list(definition.result.claims), "facts": list(facts)}
    branches = [
        {
            "rule": branch.rule,
            "value": branch.value,
            "test": tests[branch.test],
            "claims": list(branch.claims),
        }
        for branch in definition.branches
    ]
    return {"concludes": isinstance(definition, Conclusion), "branches": branches}


def _rule(content: Content, rule: Recommending, edition: Edition, tests: Numbers) -> Data:
    authored, grounds = content.rules[rule.rule], edition.grounds[rule.rule]
    bounds = [fact for _, bound in bounds_with_ends(rule) for fact in facts_in_term(bound.term)]
    data: Data = {
        "test": tests[rule.test],
        "bounds": list(dict.fromkeys(bounds)),
        "claims": list(grounds.claims),
        "parameters": list(grounds.parameters),
        "derived": list(grounds.derived),
        "open": [tests[test] for test in grounds.open],
        "verdict": None if rule.verdict is None else str(rule.verdict),
        "target": _target(rule.target),
        "first": authored.first,
        "table": authored.table,
        "causesOf": authored.causes_of,
        "status": "" if authored.status is Lifecycle.ACTIVE else str(authored.status),
    }
    return {key: value for key, value in data.items() if key in _ALWAYS or value}


#: Keys of a rule that are there even where there is nothing to say.
_ALWAYS = ("test", "bounds", "claims", "parameters", "derived", "open")


def _target(target: NumberTarget | ValueTarget | None) -> Data | None:
    match target:
        case None:
            return None
        case ValueTarget():
            return {"fact": target.fact, "kind": "value", "value": target.value}
        case NumberTarget():
            return {"fact": target.fact, "kind": "exact" if target.exact else "bounds"}


def _claim(content: Content, id: str, edition: Edition) -> Data:
    """A claim as a source, apart from how it came to be one, and what it says."""
    source = _plain(edition.sources[id, Via.RULE])
    apart = ("claim", "says", "via", "section", "editorial")
    return {
        "section": source["section"],
        "editorial": source["editorial"],
        "support": str(support_of(content, [id])),
        "contradictedBy": list(edition.contradicted.get(id, ())),
        "shown": {key: value for key, value in source.items() if key not in apart},
    }


def _contradictions(edition: Edition) -> Iterable[str]:
    """The claims that record a contradiction."""
    return dict.fromkeys(id for recorded in edition.contradicted.values() for id in recorded)


def _table(core: Core, id: str, tests: Numbers) -> list[Data]:
    def number(test: Test | None) -> int | None:
        return None if test is None else tests[test]

    return [
        {"test": number(row.test), "remarks": [number(test) for test in row.remarks]}
        for row in core.tables[id]
    ]


def _texts(content: Content, edition: Edition) -> Data:
    """All texts, in one language."""
    language, plain = edition.language, edition.wording.plain
    says = phrases(language)
    return {
        "title": plain(content.header.title),
        "notice": plain(content.header.notice),
        "symbols": _symbols(language),
        "phrases": {name: says[name] for name in (*_PHRASES, *(f"behind_{support}" for support in Support))},
        "facts": {fact.id: _fact_texts(content, fact, edition) for fact in content.facts.values()},
        "rules": {
            rule.id: {
                "title": edition.titles[rule.id],
                "says": {verdict: _pieces(edition.says[rule.id, verdict]) for verdict in rule.says},
            }
            for rule in content.rules.values()
        },
        "claims": {id: plain(claim.says) for id, claim in content.claims.items()},
        "contradictions": {id: edition.contradictions[id].text for id in _contradictions(edition)},
        "tables": {
            id: {
                "columns": dict(edition.columns[id]),
                "rows": [
                    {"cells": dict(cells), "says": [text for _, text in remarks]}
                    for _, cells, remarks in edition.rows[id]
                ],
            }
            for id in content.tables
        },
    }


def _symbols(language: str) -> dict[str, str]:
    """The signs that numbers are written with, read off a number."""
    minus, _, rest = number_text(-1234.5, language).partition("1")
    group, _, rest = rest.partition("234")
    return {"minus": minus, "group": group, "point": rest.removesuffix("5")}


def _fact_texts(content: Content, fact: Fact, edition: Edition) -> Data:
    question, help = edition.questions[fact.id]
    pattern = content.units[fact.unit].says.get(edition.language) if fact.unit else None
    data: Data = {"label": edition.wording.plain(fact.label), "question": question, "help": help}
    if pattern is not None:
        data["pattern"] = [pattern.one, pattern.other]
    if fact.choices:
        data["choices"] = {id: label.get(edition.language, id) for id, label in fact.choices.items()}
    return data


def _pieces(text: Prepared) -> list[str | list[str]]:
    return [list(_slot(piece)) if isinstance(piece, Slot) else piece for piece in text]


def _slot(slot: Slot) -> Iterator[str]:
    yield slot.name
    if slot.end is not None:
        yield str(slot.end)
