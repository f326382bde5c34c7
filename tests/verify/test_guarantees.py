"""The article's guarantees say what they are meant to, and what is guaranteed has no part in the digest."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import wellfounded
from tests.conftest import RULES
from wellfounded import KnowledgeBase
from wellfounded.verify.findings import Kind


def test_guarantees_are_not_part_of_the_digest(article: KnowledgeBase, tmp_path: Path) -> None:
    shutil.copytree(RULES, tmp_path / "rules")
    (tmp_path / "rules" / "guarantees.yaml").unlink()
    without = wellfounded.load(tmp_path / "rules")
    assert article.content.guarantees and not without.content.guarantees
    assert without.digest == article.digest


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("file", "old", "new", "broken"),
    [
        (
            "scope.yaml",
            "age: {at_least: adult_age}, healthy: true",
            "age: {at_least: adult_age}",
            "unless-healthy",
        ),
        ("scope.yaml", "age: {at_least: adult_age}, healthy: true", "healthy: true", "no-target-under-18"),
        ("parameters.yaml", "value: 18\n", "value: 19\n", ""),
        (
            "nutrition/protein.yaml",
            "{above: protein_meal_count.high",
            "{at_least: protein_meal_count.high",
            "protein-advice",
        ),
        ("parameters.yaml", "range: [4, 6]", "range: [4, 7]", ""),
    ],
)
def test_a_change_that_breaks_one_is_found(
    file: str, old: str, new: str, broken: str, tmp_path: Path
) -> None:
    shutil.copytree(RULES, tmp_path / "rules")
    text = (tmp_path / "rules" / file).read_text("utf-8")
    assert text.count(old) == 1
    (tmp_path / "rules" / file).write_text(text.replace(old, new), "utf-8")
    knowledge_base = wellfounded.load(tmp_path / "rules")
    found = [f for f in knowledge_base.verify().found if f.kind is Kind.BROKEN_GUARANTEE]
    assert any(broken in finding.about for finding in found) if broken else not found
    for finding in found:
        assert finding.person is not None
        knowledge_base.advise(finding.person)


@pytest.mark.parametrize("dose", ["[1.4, 2.0]", "[1.7, 2.2]", "[1.6, 2.3]", "[1.3, 1.9]"])
def test_another_dose_leaves_nothing_undecided(dose: str, tmp_path: Path) -> None:
    """Bounds that no decimal meets exactly: where rounding decides, it is proved for whole steps."""
    folder = shutil.copytree(RULES, tmp_path / "rules")
    text = (folder / "parameters.yaml").read_text("utf-8")
    (folder / "parameters.yaml").write_text(text.replace("range: [1.6, 2.2]", f"range: {dose}"), "utf-8")
    verification = wellfounded.load(folder).verify()
    assert verification.open == ()
    assert verification.found == ()
