"""The words around explanations, changes and suggestions; languages the engine does not speak get English."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "why": "Waarom",
        "why_not": "Waarom niet",
        "undecided": "Wat er bekend is",
        "missing": "Wat we nog willen weten",
        "tree": "De hele weg",
        "state_given": "gegeven",
        "state_not-given": "niet gegeven",
        "state_undecided": "nog open",
        "state_left-out": "weggelaten",
        "unknown": "onbekend",
        "is_given": "“{title}” wordt gegeven; `wellfounded explain` zegt waarom.",
        "what_if": "Als dit verandert",
        "change": "Wat je verandert",
        "change_line": "{fact}: {after} in plaats van {before}",
        "works": "{works} werkt ook",
        "no_advice": "Dit zegt wat één advies zou veranderen, en is zelf geen advies. Wat je verandert, kan "
        "ook ander advies veranderen; `what-if --with` laat dat zien.",
        "nothing_changes": "Er verandert niets.",
        "follows": "Wat daaruit volgt",
        "advice_changes": "Wat er in het advies verandert",
        "because": "Door: {facts}",
        "waits_for": "Wacht op: {facts}",
        "became_appears": "{title}: nieuw ({after})",
        "became_disappears": "{title}: vervalt",
        "became_becomes-undecided": "{title}: komt open te staan",
        "became_ruled-out": "{title}: stond open, wordt niet gegeven",
        "became_left-out": "{title}: wordt weggelaten",
        "became_waits-for": "{title}: staat nog open, wacht op iets anders",
        "became_verdict": "{title}: {after} in plaats van {before}",
        "became_target": "{title}: {after}, met een ander streven",
        "became_text": "{title}: {after}, met een andere tekst",
        "want_given": "Wat je kunt veranderen om “{title}” te krijgen",
        "want_keep": "Wat je kunt veranderen zodat “{title}” zo kan blijven",
        "want_gone": "Wat je kunt veranderen zodat “{title}” vervalt",
        "already": "Dat is al zo.",
        "impossible": "Wat je ook verandert, dat kan niet, door wat je niet kunt veranderen: {facts}.",
        "none_found": "Met veranderingen van hooguit {at_most} gegevens tegelijk lukt het niet; getallen "
        "zijn geprobeerd in hele stappen.",
        "none_found_yet": "Er is geen verandering van hooguit {at_most} gegevens gevonden. Niet alle "
        "mogelijkheden zijn bekeken.",
        "not_all": "Niet alle mogelijkheden zijn bekeken; er kan een kleinere verandering zijn.",
        "needed_first": "Eerst moet bekend zijn wat je niet kunt veranderen: {facts}.",
        "way": "Mogelijkheid {number}",
        "then": "Dan: {title}, {state}.",
    },
    "en": {
        "why": "Why",
        "why_not": "Why not",
        "undecided": "What is known",
        "missing": "What we would still like to know",
        "tree": "The whole way",
        "state_given": "given",
        "state_not-given": "not given",
        "state_undecided": "undecided",
        "state_left-out": "left out",
        "unknown": "unknown",
        "is_given": "“{title}” is given; `wellfounded explain` says why.",
        "what_if": "If this changes",
        "change": "What you change",
        "change_line": "{fact}: {after} instead of {before}",
        "works": "{works} works too",
        "no_advice": "This says what would change one recommendation, and is no advice itself. What you "
        "change can change other advice too; `what-if --with` shows that.",
        "nothing_changes": "Nothing changes.",
        "follows": "What follows from it",
        "advice_changes": "What changes in the advice",
        "because": "Because of: {facts}",
        "waits_for": "Waits for: {facts}",
        "became_appears": "{title}: new ({after})",
        "became_disappears": "{title}: goes away",
        "became_becomes-undecided": "{title}: becomes undecided",
        "became_ruled-out": "{title}: was undecided, is not given",
        "became_left-out": "{title}: is left out",
        "became_waits-for": "{title}: still undecided, waits for something else",
        "became_verdict": "{title}: {after} instead of {before}",
        "became_target": "{title}: {after}, with another target",
        "became_text": "{title}: {after}, with another text",
        "want_given": "What you can change to be given “{title}”",
        "want_keep": "What you can change so that “{title}” can stay as it is",
        "want_gone": "What you can change so that “{title}” goes away",
        "already": "It is so already.",
        "impossible": "Whatever you change, this cannot be, because of what you cannot change: {facts}.",
        "none_found": "No change of at most {at_most} facts at once does it; numbers were tried at whole "
        "steps.",
        "none_found_yet": "No change of at most {at_most} facts was found. Not every possibility was looked "
        "at.",
        "not_all": "Not every possibility was looked at; there may be a smaller change.",
        "needed_first": "What you cannot change has to be known first: {facts}.",
        "way": "Way {number}",
        "then": "Then: {title}, {state}.",
    },
}


def explanation_words(language: str) -> Mapping[str, str]:
    """The words of a language, or of English where the engine does not speak it."""
    return WORDS.get(language, WORDS["en"])
