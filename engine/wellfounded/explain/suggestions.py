"""The smallest changes, of what a person can change, that make a recommendation what is wanted.

Fewest facts first, then the fewest steps. A set of facts is left aside as a whole where, with all of them
unknown, the recommendation is already fixed at something else: then no values of theirs can help. What is
left is gone through value by value, outwards from the present ones; so within the sizes that were looked at,
the smallest change is found for certain, unless ``MOST_TRIED`` or ``MOST_SETS`` ends the search first, which
is then said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from math import inf, prod

from wellfounded.advise.edition import Edition
from wellfounded.advise.topics import ABSENT, UNDECIDED
from wellfounded.explain.chain import State, StatedFact
from wellfounded.explain.part import CONFLICT, Part
from wellfounded.explain.possible_values import MOST_STEPS, Other, all_looked_at, other_values
from wellfounded.explain.reachable import Reachable
from wellfounded.explain.sentence_words import sentence_words
from wellfounded.explain.smallest import smallest
from wellfounded.explain.suggested import (
    MOST_CHANGED,
    SuggestedChange,
    Suggestion,
    Suggestions,
    Want,
)
from wellfounded.explain.what_if import Advise, Standing, standing
from wellfounded.explain.wording import Nodes, worded
from wellfounded.model.advice import Advice, TargetRange, shown
from wellfounded.model.content import Fact, FactType, Verdict
from wellfounded.model.core import Formula, facts_in_term
from wellfounded.model.errors import ConflictError, RecommendationError
from wellfounded.model.record import Record
from wellfounded.model.values import Value, plain_number

#: So many values are tried for one answer; it takes about a second.
MOST_TRIED = 200_000
#: To give the advice counts as so many.
COST_OF_ADVICE = 300
#: So many sets of facts are looked at for one answer; it takes some seconds at most.
MOST_SETS = 20_000
#: So many ways are worth reading.
MOST_SUGGESTED = 20


def suggest(
    advise: Advise,
    part: Part,
    edition: Edition,
    stated: Mapping[str, Value],
    want: Want,
    at_most: int,
    leaves_out: bool = False,
) -> Suggestions:
    """The smallest changes for what is wanted of the topic of a part. Raises ``ConflictError``.

    ``leaves_out`` says whether the advice leaves out what has too little behind it. Then it is not said what
    other values do as well: what stands behind a recommendation depends on them, too.

    Raises ``RecommendationError`` where ``keep`` is wanted of a topic without a target, or more changes are
    allowed than are looked for.
    """
    if at_most not in range(1, MOST_CHANGED + 1):
        raise RecommendationError(
            f"changes of at most {at_most} facts cannot be looked for; allowed: 1 to {MOST_CHANGED}"
        )
    rules = part.core.recommending
    if want is Want.KEEP and all(rule.target is None for rule in rules):
        raise RecommendationError(f"`{part.topic}` has no target, so it cannot turn to `keep`")
    advice = advise(stated)
    now = standing(advice, part.topic)
    search = _Search(advise, part, edition, stated, want)
    search.left_out = _reason(advice, part.topic)
    already = search.is_so(now)
    impossible = () if already else search.impossible()
    changes = [] if already or impossible else search.smallest_changes(at_most)
    found = search.suggested(changes[:MOST_SUGGESTED], not leaves_out)
    return Suggestions(
        knowledge_base=advice.knowledge_base,
        engine=advice.engine,
        language=advice.language,
        recommendation=part.topic,
        title=_title(part.topic, edition),
        want=want,
        at_most=at_most,
        every_value=search.every_value,
        now=now,
        already=already,
        not_in_force=not rules,
        left_out="" if found or already else search.left_out,
        suggestions=found,
        more=len(changes) - len(found),
        impossible=impossible,
        unknown=tuple(f for f in now.waits_for if not found and not edition.content.facts[f].changeable),
    )


def _reason(advice: Advice, topic: str) -> str:
    """Why a recommendation is left out; empty where it is not."""
    return next((item.reason for item in advice.left_out if item.id == topic), "")


def _title(topic: str, edition: Edition) -> str:
    """What a recommendation is called, be its rules in force or not."""
    rule = next(rule for rule in edition.content.rules.values() if rule.topic == topic)
    return edition.titles[rule.id]


class _Found(Record, frozen=True):
    """New values of some facts, how many steps they take, and what the recommendation then is."""

    change: Mapping[str, Value]
    steps: float
    then: Standing


class _Search:
    """Looks for changes of one person's facts."""

    def __init__(
        self, advise: Advise, part: Part, edition: Edition, stated: Mapping[str, Value], want: Want
    ) -> None:
        self.advise = advise
        self.part = part
        self.edition = edition
        self.content = edition.content
        self.everything = stated
        self.stated = {fact: stated[fact] for fact in part.facts if fact in stated}
        self.want = want
        self.every_value = True
        self.left_out = ""
        self.left = MOST_TRIED
        self.sets_left = MOST_SETS
        self.listed: dict[str, tuple[list[Other], Iterator[Other]]] = {}
        self.made_of = {
            definition.fact: frozenset(facts_in_term(definition.result.term))
            for definition in part.core.definitions
            if isinstance(definition, Formula)
        }

    def done(self, outcome: str) -> bool:
        """Whether an outcome is what is wanted."""
        match self.want:
            case Want.GIVEN:
                return outcome not in (ABSENT, UNDECIDED, CONFLICT)
            case Want.KEEP:
                return outcome == Verdict.KEEP
        return outcome == ABSENT

    def may_be_done(self, outcome: str) -> bool:
        """Whether what is wanted can still come about when more is known."""
        sharper = self.want is Want.KEEP and outcome == Verdict.MEET
        return sharper or outcome == UNDECIDED or self.done(outcome)

    def outcome(self, facts: Mapping[str, Value]) -> str:
        self.left -= 1
        return self.part.outcome(facts)

    def impossible(self) -> tuple[StatedFact, ...]:
        """The smallest set of facts that cannot be changed and keeps what is wanted from coming about."""
        fixed = {f: value for f, value in self.stated.items() if not self.content.facts[f].changeable}

        def enough(some: frozenset[str]) -> bool:
            return not self.may_be_done(self.part.outcome({f: v for f, v in fixed.items() if f in some}))

        if not enough(frozenset(fixed)):
            return ()
        facts = smallest(tuple(fixed), enough)
        nodes = Nodes(self.edition, dict(self.stated), self.stated, lambda rule: False)
        found = (nodes.node(f"fact:{fact}") for fact in facts)
        return tuple(node for node in found if isinstance(node, StatedFact))

    def smallest_changes(self, at_most: int) -> list[_Found]:
        """Of all sets of as few facts as there are to be changed the smallest change, the smallest first."""
        facts = self._changeable()
        if not self._may_help(facts):
            return []
        needed = [fact for fact in facts if not self._may_help([other for other in facts if other != fact])]
        for size in range(max(1, len(needed)), min(at_most, len(facts)) + 1):
            sets = self._ordered(self._sets_that_can_help(facts, needed, size))
            found = [change for change in map(self._smallest_change, sets) if change is not None]
            if found or self.left <= 0 or self.sets_left <= 0:
                return sorted(found, key=lambda change: change.steps)
        return []

    def _sets_that_can_help(
        self, facts: Sequence[str], needed: Collection[str], size: int
    ) -> Iterator[tuple[str, ...]]:
        """The sets of so many facts, some of which are always needed."""
        others = [fact for fact in facts if fact not in needed]
        for some in combinations(others, size - len(needed)):
            if self.sets_left <= 0:
                self.every_value = False
                return
            together = tuple(fact for fact in facts if fact in needed or fact in some)
            if not self._made_of_another(together) and self._may_help(together):
                yield together

    def _ordered(self, sets: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Those that are gone through quickest first."""
        return sorted(sets, key=lambda facts: prod(map(self._how_many, facts)))

    def _changeable(self) -> list[str]:
        """What can be changed, or stated where it is unknown. A number that is worked out follows others."""
        values = self.part.value(self.stated)
        return [
            fact
            for fact in self.part.facts
            if self.content.facts[fact].changeable and (fact in self.stated or values[fact] is None)
        ]

    def _made_of_another(self, facts: Collection[str]) -> bool:
        """Whether among the facts are a number and what it is worked out from."""
        return any(not self.made_of.get(fact, frozenset()).isdisjoint(facts) for fact in facts)

    def _may_help(self, facts: Collection[str]) -> bool:
        """Whether some values of these facts might do it. If not, then no values of fewer of them do."""
        self.sets_left -= 1
        others = {fact: value for fact, value in self.stated.items() if fact not in facts}
        if not self.may_be_done(self.outcome(others)):
            return False
        may = Reachable(self.part.core, self.content, self.stated, facts)
        return {Want.GIVEN: may.given, Want.KEEP: may.kept, Want.GONE: may.gone}[self.want]()

    def _smallest_change(self, facts: tuple[str, ...]) -> _Found | None:
        """The values of these facts, all of them new, with the fewest steps that do it, and what then is."""
        others = {fact: value for fact, value in self.stated.items() if fact not in facts}
        ordered = sorted(facts, key=self._how_many)
        fewest, best = inf, None

        def go(place: int, known: dict[str, Value], steps: float) -> None:
            nonlocal fewest, best
            fact = ordered[place]
            present = self.stated.get(fact)
            last = place == len(ordered) - 1
            for other in self._others(fact):
                total = steps + other.steps
                if other.steps > MOST_STEPS and steps + MOST_STEPS < fewest:
                    self.every_value = False  # an end of the span, behind values that were left out
                if total >= fewest or self.left <= 0:
                    break
                known[fact] = other.value
                outcome = self.outcome(known)
                if last and self.done(outcome):
                    change = {fact: known[fact] for fact in facts}
                    then = self._then(change)
                    if then is not None:
                        fewest, best = total, _Found(change, round(total, 6), then)
                        break
                if not last and self.may_be_done(outcome):
                    go(place + 1, known, total)
            else:
                self.every_value &= all_looked_at(self.content.facts[fact], present)
            known.pop(fact, None)

        go(0, others, 0)
        self.every_value &= self.left > 0
        return best

    def _others(self, fact: str) -> Iterator[Other]:
        """The other values of a fact. What was listed once is kept: listing takes longer than trying."""
        if fact not in self.listed:
            self.listed[fact] = [], other_values(self.content.facts[fact], self.stated.get(fact))
        kept, rest = self.listed[fact]
        yield from kept
        for other in rest:
            kept.append(other)
            yield other

    def _how_many(self, fact: str) -> float:
        """How many values a fact can have; the others are tried for each value of those with few."""
        about = self.content.facts[fact]
        if about.type is not FactType.NUMBER:
            return len(about.values)
        assert about.span is not None
        assert about.step is not None
        return (about.span[1] - about.span[0]) / about.step

    def _then(self, change: Mapping[str, Value]) -> Standing | None:
        """What the recommendation is with a change; nothing where the advice is not what is wanted.

        So it is where rules disagree, be it about something else: then there is no advice at all.
        """
        changed = {**self.everything, **change}
        self.left -= COST_OF_ADVICE
        try:
            advice = self.advise({fact: changed[fact] for fact in self.content.facts if fact in changed})
        except ConflictError:
            self.every_value = False  # a change of what does not decide this topic might end it
            return None
        then = standing(advice, self.part.topic)
        self.left_out = _reason(advice, self.part.topic) or self.left_out
        return then if self.is_so(then) else None

    def is_so(self, now: Standing) -> bool:
        """Whether what becomes of a recommendation is what is wanted."""
        match self.want:
            case Want.GIVEN:
                return now.state is State.GIVEN
            case Want.KEEP:
                return now.verdict is Verdict.KEEP
        return now.state in (State.NOT_GIVEN, State.LEFT_OUT)

    def suggested(self, found: Iterable[_Found], around: bool) -> tuple[Suggestion, ...]:
        """What was found, in words, perhaps with the values around it that do as well."""
        self.left = MOST_TRIED
        return tuple(
            Suggestion(
                tuple(self._change(f, one.change, around) for f in self.part.facts if f in one.change),
                one.steps,
                one.then,
            )
            for one in found
        )

    def _change(self, fact: str, change: Mapping[str, Value], around: bool) -> SuggestedChange:
        about, wording = self.content.facts[fact], self.edition.wording
        before, after = self.stated.get(fact), change[fact]
        plain = shown(after)
        assert plain is not None
        works = self._works(fact, change) if around else None
        return SuggestedChange(
            fact,
            wording.plain(about.label),
            shown(before),
            plain,
            worded(about, after, wording, (before,)),
            "" if before is None else worded(about, before, wording, (after,)),
            self.edition.units[fact],
            works,
            "" if works is None else self._worded(works, about),
        )

    def _worded(self, works: TargetRange, fact: Fact) -> str:
        """The values that do as well, in words; an end of the span goes without saying."""
        said, wording = sentence_words(self.edition.language), self.edition.wording
        assert works.low is not None
        assert works.high is not None
        assert fact.span is not None
        if works.high == fact.span[1]:
            return said["or_more"].format(number=wording.quantity(float(works.low), fact.unit))
        if works.low == fact.span[0]:
            return said["or_less"].format(number=wording.quantity(float(works.high), fact.unit))
        return said["from_to"].format(range=wording.range(float(works.low), float(works.high), fact.unit))

    def _works(self, fact: str, change: Mapping[str, Value]) -> TargetRange | None:
        """The values around a number that do as well, the others being as suggested."""
        after = change[fact]
        if not isinstance(after, float):
            return None
        known = {**self.stated, **change}
        ends = [after, after]
        going = [True, True]
        for other in other_values(self.content.facts[fact], after):
            assert isinstance(other.value, float)
            side = int(other.value > after)
            if self.left <= 0:
                break
            if going[side]:
                known[fact] = other.value
                going[side] = self.done(self.outcome(known))
                ends[side] = other.value if going[side] else ends[side]
            elif not going[1 - side]:
                break
        low, high = map(plain_number, ends)
        return None if low == high else TargetRange(low, high, unit=self.edition.units[fact])
