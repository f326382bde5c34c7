"""The pages of recommendations and of rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wellfounded.explain.words import words as verdict_words
from wellfounded.interfaces.audit_page import evidence_item, way
from wellfounded.interfaces.handbook.book import Book
from wellfounded.interfaces.line import Line, filled, joined
from wellfounded.interfaces.page import Bullet, Item, Page, Part, Table
from wellfounded.model.advice import Via
from wellfounded.model.content import FactType, Lifecycle, Rule
from wellfounded.model.content import Table as ContentTable
from wellfounded.model.expression import Condition
from wellfounded.model.thing import Kind, Thing
from wellfounded.prose.reading import Reading
from wellfounded.review.scenarios import ABSENT, LEFT_OUT, UNDECIDED, Scenario


def recommendation_page(book: Book, topic: str) -> Page:
    """What can be recommended, when, on which grounds, and for whom as an example."""
    rules = book.lines.topics[topic]
    thing = Thing(Kind.RECOMMENDATION, topic)
    active = any(rule.status in book.content.in_force for rule in rules)
    return book.page(
        book.names[thing],
        book.lines.text(rules[0].title),
        book.lines.kind(Kind.RECOMMENDATION, topic, Lifecycle.ACTIVE if active else rules[0].status),
        (
            Part(
                book.words["when_and_what"],
                tuple(item for rule in rules for item in _rule_read(book, rule)),
                anchor="reading",
            ),
            *(table_part(book, table) for table in dict.fromkeys(rule.table for rule in rules) if table),
            _grounds(book, topic),
            _further(book, topic),
            _scenarios(book, topic),
            book.what_uses_what(thing),
        ),
    )


def _rule_read(book: Book, rule: Rule) -> Iterator[Item]:
    title = filled("{kind}: {rule}", kind=book.words["rule"], rule=book.lines.rule(rule.id))
    yield from reading(book, rule, title)


def reading(book: Book, rule: Rule, title: Line = "") -> Iterator[Item]:
    """A rule in plain words, under a title that also says whether it is in force."""
    heading = book.lines.marked(title, [rule]) if title else ""
    for read in book.prose.rule(rule):
        yield Item(heading, book.lines.said(read.says), bullets=tuple(map(book.lines.bullet, read.under)))
        heading = ""


def rule_page(book: Book, rule: Rule) -> Page:
    """When a rule holds, what follows, on which claims and numbers, and how well it is tried."""
    thing = Thing(Kind.RULE, rule.id)
    covered = tuple(Bullet(line) for line in book.coverage.get(rule.id, ()))
    return book.page(
        book.names[thing],
        book.lines.text(rule.title),
        book.lines.kind(Kind.RULE, rule.id, rule.status),
        (
            Part(
                book.words["when_and_what"],
                (*reading(book, rule), Item("", small=tuple(_kept(book, rule)))),
                anchor="reading",
            ),
            *((table_part(book, rule.table),) if rule.table else ()),
            Part(book.words["rests_on"], tuple(_claims(book, rule)), anchor="claims"),
            Part(
                book.words["coverage"],
                (Item("", bullets=covered),) if covered else (),
                anchor="coverage",
            ),
            book.what_uses_what(thing),
        ),
    )


def _kept(book: Book, rule: Rule) -> Iterator[Line]:
    if rule.recommends:
        topic = book.lines.recommendation(rule.topic)
        yield filled("{kind}: {topic}", kind=book.words["recommendation"], topic=topic)
    if rule.maintainers:
        yield book.words["kept_by"].format(names=", ".join(rule.maintainers))
    if rule.review_by:
        yield book.words["look_again"].format(date=rule.review_by)


def _claims(book: Book, rule: Rule) -> Iterator[Item]:
    """The claims a rule names, and its numbers with theirs."""
    if rule.because:
        yield Item(book.words["because"], bullets=_explained(book, rule.because))
    elif rule.definition:
        yield Item("", book.words["definition"])
    else:
        yield Item("", book.words["no_because"])
    used = book.uses.of[Thing(Kind.RULE, rule.id)]
    numbers = tuple(
        Bullet(book.lines.parameter(thing.id), _explained(book, (book.content.parameters[thing.id].claim,)))
        for thing in used
        if thing.kind is Kind.PARAMETER
    )
    if numbers:
        yield Item(book.words["numbers"], bullets=numbers)
    if rule.background:
        yield Item(book.words["background"], bullets=_explained(book, rule.background))


def _explained(book: Book, claims: Iterable[str]) -> tuple[Bullet, ...]:
    return tuple(Bullet(book.lines.explained(book.claims[claim])) for claim in claims)


def table_part(book: Book, id: str) -> Part:
    """A table that comes with a recommendation, each row with when it is shown."""
    table = book.content.tables[id]
    some = any(row.when is not None for row in table.rows)
    headings = ["".join(run.text for run in book.lines.text(text)) for text in table.columns.values()]
    shown = Table(
        (*headings, *((book.words["left_out_unless"],) if some else ())),
        tuple(_rows(book, table, some)),
    )
    source = Bullet(book.lines.explained(book.claims[table.claim]))
    title = filled(book.words["table"], title=book.lines.text(table.title))
    return Part(title, (Item("", table=shown, bullets=(source,)),))


def _rows(book: Book, table: ContentTable, some: bool) -> Iterator[tuple[Line, ...]]:
    for row in table.rows:
        cells: list[Line] = [book.lines.text(row.cells[column]) for column in table.columns]
        for remark in row.remarks:
            said = book.lines.text(remark.says)
            cells[0] = filled("{cell} – {said}", cell=cells[0], said=said)
            if remark.when is not None:
                cells[0] = filled("{cell} ({when})", cell=cells[0], when=in_a_line(book, remark.when))
        when = "" if row.when is None else in_a_line(book, row.when)
        yield (*cells, when) if some else tuple(cells)


def in_a_line(book: Book, condition: Condition) -> Line:
    """A condition on one line, with what stands under a line in parentheses after it."""

    def line(reading: Reading) -> Line:
        said = book.lines.said(reading.says)
        under = joined(map(line, reading.under), "; ")
        return filled("{said} ({under})", said=said, under=under) if reading.under else said

    return line(book.prose.condition(condition))


def _grounds(book: Book, topic: str) -> Part:
    words = book.lines.words
    names = ("claim", "reference_and_support", "comes_through", "number", "rule")
    links = book.links.get(topic, ())
    rows = tuple(
        (book.lines.claim(link.claim), book.lines.verdict(link), *way(link, book.lines)) for link in links
    )
    headings = tuple(words[name] for name in names)
    table = Item("", table=Table(headings, rows)) if rows else Item("", book.words["nothing_behind"])
    return Part(book.words["rests_on"], (table,), intro=words["recommendations_intro"], anchor="sources")


def _further(book: Book, topic: str) -> Part:
    direct = {link.claim for link in book.links.get(topic, ()) if link.via is not Via.CHAIN}
    items = tuple(
        evidence_item(item, book.lines) for item in book.audit.further_evidence if item.claim in direct
    )
    words = book.lines.words
    return Part(words["further_evidence"], items, intro=book.words["further_intro"], anchor="further")


def _scenarios(book: Book, topic: str) -> Part:
    bullets = tuple(_scenario(book, scenario, topic) for scenario in book.scenarios.get(topic, ()))
    item = Item("", bullets=bullets) if bullets else Item("", book.words["no_scenarios"])
    intro = book.words["scenarios_intro"] if bullets else ""
    return Part(book.words["scenarios"], (item,), intro=intro, anchor="scenarios")


def _scenario(book: Book, scenario: Scenario, topic: str) -> Bullet:
    expected = filled(book.words["expected"], expected=_expected(book, scenario.expect[topic]))
    given = [_stated(book, fact, value) for fact, value in scenario.given.items()]
    facts = joined(given, "; ") if given else book.words["nothing_known"]
    return Bullet(scenario.name, (Bullet(facts), Bullet(expected)))


def _expected(book: Book, wanted: Any) -> Line:
    """The outcome that is wanted of a topic; what else is, of a target or of sources, is left to the file."""
    if isinstance(wanted, Mapping) and UNDECIDED in wanted:
        facts = joined(book.lines.fact(fact) for fact in wanted[UNDECIDED] if fact in book.content.facts)
        return filled(book.words["waits_for"], facts=facts)
    outcome = wanted.get("verdict", "given") if isinstance(wanted, Mapping) else wanted
    if outcome in (ABSENT, UNDECIDED, LEFT_OUT, "given"):
        return book.words[f"expect_{outcome}"]
    return verdict_words(book.language)[f"verdict_{outcome}"]


def _stated(book: Book, id: str, value: Any) -> Line:
    """What a person of a scenario states; a number written with a unit stands as it was written."""
    fact = book.content.facts.get(id)
    if fact is None:
        return f"{id}: {value}"
    names = book.prose.names
    if isinstance(value, int | float) and not isinstance(value, bool) and fact.type is FactType.NUMBER:
        said: Line = names.wording.quantity(float(value), fact.unit)
    elif isinstance(value, bool) or (isinstance(value, str) and value in fact.choices):
        said = book.lines.said(names.values(fact, (value,)))
    else:
        said = str(value)
    return filled("{fact}: {value}", fact=book.lines.fact(id), value=said)
