"""What the page of the interview shows: questions, answers, and the advice as far as it goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from wellfounded.advise.edition import Edition
from wellfounded.advise.phrases import phrases
from wellfounded.explain.words import words as verdict_words
from wellfounded.interfaces.interview_news import News, listed, news, no_longer
from wellfounded.interfaces.interview_words import words as interview_words
from wellfounded.interfaces.page import Item, item_of, reference_items, under_headings
from wellfounded.interfaces.studio.advice.fields import Field, field_of, labels
from wellfounded.interfaces.studio.advice.linked import Leads, linked
from wellfounded.interfaces.studio.advice.person import Person, facts_before
from wellfounded.interfaces.studio.rules.book import page_addresses
from wellfounded.interfaces.studio.workplace import Rules
from wellfounded.interview.interview import Interview
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.advice import Advice, Question
from wellfounded.model.content import CHANGES
from wellfounded.model.errors import ConflictError
from wellfounded.model.record import Record
from wellfounded.model.thing import Kind, Thing

#: So many questions are asked at once: what more there is may not be worth asking after these.
ASKED = 3


class Asked(Record, frozen=True):
    """A question with what hangs on it, in sentences."""

    field: Field
    matters: tuple[str, ...]


class Shown(Record, frozen=True):
    """A recommendation, or what is not given or open, as it is listed. ``mark`` is a word of ``words.py``."""

    id: str
    item: Item
    verdict: str = ""
    mark: str = ""


class Group(Record, frozen=True):
    heading: str
    items: tuple[Shown, ...]
    is_ordered: bool


class View(Record, frozen=True):
    """All that the page says of a person. ``later`` are questions that matter less than those asked now.

    ``open``, ``left_out`` and ``not_given`` are recommendations with the reason where there is one.
    """

    questions: tuple[Asked, ...]
    later: tuple[Field, ...]
    answers: tuple[Field, ...]
    settled: str
    lost: str
    news: tuple[News, ...]
    groups: tuple[Group, ...]
    open: tuple[Shown, ...]
    left_out: tuple[Shown, ...]
    not_given: tuple[Shown, ...]
    notes: tuple[str, ...]
    references: tuple[tuple[str, Item], ...]

    @property
    def count(self) -> int:
        """How many recommendations are given."""
        return sum(len(group.items) for group in self.groups)


def view_of(rules: Rules, person: Person, edition: Edition, waits: str) -> View:
    """What the page shows of a person; ``waits`` is how it says what is waited for.

    Raises ``ConflictError`` where rules disagree about the person.
    """
    knowledge_base = rules.knowledge_base
    interview = knowledge_base.interview(
        person.facts, edition.language, not_known=person.not_known, min_support=person.least
    )
    advice = interview.advice
    told = tuple(_news(knowledge_base, person, advice, edition))
    marks = {id: item.kind for item in told for id in item.ids}
    names = labels(edition)
    asked = tuple(_questions(interview, person, edition))
    now = {question.field.fact for question in asked}
    return View(
        asked,
        tuple(field_of(q.fact, person, edition) for q in interview.questions if q.fact not in now),
        answers_of(person, edition),
        _settled(interview),
        no_longer(interview, names.__getitem__, interview_words(edition.language)) if interview.lost else "",
        told,
        tuple(_groups(advice, marks, edition, page_addresses(rules, edition.language))),
        tuple(
            Shown(item.id, Item(item.title, waits.format(facts=", ".join(names[f] for f in item.waits_for))))
            for item in advice.undecided
        ),
        tuple(Shown(item.id, Item(item.title, item.reason)) for item in advice.left_out),
        tuple(Shown(id, Item(title)) for id, title in absent(advice, titles(edition))),
        tuple(note.text for note in advice.notes),
        tuple(zip(advice.references, reference_items(advice.references, advice.language), strict=True)),
    )


def answers_of(person: Person, edition: Edition) -> tuple[Field, ...]:
    """What was answered, the last answer first as in the form; what cannot be used is asked again."""
    facts = (*person.written, *person.not_known)
    return tuple(field_of(fact, person, edition) for fact in facts if fact not in person.wrong)


def _questions(interview: Interview, person: Person, edition: Edition) -> Iterator[Asked]:
    said = interview_words(edition.language)
    by_fact = {question.fact: question for question in interview.questions}
    first = [by_fact.get(fact) or interview.interviewer.question_about(fact) for fact in person.wrong]
    rest = [question for question in interview.questions if question.fact not in person.wrong][:ASKED]
    for question in (*first, *rest):
        yield Asked(field_of(question.fact, person, edition), tuple(_matters(question, edition, said)))


def _matters(question: Question, edition: Edition, said: Mapping[str, str]) -> Iterator[str]:
    for kind, topics in (("decides", question.decides), ("sharpens", question.sharpens)):
        if topics:
            named = [edition.titles[edition.topics[topic][0].rule] for topic in topics]
            yield said[kind].format(titles=listed(named, said))


def _settled(interview: Interview) -> str:
    """The word in ``words.py`` for how far the interview is; none while advice can still come of it."""
    if interview.only_rules_out:
        return "only_rules_out"
    if not interview.is_settled:
        return ""
    if interview.questions:
        return "sharpens_only"
    return "settled_but" if interview.advice.undecided else "settled"


def _news(knowledge_base: KnowledgeBase, person: Person, advice: Advice, edition: Edition) -> Iterator[News]:
    if not person.was:
        return
    before = facts_before(person, edition)
    try:
        earlier = knowledge_base.advise(before, edition.language, min_support=person.least)
    except ConflictError:
        return
    yield from news(earlier, advice, interview_words(edition.language))


def _groups(advice: Advice, marks: Mapping[str, str], edition: Edition, leads: Leads) -> Iterator[Group]:
    said, verdicts = phrases(advice.language), verdict_words(advice.language)
    for heading, given in under_headings(advice):
        items = tuple(
            Shown(
                each.id,
                replace(
                    item_of(each, said, lambda number: leads(Thing(Kind.REFERENCE, str(number)))),
                    text=linked(each, edition, leads),
                ),
                verdicts[f"verdict_{each.verdict}"] if each.verdict in CHANGES else "",
                {"given": "new", "changed": "changed"}.get(marks.get(each.id, ""), ""),
            )
            for each in given
        )
        yield Group(said[heading], items, heading == "change")


def titles(edition: Edition) -> Mapping[str, str]:
    """Every recommendation there is, with what it is called before anything is known."""
    found: dict[str, str] = {}
    for rule in edition.core.recommending:
        found.setdefault(rule.topic, edition.titles[rule.rule])
    return found


def absent(advice: Advice, all: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """What is not given and not open either."""
    there = {
        item.id for items in (advice.recommendations, advice.undecided, advice.left_out) for item in items
    }
    return [(id, title) for id, title in all.items() if id not in there]
