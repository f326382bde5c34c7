"""Random damage to texts and to what they hold, for fuzzing. The same random numbers always do the same."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from random import Random
from typing import Any, TypeAlias

Mutation: TypeAlias = Callable[[str, Random], str]

#: Values that stand where others are expected.
ODD_VALUES = [
    "null", "~", "''", '""', "true", "false", "yes", "on", "0", "-0", "-1", "1e308", "-1e308", "1e-320",
    "1e999", "0.1", "00", "0x1F", "1_000", "1:30", ".5", "5.", ".nan", ".inf", "9" * 40, "0." + "1" * 60,
    "2026-02-30", "[]", "{}", "[null]", "[[]]", "[{}]", "{a: }", "{: 1}", "{all: []}", "{any: {}}",
    "{none: [[]]}", "*a", "&a b", "&a", "!!str 1", "!!python/name:os.system", "!x", "|", ">", "? a", "- a",
    "@a", "`a`", "%a", "x" * 5000, "é" * 300, "a: b: c", "'", '"', "\\", '"\\x00"', '"\\ud800"', "\u0000",
    "\u0007", "\u2028", "\ufeff", "\U0001f331", "\u202eabc", "\x85", "{" * 80, "[" * 80,
    "[" * 70 + "]" * 70, "{target}", "'{'", "'}{'", "'{current} {target.low}'", "a / 0", "a +", "(((",
    "-" * 50 + "1", "1" + " + 1" * 200, "feeders * feeders", "seed / feeders / feeders", "range",
    "seed_dose", "seed_dose.low", "seed_dose.middle", "other", "fed", "high", "kg/0", "kg^9", "kg^-9/kg",
    "°C", "%", "of of of",
]  # fmt: skip

ODD_LINES = [
    "---", "...", "%YAML 1.1", "%TAG ! tag:x,2000:", "<<: *a", "? [a, b]", ": x", "- - - -", "\t",
    "\tkey: value", "rules:", "rules: []", "facts:", "facts: {}", "knowledge_base: {}", "claims: null", "#",
    "key", "  key: value", "\r", "\x00", "=", "{", "}", "]", "'", '"', "| ", "any: [{}]", "when: {}",
    "says: {en: ''}",
]  # fmt: skip

ODD_CHARACTERS = (
    "\x00\x01\x07\x1b\x7f\x85\xa0\u00ad\u200b\u2028\u2029\u202e\ufeff\ufffe\U0001f331\U0010ffff"
    "\t\r\n'\"{}[]:,&*!|>%@`#?-\\"
)

ODD_ITEMS: list[Any] = [
    None, True, False, 0, -1, 1, 0.1, 1e308, -1e308, 10**30, 1e-300, "", " ", "x", "x" * 3000, "\x00",
    "\u2028", "null", "true", "yes", "1", "1e999", [], {}, [[]], [{}], {"": ""}, {"x": None}, {"all": []},
    {"below": None}, [None], {"en": "{"}, {"en": "{feeders}"}, {"en": ""}, {"xx": "x"}, "feeders", "seed",
    "birdy", "seed_dose", "seed_dose.low", "seed / feeders", "feeders / 0", "1 / (feeders - feeders)",
    "-seed", "((seed))", "many", "enough-seed", "kg", "kg/week", {"value": 1, "range": [1, 2]}, [2, 1],
    [1, 1], [1, 2, 3], ["a", "b"], {"is": True}, {"of": "seed", "is": 1},
]  # fmt: skip


def in_text(text: str, random: Random) -> str:
    """A text with one to three small damages."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        text = random.choice(ON_TEXT)(text, random)
    return text


def slightly(text: str, random: Random) -> str:
    """A text that has one word or number in the place of another: what often still loads."""
    return random.choice((other_word, other_number))(text, random)


def delete_characters(text: str, random: Random) -> str:
    place = random.randrange(len(text) + 1)
    return text[:place] + text[place + random.choice((1, 1, 2, 5, 40)) :]


def insert_character(text: str, random: Random) -> str:
    place = random.randrange(len(text) + 1)
    return text[:place] + random.choice(ODD_CHARACTERS) * random.choice((1, 1, 3, 200)) + text[place:]


def swap_characters(text: str, random: Random) -> str:
    place = random.randrange(max(len(text) - 1, 1))
    return text[:place] + text[place : place + 2][::-1] + text[place + 2 :]


def cut_short(text: str, random: Random) -> str:
    return text[: random.randrange(len(text) + 1)]


def other_word(text: str, random: Random) -> str:
    """One word in the place of another: a fact for a fact, `below` for `above`, `any` for `none` …"""
    words = list(re.finditer(r"[a-z][a-z_]+", text))
    if not words:
        return text
    place = random.choice(words)
    return text[: place.start()] + random.choice(words)[0] + text[place.end() :]


def other_number(text: str, random: Random) -> str:
    numbers = list(re.finditer(r"[0-9]+(\.[0-9]+)?", text))
    if not numbers:
        return text
    place = random.choice(numbers)
    other = random.choice(
        (random.choice(numbers)[0], "0", "-1", "0.5", "7", "1000000", "0.000000001", "1e15")
    )
    return text[: place.start()] + other + text[place.end() :]


def on_lines(change: Callable[[list[str], int, Random], None]) -> Mutation:
    """A mutation of the lines around a random one."""

    def mutate(text: str, random: Random) -> str:
        lines = text.split("\n")
        change(lines, random.randrange(len(lines)), random)
        return "\n".join(lines)

    return mutate


def delete_line(lines: list[str], place: int, random: Random) -> None:
    del lines[place : place + random.choice((1, 1, 1, 4))]


def duplicate_line(lines: list[str], place: int, random: Random) -> None:
    lines.insert(random.choice((place, random.randrange(len(lines)))), lines[place])


def swap_lines(lines: list[str], place: int, random: Random) -> None:
    other = random.randrange(len(lines))
    lines[place], lines[other] = lines[other], lines[place]


def odd_line(lines: list[str], place: int, random: Random) -> None:
    lines.insert(place, " " * random.randrange(8) + random.choice(ODD_LINES))


def indent_otherwise(lines: list[str], place: int, random: Random) -> None:
    lines[place] = " " * random.randrange(9) + lines[place].lstrip()


def odd_value(lines: list[str], place: int, random: Random) -> None:
    """Put something else behind one of the colons or commas of a line."""
    line = lines[place]
    ends = [at + 1 for at, character in enumerate(line) if character in ":,[" and at + 1 < len(line)]
    if not ends:
        return
    start = random.choice(ends)
    stop = min((at for at in (line.find(c, start) for c in ",}]") if at > 0), default=len(line))
    lines[place] = f"{line[:start]} {random.choice(ODD_VALUES)}{line[stop:]}"


ON_TEXT: list[Mutation] = [
    delete_characters,
    insert_character,
    swap_characters,
    cut_short,
    *map(on_lines, (delete_line, duplicate_line, swap_lines, odd_line, indent_otherwise)),
    *(on_lines(odd_value),) * 4,
    other_word,
    other_number,
]


def in_data(document: Any, random: Random) -> Any:
    """Plain data in which one to three things were deleted, doubled, moved, renamed or replaced."""
    document = copy.deepcopy(document)
    for _ in range(random.choice((1, 1, 2, 3))):
        damage(document, random)
    return document


def damage(document: Any, random: Random) -> None:
    holders = list(containers(document))
    holder = random.choice(holders)
    if not holder:
        return
    key = random.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    match random.randrange(6):
        case 0:
            del holder[key]
        case 1:
            holder[key] = copy.deepcopy(random.choice(ODD_ITEMS))
        case 2:  # something that stands elsewhere in the document
            other = random.choice(holders)
            if other:
                found = random.choice(list(other.values()) if isinstance(other, dict) else other)
                holder[key] = copy.deepcopy(found)
        case 3 if isinstance(holder, dict):
            names = ["x", "all", "target", "says", "when", "is", "en", f"{key}s", ""]
            holder[random.choice(names)] = holder.pop(key)
        case 4 if isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
        case _:
            holder[key] = [holder[key]] if random.random() < 0.5 else {"x": holder[key]}


def containers(item: Any) -> list[Any]:
    """Every list and mapping in plain data."""
    if not isinstance(item, dict | list):
        return []
    parts = item.values() if isinstance(item, dict) else item
    return [item, *(found for part in parts for found in containers(part))]


def in_bytes(data: bytes, random: Random) -> bytes:
    """Bytes of which some were changed, dropped or put in, or in another encoding."""
    match random.randrange(6):
        case 0:
            return data.decode().encode(random.choice(("utf-16", "utf-32", "cp037")))
        case 1:
            return data[: random.randrange(len(data) + 1)]
        case 2:
            return random.randbytes(random.randrange(200))
        case _:
            changed = bytearray(data)
            for _ in range(random.randint(1, 5)):
                place = random.randrange(len(changed) + 1)
                changed[place : place + random.randrange(3)] = random.randbytes(random.randrange(3))
            return bytes(changed)
