"""Which advice follows for a person, what is waited for, and which claims stand behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from tests.reference.evaluator import Conflict, Person, facts_and_parameters, plainly
from tests.reference.written import Book, Compares, Condition, Group, Has, Operand, Rule

STRENGTH = [
    "uncited",
    "contradicts",
    "about-something-else",
    "not-established",
    "unchecked",
    "partly",
    "supports",
]

#: The order in which recommendations are given; those marked `first` come before all.
CHANGES = ("avoid", "do", "raise", "lower", "start", "stop")
LATER = ("meet", "consider", "keep", "inform")

#: A claim with how it came to stand behind the advice.
Backing = tuple[str, str]


@dataclass(frozen=True)
class Given:
    """A recommendation that is given. ``target`` and ``current`` are in the fact's unit."""

    topic: str
    rule: str
    verdict: str
    target: dict[str, bool | float | str | None] | None
    current: bool | float | str | None
    sources: dict[str, str]
    support: str
    rows: list[str] | None
    causes: dict[str, set[str]] | None


@dataclass(frozen=True)
class Advice:
    given: list[Given]
    undecided: dict[str, list[str]]
    decides: dict[str, list[str]]
    sharpens: dict[str, list[str]]
    notes: dict[str, tuple[float, float]]
    left_out: list[str]


def advise(person: Person) -> Advice:
    """The advice for a person. Raises ``Conflict`` where two rules disagree."""
    given: list[tuple[Rule, Given]] = []
    undecided: dict[str, list[str]] = {}
    for name in person.book.facts:
        person.value(name)
    for topic, rules in topics(person.book).items():
        holding = [rule for rule in rules if person.holds(rule) is True]
        if len({asked(person, rule) for rule in holding}) > 1:
            raise Conflict(topic)
        if holding:
            given.append((holding[0], recommendation(person, holding)))
        elif any(person.holds(rule) is None for rule in rules):
            undecided[topic] = in_order(person.book, waits_for(person, rules))
    ordered = [item for rule, item in sorted(given, key=lambda pair: place(*pair))]
    return Advice(
        ordered,
        undecided,
        turned_round(undecided),
        turned_round({item.topic: sharpened_by(person, item) for item in ordered}),
        notes(person),
        withheld(person, {item.topic for item in ordered}.union(undecided)),
    )


def topics(book: Book) -> dict[str, list[Rule]]:
    """The active rules of each topic, topics in the author's order."""
    found: dict[str, list[Rule]] = {topic: [] for topic in book.order}
    for rule in book.recommending():
        if rule.status == "active":
            found.setdefault(rule.topic, []).append(rule)
    return found


def withheld(person: Person, settled: set[str]) -> list[str]:
    """Topics of which nothing is said but by rules that hold and are not active."""
    inactive = [rule for rule in person.book.recommending() if rule.status != "active"]
    return sorted({rule.topic for rule in inactive if person.holds(rule) is True} - settled)


def place(rule: Rule, item: Given) -> tuple[bool, int]:
    """Where a recommendation comes: what asks for a change first."""
    verdict = 0 if item.verdict in CHANGES else 1 + LATER.index(item.verdict)
    return not rule.first, verdict


def asked(person: Person, rule: Rule) -> tuple[object, ...]:
    """What a rule asks of this person: two rules of one topic disagree where this differs."""
    if rule.target is None:
        return (rule.advises,)
    return (rule.target.fact, rule.target.value, *person.bounds(rule))


def recommendation(person: Person, holding: list[Rule]) -> Given:
    """What the first rule that holds says. Others that ask the same stand behind it with their claims too."""
    rule = holding[0]
    sources = strongest(found for one in holding for found in backing(person, one))
    return Given(
        rule.topic,
        rule.id,
        verdict(person, rule),
        target(person, rule),
        None if rule.target is None else plainly(person.value(rule.target.fact)),
        sources,
        support(person.book, sources),
        rows(person, rule),
        causes(person, rule),
    )


def verdict(person: Person, rule: Rule) -> str:
    if rule.target is None:
        return rule.advises
    current = person.value(rule.target.fact)
    if current is None:
        return "meet"
    if rule.target.value is not None:
        return "keep" if current == rule.target.value else "start" if rule.target.value else "stop"
    assert isinstance(current, Fraction)
    low, high = person.bounds(rule)
    if low is not None and current < low:
        return "raise"
    return "lower" if high is not None and current > high else "keep"


def target(person: Person, rule: Rule) -> dict[str, bool | float | str | None] | None:
    if rule.target is None:
        return None
    if rule.target.value is not None:
        return {"is": rule.target.value}
    low, high = person.bounds(rule)
    if rule.target.exactly:
        return {"is": plainly(low)}
    return {end: plainly(bound) for end, bound in (("low", low), ("high", high)) if bound is not None}


def rows(person: Person, rule: Rule) -> list[str] | None:
    """The rows of the rule's table: those not left out, which is what a false condition does."""
    if not rule.table:
        return None
    table = person.book.tables[rule.table]
    return [row.id for row in table if row.when is None or person.truth(row.when) is not False]


def causes(person: Person, rule: Rule) -> dict[str, set[str]] | None:
    """The rules that make a fact true for this person, each with every claim it rests on."""
    if not rule.causes_of:
        return None
    holding = deciding_rules(person, rule.causes_of)
    return {cause.id: {claim for claim, _ in backing(person, cause)} for cause in holding}


# What is waited for.


def waits_for(person: Person, rules: Iterable[Rule]) -> set[str]:
    """What the rules of an undecided topic wait for: those that are neither true nor false."""
    return {
        name
        for rule in rules
        if person.holds(rule) is None
        for name in (*waits_of_condition(person, rule.when), *waits_of_target(person, rule))
    }


def waits_of_condition(person: Person, condition: Condition) -> Iterator[str]:
    """A part already decided asks for nothing."""
    if person.truth(condition) is not None:
        return
    match condition:
        case Has(name, _):
            yield from waits_of_fact(person, name)
        case Compares(name, _, operand):
            yield from waits_of_fact(person, name)
            yield from waits_of_operand(person, operand)
        case Group(_, members):
            for member in members:
                yield from waits_of_condition(person, member)


def waits_of_target(person: Person, rule: Rule) -> Iterator[str]:
    """The fact a target is *on* is never waited for; those its bounds are made of are."""
    if rule.target is not None:
        yield from waits_of_operand(person, rule.target.low)
        yield from waits_of_operand(person, rule.target.high)


def waits_of_operand(person: Person, operand: Operand | None) -> Iterator[str]:
    for name in facts_and_parameters(operand):
        if name in person.book.facts:
            yield from waits_of_fact(person, name)


def waits_of_fact(person: Person, name: str) -> Iterator[str]:
    """Through a derived fact to the stated ones it is made of."""
    fact = person.book.facts[name]
    if person.value(name) is not None:
        return
    if fact.formula is not None:
        yield from waits_of_operand(person, fact.formula)
    elif fact.derived:
        for rule in person.book.concluding(name):
            yield from waits_of_condition(person, rule.when)
    else:
        yield name


def sharpened_by(person: Person, item: Given) -> list[str]:
    """What would make a `meet` more precise: the present value of the fact the target is on."""
    if item.verdict != "meet":
        return []
    rule = next(rule for rule in person.book.rules if rule.id == item.rule)
    assert rule.target is not None
    return in_order(person.book, set(waits_of_fact(person, rule.target.fact)))


def in_order(book: Book, names: set[str]) -> list[str]:
    return [name for name in book.facts if name in names]


def turned_round(topics: dict[str, list[str]]) -> dict[str, list[str]]:
    """Topic → facts, as fact → topics."""
    turned: dict[str, list[str]] = {}
    for topic, names in topics.items():
        for name in names:
            turned.setdefault(name, []).append(topic)
    return turned


# Which claims stand behind it.


def backing(person: Person, rule: Rule) -> Iterator[Backing]:
    """The claims of a rule, of the parameters it uses or shows, and of the derived facts it rests on."""
    for claim in rule.because:
        yield claim, "rule"
    for name in rule.shows:
        if name in person.book.parameters and rule.concludes is None:
            yield person.book.parameters[name].claim, "parameter"
    yield from behind_condition(person, rule.when)
    if rule.target is not None:
        yield from behind_operand(person, rule.target.low)
        yield from behind_operand(person, rule.target.high)
        if person.value(rule.target.fact) is not None:
            yield from behind_fact(person, rule.target.fact)  # the verdict rests on the present value


def behind_condition(person: Person, condition: Condition) -> Iterator[Backing]:
    match condition:
        case Has(name, _):
            yield from behind_fact(person, name)
        case Compares(name, _, operand):
            yield from behind_fact(person, name)
            yield from behind_operand(person, operand)
        case Group(word, members):
            for member in counting(person, word, members):
                yield from behind_condition(person, member)


def counting(person: Person, word: str, members: tuple[Condition, ...]) -> list[Condition]:
    """The members that pass on their claims.

    A true *all* and a false *any* do so for every member, a true *any* for every true one and a false *all*
    for every false one; *none* is the negation of *any*, and so counts as the *any* does.
    """
    truths = [person.truth(member) for member in members]
    deciding = word != "all"
    if deciding not in truths:
        return list(members)
    return [member for member, truth in zip(members, truths, strict=True) if truth is deciding]


def behind_operand(person: Person, operand: Operand | None) -> Iterator[Backing]:
    for name in facts_and_parameters(operand):
        if name in person.book.parameters:
            yield person.book.parameters[name].claim, "parameter"
        else:
            yield from behind_fact(person, name)


def behind_fact(person: Person, name: str) -> Iterator[Backing]:
    """A derived fact passes on the claims of what gave it its value; a stated one has none."""
    fact = person.book.facts[name]
    if name in person.stated:
        return
    if fact.formula is not None:
        for claim, _ in behind_operand(person, fact.formula):
            yield claim, "chain"
    elif fact.derived:
        for rule in deciding_rules(person, name):
            for claim, _ in backing(person, rule):
                yield claim, "chain"


def deciding_rules(person: Person, name: str) -> list[Rule]:
    """The rules that gave a fact its value: those that hold, or all where none does."""
    rules = person.book.concluding(name)
    return [rule for rule in rules if person.truth(rule.when) is True] or rules


def strongest(backings: Iterable[Backing]) -> dict[str, str]:
    """Each claim once, with the strongest way it came in."""
    ways = ("rule", "parameter", "chain")
    found: dict[str, str] = {}
    for claim, via in backings:
        found[claim] = min(found.get(claim, via), via, key=ways.index)
    return found


def support(book: Book, sources: dict[str, str]) -> str:
    """The best support found among the claims of the rule and its parameters."""
    found = ["uncited"]
    for claim, via in sources.items():
        if via != "chain" and book.claims[claim].counts:
            found.extend(book.claims[claim].supports)
    return max(found, key=STRENGTH.index)


def notes(person: Person) -> dict[str, tuple[float, float]]:
    """Stated numbers that differ from what the other facts give, with both."""
    found: dict[str, tuple[float, float]] = {}
    for name in person.stated:
        fact = person.book.facts[name]
        derived = person.worked_out(fact) if fact.derived else None
        stated = person.stated[name]
        if isinstance(derived, Fraction) and isinstance(stated, Fraction) and derived != stated:
            found[name] = (float(stated), float(derived))
    return found
