"""What scenarios reach: counted as a naive reading of the YAML counts it, and all there is in the article."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from msgspec.structs import replace

from tests.conformance.small import small
from tests.conftest import RULES
from tests.people import Population
from tests.properties.generated import FACTORS
from tests.properties.people import Crowd
from tests.properties.test_generated import some
from tests.reference.advice import verdict
from tests.reference.evaluator import Person
from tests.reference.written import _LOADER, Book, Condition, _entry, read
from tests.scenarios.garden import RULES as RULES_OF_GARDEN
from tests.scenarios.garden import garden, scenario
from wellfounded import ConflictError, KnowledgeBase
from wellfounded.interfaces.coverage_page import as_text
from wellfounded.load.structure import schema
from wellfounded.model.frozen import frozen
from wellfounded.review.coverage import Coverage, Covered, Kind, coverage
from wellfounded.review.scenarios import ABSENT, Scenario, read_scenarios

PEOPLE = 150
TRUTHS = {True: "true", False: "false", None: "unknown"}


@pytest.fixture(scope="module")
def scenarios(article: KnowledgeBase) -> tuple[Scenario, ...]:
    return read_scenarios(RULES, article)[0]


def missing(reached: Coverage) -> list[str]:
    return [f"{item.kind}: {item.of} {item.text}: {item.missing}" for item in reached.items if item.missing]


def test_the_articles_scenarios_reach_all_there_is(
    article: KnowledgeBase, scenarios: tuple[Scenario, ...]
) -> None:
    reached = coverage(article, scenarios)
    assert missing(reached) == []
    assert reached.lowest == 100
    assert all(reached.share(kind).possible >= 10 for kind in Kind)


def test_a_verdict_that_no_scenario_expects_is_missed(
    article: KnowledgeBase, scenarios: tuple[Scenario, ...]
) -> None:
    def is_avoid(wanted: Any) -> bool:
        return "avoid" in (wanted, wanted.get("verdict") if isinstance(wanted, Mapping) else "")

    left = [one for one in scenarios if not is_avoid(one.expect.get("testosterone-booster"))]
    assert len(left) < len(scenarios)
    assert missing(coverage(article, left)) == [
        "rules: testosterone-booster-others : ('given',)",
        "verdicts: testosterone-booster-others : ('avoid',)",
        "claims: booster-not-for-others : ('reached',)",
    ]


def test_the_step_beside_a_threshold_is_missed_without_its_scenario(
    article: KnowledgeBase, scenarios: tuple[Scenario, ...]
) -> None:
    left = [one for one in scenarios if one.given.get("age") not in (18, 19)]
    found = {(item.kind, item.missing) for item in coverage(article, left).items if item.of == "in-scope"}
    assert (Kind.THRESHOLDS, ("at",)) in found
    assert (Kind.BESIDE, ("just_above",)) in found


def test_who_walks_past_notices_nothing(article: KnowledgeBase, scenarios: tuple[Scenario, ...]) -> None:
    silent = [
        replace(one, expect=frozen((topic, of) for topic, of in one.expect.items() if topic != "frequency"))
        for one in scenarios
    ]
    items = [item for item in coverage(article, silent).items if item.of == "frequency"]
    assert items
    assert all(not any(item.seen.values()) for item in items)


# The same counts, from the YAML itself and the evaluator that the engine is held against.


def singles(book: Book, when: Mapping[str, Any]) -> Iterator[Condition]:
    """The single conditions of a rule's ``when``, one by one."""
    for key, item in when.items():
        if key in ("all", "any", "none"):
            for member in item if isinstance(item, list) else [item]:
                yield from singles(book, member)
        elif isinstance(item, dict):
            yield from (_entry(book, key, {word: operand}) for word, operand in item.items())
        else:
            yield _entry(book, key, item)


def singles_of_table(book: Book, table: Mapping[str, Any]) -> Iterator[Condition]:
    """The single conditions of a table's rows, each followed by those of its remarks."""
    for row in table["rows"]:
        for item in (row, *row.get("remarks", ())):
            yield from singles(book, item.get("when", {}))


def written(folder: Path, kind: str) -> Iterator[Any]:
    """The rules, or the ids of other things, as their YAML has them."""
    for path in sorted(folder.rglob("*.yaml")):
        if not path.name.endswith(".scenarios.yaml"):
            things = (yaml.load(path.read_text(encoding="utf-8"), _LOADER) or {}).get(kind, {})
            yield from things if isinstance(things, list) else things.items()


def mattering(folder: Path) -> set[str]:
    """The rules that advise, and those that conclude something in whose name anything of that is decided."""
    rules, facts, tables = (list(written(folder, kind)) for kind in ("rules", "facts", "tables"))
    rules = [rule for rule in rules if rule.get("status", "active") == "active"]
    advising = [rule for rule in rules if "conclude" not in rule]
    reached = words([rule.get(key) for rule in advising for key in ("when", "target", "causes_of")], tables)
    before = 0
    while len(reached) > before:
        before = len(reached)
        reached |= words([fact.get("formula") for id, fact in facts if id in reached])
        reached |= words([rule["when"] for rule in rules if reached & {*rule.get("conclude", ())}])
    return {rule["id"] for rule in rules if rule in advising or reached & {*rule["conclude"]}}


def words(*written: Any) -> set[str]:
    return set(re.findall(r"\w+", repr(written)))


def everything(kb: KnowledgeBase, people: Iterable[Mapping[str, Any]]) -> Iterator[Scenario]:
    """People of whose every topic something is expected, so that each counts for every rule."""
    expect = frozen((rule.topic, ABSENT) for rule in kb.core.giving)
    for person in people:
        yield Scenario("someone", frozen(person), expect)


def naive(
    folder: Path, factors: Mapping[str, Fraction], people: Iterable[Mapping[str, Any]], kb: KnowledgeBase
) -> Counter[tuple[Any, ...]]:
    counted: Counter[tuple[Any, ...]] = Counter()
    book = read(folder, factors)
    matter = mattering(folder)
    rules = {rule.id: rule for rule in book.rules if rule.status == "active" and rule.id in matter}
    conditions = {item["id"]: list(singles(book, item["when"])) for item in written(folder, "rules")}
    tables = dict(written(folder, "tables"))
    in_table = {id: list(singles_of_table(book, table)) for id, table in tables.items()}
    shows = {item["id"]: item.get("table") for item in written(folder, "rules")}
    for stated in people:
        person = Person(book, kb.checked(stated))
        for table in {
            shows[id] for id, rule in rules.items() if rule.concludes is None and person.holds(rule)
        }:
            for place, condition in enumerate(in_table.get(table, ())):
                counted["tables", table, place, TRUTHS[person.truth(condition)]] += 1
        for id, rule in rules.items():
            if rule.concludes is None:
                outcome = {True: "given", False: "not_given", None: "undecided"}[person.holds(rule)]
                if person.holds(rule):
                    counted[Kind.VERDICTS, id, 0, verdict(person, rule)] += 1
                counted.update(sides(person, rule))
            else:
                outcome = {True: "holds", False: "does_not_hold", None: "unknown"}[person.truth(rule.when)]
            counted[Kind.RULES, id, 0, outcome] += 1
            for place, condition in enumerate(conditions[id]):
                counted[Kind.CONDITIONS, id, place, TRUTHS[person.truth(condition)]] += 1
    return counted


def sides(person: Person, rule: Any) -> Iterator[tuple[Any, ...]]:
    """On which side of the ends of its target someone is to whom a rule gives advice."""
    if rule.target is None or rule.target.value is not None or not person.holds(rule):
        return
    value = person.value(rule.target.fact)
    bounds = [bound for bound in dict.fromkeys(person.bounds(rule)) if bound is not None]
    for place, bound in enumerate(bounds):
        if isinstance(value, Fraction):
            side = "below" if value < bound else "above" if value > bound else "at"
            yield ("target", rule.id, place, side)


def placed(reached: Coverage, kb: KnowledgeBase) -> Counter[tuple[Any, ...]]:
    """The counts of a coverage under the same keys."""
    counted: Counter[tuple[Any, ...]] = Counter()
    seen: Counter[tuple[Any, ...]] = Counter()
    for item in reached.items:
        kind: Any = item.kind
        if item.kind is Kind.THRESHOLDS and is_of_target(item, kb):
            kind = "target"
        if item.collection == "tables":
            kind = "tables" if item.kind is Kind.CONDITIONS else ""
        place = seen[kind, item.of]
        seen[kind, item.of] += 1
        for outcome, count in item.seen.items():
            if count and kind in ("tables", "target", Kind.RULES, Kind.VERDICTS, Kind.CONDITIONS):
                counted[kind, item.of, place, outcome] += count
    return counted


def is_of_target(item: Covered, kb: KnowledgeBase) -> bool:
    if item.collection != "rules":
        return False
    target = kb.content.rules[item.of].target
    return target is not None and target.position.start == item.position.start


def advised(kb: KnowledgeBase, people: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Those about whom no two rules disagree."""
    for person in people:
        with suppress(ConflictError):
            kb.advise(person)
            yield person


@pytest.mark.no_cover
@pytest.mark.parametrize("seed", ["one", "two"])
def test_counts_are_those_of_a_naive_reading(seed: str, article: KnowledgeBase) -> None:
    usual = {"goal": "muscle_gain", "age": 30, "healthy": True, "resistance_training": True}
    people = list(advised(article, Population(article, usual).people(seed, PEOPLE)))
    assert len(people) == PEOPLE
    reached = coverage(article, everything(article, people))
    assert placed(reached, article) == naive(RULES, {}, people, article)


@pytest.mark.parametrize("part", range(4))
def test_and_in_generated_knowledge_bases(part: int, tmp_path: Path) -> None:
    compared = 0
    for seed, folder, _, kb in some(f"coverage {part}", 6, tmp_path):
        people = list(advised(kb, Crowd(read(folder, FACTORS)).people(seed, 15)))
        reached = coverage(kb, everything(kb, people))
        assert placed(reached, kb) == naive(folder, FACTORS, people, kb), seed
        compared += len(people)
    assert compared > 30


def test_claims_and_citations_are_those_among_the_sources(
    article: KnowledgeBase, scenarios: tuple[Scenario, ...]
) -> None:
    counted: Counter[tuple[str, str]] = Counter()
    for one in scenarios:
        advice = article.advise(one.given)
        given = [item for item in advice.recommendations if item.id in one.expect]
        sources = {source.claim: source for item in given for source in item.sources}
        counted.update((claim, "") for claim in sources)
        counted.update((s.claim, f"[{cited.reference}]") for s in sources.values() for cited in s.cites)
    reached = coverage(article, scenarios)
    items = (*reached.of(Kind.CLAIMS), *reached.of(Kind.CITATIONS))
    assert {(item.of, item.text): item.seen["reached"] for item in items} == counted


def test_what_no_value_can_reach_is_not_asked_for(tmp_path: Path) -> None:
    kb = garden(tmp_path, one=scenario("{rain: 3}", "{enjoy: undecided}"))
    [rain] = [item for item in coverage(kb, ()).of(Kind.THRESHOLDS) if item.of == "no-rain-dry"]
    assert (rain.text, list(rain.seen)) == ("rain against 10 (little_rain)", ["below", "at", "above"])


@pytest.mark.parametrize(
    ("number", "truths", "sides"),
    [
        ("0", ["true", "unknown"], ["at", "above"]),
        ("0.5", ["true", "false", "unknown"], ["below", "above"]),  # between two steps
        ("100", ["true", "false", "unknown"], ["below", "at"]),
    ],
)
def test_nor_at_the_ends_of_a_span(number: str, truths: list[str], sides: list[str], tmp_path: Path) -> None:
    rules = RULES_OF_GARDEN.replace(
        "{rain: {below: little_rain}, none:", f"{{rain: {{at_least: {number}}}, none:"
    )
    reached = coverage(small(rules, tmp_path), ())
    own = [item for item in reached.items if item.of == "no-rain-dry"]
    assert list(next(item for item in own if item.kind is Kind.CONDITIONS).seen) == truths
    assert [list(item.seen) for item in own if item.kind is Kind.THRESHOLDS] == [sides]


def test_of_nothing_there_is_no_percentage(tmp_path: Path) -> None:
    kb = small("{}", tmp_path)
    reached = coverage(kb, ())
    assert reached.lowest is None
    assert as_text(reached, tmp_path).splitlines()[2].startswith("      – %     0 of    0  Rules")
    document = json.loads(json.dumps(reached.to_dict()))
    jsonschema.Draft202012Validator(schema("coverage")).validate(document)
    assert document["shares"]["rules"] == {"reached": 0, "possible": 0, "percent": None}


def test_drafts_are_reached_by_those_who_ask_for_them(tmp_path: Path) -> None:
    given = "{rain: 3, indoors: false}"
    kb = garden(tmp_path, plain=scenario(given, "{mulch: left_out}"))
    plain, _ = read_scenarios(tmp_path, kb)
    [mulch] = [item for item in coverage(kb, plain).of(Kind.RULES) if item.of == "mulch"]
    assert dict(mulch.seen) == {"given": 0, "not_given": 0, "undecided": 0}
    asking = [replace(one, drafts=True) for one in plain]
    [mulch] = [item for item in coverage(kb, asking).of(Kind.RULES) if item.of == "mulch"]
    assert dict(mulch.seen) == {"given": 1, "not_given": 0, "undecided": 0}


def test_as_data_it_is_what_its_schema_describes(
    article: KnowledgeBase, scenarios: tuple[Scenario, ...]
) -> None:
    document = json.loads(json.dumps(coverage(article, scenarios).to_dict()))
    jsonschema.Draft202012Validator.check_schema(schema("coverage"))
    jsonschema.Draft202012Validator(schema("coverage")).validate(document)
    assert document["shares"]["conditions"]["percent"] == 100
