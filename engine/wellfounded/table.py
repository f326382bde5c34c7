"""Advice for a table of people: one row in, one row out, on whatever engine the table is.

Every row is checked as a single person is: a row with a value that cannot be used gets its reason in the
column ``problems`` and null everywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import narwhals as nw
from msgspec.structs import replace
from narwhals.typing import IntoFrameT

from wellfounded.model.content import Content, Fact, FactType
from wellfounded.model.core import Core
from wellfounded.model.errors import ConflictError, FactError, FactProblem, ReasonerError
from wellfounded.model.suggest import suggestion
from wellfounded.model.unit import NO_UNIT
from wellfounded.model.values import decimals_for, plain_number
from wellfounded.reason.expressions import SQL, Engine, Expression, polars_engine
from wellfounded.reason.to_columns import Disagreement, to_columns

Named: TypeAlias = dict[str, Expression]

#: A frame of Polars, or of narwhals around that of another engine: both are worked with alike.
Frame: TypeAlias = Any

#: Where it is so, and what is said of it.
Problem: TypeAlias = tuple[Expression, Expression]

PROBLEMS = "problems"

#: Stands in a sentence for the name of a rule that differs from row to row.
_FIRST = "\0"


class Tables:
    """Gives advice for tables by one knowledge base; what is to be computed is worked out once."""

    def __init__(self, content: Content, core: Core) -> None:
        self.content = content
        self.core = core
        self._queries: dict[Engine, _Query] = {}

    def advise(self, table: IntoFrameT, keep: Iterable[str] = ()) -> IntoFrameT:
        """A table of the same kind with, per person, what is derived and what is recommended.

        Columns: those of ``keep`` as they are; every derived fact; per topic ``<topic>.verdict`` (a verdict,
        ``undecided``, or null where it is not given) and for a target on a number ``<topic>.low`` and
        ``<topic>.high``; and ``problems``. Raises ``FactError`` for a column that is no fact and not kept, or
        whose type is not the fact's.
        """
        kept = tuple(keep)
        native, restore = _on_an_engine(table, kept)
        frame = nw.from_native(native)
        query = self._query(polars_engine() if frame.implementation.is_polars() else SQL)
        _check_columns(self.content, frame, kept, [*query.shown, PROBLEMS], query.engine.ignores_case)
        columns = {name: _column(frame, name, query.engine) for name in kept}
        result: IntoFrameT = restore(query.ask(native if query.engine is not SQL else frame, columns))
        return result

    def _query(self, engine: Engine) -> _Query:
        if engine not in self._queries:
            self._queries[engine] = _Query(self.content, self.core, engine)
        return self._queries[engine]


class _Query:
    """What to ask of tables on one engine: ``shown`` are results, ``wrong`` and ``conflicts`` problems."""

    def __init__(self, content: Content, core: Core, engine: Engine) -> None:
        numbers = [fact for fact in _statable(content) if fact.type is FactType.NUMBER]
        core = replace(core, recommending=core.giving)
        columns = to_columns(core, engine, {f.id: _decimals(f) for f in numbers if not f.derived})
        # What is shown where it is stated, and derived where not.
        rounded = {
            fact.id: engine.round(engine.column(_stated(fact)), _decimals(fact))
            for fact in numbers
            if fact.derived
        }
        self.facts = _statable(content)
        self.engine = engine
        stages = (rounded, *map(dict, columns.stages), dict(columns.chosen))
        self.stages = [stage for stage in stages if stage]
        defined = {definition.fact for definition in core.definitions}
        self.shown = {
            fact.id: engine.column(fact.id) if fact.id in defined else engine.nothing(fact.type)
            for fact in content.facts.values()
            if fact.derived
        }
        self.shown |= dict(columns.topics)
        _check_results([*self.shown, PROBLEMS], engine)
        self.wrong = [problem for fact in self.facts for problem in _wrong(fact, content, engine)]
        self.conflicts = [
            (c.test, engine.literal(str(ConflictError(c.about, c.rules)))) for c in columns.conflicts
        ]
        self.first: Named = {}
        # Where nothing is shown, a fact still says how many rows there are.
        self.carried = [] if self.shown else [_stated(fact) for fact in self.facts[:1]]
        for place, found in enumerate(columns.disagreements):
            self._disagree(f"first {place}", found)

    def _disagree(self, first: str, found: Disagreement) -> None:
        """A problem for each rule of a topic that can disagree with the first one that holds."""
        literal, column = self.engine.literal, self.engine.column
        cases = [(column(holds), literal(rule)) for rule, holds in found.holding.items()]
        self.first[first] = self.engine.first_that(cases)
        self.carried += found.holding.values()
        for rule, test in found.tests:
            before, after = str(ConflictError(found.topic, (_FIRST, rule))).split(_FIRST)
            says = [literal(before), column(first), literal(after)]
            self.conflicts.append((test, self.engine.names.concat_str(says)))

    def ask(self, frame: Frame, kept: Named) -> Frame:
        """The table of advice, with columns that are kept."""
        # Under a name that no id can have, since a kept column may have any name.
        hidden = {name: f"kept {place}" for place, name in enumerate(kept)}
        people = frame.select(
            **{hidden[name]: column for name, column in kept.items()},
            **self._stated(frame.collect_schema().names()),
        )
        problems = [*self.wrong, *self.conflicts]
        if hasattr(people, "collect"):
            return self._as_shown(self._computed(people, hidden, problems), hidden, problems)
        # A table that is at hand can be asked first what is wrong with it, as most have nothing.
        there = self._found(people, [test for test, _ in self.wrong])
        problems = [*(self.wrong[place] for place in there), *self.conflicts]
        advised = self._computed(people.lazy(), hidden, problems).collect()
        flags = [self.engine.column(_flag(place)) for place in range(len(problems))]
        return self._as_shown(advised, hidden, problems if self._found(advised, flags) else [])

    def _stated(self, there: Iterable[str]) -> Named:
        """Every fact that can be stated as a column of its type; one nobody stated is all null."""
        names, engine = set(there), self.engine
        return {
            _stated(fact): engine.column(fact.id).cast(engine.type(fact.type))
            if fact.id in names
            else engine.nothing(fact.type)
            for fact in self.facts
        }

    def _computed(self, people: Frame, hidden: Mapping[str, str], problems: Sequence[Problem]) -> Frame:
        """What is kept, all results, and for each problem where it is."""
        for stage in self.stages:
            people = people.with_columns(**stage)
        flags = {_flag(place): test for place, (test, _) in enumerate(problems)}
        # Under names without a dot, which some engines read as the path to a field.
        results = {_result(place): result for place, result in enumerate(self.shown.values())}
        return people.select(*hidden.values(), *self.carried, **results, **flags)

    def _found(self, frame: Frame, tests: Sequence[Expression]) -> list[int]:
        """Which tests, by their places, are true of any row."""
        asked = {str(place): test.any() for place, test in enumerate(tests)}
        found = frame.select(**asked).row(0) if asked else ()
        return [place for place, any_true in enumerate(found) if any_true]

    def _as_shown(self, advised: Frame, hidden: Mapping[str, str], problems: Sequence[Problem]) -> Frame:
        """Per row what is kept, its results, and what is wrong with it; with problems it has no results."""
        engine = self.engine
        nothing = engine.nothing(FactType.CHOICE)
        kept = {name: engine.column(under) for name, under in hidden.items()}
        results = {name: engine.column(_result(place)) for place, name in enumerate(self.shown)}
        if not problems:
            advised = advised.with_columns(**{PROBLEMS: nothing})
            return advised.select(**kept, **results, **{PROBLEMS: engine.column(PROBLEMS)})
        sentences = [
            engine.choose(engine.column(_flag(place)), says, nothing)
            for place, (_, says) in enumerate(problems)
        ]
        if self.first:
            advised = advised.with_columns(**self.first)
        joined = engine.names.concat_str(sentences, separator="; ", ignore_nulls=True)
        said = engine.choose(joined != engine.literal(""), joined, nothing)
        advised = advised.with_columns(**{PROBLEMS: said})
        good = engine.column(PROBLEMS).is_null()
        masked = {name: engine.names.when(good).then(result) for name, result in results.items()}
        return advised.select(**kept, **masked, **{PROBLEMS: engine.column(PROBLEMS)})


def _result(place: int) -> str:
    return f"result {place}"


def _flag(place: int) -> str:
    """The column that says where a problem is."""
    return f"problem {place}"


def _on_an_engine(table: Any, kept: Sequence[str]) -> tuple[Any, Callable[[Any], Any]]:
    """The table where it is computed, and the way back.

    Tables of pandas and PyArrow go through Polars: pandas has no null logic of its own, so its NaN becomes
    null, and PyArrow rounds in another way.
    """
    if nw.dependencies.is_pandas_dataframe(table):
        index = table.index
        return (
            _with_untyped(_converted(_polars().from_pandas, table), kept),
            lambda result: result.to_pandas(use_pyarrow_extension_array=True).set_index(index),
        )
    if nw.dependencies.is_pyarrow_table(table):
        return _converted(_polars().from_arrow, table), lambda result: result.to_arrow()
    return table, lambda result: nw.to_native(result, pass_through=True)


def _converted(convert: Callable[[Any], Any], table: Any) -> Any:
    """The table in Polars. Raises ``FactError`` where it cannot be."""
    polars = _polars().exceptions
    try:
        return convert(table)
    except (ValueError, TypeError, NotImplementedError, polars.PolarsError, polars.PanicException) as error:
        message = f"the table cannot be read: {str(error).partition(chr(10))[0]}"
        help = "every column needs a name of its own, and values of one type"
        raise FactError((FactProblem("", message, help),)) from None


def _with_untyped(frame: Any, kept: Sequence[str]) -> Any:
    """Columns in which nothing is known as columns of no type: pandas takes them for numbers or anything."""
    nothing = _polars().lit(None)
    untyped = [c.name for c in frame if c.null_count() == frame.height and c.name not in kept]
    return frame.with_columns(**dict.fromkeys(untyped, nothing))


def _polars() -> Any:
    import polars  # noqa: PLC0415  # an extra, imported where a table needs it

    return polars


def _check_results(results: Sequence[str], engine: Engine) -> None:
    """Raises ``ReasonerError`` for a knowledge base whose results would have one name on an engine."""
    for name, other in _alike(results, engine.ignores_case):
        raise ReasonerError(
            f"a table cannot have the results `{name}` and `{other}` side by side: their names are one name"
        )


def _alike(names: Iterable[str], ignores_case: bool) -> Iterator[tuple[str, str]]:
    """Pairs of names that an engine takes for one."""
    seen: dict[str, str] = {}
    for name in names:
        read = name.lower() if ignores_case else name
        if read in seen:
            yield seen[read], name
        seen.setdefault(read, name)


def _check_columns(
    content: Content, frame: Frame, kept: tuple[str, ...], results: Sequence[str], ignores_case: bool
) -> None:
    schema = frame.collect_schema()
    statable = {fact.id: fact for fact in content.facts.values() if fact.can_be_stated}
    problems = []
    for name, dtype in schema.items():
        fact = statable.get(name)
        if fact is not None and not _fits(fact, dtype):
            message = f"the column `{name}` holds {dtype}"
            problems.append(FactProblem(name, message, f"it has to hold {_HOLDS[fact.type]}"))
        elif fact is None and name not in kept:
            message = f"the column `{name}` is neither a fact that can be stated nor kept"
            problems.append(FactProblem(name, message, suggestion(name, statable)))
    for name, other in _alike(schema, ignores_case):
        message = f"the columns `{name}` and `{other}` are one to this engine, which ignores case"
        problems.append(FactProblem(other, message, "give one of them another name"))
    if not schema:
        problems.append(
            FactProblem("", "the table has no columns", "give it one for each fact that is known")
        )
    there = [name for name in dict.fromkeys(kept) if name in schema]
    for name in kept:
        if name not in schema:
            message = f"there is no column `{name}` to keep"
            problems.append(FactProblem(name, message, suggestion(name, schema.names())))
    for _, name in _alike([*results, *there], ignores_case):
        message = f"the column `{name}` cannot be kept: a result has that name"
        problems.append(FactProblem(name, message, "give it another name"))
    if problems:
        raise FactError(tuple(problems))


_HOLDS = {FactType.BOOLEAN: "true or false", FactType.NUMBER: "numbers", FactType.CHOICE: "texts"}


def _fits(fact: Fact, dtype: Any) -> bool:
    if dtype == nw.Unknown:  # a column in which nothing is known has no type on some engines
        return True
    match fact.type:
        case FactType.BOOLEAN:
            return bool(dtype == nw.Boolean)
        case FactType.NUMBER:
            return bool(dtype.is_numeric())
        case FactType.CHOICE:
            return dtype in (nw.String, nw.Categorical, nw.Enum)


def _column(frame: Frame, name: str, engine: Engine) -> Expression:
    """A column of any name. Spark reads one with a dot as the path to a field; Polars some as patterns."""
    if frame.implementation.is_spark_like():
        return engine.column("`{}`".format(name.replace("`", "``")))
    found: Expression = engine.names.nth(frame.collect_schema().names().index(name))
    return found


def _statable(content: Content) -> list[Fact]:
    return [fact for fact in content.facts.values() if fact.can_be_stated]


def _stated(fact: Fact) -> str:
    """The column with a fact as it was stated; what is derived, too, has a column of its own in the end."""
    return f"{fact.id} stated" if fact.derived else fact.id


def _decimals(fact: Fact) -> int:
    assert fact.span is not None
    return decimals_for(*fact.span)


def _wrong(fact: Fact, content: Content, engine: Engine) -> Iterable[Problem]:
    """The ways in which a row can have a value of a fact that cannot be used."""
    column = engine.column(_stated(fact))
    if fact.type is FactType.CHOICE:
        one_of_them = engine.joined([column == engine.literal(choice) for choice in fact.choices], False)
        says = f"`{fact.id}`: allowed: {', '.join(fact.choices)}"
        yield ~one_of_them, engine.literal(says)
    elif fact.span is not None and fact.type is FactType.NUMBER:
        low, high = fact.span
        unit = content.units.get(fact.unit, NO_UNIT).shown
        says = f"`{fact.id}`: allowed: {plain_number(low)} to {plain_number(high)} {unit}".rstrip()
        within = (column >= low) & (column <= high)
        yield ~within, engine.literal(says)  # no engine takes NaN for at most anything
