"""A difference for a pull request: a short table first, and the details folded below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from wellfounded.interfaces import diff_words as words
from wellfounded.review.difference.compare import Difference
from wellfounded.review.difference.meaning import Answered, DerivedFact, Finding, Topic
from wellfounded.review.difference.records import SavedPeople

#: What Markdown, or GitHub, would read as markup, a mention, an issue, an address, an emoji or a formula.
_MARKUP = re.compile(r"[\\`*\[\]|#~@<>&$]|(?<![^\W_])_|_(?![^\W_])|:(?=\S)|(?<=www)\.", re.IGNORECASE)
#: Of these, what GitHub looks for when all markup is read, so that it has to be kept apart from what follows.
_READ_LATE = "#@$:."
#: A comment of GitHub has at most 65,536 characters.
LONGEST = 65_000
_NOTE = 200


class _Piece(NamedTuple):
    """Lines that are left out together where there is no room; ``called`` says what they are."""

    text: str
    called: str


def as_markdown(difference: Difference) -> str:
    """The whole difference, or as much of it as a comment may hold, and what is left out of it."""
    room = LONGEST - _NOTE
    kept: list[str] = []
    left: Counter[str] = Counter()
    for piece in (*_summary(difference), *_details(difference)):
        if len(piece.text) < room:
            kept.append(piece.text)
            room -= len(piece.text) + 1
        else:
            left[piece.called] += 1
    if left:
        what = ", ".join(f"{called} ({number:,})" for called, number in left.items())
        kept += [
            "",
            f"Left out, as a comment has at most 65,536 characters: {what}. `wellfounded diff` prints all.",
        ]
    return "\n".join(kept) + "\n"


def _summary(difference: Difference) -> Iterator[_Piece]:
    names = f"## {escaped(difference.old.name)} → {escaped(difference.new.name)}\n"
    yield _Piece(names, "the names of the two")
    yield _Piece(escaped(words.headline(difference)), "the summary")
    table = [(code(topic), escaped(kind), escaped(how)) for topic, kind, how in words.rows(difference)]
    table += [(code(note.fact), "who is compared", escaped(note.says)) for note in difference.stated]
    table += [("", "text", escaped(text)) for text in difference.texts]
    if table:
        yield _Piece("\n| topic | what differs | example |\n|---|---|---|", "the head of the table")
        yield from (_Piece(f"| {' | '.join(row)} |", "rows of the table") for row in table)
    if difference.people is not None:
        yield _Piece(f"\n{escaped(words.counted(difference.people))}", "how many people")


def _details(difference: Difference) -> Iterator[_Piece]:
    changes = list(_changes(difference))
    lines = _at_most(changes, LONGEST // 2, "- … and {:,} more: `wellfounded diff` prints them all")
    yield from _folded(f"What was changed ({len(changes)})", lines, "what was changed")
    for topic in difference.topics:
        yield from _topic(topic)
    derived = [fact for fact in difference.facts if fact.answered is not Answered.PROVED_EQUAL]
    lines = [f"- {code(fact.id)}: {escaped(words.fact_line(fact))}{_for(fact)}" for fact in derived]
    yield from _folded(f"Derived facts ({len(derived)})", lines, "derived facts")
    if difference.people is not None:
        yield from _folded("People on record", _people(difference.people), "people on record")


def _at_most(lines: list[str], length: int, more: str) -> list[str]:
    """The first lines that have room, and how many more there are."""
    ends = accumulate(len(line) + 1 for line in lines)
    fitting = sum(end <= length for end in ends)
    return lines if fitting == len(lines) else [*lines[:fitting], more.format(len(lines) - fitting)]


def _for(fact: DerivedFact) -> str:
    return f", for {code(words.person(fact))}" if fact.answered is Answered.DIFFERENT else ""


def _folded(summary: str, lines: Iterable[str], called: str) -> Iterator[_Piece]:
    found = list(lines)
    if found:
        folded = ("", f"<details><summary>{summary}</summary>", "", *found, "", "</details>")
        yield _Piece("\n".join(folded), called)


def _changes(difference: Difference) -> Iterator[str]:
    for change in difference.changes:
        for sentence in words.told(change):
            yield f"- {''.join(map(_marked, sentence))}"


def _marked(run: words.Run) -> str:
    if run.mark is words.Mark.CODE:
        return code(run.text)
    around = {words.Mark.OLD: "del", words.Mark.NEW: "ins"}.get(run.mark)
    text = escaped(run.text)
    if around is None or not text.strip():
        return text
    before, after = " " * text.startswith(" "), " " * text.endswith(" ")
    return f"{before}<{around}>{text.strip()}</{around}>{after}"


def _topic(topic: Topic) -> Iterator[_Piece]:
    for found in topic.findings:
        if found.answered is Answered.DIFFERENT:
            heading = f"<code>{html(topic.id)}</code>: {found.kind}"
            yield from _folded(heading, _side_by_side(found), "examples")


def _side_by_side(found: Finding) -> Iterator[str]:
    yield from (f"For {code(words.person(found))}:", "", "| | old | new |", "|---|---|---|")
    for name, old, new in words.sides(found):
        yield f"| {name} | {escaped(old)} | {escaped(new)} |"


def _people(people: SavedPeople) -> Iterator[str]:
    yield escaped(words.counted(people))
    if people.topics:
        yield from ("", "| topic | old | new | people |", "|---|---|---|---:|")
    for count in people.topics:
        new = "another target" if count.old == count.new else count.new
        yield f"| {code(count.topic)} | {escaped(count.old)} | {escaped(new)} | {count.people:,} |"
    if people.sample or people.by_one:
        yield from ("", "| row | what changes |", "|---:|---|")
    for row in people.sample:
        said = "<br>".join(f"{code(item.topic)}: {escaped(words.moved(item))}" for item in row.topics)
        yield f"| {row.row} | {said} |"
    for alone in people.by_one:
        yield f"| {alone.row} | {escaped(words.by_one(alone))} |"


def escaped(text: str) -> str:
    """The text in one line, with all that could be read as markup written literally."""
    return _in_one_line(text, lambda found: _literal(found[0]) + "<!-- -->" * (found[0] in _READ_LATE))


def _literal(character: str) -> str:
    return f"&#{ord(character)};"


def _in_one_line(text: str, written: Callable[[re.Match[str]], str]) -> str:
    line = " ".join(text.split())
    start = " " if text[:1].isspace() and line else ""
    end = " " if text[-1:].isspace() and line else ""
    return f"{start}{_MARKUP.sub(written, line)}{end}" or (" " if text else "")


def html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def code(text: str) -> str:
    """The text as code, in a way that no character in it can end, in a table as well."""
    return f"<code>{_in_one_line(text, lambda found: _literal(found[0]))}</code>"
