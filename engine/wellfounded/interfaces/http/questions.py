"""Bodies as what is asked about a person; all that is wrong with one is said at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, TypeVar

from wellfounded.interfaces.http.limits import Limits
from wellfounded.interfaces.http.problems import Fault, Refused, pointer, refused
from wellfounded.interfaces.http.reading import strict_json
from wellfounded.model.frozen import EMPTY
from wellfounded.model.record import Record
from wellfounded.model.suggest import suggestion

Asked = TypeVar("Asked")

_OF_EVERYONE = ("facts", "language", "min_support")
_OF_WHAT_IS_WANTED = ("recommendation", "to")

#: No name of a recommendation is longer; more of one that there is not need not be repeated.
_LONGEST = 200


class Question(Record, frozen=True):
    """What is asked: advice on a person of whom ``facts`` are stated."""

    facts: Mapping[str, Any] = EMPTY
    language: str | None = None
    min_support: str | None = None


class WhyQuestion(Record, frozen=True):
    """Why a recommendation is as it is for somebody."""

    of: Question
    recommendation: str


class Wanted(Record, frozen=True):
    """What a recommendation is wanted to be: ``to`` is ``given``, ``keep`` or ``gone``."""

    recommendation: str
    to: str


class WhatIfQuestion(Record, frozen=True):
    """What other facts would change for somebody, or what it takes to get what is wanted; or both."""

    of: Question
    changes: Mapping[str, Any] | None = None
    want: Wanted | None = None


def question_in(data: bytes, limits: Limits) -> Question:
    """What is asked of ``/advise``, ``/questions`` and in a line of ``/batch``. Raises ``Refused``."""
    body = _Body(data, limits, _OF_EVERYONE)
    return body.all_of(_question(body))


def why_question_in(data: bytes, limits: Limits) -> WhyQuestion:
    """What is asked of ``/explain``. Raises ``Refused``."""
    body = _Body(data, limits, (*_OF_EVERYONE, "recommendation"))
    return body.all_of(WhyQuestion(_question(body), body.needed_text("recommendation")))


def what_if_question_in(data: bytes, limits: Limits) -> WhatIfQuestion:
    """What is asked of ``/what-if``. Raises ``Refused``."""
    body = _Body(data, limits, (*_OF_EVERYONE, "changes", "want"))
    if body.found.get("changes") is None and body.found.get("want") is None:
        body.faults.append(Fault("write `changes` to state other facts, `want` to look for them, or both"))
    changes, want = body.mapping("changes"), body.mapping("want")
    asked = WhatIfQuestion(_question(body), changes, None if want is None else _wanted(body, want))
    return body.all_of(asked)


class _Body:
    """Takes the parts out of a body and gathers what is wrong with them in ``faults``."""

    def __init__(self, data: bytes, limits: Limits, keys: Sequence[str]) -> None:
        found = strict_json(data, limits)
        if not isinstance(found, dict):
            raise _not_asked([Fault("the body has to be a JSON object with the key `facts`")])
        self.found: dict[str, Any] = found
        self.faults: list[Fault] = []
        self.refuse_unknown(found, keys)

    def refuse_unknown(self, found: Mapping[str, Any], keys: Sequence[str], *inside: str) -> None:
        for key in found:
            if key not in keys:
                help = suggestion(key[:60], keys)
                detail = f"`{key[:60]}` is not a key that is known here"
                self.faults.append(Fault(detail, pointer(*inside, key), help=help))

    def mapping(self, key: str) -> Mapping[str, Any] | None:
        """An object of fact names and values, or none where the key is missing."""
        part = self.found.get(key)
        if part is not None and not isinstance(part, dict):
            what = "keys" if key == "want" else "fact names"
            self.faults.append(Fault(f"`{key}` has to be an object of {what} and values", pointer(key)))
            return None
        return part

    def text(self, key: str) -> str | None:
        text = self.found.get(key)
        if text is not None and not isinstance(text, str):
            self.faults.append(Fault(f"`{key}` has to be a text", pointer(key)))
            return None
        return text

    def needed_text(self, key: str, found: Mapping[str, Any] | None = None, *inside: str) -> str:
        text = (self.found if found is None else found).get(key)
        if not isinstance(text, str):
            detail = f"`{key}` has to be a text" if text is not None else f"the key `{key}` is missing"
            self.faults.append(Fault(detail, pointer(*inside, key) if text is not None else pointer(*inside)))
            return ""
        return text[:_LONGEST]

    def all_of(self, asked: Asked) -> Asked:
        """What is asked, if nothing is wrong with the body."""
        if self.faults:
            raise _not_asked(self.faults)
        return asked


def _question(body: _Body) -> Question:
    facts = body.found.get("facts")
    if "facts" not in body.found:
        help = "write {} if nothing is known of the person"
        body.faults.append(Fault("the key `facts` is missing", help=help))
    elif not isinstance(facts, dict):
        body.faults.append(Fault("`facts` has to be an object of fact names and values", "/facts"))
    return Question(facts or EMPTY, body.text("language"), body.text("min_support"))


def _wanted(body: _Body, want: Mapping[str, Any]) -> Wanted:
    body.refuse_unknown(want, _OF_WHAT_IS_WANTED, "want")
    recommendation, to = (body.needed_text(key, want, "want") for key in _OF_WHAT_IS_WANTED)
    return Wanted(recommendation, to)


def _not_asked(faults: list[Fault]) -> Refused:
    detail = "; ".join(fault.detail for fault in faults[:3])
    return refused("not-a-request", HTTPStatus.UNPROCESSABLE_ENTITY, detail, *faults)
