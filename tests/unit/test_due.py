"""What is due, and by which day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import RULES
from wellfounded import KnowledgeBase, diagnose
from wellfounded.model.due import due, months_after


@given(st.dates(), st.integers(min_value=0, max_value=100_000))
def test_months_after_a_day_is_that_day_of_the_month_or_its_last(day: date, months: int) -> None:
    later = date.fromisoformat(months_after(day.isoformat(), months))
    if later == date.max:
        return
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def test_more_is_due_the_later_it_is(article: KnowledgeBase) -> None:
    days = [date(2026, 1, 1), date(2027, 11, 21), date(2027, 11, 22), date.max]
    assert [len(due(article.content, day)) for day in days] == [0, 0, 34, 34]


def test_any_day_can_be_asked_about() -> None:
    found = {diagnostic.code for diagnostic in diagnose(RULES, date.max)}
    assert found == {"overdue-review"}
    assert {diagnostic.code for diagnostic in diagnose(RULES, date.min)} == {"future-date"}
