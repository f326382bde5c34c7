"""The sentences that explanations are told in, in the languages the engine speaks; others get English.

None of them has to agree with what an author wrote: a fact is followed by a colon and its value.
"""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "and": " en ",
        "given": "Je krijgt “{title}” ({verdict}) door wat je hebt opgegeven: {facts}.",
        "given_to_all": "Iedereen krijgt “{title}” ({verdict}), wat de gegevens ook zijn.",
        "not-given": "Je krijgt “{title}” niet, door wat je hebt opgegeven: {facts}.",
        "not-given_to_all": "Niemand krijgt “{title}”, wat de gegevens ook zijn.",
        "not_in_force": "Geen regel die “{title}” geeft, is van kracht.",
        "undecided": "“{title}” staat nog open. Er ontbreekt nog: {facts}.",
        "fulfilled": "Dit klopt al: {facts}.",
        "derived": "{fact}: {value}. Dat volgt uit {facts}.",
        "derived_for_all": "{fact}: {value}. Dat geldt voor iedereen.",
        "computed": "{fact}: {value}. Dat is berekend uit {facts}.",
        "in_the_way": "Wat in de weg staat: {facts}.",
        "also": "Dit zou op zichzelf ook genoeg zijn: {facts}.",
        "asked": "{fact}: {value} (gevraagd: {asks})",
        "or_more": "{number} of meer",
        "or_less": "{number} of minder",
        "from_to": "alles van {range}",
        "just": "{target}",
        "at_least": "minstens {target}",
        "at_most": "hooguit {target}",
        "target": "Het streven is {target}; nu is het {current}.",
        "target_alone": "Het streven is {target}.",
        "rests_on": "Dit rust op: “{says}” ({sources}).",
        "uncited": "geen bron genoemd",
        "own": "onze eigen keuze",
        "stays": "Wat je andere gegevens ook zijn, dit blijft zo.",
        "stays_unless": "Wat je andere gegevens ook zijn, dit blijft zo, tenzij je zelf iets anders opgeeft "
        "voor wat hier is berekend: {facts}.",
        "sharpened": "Of je iets moet veranderen, hangt af van wat je nog niet hebt opgegeven: {facts}.",
    },
    "en": {
        "and": " and ",
        "given": "You are given “{title}” ({verdict}) because of what you stated: {facts}.",
        "given_to_all": "Everyone is given “{title}” ({verdict}), whatever their facts are.",
        "not-given": "You are not given “{title}”, because of what you stated: {facts}.",
        "not-given_to_all": "Nobody is given “{title}”, whatever their facts are.",
        "not_in_force": "No rule that gives “{title}” is in force.",
        "undecided": "“{title}” is undecided. Still missing: {facts}.",
        "fulfilled": "This is so already: {facts}.",
        "derived": "{fact}: {value}. This follows from {facts}.",
        "derived_for_all": "{fact}: {value}. This is so for everyone.",
        "computed": "{fact}: {value}. This is worked out from {facts}.",
        "in_the_way": "What stands in its way: {facts}.",
        "also": "This alone would be enough as well: {facts}.",
        "asked": "{fact}: {value} (asked: {asks})",
        "or_more": "{number} or more",
        "or_less": "{number} or less",
        "from_to": "anything within {range}",
        "just": "{target}",
        "at_least": "at least {target}",
        "at_most": "at most {target}",
        "target": "The target is {target}; now it is {current}.",
        "target_alone": "The target is {target}.",
        "rests_on": "This rests on: “{says}” ({sources}).",
        "uncited": "no reference named",
        "own": "our own choice",
        "stays": "Whatever your other facts are, this stays so.",
        "stays_unless": "Whatever your other facts are, this stays so, unless you state something else "
        "for what is worked out here: {facts}.",
        "sharpened": "Whether you should change anything depends on what you have not stated yet: {facts}.",
    },
}


def sentence_words(language: str) -> Mapping[str, str]:
    """The sentences of a language, or of English where the engine does not speak it."""
    return WORDS.get(language, WORDS["en"])
