"""A difference for a pull request: a short table first, and the details folded below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from wellfounded.interfaces import diff_words as words
from wellfounded.review.difference.compare import Difference
from wellfounded.review.difference.meaning import Answered, DerivedFact, Finding, Topic
from wellfounded.review.difference.records import SavedPeople

#: What Markdown, or GitHub, would read as markup, a mention, an issue, an address, an emoji or a formula.
_MARKUP = re.compile(r"[\\`*\[\]|#~@<>&$]|(?<!\w)_|_(?!\w)|:(?=\S)|(?<=www)\.", re.IGNORECASE)
#: A comment of GitHub has at most 65,536 characters.
LONGEST = 60_000


def as_markdown(difference: Difference) -> str:
    """The whole difference, or as much of it as a comment may hold."""
    written = "\n".join([*_summary(difference), *_details(difference)]) + "\n"
    if len(written) <= LONGEST:
        return written
    more = "\n\nThe details are too long for a comment: `wellfounded diff` prints them all.\n"
    shorter = "\n".join(_summary(difference))
    return (shorter if len(shorter) <= LONGEST else shorter[:LONGEST].rpartition("\n")[0]) + more


def _summary(difference: Difference) -> Iterator[str]:
    yield f"## {escaped(difference.old.name)} → {escaped(difference.new.name)}"
    yield ""
    yield escaped(words.headline(difference))
    table = [(code(topic), escaped(kind), escaped(how)) for topic, kind, how in words.rows(difference)]
    table += [(code(note.fact), "who is compared", escaped(note.says)) for note in difference.stated]
    table += [("", "text", escaped(text)) for text in difference.texts]
    if table:
        yield ""
        yield "| topic | what differs | example |"
        yield "|---|---|---|"
        yield from (f"| {' | '.join(row)} |" for row in table)
    if difference.people is not None:
        yield ""
        yield escaped(words.counted(difference.people))


def _details(difference: Difference) -> Iterator[str]:
    yield from _folded(f"What was changed ({len(difference.changes)})", _changes(difference))
    for topic in difference.topics:
        yield from _topic(topic)
    derived = [fact for fact in difference.facts if fact.answered is not Answered.PROVED_EQUAL]
    lines = (f"- {code(fact.id)}: {escaped(words.fact_line(fact))}{_for(fact)}" for fact in derived)
    yield from _folded(f"Derived facts ({len(derived)})", lines)
    if difference.people is not None:
        yield from _folded("People on record", _people(difference.people))


def _for(fact: DerivedFact) -> str:
    return f", for {code(words.person(fact))}" if fact.answered is Answered.DIFFERENT else ""


def _folded(summary: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield from ("", f"<details><summary>{summary}</summary>", "", *found, "", "</details>")


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


def _topic(topic: Topic) -> Iterator[str]:
    for found in topic.findings:
        if found.answered is Answered.DIFFERENT:
            heading = f"<code>{html(topic.id)}</code>: {found.kind}"
            yield from _folded(heading, _side_by_side(found))


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
    if people.sample:
        yield from ("", "| row | what changes |", "|---:|---|")
    for row in people.sample:
        said = "<br>".join(f"{code(item.topic)}: {escaped(words.moved(item))}" for item in row.topics)
        yield f"| {row.row} | {said} |"


def escaped(text: str) -> str:
    """The text in one line, with all that could be read as markup written literally."""
    line = " ".join(text.split()) if text.strip() else ""
    start = " " if text[:1].isspace() and line else ""
    end = " " if text[-1:].isspace() and line else ""
    made = _MARKUP.sub(lambda found: f"&#{ord(found[0])};", line)
    return f"{start}{made}{end}" or (" " if text else "")


def html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def code(text: str) -> str:
    """The text as code, in a way that no character in it can end, in a table as well."""
    return f"<code>{escaped(text)}</code>"
