"""A knowledge base in one language: what is worded the same for everyone, made when needed and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar

from wellfounded.advise.citations import formatted
from wellfounded.advise.phrases import phrases
from wellfounded.advise.sight import Sight
from wellfounded.advise.sources import Basis, Grounds, claims_behind, grounds_of_rule
from wellfounded.advise.supports import support_of
from wellfounded.advise.wording import Aim, Prepared, Wording
from wellfounded.model.advice import (
    CitedReference,
    ContradictionNote,
    FurtherWork,
    ListedReference,
    Quantity,
    Source,
    Via,
    shown,
)
from wellfounded.model.content import (
    Claim,
    Content,
    Lifecycle,
    Support,
    counts_as_support,
    editorial,
)
from wellfounded.model.core import Core, Recommending, Test
from wellfounded.model.frozen import EMPTY, frozen
from wellfounded.model.template import CURRENT, TARGET, Slot
from wellfounded.model.unit import NO_UNIT
from wellfounded.model.values import Value
from wellfounded.reason.arithmetic import Values

Key = TypeVar("Key")
Item = TypeVar("Item")

#: A table's row as it is for everyone: when it is left out, its cells, and when each remark is made.
Row: TypeAlias = tuple[Test | None, Mapping[str, Any], tuple[tuple[Test | None, str], ...]]


#: The rules that hold for a topic with what is particular to a person, and the sources and support they give.
Backed: TypeAlias = tuple[tuple[str, Basis], ...]
Backing: TypeAlias = tuple[tuple[Source, ...], Support]

#: More entries than this are not kept; no knowledge base written by hand comes near.
MOST_KEPT = 20_000


class Kept(dict[Key, Item]):
    """A mapping that makes an entry when it is first asked for. Two threads that ask get one and the same."""

    def __init__(self, make: Callable[[Key], Item]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, key: Key) -> Item:
        if len(self) >= MOST_KEPT:
            self.clear()
        return self.setdefault(key, self.make(key))


class Edition:
    """What advice in one language takes from a knowledge base, whoever it is for."""

    def __init__(self, content: Content, core: Core, language: str) -> None:
        self.content = content
        self.core = core
        self.language = language
        self.wording = Wording(content, language)
        self.definitions = {definition.fact: definition for definition in core.definitions}
        self.topics: dict[str, list[Recommending]] = {}
        for rule in core.giving:
            self.topics.setdefault(rule.topic, []).append(rule)
        self.sight = Sight(content, core, self.topics)
        withheld = [rule for rule in core.recommending if not rule.in_force]
        # What is to come is said before what has been.
        self.withheld = sorted(
            withheld, key=lambda rule: content.rules[rule.rule].status is Lifecycle.RETIRED
        )
        self.derived = [fact.id for fact in content.facts.values() if fact.derived]
        self.place = {fact: index for index, fact in enumerate(content.facts)}
        self.units = {fact.id: content.units.get(fact.unit, NO_UNIT).shown for fact in content.facts.values()}
        self.contradicted = self._contradicted()
        plain, facts = self.wording.plain, content.facts
        self.title, self.notice = plain(content.header.title), plain(content.header.notice)
        self.quantities = Kept[tuple[str, Value | None], Quantity](self._quantity)
        self.titles = Kept[str, str](lambda rule: plain(content.rules[rule].title))
        self.says = Kept[tuple[str, str], Prepared](self._says)
        self.texts = Kept[tuple[str, str, Aim | None], str](self._text)
        recommending = {rule.rule: rule for rule in core.recommending}
        self.grounds = Kept[str, Grounds](lambda rule: grounds_of_rule(recommending[rule], self.definitions))
        self.backing = Kept[Backed, Backing](self._backing)
        self.sources = Kept[tuple[str, Via], Source](self._source)
        self.references = Kept[str, ListedReference](self._reference)
        self.columns = Kept[str, Mapping[str, str]](self._columns)
        self.rows = Kept[str, tuple[Row, ...]](self._rows)
        self.questions = Kept[str, tuple[str, str]](
            lambda fact: (plain(facts[fact].question), plain(facts[fact].help))
        )
        self.contradictions = Kept[str, ContradictionNote](self._contradiction)

    def _backing(self, backed: Backed) -> Backing:
        """The sources of a topic, each claim once and with the strongest way it came, and their support.

        What only came through a derived fact is no support.
        """
        ways: dict[str, Via] = {}
        behind = [item for rule, basis in backed for item in claims_behind(self.grounds[rule], basis)]
        for via in Via:
            for claim, its_via in behind:
                if its_via is via:
                    ways.setdefault(claim, via)
        cited = tuple(self.sources[item] for item in ways.items())
        direct = (source.claim for source in cited if source.via is not Via.CHAIN)
        return cited, support_of(self.content, direct)

    def worded(self, rule: str, verdict: str, values: Values, aim: Aim | None) -> str:
        """What a rule says with a verdict. Texts that show no fact of the person are kept by their target."""
        says = self.says[rule, verdict]
        if any(isinstance(piece, Slot) and piece.name not in (TARGET, CURRENT) for piece in says):
            return self.wording.filled(says, values, aim)
        return self.texts[rule, verdict, aim]

    def _quantity(self, key: tuple[str, Value | None]) -> Quantity:
        fact, value = key
        return Quantity(shown(value), self.units[fact])

    def _text(self, key: tuple[str, str, Aim | None]) -> str:
        rule, verdict, aim = key
        return self.wording.filled(self.says[rule, verdict], EMPTY, aim)

    def _says(self, key: tuple[str, str]) -> Prepared:
        """The text of a rule; one that concludes and says nothing says its title."""
        rule, verdict = self.content.rules[key[0]], key[1]
        return self.wording.prepared(rule.says.get(verdict, rule.title))

    def _source(self, key: tuple[str, Via]) -> Source:
        claim, via = self.content.claims[key[0]], key[1]
        works = self.content.works
        return Source(
            claim=claim.id,
            says=self.wording.plain(claim.says),
            section=claim.section,
            editorial=editorial(self.content, claim),
            via=via,
            cites=tuple(
                CitedReference(int(cite.reference), cite.support, cite.locator) for cite in claim.cites
            ),
            further=tuple(
                FurtherWork(item.work, item.stance, formatted(works[item.work].csl), item.locator)
                for item in claim.further_evidence
            ),
            status=claim.status,
            counts=counts_as_support(self.content, claim),
        )

    def _reference(self, number: str) -> ListedReference:
        reference = self.content.references[number]
        csl = frozen({"id": number, **reference.as_cited})
        return ListedReference(int(number), csl, reference.on_record.status, formatted(csl))

    def _columns(self, table: str) -> Mapping[str, str]:
        columns = self.content.tables[table].columns if table else {}
        return frozen((column, self.wording.plain(text)) for column, text in columns.items())

    def _rows(self, id: str) -> tuple[Row, ...]:
        return tuple(
            (
                core_row.test,
                frozen({"id": row.id, **{c: self.wording.plain(cell) for c, cell in row.cells.items()}}),
                tuple(
                    (test, self.wording.plain(remark.says))
                    for remark, test in zip(row.remarks, core_row.remarks, strict=True)
                ),
            )
            for row, core_row in zip(self.content.tables[id].rows, self.core.tables[id], strict=True)
        )

    def _contradicted(self) -> Mapping[str, tuple[str, ...]]:
        """Claim → the claims that record a contradiction it is part of, whichever side recorded it."""
        found: dict[str, list[str]] = {}
        for claim in self.content.claims.values():
            for id in (claim.id, *claim.contradicts) if claim.contradicts else ():
                found.setdefault(id, []).append(claim.id)
        return frozen((id, tuple(recorded)) for id, recorded in found.items())

    def _contradiction(self, recorded: str) -> ContradictionNote:
        claim: Claim = self.content.claims[recorded]
        ids = (*claim.contradicts, claim.id)
        said = [f"“{self.wording.plain(self.content.claims[id].says)}”" for id in ids]
        text = phrases(self.language)["contradicting_claims"].format(
            claims=" – ".join(said), contradiction=self.wording.plain(claim.contradiction)
        )
        return ContradictionNote(text.strip(), ids)
