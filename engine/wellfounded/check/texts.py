"""Texts people read: a wording in every language, and placeholders that stand for something known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wellfounded.model.content import Content, FactType, Rule, Verdict
from wellfounded.model.dependencies import facts_of_condition
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.expression import Condition, Group, Grouping, names_in
from wellfounded.model.position import Position
from wellfounded.model.record import Record
from wellfounded.model.suggest import allowed, suggestion
from wellfounded.model.template import CURRENT, TARGET, Slot, slots, stray_braces
from wellfounded.model.text import Text


class _Placed(Record, frozen=True):
    """A text, what it is, and which placeholders may stand in it besides parameters."""

    text: Text
    what: str
    about: str
    aim: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()


def check_texts(content: Content, declared: Mapping[str, frozenset[str]]) -> Iterator[Diagnostic]:
    broken = (declared["facts"] | declared["parameters"]) - {*content.facts, *content.parameters}
    for placed in _texts(content):
        yield from _languages(placed.text, placed.text.position, placed.what, placed.about, content)
        for language, wording in placed.text.items():
            yield from _placeholders(
                placed, wording, placed.text.positions.get(language, placed.text.position), content, broken
            )
    for unit in content.units.values():
        yield from _languages(unit.says, unit.position, "`says`", f"unit {unit.written}", content)
        for pattern in unit.says.values():
            for wording in dict.fromkeys((pattern.one, pattern.other)):
                if wording.count("{number}") != 1:
                    message = f"`{wording}` has to hold `{{number}}` once"
                    help = 'write it as in "{number} g"'
                    yield Diagnostic(
                        "unknown-placeholder", message, unit.position, help, f"unit {unit.written}"
                    )


def _languages(
    text: Mapping[str, object], position: Position, what: str, about: str, content: Content
) -> Iterator[Diagnostic]:
    """A wording in every language and no other; of one under a wrong name only the name is reported."""
    languages = content.header.languages
    wrong = [language for language in text if language not in languages]
    missing = [language for language in languages if language not in text]
    for language in wrong:
        at = text.positions.get(language, position) if isinstance(text, Text) else position
        message = f"`{language}` is not a language of this knowledge base"
        yield Diagnostic("unknown-language", message, at, suggestion(language, languages), about=about)
    for language in missing[len(wrong) :]:
        message = f"{what} has no text in `{language}`"
        help = f"add `{language}: …`; this knowledge base speaks {allowed(languages)}"
        yield Diagnostic("missing-translation", message, position, help, about=about)


def _placeholders(
    placed: _Placed, wording: str, position: Position, content: Content, broken: frozenset[str]
) -> Iterator[Diagnostic]:
    """``broken`` names what could not be read, of which nothing more is said."""
    for slot in slots(wording):
        if slot.name not in broken and not _stands_for_something(slot, placed, content):
            at = _inside(position, wording, wording.index(str(slot)), str(slot))
            known = [*sorted(placed.aim), *sorted(placed.facts), *content.parameters]
            may = (
                slot.name in content.facts and slot.name not in placed.facts and not placed.aim >= {slot.name}
            )
            code = "placeholder-may-be-unknown" if may else "unknown-placeholder"
            message = f"`{slot}` " + (
                "may be unknown when this text is shown" if may else "stands for nothing here"
            )
            help = suggestion(str(slot)[1:-1], known)
            if may:
                help = "only parameters, and facts that its `when` cannot do without, can be shown in a text"
            yield Diagnostic(code, message, at, help, about=placed.about)
    for start, stray in stray_braces(wording):
        message = f"`{stray}` is not a placeholder"
        help = "write placeholders as {name}, {name.low} or {name.high}"
        at = _inside(position, wording, start, stray)
        yield Diagnostic("unknown-placeholder", message, at, help, about=placed.about)


def _inside(position: Position, wording: str, start: int, written: str) -> Position:
    """The place of a placeholder, where its text stands on one line."""
    quotes = position.length - len(wording)
    if quotes not in (0, 2):
        return position
    return position.inside(start + quotes // 2, len(written))


def _stands_for_something(slot: Slot, placed: _Placed, content: Content) -> bool:
    if slot.name in (TARGET, CURRENT):
        return str(slot)[1:-1] in placed.aim
    if slot.name in content.parameters:
        return slot.end is None or content.parameters[slot.name].is_range
    return slot.name in placed.facts and slot.end is None


def _texts(content: Content) -> Iterator[_Placed]:
    header = content.header
    yield from _given(
        ((header.title, "`title`"), (header.about, "`about`"), (header.notice, "`notice`")),
        "the knowledge base",
    )
    yield from _given(
        ((Text(header.source.get("note", {}), header.position), "`note`"),), "the knowledge base"
    )
    for section in header.sections.values():
        yield _Placed(section.title, "`title`", f"section {section.id}")
    for fact in content.facts.values():
        yield from _given(
            ((fact.label, "`label`"), (fact.question, "`question`"), (fact.help, "`help`")), f"fact {fact.id}"
        )
        for choice, text in fact.choices.items():
            yield _Placed(text, f"`{choice}`", f"fact {fact.id}")
    for parameter in content.parameters.values():
        yield _Placed(parameter.label, "`label`", f"parameter {parameter.id}")
    for claim in content.claims.values():
        about = f"claim {claim.id}"
        evidence = [(item.reason, "`reason`") for item in claim.cites]
        evidence += [(item.finding, "`finding`") for item in claim.further_evidence]
        evidence += [(cite.checked.how, "`how`") for cite in claim.cites if cite.checked]
        evidence += [(item.checked.how, "`how`") for item in claim.further_evidence if item.checked]
        yield from _given(
            ((claim.says, "`says`"), (claim.contradiction, "`contradiction`"), *evidence), about
        )
    for reference in content.references.values():
        checked = reference.on_record.checked
        how = [(checked.how, "`how`")] if checked is not None else []
        yield from _given(((reference.on_record.note, "`note`"), *how), f"reference {reference.number}")
    for guarantee in content.guarantees.values():
        yield _Placed(guarantee.title, "`title`", f"guarantee {guarantee.id}")
    for table in content.tables.values():
        about = f"table {table.id}"
        yield _Placed(table.title, "`title`", about)
        yield from _given(((text, f"`{column}`") for column, text in table.columns.items()), about)
        for row in table.rows:
            yield from _given(((cell, f"`{column}`") for column, cell in row.cells.items()), about)
            yield from _given(((remark.says, "`says`") for remark in row.remarks), about)
    for rule in content.rules.values():
        yield from _of_rule(rule, content)


def _given(texts: Iterable[tuple[Text, str]], about: str) -> Iterator[_Placed]:
    """The texts that are there; the schema says which have to be."""
    return (_Placed(text, what, about) for text, what in texts if text)


def _of_rule(rule: Rule, content: Content) -> Iterator[_Placed]:
    about = f"rule {rule.id}"
    yield _Placed(rule.title, "`title`", about)
    known = frozenset(_known_when_it_holds(rule, content))
    for verdict, text in rule.says.items():
        aim = _aim(rule, content) - ({CURRENT} if verdict == Verdict.MEET else set())
        yield _Placed(text, f"`{verdict}`" if verdict else "`says`", about, frozenset(aim), known)


def _aim(rule: Rule, content: Content) -> frozenset[str]:
    """The placeholders a rule's number target gives."""
    if rule.target is None or isinstance(rule.target.bound.value, bool):
        return frozenset()
    fact = content.facts.get(rule.target.of)
    if fact is not None and fact.type is not FactType.NUMBER:
        return frozenset()
    low, high = f"{TARGET}.low", f"{TARGET}.high"
    ends = {"at_least": {low}, "at_most": {high}}.get(rule.target.bound.kind, {low, high})
    return frozenset({TARGET, CURRENT, *ends})


def _known_when_it_holds(rule: Rule, content: Content) -> Iterator[str]:
    """The facts that are known for certain when a rule holds: those every way of holding needs."""
    names = list(_needed(rule.when))
    if rule.target is not None and not isinstance(rule.target.bound.value, bool | float | str):
        names += [name.name for name in names_in(rule.target.bound.value)]
    yield from (name for name in names if name in content.facts)


def _needed(condition: Condition) -> Iterator[str]:
    if not isinstance(condition, Group):
        yield from facts_of_condition(condition)
    elif condition.grouping is Grouping.ALL:
        for member in condition.members:
            yield from _needed(member)
    elif condition.grouping is Grouping.ANY:
        needed = [set(_needed(member)) for member in condition.members]
        yield from set.intersection(*needed)
    else:
        for member in condition.members:
            if not isinstance(member, Group) or len(member.members) == 1:
                yield from facts_of_condition(member)
