"""The bibliography's own words, in the languages the engine speaks; other languages get English."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "cited": "Bron {number}, zoals aangehaald: {status}.",
        "on-record": "Bron {number}, zoals wij die vonden: {status}.",
        "checked": "Nagekeken op {on} door {by}.",
        "work": "Verder werk {id}: geen genummerde bron; over de gegevens is niets vastgelegd.",
        "found_as": "Gevonden is: {found}",
        "probably_meant": "Waarschijnlijk is bedoeld: {meant}",
        "no_date": "z.d.",
        "et_al": "e.a.",
        "number": "Nr.",
        "article_number": "Artikel",
        "report_number": "Rapport nr.:",
        "in": "In",
        "thesis": "Thesis",
        "retrieved": "Geraadpleegd van",
        "available": "Beschikbaar op:",
    },
    "en": {
        "cited": "Reference {number}, as cited: {status}.",
        "on-record": "Reference {number}, as we found it: {status}.",
        "checked": "Checked on {on} by {by}.",
        "work": "Further work {id}: not a numbered reference; nothing is recorded about its details.",
        "found_as": "What was found: {found}",
        "probably_meant": "Probably meant: {meant}",
        "no_date": "n.d.",
        "et_al": "et al.",
        "number": "No.",
        "article_number": "Article",
        "report_number": "Report No.:",
        "in": "In",
        "thesis": "Thesis",
        "retrieved": "Retrieved from",
        "available": "Available from:",
    },
}


def words_in(language: str) -> Mapping[str, str]:
    """The words of a language, or English ones."""
    return WORDS.get(language, WORDS["en"])
