"""Rules as a whole: their sources, the verdicts they have texts for, targets, and cycles of derived facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wellfounded.model.content import Content, FactType, Rule, Target, Verdict
from wellfounded.model.dependencies import find_cycles
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.expression import Compares, names_in, tests_in
from wellfounded.model.suggest import allowed, did_you_mean


def check_rules(content: Content, declared: Mapping[str, frozenset[str]]) -> Iterator[Diagnostic]:
    for rule in content.rules.values():
        yield from _source(rule, declared["facts"])
        if rule.target is not None:
            yield from _target(rule, rule.target, content)
        if rule.causes_of:
            yield from _causes(rule, content)
    yield from _derived(content, declared)
    yield from _cycles(content)


def _source(rule: Rule, facts: frozenset[str]) -> Iterator[Diagnostic]:
    """A claim, or a parameter: any name that is no fact, since one that does not exist is reported itself."""
    if not rule.because and not rule.definition and facts.issuperset(_names(rule)):
        message = f"the rule `{rule.id}` names no claim and uses no parameter that has one"
        help = "add `because: [claim]`" + (", or `definition: true`" if rule.conclude else "")
        yield Diagnostic("rule-without-source", message, rule.position, help, about=f"rule {rule.id}")


def _names(rule: Rule) -> Iterator[str]:
    """The names of facts and parameters that a rule computes with."""
    operands = [test.operand for test in tests_in(rule.when) if isinstance(test, Compares)]
    if rule.target is not None and not isinstance(rule.target.bound.value, bool | float | str):
        operands.append(rule.target.bound.value)
    for operand in operands:
        yield from (name.name for name in names_in(operand))


def _target(rule: Rule, target: Target, content: Content) -> Iterator[Diagnostic]:
    about, fact = f"rule {rule.id}", content.facts.get(target.of)
    if fact is None:
        return
    is_value = isinstance(target.bound.value, bool)
    wanted = FactType.BOOLEAN if is_value else FactType.NUMBER
    if fact.type is not wanted:
        what = f"is: {str(target.bound.value).lower()}" if is_value else target.bound.kind
        message = f"`{what}` is a target for a {wanted.called}, and `{fact.id}` is a {fact.type.called}"
        help = "a target is on a number, or `is: true` or `is: false` on a yes/no"
        yield Diagnostic("wrong-type", message, target.bound.position, help, about=about)
        return
    verdicts = verdicts_of(target)
    for verdict in verdicts:
        if verdict not in rule.says:
            message = f"`says` has no text for `{verdict}`, which this target can give"
            help = f"add `{verdict}: …`; this target needs {allowed(verdicts)}"
            yield Diagnostic("missing-verdict-text", message, rule.positions["says"], help, about=about)
    for written, text in rule.says.items():
        if written not in verdicts:
            message = f"`says` has a text for `{written}`, which this target never gives"
            position = text.position
            yield Diagnostic(
                "verdict-never-given", message, position, f"allowed: {allowed(verdicts)}", about=about
            )


def verdicts_of(target: Target) -> tuple[Verdict, ...]:
    """The verdicts a target can give."""
    if isinstance(target.bound.value, bool):
        change = Verdict.START if target.bound.value else Verdict.STOP
        return (change, Verdict.KEEP, Verdict.MEET)
    changes = {"at_least": (Verdict.RAISE,), "at_most": (Verdict.LOWER,)}
    return (*changes.get(target.bound.kind, (Verdict.RAISE, Verdict.LOWER)), Verdict.KEEP, Verdict.MEET)


def _causes(rule: Rule, content: Content) -> Iterator[Diagnostic]:
    fact = content.facts.get(rule.causes_of)
    if fact is not None and not (fact.derived and fact.type is FactType.BOOLEAN):
        message = f"`{fact.id}` is not concluded by rules, so it has no causes to list"
        help = "name a derived yes/no"
        yield Diagnostic("wrong-type", message, rule.positions["causes_of"], help, about=f"rule {rule.id}")


def _derived(content: Content, declared: Mapping[str, frozenset[str]]) -> Iterator[Diagnostic]:
    concluded = {rule.conclude.fact for rule in content.rules.values() if rule.conclude is not None}
    unknown = concluded - declared["facts"]
    if declared["rules"] - content.rules.keys():
        return  # a rule that could not be read may be the one that concludes it
    for fact in content.facts.values():
        is_computed = fact.formula is not None or fact.id in concluded
        if fact.derived and not is_computed and not did_you_mean(fact.id, unknown):
            message = f"no rule concludes `{fact.id}`"
            help = "add a rule with `conclude`, or leave out `derived: true`"
            yield Diagnostic("never-concluded", message, fact.position, help, about=f"fact {fact.id}")


def _cycles(content: Content) -> Iterator[Diagnostic]:
    for cycle in find_cycles(content):
        first = content.facts[cycle[0]]
        rules = [r for r in content.rules.values() if r.conclude is not None and r.conclude.fact in cycle]
        position = rules[0].position if rules else first.position
        about = f"rule {rules[0].id}" if rules else f"fact {first.id}"
        message = "these facts rest on each other in a circle: " + " → ".join(f"`{fact}`" for fact in cycle)
        yield Diagnostic("cycle", message, position, "let one of them rest on something else", about=about)
