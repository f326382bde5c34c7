"""Holding the advice of a module against that of Python: the whole documents, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.conformance.agreement import Difference, difference
from tests.javascript.node import node
from wellfounded import ConflictError, FactError, KnowledgeBase
from wellfounded.interfaces.javascript.module import module

Person = Mapping[str, Any]
#: How options are called in JavaScript.
NAMES = {"language": "language", "min_support": "minSupport", "hide_uncited": "hideUncited"}


class Module:
    """A knowledge base, and the module that was made of it."""

    def __init__(self, knowledge_base: KnowledgeBase) -> None:
        self.knowledge_base = knowledge_base
        self.source = module(knowledge_base)

    def advise(self, people: Sequence[Person], **options: Any) -> list[bytes]:
        """The JSON of what the module gives each of the people, or of what it throws."""
        renamed = {NAMES[name]: value for name, value in options.items() if value is not None}
        return node().ask(self.source, people, "advise", **renamed)

    def differences(self, people: Sequence[Person], **options: Any) -> Iterator[Difference]:
        """Where the module says something else to someone than Python does, or writes it otherwise."""
        for person, there in zip(people, self.advise(people, **options), strict=True):
            alone = self.alone(person, **options)
            if there != alone and outcome(there) != outcome(alone):
                yield difference("javascript", person, outcome(alone), outcome(there))

    def alone(self, person: Person, **options: Any) -> bytes:
        """The JSON of what Python gives somebody, or of what it raises."""
        try:
            return self.knowledge_base.advise(person, **options).to_json()
        except FactError as error:
            problems = [{"fact": problem.fact} for problem in error.problems]
            return json.dumps({"error": "FactError", "problems": problems}).encode()
        except ConflictError as conflict:
            raised = {"error": "ConflictError", "about": conflict.about, "rules": conflict.rules}
            return json.dumps(raised).encode()


def outcome(written: bytes) -> dict[str, Any]:
    """A document; of what cannot be used the names, and of a conflict what it is about and its rules."""
    document: dict[str, Any] = json.loads(written)
    match document.get("error"):
        case None:
            return document
        case "FactError":
            return {"refused": [problem["fact"] for problem in document["problems"]]}
        case _:
            return {name: document.get(name) for name in ("error", "about", "rules")}
