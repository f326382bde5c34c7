"""The sentences in which a difference is told, as runs that each format marks in its own way.

They are English; ``said`` and ``sides_said`` say them in another language.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from wellfounded.interfaces.outcome_words import moved_text, target_text
from wellfounded.interfaces.retold import Say
from wellfounded.interfaces.verify_report import person_text
from wellfounded.model.record import Record
from wellfounded.model.values import plain_number
from wellfounded.model.word import Word
from wellfounded.review.difference.changes import Change, Detail, What
from wellfounded.review.difference.compare import Difference
from wellfounded.review.difference.meaning import Answered, DerivedFact, Finding, Side
from wellfounded.review.difference.reading import Kind
from wellfounded.review.difference.records import AdvisedByOne, Moved, SavedPeople
from wellfounded.review.difference.wording import Stay, pieces

#: A text that is longer than this is shown where it changes, with so many words around.
LONG = 160
AROUND = 40


class Mark(Word):
    """How a run stands out: an id or what authors write, what is gone, what is new."""

    PLAIN = "plain"
    CODE = "code"
    OLD = "old"
    NEW = "new"


class Run(Record, frozen=True):
    """``ours`` is whether the engine says it, and no author wrote it."""

    text: str
    mark: Mark = Mark.PLAIN
    ours: bool = True


Sentence = tuple[Run, ...]


def code(text: str) -> Run:
    return Run(text, Mark.CODE, ours=False)


def said(sentence: Sentence, say: Say) -> Sentence:
    """A sentence in another language; what authors wrote stays as it is."""
    return tuple(replace(run, text=say(run.text, "run")) if run.ours else run for run in sentence)


def told(change: Change) -> Iterator[Sentence]:
    """A change: a sentence for each of its details, or one that says what happened to the thing."""
    about = (Run(f"{change.kind} "), code(change.id))
    match change.what:
        case What.CHANGED:
            yield from ((*about, Run(": "), *detail(item)) for item in change.details)
        case What.MOVED:
            [where] = change.details
            after = (Run(" now stands after "), code(where.new)) if where.new else (Run(" now stands first"),)
            yield (*about, *after)
        case What.RENAMED:
            yield (*about, Run(" was called "), code(change.was))
            yield from ((*about, Run(": "), *detail(item)) for item in change.details)
        case What.ADDED:
            yield (*about, Run(" is new"), *_summary(change, new=True))
        case What.REMOVED:
            yield (*about, Run(" is gone"), *_summary(change, new=False))


def _summary(change: Change, new: bool) -> Sentence:
    """What is told of a thing that is new or gone, in one line."""
    made: list[Run] = []
    for item in change.details:
        named = (Run(f"{item.part}: "),) if item.part else ()
        text = Run(item.new if new else item.old, ours=False)
        made += [Run("; " if made else ": "), *named, text]
    return tuple(made)


def detail(item: Detail) -> Sentence:
    """One part that was changed."""
    if item.part == "cites":
        return (
            Run("now cites "),
            Run(item.new or "nothing", Mark.NEW, ours=not item.new),
            Run(", before "),
            Run(item.old or "nothing", Mark.OLD, ours=not item.old),
        )
    name = (Run(f"{item.part}: "),) if item.part else ()
    if item.inside:
        name = (Run(f"{item.part}, in {' in '.join(reversed(item.inside))}: "),)
    if item.prose and item.old and item.new:
        return (*name, *_words(item.old, item.new))
    if not item.old:
        return (*name, Run(item.new, Mark.NEW, ours=False), Run(" is new"))
    if not item.new:
        return (*name, Run(item.old, Mark.OLD, ours=False), Run(" is gone"))
    old, new, shared = _shared_unit(item.old, item.new)
    unit = (Run(shared, ours=False),) if shared else ()
    return (*name, Run(old, Mark.OLD, ours=False), Run(" → "), Run(new, Mark.NEW, ours=False), *unit)


def _shared_unit(old: str, new: str) -> tuple[str, str, str]:
    """Two quantities without the unit that both have, and the unit."""
    (one, _, unit), (other, _, its_unit) = old.partition(" "), new.partition(" ")
    if unit and unit == its_unit and one[:1].isdigit() and other[:1].isdigit():
        return one, other, f" {unit}"
    return old, new, ""


def _words(old: str, new: str) -> Iterator[Run]:
    marks = {Stay.SAME: Mark.PLAIN, Stay.OLD: Mark.OLD, Stay.NEW: Mark.NEW}
    found = pieces(old, new)
    for place, piece in enumerate(found):
        text = piece.text
        if piece.stay is Stay.SAME and len(old) > LONG:
            text = _shortened(text, first=place == 0, last=place == len(found) - 1)
        yield Run(text, marks[piece.stay], ours=False)


def _shortened(text: str, first: bool, last: bool) -> str:
    """What stayed, without what is far from any change."""
    if len(text) <= 2 * AROUND:
        return text
    head = "" if first else text[:AROUND].rsplit(" ", 1)[0]
    tail = "" if last else text[-AROUND:].split(" ", 1)[-1]
    return f"{head} … {tail}" if head or tail else text


# What it means.


def headline(difference: Difference) -> str:
    """What it comes to, in one sentence."""
    if difference.old.digest == difference.new.digest and not difference.changes:
        return "The two say the same: their digests are equal."
    count = {kind: len(difference.topics_that_differ(kind)) for kind in Kind}
    undecided = len(difference.not_decided())
    parts = []
    if count[Kind.MEANING]:
        parts.append(f"{_topics(count[Kind.MEANING])} with another meaning for somebody")
    if count[Kind.EVIDENCE]:
        parts.append(f"{_topics(count[Kind.EVIDENCE])} with other evidence only")
    if count[Kind.TEXT]:
        parts.append(f"{_topics(count[Kind.TEXT])} with other text")
    if undecided:
        parts.append(f"{_topics(undecided)} not decided")
    if not difference.topics:
        return "There is no topic to compare."
    excluded = [f"`{note.fact}`" for note in difference.stated if note.excludes]
    everybody = "everybody whom both can advise" if excluded else "everybody"
    lost = (
        f" Some people can no longer be advised, for what they state of {_and(excluded)}." if excluded else ""
    )
    if not parts:
        return f"All {_topics(len(difference.topics))} mean the same for {everybody}.{lost}"
    rest = len(difference.topics) - count[Kind.MEANING] - undecided
    same = f"; {rest} {'mean' if rest > 1 else 'means'} the same for {everybody}" if rest else ""
    return f"{_and(parts)}{same}.{lost}"


def _topics(number: int) -> str:
    return f"{number} topic{'' if number == 1 else 's'}"


def _and(parts: list[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]


def rows(difference: Difference) -> Iterator[tuple[str, str, str]]:
    """The summary: each topic that is not the same, what differs, and from what to what."""
    for topic in difference.topics:
        for found in topic.findings:
            if found.answered is Answered.DIFFERENT and found.old and found.new:
                yield topic.id, str(found.kind), _in_short(found)
            elif found.answered is Answered.NOT_DECIDED:
                yield topic.id, f"{found.kind}: not decided", found.reason


def _in_short(found: Finding) -> str:
    assert found.old is not None and found.new is not None
    if found.kind is Kind.TEXT:
        return "the same advice in other words"
    if found.kind is Kind.EVIDENCE:
        supports = found.old.support, found.new.support
        return "other sources" if supports[0] == supports[1] else f"support: {' → '.join(supports)}"
    return f"{outcome(found.old)} → {outcome(found.new)}"


def outcome(side: Side) -> str:
    """The verdict with its target, or why there is none."""
    waits = f", waits for {', '.join(side.waits_for)}" if side.waits_for else ""
    target = "" if side.target is None else f" ({target_text(side.target)})"
    return f"{side.outcome}{target}{waits}"


def sides(found: Finding) -> Iterator[tuple[str, str, str]]:
    """Both advices line by line: what the line is about, and what each version says."""
    old, new = found.old, found.new
    assert old is not None and new is not None
    lines = {
        "advice": (outcome(old), outcome(new)),
        "title": (old.title, new.title),
        "text": (old.text, new.text),
        "support": (old.support, new.support),
        "sources": _only_in_one(old.sources, new.sources),
        "references": _only_in_one(old.references, new.references),
        "small print": _only_in_one(old.small_print, new.small_print),
    }
    shown = [name for name in _SHOWN[found.kind] if lines[name][0] != lines[name][1]]
    for name in dict.fromkeys(("advice", *(shown or ["small print"]))):
        one, other = lines[name]
        yield name, one or "–", other or "–"
    if old.error or new.error:
        yield "error", old.error or "–", new.error or "–"


def sides_said(found: Finding, say: Say) -> Iterator[tuple[str, str, str]]:
    """The same in another language; titles, texts and rows are in one already."""
    for name, *both in sides(found):
        old, new = (_side_said(name, text, say) for text in both)
        yield say(name, "line"), old, new


def _side_said(name: str, text: str, say: Say) -> str:
    if name == "error":
        return say(text)
    if name in _SAID_IN:
        return "; ".join(say(one, _SAID_IN[name]) for one in text.split("; "))
    return text


#: What the lines about what stands behind advice are made of.
_SAID_IN = {"advice": "outcome", "support": "support", "sources": "source", "references": "cited"}

#: What is held side by side, by what differs.
_SHOWN = {
    Kind.MEANING: ("advice", "text"),
    Kind.EVIDENCE: ("advice", "support", "sources", "references"),
    Kind.TEXT: ("advice", "title", "text", "small print"),
}


def _only_in_one(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, str]:
    """The lines that the other does not have."""
    return "; ".join(line for line in old if line not in new), "; ".join(x for x in new if x not in old)


def fact_line(fact: DerivedFact) -> str:
    """What was found of a derived fact."""
    if fact.answered is Answered.NOT_DECIDED:
        return f"not decided: {fact.reason}"
    return f"{_value(fact.old)} → {_value(fact.new)}"


def _value(value: object) -> str:
    words = {None: "unknown", True: "yes", False: "no"}
    if value is None or isinstance(value, bool):
        return words[value]
    return str(plain_number(value)) if isinstance(value, float) else str(value)


def person(found: Finding | DerivedFact) -> str:
    return person_text(found.person)


def counted(people: SavedPeople) -> str:
    """Whom the file held, in a sentence."""
    share = f" ({people.changed / people.compared:.1%})" if people.compared else ""
    rest = [
        f"{number:,} could be advised by {which}"
        for number, which in (
            (people.only_old, "the old version only"),
            (people.only_new, "the new version only"),
            (people.neither, "neither"),
        )
        if number
    ]
    said = f"{people.changed:,} of {people.compared:,} people get different advice{share}"
    return f"{'; '.join([said, *rest])}."


def by_one(row: AdvisedByOne) -> str:
    """Which version advises a row, and why the other does not."""
    return f"advised by the {row.by} version only: {row.reason}"


def moved(item: Moved) -> str:
    return moved_text(item.old, item.new)
