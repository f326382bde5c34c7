"""What the forms without YAML say, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wellfounded.interfaces.audit_words import spoken
from wellfounded.interfaces.studio.words import Words

WORDS: Mapping[str, Words] = {
    "nl": {
        "form_title": "Bewerken: {kind} “{title}”",
        "form_intro": (
            "Verander wat je wilt en bekijk wat er dan gebeurt. Daarna kun je het opslaan. Een tekst die je "
            "in alle talen leeg maakt, gaat weg. De rest van het bestand blijft zoals het is."
        ),
        "form_check": "Bekijk wat er verandert",
        "form_save": "Sla op",
        "form_other": "Ga verder in het {language}",
        "form_saved": "Opgeslagen in {file}.",
        "form_put_back": "Wat er stond, is teruggezet in {file}.",
        "form_undo_ends": "Terugzetten kan zolang de studio draait en niemand het bestand weer verandert.",
        "form_file": "Bekijk dit in het bestand",
        "form_about": "Terug naar de pagina hierover",
        "form_none": "Hier is niets dat zonder YAML te veranderen is.",
        "form_either": "“{written}” kan twee dingen betekenen; schrijf {whole} of {decimal}.",
        "form_number": "Dit moet een getal zijn, zoals 2 of 1,6; je schreef “{written}”.",
        "form_choice": "“{written}” hoort hier niet; kies er een uit de lijst.",
        "form_both": "Vul hier ook een getal in: een bereik heeft twee einden.",
        "form_empty": "Dit mag niet leeg zijn; nu blijft staan wat er stond.",
        "form_absent": "Dit staat er nog niet.",
        "form_met": "Iemand anders veranderde dit ook. Er staat nu: {now}",
        "form_none_yet": "(nog niets)",
        "form_none_goes": "(niets)",
        "form_bad": "Dit kan zo niet in het bestand worden geschreven. Verander het in het bestand zelf.",
        "form_preview": "Als je dit opslaat",
        "form_changed": "Wat er in {file} verandert",
        "form_same": "Je hebt nog niets veranderd.",
        "form_look": "Je veranderde nog iets. Bekijk eerst hieronder wat er nu gebeurt.",
        "form_errors": "Zo klopt het elders niet meer:",
        "form_warned": "Let op:",
        "form_wrong_one": "1 veld klopt nog niet. Er is niets opgeslagen.",
        "form_wrong_many": "{count} velden kloppen nog niet. Er is niets opgeslagen.",
        "form_moved": (
            "Het bestand is intussen veranderd. Hieronder staat wat jij invulde; bekijk het en sla het nog "
            "eens op."
        ),
        "form_support": "Onderbouwing: {support}.",
        "form_judge": "Leg vast wat deze bron hierover zegt",
        "form_judge_new": "Wat de bron over de uitspraak zegt, leg je na het opslaan vast.",
        "form_commit": "Vastleggen in git",
        "parameter": "getal",
        "fact": "gegeven",
        "claim": "uitspraak",
        "rule": "regel",
    },
    "en": {
        "form_title": "Edit {kind} “{title}”",
        "form_intro": (
            "Change what you like, and see what happens then. After that you can save it. A text that you "
            "empty in every language goes. The rest of the file stays as it is."
        ),
        "form_check": "See what changes",
        "form_save": "Save",
        "form_other": "Go on in {language}",
        "form_saved": "Saved in {file}.",
        "form_put_back": "What was there has been put back in {file}.",
        "form_undo_ends": "You can put it back as long as the studio runs and nobody changes the file again.",
        "form_file": "See this in the file",
        "form_about": "Back to the page about this",
        "form_none": "There is nothing here that can be changed without YAML.",
        "form_either": "“{written}” can mean two things; write {whole} or {decimal}.",
        "form_number": "This has to be a number, such as 2 or 1.6; you wrote “{written}”.",
        "form_choice": "“{written}” cannot stand here; choose one from the list.",
        "form_both": "Fill in a number here too: a range has two ends.",
        "form_empty": "This may not be empty; what was there stays for now.",
        "form_absent": "This is not there yet.",
        "form_met": "Somebody else changed this too. Now it says: {now}",
        "form_none_yet": "(nothing yet)",
        "form_none_goes": "(nothing)",
        "form_bad": "This cannot be put into the file. Change it in the file itself.",
        "form_preview": "If you save this",
        "form_changed": "What changes in {file}",
        "form_same": "You have not changed anything yet.",
        "form_look": "You changed something more. Look below at what happens now, first.",
        "form_errors": "Then this is not right any more, elsewhere:",
        "form_warned": "Take note:",
        "form_wrong_one": "1 field is not right yet. Nothing was saved.",
        "form_wrong_many": "{count} fields are not right yet. Nothing was saved.",
        "form_moved": (
            "The file was changed in the meantime. What you filled in is below; look at it and save it again."
        ),
        "form_support": "Support: {support}.",
        "form_judge": "Record what this reference says of it",
        "form_judge_new": "What the reference says of the claim you record after saving.",
        "form_commit": "Commit to git",
        "parameter": "number",
        "fact": "fact",
        "claim": "claim",
        "rule": "rule",
    },
}


def form_words(language: str) -> Words:
    return WORDS[spoken(language)]


#: What the keys of a thing are called in a form.
KEYS: Mapping[str, Words] = {
    "nl": {
        "value": "Waarde",
        "range": "Waarde",
        "range 1": "Van",
        "range 2": "Tot en met",
        "claim": "Uit welke uitspraak het komt",
        "label": "Naam",
        "question": "Vraag",
        "help": "Toelichting",
        "choices": "Keuze",
        "span": "Wat mogelijk is",
        "span 1": "Mogelijk van",
        "span 2": "Mogelijk tot en met",
        "step": "Stap",
        "says": "Tekst",
        "raise": "wie te weinig heeft",
        "lower": "wie te veel heeft",
        "keep": "wie goed zit",
        "meet": "wie het nog niet zei",
        "start": "wie ermee moet beginnen",
        "stop": "wie ermee moet stoppen",
        "title": "Titel",
        "contradiction": "Tegenspraak",
        "cites": "Aanhaling",
        "cites +": "Nog een aanhaling",
        "cites -": "Haal een aanhaling weg",
        "further_evidence": "Ander onderzoek",
        "further_evidence -": "Haal ander onderzoek weg",
        "because": "Waar het op steunt",
        "because +": "Nog een uitspraak waar het op steunt",
        "because -": "Haal een uitspraak weg waar het op steunt",
        "background": "Achtergrond",
        "background +": "Nog een uitspraak als achtergrond",
        "background -": "Haal een uitspraak weg uit de achtergrond",
        "reference": "Bron",
        "stance": "Wat het zegt",
        "reason": "Reden",
        "finding": "Bevinding",
        "locator": "Plaats",
        "nl": "Nederlands",
        "en": "Engels",
    },
    "en": {
        "value": "Value",
        "range": "Value",
        "range 1": "From",
        "range 2": "Up to and including",
        "claim": "Which claim it comes from",
        "label": "Name",
        "question": "Question",
        "help": "Explanation",
        "choices": "Choice",
        "span": "What is possible",
        "span 1": "Possible from",
        "span 2": "Possible up to and including",
        "step": "Step",
        "says": "Text",
        "raise": "who has too little",
        "lower": "who has too much",
        "keep": "who is fine",
        "meet": "who has not said yet",
        "start": "who should start with it",
        "stop": "who should stop with it",
        "title": "Title",
        "contradiction": "Contradiction",
        "cites": "Citation",
        "cites +": "Another citation",
        "cites -": "Remove a citation",
        "further_evidence": "Further evidence",
        "further_evidence -": "Remove further evidence",
        "because": "What it rests on",
        "because +": "Another claim it rests on",
        "because -": "Remove a claim it rests on",
        "background": "Background",
        "background +": "Another claim as background",
        "background -": "Remove a claim from the background",
        "reference": "Reference",
        "stance": "What it says",
        "reason": "Reason",
        "finding": "Finding",
        "locator": "Place",
        "nl": "Dutch",
        "en": "English",
    },
}


def path_words(steps: Sequence[str | int], language: str) -> str:
    """The way to a value in a thing, in words."""
    known = KEYS[spoken(language)]
    whole = " ".join(str(step + 1) if isinstance(step, int) else step for step in steps)
    if whole in known:
        return known[whole]
    return " › ".join(str(step + 1) if isinstance(step, int) else known.get(step, step) for step in steps)
