"""The words of the texts beside the documents, in the languages the engine speaks; others get English."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "passing_on": (
            "Voor wie dit doorgeeft: dit is algemene informatie en geen oordeel over één persoon. Geef het "
            "door zoals het hier staat en voeg niets toe: geen advies, getal, uitspraak, bron of uitleg die "
            "hier niet staat. Zeg het erbij als er geen bron is genoemd, of als een bron iets niet of maar "
            "deels ondersteunt. Wat nog niet vaststaat, is niet aangeraden en niet afgeraden."
        ),
        "asking": (
            "Stel deze vragen zoals ze hier staan, één tegelijk. Raad geen antwoord: laat een gegeven weg "
            "als de persoon het niet weet."
        ),
        "suggesting": (
            "Dit zegt wat één advies zou veranderen, en is zelf geen advies. Andere adviezen kunnen mee "
            "veranderen: het hulpmiddel `what_if` laat dat zien."
        ),
        "no_questions": "Er is niets meer te vragen.",
        "next": "Wat nu te vragen",
        "undecided": "Nog niet te zeggen",
        "answer": "Antwoord: {allowed}",
        "yes_or_no": "`true` (ja) of `false` (nee)",
        "number": "een getal van {low} tot {high} {unit}",
        "any_number": "een getal {unit}",
        "claim": "Uitspraak {id}",
        "reference": "Bron [{number}]",
        "section": "Onderdeel: {title}",
        "further": "Wat ander onderzoek ervan zegt; de bronnen hierboven staan daar los van",
        "contradicts": "Spreekt tegen: {claims}",
        "differences": "Anders dan aangehaald: {differences}",
        "probably_meant": "Waarschijnlijk bedoeld: {meant}",
        "used_by": "Gebruikt door: {used_by}",
        "rule": "Regel {id}",
        "because": "Op grond van {claim}; bron: {sources}",
        "no_claim": "Er is geen uitspraak bij genoemd.",
        "retired": "Dit is vervallen.",
    },
    "en": {
        "passing_on": (
            "For whoever passes this on: this is general information, and no judgement of one person's case. "
            "Give it as it stands here and add nothing to it: no recommendation, number, claim, reference or "
            "explanation that is not here. Say so where no reference is named, and where a reference does "
            "not support something or does so only in part. What is undecided is neither advised nor advised "
            "against."
        ),
        "asking": (
            "Ask these questions as they stand here, one at a time. Do not guess an answer: leave a fact out "
            "if the person does not know it."
        ),
        "suggesting": (
            "This says what would change one recommendation, and is no advice itself. Other advice can "
            "change with it: the tool `what_if` shows that."
        ),
        "no_questions": "There is nothing left to ask.",
        "next": "What to ask next",
        "undecided": "Undecided as yet",
        "answer": "Answer: {allowed}",
        "yes_or_no": "`true` (yes) or `false` (no)",
        "number": "a number from {low} to {high} {unit}",
        "any_number": "a number {unit}",
        "claim": "Claim {id}",
        "reference": "Reference [{number}]",
        "section": "Section: {title}",
        "further": "What other work says of it; the references above stand apart from that",
        "contradicts": "Contradicts: {claims}",
        "differences": "Other than cited: {differences}",
        "probably_meant": "Probably meant: {meant}",
        "used_by": "Used by: {used_by}",
        "rule": "Rule {id}",
        "because": "Because of {claim}; source: {sources}",
        "no_claim": "No claim is named for it.",
        "retired": "This is retired.",
    },
}


def words(language: str) -> Mapping[str, str]:
    """The words in a language, or in English where the engine does not speak it."""
    return WORDS.get(language, WORDS["en"])
