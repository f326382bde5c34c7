"""Whatever is stated of a person, either it is refused by name or it is a value the fact can have."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import ceil, floor
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import wellfounded
from tests.conftest import RULES
from tests.properties.people import Crowd
from tests.properties.test_article import book
from tests.reference.evaluator import Person
from tests.reference.written import Fact
from wellfounded import FactError, KnowledgeBase
from wellfounded.model.errors import FactProblem

#: The settings of every property here: the same examples in every run.
always_the_same = settings(derandomize=True, deadline=None, max_examples=500, database=None)

UNITS = [
    "kg",
    "lb",
    "g",
    "min",
    "h",
    "s",
    "h/night",
    "kcal/day",
    "kJ/day",
    "%",
    "years",
    "°C",
    "sets",
    "",
    " ",
]

numbers: st.SearchStrategy[Any] = st.one_of(
    st.integers(),
    st.integers(0, 4000).map(lambda exponent: 10**exponent),
    st.floats(),
    st.floats(min_value=0, max_value=100),
    st.decimals(),
    st.fractions(),
    st.complex_numbers(),
)
texts: st.SearchStrategy[Any] = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["muscle_gain", "omnivore", "male", "low", "true", "false", "yes", "no", "null", "nan", "inf"]
    ),
    st.builds(
        "{}{}{}".format, st.floats() | st.integers(), st.sampled_from(["", " "]), st.sampled_from(UNITS)
    ),
    st.builds("{} {}".format, st.integers(0, 200), st.text(max_size=10)),
)
others: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.binary(max_size=8), st.just(date(2026, 1, 31)), st.builds(object)
)
values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(numbers, texts, others),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=4,
)
names: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(list(book().facts)), st.sampled_from(list(book().facts)), st.text(max_size=12), values
)


@cache
def knowledge_base() -> KnowledgeBase:
    """The article's, as no fixture: hypothesis writes out every argument of an example that fails."""
    return wellfounded.load(RULES)


@cache
def crowd() -> Crowd:
    return Crowd(book())


def hashable(name: object) -> bool:
    try:
        hash(name)
    except TypeError:
        return False
    return True


def problems_with(stated: dict[Any, Any]) -> tuple[FactProblem, ...] | None:
    """What is wrong with what was stated, if anything."""
    try:
        knowledge_base().checked(stated)
    except FactError as error:
        return error.problems
    return None


def is_possible(fact: Fact, value: object) -> bool:
    """Whether a fact can have a value at all."""
    match fact.type:
        case "boolean":
            return value is True or value is False
        case "choice":
            return type(value) is str and value in fact.choices
    assert fact.span is not None
    return type(value) is float and fact.span[0] <= value <= fact.span[1]


@always_the_same
@given(stated=st.dictionaries(names.filter(hashable), values, min_size=1, max_size=3))
@example(stated={"age": 10**5000})
@example(stated={"age": Decimal("sNaN")})
@example(stated={"age": Decimal("1e400000")})
@example(stated={"age": Fraction(1, 3)})
@example(stated={"age": True})
@example(stated={"body_mass": "1e999 kg"})
@example(stated={"body_mass": "١٢٣ kg"})
@example(stated={"body_mass": "70 " + "kg*" * 1000 + "kg"})
@example(stated={("age",): 30})
def test_anything_stated_is_refused_by_name_or_a_possible_value(
    stated: dict[Any, Any],
) -> None:
    article = knowledge_base()
    problems = problems_with(stated)
    if problems is not None:
        assert problems
        assert all(problem.message and problem.fact in map(str, stated) for problem in problems)
        with pytest.raises(FactError):
            article.advise(stated)
        return
    checked = article.checked(stated)
    assert set(checked) == {name for name, value in stated.items() if value is not None}
    assert all(is_possible(book().facts[name], value) for name, value in checked.items())
    assert set(article.advise(stated, "en").facts) == set(checked)


@pytest.mark.parametrize("stated", [None, [], "age", 30, [("age", 30)], {"age"}], ids=repr)
@pytest.mark.parametrize("use", ["advise", "reason", "checked"])
def test_only_a_mapping_can_be_stated(use: str, stated: Any, article: KnowledgeBase) -> None:
    method: Callable[[Any], object] = getattr(article, use)
    with pytest.raises(FactError, match="mapping"):
        method(stated)


def test_nothing_stated_is_nothing_known(article: KnowledgeBase) -> None:
    unknown = dict.fromkeys(name for name, fact in book().facts.items() if fact.can_be_stated)
    assert dict(article.reason(unknown).values) == dict.fromkeys(book().facts)
    assert article.reason(unknown) == article.reason({})


@pytest.mark.parametrize("fact", [fact.id for fact in book().facts.values() if not fact.can_be_stated])
def test_what_is_derived_cannot_be_stated(fact: str, article: KnowledgeBase) -> None:
    with pytest.raises(FactError) as refused:
        article.advise({fact: True})
    assert [problem.fact for problem in refused.value.problems] == [fact]
    assert any(name in refused.value.problems[0].help for name in book().facts)


@always_the_same
@given(
    data=st.data(),
    unit=st.sampled_from(
        [
            ("body_mass", "kg", Fraction(1)),
            ("body_mass", "lb", Fraction("0.45359237")),
            ("body_mass", "g", Fraction(1, 1000)),
            ("sleep_duration", "min", Fraction(1, 60)),
            ("energy_intake", "kJ/day", 1 / Fraction("4.184")),
            ("energy_intake", "kcal/week", Fraction(1, 7)),
            ("muscle_rest", "day", Fraction(24)),
            ("protein_intake", "kg/day", Fraction(1000)),
            ("rest_between_sets", "min", Fraction(60)),
        ]
    ),
)
def test_a_number_with_a_unit_is_converted_exactly_and_rounded_once(
    data: st.DataObject, unit: tuple[str, str, Fraction]
) -> None:
    name, written, size = unit
    fact = book().facts[name]
    assert fact.span is not None
    places = data.draw(st.integers(0, 4))
    low, high = (end / size * 10**places for end in fact.span)
    number = data.draw(st.integers(ceil(low), floor(high)))
    stated = f"{Decimal(number).scaleb(-places):f} {written}"
    exact = Fraction(number, 10**places) * size
    assert knowledge_base().checked({name: stated}) == {name: float(round(exact, 9))}


@always_the_same
@given(seed=st.integers(0, 10**6), digits=st.lists(st.floats(0, 1), min_size=4, max_size=4))
def test_numbers_of_any_length_come_out_right_to_the_last_decimal(seed: int, digits: list[float]) -> None:
    """Doubles may round a long number one last decimal away from exact arithmetic, and no further."""
    names = ("body_mass", "protein_intake", "energy_intake", "energy_expenditure")
    stated = next(crowd().people(seed, 1))
    for name, share in zip(names, digits, strict=True):
        low, high = map(float, book().facts[name].span or (0, 0))
        stated[name] = min(max(low + share * (high - low), low), high)
    person, values = Person(book(), stated), knowledge_base().reason(stated).values
    for name in ("protein_per_kg", "energy_balance", "protein_per_meal"):
        wanted, found = person.value(name), values[name]
        assert (wanted is None) == (found is None)
        if isinstance(wanted, Fraction) and isinstance(found, float):
            assert abs(Fraction(repr(found)) - wanted) <= Fraction(1, 10**9)
