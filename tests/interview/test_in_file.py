"""Answers in a person's file: everything else in it stays as it was."""

from __future__ import annotations

import io
from datetime import date
from random import Random

import pytest

from tests.people import random_person
from wellfounded import FactError, KnowledgeBase
from wellfounded.interview.in_file import holds_nothing, not_known_in, with_answers
from wellfounded.model.values import Value

DAY = date(2026, 11, 22)

FILE = """\
# Jan, seen on 3 March
goal: muscle_gain   # he says
body_mass: "176 lb" # weighed

# not known: split, load
sleep_duration: 450 min
"""


def test_only_what_changed_changes() -> None:
    changed: dict[str, Value | None] = {"body_mass": 80.0, "sleep_duration": None, "healthy": True}
    assert with_answers(FILE, "person.yaml", changed, ["load"], DAY) == (
        "# Jan, seen on 3 March\n"
        "goal: muscle_gain   # he says\n"
        "body_mass: 80 # weighed\n"
        "\n"
        "# not known: load\n"
        "healthy: true\n"
    )


def test_what_is_not_known_is_read_back() -> None:
    assert not_known_in(FILE) == ("split", "load")
    without = with_answers(FILE, "person.yaml", {}, [], DAY)
    assert not_known_in(without) == () and "not known" not in without
    assert holds_nothing("# not known: age\n") and not holds_nothing("age: 3\n")


@pytest.mark.parametrize("text", ["{age: 30}\n", 'age: "3\n  0 year"\n', "age: [\n]\n"])
def test_a_file_in_which_it_cannot_be_done_is_refused(text: str) -> None:
    with pytest.raises(FactError, match="cannot be written into this file"):
        with_answers(text, "person.yaml", {"age": 31.0, "healthy": True}, [], DAY)


def test_any_answers_come_back(article: KnowledgeBase) -> None:
    for seed in range(60):
        chance = Random(seed)
        first, then = (article.checked(random_person(article.content, chance, 0.6)) for _ in range(2))
        ends = chance.choice(["\n", "\r\n"])
        text = "".join(f"# {fact}\n" for fact in chance.sample(list(first), 3)).replace("\n", ends)
        text = with_answers(text, "person.yaml", first, [], DAY)
        changed = {fact: then.get(fact) for fact in {**first, **then}}
        text = with_answers(text, "person.yaml", changed, [], DAY)
        assert article.read_person(io.BytesIO(text.encode())) == then
        assert text.count("# ") == 3


@pytest.mark.parametrize(
    "written",
    [
        "body_mass: [{on: 2026-09-01, is: 80}] # weighed\n",
        "body_mass:\n  - {on: 2026-09-01, is: 80}\n  # next week again\nage: 30\n",
        "age: 30\nbody_mass:\n- on: 2026-09-01\n  is: 80",
    ],
)
def test_a_dated_fact_gets_a_statement_of_the_day(article: KnowledgeBase, written: str) -> None:
    for value in (82.5, 83.0, None):
        text = with_answers(written, "person.yaml", {"body_mass": value}, [], DAY)
        history = article.read_history(io.BytesIO(text.encode()))
        assert history.on(date(2026, 11, 21))["body_mass"] == 80
        assert history.on(DAY).get("body_mass") == value
        assert text.count("# ") == written.count("# ") and text.count("age: 30") == written.count("age: 30")
        assert text.count("2026-11-22") == 1
        written = text
