"""What the frame of the studio says, in Dutch and English; a knowledge base in another language gets English.

Each part of the studio has words of its own beside its pages.
"""

from __future__ import annotations

from collections.abc import Mapping

from wellfounded.interfaces.audit_words import spoken

Words = Mapping[str, str]

WORDS: Mapping[str, Words] = {
    "nl": {
        "studio": "Studio",
        "skip": "Naar de inhoud",
        "parts": "Onderdelen van de studio",
        "languages": "Taal",
        "advice": "Advies",
        "rules": "Handboek",
        "edit": "Bewerken",
        "evidence": "Bewijs",
        "people": "Mensen",
        "read_only": "Alleen lezen",
        "broken_one": "In de bestanden staat 1 fout. Je ziet de regels van daarvoor.",
        "broken_many": "In de bestanden staan {count} fouten. Je ziet de regels van daarvoor.",
        "broken_all_one": "In de bestanden staat 1 fout. Verbeter die eerst.",
        "broken_all_many": "In de bestanden staan {count} fouten. Verbeter die eerst.",
        "to_errors": "Bekijk en verbeter",
        "leave": "Afmelden",
        "made_with": "{id} {version}, {digest}",
        "nothing_kept": "Wat je over iemand invult, bewaren we niet.",
        "draft": "Je typte hier om {at} iets dat niet is opgeslagen.",
        "draft_go": "Ga verder met wat ik typte",
        "draft_drop": "Neem wat is opgeslagen",
        "lost": "De studio is niet te bereiken. Probeer het zo nog eens.",
        "typed": "Wat je typte",
        "typed_text": "Dit is niet opgeslagen. Je kunt het hieronder kopiëren.",
        "unsaved": "Niet opgeslagen; deze browser bewaart wat je typt.",
        "error_404": "Deze pagina is er niet",
        "error_404_text": "Misschien is het adres verkeerd overgenomen, of heet iets nu anders.",
        "error_403": "Dit mag niet",
        "error_405": "Dit kan op dit adres niet",
        "error_409": "Er is intussen iets veranderd",
        "error_413": "Dit is te groot",
        "error_413_text": "Stuur minder tegelijk, of een kleiner bestand.",
        "error_414": "Dit adres is te lang",
        "error_414_text": "Er staat te veel in. Ga terug, en vul minder in of kies een kleiner bestand.",
        "error_429": "Even wachten",
        "error_429_text": "Er wordt al te veel tegelijk uitgezocht. Probeer het zo opnieuw.",
        "error_503": "De regels kunnen niet worden gelezen",
        "error_503_text": "Er is pas weer advies als de fouten in de bestanden zijn verbeterd.",
        "error_500": "Er ging iets mis dat niet mis had mogen gaan",
        "error_502": "Git doet het niet",
        "error_504": "Dit duurde te lang",
        "error_504_text": "Het is gestopt. Vraag iets minder tegelijk, of probeer het later opnieuw.",
        "error_400": "Dit is niet te begrijpen",
        "home": "Naar de beginpagina",
        "sign_in": "Aanmelden",
        "password": "Wachtwoord",
        "password_wrong": "Dat is niet het wachtwoord.",
        "password_wait": "Te vaak een verkeerd wachtwoord. Probeer het over een minuut opnieuw.",
    },
    "en": {
        "studio": "Studio",
        "skip": "To the content",
        "parts": "Parts of the studio",
        "languages": "Language",
        "advice": "Advice",
        "rules": "Handbook",
        "edit": "Edit",
        "evidence": "Evidence",
        "people": "People",
        "read_only": "Read only",
        "broken_one": "There is 1 error in the files. You see the rules from before it.",
        "broken_many": "There are {count} errors in the files. You see the rules from before them.",
        "broken_all_one": "There is 1 error in the files. Mend it first.",
        "broken_all_many": "There are {count} errors in the files. Mend them first.",
        "to_errors": "Look and mend",
        "leave": "Sign out",
        "made_with": "{id} {version}, {digest}",
        "nothing_kept": "What you fill in about a person is not kept.",
        "draft": "You typed something here at {at} that was not saved.",
        "draft_go": "Go on with what I typed",
        "draft_drop": "Take what is saved",
        "lost": "The studio cannot be reached. Try again in a moment.",
        "typed": "What you typed",
        "typed_text": "This is not saved. You can copy it below.",
        "unsaved": "Not saved; this browser keeps what you type.",
        "error_404": "There is no such page",
        "error_404_text": "The address may have been copied wrongly, or something has another name now.",
        "error_403": "This is not allowed",
        "error_405": "This cannot be done at this address",
        "error_409": "Something has changed in the meantime",
        "error_413": "This is too large",
        "error_413_text": "Send less at once, or a smaller file.",
        "error_414": "This address is too long",
        "error_414_text": "There is too much in it. Go back, and fill in less or choose a smaller file.",
        "error_429": "Wait a moment",
        "error_429_text": "Too much is being worked out already. Try again in a moment.",
        "error_503": "The rules cannot be read",
        "error_503_text": "There is advice again once the errors in the files are mended.",
        "error_500": "Something went wrong that should not have",
        "error_502": "Git does not work",
        "error_504": "This took too long",
        "error_504_text": "It was stopped. Ask a little less at once, or try again later.",
        "error_400": "This cannot be understood",
        "home": "To the first page",
        "sign_in": "Sign in",
        "password": "Password",
        "password_wrong": "That is not the password.",
        "password_wait": "Too many wrong passwords. Try again in a minute.",
    },
}


def words(language: str) -> Words:
    """The frame's words in a language."""
    return WORDS[spoken(language)]


def counted(said: Words, name: str, count: int) -> str:
    """A sentence about one or several things."""
    return said[f"{name}_one" if count == 1 else f"{name}_many"].format(count=count)
