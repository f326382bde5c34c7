"""What the pages for editing say, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from wellfounded.interfaces.audit_words import spoken
from wellfounded.interfaces.studio.words import Words

WORDS: Mapping[str, Words] = {
    "nl": {
        "files": "Bestanden",
        "files_intro": (
            "Hier staat alles wat de kennisbank weet. Kies een bestand om het te lezen of te veranderen."
        ),
        "files_simple": "Liever zonder YAML? Zoek een getal, regel, uitspraak of gegeven op bij",
        "files_simple_how": "en kies daar “Bewerk dit zonder YAML”.",
        "wrong": "Wat er niet klopt",
        "nothing_wrong": "Er staat niets verkeerd in de bestanden.",
        "errors_one": "1 fout",
        "errors_many": "{count} fouten",
        "warnings_one": "1 waarschuwing",
        "warnings_many": "{count} waarschuwingen",
        "error": "Fout",
        "warning": "Waarschuwing",
        "line": "regel {line}",
        "in": "in {about}",
        "here_ok": "In deze tekst klopt alles.",
        "here": "In dit bestand",
        "elsewhere": "In andere bestanden, door deze tekst of al eerder",
        "more_one": "En nog 1.",
        "more_many": "En nog {count}.",
        "mend": "Schrijf “{text}”",
        "text": "Tekst van {name}",
        "check": "Controleer",
        "save": "Sla op",
        "save_anyway": "Sla toch op",
        "effects_button": "Wat verandert er?",
        "all_files": "Alle bestanden",
        "keys": "Toetsen",
        "key_save": "slaat op",
        "key_leave": "daarna Tab: verlaat de tekst (Tab alleen springt in)",
        "key_complete": "stelt voor wat hier kan staan",
        "key_next": "gaat naar de volgende fout",
        "key_find": "zoekt in de tekst",
        "key_follow": "gaat naar de plek waar staat wat de naam bij de cursor is; Ctrl+klik doet dat ook",
        "follow": "Staat in {name}",
        "saved_at": "Opgeslagen om {at}.",
        "saved_broken": "De studio geeft advies met de regels van daarvoor, tot de fouten weg zijn.",
        "undo": "Zet terug wat er stond",
        "undone": "Wat er stond, is teruggezet.",
        "undo_gone": "Dit kan niet meer: het bestand is daarna veranderd, of de studio is opnieuw gestart.",
        "warn_errors_one": (
            "In deze tekst staat 1 fout. Als je nu opslaat, geeft de studio advies met de regels van "
            "daarvoor, tot de fout weg is."
        ),
        "warn_errors_many": (
            "In deze tekst staan {count} fouten. Als je nu opslaat, geeft de studio advies met de "
            "regels van daarvoor, tot de fouten weg zijn."
        ),
        "checked": "Gecontroleerd om {at}; niet opgeslagen.",
        "save_failed": (
            "Opslaan lukte niet: de studio is niet te bereiken. Wat je typte, staat nog hier en in "
            "deze browser."
        ),
        "not_written": "Het bestand kan niet geschreven worden: {reason}. Je tekst staat nog hieronder.",
        "too_large": "Dit bestand is groter dan 1 MB. Bewerk het met een ander programma.",
        "not_utf8": "Dit bestand is geen UTF-8. Sla het met een ander programma op als UTF-8.",
        "has_nul": "In dit bestand staat een nul-byte. Haal die weg met een ander programma.",
        "text_too_large": (
            "Deze tekst is groter dan 1 MB en is niet opgeslagen. Verdeel hem over meer bestanden."
        ),
        "text_nul": "In deze tekst staat een nul-byte. De tekst is niet opgeslagen.",
        "read_only": "Je kunt hier lezen en niet veranderen.",
        "conflict": "{name} is intussen veranderd",
        "conflict_text": (
            "Iemand anders, of een ander programma, veranderde dit bestand sinds jij begon. Er is "
            "niets opgeslagen, en wat jij schreef staat hieronder."
        ),
        "mine": "Wat jij veranderde",
        "theirs": "Wat er intussen in het bestand veranderde",
        "together": "Allebei samen",
        "together_text": "Jullie veranderden andere regels, dus beide passen in één tekst.",
        "apart": "Jullie veranderden dezelfde regels. Kies een van beide en neem het andere zelf over.",
        "keep_merged": "Ga verder met allebei",
        "keep_mine": "Ga verder met die van mij",
        "keep_theirs": "Neem wat er nu staat",
        "keep_mine_text": (
            "Je gaat terug naar je tekst. Als je die dan opslaat, vervangt hij wat er nu staat."
        ),
        "left_one": "… 1 regel die gelijk bleef",
        "left_many": "… {count} regels die gelijk bleven",
        "gone": "weg:",
        "come": "nieuw:",
        "no_difference": "Er is geen verschil.",
        "effects": "Wat er verandert",
        "effects_intro": "Als je deze tekst opslaat:",
        "effects_wait": "Bezig met uitzoeken…",
        "effects_lost": "De studio is niet te bereiken. Probeer het zo nog eens.",
        "effects_first": "Nog niets veranderd.",
        "effects_ask": "Dat is nog niet uitgezocht; kies de knop.",
        "effects_errors": "Dat is pas te zeggen als er geen fouten meer in de tekst staan.",
        "effects_none": "Hiervoor waren er geen regels die werken, dus er is niets om mee te vergelijken.",
        "effects_gone": "Dit duurde te lang en is afgebroken.",
        "scenarios_good_one": "Het ene scenario komt uit zoals verwacht.",
        "scenarios_good_many": "Alle {count} scenario’s komen uit zoals verwacht.",
        "scenarios_bad_one": "1 scenario komt niet uit zoals verwacht:",
        "scenarios_bad_many": "{count} scenario’s komen niet uit zoals verwacht:",
        "failing_one": "1 scenario komt niet uit",
        "failing_many": "{count} scenario’s komen niet uit",
        "failed_before": "kwam al niet uit",
        "for": "Bijvoorbeeld voor:",
        "what": "wat",
        "old": "nu",
        "new": "straks",
        "not_decided": "Niet te beslissen: {reason}",
        "no_solver": (
            "Voor wie het advies verandert, is hier niet te zeggen: dat onderdeel is niet geïnstalleerd. "
            'Vraag wie de studio heeft geïnstalleerd om dit uit te voeren: pip install "wellfounded[verify]"'
        ),
        "changed_words": "Wat er anders staat",
        "survivors_button": "Wat zou geen scenario merken?",
        "survivors": "Wat geen scenario zou merken",
        "survivors_intro": (
            "Probeert kleine veranderingen van dit bestand, en zegt welke geen enkel scenario opmerkt. "
            "Dat kan een minuut duren."
        ),
        "survivors_of": (
            "Probeert kleine veranderingen hiervan, en zegt welke geen enkel scenario opmerkt. Wat je in het "
            "formulier invulde, telt mee."
        ),
        "survivors_here": "Alleen van de regel bij de cursor",
        "survivors_about": "Alleen van {title}.",
        "survivors_tried_one": "1 kleine verandering geprobeerd; wat niemand zou merken:",
        "survivors_tried_many": "{count} kleine veranderingen geprobeerd; wat niemand zou merken:",
        "survivors_none": "Elke kleine verandering hiervan die iets uitmaakt, valt op.",
        "survivors_nothing": "Hierin staat niets dat zo te proberen is.",
        "survivor": "als {change}",
        "things": "Bewerk zonder YAML",
        "things_intro": "Een getal, tekst of aanhaling kun je ook in een formulier veranderen of toevoegen:",
        "history": "Geschiedenis",
        "history_of": "Geschiedenis van {name}",
        "no_git": (
            "Deze bestanden staan niet in git, dus er is geen geschiedenis. De laatste keer opslaan kun je "
            "terugzetten zolang de studio draait."
        ),
        "git_trouble": "Git geeft geen bruikbaar antwoord: {reason}",
        "no_commits": "Dit bestand is nog nooit in git vastgelegd.",
        "version_diff": "Verschil met nu",
        "version_text": "De tekst van toen",
        "version_back": "Ga verder met de tekst van toen",
        "version_back_text": "Je ziet dan eerst wat dat verandert, en slaat het op als je dat wilt.",
        "uncommitted": "Opgeslagen, nog niet vastgelegd in git",
        "commit": "Leg vast in git",
        "commit_message": "Wat heb je veranderd, en waarom?",
        "commit_name": "Je naam",
        "commit_mail": "Je e-mailadres",
        "commit_done": "In git vastgelegd als {commit}.",
        "commit_empty": "Schrijf wat je veranderde.",
        "commit_author": "Git weet niet wie je bent: vul je naam en e-mailadres in, zonder < en >.",
        "commit_failed": "Git kon dit niet vastleggen: {reason}",
        "commit_nothing": "Er is niets om vast te leggen.",
        "back_to_text": "Terug naar de tekst",
    },
    "en": {
        "files": "Files",
        "files_intro": "Everything the knowledge base knows is here. Choose a file to read or change it.",
        "files_simple": "Rather without YAML? Look up a number, rule, claim or fact under",
        "files_simple_how": "and choose “Edit this without YAML” there.",
        "wrong": "What is wrong",
        "nothing_wrong": "Nothing is wrong in the files.",
        "errors_one": "1 error",
        "errors_many": "{count} errors",
        "warnings_one": "1 warning",
        "warnings_many": "{count} warnings",
        "error": "Error",
        "warning": "Warning",
        "line": "line {line}",
        "in": "in {about}",
        "here_ok": "All is well in this text.",
        "here": "In this file",
        "elsewhere": "In other files, because of this text or from before",
        "more_one": "And 1 more.",
        "more_many": "And {count} more.",
        "mend": "Write “{text}”",
        "text": "Text of {name}",
        "check": "Check",
        "save": "Save",
        "save_anyway": "Save anyway",
        "effects_button": "What changes?",
        "all_files": "All files",
        "keys": "Keys",
        "key_save": "saves",
        "key_leave": "then Tab: leaves the text (Tab alone indents)",
        "key_complete": "proposes what can stand here",
        "key_next": "goes to the next error",
        "key_find": "searches the text",
        "key_follow": "goes to where the name at the cursor is defined; so does Ctrl+click",
        "follow": "Defined in {name}",
        "saved_at": "Saved at {at}.",
        "saved_broken": "The studio gives advice by the rules from before, until the errors are gone.",
        "undo": "Put back what was there",
        "undone": "What was there has been put back.",
        "undo_gone": ("This is no longer possible: the file was changed since, or the studio was restarted."),
        "warn_errors_one": (
            "There is 1 error in this text. If you save now, the studio gives advice by the rules from "
            "before, until the error is gone."
        ),
        "warn_errors_many": (
            "There are {count} errors in this text. If you save now, the studio gives advice by the "
            "rules from before, until the errors are gone."
        ),
        "checked": "Checked at {at}; not saved.",
        "save_failed": (
            "Saving failed: the studio cannot be reached. What you typed is still here, and in this browser."
        ),
        "not_written": "The file cannot be written: {reason}. Your text is still below.",
        "too_large": "This file is larger than 1 MB. Edit it with another program.",
        "not_utf8": "This file is not UTF-8. Save it as UTF-8 with another program.",
        "has_nul": "There is a NUL byte in this file. Remove it with another program.",
        "text_too_large": "This text is larger than 1 MB and was not saved. Divide it over several files.",
        "text_nul": "There is a NUL byte in this text. It was not saved.",
        "read_only": "You can read here, and change nothing.",
        "conflict": "{name} has changed in the meantime",
        "conflict_text": (
            "Somebody else, or another program, changed this file since you began. Nothing was saved, "
            "and what you wrote is below."
        ),
        "mine": "What you changed",
        "theirs": "What changed in the file meanwhile",
        "together": "Both together",
        "together_text": "You changed different lines, so both fit into one text.",
        "apart": "You both changed the same lines. Choose one, and take over the other by hand.",
        "keep_merged": "Go on with both",
        "keep_mine": "Go on with mine",
        "keep_theirs": "Take what is there now",
        "keep_mine_text": "You go back to your text. If you save it then, it replaces what is there now.",
        "left_one": "… 1 line that stayed",
        "left_many": "… {count} lines that stayed",
        "gone": "gone:",
        "come": "new:",
        "no_difference": "There is no difference.",
        "effects": "What changes",
        "effects_intro": "If you save this text:",
        "effects_wait": "Finding out…",
        "effects_lost": "The studio cannot be reached. Try again in a moment.",
        "effects_first": "Nothing changed yet.",
        "effects_ask": "That was not found out yet; choose the button.",
        "effects_errors": "That can be said once there are no errors left in the text.",
        "effects_none": "There were no rules that worked before, so there is nothing to compare with.",
        "effects_gone": "This took too long and was stopped.",
        "scenarios_good_one": "The one scenario comes out as expected.",
        "scenarios_good_many": "All {count} scenarios come out as expected.",
        "scenarios_bad_one": "1 scenario does not come out as expected:",
        "scenarios_bad_many": "{count} scenarios do not come out as expected:",
        "failing_one": "1 scenario fails",
        "failing_many": "{count} scenarios fail",
        "failed_before": "nor did it before",
        "for": "For example for:",
        "what": "what",
        "old": "now",
        "new": "then",
        "not_decided": "Not decided: {reason}",
        "no_solver": (
            "Whose advice changes cannot be said here: that part is not installed. Ask whoever installed the "
            'studio to run: pip install "wellfounded[verify]"'
        ),
        "changed_words": "What is worded differently",
        "survivors_button": "What would no scenario notice?",
        "survivors": "What no scenario would notice",
        "survivors_intro": (
            "Tries small changes of this file, and says which no scenario notices. That can take a minute."
        ),
        "survivors_of": (
            "Tries small changes of this, and says which no scenario notices. What you filled in counts."
        ),
        "survivors_here": "Only of the rule at the cursor",
        "survivors_about": "Only of {title}.",
        "survivors_tried_one": "1 small change tried; what nobody would notice:",
        "survivors_tried_many": "{count} small changes tried; what nobody would notice:",
        "survivors_none": "Every small change of this that makes a difference is noticed.",
        "survivors_nothing": "There is nothing in this that can be tried this way.",
        "survivor": "if {change}",
        "things": "Edit without YAML",
        "things_intro": "You can also change or add a number, a text or a citation in a form:",
        "history": "History",
        "history_of": "History of {name}",
        "no_git": (
            "These files are not in git, so there is no history. As long as the studio runs, you can put "
            "back what the last save replaced."
        ),
        "git_trouble": "Git gives no answer that can be used: {reason}",
        "no_commits": "This file was never committed to git.",
        "version_diff": "Difference from now",
        "version_text": "The text at the time",
        "version_back": "Go on with the text of that time",
        "version_back_text": "You first see what that changes, and save it if you like.",
        "uncommitted": "Saved, and not committed to git yet",
        "commit": "Commit",
        "commit_message": "What did you change, and why?",
        "commit_name": "Your name",
        "commit_mail": "Your e-mail address",
        "commit_done": "Committed as {commit}.",
        "commit_empty": "Write what you changed.",
        "commit_author": (
            "Git does not know who you are: fill in your name and e-mail address, without < and >."
        ),
        "commit_failed": "Git could not commit this: {reason}",
        "commit_nothing": "There is nothing to commit.",
        "back_to_text": "Back to the text",
    },
}


def edit_words(language: str) -> Words:
    return WORDS[spoken(language)]
