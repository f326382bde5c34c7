"""Every mistake that is planted is found, with the smallest person it is wrong for, and nothing else is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import wellfounded
from tests.conformance.small import HEADER
from wellfounded.verify.findings import Finding, as_written

MISTAKES = yaml.safe_load((Path(__file__).parent / "mistakes.yaml").read_text(encoding="utf-8"))

FACTS = """\
facts:
  wet: {type: boolean, label: {en: wet}, question: {en: "Wet?"}}
  cold: {type: boolean, label: {en: cold}, question: {en: "Cold?"}}
  kind:
    type: choice
    choices: {moss: {en: moss}, fern: {en: fern}, cactus: {en: cactus}}
    label: {en: kind}
    question: {en: "Which?"}
  light: {type: number, span: [0, 24], step: 0.5, label: {en: light}, question: {en: "Light?"}}
  age: {type: number, span: [0, 120], step: 1, label: {en: age}, question: {en: "Age?"}}
"""


@pytest.mark.parametrize("case", MISTAKES, ids=[case["mistake"] for case in MISTAKES])
def test_it_is_found(case: dict[str, Any], tmp_path: Path) -> None:
    files = {"header.yaml": HEADER.read_text("utf-8"), "facts.yaml": FACTS, "rules.yaml": case["rules"]}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    verification = wellfounded.load(tmp_path).verify()
    assert not verification.open
    finds = [dict(expected) for expected in case["finds"]]
    messages = {expected.pop("message", None) for expected in finds} - {None}
    assert sorted(map(shown, verification.found), key=str) == sorted(finds, key=str)
    assert messages <= {finding.message for finding in verification.found}


def shown(finding: Finding) -> dict[str, Any]:
    person = {} if finding.person is None else {"person": as_written(finding.person)}
    return {"kind": str(finding.kind), "about": finding.about, **person}
