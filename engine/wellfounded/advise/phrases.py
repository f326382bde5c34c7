"""The engine's own words, in the languages it speaks; a knowledge base in another language gets English."""

from __future__ import annotations

from collections.abc import Mapping

PHRASES: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "stated_against_derived": (
            "Je gaf voor {fact} {stated} op; uit je andere gegevens volgt {derived}. "
            "We rekenen met wat je opgaf."
        ),
        "contradicting_claims": "Deze uitspraken passen niet bij elkaar: {claims} {contradiction}",
        "change": "Wat je kunt veranderen",
        "meet": "Waar je op kunt mikken",
        "consider": "Wat je kunt overwegen",
        "keep": "Wat je zo kunt houden",
        "inform": "Goed om te weten",
        "questions": "Wat we nog van je willen weten",
        "decides": "bepaalt {count} adviezen",
        "decides_one": "bepaalt één advies",
        "sharpens": "maakt {count} adviezen preciezer",
        "sharpens_one": "maakt één advies preciezer",
        "notes": "Let op",
        "left_out": "Wat is weggelaten",
        "references": "Bronnen",
        "why": "Waarom",
        "source": "Bron",
        "behind": "Waar dit verder op rust",
        "own": "onze eigen keuze",
        "uncited": "geen genoemd",
        "nothing": "Er is op dit moment geen advies te geven.",
        "no_advice_yet": "We weten nog te weinig om advies te geven.",
        "supports": "ondersteunt dit",
        "partly": "ondersteunt dit deels",
        "unchecked": "is nog niet nagekeken",
        "not-established": "niet vastgesteld of dit eruit volgt",
        "about-something-else": "gaat over iets anders",
        "contradicts": "spreekt dit tegen",
        "reference_unchecked": "nog niet nagezocht",
        "confirmed": "gevonden zoals aangehaald",
        "confirmed-with-different-details": "gevonden, met andere gegevens dan aangehaald",
        "not-found": "niet gevonden in wat we konden doorzoeken",
        "made_with": "Gemaakt met {id} {version}, {digest}",
    },
    "en": {
        "stated_against_derived": (
            "You gave {stated} for {fact}; your other answers come to {derived}. We use what you gave."
        ),
        "contradicting_claims": "These claims do not fit together: {claims} {contradiction}",
        "change": "What you can change",
        "meet": "What to aim for",
        "consider": "What you can consider",
        "keep": "What you can keep as it is",
        "inform": "Good to know",
        "questions": "What we would still like to know",
        "decides": "settles {count} pieces of advice",
        "decides_one": "settles one piece of advice",
        "sharpens": "makes {count} pieces of advice more precise",
        "sharpens_one": "makes one piece of advice more precise",
        "notes": "Please note",
        "left_out": "What was left out",
        "references": "References",
        "why": "Why",
        "source": "Source",
        "behind": "What this rests on further back",
        "own": "our own choice",
        "uncited": "none named",
        "nothing": "There is no advice to give at the moment.",
        "no_advice_yet": "We do not know enough yet to give advice.",
        "supports": "supports this",
        "partly": "partly supports this",
        "unchecked": "has not been checked yet",
        "not-established": "not established whether this follows from it",
        "about-something-else": "is about something else",
        "contradicts": "contradicts this",
        "reference_unchecked": "not looked up yet",
        "confirmed": "found as cited",
        "confirmed-with-different-details": "found, with details other than cited",
        "not-found": "not found in what we could search",
        "made_with": "Made with {id} {version}, {digest}",
    },
}


def phrases(language: str) -> Mapping[str, str]:
    """The engine's words in a language, or in English where it does not speak it."""
    return PHRASES.get(language, PHRASES["en"])
