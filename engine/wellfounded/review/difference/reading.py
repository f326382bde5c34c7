"""What advice says of one topic, in the three ways that are told apart, and what decides it for everyone.

*Meaning* is whether the topic is given, its verdict and its target. *Evidence* is which claims and works
stand behind it, and how well. *Text* is what else a person reads of it. Of the last two there is a view of
one person's advice, and a basis: all in the knowledge base that the view of any person is made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from wellfounded.advise.wording import Wording
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.advice import Advice, ContradictionNote, Recommendation
from wellfounded.model.content import Claim, Content, counts_as_support, editorial
from wellfounded.model.core import Branch, Definition, Formula, Recommending, Test, facts_in_test
from wellfounded.model.record import Record
from wellfounded.model.template import Slot
from wellfounded.model.text import NO_TEXT, Text
from wellfounded.model.word import Word
from wellfounded.verify.equivalence import behind
from wellfounded.verify.subject import Subject
from wellfounded.verify.to_solver import facts_of_rule


class Kind(Word):
    """What is different, weightiest first."""

    MEANING = "meaning"
    EVIDENCE = "evidence"
    TEXT = "text"


def given(advice: Advice, topic: str) -> Recommendation | None:
    """What is recommended on a topic, if anything is."""
    return next((item for item in advice.recommendations if item.id == topic), None)


def evidence_in(advice: Advice, topic: str) -> object:
    """What stands behind a topic for one person, without its words, in whatever order it is told."""
    found = given(advice, topic)
    if found is None:
        return None
    sources = frozenset(replace(source, says="") for source in found.sources)
    numbers = {str(cite.reference) for source in sources for cite in source.cites}
    works = {n: (r.csl, r.status) for n, r in advice.references.items() if n in numbers}
    return found.support, sources, works, [note.claims for note in contradictions(advice, found)]


def text_differs(old: Advice, new: Advice, topic: str) -> bool:
    """Whether one person reads something else of a topic, but for its verdict, target and sources.

    What a source says is compared where it is a source of both.
    """
    before, after = _text_in(old, topic), _text_in(new, topic)
    says = [{**_says(advice, topic)} for advice in (old, new)]
    return before != after or any(says[0][claim] != says[1][claim] for claim in says[0].keys() & says[1])


def evidence_differs(old: Advice, new: Advice, topic: str) -> bool:
    """Whether something else stands behind a topic for one person."""
    return evidence_in(old, topic) != evidence_in(new, topic)


def _text_in(advice: Advice, topic: str) -> object:
    found = given(advice, topic)
    if found is None:
        return [item.title for item in advice.undecided if item.id == topic]
    units = [quantity.unit for quantity in (found.target, found.current) if quantity is not None]
    return found.title, found.text, _rows(found.table or ()), found.columns, units


def _says(advice: Advice, topic: str) -> dict[object, str]:
    """What sources say, by their claims, and how their contradictions are told."""
    found = given(advice, topic)
    if found is None:
        return {}
    says: dict[object, str] = {source.claim: source.says for source in found.sources}
    return says | {note.claims: note.text for note in contradictions(advice, found)}


def contradictions(advice: Advice, found: Recommendation) -> list[ContradictionNote]:
    """The notes on claims among the sources that others contradict."""
    claims = {source.claim for source in found.sources}
    notes = (note for note in advice.notes if isinstance(note, ContradictionNote))
    return [note for note in notes if claims.intersection(note.claims)]


def _rows(rows: Iterable[Mapping[str, Any]]) -> list[Any]:
    """The rows of a table, or causes with those behind them, as they are read."""
    return [
        {k: _rows(v) if k == "because" else v for k, v in row.items() if k not in ("rule", "claims")}
        for row in rows
    ]


class Basis:
    """What the views of a topic are made of, whoever the person is."""

    def __init__(self, knowledge_base: KnowledgeBase, subject: Subject, languages: Iterable[str]) -> None:
        self.content: Content = knowledge_base.content
        self.subject = subject
        self.wordings = [Wording(self.content, language) for language in languages]
        self.claims_recording = [claim for claim in self.content.claims.values() if claim.contradicts]

    def of(self, kind: Kind, topic: str, claims: Iterable[str]) -> object:
        """The basis of a topic, as far as it is made of these claims."""
        core = [_without_ids(item) for item in self.core(topic)]
        known = [self.content.claims[id] for id in sorted(claims)]
        if kind is Kind.EVIDENCE:
            return _in_any_order(core), [self._evidence(claim) for claim in known], self._recorded(known)
        said = [(claim.id, self._said(claim.says)) for claim in known]
        recorded = [self._said(claim.contradiction) for claim in self._recorded_by(known)]
        rules = self.subject.topics.get(topic, [])
        return _without_claims(core), [self._of_rule(rule) for rule in rules], said, recorded

    def core(self, topic: str) -> list[Recommending | Definition]:
        """The rules of a topic and the definitions they rest on."""
        rules = self.subject.topics.get(topic, [])
        definitions, _ = behind(self.subject, (fact for rule in rules for fact in facts_of_rule(rule)))
        return [*rules, *(definitions[fact] for fact in sorted(definitions))]

    def claims(self, topic: str) -> set[str]:
        """The claims that a topic can rest on."""
        return set(claims_in(self.core(topic)))

    def _evidence(self, claim: Claim) -> object:
        content = self.content
        cited = [
            (cite.reference, cite.support, cite.locator, reference.as_cited, reference.on_record.status)
            for cite in claim.cites
            for reference in (content.references[cite.reference],)
        ]
        further = [(f.stance, f.locator, content.works[f.work]) for f in claim.further_evidence]
        counts = counts_as_support(content, claim), editorial(content, claim), claim.section, claim.status
        return claim.id, cited, further, counts

    def _recorded(self, claims: Iterable[Claim]) -> object:
        return [(claim.id, claim.contradicts) for claim in self._recorded_by(claims)]

    def _recorded_by(self, claims: Iterable[Claim]) -> list[Claim]:
        """The claims that record a contradiction with one of these, or of one of them."""
        ids = {claim.id for claim in claims}
        return [claim for claim in self.claims_recording if ids.intersection((claim.id, *claim.contradicts))]

    def _of_rule(self, recommending: Recommending) -> object:
        rule = self.content.rules[recommending.rule]
        said = {verdict: self._said(text) for verdict, text in rule.says.items()}
        fact = self.content.facts[recommending.target.fact] if recommending.target else None
        shown = None if fact is None else (self._unit(fact.unit), fact.step)
        table = self._table(rule.table) if rule.table else None
        causes = [*self._causes(rule.causes_of)] if rule.causes_of else []
        return self._said(rule.title), said, shown, table, causes

    def _table(self, id: str) -> object:
        """The words of a table, when each row and remark is shown, and what that rests on."""
        table = self.content.tables[id]
        words = [
            ([self._said(cell) for cell in row.cells.values()], [self._said(r.says) for r in row.remarks])
            for row in table.rows
        ]
        tests = list(tests_of_table(self.subject, id))
        facts = [fact for test in tests for fact in facts_in_test(test)]
        definitions, known = behind(self.subject, facts)
        columns = [(column, self._said(heading)) for column, heading in table.columns.items()]
        return (
            columns,
            words,
            _without_claims([self.subject.core.tables[id], list(map(_without_ids, definitions.values()))]),
            known,
        )

    def _causes(self, fact: str) -> Iterator[object]:
        """The words of the rules that a fact can rest on, in the order of its branches."""
        definitions, _ = behind(self.subject, [fact])
        for definition in definitions.values():
            for branch in () if isinstance(definition, Formula) else definition.branches:
                rule = self.content.rules[branch.rule]
                yield self._said(rule.says.get("", rule.title))

    def _said(self, text: Text) -> object:
        """A text in each language, with its parameters filled in and how the facts in it are shown."""
        prepared = [wording.prepared(text or NO_TEXT) for wording in self.wordings]
        facts = {piece.name for pieces in prepared for piece in pieces if isinstance(piece, Slot)}
        return prepared, [self._shown(fact) for fact in sorted(facts) if fact in self.content.facts]

    def _shown(self, id: str) -> object:
        fact = self.content.facts[id]
        choices = [(choice, self._said(label)) for choice, label in fact.choices.items()]
        return fact.type, choices, fact.step, self._unit(fact.unit)

    def _unit(self, written: str) -> object:
        unit = self.content.units.get(written)
        return unit and (unit.shown, [unit.says.get(wording.language) for wording in self.wordings])


def tests_of_table(subject: Subject, id: str) -> Iterator[Test]:
    """What a table asks of a person: when a row is left out, and when a remark is made."""
    for row in subject.core.tables[id]:
        yield from (test for test in (row.test, *row.remarks) if test is not None)


def claims_in(item: Any) -> Iterator[str]:
    """Every claim that a part of the core names."""
    if isinstance(item, Record):
        for name in item.__struct_fields__:
            value = getattr(item, name)
            yield from value if name in _CLAIMS else claims_in(value)
    elif isinstance(item, tuple | list):
        for part in item:
            yield from claims_in(part)


def _without_ids(item: Any) -> Any:
    """A part of the core without the ids of rules, which nobody reads."""
    match item:
        case Recommending():
            return replace(item, rule="")
        case Formula():
            return item
    branches: tuple[Branch, ...] = item.branches
    return replace(item, branches=tuple(replace(branch, rule="") for branch in branches))


def _in_any_order(item: Any) -> Any:
    """A part of the core without the order of what counts as much in any: conditions, rules, claims."""
    match item:
        case Record():
            fields = ((name, _in_any_order(getattr(item, name))) for name in item.__struct_fields__)
            parts = ((name, frozenset(value) if name in _UNORDERED else value) for name, value in fields)
            return type(item), tuple(parts)
        case tuple() | list():
            return tuple(map(_in_any_order, item))
    return item


def _without_claims(item: Any) -> Any:
    """A part of the core without the claims it names."""
    match item:
        case Record():
            fields = {name: _without_claims(getattr(item, name)) for name in item.__struct_fields__}
            return replace(item, **{n: () if n in _CLAIMS else value for n, value in fields.items()})
        case tuple() | list():
            return [_without_claims(part) for part in item]
    return item


#: The fields of the core that hold ids of claims.
_CLAIMS = ("claims", "shown")
_UNORDERED = (*_CLAIMS, "members", "branches")
