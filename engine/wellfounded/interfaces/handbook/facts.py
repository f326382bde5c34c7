"""The pages of facts and of parameters."""

from __future__ import annotations

from collections.abc import Iterator

from wellfounded.interfaces.handbook.book import Book
from wellfounded.interfaces.handbook.rules import reading
from wellfounded.interfaces.line import filled
from wellfounded.interfaces.page import Bullet, Item, Page, Part
from wellfounded.model.content import Fact, FactType, Parameter
from wellfounded.model.thing import Kind, Thing


def fact_page(book: Book, fact: Fact) -> Page:
    """What a fact is, how it is derived, and where it is used."""
    thing = Thing(Kind.FACT, fact.id)
    return book.page(
        book.names[thing],
        book.lines.text(fact.label),
        book.lines.kind(Kind.FACT, fact.id),
        (
            Part(book.words["what_it_is"], (Item("", bullets=tuple(_about(book, fact))),), anchor="about"),
            Part(book.words["derived"], tuple(_derived(book, fact)), anchor="derived"),
            book.what_uses_what(thing),
        ),
    )


def _about(book: Book, fact: Fact) -> Iterator[Bullet]:
    words = book.words
    if fact.question:
        yield Bullet(filled(words["question"], question=book.lines.text(fact.question)), _help(book, fact))
    yield _type(book, fact)
    unit = book.content.units[fact.unit].shown if fact.unit else ""
    if unit:
        yield Bullet(words["unit"].format(unit=unit))
    if fact.step is not None:
        yield Bullet(words["step"].format(step=book.prose.names.wording.quantity(fact.step, fact.unit)))
    if fact.statable:
        yield Bullet(words["statable"])
    elif fact.can_be_stated and fact.formula is None:
        yield Bullet(words["stated"])
    if not fact.changeable:
        yield Bullet(words["not_changeable"])


def _help(book: Book, fact: Fact) -> tuple[Bullet, ...]:
    return (Bullet(book.lines.text(fact.help)),) if fact.help else ()


def _type(book: Book, fact: Fact) -> Bullet:
    if fact.type is FactType.CHOICE:
        choices = (
            Bullet(filled("{text} ({id})", text=book.lines.text(text), id=book.lines.id(id)))
            for id, text in fact.choices.items()
        )
        return Bullet(book.words["type_choice"], tuple(choices))
    if fact.span is None:
        return Bullet(book.words[f"type_{fact.type}"])
    low, high = (book.prose.names.wording.quantity(end, fact.unit) for end in fact.span)
    return Bullet(book.words["type_number_span"].format(low=low, high=high))


def _derived(book: Book, fact: Fact) -> Iterator[Item]:
    if fact.formula is not None:
        formula = book.lines.said(book.prose.names.formula(fact.formula))
        yield Item("", filled("{fact} = {formula}", fact=book.lines.text(fact.label), formula=formula))
    if not fact.derived:
        return
    rules = [
        rule
        for rule in book.content.rules.values()
        if rule.conclude is not None and rule.conclude.fact == fact.id
    ]
    if fact.otherwise is not None:
        otherwise = book.lines.said(book.prose.names.values(fact, (fact.otherwise,)))
        yield Item("", filled(book.words["derived_choice"], otherwise=otherwise))
    elif fact.formula is None:
        yield Item("", book.words["derived_yes" if rules else "no_rules"])
    for rule in rules:
        yield from reading(book, rule, book.lines.rule(rule.id))


def parameter_page(book: Book, parameter: Parameter) -> Page:
    """A number, the claim it comes from, and where it is used."""
    thing = Thing(Kind.PARAMETER, parameter.id)
    number = book.lines.said(book.prose.names.parameter(parameter))
    source = Bullet(book.lines.explained(book.claims[parameter.claim]))
    return book.page(
        book.names[thing],
        book.lines.text(parameter.label),
        book.lines.kind(Kind.PARAMETER, parameter.id),
        (
            Part(book.words["value"], (Item("", "".join(run.text for run in number)),), anchor="value"),
            Part(book.words["comes_from"], (Item("", bullets=(source,)),), anchor="source"),
            book.what_uses_what(thing),
        ),
    )
