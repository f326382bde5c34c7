"""What an answer settled, in sentences: what is new, different, open again or not given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from wellfounded.interview.interview import Became, Interview, became
from wellfounded.model.advice import Advice
from wellfounded.model.record import Record

#: So many titles are named; of more, only how many.
MOST_TITLES = 5

_NOT_GIVEN = ("absent", "left-out", "undecided")
_KINDS = ("given", "changed", "undecided", "not_given")


class News(Record, frozen=True):
    """A sentence about all recommendations of which the same came, and which those are.

    ``kind`` is ``given`` for what is new, ``changed``, ``undecided`` for what is open again, ``not_given``.
    """

    kind: str
    text: str
    ids: tuple[str, ...]


def news(before: Advice, after: Advice, said: Mapping[str, str]) -> Iterator[News]:
    """What an answer settled, in the words of an interview."""
    kinds: dict[str, list[Became]] = {}
    for item in became(before, after):
        kinds.setdefault(_kind(item), []).append(item)
    for kind in _KINDS:
        if kind in kinds:
            titles = [_titled(item, kind, said) for item in kinds[kind]]
            text = said[kind].format(titles=listed(titles, said))
            yield News(kind, text, tuple(item.id for item in kinds[kind]))


def _kind(item: Became) -> str:
    if item.after not in _NOT_GIVEN:
        return "given" if item.before in _NOT_GIVEN else "changed"
    return "undecided" if item.after == "undecided" else "not_given"


def _titled(item: Became, kind: str, said: Mapping[str, str]) -> str:
    """The title, with the verdict where there is more to it than that it is given."""
    if kind in ("given", "changed") and item.after not in ("meet", "inform"):
        return f"{item.title} ({said[item.after]})"
    return item.title


def no_longer(interview: Interview, label: Callable[[str], str], said: Mapping[str, str]) -> str:
    """About what there can be no advice any more, because of what is not known."""
    lost = [item for item in interview.advice.undecided if item.id in interview.lost]
    missing = {fact for item in lost for fact in item.waits_for}
    facts = ", ".join(label(fact) for fact in interview.not_known if fact in missing)
    return said["lost"].format(facts=facts, titles=listed([item.title for item in lost], said))


def listed(titles: Sequence[str], said: Mapping[str, str]) -> str:
    """Titles one after the other, not all of them where they are many."""
    named = ", ".join(titles[:MOST_TITLES])
    more = len(titles) - MOST_TITLES
    return named + (said["and_more"].format(count=more) if more > 0 else "")
