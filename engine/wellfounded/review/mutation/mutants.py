"""Every mutant of a knowledge base: rules, parameters, derived facts, tables and claims, changed a little."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from msgspec.structs import replace

from wellfounded.lower import to_core
from wellfounded.lower.to_core import shown_parameters
from wellfounded.model.content import (
    ADVISABLE,
    Bound,
    Citation,
    Claim,
    Content,
    Fact,
    Lifecycle,
    Parameter,
    Row,
    Rule,
    Support,
    Table,
    Target,
    conditions_in,
)
from wellfounded.model.expression import (
    Compares,
    End,
    Group,
    Grouping,
    names_in,
    tests_in,
)
from wellfounded.model.frozen import frozen
from wellfounded.model.text import Text
from wellfounded.review.audit import claims_of
from wellfounded.review.authored import operand_as_written, value_as_written
from wellfounded.review.mutation.conditions import Conditions
from wellfounded.review.mutation.mutant import Kind, Mutant, Variant
from wellfounded.review.mutation.numbers import Steps, at_end, formula_variants, moved

_OTHER_WAY = {"raise": "lower", "lower": "raise", "start": "stop", "stop": "start"}


def mutants(content: Content) -> tuple[Mutant, ...]:
    """Every mutant of the rules in force and drafts, in the authors' order; of each thing no two alike."""
    author = _Author(content)
    every = chain(author.rules(), author.parameters(), author.facts(), author.tables(), author.claims())
    seen: set[tuple[str, str, object]] = set()
    kept = []
    for mutant in every:
        key = (mutant.collection, mutant.id, mutant.replacement)
        if key not in seen and mutant.replacement != getattr(content, mutant.collection)[mutant.id]:
            seen.add(key)
            kept.append(mutant)
    return tuple(kept)


class _Author:
    def __init__(self, content: Content) -> None:
        self.content = content
        self.steps = Steps(content)
        self.conditions = Conditions(content, self.steps)
        self.looked_at = [rule for rule in content.rules.values() if rule.status is not Lifecycle.RETIRED]

    # Rules.

    def rules(self) -> Iterator[Mutant]:
        for rule in self.looked_at:
            yield Mutant(Kind.RULE, "rules", rule.id, "", "", rule.position)
            for variant in self.conditions.variants(rule.when):
                when = variant.part or Group(Grouping.ALL, (), rule.when.position)
                yield self._of_rule(rule, variant.within(replace(rule, when=when)))
            for variant in self._answers(rule):
                yield self._of_rule(rule, variant)
            for place, claim in enumerate(rule.because):
                others = (*rule.because[:place], *rule.because[place + 1 :])
                at = rule.claim_positions.get(claim, rule.position)
                yield self._of_rule(
                    rule, Variant(Kind.CLAIM, f"because: {claim}", "", at, replace(rule, because=others))
                )

    def _of_rule(self, rule: Rule, variant: Variant) -> Mutant:
        place = variant.position if variant.position.file else rule.position
        return Mutant(variant.kind, "rules", rule.id, variant.written, variant.instead, place, variant.part)

    def _answers(self, rule: Rule) -> Iterator[Variant]:
        if rule.advise is not None:
            other = ADVISABLE[(ADVISABLE.index(rule.advise) + 1) % len(ADVISABLE)]
            says = frozen(
                (str(other) if key == rule.advise else key, text) for key, text in rule.says.items()
            )
            at = rule.positions.get("advise", rule.position)
            written, instead = f"advise: {rule.advise}", f"advise: {other}"
            yield Variant(Kind.VERDICT, written, instead, at, replace(rule, advise=other, says=says))
        elif rule.target is not None:
            yield from self._targets(rule, rule.target)
        elif rule.conclude is not None:
            choices = list(self.content.facts[rule.conclude.fact].choices)
            for value in choices:
                if value != rule.conclude.value:
                    concluding = replace(rule, conclude=replace(rule.conclude, value=value))
                    before = f"{rule.conclude.fact}: {rule.conclude.value}"
                    yield Variant(
                        Kind.CONCLUSION,
                        before,
                        f"{rule.conclude.fact}: {value}",
                        rule.conclude.value_position,
                        concluding,
                    )

    def _targets(self, rule: Rule, target: Target) -> Iterator[Variant]:
        bound = target.bound
        if isinstance(bound.value, bool):
            yield self._aimed(rule, target, Kind.TARGET, replace(bound, value=not bound.value))
            return
        assert not isinstance(bound.value, float | str)
        low, high = (at_end(self.content, bound.value, end) for end in (End.LOW, End.HIGH))
        others = {"at_least": low, "at_most": high}
        for kind, value in others.items():
            if kind != bound.kind:
                yield self._aimed(rule, target, Kind.TARGET, replace(bound, kind=kind, value=value))
        for variant in formula_variants(bound.value, self.steps.of_fact(target.of)):
            yield self._aimed(rule, target, variant.kind, replace(bound, value=variant.part))

    def _aimed(self, rule: Rule, target: Target, kind: Kind, bound: Bound) -> Variant:
        """A rule with another target, and texts for the verdicts that it can give."""
        aimed = replace(rule, target=replace(target, bound=bound), says=_texts(rule, bound))
        written, instead = _bound_as_written(target.bound), _bound_as_written(bound)
        return Variant(kind, f"{target.of}: {written}", f"{target.of}: {instead}", target.position, aimed)

    # Parameters.

    def parameters(self) -> Iterator[Mutant]:
        used = self._used_parameters()
        for parameter in self.content.parameters.values():
            if parameter.id in used:
                yield from self._numbers(parameter)
                yield from self._units(parameter)
                yield from self._claims(parameter)

    def _used_parameters(self) -> set[str]:
        formulas = [fact.formula for fact in self.content.facts.values() if fact.formula is not None]
        operands: list[object] = list(formulas)
        conditions = [condition for table in self._tables() for condition in conditions_in(table)]
        for condition in (*(rule.when for rule in self.looked_at), *conditions):
            operands += [test.operand for test in tests_in(condition) if isinstance(test, Compares)]
        for rule in self.looked_at:
            operands += [rule.target.bound.value] if rule.target is not None else []
        names = {
            name.name
            for operand in operands
            if not isinstance(operand, bool | float | str)
            for name in names_in(operand)  # type: ignore[arg-type]  # what is no value is a formula
        }
        return names | {p.id for rule in self.looked_at for p in shown_parameters(rule, self.content)}

    def _numbers(self, parameter: Parameter) -> Iterator[Mutant]:
        step = self.steps.of_parameter(parameter)
        before = _numbers_of(parameter)
        changed = [replace(parameter, low=low, high=low) for low in moved(parameter.low, step)]
        if parameter.is_range:
            changed = [replace(parameter, low=low) for low in moved(parameter.low, step)]
            changed += [replace(parameter, high=high) for high in moved(parameter.high, step)]
        for other in changed:
            if not other.is_range or other.low < other.high:
                yield self._of_parameter(Kind.THRESHOLD, parameter, before, _numbers_of(other), other)

    def _units(self, parameter: Parameter) -> Iterator[Mutant]:
        for id in self._other_units(parameter.unit):
            written, instead = f"unit: {parameter.unit}", f"unit: {id}"
            yield self._of_parameter(Kind.UNIT, parameter, written, instead, replace(parameter, unit=id))

    def _other_units(self, written: str) -> Iterator[str]:
        """The units that measure the same, and are larger or smaller."""
        unit = self.content.units.get(written)
        for id, other in self.content.units.items():
            if unit is not None and other.dimension == unit.dimension and other.factor != unit.factor:
                yield id

    def _claims(self, parameter: Parameter) -> Iterator[Mutant]:
        """Another claim, since a parameter has to have one."""
        others = [id for id in self.content.claims if id != parameter.claim]
        if parameter.claim and others:
            other = replace(parameter, claim=others[0])
            written, instead = f"claim: {parameter.claim}", f"claim: {others[0]}"
            yield self._of_parameter(Kind.CLAIM, parameter, written, instead, other)

    def _of_parameter(
        self, kind: Kind, parameter: Parameter, written: str, instead: str, other: Parameter
    ) -> Mutant:
        places = {Kind.UNIT: parameter.unit_position, Kind.CLAIM: parameter.claim_position}
        place = places.get(kind, parameter.range_position)
        at = place if place.file else parameter.position
        return Mutant(kind, "parameters", parameter.id, written, instead, at, other)

    # Facts.

    def facts(self) -> Iterator[Mutant]:
        for fact in self.content.facts.values():
            for id in self._other_units(fact.unit):
                other = replace(fact, unit=id)
                instead = f"unit: {id}"
                yield self._of_fact(
                    fact, Variant(Kind.UNIT, f"unit: {fact.unit}", instead, fact.unit_position, other)
                )
            if fact.formula is not None:
                for variant in formula_variants(fact.formula, None):
                    yield self._of_fact(fact, variant.within(replace(fact, formula=variant.part)))
            if fact.otherwise is not None:
                for choice in fact.choices:
                    yield self._of_fact(
                        fact,
                        Variant(
                            Kind.OTHERWISE,
                            f"otherwise: {fact.otherwise}",
                            f"otherwise: {choice}",
                            fact.otherwise_position,
                            replace(fact, otherwise=choice),
                        ),
                    )

    def _of_fact(self, fact: Fact, variant: Variant) -> Mutant:
        place = variant.position if variant.position.file else fact.position
        return Mutant(variant.kind, "facts", fact.id, variant.written, variant.instead, place, variant.part)

    # Tables.

    def tables(self) -> Iterator[Mutant]:
        for table in self._tables():
            for place, row in enumerate(table.rows):
                before, after = table.rows[:place], table.rows[place + 1 :]
                if before or after:
                    without = replace(table, rows=(*before, *after))
                    yield self._of_table(table, Variant(Kind.ROW, f"row {row.id}", "", row.position, without))
                for variant in self._of_row(row):
                    rows = (*before, variant.part, *after)
                    yield self._of_table(table, variant.within(replace(table, rows=rows)))

    def _tables(self) -> Iterator[Table]:
        """The tables that rules show."""
        shown = {rule.table for rule in self.looked_at}
        yield from (table for table in self.content.tables.values() if table.id in shown)

    def _of_row(self, row: Row) -> Iterator[Variant]:
        """The row, or one of its remarks, under another condition."""
        for variant in self.conditions.variants(row.when) if row.when is not None else ():
            yield variant.within(replace(row, when=variant.part))
        for place, remark in enumerate(row.remarks):
            for variant in self.conditions.variants(remark.when) if remark.when is not None else ():
                other = replace(remark, when=variant.part)
                remarks = (*row.remarks[:place], other, *row.remarks[place + 1 :])
                yield variant.within(replace(row, remarks=remarks))

    def _of_table(self, table: Table, variant: Variant) -> Mutant:
        place = variant.position if variant.position.file else table.position
        return Mutant(variant.kind, "tables", table.id, variant.written, variant.instead, place, variant.part)

    # Claims.

    def claims(self) -> Iterator[Mutant]:
        """The citations of claims that can stand behind a recommendation."""
        core = to_core(self.content)
        definitions = {definition.fact: definition for definition in core.definitions}
        behind = {claim for rule in core.giving for claim in claims_of(rule, definitions)}
        for claim in self.content.claims.values():
            for place, cite in enumerate(claim.cites if claim.id in behind else ()):
                before, after = claim.cites[:place], claim.cites[place + 1 :]
                yield self._of_claim(claim, cite, "", (*before, *after))
                for other in self._citations(claim, cite):
                    yield self._of_claim(claim, cite, _cited(other), (*before, other, *after))

    def _citations(self, claim: Claim, cite: Citation) -> Iterator[Citation]:
        """The same work with another support, and another work."""
        other = Support.PARTLY if cite.support is Support.SUPPORTS else Support.SUPPORTS
        yield replace(cite, support=other)
        cited = {each.reference for each in claim.cites}
        others = [number for number in self.content.references if number not in cited]
        if others:
            yield replace(cite, reference=others[0])

    def _of_claim(self, claim: Claim, cite: Citation, instead: str, cites: tuple[Citation, ...]) -> Mutant:
        at = cite.position if cite.position.file else claim.position
        return Mutant(
            Kind.CITATION, "claims", claim.id, _cited(cite), instead, at, replace(claim, cites=cites)
        )


def _texts(rule: Rule, bound: Bound) -> Mapping[str, Text]:
    """A rule's texts under the verdicts that a target with this bound can give."""
    if isinstance(bound.value, bool):
        wanted: tuple[str, ...] = ("start" if bound.value else "stop",)
    else:
        wanted = {"at_least": ("raise",), "at_most": ("lower",)}.get(bound.kind, ("raise", "lower"))
    says = rule.says

    def text(verdict: str) -> Text:
        return says[verdict] if verdict in says else says[_OTHER_WAY[verdict]]

    kept = {verdict: says[verdict] for verdict in ("keep", "meet") if verdict in says}
    return frozen({**{verdict: text(verdict) for verdict in wanted}, **kept})


def _bound_as_written(bound: Bound) -> str:
    if isinstance(bound.value, bool | float | str):
        return f"{bound.kind}: {value_as_written(bound.value)}"
    return f"{bound.kind}: {operand_as_written(bound.value)}"


def _numbers_of(parameter: Parameter) -> str:
    low, high = (f"{number:.12g}" for number in (parameter.low, parameter.high))
    return f"range: [{low}, {high}]" if parameter.is_range else f"value: {low}"


def _cited(cite: Citation) -> str:
    return f"reference: {cite.reference}, support: {cite.support}"
