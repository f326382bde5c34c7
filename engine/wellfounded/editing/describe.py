"""What a name stands for, in Markdown, for a person who points at it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from wellfounded.bibliography.entries import status_of
from wellfounded.bibliography.formatted import apa
from wellfounded.bibliography.publication import publication
from wellfounded.check.walk import formulas, number_text
from wellfounded.editing.index import Symbol
from wellfounded.editing.language import Kind
from wellfounded.model.content import Claim, Content, Fact, FactType, Lifecycle, Parameter, Rule
from wellfounded.model.expression import as_written, names_in
from wellfounded.model.unit import NO_UNIT


def describe(symbol: Symbol, contents: Iterable[Content]) -> str:
    """What is known of a thing, of the first content that has it; empty if none has."""
    for content in contents:
        lines = list(_DESCRIBES[symbol.kind](symbol, content))
        if lines:
            return "\n\n".join([f"**{symbol.name}** – {lines[0]}", *lines[1:]])
    return ""


def in_short(symbol: Symbol, contents: Iterable[Content]) -> str:
    """The thing in a few words, for a list of proposals."""
    for content in contents:
        lines = list(_DESCRIBES[symbol.kind](symbol, content))
        if lines:
            return lines[0]
    return ""


def _texts(text: Mapping[str, str]) -> Iterator[str]:
    """A text in all its languages, a line each."""
    if text:
        yield "  \n".join(f"*{language}:* {wording}" for language, wording in text.items())


def _listed(title: str, names: Iterable[str]) -> Iterator[str]:
    names = list(dict.fromkeys(names))
    if names:
        yield f"{title}: {', '.join(f'`{name}`' for name in names)}"


def _fact(symbol: Symbol, content: Content) -> Iterator[str]:
    fact = content.facts.get(symbol.name)
    if fact is None:
        return
    stated = "derived, and can be stated" if fact.statable else "derived" if fact.derived else "stated"
    fixed = "" if fact.changeable else ", cannot be changed"
    yield f"fact, {_type(fact, content)}, {stated}{fixed}"
    yield from _texts(fact.label)
    yield from _texts(fact.question)
    if fact.choices:
        yield "\n".join(f"- `{id}`: {' / '.join(text.values())}" for id, text in fact.choices.items())
    if fact.formula is not None:
        yield f"Formula: `{as_written(fact.formula)}`"
    yield from _listed("Concluded by", (rule.id for rule in _concluding(fact, content)))
    if fact.otherwise:
        yield f"Otherwise: `{fact.otherwise}`"


def _type(fact: Fact, content: Content) -> str:
    if fact.type is not FactType.NUMBER:
        return fact.type.called
    unit = content.units.get(fact.unit, NO_UNIT).shown
    span = "" if fact.span is None else f" from {number_text(fact.span[0])} to {number_text(fact.span[1])}"
    step = "" if fact.step is None else f", by {number_text(fact.step)}"
    return f"number{span}{f' {unit}' if unit else ''}{step}"


def _concluding(fact: Fact, content: Content) -> Iterator[Rule]:
    return (r for r in content.rules.values() if r.conclude is not None and r.conclude.fact == fact.id)


def _choice(symbol: Symbol, content: Content) -> Iterator[str]:
    fact = content.facts.get(symbol.of)
    if fact is not None and symbol.name in fact.choices:
        yield f"choice of `{fact.id}`"
        yield from _texts(fact.choices[symbol.name])


def _parameter(symbol: Symbol, content: Content) -> Iterator[str]:
    parameter = content.parameters.get(symbol.name)
    if parameter is None:
        return
    yield f"parameter, {_number(parameter, content)}"
    yield from _texts(parameter.label)
    claim = content.claims.get(parameter.claim)
    if claim is not None:
        yield f"Claim `{claim.id}`:"
        yield from _said(claim, content)
    yield from _listed("Used by", _using(parameter.id, content))


def _number(parameter: Parameter, content: Content) -> str:
    low, high = number_text(parameter.low), number_text(parameter.high)
    unit = content.units.get(parameter.unit, NO_UNIT).shown
    return f"{f'{low} to {high}' if parameter.is_range else low}{f' {unit}' if unit else ''}"


def _using(name: str, content: Content) -> Iterator[str]:
    return (p.about for p in formulas(content) if name in {one.name for one in names_in(p.formula)})


def _claim(symbol: Symbol, content: Content) -> Iterator[str]:
    claim = content.claims.get(symbol.name)
    if claim is None:
        return
    status = "" if claim.status is Lifecycle.ACTIVE else f", {claim.status}"
    yield f"claim, {claim.kind}{status}"
    yield from _said(claim, content)


def _said(claim: Claim, content: Content) -> Iterator[str]:
    yield from _texts(claim.says)
    section = content.header.sections.get(claim.section)
    if section is not None:
        kind = "Editorial section" if section.editorial else "Section"
        yield f"{kind} `{section.id}`: {' / '.join(section.title.values())}"
    if not claim.cites:
        yield "Cites nothing."
    for cite in claim.cites:
        yield from _one_citation(f"[{cite.reference}] {cite.support}", cite.reason)
    for further in claim.further_evidence:
        yield from _one_citation(f"Further: `{further.work}` {further.stance}", further.finding)
    yield from _listed("Contradicts", claim.contradicts)


def _one_citation(said: str, why: Mapping[str, str]) -> Iterator[str]:
    yield "  \n".join([f"**{said}**", *_texts(why)])


def _rule(symbol: Symbol, content: Content) -> Iterator[str]:
    rule = content.rules.get(symbol.name)
    if rule is None:
        return
    status = "" if rule.status is Lifecycle.ACTIVE else f", {rule.status}"
    yield f"rule{status}, {_gives(rule)}"
    yield from _texts(rule.title)
    yield from _listed("Because", rule.because)


def _gives(rule: Rule) -> str:
    if rule.conclude is not None:
        return f"concludes `{rule.conclude.fact}`"
    topic = f"topic `{rule.topic}`"
    if rule.target is not None:
        return f"{topic}, target of `{rule.target.of}`"
    return f"{topic}, {rule.advise}"


def _topic(symbol: Symbol, content: Content) -> Iterator[str]:
    rules = [r for r in content.rules.values() if r.recommends and r.topic == symbol.name]
    if rules:
        yield "topic"
        yield from _texts(rules[0].title)
        yield from _listed("Rules", (rule.id for rule in rules))


def _reference(symbol: Symbol, content: Content) -> Iterator[str]:
    reference = content.references.get(symbol.name)
    if reference is None:
        return
    language = content.header.languages[0]
    yield "reference"
    yield f"[{reference.number}] {apa(publication(reference.as_cited), language)}"
    yield f"On record: {status_of(reference, language)}"
    yield from _texts(reference.on_record.note)
    yield from _listed("Probably meant", reference.on_record.probably_meant)
    cited = (c.id for c in content.claims.values() if reference.number in {x.reference for x in c.cites})
    yield from _listed("Cited by", cited)


def _work(symbol: Symbol, content: Content) -> Iterator[str]:
    work = content.works.get(symbol.name)
    if work is not None:
        yield "work"
        yield apa(publication(work.csl), content.header.languages[0])


def _table(symbol: Symbol, content: Content) -> Iterator[str]:
    table = content.tables.get(symbol.name)
    if table is not None:
        yield f"table, {len(table.rows)} rows"
        yield from _texts(table.title)
        yield from _listed("Columns", table.columns)
        yield from _listed("Claim", [table.claim])


def _column(symbol: Symbol, content: Content) -> Iterator[str]:
    table = content.tables.get(symbol.of)
    if table is not None and symbol.name in table.columns:
        yield f"column of `{table.id}`"
        yield from _texts(table.columns[symbol.name])


def _section(symbol: Symbol, content: Content) -> Iterator[str]:
    section = content.header.sections.get(symbol.name)
    if section is not None:
        yield "editorial section" if section.editorial else "section"
        yield from _texts(section.title)
        claims = sum(1 for claim in content.claims.values() if claim.section == section.id)
        yield f"Claims: {claims}"


def _unit(symbol: Symbol, content: Content) -> Iterator[str]:
    unit = content.units.get(symbol.name)
    if unit is not None:
        yield f"unit, shown as {unit.shown or 'nothing'}"
        yield from _texts({language: pattern.other for language, pattern in unit.says.items()})
        facts = [fact.id for fact in content.facts.values() if fact.unit == symbol.name]
        parameters = [one.id for one in content.parameters.values() if one.unit == symbol.name]
        yield from _listed("Used by", facts + parameters)


def _dimension(symbol: Symbol, content: Content) -> Iterator[str]:
    if symbol.name in content.dimensions:
        yield f"dimension, {content.dimensions[symbol.name]}"


_DESCRIBES: Mapping[Kind, Callable[[Symbol, Content], Iterator[str]]] = {
    Kind.FACT: _fact,
    Kind.CHOICE: _choice,
    Kind.PARAMETER: _parameter,
    Kind.CLAIM: _claim,
    Kind.RULE: _rule,
    Kind.TOPIC: _topic,
    Kind.REFERENCE: _reference,
    Kind.WORK: _work,
    Kind.TABLE: _table,
    Kind.COLUMN: _column,
    Kind.SECTION: _section,
    Kind.UNIT: _unit,
    Kind.DIMENSION: _dimension,
}
