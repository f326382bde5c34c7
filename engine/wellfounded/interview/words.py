"""What an interview says of an answer that it cannot use."""

from __future__ import annotations

from collections.abc import Mapping

_WORDS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "no_answer": "er staat geen antwoord",
        "too_long": "dit antwoord is te lang",
        "yes_or_no": "“{answer}” is geen ja of nee; antwoord met ja of nee",
        "not_a_choice": "“{answer}” staat er niet bij; geef een nummer of een naam: {choices}",
        "several_choices": "“{answer}” kan van alles zijn: {choices}; schrijf wat meer",
        "not_a_number": "“{answer}” is geen getal; geef een getal van {span}{units}",
        "ambiguous": "“{answer}” kan twee dingen betekenen; schrijf {whole} of {decimal}",
        "other_unit": "“{unit}” past hier niet; geef een getal van {span}{units}",
        "units": ", of in een andere eenheid: {units}; bijvoorbeeld {example}",
        "outside": "{answer} valt buiten wat hier kan; geef een getal van {span}",
        "span": "{low} tot en met {high}",
    },
    "en": {
        "no_answer": "there is no answer here",
        "too_long": "this answer is too long",
        "yes_or_no": "“{answer}” is neither yes nor no; answer with yes or no",
        "not_a_choice": "“{answer}” is not one of these; give a number or a name: {choices}",
        "several_choices": "“{answer}” can be more than one: {choices}; write a little more",
        "not_a_number": "“{answer}” is not a number; give a number from {span}{units}",
        "ambiguous": "“{answer}” can mean two things; write {whole} or {decimal}",
        "other_unit": "“{unit}” does not fit here; give a number from {span}{units}",
        "units": ", or in another unit: {units}; for example {example}",
        "outside": "{answer} is outside what is possible here; give a number from {span}",
        "span": "{low} to {high}",
    },
}


def words(language: str) -> Mapping[str, str]:
    """What is said of answers in a language, or in English where the engine does not speak it."""
    return _WORDS.get(language, _WORDS["en"])
