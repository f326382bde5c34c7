"""A small knowledge base about a garden, for the tests of scenarios."""

from __future__ import annotations

from pathlib import Path

from tests.conformance.small import small
from wellfounded import KnowledgeBase
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.review.expectations import Result, Runner
from wellfounded.review.scenarios import read_scenarios

RULES = """\
facts:
  rain: {type: number, span: [0, 100], step: 1, label: {en: rain}, question: {en: "Rain?"}}
  season:
    {type: choice, label: {en: season}, question: {en: "Season?"},
     choices: {summer: {en: summer}, winter: {en: winter}}}
  indoors: {type: boolean, label: {en: indoors}, question: {en: "Indoors?"}}
  watering: {type: number, span: [0, 50], step: 0.5, label: {en: watering}, question: {en: "Watering?"}}
  dry: {type: boolean, derived: true, label: {en: dry}}
parameters:
  little_rain: {value: 10, claim: so, label: {en: little rain}}
claims:
  weak: {section: all, kind: action, says: {en: "Weak."}, cites: [{reference: 1, support: not-established}]}
  strong: {section: all, kind: action, says: {en: "Strong."}, cites: [{reference: 2, support: supports}]}
references:
  1: {as_cited: {title: One}, on_record: {status: confirmed}}
  2: {as_cited: {title: Two}, on_record: {status: confirmed}}
rules:
  - id: no-rain-dry
    title: {en: Dry}
    when: {rain: {below: little_rain}, none: {indoors: true}}
    conclude: {dry: true}
    because: [so]
  - id: water
    title: {en: Water}
    when: {dry: true, season: summer}
    target: {of: watering, within: [2, 4]}
    says:
      raise: {en: "Water  more,\\n at least {target}."}
      lower: {en: Less.}
      keep: {en: Keep.}
      meet: {en: Meet.}
    because: [weak]
  - id: enjoy
    title: {en: Enjoy}
    when: {season: summer}
    advise: inform
    says: {en: "Enjoy it."}
    because: [strong]
  - id: mulch
    status: draft
    title: {en: Mulch}
    when: {dry: true}
    advise: do
    says: {en: Mulch.}
    because: [so]
"""


def garden(folder: Path, **scenarios: str) -> KnowledgeBase:
    """The garden in a folder, with scenario files beside it."""
    made = small(RULES, folder)
    for name, written in scenarios.items():
        (folder / f"{name}.scenarios.yaml").write_text(written, encoding="utf-8")
    return made


def scenario(given: str, expect: str, more: str = "") -> str:
    """A scenario file with one scenario."""
    return f"scenarios:\n  - name: one\n    given: {given}\n    expect: {expect}\n{more}"


def results(folder: Path, written: str) -> tuple[list[Result], tuple[Diagnostic, ...]]:
    """What comes of a scenario file in the garden."""
    made = garden(folder, one=written)
    scenarios, found = read_scenarios(folder, made)
    runner = Runner(made, folder)
    return [runner.run(one) for one in scenarios], found
