"""What changes if facts do, and what can be changed for a recommendation → pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from babel import Locale
from babel.dates import format_date
from msgspec.structs import replace

from wellfounded.explain.chain import State
from wellfounded.explain.sentence_words import sentence_words
from wellfounded.explain.suggested import SuggestedChange, Suggestion, Suggestions
from wellfounded.explain.what_if import ChangedFact, ChangedRecommendation, Standing, WhatIf
from wellfounded.explain.words import words
from wellfounded.interfaces.audit_words import spoken
from wellfounded.interfaces.explanation_page import made_with
from wellfounded.interfaces.explanation_words import explanation_words
from wellfounded.interfaces.page import Bullet, Item, Page, Part

#: What a fact is called where it has to be known first, or is waited for.
Called = Callable[[str], str]


def _by_id(fact: str) -> str:
    return f"`{fact}`"


def what_if_page(found: WhatIf, called: Called = _by_id) -> Page:
    """What changes: what was asked about, what follows, and the advice."""
    said = explanation_words(found.language)
    return _page(found, said["what_if"], said["change"], said, called)


def since_page(found: WhatIf, since: date, on: date) -> Page:
    """What has changed from one day to another: what is known, what follows, and the advice."""
    said = explanation_words(found.language)
    days = (format_date(day, "long", locale=Locale.parse(spoken(found.language))) for day in (since, on))
    title = said["since"].format(**dict(zip(("since", "on"), days, strict=True)))
    page = _page(found, title, said["changed_facts"], said, _by_id)
    return page if found.changed else replace(page, parts=(Part("", (Item("", said["no_fact_changes"]),)),))


def _page(found: WhatIf, title: str, changes: str, said: Mapping[str, str], called: Called) -> Page:
    labels = {fact.fact: fact.label for fact in found.changed}
    changed = tuple(Item("", _changed(fact, said)) for fact in found.changed)
    derived = tuple(_derived(fact, labels, said) for fact in found.derived)
    advice = tuple(_recommendation(item, labels, found.language, called) for item in found.recommendations)
    parts = (
        Part(changes, changed),
        Part(said["follows"], derived),
        Part(said["advice_changes"], advice or (Item("", said["nothing_changes"]),)),
    )
    return Page(
        title,
        "",
        tuple(part for part in parts if part.items),
        made_with(found.knowledge_base, found.language),
    )


def _changed(fact: ChangedFact, said: Mapping[str, str]) -> str:
    before, after = fact.before_worded or said["unknown"], fact.after_worded or said["unknown"]
    return said["change_line"].format(fact=fact.label, before=before, after=after)


def _derived(fact: ChangedFact, labels: Mapping[str, str], said: Mapping[str, str]) -> Item:
    return Item("", _changed(fact, said), _because(fact.because, labels, said))


def _because(facts: tuple[str, ...], labels: Mapping[str, str], said: Mapping[str, str]) -> tuple[str, ...]:
    """The changes that something takes; of a single change it goes without saying."""
    if len(labels) < 2:
        return ()
    return (said["because"].format(facts="; ".join(labels[fact] for fact in facts)),)


def _recommendation(
    item: ChangedRecommendation, labels: Mapping[str, str], language: str, called: Called
) -> Item:
    said = explanation_words(language)
    title = said[f"became_{item.became}"].format(
        title=item.title, before=_standing(item.before, language), after=_standing(item.after, language)
    )
    waits = [said["waits_for"].format(facts=", ".join(map(called, item.after.waits_for)))]
    small = (*_because(item.because, labels, said), *(waits if item.after.waits_for else ()))
    return Item(title, item.after.text, small)


def _standing(standing: Standing, language: str) -> str:
    if standing.verdict is not None:
        return words(language)[f"verdict_{standing.verdict}"]
    return explanation_words(language)[f"state_{standing.state}"]


def suggestions_page(found: Suggestions, called: Called = _by_id) -> Page:
    """What can be changed, each way with what then is; or why there is nothing to suggest."""
    said = explanation_words(found.language)
    ways = [_way(number, way, found) for number, way in enumerate(found.suggestions, 1)]
    remarks = tuple(Item("", remark) for remark in _remarks(found, said, called))
    return Page(
        said[f"want_{found.want}"].format(title=found.title),
        said["no_advice"] if found.suggestions else "",
        (*(Part(title, (item,)) for title, item in ways), *((Part("", remarks),) if remarks else ())),
        made_with(found.knowledge_base, found.language),
    )


def _way(number: int, way: Suggestion, found: Suggestions) -> tuple[str, Item]:
    said = explanation_words(found.language)
    state = _standing(way.then, found.language)
    then = said["then"].format(title=found.title, state=state)
    bullets = tuple(Bullet(_suggested(change, said)) for change in way.changes)
    small = (f"{then} {way.then.text}",) if way.then.state is State.GIVEN else (then,)
    return said["way"].format(number=number), Item("", bullets=bullets, small=small)


def _suggested(change: SuggestedChange, said: Mapping[str, str]) -> str:
    line = said["change_line"].format(
        fact=change.label, before=change.before_worded or said["unknown"], after=change.after_worded
    )
    return f"{line} ({said['works'].format(works=change.works_worded)})" if change.works_worded else line


def _remarks(found: Suggestions, said: Mapping[str, str], called: Called) -> Iterator[str]:
    if found.already:
        yield said["already"]
    elif found.not_in_force:
        yield sentence_words(found.language)["not_in_force"].format(title=found.title)
    elif found.left_out:
        yield said["would_be_left_out"].format(reason=found.left_out)
    elif found.impossible:
        facts = "; ".join(f"{fact.label}: {fact.worded}" for fact in found.impossible)
        yield said["impossible"].format(facts=facts)
    elif found.suggestions:
        if found.more:
            yield said["one_more_way" if found.more == 1 else "more_ways"].format(count=found.more)
        if not found.every_value:
            yield said["not_all"]
    else:
        yield said["none_found" if found.every_value else "none_found_yet"].format(at_most=found.at_most)
        if found.unknown:
            facts = ", ".join(map(called, found.unknown))
            yield said["needed_first"].format(facts=facts)
