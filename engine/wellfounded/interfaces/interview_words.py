"""What an interview in the terminal says, in the languages the engine speaks."""

from __future__ import annotations

from collections.abc import Mapping

from wellfounded.model.word import Word


class Command(Word):
    """What a person can want instead of answering."""

    DO_NOT_KNOW = "do not know"
    BACK = "back"
    LIST = "list"
    ADVICE = "advice"
    HELP = "help"
    QUIT = "quit"


#: What one can say instead of an answer, in every language.
COMMANDS: Mapping[str, Command] = {
    "?": Command.DO_NOT_KNOW,
    "i don't know": Command.DO_NOT_KNOW,
    "i don’t know": Command.DO_NOT_KNOW,
    "i do not know": Command.DO_NOT_KNOW,
    "don't know": Command.DO_NOT_KNOW,
    "weet niet": Command.DO_NOT_KNOW,
    "weet ik niet": Command.DO_NOT_KNOW,
    "ik weet het niet": Command.DO_NOT_KNOW,
    "back": Command.BACK,
    "terug": Command.BACK,
    "list": Command.LIST,
    "lijst": Command.LIST,
    "advice": Command.ADVICE,
    "advies": Command.ADVICE,
    "help": Command.HELP,
    "hulp": Command.HELP,
    "quit": Command.QUIT,
    "stop": Command.QUIT,
}

WORDS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "welcome": "We vragen eerst wat het meeste bepaalt. Typ ? als je iets niet weet, of help voor meer.",
        "resumed": "We gaan verder met {count} antwoorden uit {file}.",
        "resumed_one": "We gaan verder met één antwoord uit {file}.",
        "help": (
            "Antwoord op de vraag, of typ:\n"
            "  ?        als je het niet weet (weet ik niet)\n"
            "  terug    om de vorige vraag opnieuw te beantwoorden\n"
            "  lijst    om je antwoorden te zien, en er een te veranderen\n"
            "  advies   om het advies tot nu toe te zien\n"
            "  stop     om te stoppen\n"
            "Bij een getal mag je een eenheid schrijven, zoals 176 lb of 450 min."
        ),
        "decides": "Dit bepaalt: {titles}.",
        "sharpens": "Dit maakt preciezer: {titles}.",
        "yes_no": "ja of nee",
        "yes_or_no": "Antwoord met ja of nee.",
        "number": "{low} tot en met {high}",
        "and_more": " en nog {count}",
        "given": "Nieuw advies: {titles}.",
        "changed": "Nu anders: {titles}.",
        "not_given": "Niet voor jou: {titles}.",
        "undecided": "Weer open: {titles}.",
        "stands": "Je antwoord was: {answer}. Enter laat dat zo.",
        "first": "Dit is de eerste vraag; terug kan niet.",
        "answers": "Je antwoorden:",
        "not_known": "weet je niet",
        "none_yet": "Je hebt nog niets beantwoord.",
        "which": "Welk antwoord wil je veranderen? (nummer, of Enter om verder te gaan)",
        "not_listed": "“{answer}” staat niet in de lijst; geef een nummer van 1 tot en met {count}.",
        "settled": "Alles wat van je antwoorden afhangt, staat nu vast.",
        "settled_but": "Verder komen we niet met wat je weet. Nog open: {titles}.",
        "lost": "Omdat dit niet bekend is: {facts}, kunnen we hierover geen advies meer geven: {titles}.",
        "rule_out": "Met {count} vragen erbij kan alleen nog blijken wat sowieso niet voor jou is. "
        "Wil je die ook? (ja of nee)",
        "rule_out_one": "Met nog één vraag kan alleen nog blijken wat sowieso niet voor jou is. "
        "Wil je die ook? (ja of nee)",
        "sharpen": "Met {count} vragen erbij wordt je advies preciezer. Wil je die ook? (ja of nee)",
        "sharpen_one": "Met nog één vraag wordt je advies preciezer. Wil je die ook? (ja of nee)",
        "saved": "Je antwoorden staan in {file}.",
        "go_on": "Ga later verder met --file {file}.",
        "not_saved": "Je antwoorden zijn niet bewaard; met --file BESTAND bewaar je ze.",
        "disagree": "Bij dit antwoord spreken regels elkaar tegen, dus het is niet overgenomen: {error}",
        "yes": "ja",
        "no": "nee",
        "avoid": "vermijden",
        "do": "doen",
        "raise": "verhogen",
        "lower": "verlagen",
        "start": "beginnen",
        "stop": "stoppen",
        "consider": "te overwegen",
        "keep": "zo houden",
    },
    "en": {
        "welcome": "We ask first what settles most. Type ? if you do not know something, or help for more.",
        "resumed": "We go on with {count} answers from {file}.",
        "resumed_one": "We go on with one answer from {file}.",
        "help": (
            "Answer the question, or type:\n"
            "  ?        if you do not know (I don't know)\n"
            "  back     to answer the question before again\n"
            "  list     to see your answers, and to change one\n"
            "  advice   to see the advice so far\n"
            "  quit     to stop\n"
            "With a number you may write a unit, such as 176 lb or 450 min."
        ),
        "decides": "This decides: {titles}.",
        "sharpens": "This makes more precise: {titles}.",
        "yes_no": "yes or no",
        "yes_or_no": "Answer with yes or no.",
        "number": "{low} to {high}",
        "and_more": " and {count} more",
        "given": "New advice: {titles}.",
        "changed": "Now different: {titles}.",
        "not_given": "Not for you: {titles}.",
        "undecided": "Open again: {titles}.",
        "stands": "Your answer was: {answer}. Enter leaves it so.",
        "first": "This is the first question; there is none before it.",
        "answers": "Your answers:",
        "not_known": "you do not know",
        "none_yet": "You have not answered anything yet.",
        "which": "Which answer do you want to change? (number, or Enter to go on)",
        "not_listed": "“{answer}” is not in the list; give a number from 1 to {count}.",
        "settled": "Everything that depends on your answers is settled.",
        "settled_but": "This is as far as what you know takes us. Still open: {titles}.",
        "lost": "Since this is not known: {facts}, we can no longer give advice about: {titles}.",
        "rule_out": "{count} more questions can only show what is not for you in any case. "
        "Answer them as well? (yes or no)",
        "rule_out_one": "One more question can only show what is not for you in any case. "
        "Answer it as well? (yes or no)",
        "sharpen": "{count} more questions make your advice more precise. Answer them as well? (yes or no)",
        "sharpen_one": "One more question makes your advice more precise. Answer it as well? (yes or no)",
        "saved": "Your answers are in {file}.",
        "go_on": "Go on later with --file {file}.",
        "not_saved": "Your answers are not saved; --file FILE saves them.",
        "disagree": "With this answer rules contradict each other, so it is not taken over: {error}",
        "yes": "yes",
        "no": "no",
        "avoid": "avoid",
        "do": "do",
        "raise": "raise",
        "lower": "lower",
        "start": "start",
        "stop": "stop",
        "consider": "to consider",
        "keep": "keep",
    },
}


def words(language: str) -> Mapping[str, str]:
    """What is said in a language, or in English where the engine does not speak it."""
    return WORDS.get(language, WORDS["en"])
