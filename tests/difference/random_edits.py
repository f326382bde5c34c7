"""Changes of one kind each, made at random to any knowledge base, as its authors would make them.

Each takes a copy of the things of a knowledge base and changes it in place; it says nothing, or ``False``
where there is nothing of the kind to change.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import yaml

from tests.properties.laid_out import Thing, Written

Edit: TypeAlias = Callable[[Written, Random], bool | None]


_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):  # type: ignore[misc]  # the faster one, where there is one
    """Reads `on` as a word, and a day as it is written."""


_Loader.yaml_implicit_resolvers = {
    start: [(tag, form) for tag, form in forms if not tag.endswith((":bool", ":timestamp"))]
    for start, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.yaml_implicit_resolvers |= {
    start: [("tag:yaml.org,2002:bool", re.compile("true|false")), *_Loader.yaml_implicit_resolvers[start]]
    for start in "tf"
}


def read_written(folder: Path) -> Written:
    """The things of a knowledge base in files, whatever file they stand in."""
    named: dict[str, Thing] = {"facts": {}, "parameters": {}, "claims": {}}
    header: Thing = {}
    rules: list[Thing] = []
    for path in sorted(folder.rglob("*.yaml")):
        if path.name.endswith(".scenarios.yaml"):
            continue
        for key, things in yaml.load(path.read_text("utf-8"), _Loader).items():
            if key == "rules":
                rules += things
            elif key in named:
                named[key] |= things
            elif isinstance(things, list):
                header.setdefault(key, []).extend(things)
            else:
                header.setdefault(key, {}).update(things)
    return Written(header, named["facts"], named["parameters"], named["claims"], rules)


def edited(written: Written, edit: Edit, random: Random) -> Written | None:
    """A copy with a change of this kind; nothing where none can be made."""
    copy = deepcopy(written)
    return None if edit(copy, random) is False else copy


# Numbers and parameters.


def a_number(written: Written, random: Random) -> bool | None:
    parameter = _one(random, written.parameters.values())
    if parameter is None:
        return False
    factor, more = random.choice(((1.125, 0), (1, 0.5), (1, -0.5), (0.5, 0)))
    if "value" in parameter:
        parameter["value"] = parameter["value"] * factor + more
    else:
        end = random.randrange(2)
        parameter["range"][end] = parameter["range"][end] * factor + more
    return None


def the_source_of_a_parameter(written: Written, random: Random) -> bool | None:
    parameter = _one(random, [item for item in written.parameters.values() if "claim" in item])
    if parameter is None:
        return False
    parameter["claim"] = random.choice(list(written.claims))
    return None


def the_unit_of_a_parameter(written: Written, random: Random) -> bool | None:
    """The same quantity in another unit, or the same number, which is another quantity."""
    hours = [item for item in written.parameters.values() if item.get("unit") in ("h", "min")]
    parameter = _one(random, hours)
    if parameter is None:
        return False
    factor = 60 if parameter["unit"] == "h" else 1 / 60
    parameter["unit"] = {"h": "min", "min": "h"}[parameter["unit"]]
    if random.random() < 0.7:
        if "value" in parameter:
            parameter["value"] *= factor
        else:
            parameter["range"] = [end * factor for end in parameter["range"]]
    return None


# Conditions.


def a_bound(written: Written, random: Random) -> bool | None:
    """One that is inclusive made exclusive, or the other way round, or turned round."""
    found = [(test, word) for test in _tests(written) for word in test if word in _OTHER_BOUND]
    if not found:
        return False
    test, word = random.choice(found)
    other = random.choice(_OTHER_BOUND[word])
    if other in test:
        return False
    test[other] = test.pop(word)
    return None


_OTHER_BOUND = {
    "at_least": ("above", "at_most"),
    "above": ("at_least", "below"),
    "at_most": ("below", "at_least"),
    "below": ("at_most", "above"),
}


def a_condition_less(written: Written, random: Random) -> bool | None:
    groups = [group for group in _conditions(written) if len(group) > 1]
    group = _one(random, groups)
    if group is None:
        return False
    del group[random.choice(list(group))]
    return None


def a_condition_negated(written: Written, random: Random) -> bool | None:
    group = _one(random, [group for group in _conditions(written) if group and "none" not in group])
    if group is None:
        return False
    key = random.choice(list(group))
    group["none"] = {key: group.pop(key)}
    return None


def all_for_any(written: Written, random: Random) -> bool | None:
    words = {"all": "any", "any": "all"}
    found = [(group, word) for group in _conditions(written) for word in words if word in group]
    if not found:
        return False
    group, word = random.choice(found)
    if words[word] in group:
        return False
    group[words[word]] = group.pop(word)
    return None


def a_condition_said_twice(written: Written, random: Random) -> bool | None:
    """Something that means the same."""
    rule = _one(random, [rule for rule in written.rules if rule.get("when") and "all" not in rule["when"]])
    if rule is None:
        return False
    rule["when"] = {**rule["when"], "all": [deepcopy(rule["when"])]}
    return None


def a_condition_denied_twice(written: Written, random: Random) -> bool | None:
    """Something that means the same."""
    rule = _one(random, [rule for rule in written.rules if rule.get("when")])
    if rule is None:
        return False
    rule["when"] = {"none": [{"none": [deepcopy(rule["when"])]}]}
    return None


# Rules.


def a_verdict(written: Written, random: Random) -> bool | None:
    rule = _one(random, [rule for rule in written.rules if "advise" in rule])
    if rule is None:
        return False
    rule["advise"] = random.choice([v for v in ("do", "consider", "avoid", "inform") if v != rule["advise"]])
    return None


def a_rule_more(written: Written, random: Random) -> bool | None:
    rule = _one(random, [rule for rule in written.rules if "conclude" not in rule and "topic" not in rule])
    if rule is None:
        return False
    written.rules.append({**deepcopy(rule), "id": "one-more"})
    return None


def a_rule_less(written: Written, random: Random) -> bool | None:
    rule = _one(random, [rule for rule in written.rules if "conclude" not in rule])
    if rule is None:
        return False
    written.rules.remove(rule)
    return None


def a_rule_in_two(written: Written, random: Random) -> bool | None:
    """Two rules that say the same on one topic, of which one is given where a fact holds, one where not."""
    facts = [id for id, fact in written.facts.items() if fact["type"] == "boolean"]
    rule = _one(random, [rule for rule in written.rules if "conclude" not in rule])
    if rule is None or not facts:
        return False
    fact = random.choice(facts)
    topic = {"topic": rule.get("topic", rule["id"])}
    when = rule.get("when", {})
    rule["when"] = {"all": [when, {fact: True}]}
    written.rules.append(
        {**deepcopy(rule), **topic, "id": "its-other-half", "when": {"all": [deepcopy(when), {fact: False}]}}
    )
    return None


def the_same_rule_twice(written: Written, random: Random) -> bool | None:
    """A second rule on the topic with the same words; it means the same."""
    rule = _one(random, [rule for rule in written.rules if "conclude" not in rule])
    if rule is None:
        return False
    written.rules.append({**deepcopy(rule), "topic": rule.get("topic", rule["id"]), "id": "the-same-again"})
    return None


def a_status(written: Written, random: Random) -> bool | None:
    rule = _one(random, written.rules)
    if rule is None:
        return False
    now = rule.get("status", "active")
    rule["status"] = random.choice([s for s in ("active", "draft", "retired") if s != now])
    return None


# Facts.


def a_fact_more(written: Written, random: Random) -> bool | None:
    texts = {key: dict.fromkeys(_languages(written), "x") for key in ("label", "question")}
    written.facts["one_more"] = {"type": "boolean", **texts}
    rule = _one(random, [rule for rule in written.rules if rule.get("when")])
    if rule is not None:
        rule["when"]["one_more"] = random.random() < 0.5
    return None


def a_fact_less(written: Written, random: Random) -> bool | None:
    """A fact, and each condition that asks for it where it stands beside others."""
    fact = _one(random, [id for id, fact in written.facts.items() if not fact.get("derived")])
    for group in _conditions(written):
        group.pop(fact, None)
    del written.facts[fact]
    return None


def a_narrower_span(written: Written, random: Random) -> bool | None:
    fact = _one(random, [fact for fact in written.facts.values() if "span" in fact and "formula" not in fact])
    if fact is None:
        return False
    low, high = fact["span"]
    part = (high - low) / 4
    fact["span"] = random.choice(([low + part, high], [low, high - part], [low - part, high + part]))
    return None


def a_choice_more_or_less(written: Written, random: Random) -> bool | None:
    fact = _one(random, [fact for fact in written.facts.values() if fact["type"] == "choice"])
    if fact is None:
        return False
    if random.random() < 0.5:
        fact["choices"]["one_more"] = dict.fromkeys(_languages(written), "x")
    else:
        del fact["choices"][random.choice(list(fact["choices"]))]
    return None


# Sources.


def a_citation(written: Written, random: Random) -> bool | None:
    """Another verdict on it, one more, or one less."""
    claim = _one(random, [claim for claim in written.claims.values() if claim.get("cites")])
    if claim is None:
        return False
    cite = random.choice(claim["cites"])
    match random.choice(("support", "less")):
        case "support":
            others = ("supports", "partly", "contradicts", "about-something-else")
            cite["support"] = random.choice([one for one in others if one != cite["support"]])
        case "less":
            claim["cites"].remove(cite)
            if not claim["cites"]:
                del claim["cites"]
    return None


def the_kind_of_a_claim(written: Written, random: Random) -> bool | None:
    kinds = ("action", "scope", "target", "background", "mechanism")
    claim = _one(random, written.claims.values())
    claim["kind"] = random.choice([kind for kind in kinds if kind != claim.get("kind")])
    return None


def the_section_of_a_claim(written: Written, random: Random) -> bool | None:
    claim = _one(random, written.claims.values())
    sections = [id for id in written.header["knowledge_base"]["sections"] if id != claim["section"]]
    claim["section"] = random.choice(sections)
    return None


def what_a_rule_rests_on(written: Written, random: Random) -> bool | None:
    rule = _one(random, [rule for rule in written.rules if rule.get("because")])
    if rule is None:
        return False
    rule["because"] = random.sample(list(written.claims), min(2, len(written.claims)))
    return None


# Texts.


def a_text(written: Written, random: Random) -> bool | None:
    """A word more in one of the texts that anyone reads."""
    held = [*written.rules, *written.facts.values(), *written.claims.values(), *_tables(written)]
    found = [text for thing in held for text in _texts(thing)]
    text = random.choice(found)
    language = random.choice(list(text))
    text[language] += " more"
    return None


def a_language_more(written: Written, random: Random) -> bool | None:
    known = _languages(written)
    code = next(code for code in ("de", "fr", "nl") if code not in known)
    written.header["knowledge_base"]["languages"].append(code)
    for text in _texts({"all": [written.header, written.facts, written.claims, written.rules]}, known[0]):
        text[code] = deepcopy(text[known[0]])
    for parameter in written.parameters.values():
        for text in _texts(parameter, known[0]):
            text[code] = deepcopy(text[known[0]])
    return None


# What is no change of meaning.


def nothing(written: Written, random: Random) -> None:
    """Only where and how things are written, which is random for every edit."""


def the_order_of_rules(written: Written, random: Random) -> None:
    random.shuffle(written.rules)


def another_id(written: Written, random: Random) -> bool | None:
    """A rule, fact, parameter or claim is called something else, wherever it is named."""
    ids = [*written.facts, *written.parameters, *written.claims, *(rule["id"] for rule in written.rules)]
    id = random.choice(ids)
    new = f"{id}_z" if "_" in id or id in written.facts or id in written.parameters else f"{id}-z"
    parts = (written.header, written.facts, written.parameters, written.claims, written.rules)
    for part in parts:
        renamed = json.loads(re.sub(rf'(?<!"en": ")(?<![\w-]){id}(?![\w-])', new, json.dumps(part)))
        part.clear()
        part.extend(renamed) if isinstance(part, list) else part.update(renamed)
    return None


#: Those that mean the same for everyone, and what may differ at all.
SAME_MEANING: tuple[Edit, ...] = (
    nothing,
    another_id,
    the_order_of_rules,
    a_text,
    a_language_more,
    a_citation,
    the_section_of_a_claim,
    what_a_rule_rests_on,
    the_source_of_a_parameter,
    a_condition_said_twice,
    a_condition_denied_twice,
    the_same_rule_twice,
)
MAY_MEAN_ANYTHING: tuple[Edit, ...] = (
    a_number,
    the_unit_of_a_parameter,
    a_bound,
    a_condition_less,
    a_condition_negated,
    all_for_any,
    a_verdict,
    a_rule_more,
    a_rule_less,
    a_rule_in_two,
    a_status,
    a_fact_more,
    a_fact_less,
    a_narrower_span,
    a_choice_more_or_less,
    the_kind_of_a_claim,
)
EDITS = (*SAME_MEANING, *MAY_MEAN_ANYTHING)
#: Those of which nothing but words may differ.
ONLY_WORDS: tuple[Edit, ...] = (nothing, another_id, the_order_of_rules, a_text, a_language_more)


def _one(random: Random, things: Any) -> Any:
    found = list(things)
    return random.choice(found) if found else None


def _languages(written: Written) -> list[str]:
    languages: list[str] = written.header["knowledge_base"]["languages"]
    return languages


def _tables(written: Written) -> list[Thing]:
    return list(written.header.get("tables", {}).values())


def _conditions(written: Written) -> Iterator[Thing]:
    """Every group of conditions of a rule, the whole of it and those within it."""
    for rule in written.rules:
        if rule.get("when"):
            yield from _groups(rule["when"])


def _groups(when: Any) -> Iterator[Thing]:
    yield when
    for word in ("all", "any", "none"):
        inner = when.get(word, ())
        for group in [inner] if isinstance(inner, dict) else inner:
            yield from _groups(group)


def _tests(written: Written) -> Iterator[Thing]:
    """Every test of a number, and every target."""
    for group in _conditions(written):
        yield from (test for key, test in group.items() if isinstance(test, dict) and key not in _WORDS)
    yield from (rule["target"] for rule in written.rules if "target" in rule)


_WORDS = ("all", "any", "none")


def _texts(thing: Any, language: str | None = None) -> Iterator[dict[str, Any]]:
    """Every text in a thing: what is there in each language."""
    if isinstance(thing, list):
        for item in thing:
            yield from _texts(item, language)
    elif isinstance(thing, dict):
        if thing and all(key in ("nl", "en", "de", "fr") for key in thing):
            yield thing
        else:
            for item in thing.values():
                yield from _texts(item, language)
