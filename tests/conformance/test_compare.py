"""Comparing finds what differs, and shows the person."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest
import yaml

from tests.conformance import agreement
from tests.conformance.compare import main
from wellfounded import ConflictError, KnowledgeBase, Valuation
from wellfounded.model.core import Core
from wellfounded.reason.rows import many_rows

Rows = Callable[[pl.DataFrame], list[Valuation | ConflictError]]


def deaf_to_age(core: Core) -> Rows:
    """A reasoner by columns that takes everyone's age for unknown."""
    value = many_rows(core)
    return lambda people: value(people.with_columns(age=pl.lit(None, pl.Float64)))


def test_reasoners_that_agree(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--people", "300", "--seed", "some"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("seed some\n")
    assert said.endswith(" 0 differences\n")


def test_a_reasoner_that_is_wrong(
    article: KnowledgeBase, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agreement, "many_rows", deaf_to_age)
    assert main(["--people", "300"]) == 1
    first = capsys.readouterr().out.split("differs\n")[1]
    names, _, person = first.partition("    ")
    facts = yaml.safe_load(f"    {person}")
    assert f"age: alone {facts['age']!r}, columns None" in names
    assert "body_mass" not in names
    assert article.checked(facts)["age"] == facts["age"]
