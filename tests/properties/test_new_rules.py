"""New rules in random knowledge bases: they pass, and what was there is as it was."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

import wellfounded
from tests.conftest import DAY
from tests.properties.generated import random_knowledge_base
from wellfounded import KnowledgeBase, KnowledgeBaseError
from wellfounded.authoring.asked import Asked, understood
from wellfounded.authoring.new_rule import RefusedError, new_rule
from wellfounded.authoring.places import Place
from wellfounded.authoring.write import Change, write_all
from wellfounded.load.files import File, read_files
from wellfounded.model.content import Content, Fact, FactType
from wellfounded.model.diagnostic import is_error
from wellfounded.model.digest import digest
from wellfounded.model.frozen import frozen
from wellfounded.review.expectations import run_scenario
from wellfounded.review.scenarios import read_scenarios

PARTS = 4
EACH = 25

HOSTILE = [
    "plain",
    'it\'s "quoted" \\ and: more # not a comment',
    "two\nlines\n\n  and an indented one",
    "- a list: {of: [things]",
    "yes",
    "null",
    "123",
    "*alias &anchor !tag | > % @ `",
    "🌱 naïve – “curly” … \u2028 separated",
    "trailing colon:",
    "=equals=",
    "'",
]


def without_braces(text: str) -> str:
    return text.replace("{", "(").replace("}", ")")


def random_request(dice: Random, content: Content) -> Asked:
    """A rule of any kind, for anybody, resting on an old claim or a new one."""

    def wording() -> str:
        return f"en={without_braces(dice.choice(HOSTILE))}"

    asked = Asked("new-rule", title=(wording(),), draft=dice.random() < 0.3)
    who = dice.random()
    if who < 0.6:
        asked = replace(asked, when=tuple(random_tests(dice, content)))
    elif who < 0.9:
        asked = replace(asked, like=dice.choice(list(content.rules)))
    else:
        asked = replace(asked, everyone=True)
    if dice.random() < 0.5:
        asked = replace(asked, claim=dice.choice(list(content.claims)))
    else:
        asked = replace(asked, claim_says=(wording(),), section="second", kind="action")
    aimable = [fact for fact in content.facts.values() if fact.type is not FactType.CHOICE]
    if dice.random() < 0.2:
        return replace(asked, advise=dice.choice(("do", "avoid")), says=(wording(),))
    fact = dice.choice(aimable)
    return replace(asked, fact=fact.id, target=random_target(dice, fact))


def random_tests(dice: Random, content: Content) -> list[str]:
    return [
        f"{fact.id}={random_value(dice, fact)}"
        for fact in dice.sample(list(content.facts.values()), dice.randint(1, 3))
    ]


def random_value(dice: Random, fact: Fact) -> str:
    match fact.type:
        case FactType.BOOLEAN:
            return dice.choice(("true", "false"))
        case FactType.CHOICE:
            return dice.choice(list(fact.choices))
    return f"{dice.choice(('at_least', 'below'))} {number_in(dice, fact)}"


def number_in(dice: Random, fact: Fact) -> str:
    assert fact.span is not None
    low, high = fact.span
    return f"{round(low + (high - low) * dice.randint(1, 9) / 10, 2):.12g}"


def random_target(dice: Random, fact: Fact) -> str:
    if fact.type is FactType.BOOLEAN:
        return dice.choice(("is=true", "is=false"))
    kind = dice.choice(("at_least", "at_most", "within", "is"))
    low, high = sorted((number_in(dice, fact), number_in(dice, fact)), key=float)
    if kind == "within" and float(low) < float(high):
        return f"within={low}..{high}"
    return f"{'at_least' if kind == 'within' else kind}={low}"


def only_adds_lines(before: bytes, after: bytes) -> bool:
    """Whether taking lines out of ``after`` gives ``before``."""
    lines = iter(after.splitlines(keepends=True))
    return all(line in lines for line in before.splitlines(keepends=True))


def old_part(new: KnowledgeBase, old: KnowledgeBase) -> Content:
    """What the new knowledge base says of the things there were before."""
    kinds = ("facts", "parameters", "claims", "rules", "units", "references")
    kept = {
        kind: frozen((id, thing) for id, thing in getattr(new.content, kind).items() if id in before)
        for kind in kinds
        for before in [getattr(old.content, kind)]
    }
    return replace(new.content, **kept)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_new_rule_passes_and_disturbs_nothing(part: int, tmp_path: Path) -> None:
    made_scenarios = 0
    refused: list[str] = []
    for number in range(EACH):
        seed = f"new rule {part}-{number}"
        dice = Random(seed)
        folder = random_knowledge_base(seed).write(tmp_path / str(number), files=dice.randint(1, 4))
        try:
            old = wellfounded.load(folder)
        except KnowledgeBaseError:
            continue  # chance put a number outside a span
        files, _ = read_files(folder)
        found = understood(random_request(dice, old.content), old.content)
        assert found.request is not None, (seed, found.wrong, [one.option for one in found.missing])
        place = Place(dice.choice([*(file.name for file in files), "new/file.yaml"]), "new-rule", False)
        try:
            made = new_rule(found.request, place, old.content, files, (), old.warnings)
        except RefusedError as error:
            # Chance rests a rule on a claim or a fact that is not in force.
            refused.append(str(error))
            continue
        before = {file.name: file for file in files}
        for file in made.files:
            was = before.get(file.name, File(file.name, b"")).data
            assert only_adds_lines(was, file.data), (seed, file.name)
        write_all(
            {
                folder / file.name: Change(before[file.name].data if file.name in before else None, file.data)
                for file in made.files
            }
        )
        assert not [one for one in wellfounded.diagnose(folder, DAY) if is_error(one)], seed
        new = wellfounded.load(folder)
        assert digest(old_part(new, old)) == old.digest, seed
        scenarios, wrong = read_scenarios(folder, new)
        assert not wrong and len(scenarios) == made.scenarios, (seed, wrong)
        failed = [result for one in scenarios if not (result := run_scenario(one, new)).passed]
        assert not failed, (seed, failed)
        made_scenarios += len(scenarios)
    assert made_scenarios > 3 * EACH
    assert all("inactive-fact" in why for why in refused), refused
