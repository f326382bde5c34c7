"""What is wrong with scenarios before they are run: their form, and names and values that are not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from wellfounded.load.node import Map, Node, Scalar, Sequence, plain
from wellfounded.load.stated import valued
from wellfounded.model.content import Content, FactType
from wellfounded.model.diagnostic import MOST, TOO_MANY, Diagnostic, too_many
from wellfounded.model.position import Position
from wellfounded.model.suggest import suggestion

#: What a schema refuses: the path to it, and the diagnostic.
Misfit: TypeAlias = tuple[tuple[str | int, ...], Diagnostic]


def check_scenarios(
    document: Node, misfits: Iterable[Misfit], content: Content
) -> Iterator[tuple[int | None, Diagnostic]]:
    """Everything wrong in a file, each with the number of the scenario it is in.

    ``misfits`` is what the schema refuses; what it refuses is not looked at further.
    """
    broken: set[str | int] = set()
    for path, diagnostic in misfits:
        number = path[1] if len(path) > 1 else None
        broken.update(path[1:2])
        yield number if isinstance(number, int) else None, diagnostic
        if diagnostic.code == TOO_MANY:
            return
    told = 0
    for number, item in enumerate(scenarios_in(document)):
        if number not in broken and isinstance(item, Map):
            for diagnostic in check_scenario(item, content):
                if told == MOST:
                    yield None, too_many(diagnostic.position)
                    return
                told += 1
                yield number, diagnostic


def check_empty(file: str) -> Diagnostic:
    """What is wrong with a file of scenarios that says nothing."""
    message = "this file is empty, and has to hold `scenarios`"
    return Diagnostic("missing-key", message, Position(file, 1, 1), "add `scenarios: …` here")


def scenarios_in(document: Node) -> tuple[Node, ...]:
    items = document.get("scenarios") if isinstance(document, Map) else None
    return items.items if isinstance(items, Sequence) else ()


def check_scenario(scenario: Map, content: Content) -> Iterator[Diagnostic]:
    """Every unknown fact, value, topic, claim, rule and language, at its place."""
    given = scenario.entries["given"]
    assert isinstance(given, Map)
    yield from check_stated(given, content)
    language, languages = scenario.get("language"), content.header.languages
    if isinstance(language, Scalar) and language.text not in languages:
        message = f"the knowledge base does not speak `{language.text}`"
        yield Diagnostic("unknown-language", message, language.position, suggestion(language.text, languages))
    expect = scenario.entries["expect"]
    assert isinstance(expect, Map)
    topics = list(dict.fromkeys(rule.topic for rule in content.rules.values() if rule.recommends))
    for topic, position, wanted in expect.items():
        yield from _name("unknown-topic", "topic", topic, position, topics)
        if isinstance(wanted, Map):
            yield from _expected(wanted, content)
            yield from _rows(topic, wanted.get("table"), content)


def check_stated(facts: Map, content: Content) -> Iterator[Diagnostic]:
    """Every fact of a person that is not known, and every value that it cannot have."""
    _, problems = valued(content, plain(facts))
    for problem in problems:
        value = facts.entries[problem.fact]
        assert isinstance(value, Scalar)
        known = content.facts.get(problem.fact)
        at_key = known is None or not known.can_be_stated
        place = facts.keys[problem.fact] if at_key else value.position
        yield Diagnostic(_code(problem.fact, value, content), problem.message, place, problem.help)


def _code(name: str, written: Scalar, content: Content) -> str:
    fact = content.facts.get(name)
    if fact is None:
        return "unknown-fact"
    if not fact.can_be_stated:
        return "not-allowed-value"
    is_text = isinstance(written.value, str)
    if fact.type is FactType.CHOICE and is_text:
        return "unknown-choice"
    is_number = isinstance(written.value, int | float) and not isinstance(written.value, bool)
    if fact.type is FactType.NUMBER:
        return "outside-span" if is_number else "not-allowed-value" if is_text else "wrong-type"
    return "wrong-type"


def _expected(wanted: Map, content: Content) -> Iterator[Diagnostic]:
    stated = [fact.id for fact in content.facts.values() if not fact.derived]
    yield from _names("unknown-fact", "fact that can be waited for", wanted.get("undecided"), stated)
    yield from _sources(wanted.get("sources"), content)
    yield from _names("unknown-claim", "claim", wanted.get("without_sources"), list(content.claims))
    rules = [rule.id for rule in content.rules.values() if rule.recommends]
    yield from _names("unknown-name", "rule that gives advice", wanted.get("rule"), rules)


def _rows(topic: str, node: Node | None, content: Content) -> Iterator[Diagnostic]:
    """The rows of the table that a topic is expected to show."""
    known = list(rows_of(topic, content))
    for item in node.items if isinstance(node, Sequence) else ():
        named = item.keys if isinstance(item, Map) else {plain(item): item.position}
        for row, position in named.items():
            yield from _name("unknown-name", f"row of a table of `{topic}` called", str(row), position, known)


def rows_of(topic: str, content: Content) -> Iterator[str]:
    """The names of the rows that a topic can show: of its tables, and the rules that are causes."""
    for rule in content.rules.values():
        if rule.recommends and rule.topic == topic:
            table = content.tables.get(rule.table)
            yield from (row.id for row in table.rows) if table is not None else ()
            if rule.causes_of:
                concluding = (other for other in content.rules.values() if other.conclude is not None)
                yield from (r.id for r in concluding if r.conclude and r.conclude.fact == rule.causes_of)


def _sources(node: Node | None, content: Content) -> Iterator[Diagnostic]:
    """Claims, and the references that one is expected to cite."""
    yield from _names("unknown-claim", "claim", node, list(content.claims))
    for item in node.items if isinstance(node, Sequence) else ():
        if isinstance(item, Map):
            for claim, position, cites in item.items():
                yield from _name("unknown-claim", "claim", claim, position, list(content.claims))
                for number, place, _ in cites.items() if isinstance(cites, Map) else ():
                    yield from _name(
                        "unknown-reference", "reference", str(number), place, list(content.references)
                    )


def _names(code: str, what: str, node: Node | None, known: list[str]) -> Iterator[Diagnostic]:
    items = node.items if isinstance(node, Sequence) else () if node is None else (node,)
    for item in items:
        if isinstance(item, Scalar):
            yield from _name(code, what, item.text, item.position, known)


def _name(code: str, what: str, name: str, position: Position, known: list[str]) -> Iterator[Diagnostic]:
    if name not in known:
        yield Diagnostic(code, f"there is no {what} `{name}`", position, suggestion(name, known))
