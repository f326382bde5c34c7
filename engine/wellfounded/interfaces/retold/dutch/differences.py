"""What differs between two versions, and what scenarios do not notice or do not get. English → Dutch."""

from __future__ import annotations

from collections.abc import Mapping

from wellfounded.interfaces.retold.dutch.words import SUPPORT, VERDICT

DIFFERENCES: Mapping[str, str] = {
    # In short
    "The two say the same: their digests are equal.": (
        "De twee zeggen precies hetzelfde: hun digests zijn gelijk."
    ),
    "There is no topic to compare.": "Er is geen onderwerp om te vergelijken.",
    "All ‹topics:topics› mean the same for ‹who:who›.‹lost:lost›": (
        "Alles betekent hetzelfde voor ‹who› (‹topics›).‹lost›"
    ),
    "‹changes:changes›; ‹number› mean the same for ‹who:who›.‹lost:lost›": (
        "‹changes›; ‹number› betekenen hetzelfde voor ‹who›.‹lost›"
    ),
    "‹changes:changes›; ‹number› means the same for ‹who:who›.‹lost:lost›": (
        "‹changes›; ‹number› betekent hetzelfde voor ‹who›.‹lost›"
    ),
    "‹changes:changes›.‹lost:lost›": "‹changes›.‹lost›",
    "the two have no language in common": "de twee spreken geen taal die ze allebei kennen",
    # What was not found out
    "the solver did not come to an end in time": "het rekenen kwam niet op tijd klaar",
    "only people were found of whom the reasoner says otherwise: it rounds, or rules disagree about "
    "another of "
    "their facts": (
        "er zijn alleen mensen gevonden bij wie het bij nader inzien niet zo is: door afronden, of doordat "
        "regels "
        "elkaar over iets anders tegenspreken"
    ),
    "the solver says that there is somebody, and found no example in time": (
        "er is zeker iemand voor wie dit zo is, maar een voorbeeld is niet op tijd gevonden"
    ),
    "proved for everyone whose numbers are whole steps; between steps, rounding decides": (
        "bewezen voor iedereen met getallen van hele stappen; daartussen beslist het afronden"
    ),
    "`‹fact›` is something else in the two, by its type, its unit, or whether it can be stated": (
        "`‹fact›` is in de twee iets anders: de soort, de eenheid, of of iemand het kan opgeven"
    ),
    "it is written differently, and nobody is given it": "het staat er anders, en niemand krijgt het",
    "it is written differently, and ‹number› people were tried for whom it is the same": (
        "het staat er anders, en bij ‹number› mensen die zijn geprobeerd is het hetzelfde"
    ),
    # Scenarios
    "‹topic›: expected ‹expected:came_out›, got ‹got:came_out›": (
        "‹topic›: verwacht: ‹expected›; gekregen: ‹got›"
    ),
    "nobody would have noticed if ‹change:change›": "niemand had het gemerkt als ‹change›",
    "‹topic›: ‹reason:not_found_out›": "‹topic›: ‹reason›",
    # Files that cannot be changed by a form
    "‹file› cannot be read": "‹file› kan niet worden gelezen",
    "‹file› cannot be read: ‹problem:sentence›": "‹file› kan niet worden gelezen: ‹problem›",
    "‹file› has nothing at `‹path›`": "in ‹file› staat niets bij `‹path›`",
    "`‹key›` in ‹file› could not be changed alone; change it by hand": (
        "`‹key›` in ‹file› kon niet op zichzelf worden veranderd; verander het zelf in het bestand"
    ),
    "`‹key›` in ‹file› could not be removed alone; remove it by hand": (
        "`‹key›` in ‹file› kon niet op zichzelf worden weggehaald; haal het zelf weg uit het bestand"
    ),
    "‹file› has no list at `‹key›`": "‹file› heeft geen lijst bij `‹key›`",
    "there is no place for `‹key›`; write it by hand": (
        "er is geen plek voor `‹key›`; schrijf het zelf in het bestand"
    ),
    "nothing could be added to `‹key›` in ‹file›; add it there by hand": (
        "bij `‹key›` in ‹file› kon niets worden gezet; zet het er zelf bij"
    ),
    "`‹key›` in ‹file› stands in brackets, where nothing can be added; write it as one thing a line first": (
        "`‹key›` in ‹file› staat tussen haken, en daar kan niets bij; schrijf het eerst met één ding per "
        "regel"
    ),
}

#: The same reasons, where something stands before them.
NOT_FOUND_OUT: Mapping[str, str] = {
    said: dutch
    for said, dutch in DIFFERENCES.items()
    if said.startswith(("the solver", "only people", "proved"))
}

TOPICS: Mapping[str, str] = {"1 topic": "1 onderwerp", "‹number› topics": "‹number› onderwerpen"}

WHO: Mapping[str, str] = {
    "everybody": "iedereen",
    "everybody whom both can advise": "iedereen die van allebei advies kan krijgen",
}

LOST: Mapping[str, str] = {
    "": "",
    " Some people can no longer be advised, for what they state of ‹facts:names›.": (
        " Sommige mensen kunnen geen advies meer krijgen, door wat ze opgeven bij ‹facts›."
    ),
}

_CHANGES = {
    "1 topic with another meaning for somebody": "1 onderwerp betekent voor iemand iets anders",
    "‹number› topics with another meaning for somebody": (
        "‹number› onderwerpen betekenen voor iemand iets anders"
    ),
    "1 topic with other evidence only": "1 onderwerp krijgt alleen andere onderbouwing",
    "‹number› topics with other evidence only": "‹number› onderwerpen krijgen alleen andere onderbouwing",
    "1 topic with other text": "1 onderwerp krijgt een andere tekst",
    "‹number› topics with other text": "‹number› onderwerpen krijgen een andere tekst",
    "1 topic not decided": "van 1 onderwerp is het niet te zeggen",
    "‹number› topics not decided": "van ‹number› onderwerpen is het niet te zeggen",
}

CHANGES: Mapping[str, str] = {
    "‹one:change_of_topics›, ‹rest:changes›": "‹one›, ‹rest›",
    "‹one:change_of_topics› and ‹other:change_of_topics›": "‹one› en ‹other›",
    **_CHANGES,
}
CHANGE_OF_TOPICS: Mapping[str, str] = _CHANGES

#: The engine's pieces of a sentence about a change.
RUN: Mapping[str, str] = {
    " now stands after ": " staat nu achter ",
    " now stands first": " staat nu vooraan",
    " was called ": " heette eerst ",
    " is new": " is nieuw",
    " is gone": " is weg",
    "now cites ": "haalt nu dit aan: ",
    ", before ": ", en eerst: ",
    "nothing": "niets",
    "‹kind:thing› ": "‹kind› ",
    "‹part:part›: ": "‹part›: ",
    "‹part:part›, in ‹groups›: ": "‹part›, in ‹groups›: ",
}

#: What the parts of things are called; most are keys of the files.
_PARTS = {
    "id": "id",
    "version": "versie",
    "title": "titel",
    "languages": "talen",
    "about": "waarover",
    "notice": "vooraf te weten",
    "maintainers": "wie ervoor zorgt",
    "review_every_months": "opnieuw bekijken na zoveel maanden",
    "order": "volgorde",
    "source": "bron",
    "editorial": "van onszelf",
    "shown": "getoond als",
    "size": "grootte",
    "measures": "meet",
    "says": "in woorden",
    "type": "soort",
    "label": "naam",
    "question": "vraag",
    "help": "uitleg",
    "choices": "keuzes",
    "unit": "eenheid",
    "span": "span",
    "step": "stap",
    "derived": "afgeleid",
    "statable": "zelf op te geven",
    "not changeable": "niet te veranderen",
    "formula": "formule",
    "otherwise": "anders",
    "kind": "soort",
    "claim": "uitspraak",
    "on record": "te boek als",
    "as cited": "zoals aangehaald",
    "differences on record": "verschillen",
    "probably meant": "waarschijnlijk bedoeld",
    "note": "opmerking",
    "checked": "nagekeken",
    "review_by": "opnieuw bekijken voor",
    "section": "onderdeel",
    "text": "tekst",
    "cites": "aanhalingen",
    "further evidence": "ander onderzoek",
    "contradicts": "past niet bij",
    "contradiction": "waarin ze verschillen",
    "status": "status",
    "columns": "kolommen",
    "rows": "rijen",
    "when": "wanneer",
    "target": "doel",
    "conclude": "stelt vast",
    "advise": "advies",
    "topic": "onderwerp",
    "because": "steunt op",
    "background": "achtergrond",
    "definition": "definitie",
    "first": "vooraan",
    "table": "tabel",
    "causes_of": "oorzaken van",
    "where": "voor wie",
    "stating": "wie dit opgeeft",
    "gets": "krijgt",
    "together": "samen",
    "told_by": "verteld door",
}

PART: Mapping[str, str] = {
    **_PARTS,
    "‹part:part›, how": "‹part›, hoe",
    "‹part:part›, order": "‹part›, volgorde",
    "‹part:part›, when": "‹part›, wanneer",
    "choice ‹id›": "keuze ‹id›",
    "column ‹id›": "kolom ‹id›",
    "row ‹id›, remark ‹number›": "rij ‹id›, opmerking ‹number›",
    "row ‹id›, ‹column›": "rij ‹id›, ‹column›",
    "row ‹id›": "rij ‹id›",
    "reason of [‹number›]": "reden bij [‹number›]",
    "check of [‹number›]": "controle van [‹number›]",
    "check of ‹work›": "controle van ‹work›",
    "finding of ‹work›": "bevinding van ‹work›",
    "as cited ‹key›": "zoals aangehaald: ‹key›",
    "on record ‹key›": "te boek als: ‹key›",
    "source ‹key›": "bron: ‹key›",
    "‹part:part› (‹language›)": "‹part› (‹language›)",
    "‹key›": "‹key›",
}

#: What is different, and the lines that are held side by side.
KINDS: Mapping[str, str] = {"meaning": "betekenis", "evidence": "onderbouwing", "text": "tekst"}
LINE: Mapping[str, str] = {
    "advice": "advies",
    "title": "titel",
    "text": "tekst",
    "support": "onderbouwing",
    "sources": "uitspraken erachter",
    "references": "bronnen",
    "small print": "kleine letters",
    "error": "fout",
}

#: A topic that differs, in short.
IN_SHORT: Mapping[str, str] = {
    "the same advice in other words": "hetzelfde advies in andere woorden",
    "other sources": "andere bronnen",
    "support: ‹old:support› → ‹new:support›": "onderbouwing: ‹old› → ‹new›",
    "‹old:outcome› → ‹new:outcome›": "‹old› → ‹new›",
}

OUTCOME: Mapping[str, str] = {
    **VERDICT,
    "no advice": "helemaal geen advies",
    "‹outcome:outcome›, waits for ‹facts›": "‹outcome›, wacht op ‹facts›",
    "‹verdict:verdict› (‹target:target›)": "‹verdict› (‹target›)",
}

TARGET: Mapping[str, str] = {
    "yes": "ja",
    "no": "nee",
    "at least ‹amount:target›": "minstens ‹amount›",
    "at most ‹amount:target›": "hooguit ‹amount›",
    "‹low:count›–‹high:count› ‹unit›": "‹low›–‹high› ‹unit›",
    "‹low:count›–‹high:count›": "‹low›–‹high›",
    "‹number:count› ‹unit›": "‹number› ‹unit›",
    "‹number:count›": "‹number›",
    "‹choice›": "‹choice›",
}

#: A claim behind advice, with where it is from and what it cites.
SOURCE: Mapping[str, str] = {
    "‹claim› (‹how:via›): ‹works:works›": "‹claim› (‹how›): ‹works›",
    "‹claim› (‹how:via›)": "‹claim› (‹how›)",
}
VIA: Mapping[str, str] = {
    "‹section›, rule": "‹section›, via de regel",
    "‹section›, parameter": "‹section›, via een parameter",
    "‹section›, chain": "‹section›, via een andere regel",
    "‹how:via›, does not count": "‹how›, telt niet mee",
    "‹how:via›, draft": "‹how›, concept",
    "‹how:via›, retired": "‹how›, vervallen",
}
WORKS: Mapping[str, str] = {
    "‹work› (‹support:supports›), ‹rest:works›": "‹work› (‹support›), ‹rest›",
    "‹work› (‹support:supports›)": "‹work› (‹support›)",
}
SUPPORTS: Mapping[str, str] = {**SUPPORT, "‹support:supports›, ‹place›": "‹support›, ‹place›"}

#: A reference, and what it was found to be.
CITED: Mapping[str, str] = {
    "‹reference› (unchecked)": "‹reference› (niet nagekeken)",
    "‹reference› (confirmed)": "‹reference› (gevonden zoals aangehaald)",
    "‹reference› (confirmed-with-different-details)": "‹reference› (gevonden met andere gegevens)",
    "‹reference› (not-found)": "‹reference› (niet gevonden)",
}

#: The end of a sentence with *als*.
CHANGE: Mapping[str, str] = {
    "`‹written›` were left out of ‹about:about›": "`‹written›` was weggelaten uit ‹about›",
    "`‹written›` were `‹instead›` in ‹about:about›": (
        "in ‹about› `‹instead›` had gestaan in plaats van `‹written›`"
    ),
    "‹about:about› were left out": "‹about› was weggelaten",
}

#: What was expected of a topic, or came of it.
CAME_OUT: Mapping[str, str] = {
    "nothing": "niets",
    "not given": "geen advies",
    "undecided": "nog niet te zeggen",
    "left out": "weggelaten",
    "undecided, waiting for ‹facts›": "nog niet te zeggen, wacht op ‹facts›",
    "verdict ‹verdict:verdict›": "het oordeel ‘‹verdict›’",
    "the claim ‹claim› not among the sources": "de uitspraak ‹claim› niet bij de bronnen",
    "the claim ‹claim› among the sources": "de uitspraak ‹claim› bij de bronnen",
    "the claim ‹claim› citing ‹cites›": "de uitspraak ‹claim› met aanhaling ‹cites›",
    "a table with ‹rows›": "een tabel met ‹rows›",
    "a text with “‹text›”": "een tekst met “‹text›”",
    "the row ‹row› with “‹text›”": "de rij ‹row› met “‹text›”",
    "the row ‹row› without a remark": "de rij ‹row› zonder opmerking",
    "“‹text›”": "“‹text›”",
    "target ‹target›": "het doel ‹target›",
    "current ‹value›": "wat het nu is: ‹value›",
    "support ‹support:support›": "onderbouwing: ‹support›",
    "rule ‹rule›": "de regel ‹rule›",
    "‹listed›": "‹listed›",
}

#: By name.
VOCABULARIES: Mapping[str, Mapping[str, str]] = {
    "sentence": DIFFERENCES,
    "not_found_out": NOT_FOUND_OUT,
    "topics": TOPICS,
    "who": WHO,
    "lost": LOST,
    "changes": CHANGES,
    "change_of_topics": CHANGE_OF_TOPICS,
    "run": RUN,
    "part": PART,
    "kinds": KINDS,
    "line": LINE,
    "in_short": IN_SHORT,
    "outcome": OUTCOME,
    "target": TARGET,
    "source": SOURCE,
    "via": VIA,
    "works": WORKS,
    "supports": SUPPORTS,
    "cited": CITED,
    "change": CHANGE,
    "came_out": CAME_OUT,
}
