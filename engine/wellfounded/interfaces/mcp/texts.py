"""Documents → texts for a language model: what a person reads, with the ids that other tools take.

Each ends by saying what it is, and that nothing may be added to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from wellfounded.advise.phrases import phrases
from wellfounded.explain.words import words as chain_words
from wellfounded.interfaces.as_text import as_text
from wellfounded.interfaces.explanation_page import made_with
from wellfounded.interfaces.http.documents import AboutClaim, AboutReference, AboutRule, Ids, StatableFact
from wellfounded.interfaces.mcp.documents import AboutRecommendation, NextQuestions
from wellfounded.interfaces.mcp.words import words
from wellfounded.interfaces.page import Item, Page, Part, footer, item_of, question_items, reference_items
from wellfounded.model.advice import Advice, Recommendation, Undecided
from wellfounded.model.content import Lifecycle, Status

#: A model needs no line breaks.
_WIDTH = 1_000_000

#: So many questions stand below advice; a tool gives more.
_QUESTIONS = 3


def told(page: Page, notice: str, language: str) -> str:
    """A page as text, then what kind of information it is and how to pass it on."""
    parts = tuple(part for part in page.parts if part.items)
    return f"{as_text(replace(page, parts=parts), _WIDTH)}\n{notice} {words(language)['passing_on']}\n"


def advice_page(advice: Advice) -> Page:
    """Recommendations in their order, each with its id, its verdict and its references, if any."""
    said = phrases(advice.language)
    items = tuple(_recommended(item, advice.language) for item in advice.recommendations)
    nothing = said["no_advice_yet" if advice.questions else "nothing"]
    parts = (
        Part("", items or (Item("", nothing),), numbered=bool(items)),
        _undecided(advice.undecided, advice.language),
        Part(said["questions"], tuple(question_items(advice.questions[:_QUESTIONS], said))),
        Part(said["notes"], tuple(Item("", note.text) for note in advice.notes)),
        Part(
            said["left_out"],
            tuple(Item(f"{item.title} (`{item.id}`)", item.reason) for item in advice.left_out),
        ),
        Part(said["references"], tuple(reference_items(advice.references, advice.language))),
    )
    return Page(advice.title, "", parts, footer(advice))


def _recommended(item: Recommendation, language: str) -> Item:
    verdict = chain_words(language)[f"verdict_{item.verdict}"]
    return replace(item_of(item, phrases(language)), title=f"{item.title} (`{item.id}`): {verdict}")


def _undecided(undecided: Iterable[Undecided], language: str) -> Part:
    """Only by id: what each waits for is in the document."""
    ids = ", ".join(f"`{item.id}`" for item in undecided)
    return Part(words(language)["undecided"], (Item("", ids),) if ids else ())


def questions_page(found: NextQuestions) -> Page:
    """Questions, each with what can be answered and what it settles."""
    said, own = phrases(found.language), words(found.language)
    items = question_items(found.questions, said)
    asked = tuple(
        replace(item, small=(own["answer"].format(allowed=_allowed(fact, found.language)), *item.small))
        for item, fact in zip(items, found.facts, strict=True)
    )
    parts = (
        Part("", asked or (Item("", own["no_questions"]),), numbered=bool(asked)),
        _undecided(found.undecided, found.language),
    )
    return Page(own["next"], own["asking"] if asked else "", parts, _made_with(found))


def _allowed(fact: StatableFact, language: str) -> str:
    own, allowed = words(language), fact.allowed
    if fact.choices:
        return ", ".join(f"`{choice}` ({label})" for choice, label in fact.choices.items())
    if allowed.values:
        return own["yes_or_no"]
    form = "any_number" if allowed.low is None else "number"
    return own[form].format(low=allowed.low, high=allowed.high, unit=allowed.unit).strip()


def suggesting(page: Page, language: str) -> Page:
    """The page of suggested changes, which sends its reader on to a tool instead of a command."""
    return replace(page, notice=words(language)["suggesting"]) if page.notice else page


def recommendation_page(found: AboutRecommendation) -> Page:
    """The rules that can give a recommendation, in plain words, with the claims they name."""
    claims = {claim.id: claim for claim in found.claims}
    items = tuple(_rule(rule, claims, found.language) for rule in found.rules)
    return Page(f"{found.title} (`{found.id}`)", "", (Part("", items),), _made_with(found))


def _rule(rule: AboutRule, claims: Mapping[str, AboutClaim], language: str) -> Item:
    own = words(language)
    named = [
        own["because"].format(claim=f"`{claim}`", sources="; ".join(_cited(claims[claim])))
        for claim in rule.because
    ]
    small = (*rule.reads, *(named or [own["no_claim"]]), *_not_in_force(rule.status, language))
    return Item(own["rule"].format(id=f"`{rule.id}`"), "", small)


def _cited(claim: AboutClaim) -> list[str]:
    """Each reference with what it is worth, or that there is none."""
    said = phrases(claim.language)
    cited = [f"[{cite.reference}] ({said[cite.support]})" for cite in claim.cites]
    return cited or [said["own" if claim.editorial else "uncited"]]


def claim_page(found: AboutClaim) -> Page:
    """A claim, what it cites and what that is worth, and apart from it what other work says."""
    said, own = phrases(found.language), words(found.language)
    small = (
        *(f"{said['source']}: {cited}." for cited in _cited(found)),
        own["section"].format(title=found.section.title),
        *([own["contradicts"].format(claims=", ".join(found.contradicts))] if found.contradicts else []),
        *([found.contradiction] if found.contradiction else []),
        *_used_by(found.used_by, found.language),
        *_not_in_force(found.status, found.language),
    )
    further = tuple(Item("", f"{work.formatted} ({said[work.stance]})") for work in found.further)
    title = own["claim"].format(id=f"`{found.id}`")
    parts = (Part("", (Item("", found.says, small),)), Part(own["further"], further))
    return Page(title, "", parts, _made_with(found))


def reference_page(found: AboutReference) -> Page:
    """A reference as it is cited, and whether it was found."""
    said, own = phrases(found.language), words(found.language)
    status = "reference_unchecked" if found.status is Status.UNCHECKED else found.status
    small = (
        f"{said[status]}.",
        *([own["differences"].format(differences="; ".join(found.differences))] if found.differences else []),
        *(
            [own["probably_meant"].format(meant="; ".join(found.probably_meant))]
            if found.probably_meant
            else []
        ),
        *([found.note] if found.note else []),
        *_used_by(found.used_by, found.language),
    )
    title = own["reference"].format(number=found.number)
    parts = (Part("", (Item("", found.formatted, small),)),)
    return Page(title, "", parts, _made_with(found))


def _made_with(found: NextQuestions | AboutRecommendation | AboutClaim | AboutReference) -> str:
    return made_with(found.knowledge_base, found.language)


def _used_by(ids: Ids, language: str) -> Iterator[str]:
    said = chain_words(language)
    names = [f"{said.get(kind, kind).lower()} `{id}`" for kind, of_kind in ids.items() for id in of_kind]
    if names:
        yield words(language)["used_by"].format(used_by=", ".join(names))


def _not_in_force(status: Lifecycle, language: str) -> Iterator[str]:
    if status is Lifecycle.DRAFT:
        yield phrases(language)["draft"]
    elif status is not Lifecycle.ACTIVE:
        yield words(language)["retired"]
