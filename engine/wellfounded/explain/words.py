"""The words that a chain is told in, in the languages the engine speaks; others get English."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "title": "Waar het advies op rust: {title}",
        "notice": (
            "Per advies de hele weg terug: van het advies naar de regels, de gegevens en de getallen, en van "
            "daar naar de uitspraken en de bronnen."
        ),
        "picture": "Het advies “{title}” en alles waar het op rust, van links naar rechts.",
        "whole_picture": "Alle adviezen en alles waar ze op rusten, van links naar rechts.",
        "reads": (
            "In een beeld staan links de gegevens en de bronnen, en rechts het advies. Een lijn gaat naar "
            "wat ergens op rust; ze is onderbroken waar een bron de uitspraak niet ondersteunt, of waar dat "
            "nog niet vaststaat."
        ),
        "yes": "ja",
        "no": "nee",
        "stated": "opgegeven",
        "derived": "afgeleid",
        "formula": "berekend als {formula}",
        "fact": "Gegeven",
        "rule": "Regel",
        "parameter": "Getal",
        "claim": "Uitspraak",
        "reference": "Bron",
        "recommendation": "Advies",
        "recommendations": "Adviezen",
        "does_not_hold": "geldt niet",
        "asks": "gevraagd: {asks}",
        "asks_not_met": "gevraagd: {asks}, en dat is niet zo",
        "not_so": "dat is niet zo",
        "set-against-target-of": "vergeleken met het doel",
        "number-for": "het getal telt mee",
        "shown-by": "het getal staat in de tekst",
        "gives": "geeft",
        "does-not-give": "geeft dit niet",
        "not_given": "niet gegeven",
        "not_given_picture": "Waarom het advies “{title}” niet wordt gegeven, van links naar rechts.",
        "concludes": "leidt dit af",
        "does-not-conclude": "leidt dit niet af",
        "backs": "onderbouwt",
        "via_rule": "genoemd door de regel",
        "via_parameter": "via een getal van de regel",
        "via_chain": "via een afgeleid gegeven",
        "draft": "nog een concept",
        "retired": "vervallen",
        "own": "onze eigen keuze",
        "scope": "gaat over voor wie dit geldt en telt niet als onderbouwing",
        "uncited": "geen bron genoemd",
        "see_above": "zie hierboven",
        "goes_on": "… en zo verder terug; de CSV en de JSON hebben alles",
        "references": "Bronnen",
        "left_out": "Wat is weggelaten",
        "absent": "Wat niet wordt gegeven",
        "absent_undecided": "Dit advies staat nog open en wacht op: {facts}.",
        "absent_left-out": "Dit advies is weggelaten. {reason}",
        "absent_not-given": "Dit advies wordt deze persoon niet gegeven.",
        "nothing": "Er is geen advies om te herleiden.",
        "verdict_avoid": "vermijden",
        "verdict_do": "doen",
        "verdict_raise": "verhogen",
        "verdict_lower": "verlagen",
        "verdict_start": "beginnen",
        "verdict_stop": "stoppen",
        "verdict_meet": "nastreven",
        "verdict_consider": "overwegen",
        "verdict_keep": "zo houden",
        "verdict_inform": "goed om te weten",
    },
    "en": {
        "title": "What the advice rests on: {title}",
        "notice": (
            "For each recommendation the whole way back: from the recommendation to rules, facts and "
            "numbers, and from there to claims and references."
        ),
        "picture": "The recommendation “{title}” and all it rests on, from left to right.",
        "whole_picture": "All recommendations and all they rest on, from left to right.",
        "reads": (
            "In a picture, facts and references are on the left and the recommendation is on the right. A "
            "line goes to what rests on something; it is broken where a reference does not support the "
            "claim, or where that is not established yet."
        ),
        "yes": "yes",
        "no": "no",
        "stated": "stated",
        "derived": "derived",
        "formula": "computed as {formula}",
        "fact": "Fact",
        "rule": "Rule",
        "parameter": "Number",
        "claim": "Claim",
        "reference": "Reference",
        "recommendation": "Recommendation",
        "recommendations": "Recommendations",
        "does_not_hold": "does not hold",
        "asks": "asked: {asks}",
        "asks_not_met": "asked: {asks}, which is not so",
        "not_so": "not so",
        "set-against-target-of": "held against the target",
        "number-for": "its number is used",
        "shown-by": "its number is in the text",
        "gives": "gives",
        "does-not-give": "does not give this",
        "not_given": "not given",
        "not_given_picture": "Why the recommendation “{title}” is not given, from left to right.",
        "concludes": "concludes this",
        "does-not-conclude": "does not conclude this",
        "backs": "backs",
        "via_rule": "named by the rule",
        "via_parameter": "through a number of the rule",
        "via_chain": "through a derived fact",
        "draft": "still a draft",
        "retired": "retired",
        "own": "our own choice",
        "scope": "about whom this is for, and never counted as support",
        "uncited": "no reference named",
        "see_above": "see above",
        "goes_on": "… and further back; the CSV and the JSON have all of it",
        "references": "References",
        "left_out": "What was left out",
        "absent": "What is not given",
        "absent_undecided": "This recommendation is undecided and waits for: {facts}.",
        "absent_left-out": "This recommendation was left out. {reason}",
        "absent_not-given": "This recommendation is not given to this person.",
        "nothing": "There is no recommendation to trace.",
        "verdict_avoid": "avoid",
        "verdict_do": "do",
        "verdict_raise": "raise",
        "verdict_lower": "lower",
        "verdict_start": "start",
        "verdict_stop": "stop",
        "verdict_meet": "aim for this",
        "verdict_consider": "consider",
        "verdict_keep": "keep as it is",
        "verdict_inform": "good to know",
    },
}


def words(language: str) -> Mapping[str, str]:
    """The words of a language, or of English where the engine does not speak it."""
    return WORDS.get(language, WORDS["en"])
