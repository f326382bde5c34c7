"""One answer of an author → what it means. What cannot be read raises ``AnswerError`` with a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from wellfounded.load.formula import parse_formula
from wellfounded.load.structure import schema
from wellfounded.model.content import Content, Fact, FactType, Verdict
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.errors import WellfoundedError
from wellfounded.model.expression import Comparator, names_in
from wellfounded.model.position import NOWHERE
from wellfounded.model.record import Record
from wellfounded.model.suggest import allowed, suggestion, with_help
from wellfounded.model.template import stray_braces
from wellfounded.model.values import plain_number

_NUMBER = r"[-+]?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,12})?"
_RANGE = re.compile(rf"\s*({_NUMBER})\s*(?:-|–|\.\.)\s*({_NUMBER})\s*")
_YES_NO = {"true": True, "false": False}
_BOUNDS = ("within", "at_least", "at_most", "is")

#: Control characters other than line ends and tabs, and halves of characters, which no file can hold.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class AnswerError(WellfoundedError):
    """An answer that cannot be used; the message says why and what is allowed."""


class Aim(Record, frozen=True):
    """A target: ``kind`` is within, at_least, at_most or is.

    ``low`` and ``high`` are numbers in the fact's unit, which are to become a parameter; else ``formula`` is
    written as in a rule, and ``parameters`` are those in it. ``wanted`` is the yes or no asked for.
    """

    fact: str
    kind: str
    low: float | None = None
    high: float | None = None
    formula: str = ""
    parameters: tuple[str, ...] = ()
    wanted: bool | None = None


def text_of(written: str) -> str:
    """What was written, short enough for a message and without what a terminal would act on."""
    shown = _UNFIT.sub("�", written)
    return f"{shown[:60]}…" if len(shown) > 60 else shown


def read_id(written: str, what: str = "the rule") -> str:
    pattern = schema("rules")["$defs"]["id"]
    if not re.fullmatch(pattern["pattern"].strip("^$"), written):
        raise AnswerError(f"`{text_of(written)}` cannot be the id of {what}: {pattern['x-help']}")
    return written


def read_worded(written: str, option: str, languages: Iterable[str]) -> tuple[str, str]:
    """LANG=TEXT → the language and the text."""
    language, equals, text = written.partition("=")
    if not equals:
        raise AnswerError(f"{option} is written LANG=TEXT, not `{text_of(written)}`")
    if language.strip() not in languages:
        known = ", ".join(languages)
        raise AnswerError(
            f"{option}: `{text_of(language)}` is not a language of this knowledge base; allowed: {known}"
        )
    if not text.strip():
        raise AnswerError(f"{option}: the text in `{language.strip()}` is empty")
    if _UNFIT.search(text):
        raise AnswerError(f"{option}: the text in `{language.strip()}` has a character that is not text")
    for _, stray in stray_braces(text):
        raise AnswerError(
            f"{option}: `{text_of(stray)}` is not a placeholder; write placeholders as {{name}}, "
            "{name.low} or {name.high}, and no other braces"
        )
    return language.strip(), text.strip()


def read_aim(written: str, fact: Fact, content: Content) -> Aim:
    """``at_least=20`` and the like → a target on a fact."""
    kind, equals, value = (part.strip() for part in written.partition("="))
    if not equals or kind not in _BOUNDS:
        help = suggestion(kind, _BOUNDS) if equals else "write at_least=20, at_most=20, within=20-40 or is=20"
        raise AnswerError(f"--target cannot be `{text_of(written)}`; {help}")
    if fact.type is FactType.BOOLEAN:
        if kind != "is" or value not in _YES_NO:
            raise AnswerError(
                f"`{fact.id}` is a yes/no, so its target is is=true or is=false, not `{text_of(written)}`"
            )
        return Aim(fact.id, kind, wanted=_YES_NO[value])
    if value in _YES_NO:
        raise AnswerError(f"`{fact.id}` is a number, and `{value}` is a yes/no")
    numbers = _numbers(value)
    if numbers is None:
        return _formula_aim(fact, kind, value, content)
    low, high = numbers
    if kind == "within" and low == high:
        raise AnswerError(
            f"within needs a lowest and a highest number, such as within=20-40, not `{text_of(value)}`"
        )
    if kind != "within" and low != high:
        raise AnswerError(f"{kind} needs one number; for `{text_of(value)}` write within={text_of(value)}")
    if low > high:
        raise AnswerError(f"`{text_of(value)}` goes down; write the lower number first")
    for number in numbers:
        _within_span(number, fact, content)
    return Aim(fact.id, kind, low, high)


def _numbers(value: str) -> tuple[float, float] | None:
    """The lowest and the highest of what is a number or two; nothing where it is something else."""
    if re.fullmatch(_NUMBER, value):
        return float(value), float(value)
    both = _RANGE.fullmatch(value)
    if both is not None:
        return float(both[1]), float(both[2])
    if re.fullmatch(r"[-+0-9.,eE–\s]+", value):
        help = "write decimals with a point" if "," in value else "write 20, or 20-40 for a range"
        raise AnswerError(f"`{text_of(value)}` is not a plain number; {help}")
    return None


def _within_span(number: float, fact: Fact, content: Content) -> None:
    assert fact.span is not None
    low, high = fact.span
    if not low <= number <= high:
        unit = content.units[fact.unit].shown if fact.unit else ""
        span = f"{plain_number(low)}–{plain_number(high)} {unit}".rstrip()
        raise AnswerError(f"{plain_number(number)} is outside what `{fact.id}` can be: {span}")


def _formula_aim(fact: Fact, kind: str, value: str, content: Content) -> Aim:
    parameters = _names(value, content)
    return Aim(fact.id, kind, formula=value, parameters=parameters)


def _names(formula: str, content: Content) -> tuple[str, ...]:
    """The parameters in a formula, all of whose names stand for something."""
    if not formula or "\n" in formula or _UNFIT.search(formula):
        raise AnswerError(f"`{text_of(formula)}` is not a number, a parameter or a formula")
    parsed = parse_formula(formula, NOWHERE)
    if isinstance(parsed, Diagnostic):
        raise AnswerError(f"{parsed.message}; {parsed.help}" if parsed.help else parsed.message)
    names = [name.name for name in names_in(parsed)]
    numbers = [fact.id for fact in content.facts.values() if fact.type is FactType.NUMBER]
    for name in names:
        if name not in content.parameters and name not in numbers:
            known = [*content.parameters, *numbers]
            raise AnswerError(with_help(f"there is no parameter or number `{name}`", suggestion(name, known)))
    return tuple(name for name in dict.fromkeys(names) if name in content.parameters)


def read_test(written: str, content: Content) -> tuple[str, Any]:
    """``fact=value`` → the fact and what a rule says of it under ``when``."""
    id, equals, value = (part.strip() for part in written.partition("="))
    if not equals or not value:
        raise AnswerError(f"--when is written FACT=VALUE, not `{text_of(written)}`")
    fact = content.facts.get(id)
    if fact is None:
        raise AnswerError(with_help(f"there is no fact `{text_of(id)}`", suggestion(id, content.facts)))
    match fact.type:
        case FactType.BOOLEAN:
            if value not in _YES_NO:
                raise AnswerError(f"`{id}` is a yes/no, so it is true or false, not `{text_of(value)}`")
            return id, _YES_NO[value]
        case FactType.CHOICE:
            return id, _choices(fact, value)
        case _:
            return id, _number_test(fact, value, content)


def _choices(fact: Fact, value: str) -> Any:
    choices = [part.strip() for part in value.split(",")]
    for choice in choices:
        if choice not in fact.choices:
            raise AnswerError(
                with_help(
                    f"`{text_of(choice)}` is not a choice of `{fact.id}`", suggestion(choice, fact.choices)
                )
            )
    return choices[0] if len(choices) == 1 else choices


def _number_test(fact: Fact, value: str, content: Content) -> Any:
    """``at_least 18``, ``below a_parameter``; a number alone is what the fact has to be."""
    numbers = _numbers(value)
    word, _, operand = value.partition(" ")
    if numbers is None and word not in tuple(Comparator):
        words = allowed(tuple(Comparator))
        raise AnswerError(f"`{fact.id}` is a number: write {fact.id}=at_least 20, with one of {words}")
    kind = "is" if numbers is not None else word
    if numbers is None:
        numbers = _numbers(operand.strip())
    if numbers is None:
        _names(operand.strip(), content)
        return {word: operand.strip()}
    low, high = numbers
    if kind == "within" and low >= high:
        raise AnswerError(f"within needs a lower and a higher number, not `{text_of(operand)}`")
    if kind != "within" and low != high:
        raise AnswerError(f"{fact.id} needs one number here, or `within {text_of(value)}`")
    for number in numbers:
        _within_span(number, fact, content)
    if kind == "is":
        return plain_number(low)
    return {kind: [plain_number(low), plain_number(high)] if kind == "within" else plain_number(low)}


def verdicts_of(aim: Aim) -> tuple[Verdict, ...]:
    """The verdicts that a target can give."""
    if aim.wanted is not None:
        return (Verdict.START if aim.wanted else Verdict.STOP, Verdict.KEEP, Verdict.MEET)
    changes: Mapping[str, tuple[Verdict, ...]] = {"at_least": (Verdict.RAISE,), "at_most": (Verdict.LOWER,)}
    return (*changes.get(aim.kind, (Verdict.RAISE, Verdict.LOWER)), Verdict.KEEP, Verdict.MEET)
