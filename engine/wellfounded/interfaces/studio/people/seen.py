"""A crowd → what the page shows of it: who fits, in order, a page at a time, and how many get what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO

import polars as pl

from wellfounded.batch.cells import as_cells
from wellfounded.batch.chunk import ROW
from wellfounded.interfaces.studio.people.asked import ON_A_PAGE, Asked, Wanted
from wellfounded.interfaces.studio.people.values import Values
from wellfounded.interfaces.studio.stated import plainly
from wellfounded.model.content import Content, Verdict
from wellfounded.model.record import Record
from wellfounded.review.crowd import Crowd, name_column

UNDECIDED, ABSENT = "undecided", "absent"
#: What a recommendation can come to for a person, in the order of bars and columns.
OUTCOMES = (*(str(verdict) for verdict in Verdict), UNDECIDED)


class Tally(Record, frozen=True):
    """How many people get each outcome of a recommendation; those of nobody are left out."""

    topic: str
    counts: Mapping[str, int]
    given: int


class Person(Record, frozen=True):
    """A row: whom it is about, what was stated of them, what is shown of that, and each outcome."""

    row: int
    name: str
    facts: tuple[tuple[str, str], ...]
    shown: tuple[str, ...]
    outcomes: tuple[str, ...]


class Seen(Record, frozen=True):
    """What is seen of a crowd: ``count`` people fit of ``all``, and those of one page are here."""

    all: int
    count: int
    page: int
    pages: int
    tallies: tuple[Tally, ...]
    outcomes: tuple[str, ...]
    topics: tuple[str, ...]
    facts: tuple[str, ...]
    people: tuple[Person, ...]


def fitting(crowd: Crowd, asked: Asked) -> Crowd:
    """The people who are asked for, in the order that is asked for."""
    both = _columns(crowd)
    rows = pl.DataFrame({"at": range(crowd.advice.height), **both})
    rows = rows.filter(_tests(asked, rows.columns))
    by = asked.sort if asked.sort in rows.columns else f"{asked.sort}.verdict"
    if asked.sort and by in rows.columns:
        rows = rows.sort(by, descending=asked.down, nulls_last=True, maintain_order=True)
    at = rows["at"]
    return Crowd(crowd.facts[at], crowd.advice[at], crowd.refused, crowd.more)


def _columns(crowd: Crowd) -> dict[str, pl.Series]:
    """Every column once; of a fact that is stated of some and derived of others, what counts."""
    return {one.name: one for table in (crowd.facts, crowd.advice) for one in table.get_columns()}


def _tests(asked: Asked, columns: list[str]) -> pl.Expr:
    tests = [pl.lit(True)]
    if asked.recommendation:
        outcome = pl.col(f"{asked.recommendation}.verdict").cast(pl.String)
        if asked.verdict:
            tests.append(outcome.fill_null(ABSENT) == asked.verdict)
        else:
            tests.append(outcome.is_not_null() & (outcome != UNDECIDED))
    if asked.wanted is not None:
        tests.append(_test_of(asked.wanted, columns))
    return pl.all_horizontal(tests)


def _test_of(wanted: Wanted, columns: list[str]) -> pl.Expr:
    if wanted.fact.id not in columns:
        return pl.lit(wanted.span is None and wanted.choice is None)  # it is known of nobody
    column = pl.col(wanted.fact.id)
    if wanted.span is not None:
        return column.is_between(*wanted.span).fill_null(False)
    if wanted.choice is not None:
        kind = pl.Boolean if isinstance(wanted.choice, bool) else pl.String
        return (column.cast(kind) == wanted.choice).fill_null(False)
    return column.is_null()


def seen(
    all_of_them: Crowd,
    fit: Crowd,
    asked: Asked,
    content: Content,
    topics: Mapping[str, str],
    values: Values,
) -> Seen:
    """What a page shows of the people who fit."""
    tallies = tuple(_tallies(fit, topics))
    counted = {outcome for tally in tallies for outcome in tally.counts}
    pages = max(1, -(-fit.advice.height // ON_A_PAGE))
    page = min(max(asked.page, 1), pages)
    given = tuple(tally.topic for tally in tallies)
    about = [asked.fact, asked.sort if asked.sort in content.facts else ""]
    shown = tuple(dict.fromkeys(fact for fact in about if fact))
    return Seen(
        all_of_them.advice.height,
        fit.advice.height,
        page,
        pages,
        tallies,
        tuple(outcome for outcome in OUTCOMES if outcome in counted),
        given,
        shown,
        tuple(_people(fit, page, content, given, shown, values)),
    )


def _tallies(fit: Crowd, topics: Mapping[str, str]) -> Iterator[Tally]:
    for topic in topics:
        column = fit.advice[f"{topic}.verdict"].cast(pl.String).drop_nulls()
        found = dict(column.value_counts().iter_rows())
        if found:
            counts = {outcome: found[outcome] for outcome in OUTCOMES if outcome in found}
            yield Tally(topic, counts, sum(counts.values()) - counts.get(UNDECIDED, 0))


def _people(
    fit: Crowd,
    page: int,
    content: Content,
    topics: tuple[str, ...],
    shown: tuple[str, ...],
    values: Values,
) -> Iterator[Person]:
    start = (page - 1) * ON_A_PAGE
    facts = fit.facts.slice(start, ON_A_PAGE).to_dicts()
    advice = fit.advice.slice(start, ON_A_PAGE).to_dicts()
    called = name_column(fit.facts.columns, content)
    for stated, given in zip(facts, advice, strict=True):
        name = "" if called is None else str(stated.get(called) or "")
        yield Person(
            given[ROW],
            name[:200],
            tuple(
                (fact, plainly(value))
                for fact, value in stated.items()
                if fact in content.facts and value is not None
            ),
            tuple(values.text(content.facts[fact], given.get(fact, stated.get(fact))) for fact in shown),
            tuple(given[f"{topic}.verdict"] or "" for topic in topics),
        )


def exported(fit: Crowd, form: str) -> bytes:
    """The advice of the people who fit, as CSV or Parquet."""
    file = BytesIO()
    if form == "csv":
        as_cells(fit.advice).write_csv(file)
    else:
        fit.advice.write_parquet(file)
    return file.getvalue()
