"""What is wrong with what is stated of a person, in a form, a file or a table. English → Dutch."""

from __future__ import annotations

from collections.abc import Mapping

PEOPLE: Mapping[str, str] = {
    # One person
    "facts are a mapping of names to values, not ‹written:written›": (
        "gegevens zijn namen met waarden, en geen ‹written›"
    ),
    "a person is a mapping of facts, and this is ‹what:kind›": (
        "een persoon is een reeks gegevens, en dit is ‹what›"
    ),
    "write one fact a line, such as `age: 30`": "schrijf één gegeven per regel, zoals `age: 30`",
    "this file is no mapping of facts": "dit bestand is geen reeks gegevens",
    "this file is larger than ‹most:count› bytes, the most that is read of one person": (
        "dit bestand is groter dan ‹most› bytes, het meeste dat van één persoon wordt gelezen"
    ),
    "`‹name›` is not a fact that is known here": "`‹name›` is geen gegeven dat we hier kennen",
    "`‹name›` is worked out and cannot be stated": "`‹name›` wordt afgeleid en kun je niet opgeven",
    "state ‹names› instead": "geef in plaats daarvan ‹names› op",
    "`‹name›` is not a number that can be stated": "`‹name›` is geen getal dat je kunt opgeven",
    "numbers of `‹name›` cannot be in `‹unit›`": "getallen van `‹name›` kunnen niet in `‹unit›` zijn",
    "its unit is ‹unit›": "de eenheid is ‹unit›",
    "it has no unit": "het heeft geen eenheid",
    "its unit is ‹unit›; ‹more:sentence›": "de eenheid is ‹unit›; ‹more›",
    "it has no unit; ‹more:sentence›": "het heeft geen eenheid; ‹more›",
    "`‹fact›` is ‹value:written›, and has to be true or false": (
        "`‹fact›` is ‹value›, en moet true of false zijn"
    ),
    "write ‹value› without quotes": "schrijf ‹value› zonder aanhalingstekens",
    "`‹fact›` is ‹value:written›, which is not one of its choices": (
        "`‹fact›` is ‹value›, en dat is geen van de keuzes"
    ),
    "`‹fact›` is ‹value:written›, which is outside what is allowed": (
        "`‹fact›` is ‹value›, en dat valt buiten wat kan"
    ),
    "`‹fact›` is ‹value:written› (‹converted:converted›), which is outside what is allowed": (
        "`‹fact›` is ‹value› (‹converted›), en dat valt buiten wat kan"
    ),
    "`‹fact›` is ‹value:written›, and has to be a number": "`‹fact›` is ‹value›, en moet een getal zijn",
    "`‹fact›` is ‹value:written›, which is not a number": "`‹fact›` is ‹value›, en dat is geen getal",
    "`‹fact›` is ‹value:written›, with a comma in the number": (
        "`‹fact›` is ‹value›, met een komma in het getal"
    ),
    "`‹fact›` is ‹value:written›, which can be two numbers": (
        "`‹fact›` is ‹value›, en dat kunnen twee getallen zijn"
    ),
    "write ‹one› or ‹other›": "schrijf ‹one› of ‹other›",
    "`‹fact›` is ‹value:written›, which is a text and not a number": (
        "`‹fact›` is ‹value›, en dat is een tekst en geen getal"
    ),
    "`‹fact›` is ‹value:written›: ‹problem:sentence›": "`‹fact›` is ‹value›: ‹problem›",
    "`‹fact›` is ‹value:written›, and `‹unit›` measures something else": (
        "`‹fact›` is ‹value›, en `‹unit›` meet iets anders"
    ),
    # Over time
    "`‹fact›` is stated twice on ‹day›": "`‹fact›` is twee keer opgegeven op ‹day›",
    "leave one of them out": "laat er een weg",
    "`‹fact›` is an empty list of statements": "`‹fact›` is een lege lijst",
    "`‹fact›` is a list, which is of dated statements, and ‹written:written› is none": (
        "`‹fact›` is een lijst, en daarin hoort bij elke waarde een dag; bij ‹written› is dat niet zo"
    ),
    "write each statement as {on: 2026-01-31, is: 80}": "schrijf het steeds als {on: 2026-01-31, is: 80}",
    "‹written:written› is not a day": "‹written› is geen dag",
    "write year, month and day, such as 2026-01-31": "schrijf jaar, maand en dag, zoals 2026-01-31",
    # Rules that disagree
    "the rules ‹rules:names› give `‹about›` different values for this person; one of them has to be "
    "narrowed": (
        "de regels ‹rules› geven `‹about›` verschillende waarden voor deze persoon; maak een ervan smaller"
    ),
    # Tables
    "row ‹row› cannot be read: ‹reason:sentence›": "rij ‹row› kan niet worden gelezen: ‹reason›",
    "there is a column `row`, and that is what the number of a row is called here": (
        "er is een kolom `row`, en zo heet hier het nummer van een rij"
    ),
    "the column `‹name›` is there twice": "de kolom `‹name›` staat er twee keer",
    "the column `‹name›` is neither a fact that can be stated nor kept": (
        "de kolom `‹name›` is geen gegeven dat je kunt opgeven, en wordt ook niet bewaard"
    ),
    "`‹name›` is neither a fact that can be stated nor kept": (
        "`‹name›` is geen gegeven dat je kunt opgeven, en wordt ook niet bewaard"
    ),
    "the column `‹name›` holds ‹type›": "in de kolom `‹name›` staat ‹type›",
    "it has to hold ‹wanted:wanted›": "er hoort ‹wanted› in te staan",
    "it has ‹cells:cells›, and there are ‹columns› columns": (
        "de rij heeft ‹cells›, en er zijn ‹columns› kolommen"
    ),
    "the columns `‹one›` and `‹other›` are one to this engine, which ignores case": (
        "de kolommen `‹one›` en `‹other›` verschillen alleen in hoofdletters, en dat is hier geen verschil"
    ),
    "give one of them another name": "geef een ervan een andere naam",
    "the first line is empty": "de eerste regel is leeg",
    "the first line is longer than ‹most:count› bytes": "de eerste regel is langer dan ‹most› bytes",
    "the first line is not UTF-8 text": "de eerste regel is geen tekst in UTF-8",
    "the first line cannot be read as CSV: ‹reason›": (
        "de eerste regel kan niet als CSV worden gelezen: ‹reason›"
    ),
    "it has to hold the names of the columns": "daar horen de namen van de kolommen te staan",
    "save the table as CSV in UTF-8": "sla de tabel op als CSV in UTF-8",
    "the lines do not end as lines of text do now": "de regels eindigen niet zoals dat nu gaat",
    "save the table as CSV again": "sla de tabel opnieuw op als CSV",
    "a row is longer than ‹most:count› bytes": "een rij is langer dan ‹most› bytes",
    "perhaps a quote is opened in it and not closed": "misschien begint er een aanhaling die niet eindigt",
    "this cannot be read as CSV: ‹reason›": "dit kan niet als CSV worden gelezen: ‹reason›",
    "this is a JSON list": "dit is een JSON-lijst",
    "write one JSON object a line": "schrijf één JSON-object per regel",
    "write one JSON object a line, without commas between them": (
        "schrijf één JSON-object per regel, zonder komma's ertussen"
    ),
    "a line is longer than ‹most:count› bytes": "een regel is langer dan ‹most› bytes",
    "it is not JSON: ‹problem:json›": "het is geen JSON: ‹problem›",
    "`‹name›` is there twice": "`‹name›` staat er twee keer",
    "it is not a JSON object": "het is geen JSON-object",
    "it is not UTF-8 text": "het is geen tekst in UTF-8",
    "it holds half of a surrogate pair, which is no character": "er staat een half teken in",
    "there is no `‹name›` to keep in the first lines": (
        "in de eerste regels staat geen `‹name›` om te bewaren"
    ),
    "where it is not known of the first person, write null": (
        "schrijf null waar het van de eerste niet bekend is"
    ),
    "`‹name›` is ‹value›, and in the first lines it is ‹wanted:wanted›": (
        "`‹name›` is ‹value›, en in de eerste regels is het ‹wanted›"
    ),
    "there is no column `‹name›` to keep": "er is geen kolom `‹name›` om te bewaren",
    "the column `‹name›` cannot be kept: a result has that name": (
        "de kolom `‹name›` kan niet worden bewaard: een uitkomst heet zo"
    ),
    "give it another name": "geef haar een andere naam",
    "the table has no columns": "de tabel heeft geen kolommen",
    "give it one for each fact that is known": "geef elk gegeven dat bekend is een kolom",
    "a table cannot have the results `‹one›` and `‹other›` side by side: their names are one name": (
        "een tabel kan de uitkomsten `‹one›` en `‹other›` niet naast elkaar hebben: hun namen zijn daar één "
        "naam"
    ),
    "`‹fact›`: allowed: ‹names:listed›": "`‹fact›`: mogelijk: ‹names›",
    "‹one:sentence›; ‹rest:sentence›": "‹one›; ‹rest›",
}

CELLS: Mapping[str, str] = {"1 cell": "1 cel", "‹number› cells": "‹number› cellen"}

#: What Python's reader of JSON says.
JSON: Mapping[str, str] = {
    "‹problem:json_problem›: line ‹line› column ‹column› (char ‹place›)": (
        "‹problem›, op regel ‹line›, kolom ‹column› (teken ‹place›)"
    ),
    "‹problem›": "‹problem›",
}
JSON_PROBLEM: Mapping[str, str] = {
    "Expecting value": "hier hoort een waarde",
    "Expecting ',' delimiter": "hier hoort een komma",
    "Expecting ':' delimiter": "hier hoort een dubbele punt",
    "Expecting property name enclosed in double quotes": "hier hoort een naam tussen aanhalingstekens",
    "Unterminated string starting at": "een aanhaling die hier begint, eindigt niet",
    "Invalid control character at": "hier staat een onzichtbaar teken dat niet mag",
    "Invalid \\escape": "dit teken past niet achter een schuine streep",
    "Invalid \\uXXXX escape": "hier horen vier cijfers achter \\u",
    "Extra data": "hier hoort niets meer",
    "Illegal trailing comma before end of object": "deze komma hoort hier niet",
    "Illegal trailing comma before end of array": "deze komma hoort hier niet",
}

CONVERTED: Mapping[str, str] = {
    "a very large number ‹unit›": "een heel groot getal ‹unit›",
    "‹quantity›": "‹quantity›",
}

#: By name.
VOCABULARIES: Mapping[str, Mapping[str, str]] = {
    "sentence": PEOPLE,
    "cells": CELLS,
    "json": JSON,
    "json_problem": JSON_PROBLEM,
    "converted": CONVERTED,
}
