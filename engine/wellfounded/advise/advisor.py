"""Facts and their valuation → advice, in one language."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from operator import attrgetter
from typing import Any

from wellfounded.advise.causes import cause_rows
from wellfounded.advise.edition import Edition
from wellfounded.advise.phrases import phrases
from wellfounded.advise.policy import EVERYTHING, EvidencePolicy, withheld
from wellfounded.advise.reading import truth
from wellfounded.advise.sight import keep
from wellfounded.advise.sources import Sources
from wellfounded.advise.verdicts import agreed_verdict, aimed_at, target_of
from wellfounded.advise.waiting import stated_inputs, waits_for
from wellfounded.advise.wording import Aim
from wellfounded.model.advice import (
    Advice,
    Asked,
    ContradictionNote,
    Identity,
    LeftOut,
    ListedReference,
    Question,
    Recommendation,
    StatedNote,
    Undecided,
)
from wellfounded.model.content import CHANGES, Content, Verdict
from wellfounded.model.core import Core, Formula, NumberTarget, Recommending, Test
from wellfounded.model.errors import ConflictError
from wellfounded.model.frozen import frozen
from wellfounded.model.record import Record
from wellfounded.model.valuation import Valuation
from wellfounded.model.values import plain_number
from wellfounded.model.version import VERSION
from wellfounded.reason.arithmetic import Values, number_of
from wellfounded.reason.to_python import Reasoner

_GROUPS = {Verdict.MEET: 2, Verdict.CONSIDER: 3, Verdict.KEEP: 4, Verdict.INFORM: 5}


class _Said(Record, frozen=True):
    """What becomes of a topic: a recommendation with its place and what would sharpen it, or what is open.

    ``cites`` are the references of its sources, ``recorded`` the claims that record contradictions of them.
    """

    recommendation: Recommendation | None = None
    rank: int = 0
    sharper: frozenset[str] = frozenset()
    cites: frozenset[int] = frozenset()
    recorded: tuple[str, ...] = ()
    undecided: Undecided | None = None


def rank(verdict: Verdict) -> int:
    """The place of a verdict in advice. What comes before all of them, since its rule is first, has 0."""
    return 1 if verdict in CHANGES else _GROUPS[verdict]


class Advisor:
    """Reads advice off valuations. Holds nothing of a person, so threads can share it.

    ``preview`` values facts with drafts counting, to say what they would give.
    """

    def __init__(
        self,
        content: Content,
        core: Core,
        identity: Identity,
        language: str,
        preview: Reasoner | None = None,
    ) -> None:
        self.preview = preview
        self.content = content
        self.core = core
        self.identity = identity
        self.language = language
        self.edition = Edition(content, core, language)
        self._said: dict[Hashable, _Said] = {}

    def advise(self, stated: Values, valuation: Valuation, policy: EvidencePolicy = EVERYTHING) -> Advice:
        """The advice for stated facts and their valuation. Raises ``ConflictError`` where rules disagree.

        What the policy leaves out is listed with the reason, as is what only rules that are not in force
        would give; a rule that comes first, and so says whom the advice is not for, is always given.
        """
        edition, values = self.edition, valuation.values
        quantities = edition.quantities
        sources = Sources(edition.definitions, values, stated)
        given: list[_Said] = []
        left_out: list[LeftOut] = []
        undecided: list[Undecided] = []
        sharper: dict[str, frozenset[str]] = {}
        seen = edition.sight.of(values, sources)
        row, place = valuation.row, valuation.layout.place_of_rule
        for topic, rules in edition.topics.items():
            truths = [row[place[rule.rule]] for rule in rules]
            key: Hashable
            if True in truths:
                key = (topic, edition.sight.given[topic](seen))
            elif None in truths:
                key = (topic, edition.sight.undecided[topic](seen), None)
            else:
                continue
            said = self._said.get(key)
            if said is None:
                said = keep(self._said, key, self._say(topic, valuation, values, sources))
            recommendation = said.recommendation
            if recommendation is not None:
                if not policy.gives(recommendation) and not self.content.rules[recommendation.rule].first:
                    left_out.append(policy.left_out(recommendation, self.language))
                    continue
                given.append(said)
                if said.sharper:
                    sharper[topic] = said.sharper
            elif said.undecided is not None:
                undecided.append(said.undecided)
        left_out += self._withheld(stated, valuation)
        given.sort(key=_rank)
        return Advice(
            knowledge_base=self.identity,
            engine=VERSION,
            language=self.language,
            policy=Asked(policy.min_support, self.content.with_drafts),
            title=edition.title,
            notice=edition.notice,
            facts=frozen([(fact, quantities[fact, value]) for fact, value in stated.items()]),
            derived=frozen([(fact, quantities[fact, values[fact]]) for fact in edition.derived]),
            recommendations=tuple(said.recommendation for said in given if said.recommendation),
            undecided=tuple(undecided),
            questions=self._questions(undecided, sharper),
            notes=(*self._stated_notes(stated, values), *self._contradictions(given)),
            left_out=tuple(left_out),
            references=self._listed(given),
        )

    def _say(self, topic: str, valuation: Valuation, values: Values, sources: Sources) -> _Said:
        """What becomes of a topic. It rests on nothing but what the topic sees of a person."""
        rules = self.edition.topics[topic]
        holding = [rule for rule in rules if valuation.holds(rule.rule)]
        if holding:
            recommendation = self._recommendation(topic, holding, valuation, values, sources)
            meets = recommendation.verdict is Verdict.MEET
            sharper = self._keeps_unknown(holding[0], values) if meets else frozenset[str]()
            cites = frozenset(cited.reference for source in recommendation.sources for cited in source.cites)
            recorded = self._recorded(recommendation)
            return _Said(recommendation, self._rank(recommendation), sharper, cites, recorded)
        unknown = [rule for rule in rules if valuation.holds(rule.rule) is None]
        return _Said(undecided=self._undecided(topic, unknown, values)) if unknown else _Said()

    def _rank(self, recommendation: Recommendation) -> int:
        if self.content.rules[recommendation.rule].first:
            return 0
        return rank(recommendation.verdict)

    def _recommendation(
        self, topic: str, holding: list[Recommending], valuation: Valuation, values: Values, sources: Sources
    ) -> Recommendation:
        edition, core_rule = self.edition, holding[0]
        outcome = valuation.outcome(core_rule.rule)
        verdict = agreed_verdict(topic, holding, valuation, values)
        rule = self.content.rules[core_rule.rule]
        fact = aimed_at(core_rule)
        unit = edition.units[fact] if fact else ""
        target = target_of(core_rule, outcome, unit)
        current = values[fact] if fact else None
        aim = None
        if isinstance(core_rule.target, NumberTarget):
            assert current is None or isinstance(current, float)
            aim = Aim(fact, outcome.low, outcome.high, current)
        cited, support = edition.backing[
            tuple((held.rule, sources.basis(edition.grounds[held.rule])) for held in holding)
        ]
        return Recommendation(
            id=topic,
            verdict=verdict,
            title=edition.titles[rule.id],
            text=edition.worded(rule.id, verdict, values, aim),
            rule=rule.id,
            support=support,
            target=target,
            current=None if current is None else edition.quantities[fact, current],
            sources=cited,
            table=self._table(core_rule, values, sources),
            columns=edition.columns[rule.table],
            status=rule.status,
        )

    def _with_drafts(self, stated: Values, valuation: Valuation) -> Valuation:
        """What would be so if drafts counted, which may rest on one another; without any, what is so."""
        if self.preview is None or not self.edition.withheld:
            return valuation
        try:
            return self.preview({fact: value for fact, value in stated.items() if value is not None})
        except ConflictError:
            return valuation

    def _withheld(self, stated: Values, valuation: Valuation) -> Iterable[LeftOut]:
        """What drafts and retired rules would say of topics on which every rule in force is silent."""
        found: dict[str, LeftOut] = {}
        with_drafts = self._with_drafts(stated, valuation)
        for rule in self.edition.withheld:
            in_force = self.edition.topics.get(rule.topic, ())
            silent = all(valuation.holds(other.rule) is False for other in in_force)
            if silent and (valuation.holds(rule.rule) or with_drafts.holds(rule.rule)):
                title, status = self.edition.titles[rule.rule], self.content.rules[rule.rule].status
                found.setdefault(rule.topic, withheld(rule.topic, title, status, self.language))
        return found.values()

    def _table(
        self, rule: Recommending, values: Values, sources: Sources
    ) -> tuple[Mapping[str, Any], ...] | None:
        authored = self.content.rules[rule.rule]
        if authored.causes_of:
            return cause_rows(authored.causes_of, self.edition, values, sources)
        return self._table_rows(authored.table, values) if authored.table else None

    def _table_rows(self, id: str, values: Values) -> tuple[Mapping[str, Any], ...]:
        """The rows that fit a person: a row is left out where its condition is false, not where unknown."""
        return tuple(
            _with_remarks(cells, remarks, values) if remarks else cells
            for test, cells, remarks in self.edition.rows[id]
            if test is None or truth(test, values) is not False
        )

    def _undecided(self, topic: str, unknown: list[Recommending], values: Values) -> Undecided:
        waited = {fact for rule in unknown for fact in waits_for(rule, self.edition.definitions, values)}
        in_order = tuple(sorted(waited, key=self.edition.place.__getitem__))
        return Undecided(topic, self.edition.titles[unknown[0].rule], in_order)

    def _keeps_unknown(self, rule: Recommending, values: Values) -> frozenset[str]:
        assert rule.target is not None
        return frozenset(stated_inputs([rule.target.fact], self.edition.definitions, values))

    def _questions(
        self, undecided: list[Undecided], sharper: Mapping[str, frozenset[str]]
    ) -> tuple[Question, ...]:
        """Most decisive first: what helps decide most, then what sharpens most, then the author's order."""
        decides: dict[str, list[str]] = {}
        sharpens: dict[str, list[str]] = {}
        for item in undecided:
            for fact in item.waits_for:
                decides.setdefault(fact, []).append(item.id)
        for topic, facts in sharper.items():
            for fact in facts:
                sharpens.setdefault(fact, []).append(topic)
        place, asked = self.edition.place, self.edition.questions
        ranked = sorted(
            {**decides, **sharpens},
            key=lambda fact: (-len(decides.get(fact, ())), -len(sharpens.get(fact, ())), place[fact]),
        )
        return tuple(
            Question(fact, text, tuple(decides.get(fact, ())), tuple(sharpens.get(fact, ())), help)
            for fact, (text, help) in ((fact, asked[fact]) for fact in ranked)
        )

    def _stated_notes(self, stated: Values, values: Values) -> Iterable[StatedNote]:
        wording = self.edition.wording
        for definition in self.core.definitions:
            if not isinstance(definition, Formula) or definition.fact not in stated:
                continue
            given, derived = stated[definition.fact], number_of(definition.result, values)
            if isinstance(given, float) and derived is not None and given != derived:
                fact = self.content.facts[definition.fact]
                text = phrases(self.language)["stated_against_derived"].format(
                    fact=wording.plain(fact.label),
                    stated=wording.quantity(given, fact.unit),
                    derived=wording.value(fact, derived),
                )
                yield StatedNote(text, fact.id, plain_number(given), plain_number(derived))

    def _recorded(self, recommendation: Recommendation) -> tuple[str, ...]:
        """The claims that record a contradiction which a claim among the sources is part of."""
        contradicted = self.edition.contradicted
        claims = dict.fromkeys(source.claim for source in recommendation.sources)
        return tuple(dict.fromkeys(id for claim in claims for id in contradicted.get(claim, ())))

    def _contradictions(self, given: Iterable[_Said]) -> tuple[ContradictionNote, ...]:
        """A note for every recorded contradiction that a claim among the sources is part of."""
        recorded = dict.fromkeys(id for said in given for id in said.recorded)
        return tuple(self.edition.contradictions[id] for id in recorded)

    def _listed(self, given: Iterable[_Said]) -> Mapping[str, ListedReference]:
        references = self.edition.references
        numbers = map(str, sorted(frozenset[int]().union(*(said.cites for said in given))))
        return frozen([(number, references[number]) for number in numbers])


_rank = attrgetter("rank")


def _with_remarks(
    cells: Mapping[str, Any], remarks: tuple[tuple[Test | None, str], ...], values: Values
) -> Mapping[str, Any]:
    said = [text for test, text in remarks if test is None or truth(test, values)]
    return frozen({**cells, "remark": " ".join(said)}) if said else cells
