"""What reports for a terminal say around what was found. English → Dutch."""

from __future__ import annotations

from collections.abc import Mapping

REPORTS: Mapping[str, str] = {
    # check
    "no errors, no warnings": "geen fouten, geen waarschuwingen",
    "‹errors:errors›, ‹warnings:warnings›": "‹errors›, ‹warnings›",
    # diff
    "What was changed": "Wat er is veranderd",
    "What it means": "Wat dat betekent",
    "People on record": "Opgeslagen mensen",
    "the derived fact `‹fact›`: ‹what:fact_line›": "het afgeleide gegeven `‹fact›`: ‹what›",
    "the fact `‹fact›` ‹note:note›": "het gegeven `‹fact›` ‹note›",
    "‹what:common› is not the same": "‹what›: niet hetzelfde",
    "`‹topic›`‹was:was› means something else": "`‹topic›`‹was› betekent iets anders",
    "`‹topic›`‹was:was› has other evidence": "`‹topic›`‹was› heeft andere onderbouwing",
    "`‹topic›`‹was:was› has other text": "`‹topic›`‹was› heeft een andere tekst",
    "`‹topic›`‹was:was›: not decided: ‹reason:sentence›": "`‹topic›`‹was›: niet te zeggen: ‹reason›",
    "`‹topic›`‹was:was›: not decided whether it has other evidence: ‹reason:sentence›": (
        "`‹topic›`‹was›: niet te zeggen of de onderbouwing anders is: ‹reason›"
    ),
    "`‹topic›`‹was:was›: not decided whether it has other text: ‹reason:sentence›": (
        "`‹topic›`‹was›: niet te zeggen of de tekst anders is: ‹reason›"
    ),
    "person: ": "persoon: ",
    "old: ": "oud: ",
    "new: ": "nieuw: ",
    "the same for every possible person: ‹alike› written alike, ‹proved› proved by the solver": (
        "hetzelfde voor iedereen die er kan zijn: ‹alike› gelijk geschreven, ‹proved› bewezen"
    ),
    "‹changed:count› of ‹all:count› people get different advice‹rest:counted›": (
        "‹changed› van de ‹all› mensen krijgen ander advies‹rest›"
    ),
    "‹topic›: another target (‹verdict:outcome›): ‹people:count›": (
        "‹topic›: een ander doel (‹verdict›): ‹people›"
    ),
    "‹topic›: ‹old:outcome› → ‹new:outcome›: ‹people:count›": "‹topic›: ‹old› → ‹new›: ‹people›",
    "row ‹row›: ": "rij ‹row›: ",
    "advised by the old version only: ‹reason›": "alleen van de oude versie advies: ‹reason›",
    "advised by the new version only: ‹reason›": "alleen van de nieuwe versie advies: ‹reason›",
    # test --mutate
    "‹changes› small changes of ‹id›, held against ‹scenarios:scenarios›": (
        "‹changes› kleine veranderingen van ‹id›, naast ‹scenarios›"
    ),
    "noticed: a scenario fails": "opgemerkt: een scenario komt niet uit",
    "not noticed": "niet opgemerkt",
    "proved to make no difference to anyone": "maakt bewezen voor niemand verschil",
    "refused by `check` already": "al geweigerd door `check`",
    "none of these changes makes a difference to anyone": (
        "geen van deze veranderingen maakt voor iemand verschil"
    ),
    "‹share:count› % of the changes that make a difference are noticed": (
        "‹share› % van de veranderingen die verschil maken, wordt opgemerkt"
    ),
    "no scenario is known that would: ‹reason:sentence›": (
        "een scenario dat het zou merken, is niet bekend: ‹reason›"
    ),
    "Scenarios that would notice, to read, to name and to add:": (
        "Scenario's die het zouden merken, om te lezen, een naam te geven en toe te voegen:"
    ),
    "What became of it": "Wat ervan werd",
    "Changes": "Veranderingen",
    "In short": "In het kort",
    "Scenarios that would notice": "Scenario's die het zouden merken",
    "Scenario": "Scenario",
    "What scenarios notice of ‹id› ‹version›": "Wat scenario's merken van ‹id› ‹version›",
    "If …": "Als …",
    "By": "Door",
    "Where": "Waar",
}

LABEL: Mapping[str, str] = {
    "error": "fout",
    "warning": "waarschuwing",
    "help": "hulp",
    " (section ‹section› of the source)": " (onderdeel ‹section› van de bron)",
}

ERRORS: Mapping[str, str] = {
    "no errors": "geen fouten",
    "1 error": "1 fout",
    "‹number› errors": "‹number› fouten",
}
WARNINGS: Mapping[str, str] = {
    "no warnings": "geen waarschuwingen",
    "1 warning": "1 waarschuwing",
    "‹number› warnings": "‹number› waarschuwingen",
}
SCENARIOS: Mapping[str, str] = {"1 scenario": "1 scenario", "‹number› scenarios": "‹number› scenario's"}

WAS: Mapping[str, str] = {"": "", " (was `‹topic›`)": " (was `‹topic›`)"}

#: Of a derived fact, what came of it in the one and in the other.
FACT_LINE: Mapping[str, str] = {
    "not decided: ‹reason:sentence›": "niet te zeggen: ‹reason›",
    "‹old:value› → ‹new:value›": "‹old› → ‹new›",
}
VALUE: Mapping[str, str] = {
    "unknown": "onbekend",
    "yes": "ja",
    "no": "nee",
    "‹number:count›": "‹number›",
    "‹choice›": "‹choice›",
}

#: Of a fact that people state, what is not the same.
NOTE: Mapping[str, str] = {
    "was called `‹fact›`: who is compared states it under the new name": (
        "heette eerst `‹fact›`: wie wordt vergeleken, geeft het op onder de nieuwe naam"
    ),
    "can be stated to the new one only; the old one is asked without it": (
        "kan alleen bij de nieuwe worden opgegeven; de oude krijgt de vraag zonder"
    ),
    "can be stated to the old one only; the new one is asked without it": (
        "kan alleen bij de oude worden opgegeven; de nieuwe krijgt de vraag zonder"
    ),
    "is a ‹now:type› and was a ‹before:type›: who states it is not compared": (
        "is een ‹now› en was een ‹before›: wie het opgeeft, wordt niet vergeleken"
    ),
    "is in ‹now:unit_or_none› and was in ‹before:unit_or_none›: what rests on it is not compared": (
        "is in ‹now› en was in ‹before›: wat erop rust, wordt niet vergeleken"
    ),
    "may be ‹now› and could be ‹before›: who is compared is within both": (
        "mag ‹now› zijn en kon ‹before› zijn: wie wordt vergeleken, valt binnen beide"
    ),
    "‹gone› cannot be chosen any more; ‹come› can be chosen now: who is compared chooses neither": (
        "‹gone› kan niet meer worden gekozen; ‹come› nu wel: wie wordt vergeleken, kiest geen van beide"
    ),
    "‹gone› cannot be chosen any more: who is compared chooses neither": (
        "‹gone› kan niet meer worden gekozen: wie wordt vergeleken, kiest dat niet"
    ),
    "‹come› can be chosen now: who is compared chooses neither": (
        "‹come› kan nu worden gekozen: wie wordt vergeleken, kiest dat niet"
    ),
}
UNIT_OR_NONE: Mapping[str, str] = {"no unit": "geen eenheid", "‹unit›": "‹unit›"}

#: What people read that belongs to no single topic.
COMMON: Mapping[str, str] = {
    "the title of all advice": "de titel van elk advies",
    "the notice of all advice": "wat boven elk advies staat",
    "the language ‹language›, which is new": "de taal ‹language›, die nieuw is",
    "the language ‹language›, which is gone": "de taal ‹language›, die weg is",
    "the language of advice for which none is asked for": "de taal van advies als niemand om een taal vraagt",
    "the question about ‹fact›": "de vraag over ‹fact›",
    "the order of recommendations": "de volgorde van de adviezen",
    "the order of questions": "de volgorde van de vragen",
}

#: What is counted of people on record, behind how many get different advice.
COUNTED: Mapping[str, str] = {
    ".": ".",
    " (‹share:count›%).": " (‹share›%).",
    " (‹share:count›%); ‹rest:advised›.": " (‹share›%); ‹rest›.",
    "; ‹rest:advised›.": "; ‹rest›.",
}
ADVISED: Mapping[str, str] = {
    "‹one:advised›; ‹rest:advised›": "‹one›; ‹rest›",
    "‹number:count› could be advised by the old version only": (
        "‹number› kregen alleen van de oude versie advies"
    ),
    "‹number:count› could be advised by the new version only": (
        "‹number› krijgen alleen van de nieuwe versie advies"
    ),
    "‹number:count› could be advised by neither": "‹number› krijgen van geen van beide advies",
}
VOCABULARIES: Mapping[str, Mapping[str, str]] = {
    "sentence": REPORTS,
    "label": LABEL,
    "errors": ERRORS,
    "warnings": WARNINGS,
    "scenarios": SCENARIOS,
    "was": WAS,
    "fact_line": FACT_LINE,
    "value": VALUE,
    "note": NOTE,
    "unit_or_none": UNIT_OR_NONE,
    "common": COMMON,
    "counted": COUNTED,
    "advised": ADVISED,
}
