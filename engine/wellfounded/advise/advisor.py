"""One knowledge base prepared to give advice in one language; what all people share is made once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from wellfounded.advise.causes import cause_rows
from wellfounded.advise.citations import formatted
from wellfounded.advise.phrases import phrases
from wellfounded.advise.reading import Values, number_of, truth
from wellfounded.advise.sources import Sources, grounds_of_rule
from wellfounded.advise.verdicts import target_of, verdict_of
from wellfounded.advise.waiting import stated_inputs, waits_for
from wellfounded.advise.wording import Aim, Wording
from wellfounded.model.advice import (
    Advice,
    CitedReference,
    ContradictionNote,
    FurtherWork,
    Identity,
    ListedReference,
    Quantity,
    Question,
    Recommendation,
    Source,
    StatedNote,
    Undecided,
    Via,
)
from wellfounded.model.content import CHANGES, Claim, Content, Support, Table, Verdict, editorial, strongest
from wellfounded.model.core import Core, Formula, NumberTarget, Recommending, Test
from wellfounded.model.errors import ConflictError
from wellfounded.model.frozen import EMPTY, frozen
from wellfounded.model.unit import NO_UNIT
from wellfounded.model.valuation import Valuation

_GROUPS = {Verdict.MEET: 2, Verdict.CONSIDER: 3, Verdict.KEEP: 4, Verdict.INFORM: 5}


#: A table's row as it is for everyone: when it is left out, its cells, and when each remark is made.
_Row: TypeAlias = tuple[Test | None, Mapping[str, Any], tuple[tuple[Test | None, str], ...]]


class Advisor:
    """Reads advice off valuations. Immutable after it is made, so threads can share it."""

    def __init__(self, content: Content, core: Core, identity: Identity, engine: str, language: str) -> None:
        self.content = content
        self.core = core
        self.identity = identity
        self.engine = engine
        self.language = language
        self.wording = Wording(content, language)
        self.definitions = {definition.fact: definition for definition in core.definitions}
        self.topics: dict[str, list[Recommending]] = {}
        for rule in core.recommending:
            self.topics.setdefault(rule.topic, []).append(rule)
        self.place = {fact: index for index, fact in enumerate(content.facts)}
        self.sources = {
            (claim.id, via): self._source(claim, via) for claim in content.claims.values() for via in Via
        }
        self.references = {number: self._reference(number) for number in content.references}
        self.contradictions = self._contradictions()
        self.grounds = {rule.rule: grounds_of_rule(rule) for rule in core.recommending}
        self.says = {
            (rule.id, verdict): self.wording.prepared(text)
            for rule in content.rules.values()
            for verdict, text in rule.says.items()
        }
        self.columns = {
            table.id: frozen((column, self.wording.plain(text)) for column, text in table.columns.items())
            for table in content.tables.values()
        }
        self.rows = {table.id: self._rows(table) for table in content.tables.values()}
        self.questions = {
            fact.id: (self.wording.plain(fact.question), self.wording.plain(fact.help))
            for fact in content.facts.values()
        }
        self.units = {fact.id: content.units.get(fact.unit, NO_UNIT).shown for fact in content.facts.values()}
        self.titles = {rule.id: self.wording.plain(rule.title) for rule in content.rules.values()}

    def advise(self, stated: Values, valuation: Valuation) -> Advice:
        """The advice for stated facts and their valuation. Raises ``ConflictError`` where rules disagree."""
        values = valuation.values
        sources = Sources(self.definitions, values, stated)
        given: list[tuple[int, Recommendation]] = []
        undecided: list[Undecided] = []
        sharper: dict[str, set[str]] = {}
        for topic, rules in self.topics.items():
            holding = [rule for rule in rules if valuation.holds(rule.rule)]
            if holding:
                recommendation = self._recommendation(topic, holding, valuation, values, sources)
                given.append((self._rank(recommendation), recommendation))
                if recommendation.verdict is Verdict.MEET:
                    sharper[topic] = self._keeps_unknown(holding[0], values)
            else:
                unknown = [rule for rule in rules if valuation.holds(rule.rule) is None]
                if unknown:
                    undecided.append(self._undecided(topic, unknown, values))
        recommendations = tuple(item for _, item in sorted(given, key=lambda ranked: ranked[0]))
        return Advice(
            knowledge_base=self.identity,
            engine=self.engine,
            language=self.language,
            title=self.wording.plain(self.content.header.title),
            notice=self.wording.plain(self.content.header.notice),
            facts=frozen((fact, self._quantity(fact, value)) for fact, value in stated.items()),
            derived=frozen(
                (fact.id, self._quantity(fact.id, values[fact.id]))
                for fact in self.content.facts.values()
                if fact.derived
            ),
            recommendations=recommendations,
            undecided=tuple(undecided),
            questions=self._questions(undecided, sharper),
            notes=(*self._stated_notes(stated, values), *self._contradiction_notes(recommendations)),
            left_out=(),
            references=self._listed(recommendations),
        )

    def _rank(self, recommendation: Recommendation) -> int:
        if self.content.rules[recommendation.rule].first:
            return 0
        return 1 if recommendation.verdict in CHANGES else _GROUPS[recommendation.verdict]

    def _recommendation(
        self, topic: str, holding: list[Recommending], valuation: Valuation, values: Values, sources: Sources
    ) -> Recommendation:
        core_rule = holding[0]
        outcome = valuation.outcome(core_rule.rule)
        verdict = verdict_of(core_rule, outcome, values)
        rule = self.content.rules[core_rule.rule]
        fact = core_rule.target.fact if core_rule.target is not None else ""
        target = target_of(core_rule, outcome, self._unit(fact))
        for other in holding[1:]:
            its_outcome = valuation.outcome(other.rule)
            its_target = target_of(other, its_outcome, self._unit(fact))
            if (verdict_of(other, its_outcome, values), its_target) != (verdict, target):
                raise ConflictError(topic, (core_rule.rule, other.rule))
        aim = None
        if isinstance(core_rule.target, NumberTarget):
            current = values[fact]
            assert current is None or isinstance(current, float)
            aim = Aim(fact, outcome.low, outcome.high, current)
        cited = self._sources(holding, sources)
        return Recommendation(
            id=topic,
            verdict=verdict,
            title=self.titles[rule.id],
            text=self.wording.filled(self.says[rule.id, verdict], values, aim),
            rule=rule.id,
            support=self._support(cited),
            target=target,
            current=self._quantity(fact, values[fact]) if fact and values[fact] is not None else None,
            sources=cited,
            table=self._table(core_rule, values, sources),
            columns=self.columns.get(rule.table, EMPTY),
        )

    def _sources(self, holding: list[Recommending], sources: Sources) -> tuple[Source, ...]:
        """The claims behind a topic, each once and with the strongest way it came to back it."""
        found = [sources.of_rule(rule, self.grounds[rule.rule]) for rule in holding]
        if len(found) == 1:
            return tuple(self.sources[item] for item in found[0])
        ways: dict[str, Via] = {}
        for via in Via:
            for claim, its_via in (item for items in found for item in items):
                if its_via is via:
                    ways.setdefault(claim, via)
        return tuple(self.sources[item] for item in ways.items())

    def _support(self, cited: tuple[Source, ...]) -> Support:
        """The best support among the claims of the rule and its parameters; editorial ones never count."""
        return strongest(
            [
                cite.support
                for source in cited
                if source.cites and source.via is not Via.CHAIN and not source.editorial
                for cite in source.cites
            ]
        )

    def _table(
        self, rule: Recommending, values: Values, sources: Sources
    ) -> tuple[Mapping[str, Any], ...] | None:
        authored = self.content.rules[rule.rule]
        if authored.causes_of:
            return cause_rows(authored.causes_of, self.content, self.wording, values, sources)
        return self._table_rows(authored.table, values) if authored.table else None

    def _table_rows(self, id: str, values: Values) -> tuple[Mapping[str, Any], ...]:
        """The rows that fit a person: one is left out where its condition is false, not where it is unknown."""
        return tuple(
            self._with_remarks(cells, remarks, values) if remarks else cells
            for test, cells, remarks in self.rows[id]
            if test is None or truth(test, values) is not False
        )

    def _with_remarks(
        self, cells: Mapping[str, Any], remarks: tuple[tuple[Test | None, str], ...], values: Values
    ) -> Mapping[str, Any]:
        said = [text for test, text in remarks if test is None or truth(test, values)]
        return frozen({**cells, "remark": " ".join(said)}) if said else cells

    def _rows(self, table: Table) -> tuple[_Row, ...]:
        return tuple(
            (
                core_row.test,
                frozen({"id": row.id, **{c: self.wording.plain(cell) for c, cell in row.cells.items()}}),
                tuple(
                    (test, self.wording.plain(remark.says))
                    for remark, test in zip(row.remarks, core_row.remarks, strict=True)
                ),
            )
            for row, core_row in zip(table.rows, self.core.tables[table.id], strict=True)
        )

    def _undecided(self, topic: str, unknown: list[Recommending], values: Values) -> Undecided:
        waited = {fact for rule in unknown for fact in waits_for(rule, self.definitions, values)}
        return Undecided(topic, self.titles[unknown[0].rule], self._in_order(waited))

    def _keeps_unknown(self, rule: Recommending, values: Values) -> set[str]:
        assert rule.target is not None
        return set(stated_inputs([rule.target.fact], self.definitions, values))

    def _in_order(self, facts: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(facts, key=self.place.__getitem__))

    def _questions(self, undecided: list[Undecided], sharper: Mapping[str, set[str]]) -> tuple[Question, ...]:
        """Most decisive first: what helps decide most, then what sharpens most, then the author's order."""
        decides: dict[str, list[str]] = {}
        sharpens: dict[str, list[str]] = {}
        for item in undecided:
            for fact in item.waits_for:
                decides.setdefault(fact, []).append(item.id)
        for topic, facts in sharper.items():
            for fact in facts:
                sharpens.setdefault(fact, []).append(topic)
        ranked = sorted(
            {**decides, **sharpens},
            key=lambda fact: (-len(decides.get(fact, ())), -len(sharpens.get(fact, ())), self.place[fact]),
        )
        return tuple(
            Question(
                fact,
                *self.questions[fact],
                tuple(decides.get(fact, ())),
                tuple(sharpens.get(fact, ())),
            )
            for fact in ranked
        )

    def _stated_notes(self, stated: Values, values: Values) -> Iterable[StatedNote]:
        for definition in self.core.definitions:
            if not isinstance(definition, Formula) or definition.fact not in stated:
                continue
            given, derived = stated[definition.fact], number_of(definition.result, values)
            if isinstance(given, float) and derived is not None and given != derived:
                fact = self.content.facts[definition.fact]
                text = phrases(self.language)["stated_against_derived"].format(
                    fact=self.wording.plain(fact.label),
                    stated=self.wording.quantity(given, fact.unit),
                    derived=self.wording.value(fact, derived),
                )
                yield StatedNote(fact.id, given, derived, text)

    def _contradictions(self) -> dict[str, list[ContradictionNote]]:
        """Claim → the notes on what contradicts it, whichever side recorded it."""
        found: dict[str, list[ContradictionNote]] = {}
        for claim in self.content.claims.values():
            if claim.contradicts:
                ids = (*claim.contradicts, claim.id)
                said = [f"“{self.wording.plain(self.content.claims[id].says)}”" for id in ids]
                text = phrases(self.language)["contradicting_claims"].format(
                    claims=" – ".join(said), contradiction=self.wording.plain(claim.contradiction)
                )
                note = ContradictionNote(ids, text.strip())
                for id in note.claims:
                    found.setdefault(id, []).append(note)
        return found

    def _contradiction_notes(self, given: Iterable[Recommendation]) -> Iterable[ContradictionNote]:
        claims = dict.fromkeys(source.claim for recommendation in given for source in recommendation.sources)
        return dict.fromkeys(note for claim in claims for note in self.contradictions.get(claim, ()))

    def _listed(self, given: Iterable[Recommendation]) -> Mapping[str, ListedReference]:
        numbers = {
            cited.reference
            for recommendation in given
            for source in recommendation.sources
            for cited in source.cites
        }
        return frozen((str(number), self.references[str(number)]) for number in sorted(numbers))

    def _unit(self, fact: str) -> str:
        """The unit of a fact as it is shown."""
        return self.units[fact] if fact else ""

    def _quantity(self, fact: str, value: Any) -> Quantity:
        return Quantity(value, self._unit(fact))

    def _source(self, claim: Claim, via: Via) -> Source:
        works = self.content.works
        return Source(
            claim=claim.id,
            says=self.wording.plain(claim.says),
            section=claim.section,
            editorial=editorial(self.content, claim),
            via=via,
            cites=tuple(CitedReference(int(cite.reference), cite.support) for cite in claim.cites),
            further=tuple(
                FurtherWork(item.work, item.stance, formatted(works[item.work].csl))
                for item in claim.further_evidence
            ),
        )

    def _reference(self, number: str) -> ListedReference:
        reference = self.content.references[number]
        csl = reference.as_cited
        return ListedReference(int(number), csl, reference.on_record.status, formatted(csl))
