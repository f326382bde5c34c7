"""The audit's own words, in Dutch and English; a knowledge base in another language gets English ones.

What a reference was found to be, and what stands behind something, is said as advice says it
(``advise/phrases.py``).
"""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "title": "Audit van {id} {version}",
        "notice": (
            "Wat er achter elk advies staat, volgens de bestanden van de kennisbank: welke bronnen, en wat "
            "zij blijken te zeggen van de uitspraak die ze aanhaalt. Uitspraken van onszelf en uitspraken "
            "over de doelgroep tellen nooit mee als onderbouwing."
        ),
        "nothing": "Deze kennisbank geeft geen adviezen.",
        "footer": "{digest} op {on}",
        "footer_with_drafts": "{digest} met concepten, op {on}",
        "contents": "Inhoud",
        "in_short": "In het kort",
        "look_at": "Wat aandacht vraagt",
        "citations": "Aanhalingen en hun onderbouwing",
        "further_evidence": "Ander onderzoek",
        "further_evidence_intro": (
            "Wat werken zeggen die het artikel of boek achter deze kennisbank niet aanhaalt, voor en tegen. "
            "Het telt nooit mee als onderbouwing."
        ),
        "evidence_on": "Over {claim}: {stance}",
        "stance_supports": "ondersteunt dit",
        "stance_partly": "ondersteunt dit deels",
        "stance_contradicts": "spreekt dit tegen",
        "found_as": "Gevonden als: {work} (anders: {differences})",
        "probably_meant": "Waarschijnlijk bedoeld (onze gevolgtrekking): {work}",
        "the_rule": "de regel {id}",
        "is_draft": "concept",
        "is_retired": "vervallen",
        "recommendations": "Van adviezen naar bronnen",
        "references": "Van bronnen naar adviezen",
        "claims": "Uitspraken",
        "amounts": "Adviezen: {recommendations}. Bronnen: {references}. Uitspraken: {claims}.",
        "rests_on": "Waar een advies op zijn best rechtstreeks op rust",
        "number_of": "Adviezen",
        "gap_uncited": "Uitspraken zonder bron",
        "gap_about_something_else": "Uitspraken met een bron die over iets anders gaat",
        "gap_contradicted": "Uitspraken die door hun eigen bron worden tegengesproken",
        "gap_not_established": "Uitspraken waarvan niet is vastgesteld dat hun bron ze ondersteunt",
        "gap_unchecked": "Uitspraken waarvan nog niemand de bron heeft nagekeken",
        "gap_due": "Wat opnieuw moet worden nagekeken",
        "gap_not_in_force": "Wat niet geldt: concepten en vervallen regels en uitspraken",
        "gap_unused_references": "Bronnen die in geen enkele uitspraak worden aangehaald",
        "gap_unused_claims": "Uitspraken die nergens worden gebruikt",
        "counted": "{gap} ({count})",
        "by_claim": "{claim} wordt tegengesproken door de uitspraak {by}",
        "by_work": "{claim} wordt tegengesproken door een werk dat niet wordt aangehaald, {by}",
        "cites": "{claim} haalt {reference} aan: {support}",
        "claim_says": "De uitspraak: {text}",
        "support_says": "Waarom: {text}",
        "checked": "Nagekeken op {on} door {by}.",
        "recommendations_intro": (
            "Een advies rust rechtstreeks op wat zijn regel noemt en op de getallen daarin. Via afgeleide "
            "gegevens rust het ook op wat er staat achter de gegevens waar die regel naar kijkt."
        ),
        "references_intro": (
            "Elke bron zoals hij is aangehaald, met wat erover is vastgelegd, en de weg van elke uitspraak "
            "die hem aanhaalt naar de adviezen."
        ),
        "claims_intro": "Wat elke uitspraak zegt, per onderdeel, met de bron en de onderbouwing.",
        "directly": "Rechtstreeks",
        "through_chains": "Via afgeleide gegevens",
        "backing": "Rechtstreeks: {directly}. Via afgeleide gegevens: {through_chains}.",
        "nothing_counts": "niets dat meetelt",
        "best_and_worst": "op zijn best {best}, op zijn slechtst {worst}",
        "never_counts": "telt nooit mee",
        "recommendation": "Advies",
        "claim": "Uitspraak",
        "reference_and_support": "Bron en onderbouwing",
        "support": "Onderbouwing",
        "comes_through": "Komt via",
        "number": "Getal",
        "rule": "Regel",
        "named_references": "Bronnen",
        "via_rule": "de regel",
        "via_parameter": "een getal",
        "via_chain": "een afgeleid gegeven",
        "review_by": "Uiterlijk op {date} opnieuw na te kijken.",
        "overdue": "Had uiterlijk op {date} opnieuw nagekeken moeten zijn.",
        "nobody_cites": "Geen enkele uitspraak haalt deze bron aan.",
        "behind_nothing": "achter geen enkel advies",
        "support_supports": "ondersteund",
        "support_partly": "deels ondersteund",
        "support_unchecked": "nog niet nagekeken",
        "support_not-established": "niet vastgesteld",
        "support_about-something-else": "over iets anders",
        "support_contradicts": "tegengesproken",
        "support_uncited": "zonder bron",
        "withdrawn": "Als {reference} zou wegvallen",
        "claims_citing": "Uitspraken die deze bron aanhalen",
        "lose_their_only_citation": "Adviezen die hun enige bron verliezen",
        "keep_another": "Adviezen die een andere bron overhouden",
        "only_chains": "Adviezen die er alleen via afgeleide gegevens op rusten",
        "people": "Mensen in de scenario’s",
        "changed": (
            "Mensen die zonder {reference} andere adviezen zouden krijgen, als achter elk advies minstens "
            "{support} moet staan: {changed} van de {people}."
        ),
        "nobody": "Er zijn geen scenario’s, dus over mensen valt niets te zeggen.",
    },
    "en": {
        "title": "Audit of {id} {version}",
        "notice": (
            "What stands behind each recommendation, as the files of the knowledge base say it: which "
            "references, and what they were found to say of the claim that cites them. Claims of our own "
            "and claims about the scope never count as support."
        ),
        "nothing": "This knowledge base recommends nothing.",
        "footer": "{digest} on {on}",
        "footer_with_drafts": "{digest} with drafts, on {on}",
        "contents": "Contents",
        "in_short": "In short",
        "look_at": "What to look at",
        "citations": "Citations and their support",
        "further_evidence": "Further evidence",
        "further_evidence_intro": (
            "What works say that the source of this knowledge base does not cite, for and against. It never "
            "counts as support."
        ),
        "evidence_on": "On {claim}: {stance}",
        "stance_supports": "supports this",
        "stance_partly": "partly supports this",
        "stance_contradicts": "contradicts this",
        "found_as": "Found as: {work} (different: {differences})",
        "probably_meant": "Probably meant (our inference): {work}",
        "the_rule": "the rule {id}",
        "is_draft": "draft",
        "is_retired": "retired",
        "recommendations": "From recommendations to references",
        "references": "From references to recommendations",
        "claims": "Claims",
        "amounts": "Recommendations: {recommendations}. References: {references}. Claims: {claims}.",
        "rests_on": "What a recommendation directly rests on, at best",
        "number_of": "Recommendations",
        "gap_uncited": "Claims that cite nothing",
        "gap_about_something_else": "Claims whose reference is about something else",
        "gap_contradicted": "Claims that their own reference contradicts",
        "gap_not_established": "Claims of which it is not established that their reference supports them",
        "gap_unchecked": "Claims whose citation nobody has checked yet",
        "gap_due": "What is due for another look",
        "gap_not_in_force": "What is not in force: drafts, and retired rules and claims",
        "gap_unused_references": "References that no claim cites",
        "gap_unused_claims": "Claims that nothing uses",
        "counted": "{gap} ({count})",
        "by_claim": "{claim} is contradicted by the claim {by}",
        "by_work": "{claim} is contradicted by a work that is not cited, {by}",
        "cites": "{claim} cites {reference}: {support}",
        "claim_says": "The claim: {text}",
        "support_says": "Why: {text}",
        "checked": "Checked on {on} by {by}.",
        "recommendations_intro": (
            "A recommendation rests directly on what its rule names and on the numbers in it. Through "
            "derived facts it also rests on what stands behind the facts that this rule looks at."
        ),
        "references_intro": (
            "Each reference as it is cited, with what is on record about it, and the way from each claim "
            "that cites it to the recommendations."
        ),
        "claims_intro": "What each claim says, section by section, with its reference and its support.",
        "directly": "Directly",
        "through_chains": "Through derived facts",
        "backing": "Directly: {directly}. Through derived facts: {through_chains}.",
        "nothing_counts": "nothing that counts",
        "best_and_worst": "{best} at best, {worst} at worst",
        "never_counts": "never counts",
        "recommendation": "Recommendation",
        "claim": "Claim",
        "reference_and_support": "Reference and support",
        "support": "Support",
        "comes_through": "Comes through",
        "number": "Number",
        "rule": "Rule",
        "named_references": "References",
        "via_rule": "the rule",
        "via_parameter": "a number",
        "via_chain": "a derived fact",
        "review_by": "To be looked at again by {date}.",
        "overdue": "Due for another look, since {date}.",
        "nobody_cites": "No claim cites it.",
        "behind_nothing": "behind no recommendation",
        "support_supports": "supported",
        "support_partly": "partly supported",
        "support_unchecked": "not checked yet",
        "support_not-established": "not established",
        "support_about-something-else": "about something else",
        "support_contradicts": "contradicted",
        "support_uncited": "uncited",
        "withdrawn": "If {reference} were withdrawn",
        "claims_citing": "Claims that cite it",
        "lose_their_only_citation": "Recommendations that lose their only citation",
        "keep_another": "Recommendations that keep another",
        "only_chains": "Recommendations that rest on it only through derived facts",
        "people": "People in the scenarios",
        "changed": (
            "People who would get other recommendations without {reference}, if behind each there had to be "
            "at least {support}: {changed} of {people}."
        ),
        "nobody": "There are no scenarios, so nothing can be said about people.",
    },
}


def spoken(language: str) -> str:
    """The language that the words come in."""
    return language if language in WORDS else "en"


def words_in(language: str) -> Mapping[str, str]:
    """The audit's words in a language, or English ones."""
    return WORDS[spoken(language)]
