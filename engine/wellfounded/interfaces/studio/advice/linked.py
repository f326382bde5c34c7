"""What a recommendation says and rests on, with numbers and references leading to their pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from wellfounded.advise.edition import Edition
from wellfounded.interfaces.line import Line, Run
from wellfounded.model.advice import Recommendation
from wellfounded.model.content import Parameter, Rule
from wellfounded.model.expression import Between, Formula, names_in
from wellfounded.model.template import TARGET, Slot, template
from wellfounded.model.thing import Kind, Thing

_MARK = re.compile(r"(\[[0-9]{1,9}\])")

#: The address of the page of a thing; empty where it has none.
Leads = Callable[[Thing], str]


def linked(given: Recommendation, edition: Edition, leads: Leads) -> Line:
    """The text of a recommendation, in which every number of the knowledge base leads to its page.

    So does a target that is made of one such number. The text is held against the one that the rule has with
    placeholders; where the two cannot be told apart for certain, nothing leads anywhere.
    """
    rule = edition.content.rules[given.rule]
    written = rule.says.get(str(given.verdict), rule.title)
    pieces = template(written.get(edition.language, ""))
    found = _placed(given.text, pieces, edition)
    return tuple(Run(text, _address(slot, rule, edition, leads)) for slot, text in found) or given.text


def marked(sentence: str, references: Collection[str], leads: Leads) -> Line:
    """A sentence in which marks of references, such as ``[3]``, lead to their pages."""
    return tuple(
        Run(text, leads(Thing(Kind.REFERENCE, text[1:-1])) if text[1:-1] in references else "")
        for text in _MARK.split(sentence)
        if text
    )


def _placed(text: str, pieces: tuple[str | Slot, ...], edition: Edition) -> list[tuple[Slot | None, str]]:
    """A text cut as its pieces are, each with its placeholder; empty where there is no way to, or are two.

    There are two ways where one that begins at the end cuts elsewhere.
    """
    known = [piece if isinstance(piece, str) else _number(piece, edition) for piece in pieces]
    cut = _cut(text, known)
    back = _cut(text[::-1], [one and one[::-1] for one in reversed(known)])
    if cut != [one[::-1] for one in reversed(back)]:
        return []
    slots = [piece if isinstance(piece, Slot) else None for piece in pieces]
    return list(zip(slots, cut, strict=True)) if cut else []


def _cut(text: str, known: Sequence[str | None]) -> list[str]:
    """A text cut in pieces, each that is not known as short as it can be; empty where they do not fit."""
    cut: list[str] = []
    start = 0
    for one, *after in (known[place:] for place in range(len(known))):
        if one is not None:
            end = start + len(one) if text.startswith(one, start) else -1
        elif not after:
            end = len(text)
        else:
            following = after[0]
            if following is None:
                return []
            end = text.find(following, start + 1) if after[1:] else len(text) - len(following)
        if end < start + (one is None):
            return []
        cut.append(text[start:end])
        start = end
    return cut if start == len(text) else []


def _number(slot: Slot, edition: Edition) -> str | None:
    """A number of the knowledge base as the text has it; nothing for what depends on a person."""
    parameter = edition.content.parameters.get(slot.name)
    return None if parameter is None else edition.wording.parameter(parameter, slot.end)


def _address(slot: Slot | None, rule: Rule, edition: Edition, leads: Leads) -> str:
    if slot is None:
        return ""
    parameter = edition.content.parameters.get(slot.name)
    if slot.name == TARGET:
        parameter = _aimed_at(rule, edition)
    return "" if parameter is None else leads(Thing(Kind.PARAMETER, parameter.id))


def _aimed_at(rule: Rule, edition: Edition) -> Parameter | None:
    """The one number of the knowledge base that a target is made of."""
    bound = None if rule.target is None else rule.target.bound.value
    if not isinstance(bound, Formula | Between):
        return None
    parameters = edition.content.parameters
    named = dict.fromkeys(name.name for name in names_in(bound) if name.name in parameters)
    return parameters[next(iter(named))] if len(named) == 1 else None
