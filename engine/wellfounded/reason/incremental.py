"""The core → cells that rest on each other, as in a spreadsheet, for one person whose facts come and go.

What a statement changes is followed from cell to cell and ends where a cell keeps its value, so that what
does not look at the fact is not touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from wellfounded.model.core import (
    All,
    Any,
    Comparison,
    Constant,
    Core,
    Definition,
    Formula,
    OneOf,
    Recommending,
    Rounded,
    Selection,
    Test,
    facts_in_term,
)
from wellfounded.model.errors import ConflictError
from wellfounded.model.valuation import Valuation, bounds_with_ends, layout_of
from wellfounded.model.values import Value
from wellfounded.reason.arithmetic import compared, number_of
from wellfounded.reason.members import DECIDED, ByNumber, ByValue, Members, truth_of

#: What every cell holds: a valuation's row, and after it what is worked out on the way.
Row: TypeAlias = list[Value | None]
Compute: TypeAlias = Callable[[Row], Value | None]


class Cells:
    """A core's cells, by their place in the row; one for all sessions.

    A cell is worked out from others (``compute``), or it is a group (``decisive`` is the truth that one
    member is enough for). It is a level above all cells that it looks at. ``looking`` has the cells that are
    worked out from each, ``members`` what each is to groups. ``row``, ``counts`` and ``conflicts`` are those
    of a person of whom nothing is stated.
    """

    def __init__(self, core: Core) -> None:
        self.layout = layout_of(core)
        self.size = len(self.layout.facts) + len(self.layout.rules) + len(self.layout.bounds)
        self.level = [0] * self.size
        self.compute: list[Compute | None] = [None] * self.size
        self.decisive: list[bool | None] = [None] * self.size
        self.looking: list[list[int]] = [[] for _ in self.level]
        self.counts = [0] * self.size
        self._tests: dict[Test, int] = {}
        self._by_value: dict[int, list[tuple[tuple[Value, ...], int, bool]]] = {}
        self._by_number: dict[int, list[tuple[str, float, int, bool]]] = {}
        for definition in core.definitions:
            self._define(self.layout.place_of_fact[definition.fact], definition)
        for rule in core.recommending:
            self._recommend(rule)
        self.members: list[Members | None] = [None] * len(self.level)
        for place, tests in self._by_value.items():
            self.members[place] = ByValue(tests)
        for place, comparisons in self._by_number.items():
            self.members[place] = ByNumber(comparisons)
        self.choices = [
            self.layout.place_of_fact[definition.fact]
            for definition in core.definitions
            if isinstance(definition, Selection)
        ]
        self.row: Row = [None] * len(self.level)
        self.conflicts: dict[int, ConflictError] = {}
        self._begin()

    def _begin(self) -> None:
        """Work out every cell for the person of whom nothing is stated."""
        nobody = Incremental(self)
        for place, level in enumerate(self.level):
            nobody.waiting[level].add(place)
        nobody.follow()
        self.row, self.counts, self.conflicts = nobody.row, nobody.counts, nobody.conflicts

    def _define(self, place: int, definition: Definition) -> None:
        match definition:
            case Formula():
                self._work_out(place, *self._number(definition.result))
            case Selection():
                places = [self._place_of(branch.test) for branch in definition.branches]
                self._work_out(place, _selected(definition, places), places)
            case _:
                tests = tuple(branch.test for branch in definition.branches)
                self._truth(place, tests[0] if len(tests) == 1 else Any(tests))

    def _recommend(self, rule: Recommending) -> None:
        """A rule holds where its test does and its bounds are known; they are given where it holds."""
        holds = self.layout.place_of_rule[rule.rule]
        bounds = {
            self.layout.place_of_bound[rule.rule, end]: self._new(*self._number(bound))
            for end, bound in bounds_with_ends(rule)
            if not isinstance(bound.term, Constant)
        }
        if not bounds:
            self._truth(holds, rule.test)
            return
        test, numbers = self._place_of(rule.test), tuple(bounds.values())
        self._work_out(holds, _holds(test, numbers), (test, *numbers))
        for given, number in bounds.items():
            self._work_out(given, _given(holds, number), (holds, number))

    def _work_out(self, place: int, compute: Compute, looks_at: Iterable[int]) -> None:
        self.compute[place] = compute
        for other in dict.fromkeys(looks_at):
            self.looking[other].append(place)
            self._above(place, other)

    def _above(self, place: int, other: int) -> None:
        self.level[place] = max(self.level[place], self.level[other] + 1)

    def _new(self, compute: Compute, looks_at: Iterable[int]) -> int:
        """A cell that is no part of a valuation."""
        place = self._free()
        self._work_out(place, compute, looks_at)
        return place

    def _free(self) -> int:
        self.level.append(0)
        self.compute.append(None)
        self.decisive.append(None)
        self.looking.append([])
        self.counts.append(0)
        return len(self.level) - 1

    def _truth(self, place: int, test: Test) -> None:
        """Have a cell say whether a test holds."""
        if isinstance(test, All | Any):
            self._group(place, test.members, isinstance(test, Any))
        else:
            self._group(place, [test], True)

    def _group(self, place: int, members: Sequence[Test], decisive: bool) -> None:
        self.decisive[place], self.counts[place] = decisive, len(members)
        for member in members:
            self._above(place, self._join(member, place, decisive))

    def _join(self, test: Test, group: int, decisive: bool) -> int:
        """Have a test counted in a group; gives the cell that is tested."""
        match test:
            case OneOf():
                place = self.layout.place_of_fact[test.fact]
                self._by_value.setdefault(place, []).append((test.values, group, decisive))
            case Comparison(bound=Rounded(term=Constant(value=bound))):
                place = self.layout.place_of_fact[test.fact]
                self._by_number.setdefault(place, []).append((test.relation, bound, group, decisive))
            case _:
                place = self._place_of(test)
                self._by_value.setdefault(place, []).append(((True,), group, decisive))
        return place

    def _place_of(self, test: Test) -> int:
        """The cell that says whether a test holds; tests that are equal have one together."""
        if test not in self._tests:
            self._tests[test] = self._new_test(test)
        return self._tests[test]

    def _new_test(self, test: Test) -> int:
        if isinstance(test, Comparison) and not isinstance(test.bound.term, Constant):
            fact, bound = self.layout.place_of_fact[test.fact], self._new(*self._number(test.bound))
            return self._new(_compared(fact, test.relation, bound), (fact, bound))
        place = self._free()
        self._truth(place, test)
        return place

    def _number(self, result: Rounded) -> tuple[Compute, Iterable[int]]:
        facts = {fact: self.layout.place_of_fact[fact] for fact in facts_in_term(result.term)}

        def compute(row: Row) -> float | None:
            return number_of(result, {fact: row[place] for fact, place in facts.items()})

        return compute, facts.values()


class Incremental:
    """A memory in which a statement costs what it changes.

    ``counts`` has what the members of each group count; ``waiting`` the cells to be worked out, by level;
    ``conflicts`` the derived choices that rules disagree about, which are unknown until that is settled.
    """

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.stated: dict[int, Value] = {}
        self.row = cells.row.copy()
        self.counts = cells.counts.copy()
        self.conflicts = cells.conflicts.copy()
        self.waiting: list[set[int]] = [set() for _ in range(1 + max(cells.level, default=0))]

    def state(self, fact: str, value: Value) -> None:
        place = self.cells.layout.place_of_fact[fact]
        self.stated[place] = value
        self.waiting[self.cells.level[place]].add(place)

    def retract(self, fact: str) -> None:
        place = self.cells.layout.place_of_fact[fact]
        self.stated.pop(place, None)
        self.waiting[self.cells.level[place]].add(place)

    def valuation(self) -> Valuation:
        """The valuation of what is stated now.

        Raises ``ConflictError`` while two rules give one derived choice different values.
        """
        self.follow()
        for place in self.cells.choices if self.conflicts else ():
            if place in self.conflicts:
                raise ConflictError(self.conflicts[place].about, self.conflicts[place].rules)
        return Valuation(self.cells.layout, tuple(self.row[: self.cells.size]))

    def close(self) -> None:
        self.stated.clear()

    def follow(self) -> None:
        """Work out the cells that wait, a level at a time, and have those wait that look at what has changed.

        A group waits only where what is counted decides it, or no longer does.
        """
        row, counts, waiting = self.row, self.counts, self.waiting
        level_of, decisive, looking, members = (
            self.cells.level,
            self.cells.decisive,
            self.cells.looking,
            self.cells.members,
        )
        for level in waiting:
            for place in level:
                enough, before = decisive[place], row[place]
                value = self._value(place) if enough is None else truth_of(counts[place], enough)
                if value == before:
                    continue
                row[place] = value
                for other in looking[place]:
                    waiting[level_of[other]].add(other)
                tests = members[place]
                for group, more in tests.changes(before, value) if tests is not None else ():
                    earlier = counts[group]
                    counts[group] = later = earlier + more
                    if not earlier or not later or (earlier < DECIDED) is not (later < DECIDED):
                        waiting[level_of[group]].add(group)
            level.clear()

    def _value(self, place: int) -> Value | None:
        if place in self.stated:
            return self.stated[place]
        compute = self.cells.compute[place]
        self.conflicts.pop(place, None)
        try:
            return None if compute is None else compute(self.row)
        except ConflictError as conflict:
            self.conflicts[place] = conflict.with_traceback(None)  # which would keep this memory alive
            return None


def _compared(fact: int, relation: str, bound: int) -> Compute:
    def compute(row: Row) -> bool | None:
        left, right = row[fact], row[bound]
        if left is None or right is None:
            return None
        assert isinstance(left, float) and isinstance(right, float)
        return compared(relation, left, right)

    return compute


def _selected(definition: Selection, tests: Sequence[int]) -> Compute:
    def compute(row: Row) -> Value | None:
        truths = [row[test] for test in tests]
        holding = [branch for branch, truth in zip(definition.branches, truths, strict=True) if truth]
        if not holding:
            return None if None in truths else definition.otherwise
        for other in holding:
            if other.value != holding[0].value:
                raise ConflictError(definition.fact, (holding[0].rule, other.rule))
        return holding[0].value

    return compute


def _holds(test: int, bounds: tuple[int, ...]) -> Compute:
    return lambda row: None if row[test] and None in [row[bound] for bound in bounds] else row[test]


def _given(holds: int, number: int) -> Compute:
    return lambda row: row[number] if row[holds] else None
