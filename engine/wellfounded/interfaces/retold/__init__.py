"""What the engine says in English → the same in the language of who reads it.

Enters: a message, a help, or another sentence of the engine. Leaves: the same in Dutch, for whoever reads
Dutch. The engine says what it finds in English only; a catalogue knows each of its sentences, takes it apart
and puts it together again. What is in no catalogue stays as it is; tests hold that nothing is missing.
"""

from __future__ import annotations

from functools import cache, partial
from typing import Protocol

from msgspec.structs import replace

from wellfounded.interfaces.retold.template import Catalogue
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.errors import FactError, FactProblem


class Say(Protocol):
    """Says a text in a language: a sentence, or what is of another vocabulary."""

    def __call__(self, text: str, vocabulary: str = "sentence") -> str: ...


#: The languages in which the engine's sentences can be said.
LANGUAGES = ("en", "nl")


def say_in(language: str) -> Say:
    """How to say what the engine says in a language; in one that there is no catalogue of, as it is."""
    return partial(_retold, _dutch()) if language == "nl" else _as_it_is


def _as_it_is(text: str, vocabulary: str = "sentence") -> str:
    return text


def _retold(catalogue: Catalogue, text: str, vocabulary: str = "sentence") -> str:
    said = catalogue.retold(text, vocabulary)
    return text if said is None else said


@cache
def _dutch() -> Catalogue:
    from wellfounded.interfaces.retold.dutch import VOCABULARIES  # noqa: PLC0415  # only for who reads Dutch

    return Catalogue(VOCABULARIES)


def diagnostic_in(language: str, found: Diagnostic) -> Diagnostic:
    """A diagnostic as it is said in a language; its code and its place are the same."""
    say = say_in(language)
    message, help = say(found.message), say(found.help)
    return replace(found, message=message, help=help, about=say(found.about, "about"))


def problems_in(language: str, error: FactError) -> tuple[FactProblem, ...]:
    """What is wrong with what was stated of a person, as it is said in a language."""
    say = say_in(language)
    return tuple(replace(one, message=say(one.message), help=say(one.help)) for one in error.problems)


def told_in(language: str, error: FactError) -> str:
    """The same, as one text."""
    return "\n".join(map(str, problems_in(language, error)))
