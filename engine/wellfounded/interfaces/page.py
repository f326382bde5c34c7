"""Advice → a page: headings, items with paragraphs, bullets and tables, in the order a client reads them.

Text, Markdown and HTML are renderings of the same page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from wellfounded.advise.phrases import phrases
from wellfounded.interfaces.line import Line, Run, filled, joined
from wellfounded.model.advice import Advice, ListedReference, Question, Recommendation, Source, Via
from wellfounded.model.content import CHANGES, Lifecycle, Locator, Status, Support
from wellfounded.model.record import Record

if TYPE_CHECKING:
    from wellfounded.interfaces.chain.picture import Picture

Phrases = Mapping[str, str]
#: Where the number of a reference leads, as a ``Run`` says it.
Leads = Callable[[int], str]


def _nowhere(_: int) -> str:
    return ""


class Bullet(Record, frozen=True):
    text: Line
    under: tuple[Bullet, ...] = ()
    anchor: str = ""


class Table(Record, frozen=True):
    headings: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


class Item(Record, frozen=True):
    """A recommendation or a question: a title, what it says, and smaller print below it.

    ``anchor`` is what a line of the page leads to it by; no two are the same. A ``picture`` shows again what
    the bullets say, where pictures can be shown.
    """

    title: Line
    text: Line = ""
    small: tuple[Line, ...] = ()
    bullets: tuple[Bullet, ...] = ()
    table: Table | None = None
    anchor: str = ""
    picture: Picture | None = None


class Part(Record, frozen=True):
    """A heading with its items; ``numbered`` where their order is one of importance.

    A part without a heading is all that its page has to say.
    """

    heading: Line
    items: tuple[Item, ...]
    numbered: bool = False
    intro: str = ""
    anchor: str = ""


class Way(Record, frozen=True):
    """Links that lead through a site, under a name that is read out and not shown.

    ``ordered`` where each leads to what the next is part of.
    """

    name: str
    links: tuple[Line, ...]
    ordered: bool = False


class Search(Record, frozen=True):
    """A field that leaves of a page's bullets those that hold what is typed; without scripts, all of them.

    ``words`` has for the address of a bullet's link what else it is found by.
    """

    label: str
    found: str
    words: tuple[tuple[str, str], ...]


class Page(Record, frozen=True):
    """``contents`` is the heading of a list of the parts, where the page is so long that it needs one.

    A page of a site has the address ``here``, and the ``ways`` from it to others of the site.
    """

    title: Line
    notice: Line
    parts: tuple[Part, ...]
    footer: str
    contents: str = ""
    here: str = ""
    ways: tuple[Way, ...] = ()
    search: Search | None = None


def page(advice: Advice) -> Page:
    """The page a person reads: what to change first, then what to keep, then what is still to be asked."""
    words = phrases(advice.language)
    return Page(
        advice.title,
        advice.notice,
        tuple(part for part in _parts(advice, words) if part.items),
        footer(advice),
    )


def footer(advice: Advice) -> str:
    """What the advice was made with."""
    identity, words = advice.knowledge_base, phrases(advice.language)
    made = words["made_with"].format(id=identity.id, version=identity.version, digest=identity.digest[:19])
    return f"{made}, {words['with_drafts']}" if advice.policy.drafts else made


def _parts(advice: Advice, words: Phrases) -> Iterator[Part]:
    if not advice.recommendations:
        yield Part(words["no_advice_yet"] if advice.questions else words["nothing"], (Item(""),))
    for heading, given in under_headings(advice):
        yield Part(words[heading], tuple(item_of(r, words) for r in given), numbered=heading == "change")
    yield Part(words["questions"], tuple(question_items(advice.questions, words)))
    yield Part(words["notes"], tuple(Item("", note.text) for note in advice.notes))
    yield Part(words["left_out"], tuple(Item(item.title, item.reason) for item in advice.left_out))
    yield Part(words["references"], tuple(reference_items(advice.references, advice.language)))


def under_headings(advice: Advice) -> Iterator[tuple[str, tuple[Recommendation, ...]]]:
    """The recommendations in their order, each group with the name of its heading in ``phrases``."""
    for heading, given in groupby(advice.recommendations, key=_heading):
        yield heading, tuple(given)


def _heading(recommendation: Recommendation) -> str:
    return "change" if recommendation.verdict in CHANGES else str(recommendation.verdict)


def item_of(recommendation: Recommendation, words: Phrases, leads: Leads = _nowhere) -> Item:
    """What a person reads of one recommendation, with where the numbers of references lead."""
    causes = recommendation.table if recommendation.table and not recommendation.columns else ()
    return Item(
        recommendation.title,
        recommendation.text,
        tuple(_small_print(recommendation, words, leads)),
        tuple(_cause(row) for row in causes),
        _table(recommendation) if recommendation.columns else None,
    )


def _small_print(recommendation: Recommendation, words: Phrases, leads: Leads) -> Iterator[Line]:
    if recommendation.status is Lifecycle.DRAFT:
        yield words["draft"]
    direct = [source for source in recommendation.sources if source.via is not Via.CHAIN]
    indirect = [source for source in recommendation.sources if source.via is Via.CHAIN]
    claims = [source for source in direct if source.counts]
    why = next((source for source in claims if source.cites), claims[0] if claims else None)
    if why is not None:
        yield f"{words['why']}: {why.says}"
    cited = _cited(direct, words, leads)
    if cited:
        yield filled("{of}: {cited}.", of=words["source"], cited=joined(cited, "; "))
    elif all(source.editorial for source in direct):
        yield f"{words['source']}: {words['own']}."
    else:
        yield f"{words['source']}: {words['uncited']}."
    for source in recommendation.sources:
        if source.status is not Lifecycle.ACTIVE and not source.counts:
            cites = joined((Run(f"[{c.reference}]", leads(c.reference)) for c in source.cites), " ")
            says = f"{words[f'rests_on_{source.status}']}: {source.says}"
            yield joined((says, cites) if cites else (says,), " ")
    behind = [line for line in _cited(indirect, words, leads) if line not in cited]
    if behind:
        yield filled("{of}: {cited}.", of=words["behind"], cited=joined(behind, "; "))


def _cited(sources: Iterable[Source], words: Phrases, leads: Leads) -> list[tuple[Run, ...]]:
    """Each citation that counts once, with what the audit says of it."""
    found: dict[tuple[int, Support, Locator | None], None] = {}
    for source in (source for source in sources if source.counts):
        found.update(dict.fromkeys((cite.reference, cite.support, cite.locator) for cite in source.cites))
    return [
        (
            Run(f"[{reference}]", leads(reference)),
            Run(f"{_place(locator, words)} ({words[support]})"),
        )
        for reference, support, locator in found
    ]


def _place(locator: Locator | None, words: Phrases) -> str:
    return "" if locator is None else f", {words[f'at_{locator.label}']} {locator.value}"


def _cause(row: Mapping[str, Any]) -> Bullet:
    return Bullet(row["cause"], tuple(_cause(behind) for behind in row.get("because", ())))


def _table(recommendation: Recommendation) -> Table:
    columns = recommendation.columns
    rows = []
    for row in recommendation.table or ():
        cells = [str(row.get(column, "")) for column in columns]
        if "remark" in row:
            cells[0] += f" ({row['remark']})"
        rows.append(tuple(cells))
    return Table(tuple(columns.values()), tuple(rows))


def question_items(questions: Iterable[Question], words: Phrases) -> Iterator[Item]:
    """Each question, with how much advice it settles and sharpens."""
    for question in questions:
        gains = [
            words[name if count > 1 else f"{name}_one"].format(count=count)
            for name, count in (("decides", len(question.decides)), ("sharpens", len(question.sharpens)))
            if count
        ]
        yield Item(question.question, question.help, (f"`{question.fact}`: {', '.join(gains)}",))


def reference_items(references: Mapping[str, ListedReference], language: str) -> Iterator[Item]:
    """Each reference as it is cited, and whether it was found."""
    words = phrases(language)
    for number, reference in references.items():
        status = "reference_unchecked" if reference.status is Status.UNCHECKED else reference.status
        yield Item(f"[{number}]", reference.formatted, (f"{words[status]}.",))
