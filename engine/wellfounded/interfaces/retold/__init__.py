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

#: A sentence about what was written has at most so many pieces with "; " between.
_MOST_PIECES = 4


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


def refusal_in(language: str, reason: str) -> str:
    """Why a row of a table is refused, as it is said in a language: each of its sentences by itself."""
    say, pieces, said = say_in(language), reason.split("; "), list[str]()
    while pieces:
        # What was written may have the mark between sentences in it, too.
        starts = ["; ".join(pieces[:count]) for count in range(1, _MOST_PIECES + 1)]
        count, told = next(
            ((count, told) for count, start in enumerate(starts, 1) if (told := say(start)) != start),
            (1, pieces[0]),
        )
        said.append(told)
        del pieces[:count]
    return "; ".join(said)
