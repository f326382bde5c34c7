"""Nodes → the things of a knowledge base, one function each. A node has passed its JSON Schema before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wellfounded.load import conditions
from wellfounded.load.node import Map, Node, Scalar, Sequence, plain
from wellfounded.load.unit_text import UnitTextError, parse_unit
from wellfounded.model.content import (
    Checked,
    Citation,
    Claim,
    Fact,
    FactType,
    FurtherEvidence,
    Gets,
    Guarantee,
    GuaranteeKind,
    Header,
    Lifecycle,
    Locator,
    OnRecord,
    Parameter,
    Reference,
    Remark,
    Row,
    Rule,
    Section,
    Status,
    Support,
    Table,
    Verdict,
    Work,
)
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.expression import Condition, Group, Grouping
from wellfounded.model.frozen import EMPTY, FrozenMap, frozen
from wellfounded.model.position import NOWHERE, Position
from wellfounded.model.text import NO_TEXT, Text
from wellfounded.model.unit import DimensionKind, Pattern, Unit


def text(node: Node | None) -> Text:
    """A text per language; an empty one where there is none."""
    if not isinstance(node, Map):
        return NO_TEXT
    wordings = {key: str(plain(item)) for key, _, item in node.items()}
    positions = frozen((key, item.position) for key, _, item in node.items())
    return Text(wordings, node.position, positions)


def _string(node: Node | None) -> str:
    return "" if node is None else str(plain(node))


def _strings(node: Node | None) -> tuple[str, ...]:
    return () if node is None else tuple(str(item) for item in plain(node))


def _positions(node: Node | None) -> tuple[Position, ...]:
    return tuple(item.position for item in node.items) if isinstance(node, Sequence) else ()


def _position(node: Node | None) -> Position:
    return NOWHERE if node is None else node.position


def _frozen(item: Any) -> Any:
    """Plain data that cannot be changed."""
    if isinstance(item, dict):
        return FrozenMap({key: _frozen(value) for key, value in item.items()})
    return tuple(_frozen(value) for value in item) if isinstance(item, list) else item


def header(node: Map, position: Position) -> Header:
    sections = node.entries["sections"]
    assert isinstance(sections, Map)
    order = node.get("order")
    months = node.get("review_every_months")
    return Header(
        id=_string(node.get("id")),
        title=text(node.get("title")),
        version=_string(node.get("version")),
        languages=_strings(node.get("languages")),
        about=text(node.get("about")),
        notice=text(node.get("notice")),
        maintainers=_strings(node.get("maintainers")),
        review_every_months=None if months is None else int(plain(months)),
        source=_frozen(plain(node.entries["source"])) if "source" in node else EMPTY,
        sections=frozen((key, _section(key, at, item)) for key, at, item in sections.items()),
        order=_strings(order),
        order_positions=_positions(order),
        position=position,
    )


def _section(id: str, position: Position, node: Node) -> Section:
    assert isinstance(node, Map)
    editorial = node.get("editorial")
    return Section(id, text(node.get("title")), editorial is not None and bool(plain(editorial)), position)


def unit(written: str, position: Position, node: Map, dimensions: Mapping[str, DimensionKind]) -> Unit:
    try:
        factor, dimension = parse_unit(written, dimensions)
    except UnitTextError as error:
        help = "write units of physics, or declare what is counted under `dimensions`"
        raise conditions.Unreadable(Diagnostic("unknown-unit", str(error), position, help)) from error
    shown = node.get("shown")
    says = plain(node.entries["says"])
    patterns = frozen((language, _pattern(item)) for language, item in says.items())
    return Unit(written, written if shown is None else _string(shown), factor, dimension, patterns, position)


def _pattern(item: str | dict[str, str]) -> Pattern:
    return Pattern(item, item) if isinstance(item, str) else Pattern(item["one"], item["other"])


def fact(id: str, position: Position, node: Map) -> Fact:
    formula = node.get("formula")
    span = node.get("span")
    step = node.get("step")
    derived = node.get("derived")
    choices = node.get("choices")
    return Fact(
        id=id,
        type=FactType(_string(node.get("type"))),
        label=text(node.get("label")),
        question=text(node.get("question")),
        help=text(node.get("help")),
        choices=frozen((key, text(item)) for key, _, item in choices.items())
        if isinstance(choices, Map)
        else EMPTY,
        unit=_string(node.get("unit")),
        span=None if span is None else (float(plain(span)[0]), float(plain(span)[1])),
        step=None if step is None else float(plain(step)),
        derived=formula is not None or (derived is not None and bool(plain(derived))),
        statable="statable" in node and bool(plain(node.entries["statable"])),
        changeable="changeable" not in node or bool(plain(node.entries["changeable"])),
        formula=None if formula is None else conditions.formula(formula),
        otherwise=_string(node.get("otherwise")) or None,
        position=position,
        unit_position=_position(node.get("unit")),
        span_position=_position(span),
        otherwise_position=_position(node.get("otherwise")),
    )


def parameter(id: str, position: Position, node: Map) -> Parameter:
    numbers = plain(node.entries["range"]) if "range" in node else [plain(node.entries["value"])] * 2
    return Parameter(
        id=id,
        low=float(numbers[0]),
        high=float(numbers[1]),
        is_range="range" in node,
        unit=_string(node.get("unit")),
        claim=_string(node.get("claim")),
        label=text(node.get("label")),
        position=position,
        unit_position=_position(node.get("unit")),
        claim_position=_position(node.get("claim")),
        range_position=_position(node.get("range")),
    )


def work(id: str, position: Position, node: Map) -> Work:
    return Work(id, _frozen(plain(node.entries["csl"])), position)


def reference(number: str, position: Position, node: Map) -> Reference:
    cited = node.entries["as_cited"]
    return Reference(
        number=number,
        as_cited=_frozen(plain(cited)),
        on_record=_on_record(node.get("on_record")),
        review_by=_string(node.get("review_by")),
        position=position,
        review_by_position=_position(node.get("review_by")),
        doi_position=_position(cited.get("DOI")) if isinstance(cited, Map) else NOWHERE,
    )


def _on_record(record: Node | None) -> OnRecord:
    """What is on record; where nothing is written, nothing was looked up."""
    if not isinstance(record, Map):
        return OnRecord()
    meant = record.get("probably_meant")
    return OnRecord(
        status=Status(_string(record.get("status"))),
        csl=_frozen(plain(record.entries["csl"])) if "csl" in record else EMPTY,
        differences=_strings(record.get("differences")),
        probably_meant=_strings(meant),
        note=text(record.get("note")),
        checked=_checked(record.get("checked")),
        probably_meant_positions=_positions(meant),
    )


def _checked(node: Node | None) -> Checked | None:
    if not isinstance(node, Map):
        return None
    on = node.entries["on"]
    return Checked(_string(on), _string(node.get("by")), text(node.get("how")), on.position)


def _locator(node: Node | None) -> Locator | None:
    if not isinstance(node, Map):
        return None
    ((label, _, value),) = node.items()
    return Locator(label, _string(value))


def _lifecycle(node: Map) -> Lifecycle:
    return Lifecycle(_string(node.get("status")) or Lifecycle.ACTIVE)


def claim(id: str, position: Position, node: Map) -> Claim:
    contradicts = node.get("contradicts")
    return Claim(
        id=id,
        section=_string(node.get("section")),
        kind=_string(node.get("kind")),
        says=text(node.get("says")),
        cites=tuple(_citation(item) for item in _maps(node.get("cites"))),
        further_evidence=tuple(_further(item) for item in _maps(node.get("further_evidence"))),
        contradicts=_strings(contradicts),
        contradiction=text(node.get("contradiction")),
        status=_lifecycle(node),
        maintainers=_strings(node.get("maintainers")),
        review_by=_string(node.get("review_by")),
        position=position,
        section_position=_position(node.get("section")),
        contradicts_positions=_positions(contradicts),
        review_by_position=_position(node.get("review_by")),
    )


def _maps(node: Node | None) -> tuple[Map, ...]:
    return tuple(item for item in node.items if isinstance(item, Map)) if isinstance(node, Sequence) else ()


def _citation(node: Map) -> Citation:
    return Citation(
        reference=_string(node.get("reference")),
        support=Support(_string(node.get("support")) or Support.UNCHECKED),
        reason=text(node.get("reason")),
        checked=_checked(node.get("checked")),
        locator=_locator(node.get("locator")),
        position=node.entries["reference"].position,
    )


def _further(node: Map) -> FurtherEvidence:
    return FurtherEvidence(
        work=_string(node.get("work")),
        stance=Support(_string(node.get("stance"))),
        finding=text(node.get("finding")),
        checked=_checked(node.get("checked")),
        locator=_locator(node.get("locator")),
        position=node.entries["work"].position,
    )


def table(id: str, position: Position, node: Map) -> Table:
    return Table(
        id=id,
        title=text(node.get("title")),
        claim=_string(node.get("claim")),
        columns=frozen((key, text(item)) for key, item in _entries(node.get("columns"))),
        rows=tuple(_row(item) for item in _maps(node.get("rows"))),
        position=position,
        claim_position=_position(node.get("claim")),
    )


def _entries(node: Node | None) -> tuple[tuple[str, Node], ...]:
    return tuple(node.entries.items()) if isinstance(node, Map) else ()


def _row(node: Map) -> Row:
    when = node.get("when")
    return Row(
        id=_string(node.get("id")),
        cells=frozen(
            (k, text(item)) for k, item in node.entries.items() if k not in ("id", "when", "remarks")
        ),
        when=None if when is None else conditions.condition(when),
        remarks=tuple(_remark(item) for item in _maps(node.get("remarks"))),
        position=node.entries["id"].position,
    )


def _remark(node: Map) -> Remark:
    when = node.get("when")
    return Remark(text(node.get("says")), None if when is None else conditions.condition(when))


def rule(node: Map) -> Rule:
    id = _string(node.get("id"))
    target, conclude, advise = node.get("target"), node.get("conclude"), node.get("advise")
    verdict = None if advise is None else Verdict(_string(advise))
    because, background = node.get("because"), node.get("background")
    claims = {
        item.text: item.position
        for part in (because, background)
        if isinstance(part, Sequence)
        for item in part.items
        if isinstance(item, Scalar)
    }
    return Rule(
        id=id,
        title=text(node.get("title")),
        when=_when(node.get("when"), node),
        target=conditions.target(target, node.keys["target"]) if isinstance(target, Map) else None,
        conclude=conditions.conclusion(conclude) if isinstance(conclude, Map) else None,
        advise=verdict,
        says=_says(node, verdict),
        topic=(_string(node.get("topic")) or id) if conclude is None else "",
        because=_strings(because),
        background=_strings(background),
        definition="definition" in node,
        first="first" in node and bool(plain(node.entries["first"])),
        table=_string(node.get("table")),
        causes_of=_string(node.get("causes_of")),
        status=_lifecycle(node),
        maintainers=_strings(node.get("maintainers")),
        review_by=_string(node.get("review_by")),
        position=node.entries["id"].position,
        positions=frozen(
            {key: node.keys[key] if key == "says" else item.position for key, item in node.entries.items()}
        ),
        claim_positions=frozen(claims),
    )


def _when(node: Node | None, rule: Map) -> Condition:
    """The condition; a rule without one holds for everyone."""
    return Group(Grouping.ALL, (), rule.position) if node is None else conditions.condition(node)


def _says(node: Map, verdict: Verdict | None) -> Mapping[str, Text]:
    says = node.get("says")
    if not isinstance(says, Map):
        return EMPTY
    if "target" in node:
        return frozen((key, text(item)) for key, _, item in says.items())
    return frozen({"" if verdict is None else str(verdict): text(says)})


def guarantee(node: Map) -> Guarantee:
    kind = next(kind for kind in GuaranteeKind if kind in node)
    where, gets = node.entries[kind], node.get("gets")
    together, stating, told_by = node.get("together"), node.get("stating"), node.get("told_by")
    return Guarantee(
        id=_string(node.get("id")),
        title=text(node.get("title")),
        kind=kind,
        where=None if kind is GuaranteeKind.TOGETHER else conditions.condition(where),
        stating=_strings(stating),
        gets=_gets(gets) if isinstance(gets, Map) else None,
        together=_strings(together),
        told_by=_string(told_by),
        position=node.entries["id"].position,
        stating_positions=_positions(stating),
        together_positions=_positions(together),
        told_by_position=_position(told_by),
    )


def _gets(node: Map) -> Gets:
    topic, target, verdict = node.get("topic"), node.get("target"), node.get("verdict")
    verdicts = _strings(verdict) if isinstance(verdict, Sequence) else (_string(verdict),) if verdict else ()
    return Gets(
        topic=_string(topic),
        verdicts=tuple(map(Verdict, verdicts)),
        target=_string(target),
        position=node.position,
        topic_position=_position(topic),
        target_position=_position(target),
    )
