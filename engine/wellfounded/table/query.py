"""What an engine is asked about a table of people, and how the answer is put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from wellfounded.model.content import Content, Fact, FactType
from wellfounded.model.core import Core
from wellfounded.model.errors import ConflictError
from wellfounded.model.required import RequiredSupport
from wellfounded.model.unit import NO_UNIT
from wellfounded.model.values import decimals_for, plain_number
from wellfounded.reason.expressions import Engine, Expression
from wellfounded.reason.to_columns import to_columns
from wellfounded.reason.topics_in_columns import Disagreement
from wellfounded.table.columns import Frame, check_results

Named: TypeAlias = dict[str, Expression]

#: Where it is so, and what is said of it.
Problem: TypeAlias = tuple[Expression, Expression]

LEFT_OUT = "left_out"
PROBLEMS = "problems"

#: Stands in a sentence for the name of a rule that differs from row to row.
_FIRST = "\0"


class Query:
    """What to ask of tables on one engine: ``shown`` are results, ``wrong`` and ``conflicts`` problems."""

    def __init__(
        self, content: Content, core: Core, engine: Engine, required: RequiredSupport | None
    ) -> None:
        numbers = [fact for fact in _statable(content) if fact.type is FactType.NUMBER]
        core = replace(core, recommending=core.giving)
        decimals = {fact.id: _decimals(fact) for fact in numbers if not fact.derived}
        columns = to_columns(core, engine, decimals, required)
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
        # Where no column is shown, a fact still says how many rows there are.
        self.carried = [] if self.shown else [_stated(fact) for fact in self.facts[:1]]
        left_out = {} if required is None else {LEFT_OUT: engine.listed(columns.left_out)}
        self.results = [*self.shown, *left_out, PROBLEMS]
        check_results(self.results, engine)
        self.shown |= left_out
        self.wrong = [problem for fact in self.facts for problem in _wrong(fact, content, engine)]
        self.conflicts = [
            (c.test, engine.literal(str(ConflictError(c.about, c.rules)))) for c in columns.conflicts
        ]
        self.first: Named = {}
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
        advised = advised.with_columns(**{PROBLEMS: engine.listed(sentences)})
        good = engine.column(PROBLEMS).is_null()
        masked = {name: engine.where(good, result) for name, result in results.items()}
        return advised.select(**kept, **masked, **{PROBLEMS: engine.column(PROBLEMS)})


def _result(place: int) -> str:
    return f"result {place}"


def _flag(place: int) -> str:
    """The column that says where a problem is."""
    return f"problem {place}"


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
