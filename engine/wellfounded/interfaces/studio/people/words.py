"""What the pages about people say, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from wellfounded.interfaces.audit_words import spoken
from wellfounded.interfaces.studio.words import Words

WORDS: Mapping[str, Words] = {
    "nl": {
        "people": "Mensen",
        "intro": "Bekijk het advies van veel mensen tegelijk, en voor hoeveel van hen elk oordeel geldt.",
        "sources": "Kies de mensen",
        "scenarios": "De mensen in de scenario’s",
        "scenarios_hint": "De voorbeelden waarmee de regels worden beproefd.",
        "made_up": "Verzonnen mensen",
        "made_up_hint": (
            "Willekeurig getrokken: elke waarde die kan, is even waarschijnlijk. Ze zeggen dus niets over "
            "hoe vaak iets bij echte mensen voorkomt. Hetzelfde getal geeft dezelfde mensen."
        ),
        "count": "Hoeveel",
        "seed": "Getal of woord om mee te trekken",
        "draw": "Verzin",
        "file": "Een bestand",
        "file_hint": (
            "CSV of NDJSON met een kolom voor elk gegeven, of één persoon in YAML; hoogstens {size} en "
            "{most} rijen. We bewaren niets op de server: de tabel staat alleen in de pagina die je krijgt."
        ),
        "choose": "Kies een bestand",
        "keep": "Andere kolommen die mogen blijven staan",
        "keep_hint": "Met komma’s ertussen. Een kolom die “naam” of “name” heet, blijft altijd staan.",
        "upload": "Open",
        "show": "Toon",
        "advised_one": "1 persoon",
        "advised_many": "{count} mensen",
        "shown_of": "{shown} van {all}",
        "refused_one": "1 rij kan niet worden gebruikt",
        "refused_many": "{count} rijen kunnen niet worden gebruikt",
        "more": "Alleen de eerste {most} rijen zijn gelezen.",
        "filter": "Wie wil je zien",
        "recommendation": "Advies",
        "verdict": "Oordeel",
        "any": "alles",
        "any_verdict": "wordt gegeven",
        "undecided": "nog niet te zeggen",
        "absent": "niet gegeven",
        "fact": "Gegeven",
        "is": "Is",
        "is_hint": "Bijvoorbeeld {example}; voor getallen ook 20..30, en voor wat niet bekend is: onbekend.",
        "unknown": "onbekend",
        "yes": "ja",
        "no": "nee",
        "sort": "Volgorde",
        "as_read": "zoals gelezen",
        "down": "van hoog naar laag",
        "chart": "Oordelen per advies",
        "chart_text": (
            "Per advies een balk met hoeveel mensen welk oordeel krijgen. De tabel eronder zegt hetzelfde."
        ),
        "numbers": "De getallen",
        "nobody_advised": "Geen van deze mensen krijgt advies.",
        "table": "Per persoon",
        "person": "Persoon",
        "person_number": "Persoon {row}",
        "pages": "Bladzijden",
        "page_of": "Bladzijde {page} van {pages}",
        "previous": "Vorige",
        "next": "Volgende",
        "export": "Bewaar dit advies",
        "export_hint": "Een rij voor elke persoon die je nu ziet, met alle adviezen in kolommen.",
        "nobody": "Niemand voldoet hieraan.",
        "empty": "Er is niemand van wie we iets kunnen zeggen.",
        "row": "Rij",
        "reason": "Waarom niet",
        "stated": "Wat er staat",
        "only_first": "De eerste {count} staan hier.",
        "in_page": (
            "Deze tabel staat alleen in deze pagina en heeft geen adres. Ga je verder, dan brengt “terug” in "
            "je browser je er weer; sluit je het tabblad, dan is hij weg."
        ),
        "in_language": "Toon dit in het {language}",
        "no_scenarios": "Er zijn nog geen scenario’s.",
        "needs": (
            "Veel mensen tegelijk bekijken kan hier nog niet: dat onderdeel is niet geïnstalleerd. Al het "
            "andere werkt wel. Vraag het wie de studio heeft geïnstalleerd. Die voert dit uit, en start de "
            "studio opnieuw:"
        ),
        "count_wrong": "“{written}” is geen geheel getal van 1 tot en met {most}, zonder punt geschreven.",
        "seed_wrong": "Gebruik hoogstens {most} tekens.",
        "is_wrong": "“{written}” kan “{fact}” niet zijn; toegestaan: {allowed}.",
        "is_alone": "Kies ook bij welk gegeven dit hoort.",
        "span": "een getal zoals 2500 of 2,5, of twee zoals 20..30",
        "no_file": "Kies eerst een bestand.",
        "wrong_kind": "“{name}” is geen CSV, NDJSON of YAML; de naam eindigt op {allowed}.",
        "too_large": "Dit bestand is groter dan {size}.",
        "not_utf_8": (
            "Dit bestand is niet in UTF-8. We hebben het gelezen als Windows-1252, zoals Excel CSV vaak "
            "bewaart. Kijk of namen met accenten kloppen; zo niet, bewaar het dan als CSV UTF-8."
        ),
        "not_text": "Dit bestand is geen tekst in UTF-8. Bewaar het opnieuw, als CSV in UTF-8.",
        "file_wrong": "Dit bestand kan niet worden gebruikt: {reason}",
    },
    "en": {
        "people": "People",
        "intro": "Look at the advice of many people at once, and for how many of them each verdict holds.",
        "sources": "Choose the people",
        "scenarios": "The people in the scenarios",
        "scenarios_hint": "The examples that the rules are tried on.",
        "made_up": "Made-up people",
        "made_up_hint": (
            "Drawn at random: every possible value is as likely as any other. So they say nothing about how "
            "often anything is true of real people. The same number gives the same people."
        ),
        "count": "How many",
        "seed": "Number or word to draw with",
        "draw": "Make up",
        "file": "A file",
        "file_hint": (
            "CSV or NDJSON with a column for each fact, or one person in YAML; at most {size} and {most} "
            "rows. Nothing is kept on the server: the table is only in the page that you get."
        ),
        "choose": "Choose a file",
        "keep": "Other columns that may stay",
        "keep_hint": "With commas between them. A column called “name” or “naam” always stays.",
        "upload": "Open",
        "show": "Show",
        "advised_one": "1 person",
        "advised_many": "{count} people",
        "shown_of": "{shown} of {all}",
        "refused_one": "1 row cannot be used",
        "refused_many": "{count} rows cannot be used",
        "more": "Only the first {most} rows were read.",
        "filter": "Who you want to see",
        "recommendation": "Recommendation",
        "verdict": "Verdict",
        "any": "anything",
        "any_verdict": "is given",
        "undecided": "cannot be said yet",
        "absent": "not given",
        "fact": "Fact",
        "is": "Is",
        "is_hint": "For example {example}; for numbers also 20..30, and for what is not known: unknown.",
        "unknown": "unknown",
        "yes": "yes",
        "no": "no",
        "sort": "Order",
        "as_read": "as read",
        "down": "from high to low",
        "chart": "Verdicts per recommendation",
        "chart_text": (
            "For each recommendation a bar with how many people get which verdict. The table below says the "
            "same."
        ),
        "numbers": "The numbers",
        "nobody_advised": "None of these people gets advice.",
        "table": "Per person",
        "person": "Person",
        "person_number": "Person {row}",
        "pages": "Pages",
        "page_of": "Page {page} of {pages}",
        "previous": "Previous",
        "next": "Next",
        "export": "Save this advice",
        "export_hint": "A row for each person you see now, with all advice in columns.",
        "nobody": "Nobody is like that.",
        "empty": "There is nobody here of whom we can say anything.",
        "row": "Row",
        "reason": "Why not",
        "stated": "What it says",
        "only_first": "The first {count} are here.",
        "in_page": (
            "This table is only in this page and has no address. If you go on, “back” in your browser brings "
            "you here again; if you close the tab, it is gone."
        ),
        "in_language": "Show this in {language}",
        "no_scenarios": "There are no scenarios yet.",
        "needs": (
            "You cannot look at many people at once here yet: that part is not installed. All else works. "
            "Ask whoever installed the studio. They run this, and start the studio again:"
        ),
        "count_wrong": "“{written}” is not a whole number from 1 to {most}, written without a comma.",
        "seed_wrong": "Use at most {most} characters.",
        "is_wrong": "“{written}” cannot be “{fact}”; allowed: {allowed}.",
        "is_alone": "Also choose which fact this is about.",
        "span": "a number such as 2500 or 2.5, or two such as 20..30",
        "no_file": "Choose a file first.",
        "wrong_kind": "“{name}” is not CSV, NDJSON or YAML; its name ends in {allowed}.",
        "too_large": "This file is larger than {size}.",
        "not_utf_8": (
            "This file is not in UTF-8. We read it as Windows-1252, as Excel often saves CSV. Look whether "
            "names with accents are right; if not, save it as CSV UTF-8."
        ),
        "not_text": "This file is not text in UTF-8. Save it again, as CSV in UTF-8.",
        "file_wrong": "This file cannot be used: {reason}",
    },
}


def people_words(language: str) -> Words:
    return WORDS[spoken(language)]
