"""A thing of a knowledge base as its parts: what is said of it, each under the name it is shown by.

Two things are compared by comparing their parts. What layout and comments are does not get here, and every
other field does: a test holds that two contents with equal parts have one digest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import singledispatch
from typing import Any

from wellfounded.model.content import (
    Bound,
    Checked,
    Claim,
    Fact,
    Gets,
    Guarantee,
    Header,
    Parameter,
    Reference,
    Rule,
    Section,
    Table,
    Work,
)
from wellfounded.model.expression import Condition, as_written
from wellfounded.model.record import Record
from wellfounded.model.text import Text
from wellfounded.model.unit import DimensionKind, Unit
from wellfounded.model.values import plain_number
from wellfounded.review.authored import operand_as_written, value_as_written


class Part(Record, frozen=True):
    """What is said: a short statement; prose, which is compared word by word; or a condition."""

    text: str = ""
    prose: bool = False
    is_condition: bool = False
    condition: Condition | None = None


Parts = Mapping[str, Part]
Named = Iterator[tuple[str, Part]]


def parts_of(thing: Any) -> Parts:
    """The parts of a thing that say something, by name."""
    return {name: part for name, part in _parts(thing) if part.text or part.is_condition}


@singledispatch
def _parts(thing: Any) -> Named:
    raise TypeError(f"no parts are known of {type(thing).__name__}")


@_parts.register
def _(thing: Header) -> Named:
    yield "id", Part(thing.id)
    yield "version", Part(thing.version)
    yield from _text("title", thing.title)
    yield "languages", _listed(thing.languages)
    yield from _text("about", thing.about)
    yield from _text("notice", thing.notice)
    yield "maintainers", _listed(thing.maintainers)
    yield "review_every_months", Part(str(thing.review_every_months or ""))
    yield from _data("source", thing.source)
    yield "order", Part(", ".join(thing.order), prose=True)


@_parts.register
def _(thing: Section) -> Named:
    yield from _text("title", thing.title)
    yield "editorial", _flag(thing.editorial)


@_parts.register
def _(thing: DimensionKind) -> Named:
    yield "", Part(str(thing))


@_parts.register
def _(thing: Unit) -> Named:
    yield "shown", Part(thing.shown)
    yield "size", Part(f"{thing.factor}")
    yield "measures", Part(", ".join(f"{name}^{power}" for name, power in thing.dimension))
    for language, pattern in thing.says.items():
        same = pattern.one == pattern.other
        yield f"says ({language})", Part(pattern.other if same else f"{pattern.one} / {pattern.other}")


@_parts.register
def _(thing: Fact) -> Named:
    yield "type", Part(thing.type.called)
    yield from _text("label", thing.label)
    yield from _text("question", thing.question)
    yield from _text("help", thing.help)
    yield "choices", _listed(thing.choices)
    for choice, label in thing.choices.items():
        yield from _text(f"choice {choice}", label)
    yield "unit", Part(thing.unit)
    if thing.span is not None:
        yield "span", Part(numbers(*thing.span, thing.unit))
    if thing.step is not None:
        yield "step", Part(numbers(thing.step, thing.step, thing.unit))
    yield "derived", _flag(thing.derived)
    yield "statable", _flag(thing.statable)
    yield "not changeable", _flag(not thing.changeable)
    if thing.formula is not None:
        yield "formula", Part(as_written(thing.formula))
    yield "otherwise", Part(thing.otherwise or "")


@_parts.register
def _(thing: Parameter) -> Named:
    yield "", Part(numbers(thing.low, thing.high, thing.unit))
    yield "kind", Part("range" if thing.is_range else "")
    yield "claim", Part(thing.claim)
    yield from _text("label", thing.label)


@_parts.register
def _(thing: Work) -> Named:
    yield from _data("", thing.csl)


@_parts.register
def _(thing: Reference) -> Named:
    yield from _data("as cited", thing.as_cited)
    record = thing.on_record
    yield "on record", Part(str(record.status))
    yield from _data("on record", record.csl)
    yield "differences on record", _listed(record.differences)
    yield "probably meant", _listed(record.probably_meant)
    yield from _text("note", record.note)
    yield from _checked("checked", record.checked)
    yield "review_by", Part(thing.review_by)


@_parts.register
def _(thing: Claim) -> Named:
    yield "section", Part(thing.section)
    yield "kind", Part(thing.kind)
    yield from _text("text", thing.says)
    cites = [f"[{c.reference}] ({_place(c.support, c.locator)})" for c in thing.cites]
    yield "cites", Part(", ".join(cites))
    for cite in thing.cites:
        yield from _text(f"reason of [{cite.reference}]", cite.reason)
        yield from _checked(f"check of [{cite.reference}]", cite.checked)
    further = [f"{f.work} ({_place(f.stance, f.locator)})" for f in thing.further_evidence]
    yield "further evidence", Part(", ".join(further))
    for item in thing.further_evidence:
        yield from _text(f"finding of {item.work}", item.finding)
        yield from _checked(f"check of {item.work}", item.checked)
    yield "contradicts", _listed(thing.contradicts)
    yield from _text("contradiction", thing.contradiction)
    yield from _governance(thing)


@_parts.register
def _(thing: Table) -> Named:
    yield from _text("title", thing.title)
    yield "claim", Part(thing.claim)
    yield "columns", _listed(thing.columns)
    for column, heading in thing.columns.items():
        yield from _text(f"column {column}", heading)
    yield "rows", _listed(row.id for row in thing.rows)
    for row in thing.rows:
        if row.when is not None:
            yield f"row {row.id}, when", Part(is_condition=True, condition=row.when)
        for column, cell in row.cells.items():
            yield from _text(f"row {row.id}, {column}", cell)
        for number, remark in enumerate(row.remarks, 1):
            yield from _text(f"row {row.id}, remark {number}", remark.says)
            if remark.when is not None:
                named = f"row {row.id}, remark {number}, when"
                yield named, Part(is_condition=True, condition=remark.when)


@_parts.register
def _(thing: Rule) -> Named:
    yield from _text("title", thing.title)
    yield "when", Part(is_condition=True, condition=thing.when)
    if thing.target is not None:
        yield "target", Part(f"{thing.target.of} {_bound(thing.target.bound)}")
    if thing.conclude is not None:
        yield "conclude", Part(f"{thing.conclude.fact}: {value_as_written(thing.conclude.value)}")
    yield "advise", Part(str(thing.advise or ""))
    for verdict, said in thing.says.items():
        for language, wording in said.items():
            both = f"{language}, {verdict}" if verdict else language
            yield f"text ({both})", Part(wording, prose=True)
    yield "topic", Part("" if thing.topic == thing.id else thing.topic)
    yield "because", _listed(thing.because)
    yield "background", _listed(thing.background)
    for flag in ("definition", "first"):
        yield flag, _flag(getattr(thing, flag))
    yield "table", Part(thing.table)
    yield "causes_of", Part(thing.causes_of)
    yield from _governance(thing)


@_parts.register
def _(thing: Guarantee) -> Named:
    yield from _text("title", thing.title)
    yield "kind", Part(str(thing.kind))
    if thing.where is not None:
        yield "where", Part(is_condition=True, condition=thing.where)
    yield "stating", _listed(thing.stating)
    if thing.gets is not None:
        yield "gets", Part(_gets(thing.gets))
    yield "together", _listed(thing.together)
    yield "told_by", Part(thing.told_by)


def numbers(low: float, high: float, unit: str) -> str:
    """A number or a range as it is written, with its unit."""
    ends = [str(plain_number(low)), str(plain_number(high))]
    return f"{ends[0] if low == high else '–'.join(ends)} {unit}".rstrip()


def _governance(thing: Rule | Claim) -> Named:
    yield "status", Part(str(thing.status))
    yield "maintainers", _listed(thing.maintainers)
    yield "review_by", Part(thing.review_by)


def _text(name: str, text: Text) -> Named:
    for language, wording in text.items():
        yield f"{name} ({language})", Part(wording, prose=True)


def _listed(items: Any) -> Part:
    return Part(", ".join(items))


def _flag(is_so: bool) -> Part:
    return Part("yes" if is_so else "")


def _checked(name: str, checked: Checked | None) -> Named:
    if checked is not None:
        yield name, Part(f"{checked.on} by {checked.by}")
        yield from _text(f"{name}, how", checked.how)


def _place(support: object, locator: object) -> str:
    return f"{support}" if locator is None else f"{support}, {locator}"


def _bound(bound: Bound) -> str:
    value = bound.value
    if isinstance(value, bool | float | int | str):
        return f"{bound.kind} {value_as_written(value)}"
    return f"{bound.kind} {operand_as_written(value)}"


def _gets(gets: Gets) -> str:
    said = {"topic": gets.topic, "verdict": " or ".join(gets.verdicts), "target": gets.target}
    return ", ".join(f"{name}: {value}" for name, value in said.items() if value) or "anything"


def _data(name: str, data: Mapping[str, Any]) -> Named:
    """What is not ours to know the keys of, such as an item of CSL-JSON."""
    for key, value in data.items():
        prose = isinstance(value, str) and " " in value
        yield f"{name} {key}".strip(), Part(_plain(value), prose=prose)


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        if {"family"} <= set(value) <= {"family", "given"}:
            return ", ".join(str(value[key]) for key in ("family", "given") if key in value)
        return f"{{{', '.join(f'{key}: {_plain(item)}' for key, item in value.items())}}}"
    if isinstance(value, list | tuple):
        return "; ".join(map(_plain, value))
    return value_as_written(value) if isinstance(value, bool | float | str) else str(value)
