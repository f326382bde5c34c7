"""A difference for a terminal: what was changed in words, then what it means, then for whom."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from wellfounded.interfaces import diff_words as words
from wellfounded.interfaces.diagnostics import Style, unstyled
from wellfounded.interfaces.retold import Say, say_in
from wellfounded.review.difference.compare import Difference
from wellfounded.review.difference.meaning import Answered, Finding, Topic
from wellfounded.review.difference.reading import Kind
from wellfounded.review.difference.records import SavedPeople

WIDTH = 100
_WHOSE = {
    Kind.MEANING: "means something else",
    Kind.EVIDENCE: "has other evidence",
    Kind.TEXT: "has other text",
}


def as_text(difference: Difference, style: Style = unstyled, language: str = "en") -> str:
    """The whole difference, in lines to read."""
    say = say_in(language)
    parts = [
        [f"{difference.old.name} → {difference.new.name}", say(words.headline(difference))],
        _part(say("What was changed"), _changes(difference, style, say)),
        _part(say("What it means"), _meaning(difference, style, say)),
        _part(say("People on record"), () if difference.people is None else _people(difference.people, say)),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _part(heading: str, lines: Iterable[str]) -> list[str]:
    found = list(lines)
    return [heading, "-" * len(heading), *found] if found else []


def _changes(difference: Difference, style: Style, say: Say) -> Iterator[str]:
    for change in difference.changes:
        for told in words.told(change):
            yield from _wrapped("• ", sentence(words.said(told, say), style))


def sentence(said: words.Sentence, style: Style = unstyled) -> str:
    """A sentence with its marks."""
    return "".join(_marked(run, style) for run in said)


def _marked(run: words.Run, style: Style) -> str:
    """A run on one line; what is gone and what is new are told apart without colours, too."""
    text = " ".join(run.text.split(" ")).replace("\n", " ")
    match run.mark:
        case words.Mark.CODE:
            return f"`{text}`"
        case words.Mark.OLD:
            return style(f"[-{text}-]", "red")
        case words.Mark.NEW:
            return style(f"{{+{text}+}}", "green")
    return text


def _meaning(difference: Difference, style: Style, say: Say) -> Iterator[str]:
    for topic in difference.topics:
        yield from _topic(topic, style, say)
    for fact in difference.facts:
        if fact.answered in (Answered.DIFFERENT, Answered.NOT_DECIDED):
            yield from _wrapped("• ", say(f"the derived fact `{fact.id}`: {words.fact_line(fact)}"))
            if fact.person:
                yield from _wrapped(f"  {say('person: ')}", words.person(fact))
    for note in difference.stated:
        yield from _wrapped("• ", say(f"the fact `{note.fact}` {note.says}"))
    for text in difference.texts:
        yield from _wrapped("• ", say(f"{text} is not the same"))
    yield from map(say, _same(difference))


def _topic(topic: Topic, style: Style, say: Say) -> Iterator[str]:
    was = f" (was `{topic.was}`)" if topic.was else ""
    for found in topic.findings:
        if found.answered is Answered.DIFFERENT:
            yield style(f"• {say(f'`{topic.id}`{was} {_WHOSE[found.kind]}')}", "yellow")
            yield from _example(found, say)
        elif found.answered is Answered.NOT_DECIDED:
            kind = "" if found.kind is Kind.MEANING else f" whether it {_WHOSE[found.kind]}"
            yield from _wrapped("• ", say(f"`{topic.id}`{was}: not decided{kind}: {found.reason}"))


def _example(found: Finding, say: Say) -> Iterator[str]:
    yield from _wrapped(f"  {say('person: ')}", words.person(found))
    before, after = say("old: "), say("new: ")
    for name, old, new in words.sides_said(found, say):
        if old == new:
            yield from _wrapped(f"  {name}: ", old)
        else:
            yield from _wrapped(f"  {name}, {before}", old)
            yield from _wrapped(f"  {' ' * len(name)}{after.rjust(len(before) + 2)}", new)


def _same(difference: Difference) -> Iterator[str]:
    answers = [topic.findings[0].answered for topic in difference.topics]
    alike, proved = (answers.count(a) for a in (Answered.WRITTEN_ALIKE, Answered.PROVED_EQUAL))
    if alike or proved:
        yield f"the same for every possible person: {alike} written alike, {proved} proved by the solver"


def _people(people: SavedPeople, say: Say) -> Iterator[str]:
    yield from _wrapped("", say(words.counted(people)))
    for count in people.topics:
        how = "another target" if count.old == count.new else f"{count.old} → {count.new}"
        verdict = f" ({count.old})" if count.old == count.new else ""
        yield f"• {say(f'{count.topic}: {how}{verdict}: {count.people:,}')}"
    for row in people.sample:
        moved = (f"{item.topic}: {say(words.moved(item), 'in_short')}" for item in row.topics)
        yield from _wrapped(f"  {say(f'row {row.row}: ')}", "; ".join(moved))
    for alone in people.by_one:
        yield from _wrapped(f"  {say(f'row {alone.row}: ')}", say(words.by_one(alone)))


def _wrapped(head: str, text: str) -> list[str]:
    """A text behind its head, on as many lines as it takes, each below the first."""
    text = " ".join(text.split())
    blank = " " * len(head)
    return textwrap.wrap(
        text, WIDTH, initial_indent=head, subsequent_indent=blank, break_on_hyphens=False,
        break_long_words=False,
    ) or [head.rstrip()]  # fmt: skip
