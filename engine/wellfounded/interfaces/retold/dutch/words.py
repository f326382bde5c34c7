"""Words and parts of sentences, English → Dutch."""

from __future__ import annotations

from collections.abc import Mapping

_THINGS = {
    "rule": "regel",
    "fact": "gegeven",
    "parameter": "parameter",
    "claim": "uitspraak",
    "reference": "bron",
    "work": "werk",
    "table": "tabel",
    "unit": "eenheid",
    "dimension": "dimensie",
    "section": "onderdeel",
    "guarantee": "garantie",
    "topic": "onderwerp",
    "scenario": "scenario",
    "column": "kolom",
    "row": "rij",
    "knowledge base": "kennisbank",
}
_NEUTER = {"fact", "work", "section", "topic", "scenario"}

THING: Mapping[str, str] = {
    **_THINGS,
    "fact that can be waited for": "gegeven waarop gewacht kan worden",
    "rule that gives advice": "regel die advies geeft",
    "row of a table of `‹topic›` called": "rij in een tabel van `‹topic›` met de naam",
}

#: With an article: "de regel", "het gegeven".
THE_THING: Mapping[str, str] = {
    thing: f"{'het' if thing in _NEUTER else 'de'} {dutch}" for thing, dutch in _THINGS.items()
}

#: What something is in: "rule water".
ABOUT: Mapping[str, str] = {
    "the knowledge base": "de kennisbank",
    "the order of recommendations": "de volgorde van de adviezen",
    "‹kind:thing› number ‹number›": "‹kind› nummer ‹number›",
    "‹kind:thing› ‹id›": "‹kind› ‹id›",
}

#: The types of facts, and what stands where something else should.
TYPE: Mapping[str, str] = {"yes/no": "ja/nee", "number": "getal", "choice": "keuze", "boolean": "ja/nee"}

KIND: Mapping[str, str] = {
    "empty": "leeg",
    "a yes/no": "een ja/nee",
    "a text": "een tekst",
    "a number": "een getal",
    "a list": "een lijst",
    "a mapping": "een groep sleutels",
    "a single value": "één waarde",
}

#: What may be written, with *or* before the last.
WANTED: Mapping[str, str] = {
    "true or false": "true of false",
    "a number": "een getal",
    "a whole number": "een heel getal",
    "a text": "een tekst",
    "a list": "een lijst",
    "a mapping": "een groep sleutels",
    "nothing": "niets",
    "true or false or ‹other:wanted›": "true of false, of ‹other›",
    "true or false, ‹rest:wanted›": "true of false, ‹rest›",
    "a number, ‹rest:wanted›": "een getal, ‹rest›",
    "a text, ‹rest:wanted›": "een tekst, ‹rest›",
    "a list, ‹rest:wanted›": "een lijst, ‹rest›",
    "‹one:wanted› or ‹other:wanted›": "‹one› of ‹other›",
}

#: What was written, as messages show it.
WRITTEN: Mapping[str, str] = {
    "an empty text": "een lege tekst",
    "a list of ‹number›": "een lijst van ‹number›",
    "a mapping with no keys": "een groep zonder sleutels",
    "a mapping with ‹keys›": "een groep met ‹keys›",
    "a mapping": "een groep sleutels",
    "a list": "een lijst",
    "a very large number": "een heel groot getal",
    "nothing": "niets",
    "the text “‹text›”": "de tekst “‹text›”",
    'the text "‹text›"': 'de tekst "‹text›"',
    "`‹text›`": "`‹text›`",
    '"‹text›"': '"‹text›"',
    "‹text›": "‹text›",
}

#: Names with *and* between them.
NAMES: Mapping[str, str] = {
    "`‹one›` and ‹rest:names›": "`‹one›` en ‹rest›",
    "`‹one›`": "`‹one›`",
}

#: Numbers that something can be.
NUMBERS: Mapping[str, str] = {
    "any number": "elk getal",
    "‹low› to ‹high›": "‹low› tot en met ‹high›",
    "‹number›": "‹number›",
}

#: What a part of a formula measures.
MEASURES: Mapping[str, str] = {
    "is a bare number": "is een kaal getal",
    "measures ‹what:quantity›": "meet ‹what›",
}

QUANTITY: Mapping[str, str] = {
    "mass": "massa",
    "time": "tijd",
    "length": "lengte",
    "temperature": "temperatuur",
    "current": "stroom",
    "substance": "hoeveelheid stof",
    "luminosity": "lichtsterkte",
    "‹one:quantity› of ‹other:quantity›": "‹one› van ‹other›",
    "‹one:quantity› × ‹other:quantity›": "‹one› × ‹other›",
    "‹one:quantity› / ‹other:quantity›": "‹one› / ‹other›",
    "‹one:quantity›^‹other:quantity›": "‹one›^‹other›",
    "‹name›": "‹name›",
}

#: Why a file cannot be read, as the system says it.
REASON: Mapping[str, str] = {
    "No such file or directory": "het bestand is er niet",
    "Permission denied": "je mag er niet bij",
    "Is a directory": "het is een map",
    "Not a directory": "een deel van het pad is geen map",
    "Input/output error": "de schijf geeft een fout",
    "File name too long": "de naam is te lang",
    "Too many levels of symbolic links": "de koppelingen leiden naar elkaar",
    "it is not an ordinary file": "het is geen gewoon bestand",
    "it has ‹size:count› bytes, and at most ‹most:count› are read": (
        "het is ‹size› bytes groot, en er worden er hooguit ‹most› gelezen"
    ),
    "‹reason›": "‹reason›",
}

#: What the reader of YAML says.
YAML: Mapping[str, str] = {
    "a colon does not fit here": "een dubbele punt past hier niet",
    "a quote that starts here is not closed": "een aanhalingsteken dat hier begint, wordt niet gesloten",
    "a text cannot start with this character": "een tekst kan niet met dit teken beginnen",
    "a tab stands in the indentation": "er staat een tab in de inspringing",
    "it cannot be read": "het kan niet worden gelezen",
    "expected ',' or '}'": "hier hoort ',' of '}'",
    "expected ',' or ']'": "hier hoort ',' of ']'",
    "expected key": "hier hoort een sleutel, even ver ingesprongen als de vorige",
    "expected '-' indicator": "hier hoort een streepje, even ver ingesprongen als het vorige",
    "expected node content": "hier hoort een waarde",
    "expected <stream-start>": "hier hoort het begin van de tekst",
    "expected <document start>": "hier hoort niets meer: de tekst is al af",
    "expected alphabetic or numeric character": "hier hoort een letter of een cijfer",
    "expected whitespace or line break": "hier hoort een spatie of een nieuwe regel",
    "expected comment or line break": "hier hoort een opmerking of een nieuwe regel",
    "expected whitespace": "hier hoort een spatie",
    "expected '!'": "hier hoort '!'",
    "expected tag URI": "hier hoort de naam van een tag",
    "expected digit or '.' character": "hier hoort een cijfer of een punt",
    "expected version number": "hier hoort een versienummer",
    "expected hexdecimal number": "hier hoort een hexadecimaal getal",
    "did not find the expected '>'": "hier hoort '>'",
    "did not find URI escaped octet": "hier hoort een byte van een adres",
    "could not find expected ':'": "hier hoort een dubbele punt",
    "could not find expected directive name": "hier hoort de naam van een directive",
    "block sequence entries are not allowed in this context": "een streepje past hier niet",
    "block mapping is not allowed in this context": "een sleutel past hier niet",
    "mapping keys are not allowed in this context": "een sleutel past hier niet",
    "control characters are not allowed": "er staat een onzichtbaar teken in dat niet mag",
    "found unknown directive name": "deze directive bestaat niet",
    "found extremely long version number": "het versienummer is te lang",
    "found an incorrect leading UTF-8 octet": "hier staat een byte die in UTF-8 niet kan",
    "found an incorrect trailing UTF-8 octet": "hier staat een byte die in UTF-8 niet kan",
    "found undefined tag handle": "deze tag bestaat niet",
    "found unknown escape character": "dit teken past niet achter een schuine streep",
    "found invalid Unicode character escape code": "dit teken bestaat niet",
    "found unexpected document indicator": "--- of ... past hier niet",
    "found unexpected ':'": "een dubbele punt past hier niet",
    "found unexpected non-alphabetical character": "hier hoort een letter",
    "found an indentation indicator equal to 0": "inspringen met 0 kan niet",
    "found a tab character where an indentation space is expected": (
        "hier staat een tab waar een spatie hoort"
    ),
    "found duplicate %YAML directive": "%YAML staat er twee keer",
    "found duplicate %TAG directive": "%TAG staat er twee keer",
    "found incompatible YAML document": "dit is YAML van een andere versie",
    "‹problem:yaml›, in what starts at line ‹line›": "‹problem›, in wat op regel ‹line› begint",
    "‹problem›": "‹problem›",
}

#: What is wrong with a formula.
FORMULA: Mapping[str, str] = {
    "a parenthesis is not closed": "een haakje wordt niet gesloten",
    "it stops too early": "hij houdt te vroeg op",
    "`‹rest›` does not fit here": "`‹rest›` past hier niet",
    "‹problem›": "‹problem›",
}

LIFECYCLE: Mapping[str, str] = {
    "active": "van kracht",
    "draft": "concept",
    "a draft": "een concept",
    "retired": "vervallen",
}

VERDICT: Mapping[str, str] = {
    "do": "doen",
    "consider": "overwegen",
    "avoid": "vermijden",
    "inform": "goed om te weten",
    "raise": "verhogen",
    "lower": "verlagen",
    "start": "beginnen",
    "stop": "stoppen",
    "keep": "zo houden",
    "meet": "nastreven",
    "absent": "geen advies",
    "not given": "geen advies",
    "undecided": "nog niet te zeggen",
    "left_out": "weggelaten",
    "left out": "weggelaten",
}

SUPPORT: Mapping[str, str] = {
    "supports": "ondersteunt dit",
    "partly": "ondersteunt dit deels",
    "unchecked": "niet nagekeken",
    "not-established": "niet vastgesteld",
    "about-something-else": "gaat over iets anders",
    "contradicts": "spreekt dit tegen",
    "uncited": "zonder bron",
    "own": "van onszelf",
}

#: By name.
VOCABULARIES: Mapping[str, Mapping[str, str]] = {
    "thing": THING,
    "the_thing": THE_THING,
    "about": ABOUT,
    "type": TYPE,
    "kind": KIND,
    "wanted": WANTED,
    "written": WRITTEN,
    "names": NAMES,
    "numbers": NUMBERS,
    "measures": MEASURES,
    "quantity": QUANTITY,
    "reason": REASON,
    "yaml": YAML,
    "formula": FORMULA,
    "lifecycle": LIFECYCLE,
    "verdict": VERDICT,
    "support": SUPPORT,
}
