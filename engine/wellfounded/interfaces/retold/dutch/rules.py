"""What does not come out in the rules: names, values, units, texts, dates. English → Dutch."""

from __future__ import annotations

from collections.abc import Mapping

RULES: Mapping[str, str] = {
    # Names and ids
    "there is no ‹kind:thing› `‹name›`": "er is geen ‹kind› `‹name›`",
    "there is no fact or parameter `‹name›`": "er is geen gegeven of parameter `‹name›`",
    "the ‹kind:the_thing› `‹id›` is given twice": "‹kind› `‹id›` staat er twee keer",
    "`‹name›` contradicts itself": "`‹name›` spreekt zichzelf tegen",
    "name the other claim": "noem de andere uitspraak",
    "the unit `‹unit›` is not declared": "de eenheid `‹unit›` staat niet onder `units`",
    "declare it under `units`": "zet haar onder `units`",
    "nothing uses the ‹kind:the_thing› `‹id›`": "‹kind› `‹id›` wordt nergens gebruikt",
    "use it, or leave it out": "gebruik dit, of laat het weg",
    "name it in `because` or `background` of a rule, or as the `claim` of a parameter": (
        "noem haar bij `because` of `background` van een regel, of als `claim` van een parameter"
    ),
    # Units as they are written
    "write units of physics, or declare what is counted under `dimensions`": (
        "schrijf eenheden uit de natuurkunde, of zet wat er wordt geteld onder `dimensions`"
    ),
    "`‹text›…` is too long for a unit": "`‹text›…` is te lang voor een eenheid",
    "a unit is missing before or after `*` or `/`": "voor of na `*` of `/` ontbreekt een eenheid",
    "`‹text›` is not a unit": "`‹text›` is geen eenheid",
    "`‹text›` is not a unit that is known": "`‹text›` is geen eenheid die we kennen",
    "`‹text›` is not declared under `dimensions`": "`‹text›` staat niet onder `dimensions`",
    "`‹text›` says what a unit measures; write it after `of`": (
        "`‹text›` zegt wat een eenheid meet; schrijf het achter `of`"
    ),
    # Values of facts
    "`‹fact›` is a ‹type:type› and cannot be ‹value:written›": (
        "`‹fact›` is een ‹type› en kan niet ‹value› zijn"
    ),
    "`‹value›` is not a choice of `‹fact›`": "`‹value›` is geen keuze van `‹fact›`",
    "`‹fact›` is never ‹value:numbers›": "`‹fact›` is nooit ‹value›",
    "its span is ‹span:numbers›": "mogelijk: ‹span›",
    "it has no span": "het heeft geen `span`",
    "write true or false, without quotes": "schrijf true of false, zonder aanhalingstekens",
    "write a number, or a comparison such as {below: …}": (
        "schrijf een getal, of een vergelijking zoals {below: …}"
    ),
    "`‹fact›` is a ‹type:type›, and `‹comparator›` compares numbers": (
        "`‹fact›` is een ‹type›, en `‹comparator›` vergelijkt getallen"
    ),
    "the span of `‹fact›` is too wide to compute with exactly": (
        "de `span` van `‹fact›` is te groot om precies mee te rekenen"
    ),
    "`otherwise` is `‹value›`, which is not one of the choices of `‹fact›`": (
        "`otherwise` is `‹value›`, en dat is geen keuze van `‹fact›`"
    ),
    "`otherwise` is missing, and `‹fact›` is a derived choice": (
        "`otherwise` ontbreekt, en `‹fact›` is een afgeleide keuze"
    ),
    "add `otherwise: …`: the choice of everyone to whom no rule gives another": (
        "zet `otherwise: …` erbij: de keuze van iedereen die van geen regel een andere krijgt"
    ),
    # Conclusions
    "`‹fact›` has a formula and cannot be concluded": (
        "`‹fact›` heeft een formule en kan niet door een regel worden vastgesteld"
    ),
    "`‹fact›` is stated by the person and cannot be concluded": (
        "`‹fact›` geeft iemand zelf op en kan niet door een regel worden vastgesteld"
    ),
    "mark the fact `derived: true`, or conclude another one": (
        "zet `derived: true` bij het gegeven, of stel een ander gegeven vast"
    ),
    "only `true` can be concluded of `‹fact›`": "een regel kan van `‹fact›` alleen `true` vaststellen",
    "it is false by itself where every rule that could make it true is false": (
        "het is vanzelf false als geen regel geldt die het true kan maken"
    ),
    "no rule concludes `‹fact›`": "geen regel stelt `‹fact›` vast",
    "add a rule with `conclude`, or leave out `derived: true`": (
        "maak een regel met `conclude`, of laat `derived: true` weg"
    ),
    "these facts rest on each other in a circle: ‹circle›": (
        "deze gegevens rusten in een kring op elkaar: ‹circle›"
    ),
    "let one of them rest on something else": "laat een ervan op iets anders rusten",
    "`‹fact›` is not concluded by rules, so it has no causes to list": (
        "`‹fact›` wordt niet door regels vastgesteld, dus er zijn geen oorzaken te noemen"
    ),
    "name a derived yes/no": "noem een afgeleide ja/nee",
    "`‹fact›` is worked out, so nobody states it": "`‹fact›` wordt afgeleid, dus niemand geeft het op",
    "name under `stating` the facts it is worked out from": (
        "noem bij `stating` de gegevens waar het uit wordt afgeleid"
    ),
    # Sources
    "the rule `‹rule›` names no claim and uses no parameter that has one": (
        "de regel `‹rule›` noemt geen uitspraak en gebruikt geen parameter die er een heeft"
    ),
    "add `because: [claim]`": "zet `because: [uitspraak]` erbij",
    "add `because: [claim]`, or `definition: true`": (
        "zet `because: [uitspraak]` erbij, of `definition: true`"
    ),
    "the parameter `‹parameter›` names no claim": "de parameter `‹parameter›` noemt geen uitspraak",
    "say where the number comes from: add `claim: …`": (
        "zeg waar het getal vandaan komt: zet `claim: …` erbij"
    ),
    "`‹name›` is a parameter and a fact, and a formula could mean either": (
        "`‹name›` is een parameter én een gegeven, en een formule kan allebei bedoelen"
    ),
    "rename one of them; the fact stands at ‹place›": (
        "geef een van beide een andere naam; het gegeven staat op ‹place›"
    ),
    "`‹doi›` is not a DOI, so nobody can follow it": "`‹doi›` is geen DOI, dus niemand kan hem volgen",
    "a DOI starts with `10.` and has a slash, such as `10.1000/182`": (
        "een DOI begint met `10.` en heeft een schuine streep, zoals `10.1000/182`"
    ),
    "this claim names the ‹kind:the_thing› `‹id›` twice": "deze uitspraak noemt ‹kind› `‹id›` twee keer",
    "keep one of the two, or say with `locator` to which place each belongs": (
        "houd een van beide, of zeg met `locator` bij welke plaats elk hoort"
    ),
    "the ‹one:the_thing› `‹id›` has the DOI of the ‹other:the_thing› `‹its›`": (
        "‹one› `‹id›` heeft dezelfde DOI als ‹other› `‹its›`"
    ),
    "if they are one publication, keep one of the two; otherwise correct the DOI": (
        "is het één publicatie, houd er dan een; verbeter anders de DOI"
    ),
    "`‹fact›` is concluded by nothing but ‹status:statuses› rules, so it stays unknown here": (
        "`‹fact›` wordt alleen vastgesteld door regels die niet gelden (‹status›), dus het blijft hier "
        "onbekend"
    ),
    "make a rule that concludes it active, or make this one a draft": (
        "laat een regel die het vaststelt gelden, of maak van deze een concept"
    ),
    "the claim `‹claim›` is ‹status:lifecycle›, so it does not count as support": (
        "de uitspraak `‹claim›` is ‹status›, dus ze telt niet mee als onderbouwing"
    ),
    "make the claim active, or rest on another one": "laat de uitspraak gelden, of noem een andere",
    # Rules and targets
    "`‹one›` and `‹other›` can both hold and give `‹about›` different values": (
        "`‹one›` en `‹other›` kunnen allebei gelden en geven `‹about›` verschillende waarden"
    ),
    "narrow one of them, so that they exclude each other; `‹rule›` stands at ‹place›": (
        "maak een ervan smaller, zodat ze elkaar uitsluiten; `‹rule›` staat op ‹place›"
    ),
    "`‹bound›` is a target for a ‹wanted:type›, and `‹fact›` is a ‹type:type›": (
        "`‹bound›` is een doel voor een ‹wanted›, en `‹fact›` is een ‹type›"
    ),
    "a target is on a number, or `is: true` or `is: false` on a yes/no": (
        "een doel gaat over een getal, of is `is: true` of `is: false` bij een ja/nee"
    ),
    "`says` has no text for `‹verdict›`, which this target can give": (
        "bij `says` ontbreekt de tekst voor `‹verdict›`, een oordeel dat dit doel kan geven"
    ),
    "add `‹verdict›: …`; this target needs ‹verdicts›": (
        "zet `‹verdict›: …` erbij; dit doel heeft ‹verdicts› nodig"
    ),
    "`says` has a text for `‹verdict›`, which this target never gives": (
        "bij `says` staat een tekst voor `‹verdict›`, een oordeel dat dit doel nooit geeft"
    ),
    # Tables, ranges
    "the row `‹row›` is given twice": "de rij `‹row›` staat er twee keer",
    "`‹column›` is not a column of this table": "`‹column›` is geen kolom van deze tabel",
    "the row `‹row›` has no `‹column›`": "de rij `‹row›` heeft geen `‹column›`",
    "this range starts at ‹low› and ends at ‹high›": "dit bereik begint bij ‹low› en eindigt bij ‹high›",
    "this span starts at ‹low› and ends at ‹high›": "deze `span` begint bij ‹low› en eindigt bij ‹high›",
    "write the lower number first": "schrijf het laagste getal eerst",
    "this range ends before it starts": "dit bereik eindigt voor het begint",
    "write the lower end first": "schrijf het laagste einde eerst",
    # Formulas
    "this formula is too long or too deep: ‹number› characters": (
        "deze formule is te lang of te diep: ‹number› tekens"
    ),
    "this formula is empty": "deze formule is leeg",
    "`‹text›` is not a formula: ‹problem:formula›": "`‹text›` is geen formule: ‹problem›",
    "write decimals with a point": "schrijf decimalen met een punt",
    "a formula has numbers, facts, parameters, `parameter.low` or `.high`, and + - * / ( )": (
        "een formule heeft getallen, gegevens, parameters, `parameter.low` of `.high`, en + - * / ( )"
    ),
    "a range cannot be negated": "een bereik kan geen minteken krijgen",
    "write `.low` or `.high` to name one end of the range": (
        "schrijf `.low` of `.high` om één einde van het bereik te noemen"
    ),
    "`‹name›` is a ‹type:type›, and a formula computes with numbers": (
        "`‹name›` is een ‹type›, en een formule rekent met getallen"
    ),
    "name a number or a parameter": "noem een getal of een parameter",
    "`‹name›` is a fact and has no `.‹end›`": "`‹name›` is een gegeven en heeft geen `.‹end›`",
    "`‹name›` is one number and has no `.‹end›`": "`‹name›` is één getal en heeft geen `.‹end›`",
    "only a parameter with a range has `.low` and `.high`": (
        "alleen een parameter met een bereik heeft `.low` en `.high`"
    ),
    "this divides by `‹divisor›`, which is 0": "dit deelt door `‹divisor›`, en dat is 0",
    "this divides by `‹divisor›`, which can be 0": "dit deelt door `‹divisor›`, en dat kan 0 zijn",
    "this divides by 0": "dit deelt door 0",
    "divide by another number": "deel door een ander getal",
    "give the divisor a span without 0": "geef de deler een `span` zonder 0",
    "give it a span above 0": "geef het een `span` boven 0",
    "its span is ‹span:numbers›; ‹more:sentence›": "mogelijk: ‹span›; ‹more›",
    "it has no span; ‹more:sentence›": "het heeft geen `span`; ‹more›",
    "`‹one›` and `‹other›` cannot be added": "`‹one›` en `‹other›` kun je niet optellen",
    "`‹one›` and `‹other›` cannot be subtracted": "`‹one›` en `‹other›` kun je niet van elkaar aftrekken",
    "`‹one›` is in `‹unit›`, and `‹other›` is in `‹its›`": (
        "`‹one›` is in `‹unit›`, en `‹other›` is in `‹its›`"
    ),
    "`‹one›` is in `‹unit›`, and `‹other›` is in `‹its›`; a number that has a unit is written as a "
    "parameter": (
        "`‹one›` is in `‹unit›`, en `‹other›` is in `‹its›`; een getal met een eenheid schrijf je als "
        "parameter"
    ),
    "`‹one›` ‹its:measures›, and `‹other›` ‹what:measures›": "`‹one›` ‹its›, en `‹other›` ‹what›",
    "`‹one›` ‹its:measures›, and `‹other›` ‹what:measures›; a number that has a unit is written as a "
    "parameter": ("`‹one›` ‹its›, en `‹other›` ‹what›; een getal met een eenheid schrijf je als parameter"),
    "`‹one›` and `‹other›` are both ranges, and a formula can hold one": (
        "`‹one›` en `‹other›` zijn allebei een bereik, en in een formule past er één"
    ),
    "`‹name›` is a range, and a range cannot be subtracted": (
        "`‹name›` is een bereik, en een bereik kun je niet aftrekken"
    ),
    "`‹name›` is a range, and a range cannot be a divisor": (
        "`‹name›` is een bereik, en door een bereik kun je niet delen"
    ),
    "a range is multiplied by `‹factor›`, which is not always above 0": (
        "een bereik wordt vermenigvuldigd met `‹factor›`, en dat is niet altijd meer dan 0"
    ),
    "a range is divided by `‹factor›`, which is not always above 0": (
        "een bereik wordt gedeeld door `‹factor›`, en dat is niet altijd meer dan 0"
    ),
    "this has to be one number, and `‹formula›` is a range": (
        "dit moet één getal zijn, en `‹formula›` is een bereik"
    ),
    "`within` needs a range, and `‹formula›` is one number": (
        "bij `within` hoort een bereik, en `‹formula›` is één getal"
    ),
    "`‹formula›` does not come out in `‹unit›`, the unit of `‹fact›`": (
        "`‹formula›` komt niet uit in `‹unit›`, de eenheid van `‹fact›`"
    ),
    "`‹formula›` comes out with a unit, and `‹fact›` has none": (
        "`‹formula›` komt uit met een eenheid, en `‹fact›` heeft er geen"
    ),
    "`‹formula›` can be ‹numbers:numbers›, more than the span of `‹fact›`": (
        "`‹formula›` kan ‹numbers› zijn, en dat is meer dan de `span` van `‹fact›`"
    ),
    "`‹formula›` is ‹numbers:numbers›, which `‹fact›` cannot be": (
        "`‹formula›` is ‹numbers›, en dat kan `‹fact›` niet zijn"
    ),
    # Texts
    "`‹text›` has to hold `{number}` once": "in `‹text›` moet `{number}` één keer staan",
    'write it as in "{number} g"': 'schrijf het zoals in "{number} g"',
    "`‹language›` is not a language of this knowledge base": "`‹language›` is geen taal van deze kennisbank",
    "the knowledge base does not speak `‹language›`": "de kennisbank spreekt geen `‹language›`",
    "‹text› has no text in `‹language›`": "bij ‹text› ontbreekt de tekst in `‹language›`",
    "add `‹language›: …`; this knowledge base speaks ‹languages›": (
        "zet `‹language›: …` erbij; deze kennisbank spreekt ‹languages›"
    ),
    "`‹slot›` may be unknown when this text is shown": (
        "`‹slot›` kan onbekend zijn op het moment dat iemand deze tekst leest"
    ),
    "`‹slot›` stands for nothing here": "`‹slot›` staat hier nergens voor",
    "only parameters, and facts that its `when` cannot do without, can be shown in a text": (
        "een tekst kan alleen parameters tonen, en gegevens waar zijn `when` niet zonder kan"
    ),
    "`‹text›` is not a placeholder": "`‹text›` is geen invulplek",
    "write placeholders as {name}, {name.low} or {name.high}": (
        "schrijf invulplekken als {naam}, {naam.low} of {naam.high}"
    ),
    # Days
    "the ‹kind:the_thing› `‹id›` has been due for another look since ‹day›": (
        "‹kind› `‹id›` had uiterlijk op ‹day› opnieuw bekeken moeten worden"
    ),
    "look at it again, and write down the day, or a later `review_by`": (
        "bekijk het opnieuw, en schrijf de dag op, of een latere `review_by`"
    ),
    "look at it again, and write down the day, or a later `review_by`; ‹names› looks after it": (
        "bekijk het opnieuw, en schrijf de dag op, of een latere `review_by`; wie ervoor zorgt: ‹names›"
    ),
    "`‹day›` is still to come, so nobody can have checked anything on it": (
        "`‹day›` moet nog komen, dus niemand kan toen iets hebben nagekeken"
    ),
    "write the day of the check; today is ‹day›": (
        "schrijf de dag waarop het is nagekeken; vandaag is het ‹day›"
    ),
    "a work of `‹year›` cannot have been read yet": "een werk uit `‹year›` kan nog niet gelezen zijn",
    "correct the year in `issued`": "verbeter het jaar in `issued`",
}

STATUSES: Mapping[str, str] = {
    "draft": "concept",
    "retired": "vervallen",
    "draft or retired": "concept of vervallen",
}

#: By name.
VOCABULARIES: Mapping[str, Mapping[str, str]] = {
    "sentence": RULES,
    "statuses": STATUSES,
}
