"""What the pages about rules say beside the handbook's own words, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from wellfounded.interfaces.audit_words import spoken
from wellfounded.interfaces.studio.words import Words

WORDS: Mapping[str, Words] = {
    "nl": {
        "edit_here": "Bewerk dit in het bestand",
        "judge": "Bekijk wat dit aanhaalt",
        "edit_form": "Bewerk dit zonder YAML",
        "unnoticed": "Wat zou geen scenario merken?",
        "falls": "Bekijk wat er valt zonder deze bron",
        "search": "Zoek",
        "found_one": "1 gevonden",
        "found_many": "{count} gevonden",
        "nothing_found": "Niets gevonden. Probeer een ander woord, of een deel ervan.",
    },
    "en": {
        "edit_here": "Edit this in the file",
        "judge": "See what this cites",
        "edit_form": "Edit this without YAML",
        "unnoticed": "What would no scenario notice?",
        "falls": "See what falls without this reference",
        "search": "Search",
        "found_one": "1 found",
        "found_many": "{count} found",
        "nothing_found": "Nothing found. Try another word, or a part of it.",
    },
}


def rules_words(language: str) -> Words:
    return WORDS[spoken(language)]
