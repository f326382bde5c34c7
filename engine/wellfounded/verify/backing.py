"""What else can be seen of a topic than what it asks: sources, their support, what it waits for and shows.

``advise/sources.py`` and ``advise/waiting.py`` read these off one person's values; here they are read for
everyone at once: of each claim whether it stands behind a topic, of each fact whether it is waited for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wellfounded.model.content import STRENGTH, Content, Rule, Support, Verdict, counts_as_support, strongest
from wellfounded.model.core import (
    All,
    Branch,
    Comparison,
    Conclusion,
    Core,
    Definition,
    Formula,
    OneOf,
    Recommending,
    Test,
    facts_in_term,
    facts_in_test,
)
from wellfounded.model.template import slots
from wellfounded.verify.guarantees import verdict_is
from wellfounded.verify.numbers import FALSE, TRUE, Yes, all_of, any_of, compared, none_of
from wellfounded.verify.subject import Subject
from wellfounded.verify.to_solver import Reading, Truth, bounds_of, facts_of_rule

#: Of each thing, whether it is so of a person.
Each = Mapping[str, Yes]


class Behind:
    """Claims: those that stand behind something directly, and those that come through a derived fact."""

    def __init__(self, direct: Each, chained: Each) -> None:
        self.direct = direct
        self.chained = chained

    @property
    def any_way(self) -> Each:
        return joined((self.direct, self.chained))


class Backing:
    """What stands behind the topics of one knowledge base.

    ``preview`` is its reading with drafts, which tells what they would say; without it, there are none.
    """

    def __init__(self, subject: Subject, preview: Reading | None = None) -> None:
        self.subject = subject
        self.reading = subject.reading
        self.preview = preview or subject.reading
        self.definitions: dict[str, Definition] = {d.fact: d for d in subject.core.definitions}
        self._facts: dict[str, Each] = {}
        self._waiting: dict[str, Each] = {}

    # Sources.

    def sources(self, topic: str) -> Behind:
        """Of each claim, whether it stands behind a topic that is given."""
        found = [self._of_rule(rule) for rule in self.subject.topics.get(topic, ())]
        return Behind(joined(b.direct for b in found), joined(b.chained for b in found))

    def support(self, topic: str) -> dict[Support, Yes]:
        """For each support, whether a topic that is given has that or a stronger one."""
        direct = self.sources(topic).direct
        return {
            support: any_of(
                yes for claim, yes in direct.items() if STRENGTH[self._own(claim)] >= STRENGTH[support]
            )
            for support in Support
        }

    def _own(self, id: str) -> Support:
        claim = self.subject.content.claims[id]
        counts = counts_as_support(self.subject.content, claim)
        return strongest([cite.support for cite in claim.cites] if counts else [])

    def _of_rule(self, rule: Recommending) -> Behind:
        holds = self.reading.holds(rule).true
        behind = self._rests_on(rule.test, True)
        bounds = bounds_of(rule)
        facts = [fact for bound in bounds for fact in facts_in_term(bound.term)]
        facts += [rule.target.fact] if rule.target is not None else []
        direct = dict.fromkeys((*rule.claims, *(c for b in bounds for c in b.claims), *rule.shown), holds)
        return Behind(
            joined((direct, limited(behind.direct, holds))),
            limited(joined((behind.chained, *map(self._passed_on, facts))), holds),
        )

    def _rests_on(self, test: Test, wanted: bool) -> Behind:
        """The claims that it rests on that a test is true, or that it is false."""
        truth = self.reading.truth(test)
        so = truth.true if wanted else truth.false
        if isinstance(test, OneOf):
            return Behind({}, limited(self._passed_on(test.fact), so))
        if isinstance(test, Comparison):
            facts = (test.fact, *facts_in_term(test.bound.term))
            chained = joined(map(self._passed_on, facts))
            return Behind(dict.fromkeys(test.bound.claims, so), limited(chained, so))
        members = [self._rests_on(member, wanted) for member in test.members]
        direct, chained = joined(m.direct for m in members), joined(m.chained for m in members)
        if isinstance(test, All) is wanted:
            return Behind(limited(direct, so), limited(chained, so))
        return Behind(direct, chained)

    def _passed_on(self, fact: str) -> Each:
        """The claims that a derived fact passes on."""
        if fact not in self._facts:
            self._facts[fact] = self._of_definition(fact)
        return self._facts[fact]

    def _of_definition(self, fact: str) -> Each:
        definition = self.definitions.get(fact)
        if definition is None:
            return {}
        if isinstance(definition, Formula):
            known = self.reading.number(definition.result).known
            computed = all_of((known, self._unstated(definition)))
            inner = joined(map(self._passed_on, facts_in_term(definition.result.term)))
            return limited(joined((dict.fromkeys(definition.result.claims, known), inner)), computed)
        none_holds = all_of(self.reading.truth(branch.test).false for branch in definition.branches)
        holding = (self._of_branch(branch, True) for branch in definition.branches)
        failing = (limited(self._of_branch(branch, False), none_holds) for branch in definition.branches)
        return joined((*holding, *failing))

    def _of_branch(self, branch: Branch, wanted: bool) -> Each:
        truth = self.reading.truth(branch.test)
        so = truth.true if wanted else truth.false
        behind = self._rests_on(branch.test, wanted)
        return joined((dict.fromkeys(branch.claims, so), behind.any_way))

    def _unstated(self, definition: Formula) -> Yes:
        return none_of((self.reading.is_stated(definition.fact),)) if definition.statable else none_of(())

    # What is shown.

    def rows(self, rule: Recommending) -> Each:
        """Of each row that a rule can show, and of each remark on one, whether it is shown.

        A row of a table is shown unless its condition is false, a remark only where it is true; the causes of
        a fact are the rules that conclude it and hold.
        """
        authored = self.subject.content.rules[rule.rule]
        definition = self.definitions.get(authored.causes_of)
        if isinstance(definition, Conclusion):
            return {branch.rule: self.reading.truth(branch.test).true for branch in definition.branches}
        shown: dict[str, Yes] = {}
        for row in self.subject.core.tables.get(authored.table, ()):
            shown[row.row] = TRUE if row.test is None else none_of((self.reading.truth(row.test).false,))
            for number, test in enumerate(row.remarks):
                made = TRUE if test is None else self.reading.truth(test).true
                shown[f"{row.row}, remark {number}"] = all_of((shown[row.row], made))
        return shown

    def left_out(self, topic: str) -> Yes:
        """Whether a draft or a retired rule is listed, since everything in force is silent."""
        silent = all_of(self.reading.holds(rule).false for rule in self.subject.topics.get(topic, ()))
        readings = (self.reading, self.preview)
        would_say = (reading.holds(rule).true for reading in readings for rule in self._withheld(topic))
        return all_of((silent, any_of(would_say)))

    def _withheld(self, topic: str) -> list[Recommending]:
        rules = self.subject.core.recommending
        return [rule for rule in rules if rule.topic == topic and not rule.in_force]

    def facts_shown(self, topic: str) -> frozenset[str]:
        """The facts that decide which rows a topic shows, and whether drafts and retired rules are listed."""
        content, core = self.subject.content, self.subject.core
        rules = self.subject.topics.get(topic, ())
        listed = frozenset[str]().union(*map(facts_of_rule, self._withheld(topic)))
        return listed.union(fact for rule in rules for fact in facts_shown(rule, content, core))

    # What is waited for.

    def waits_for(self, topic: str) -> Each:
        """Of each fact that can be stated, whether an undecided topic waits for it."""
        rules = self.subject.topics.get(topic, ())
        given = any_of(self.reading.holds(rule).true for rule in rules)
        found = [limited(self._of_undecided(rule), _unknown(self.reading.holds(rule))) for rule in rules]
        return limited(joined(found), none_of((given,)))

    def _of_undecided(self, rule: Recommending) -> Each:
        facts = (fact for bound in bounds_of(rule) for fact in facts_in_term(bound.term))
        return joined((self._open_in(rule.test), *map(self._waited_for, facts)))

    def _open_in(self, test: Test) -> Each:
        unknown = _unknown(self.reading.truth(test))
        if isinstance(test, OneOf):
            return limited(self._waited_for(test.fact), unknown)
        if isinstance(test, Comparison):
            facts = (test.fact, *facts_in_term(test.bound.term))
            return limited(joined(map(self._waited_for, facts)), unknown)
        return limited(joined(map(self._open_in, test.members)), unknown)

    def _waited_for(self, fact: str) -> Each:
        """The facts that could be stated and keep this one unknown."""
        if fact not in self._waiting:
            self._waiting[fact] = limited(self._behind_unknown(fact), none_of((self._known(fact),)))
        return self._waiting[fact]

    def _behind_unknown(self, fact: str) -> Each:
        definition = self.definitions.get(fact)
        if definition is None:
            return {fact: none_of((FALSE,))}
        if isinstance(definition, Formula):
            return joined(map(self._waited_for, facts_in_term(definition.result.term)))
        return joined(self._open_in(branch.test) for branch in definition.branches)

    def _known(self, fact: str) -> Yes:
        reading = self.reading
        return (
            any_of(reading.values[fact].values()) if fact in reading.values else reading.numbers[fact].known
        )


def looks_different(one: Backing, other: Backing, topic: str) -> Yes:
    """Whether something else can be seen of a topic in the other knowledge base."""
    before, after = one.sources(topic).any_way, other.sources(topic).any_way
    now, then = other.subject.content.claims, one.subject.content.claims
    kept = {id: yes for id, yes in after.items() if now[id].cites == then[id].cites}
    supports = zip(one.support(topic).values(), other.support(topic).values(), strict=True)
    waits, waits_after = one.waits_for(topic), other.waits_for(topic)
    return any_of(
        (
            *(_unequal(before.get(id, FALSE), kept.get(id, FALSE)) for id in {**before, **after}),
            *(_unequal(a, b) for a, b in supports),
            *(_unequal(waits.get(f, FALSE), waits_after.get(f, FALSE)) for f in {**waits, **waits_after}),
            _unequal(one.left_out(topic), other.left_out(topic)),
            *_answers(one, other, topic),
        )
    )


def _answers(one: Backing, other: Backing, topic: str) -> Iterator[Yes]:
    """Whether another rule answers, shows another present value, or says another number."""
    after = {rule.rule: rule for rule in other.subject.topics.get(topic, ())}
    for rule in one.subject.topics.get(topic, ()):
        holds = one.reading.holds(rule).true
        again = after.get(rule.rule)
        if again is None:
            yield holds
            continue
        holds_again = other.reading.holds(again).true
        yield _unequal(holds, holds_again)
        both = all_of((holds, holds_again))
        if rule.target is not None:
            yield all_of((both, _says_otherwise(one, other, rule.target.fact)))
        rows, rows_again = one.rows(rule), other.rows(again)
        for row in {**rows, **rows_again}:
            yield all_of((both, _unequal(rows.get(row, FALSE), rows_again.get(row, FALSE))))
        for verdict, name in _shown(one.subject.content.rules[rule.rule]):
            otherwise = _says_otherwise(one, other, name)
            yield all_of((both, verdict_is(verdict, rule, one.reading), otherwise))


def _shown(rule: Rule) -> Iterator[tuple[Verdict, str]]:
    """What the texts of a rule show, with each verdict."""
    for key, text in rule.says.items():
        names = {slot.name for wording in text.values() for slot in slots(wording)}
        for verdict in [Verdict(key)] if key else Verdict:
            yield from ((verdict, name) for name in sorted(names))


def _says_otherwise(one: Backing, other: Backing, name: str) -> Yes:
    """Whether a parameter or a fact that is shown is another."""
    if name in one.subject.content.parameters:
        same = one.subject.content.parameters[name] == other.subject.content.parameters.get(name)
        return FALSE if same else TRUE
    if name in one.reading.values:
        values = one.reading.values[name], other.reading.values[name]
        return any_of(_unequal(values[0][value], values[1].get(value, FALSE)) for value in values[0])
    if name not in one.reading.numbers:
        return FALSE
    before, now = one.reading.numbers[name], other.reading.numbers[name]
    if before == now:
        return FALSE
    both = (before.known, now.known)
    return any_of((_unequal(*both), all_of((*both, compared(before, "!=", now)))))


def facts_shown(rule: Recommending, content: Content, core: Core) -> Iterator[str]:
    """The facts that decide which rows of its table a rule shows, or which causes."""
    authored = content.rules[rule.rule]
    for row in core.tables.get(authored.table, ()):
        for test in (row.test, *row.remarks):
            yield from facts_in_test(test) if test is not None else ()
    if authored.causes_of:
        yield authored.causes_of


def joined(parts: Iterable[Each]) -> Each:
    """Whether it is so in any of the parts."""
    found: dict[str, list[Yes]] = {}
    for part in parts:
        for name, yes in part.items():
            found.setdefault(name, []).append(yes)
    return {name: any_of(yes) for name, yes in found.items()}


def limited(each: Each, so: Yes) -> Each:
    """Each, only for those of whom something else is so."""
    return {name: all_of((yes, so)) for name, yes in each.items()}


def _unequal(one: Yes, other: Yes) -> Yes:
    return FALSE if one.eq(other) else one != other


def _unknown(truth: Truth) -> Yes:
    return none_of((truth.known,))
