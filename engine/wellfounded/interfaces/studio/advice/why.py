"""Why a recommendation is as it is for a person, as a page shows it; and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from wellfounded.advise.edition import Edition
from wellfounded.advise.phrases import phrases
from wellfounded.explain.chain import State, StatedFact, Trail, UsedParameter
from wellfounded.explain.explanation import Explanation
from wellfounded.explain.suggested import Suggestions
from wellfounded.interfaces.as_html import as_parts
from wellfounded.interfaces.chain.as_svg import drawing
from wellfounded.interfaces.chain.page import tree
from wellfounded.interfaces.chain.picture import picture_of
from wellfounded.interfaces.explanation_page import explanation_page
from wellfounded.interfaces.line import Line, Run, filled, plain
from wellfounded.interfaces.page import Item, Page, Part
from wellfounded.interfaces.studio.advice.fields import labels
from wellfounded.interfaces.studio.advice.linked import Leads, linked, marked
from wellfounded.interfaces.studio.advice.person import Person
from wellfounded.interfaces.studio.rules.book import page_addresses
from wellfounded.interfaces.studio.workplace import Rules
from wellfounded.interfaces.what_if_page import Called, suggestions_page, what_if_page
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.advice import Recommendation, Via
from wellfounded.model.content import Citation, Lifecycle, Verdict, counts_as_support, editorial
from wellfounded.model.record import Record
from wellfounded.model.thing import Kind, Thing
from wellfounded.review.uses import topics


class CitedAs(Record, frozen=True):
    """What a claim cites, and what the audit says of that; ``address`` is that of the reference's page."""

    number: str
    address: str
    formatted: str
    found: str
    support: str
    reason: str
    checked_on: str
    checked_by: str


class ClaimBehind(Record, frozen=True):
    """A claim behind a recommendation. ``remark`` is a word of ``words.py`` where it counts for nothing."""

    says: str
    address: str
    remark: str
    cites: tuple[CitedAs, ...]


class Why(Record, frozen=True, gc=True):
    """``picture`` and ``words`` are markup, escaped already; ``wants`` are what can be searched for."""

    id: str
    heading: str
    says: Line
    part: str
    sentences: tuple[Line, ...]
    missing: tuple[Item, ...]
    picture: Markup
    words: Markup
    claims: tuple[ClaimBehind, ...]
    numbers: tuple[Line, ...]
    wants: tuple[str, ...]
    decisive: tuple[str, ...]
    rules: str


def why_of(rules: Rules, person: Person, id: str, edition: Edition) -> Why:
    """Why a recommendation is given, not given or undecided.

    Raises ``RecommendationError`` for one that there is not, and ``ConflictError``.
    """
    knowledge_base, language = rules.knowledge_base, edition.language
    found = knowledge_base.explain(person.facts, id, language, min_support=person.least)
    page = explanation_page(found)
    advice = knowledge_base.advise(person.facts, language, min_support=person.least)
    leads = page_addresses(rules, language)
    given = next((item for item in advice.recommendations if item.id == id), None)
    return Why(
        id,
        plain(page.title),
        page.notice if given is None else linked(given, edition, leads),
        plain(page.parts[0].heading) if page.parts else "",
        tuple(marked(sentence, knowledge_base.content.references, leads) for sentence in found.sentences),
        tuple(Item(item.question, item.help) for item in found.waits_for),
        _picture(found),
        _words(found),
        tuple(_claims(knowledge_base, found, given, edition, leads)),
        tuple(_numbers(found, leads)),
        tuple(_wants(found, knowledge_base)),
        tuple(_decisive(found, knowledge_base)),
        leads(Thing(Kind.RECOMMENDATION, id)),
    )


def _trail(found: Explanation) -> Trail:
    return Trail(found.recommendation, found.edges)


def _picture(found: Explanation) -> Markup:
    if not found.edges:
        return Markup()
    return Markup(drawing(picture_of(found.chain, _trail(found)), "picture"))


def _words(found: Explanation) -> Markup:
    if not found.edges:
        return Markup()
    item = Item("", bullets=tree(found.chain, _trail(found)).bullets)
    return Markup(as_parts(Page("", "", (Part("", (item,)),), ""), found.language))


def _wants(found: Explanation, knowledge_base: KnowledgeBase) -> Iterator[str]:
    """What a person may want of it that it is not yet."""
    if found.state is not State.GIVEN:
        yield "given"
        return
    yield "gone"
    rules = topics(knowledge_base.content)[found.recommendation]
    if found.verdict is not Verdict.KEEP and any(rule.target is not None for rule in rules):
        yield "keep"


def _decisive(found: Explanation, knowledge_base: KnowledgeBase) -> Iterator[str]:
    """The facts that this rests or waits on, which it makes most sense to change."""
    on_the_way = [node.fact for node in found.nodes.values() if isinstance(node, StatedFact)]
    waiting = [item.fact for item in found.waits_for]
    facts = (*(item.fact for item in found.facts), *on_the_way, *found.sharpened_by, *waiting)
    of = knowledge_base.content.facts
    yield from (fact for fact in dict.fromkeys(facts) if fact in of and of[fact].can_be_stated)


def _claims(
    knowledge_base: KnowledgeBase,
    found: Explanation,
    given: Recommendation | None,
    edition: Edition,
    leads: Leads,
) -> Iterator[ClaimBehind]:
    """The claims behind what is given, or behind the rules that would give it."""
    content = knowledge_base.content
    for id in _claim_ids(knowledge_base, found, given):
        claim = content.claims[id]
        remark = (
            "" if counts_as_support(content, claim) or claim.status is Lifecycle.ACTIVE else "does_not_count"
        )
        if editorial(content, claim):
            remark = "own_choice"
        elif not claim.cites:
            remark = "claim_cites_nothing"
        yield ClaimBehind(
            edition.wording.plain(claim.says),
            leads(Thing(Kind.CLAIM, id)),
            remark,
            tuple(_cited(cite, edition, leads) for cite in claim.cites),
        )


def _numbers(found: Explanation, leads: Leads) -> Iterator[Line]:
    """The numbers of the knowledge base that this rests on, by what they are called."""
    for node in found.nodes.values():
        if isinstance(node, UsedParameter):
            to = Run(node.worded, leads(Thing(Kind.PARAMETER, node.parameter)))
            yield filled("{label}: {number}", label=node.label, number=to)


def _claim_ids(
    knowledge_base: KnowledgeBase, found: Explanation, given: Recommendation | None
) -> Sequence[str]:
    if given is not None:
        return [source.claim for source in given.sources if source.via is not Via.CHAIN]
    rules = topics(knowledge_base.content)[found.recommendation]
    return list(dict.fromkeys(claim for rule in rules for claim in rule.because))


def _cited(cite: Citation, edition: Edition, leads: Leads) -> CitedAs:
    said = phrases(edition.language)
    listed = edition.references[cite.reference]
    status = "reference_unchecked" if str(listed.status) == "unchecked" else str(listed.status)
    checked = cite.checked
    return CitedAs(
        cite.reference,
        leads(Thing(Kind.REFERENCE, cite.reference)),
        listed.formatted,
        said[status],
        said[cite.support],
        edition.wording.plain(cite.reason),
        "" if checked is None else str(checked.on),
        "" if checked is None else checked.by,
    )


def what_if_html(
    knowledge_base: KnowledgeBase, person: Person, changes: Mapping[str, object], edition: Edition
) -> Markup:
    """What changes, as markup that is escaped already. Raises ``ConflictError``."""
    found = knowledge_base.what_if(person.facts, changes, edition.language, min_support=person.least)
    return Markup(as_parts(what_if_page(found, _called(edition)), edition.language))


def suggestions_html(found: Suggestions, edition: Edition) -> Markup:
    """The changes that were found, likewise."""
    return Markup(as_parts(suggestions_page(found, _called(edition)), edition.language))


def _called(edition: Edition) -> Called:
    names = labels(edition)
    return lambda fact: names.get(fact, fact)
