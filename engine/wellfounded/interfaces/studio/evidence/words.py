"""What the pages about evidence say beside the audit's own words, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from wellfounded.interfaces.audit_words import spoken
from wellfounded.interfaces.studio.words import Words

WORDS: Mapping[str, Words] = {
    "nl": {
        "ways": "Onderdelen van het bewijs",
        "matrix": "Adviezen en bronnen",
        "ledger": "Aanhalingen",
        "due": "Wat aandacht vraagt",
        "withdraw": "Bron terugtrekken",
        "matrix_intro": (
            "Elke rij is een advies, elke kolom een bron. In een vakje staat of de bron de uitspraak "
            "ondersteunt waarop het advies rust. Elk vakje leidt naar de uitspraak."
        ),
        "show": "Toon",
        "filter": "Alleen met deze onderbouwing",
        "directly": "Alleen waar een advies rechtstreeks op rust",
        "recommendation": "Advies",
        "no_reference": "Geen bron",
        "through_chain": "via een afgeleid gegeven",
        "more_claims": "{count} zonder bron",
        "rows_one": "1 advies",
        "rows_many": "{count} adviezen",
        "nothing": "Geen enkel advies heeft deze onderbouwing.",
        "the_references": "De bronnen",
        "as_csv": "Als CSV",
        "ledger_intro": (
            "Elke aanhaling met de onderbouwing, de reden en wie er wanneer naar keek. Kies een aanhaling om "
            "vast te leggen wat jij vindt."
        ),
        "of_claim": "Alleen van de uitspraak",
        "citations_one": "1 aanhaling",
        "citations_many": "{count} aanhalingen",
        "no_citations": "Er zijn geen aanhalingen met deze onderbouwing.",
        "record": "Leg vast wat [{reference}] hierover zegt",
        "on": "Op welke dag",
        "on_wrong": "“{written}” is geen dag. Schrijf een dag als 2026-11-30. Je ziet wat er vandaag geldt.",
        "due_none": "Op {on} hoeft niets opnieuw te worden nagekeken.",
        "due_some": "Op {on} moet dit opnieuw worden nagekeken.",
        "due_next": "Het volgende is op {on} aan de beurt.",
        "what": "Wat",
        "by_day": "Uiterlijk",
        "maintainers": "Beheerders",
        "gaps": "Gaten",
        "no_gaps": "Geen gaten gevonden.",
        "not_found": "Bronnen die niet zijn gevonden ({count})",
        "not_found_text": (
            "Dat een bron niet is gevonden, betekent niet dat die niet bestaat, en ook niet dat wat er staat "
            "onwaar is."
        ),
        "withdraw_intro": (
            "Kies een bron om te zien welke adviezen hun enige bron verliezen als je die terugtrekt. Er "
            "verandert niets aan de bestanden."
        ),
        "withdraw_none": "Deze kennisbank heeft geen bronnen.",
        "min_support": "Wat er minstens achter een advies moet staan",
        "other_reference": "Kies een andere bron",
        "verdict_title": "Onderbouwing van een aanhaling",
        "the_claim": "De uitspraak",
        "the_reference": "De bron",
        "now": "Wat er nu staat",
        "your_verdict": "Wat jij vindt",
        "support": "Wat zegt de bron over de uitspraak?",
        "support_supports": "De bron zegt hetzelfde (ondersteunt)",
        "support_partly": "De bron zegt een deel ervan, of zegt het over andere mensen (ondersteunt deels)",
        "support_not-established": "Het is niet vastgesteld dat de uitspraak eruit volgt",
        "support_about-something-else": "De bron gaat over iets anders",
        "support_contradicts": "De bron zegt het tegendeel (spreekt tegen)",
        "reason": "Waarom ({language})",
        "reason_hint": "Een of twee zinnen die een ander kan nagaan.",
        "by": "Nagekeken door",
        "checked_on": "Nagekeken op",
        "check": "Bekijk wat dit verandert",
        "in_language": "Ga verder in het {language}",
        "save": "Leg vast",
        "saved": "Vastgelegd in {file}.",
        "put_back": "Wat er stond, is teruggezet in {file}.",
        "undo": "Zet terug wat er stond",
        "written_here": "Bekijk waar het staat",
        "changes": "Wat in {file} verandert",
        "no_change": "Er verandert niets: dit staat er al.",
        "passes": "Zo blijft de kennisbank in orde.",
        "fails": "Zo kan het niet worden vastgelegd:",
        "fails_here": "Zo kan het niet worden vastgelegd; bij het veld staat waarom.",
        "warns": "Let op:",
        "effects": "Wat er dan op zijn best achter een advies staat",
        "effect": "{title}: nu {before}, straks {after}",
        "no_effects": "Wat er op zijn best achter elk advies staat, blijft hetzelfde.",
        "read_only": "Hier kan niets worden vastgelegd: de studio is alleen om te lezen.",
        "conflict": "Iemand anders heeft {file} intussen veranderd",
        "conflict_text": (
            "Er is niets geschreven. Hieronder zie je wat er nu staat en wat jij wilde vastleggen. Als je "
            "nog eens vastlegt, komt dat in de plaats van wat er nu staat."
        ),
        "gone": "Deze aanhaling staat niet meer in {file}. Wat je wilde vastleggen, staat hieronder nog.",
        "back": "Terug naar de aanhalingen",
        "wrong_one": "1 veld klopt nog niet.",
        "wrong_many": "{count} velden kloppen nog niet.",
        "support_missing": "Kies wat de bron over de uitspraak zegt.",
        "support_unknown": "“{written}” is geen onderbouwing; kies er een uit de lijst.",
        "reason_missing": "Schrijf de reden ook in deze taal op.",
        "too_long": "Dit heeft {count} tekens; het mogen er hoogstens {most} zijn.",
        "by_missing": "Schrijf op wie het heeft nagekeken.",
        "on_missing": "Schrijf op welke dag het is nagekeken.",
        "on_unknown": "“{written}” is geen dag. Schrijf een dag als 2026-11-30.",
        "on_later": "{written} is nog niet geweest.",
        "cannot_write": "{file} kan niet worden geschreven: {reason}",
        "cannot_change": "Dit kan hier niet worden veranderd: {reason}",
        "to_editor": "Open het bestand",
    },
    "en": {
        "ways": "Parts of the evidence",
        "matrix": "Recommendations and references",
        "ledger": "Citations",
        "due": "What to look at",
        "withdraw": "Withdraw a reference",
        "matrix_intro": (
            "Each row is a recommendation, each column a reference. A cell says whether the reference "
            "supports the claim that the recommendation rests on. Every cell leads to the claim."
        ),
        "show": "Show",
        "filter": "Only with this support",
        "directly": "Only what a recommendation rests on directly",
        "recommendation": "Recommendation",
        "no_reference": "No reference",
        "through_chain": "through a derived fact",
        "more_claims": "{count} uncited",
        "rows_one": "1 recommendation",
        "rows_many": "{count} recommendations",
        "nothing": "No recommendation has this support.",
        "the_references": "The references",
        "as_csv": "As CSV",
        "ledger_intro": (
            "Every citation with its support, the reason, and who looked when. Choose a citation to record "
            "what you find."
        ),
        "of_claim": "Only of the claim",
        "citations_one": "1 citation",
        "citations_many": "{count} citations",
        "no_citations": "There are no citations with this support.",
        "record": "Record what [{reference}] says of this",
        "on": "On which day",
        "on_wrong": "“{written}” is not a day. Write a day as 2026-11-30. This is how it is today.",
        "due_none": "On {on} nothing has to be looked at again.",
        "due_some": "On {on} this has to be looked at again.",
        "due_next": "What comes next is due on {on}.",
        "what": "What",
        "by_day": "By",
        "maintainers": "Maintainers",
        "gaps": "Gaps",
        "no_gaps": "No gaps were found.",
        "not_found": "References that were not found ({count})",
        "not_found_text": (
            "That a reference was not found does not mean that it does not exist, nor that what is said is "
            "false."
        ),
        "withdraw_intro": (
            "Choose a reference to see which recommendations lose their only reference if you withdraw it. "
            "Nothing changes in the files."
        ),
        "withdraw_none": "This knowledge base has no references.",
        "min_support": "What at least has to stand behind a recommendation",
        "other_reference": "Choose another reference",
        "verdict_title": "Support of a citation",
        "the_claim": "The claim",
        "the_reference": "The reference",
        "now": "What is there now",
        "your_verdict": "What you find",
        "support": "What does the reference say about the claim?",
        "support_supports": "It says the same (supports)",
        "support_partly": "It says part of it, or says it about other people (partly supports)",
        "support_not-established": "It is not established that the claim follows from it",
        "support_about-something-else": "It is about something else",
        "support_contradicts": "It says the opposite (contradicts)",
        "reason": "Why ({language})",
        "reason_hint": "A sentence or two that somebody else can verify.",
        "by": "Checked by",
        "checked_on": "Checked on",
        "check": "See what this changes",
        "in_language": "Go on in {language}",
        "save": "Record it",
        "saved": "Recorded in {file}.",
        "put_back": "What was there has been put back in {file}.",
        "undo": "Put back what was there",
        "written_here": "See where it is written",
        "changes": "What changes in {file}",
        "no_change": "Nothing changes: this is there already.",
        "passes": "The knowledge base stays in order with this.",
        "fails": "It cannot be recorded like this:",
        "fails_here": "It cannot be recorded like this; at the field it says why.",
        "warns": "Take note:",
        "effects": "What then stands behind a recommendation at best",
        "effect": "{title}: now {before}, then {after}",
        "no_effects": "What stands behind each recommendation at best stays the same.",
        "read_only": "Nothing can be recorded here: the studio is read-only.",
        "conflict": "Somebody else changed {file} in the meantime",
        "conflict_text": (
            "Nothing was written. Below you see what is there now and what you wanted to record. If you "
            "record it again, it takes the place of what is there now."
        ),
        "gone": "This citation is no longer in {file}. What you wanted to record still stands below.",
        "back": "Back to the citations",
        "wrong_one": "1 field is not right yet.",
        "wrong_many": "{count} fields are not right yet.",
        "support_missing": "Choose what the reference says about the claim.",
        "support_unknown": "“{written}” is not a kind of support; choose one from the list.",
        "reason_missing": "Write the reason in this language as well.",
        "too_long": "This has {count} characters; at most {most} are allowed.",
        "by_missing": "Write down who checked it.",
        "on_missing": "Write down on which day it was checked.",
        "on_unknown": "“{written}” is not a day. Write a day as 2026-11-30.",
        "on_later": "{written} has not come yet.",
        "cannot_write": "{file} cannot be written: {reason}",
        "cannot_change": "This cannot be changed here: {reason}",
        "to_editor": "Open the file",
    },
}


def evidence_words(language: str) -> Words:
    return WORDS[spoken(language)]
