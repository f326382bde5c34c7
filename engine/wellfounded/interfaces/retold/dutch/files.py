"""What is wrong with how a file is written: YAML, keys, types and values. English → Dutch."""

from __future__ import annotations

from collections.abc import Mapping

FILES: Mapping[str, str] = {
    # Whole files
    "there is no such folder": "deze map is er niet",
    "name the folder that holds the rules": "noem de map waar de regels in staan",
    "this file cannot be read: ‹reason:reason›": "dit bestand kan niet worden gelezen: ‹reason›",
    "this folder cannot be read: ‹reason:reason›": "deze map kan niet worden gelezen: ‹reason›",
    "this is a wheel or another zip file, and no text": (
        "dit is een wheel of een ander zip-bestand, en geen tekst"
    ),
    "unzip it, and name the folder in it that holds the rules": (
        "pak het uit, en noem de map daarin waar de regels in staan"
    ),
    "there is no rule file here": "hier staat geen bestand met regels",
    "a rule file's name ends in .yaml": "de naam van een bestand met regels eindigt op .yaml",
    "this link leads back to a folder it is in": (
        "deze koppeling leidt terug naar een map waar ze zelf in staat"
    ),
    "remove the link": "haal de koppeling weg",
    "this is not UTF-8: byte 0x‹byte›": "dit is geen UTF-8: byte 0x‹byte›",
    "save the file as UTF-8": "sla het bestand op als UTF-8",
    "the name of this file is not UTF-8": "de naam van dit bestand is geen UTF-8",
    "give it another": "geef het een andere naam",
    "there are more mistakes than these ‹number›": "er zijn meer fouten dan deze ‹number›",
    "mend these first": "verbeter deze eerst",
    "a rule file has to be a mapping": "een bestand met regels moet uit sleutels bestaan",
    "start with a key such as `rules:` or `facts:`": "begin met een sleutel zoals `rules:` of `facts:`",
    "no file has the key `knowledge_base`": "geen enkel bestand heeft de sleutel `knowledge_base`",
    "one file gives the knowledge base its id, title, version, languages and sections": (
        "één bestand geeft de kennisbank haar id, titel, versie, talen en onderdelen"
    ),
    "this file is empty, and has to hold `scenarios`": "dit bestand is leeg, en hier hoort `scenarios` in",
    # YAML
    "this is not YAML: ‹problem:yaml›": "dit is geen YAML: ‹problem›",
    "indent with spaces": "spring in met spaties",
    "check the indentation, the colon after each key, and quotes around texts that hold `: ` or ` #`": (
        "kijk naar de inspringing, de dubbele punt achter elke sleutel, en aanhalingstekens om teksten met "
        "`: ` of ` #`"
    ),
    "this is nested more than ‹number› deep": "dit is meer dan ‹number› lagen diep",
    "write it with fewer levels": "schrijf het met minder lagen",
    "a second document starts here": "hier begint een tweede document",
    "one document a file": "één document per bestand",
    "`‹name›`: anchors and aliases are not used here": (
        "`‹name›`: ankers en verwijzingen worden hier niet gebruikt"
    ),
    "write the value out": "schrijf de waarde voluit",
    "`‹tag›`: tags are not used here": "`‹tag›`: tags worden hier niet gebruikt",
    "leave the tag out": "laat de tag weg",
    "`<<`: merging is not used here": "`<<`: samenvoegen wordt hier niet gebruikt",
    "write the entries out": "schrijf alles voluit",
    "`‹key›` is given twice": "`‹key›` staat er twee keer",
    "it stands at line ‹line› already": "het staat al op regel ‹line›",
    "it stands at ‹place› already": "het staat al op ‹place›",
    "a key is empty": "een sleutel is leeg",
    "write the key before its colon": "schrijf de sleutel voor zijn dubbele punt",
    "a list or a mapping cannot be a key": "een lijst of een groep kan geen sleutel zijn",
    "write the key as text": "schrijf de sleutel als tekst",
    "`‹text›` could be a yes/no or a text": "`‹text›` kan een ja/nee of een tekst zijn",
    'write `‹meant›`, or "‹text›" in quotes if it is a text': (
        'schrijf `‹meant›`, of "‹text›" tussen aanhalingstekens als het een tekst is'
    ),
    "`‹text›` is not written as a plain number": "`‹text›` is geen gewoon getal",
    "write a plain decimal such as 0.5 or 90, or put it in quotes if it is a text": (
        "schrijf een gewoon getal zoals 0.5 of 90, of zet het tussen aanhalingstekens als het een tekst is"
    ),
    "`‹text›` is too large a number": "`‹text›` is een te groot getal",
    "at most 1e308": "hooguit 1e308",
    # Keys
    "`‹key›` is not a key here": "`‹key›` is hier geen sleutel",
    "`‹key›` is missing": "`‹key›` ontbreekt",
    "add `‹key›: …` here": "zet hier `‹key›: …` bij",
    "add `‹key›: …`": "zet `‹key›: …` erbij",
    "`‹key›` does not apply here": "`‹key›` past hier niet",
    "leave it out": "laat het weg",
    # Types
    "‹written:written› is ‹kind:kind›, and this has to be ‹wanted:wanted›": (
        "‹written› is ‹kind›, en dit moet ‹wanted› zijn"
    ),
    "nothing is written here, and this has to be ‹wanted:wanted›": (
        "hier staat niets, en dit moet ‹wanted› zijn"
    ),
    "this is ‹kind:kind›, and it has to be ‹wanted:wanted›": "dit is ‹kind›, en het moet ‹wanted› zijn",
    "write ‹number›, with a point": "schrijf ‹number›, met een punt",
    "write ‹number›, without quotes": "schrijf ‹number›, zonder aanhalingstekens",
    'put it in quotes: "‹text›"': 'zet het tussen aanhalingstekens: "‹text›"',
    "write a list: [‹text›]": "schrijf een lijst: [‹text›]",
    "write a text; one that holds a comma is put in quotes": (
        "schrijf een tekst; een tekst met een komma hoort tussen aanhalingstekens"
    ),
    # Values
    "‹written:written› is not allowed here": "‹written› mag hier niet",
    "‹rule:one_of›; here are ‹given:names›": "‹rule›; hier staan ‹given›",
    "‹rule:one_of›; here is none": "‹rule›; hier staat er geen",
    "leave out all but one": "laat ze op één na weg",
    "add one of them": "zet er een van bij",
    "this ‹what:collection› is empty, and needs ‹bound:bound›": "deze ‹what› is leeg; nodig: ‹bound›",
    "this ‹what:collection› has ‹size:size›, and needs ‹bound:bound›": (
        "deze ‹what› heeft ‹size›; nodig: ‹bound›"
    ),
    "‹written:written› stands in this list twice": "‹written› staat twee keer in deze lijst",
    "leave one out": "laat er een weg",
    "this text is empty": "deze tekst is leeg",
    "write a text, or leave the key out": "schrijf een tekst, of laat de sleutel weg",
    "‹written:written› is too small": "‹written› is te klein",
    "‹written:written› is too large": "‹written› is te groot",
    "it has to be above ‹limit›": "het moet meer dan ‹limit› zijn",
    "at least ‹limit›": "minstens ‹limit›",
    "at most ‹limit›": "hooguit ‹limit›",
    "‹written:written› is not a ‹format:format›": "‹written› is geen ‹format›",
    # Names
    "did you mean `‹name›`?": "bedoelde je `‹name›`?",
    "did you mean `‹name›`? (allowed: ‹names:listed›)": "bedoelde je `‹name›`? (mogelijk: ‹names›)",
    "allowed: ‹names:listed›": "mogelijk: ‹names›",
    # What the schema says of a key (`x-help`)
    "a condition is a mapping of facts to what they must be": (
        "een voorwaarde noemt gegevens, met achter elk wat het moet zijn"
    ),
    "a date is written as 2026-01-31": "een datum schrijf je als 2026-01-31",
    "a language is written by its code in ISO 639, such as nl or en": (
        "een taal schrijf je met haar code uit ISO 639, zoals nl of en"
    ),
    "a reference is named by its number, such as 1": "een bron noem je bij haar nummer, zoals 1",
    "a reference that was not found has no details on record": (
        "van een bron die niet is gevonden, staat niets te boek"
    ),
    "a unit is written as kg or g/day": "een eenheid schrijf je als kg of g/day",
    "a yes/no or a choice is concluded; a number is computed, with `formula` at the fact": (
        "een regel stelt een ja/nee of een keuze vast; een getal wordt berekend, met `formula` bij het "
        "gegeven"
    ),
    "an id has letters, digits, hyphens and underscores": (
        "een id bestaat uit letters, cijfers, streepjes en lage streepjes"
    ),
    "an id has lower-case letters, digits and underscores and starts with a letter": (
        "een id bestaat uit kleine letters, cijfers en lage streepjes, en begint met een letter"
    ),
    "an id has lower-case letters, digits and underscores and starts with a letter, and is not id, when or "
    "remarks": (
        "een id bestaat uit kleine letters, cijfers en lage streepjes, begint met een letter, en is niet id, "
        "when of remarks"
    ),
    "an id has lower-case letters, digits and underscores, starts with a letter, and is not all, any, none, "
    "target or current": (
        "een id bestaat uit kleine letters, cijfers en lage streepjes, begint met een letter, en is niet "
        "all, "
        "any, none, target of current"
    ),
    "differences go with `status: confirmed-with-different-details`": (
        "verschillen horen bij `status: confirmed-with-different-details`"
    ),
    "it goes with `every` and `nobody`; this guarantee is about targets that cannot be met `together`": (
        "het hoort bij `every` en `nobody`; deze garantie gaat over doelen die niet samen te halen zijn "
        "(`together`)"
    ),
    "it goes with `together`": "het hoort bij `together`",
    "it is for a rule that gives advice, and this rule draws a conclusion": (
        "het hoort bij een regel die advies geeft, en deze regel stelt iets vast"
    ),
    "leave it out, or write `definition: true`": "laat het weg, of schrijf `definition: true`",
    "name a parameter with a range, or write two ends: [low, high]": (
        "noem een parameter met een bereik, of schrijf twee einden: [laagste, hoogste]"
    ),
    "name the claims this one contradicts in `contradicts`": (
        "noem bij `contradicts` de uitspraken waar deze niet bij past"
    ),
    "name the fact the target is on, or write any": (
        "noem het gegeven waar het doel over gaat, of schrijf any"
    ),
    "only a choice has `choices` and `otherwise`": "alleen een keuze heeft `choices` en `otherwise`",
    "only a number has a unit, a span, a step or a formula": (
        "alleen een getal heeft een eenheid, een `span`, een stap of een formule"
    ),
    "only a rule with `conclude` can be a definition; name the claims in `because`": (
        "alleen een regel met `conclude` kan een definitie zijn; noem de uitspraken bij `because`"
    ),
    "only what a person can state can be changed by them or not": (
        "alleen van wat iemand zelf opgeeft, kun je zeggen of die het kan veranderen"
    ),
    "say what is given by its topic, its verdict or its target, such as {topic: some-rule} or {target: "
    "any}": (
        "zeg wat er wordt gegeven met het onderwerp, het oordeel of het doel, zoals {topic: some-rule} of "
        "{target: any}"
    ),
    "write a list of conditions, such as [{some_fact: true}, {other_fact: true}]": (
        "schrijf een lijst voorwaarden, zoals [{some_fact: true}, {other_fact: true}]"
    ),
    "write a parameter, a number or a formula": "schrijf een parameter, een getal of een formule",
    "write a value; conditions go in a list under all, any or none": (
        "schrijf een waarde; voorwaarden horen in een lijst onder all, any of none"
    ),
    "write a verdict, `absent`, `undecided`, `left_out`, or a mapping of what is expected": (
        "schrijf een oordeel, `absent`, `undecided` of `left_out`, of sleutels met wat je verwacht"
    ),
    "write a verdict, or a list of verdicts": "schrijf een oordeel, of een lijst oordelen",
    'write a wording per language, such as {en: "{number} kg"}': (
        'schrijf een tekst per taal, zoals {en: "{number} kg"}'
    ),
    'write a wording per language, such as {en: "…"}': 'schrijf een tekst per taal, zoals {en: "…"}',
    'write each choice with its text, such as {some_choice: {en: "…"}}': (
        'schrijf elke keuze met haar tekst, zoals {some_choice: {en: "…"}}'
    ),
    "write names as a list, such as `[{family: Moss, given: A.}, {literal: et al.}]`": (
        "schrijf namen als een lijst, zoals `[{family: Moss, given: A.}, {literal: et al.}]`"
    ),
    "write one fact and the value it gets, such as `conclude: {some_fact: true}`": (
        "schrijf één gegeven met de waarde die het krijgt, zoals `conclude: {some_fact: true}`"
    ),
    'write one place, such as `{page: "12–14"}` or `{table: 2}`': (
        'schrijf één plaats, zoals `{page: "12–14"}` of `{table: 2}`'
    ),
    "write the DOI alone, which starts with `10.` and has a slash, such as `10.1000/182`": (
        "schrijf alleen de DOI; die begint met `10.` en heeft een schuine streep, zoals `10.1000/182`"
    ),
    "write the day and who checked, as `{on: 2026-01-31, by: your name}`": (
        "schrijf de dag en wie het nakeek, als `{on: 2026-01-31, by: je naam}`"
    ),
    "write the lowest and the highest: [low, high]": "schrijf het laagste en het hoogste: [laagste, hoogste]",
    "write the number alone, in quotes": "schrijf alleen het nummer, tussen aanhalingstekens",
    "write the year, or year, month and day, as `{date-parts: [[2026, 1, 31]]}`": (
        "schrijf het jaar, of jaar, maand en dag, als `{date-parts: [[2026, 1, 31]]}`"
    ),
    "write what the fact must be: true, a choice, a list of choices, or a comparison": (
        "schrijf wat het gegeven moet zijn: true, een keuze, een lijst keuzes, of een vergelijking"
    ),
}

#: Of what there has to be exactly one.
ONE_OF: Mapping[str, str] = {
    "a guarantee has exactly one of `every`, `nobody` and `together`": (
        "een garantie heeft precies één van `every`, `nobody` en `together`"
    ),
    "a parameter has either a `value` or a `range`": "een parameter heeft een `value` of een `range`",
    "a rule has exactly one of `target`, `conclude` and `advise`": (
        "een regel heeft precies één van `target`, `conclude` en `advise`"
    ),
    "a target has exactly one of `within`, `at_least`, `at_most` and `is`": (
        "een doel heeft precies één van `within`, `at_least`, `at_most` en `is`"
    ),
}

COLLECTION: Mapping[str, str] = {"list": "lijst", "mapping": "groep"}

SIZE: Mapping[str, str] = {
    "1 item": "1 waarde",
    "‹number› items": "‹number› waarden",
    "1 key": "1 sleutel",
    "‹number› keys": "‹number› sleutels",
}

BOUND: Mapping[str, str] = {
    "at least ‹limit›": "minstens ‹limit›",
    "at most ‹limit›": "hooguit ‹limit›",
    "exactly ‹limit›": "precies ‹limit›",
}

FORMAT: Mapping[str, str] = {"date": "datum", "language": "taal die we kunnen schrijven"}

#: Names with commas between them, shortened where they are many.
LISTED: Mapping[str, str] = {
    "‹names›, … (‹number› in all)": "‹names›, … (‹number› in totaal)",
    "‹low› to ‹high›": "‹low› tot en met ‹high›",
    "‹names›": "‹names›",
}

#: By name.
VOCABULARIES: Mapping[str, Mapping[str, str]] = {
    "sentence": FILES,
    "one_of": ONE_OF,
    "collection": COLLECTION,
    "size": SIZE,
    "bound": BOUND,
    "format": FORMAT,
    "listed": LISTED,
}
