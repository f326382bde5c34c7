"""A verdict that somebody records: read from a form, tried on the files, and written.

A form carries the digest of the file it was made from. Where the file has changed since, nothing is written.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from wellfounded.advise.phrases import phrases
from wellfounded.authoring.insert import InsertError
from wellfounded.authoring.verdict import FOUND, Found, Outcome, tried, with_verdict
from wellfounded.authoring.write import ChangedMeanwhileError
from wellfounded.interfaces.audit_words import words_in
from wellfounded.interfaces.handbook.book import language_name
from wellfounded.interfaces.retold import diagnostic_in, say_in
from wellfounded.interfaces.studio.evidence.pages import day_of
from wellfounded.interfaces.studio.evidence.words import evidence_words
from wellfounded.interfaces.studio.words import Words
from wellfounded.interfaces.studio.workplace import Rules, Workplace, is_inside
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.load.files import File, decode, read_files
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import Map, path_at, plain
from wellfounded.model.content import Citation, Support
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.digest import digest
from wellfounded.model.position import Position
from wellfounded.model.record import Record
from wellfounded.model.suggest import with_help
from wellfounded.review.audit import audit

#: The most characters of a reason, and of a name.
MOST = {"reason": 2000, "by": 200}


class Field(Record, frozen=True):
    """A field of the form: what is in it, and what is wrong with that."""

    name: str
    value: str
    problem: str = ""


class Form(Record, frozen=True):
    """The form, with a reason for each language; ``based_on`` is the digest of the file it was made from."""

    support: Field
    reasons: Mapping[str, Field]
    by: Field
    on: Field
    based_on: str

    @property
    def fields(self) -> tuple[Field, ...]:
        return (self.support, *self.reasons.values(), self.by, self.on)

    @property
    def day(self) -> str:
        """What the field for the day can hold: nothing else than a day."""
        return self.on.value if day_of(self.on.value) else ""

    @property
    def wrong(self) -> int:
        return sum(bool(field.problem) for field in self.fields)

    @property
    def as_typed(self) -> Form:
        """The same, with nothing said of it."""
        reasons = {language: Field(field.name, field.value) for language, field in self.reasons.items()}
        support, by, on = (Field(field.name, field.value) for field in (self.support, self.by, self.on))
        return Form(support, reasons, by, on, self.based_on)

    @property
    def found(self) -> Found:
        """What the form says; only of one without anything wrong."""
        reasons = {language: field.value for language, field in self.reasons.items()}
        return Found(Support(self.support.value), reasons, self.by.value, self.on.value)


class Place(Record, frozen=True):
    """A citation: that of a claim with a number from 1, and the file it is written in, as that is now."""

    claim: str
    number: int
    citation: Citation
    file: File

    @property
    def digest(self) -> str:
        return sha256(self.file.data).hexdigest()


class Told(Record, frozen=True):
    """What the check of all files says: where, and at which ``field`` of the form, if at one."""

    position: Position
    text: str
    field: str = ""


class Trial(Record, frozen=True):
    """What would happen: the lines that change, what is wrong with them, and whose support changes."""

    lines: tuple[tuple[str, str], ...]
    errors: tuple[Told, ...]
    warnings: tuple[Told, ...]
    effects: tuple[str, ...]
    after: bytes


def place_of(workplace: Workplace, rules: Rules, claim: str, number: int) -> Place | None:
    """A citation with the file that it is in; nothing where there is none. Raises ``OSError``."""
    known = rules.knowledge_base.content.claims.get(claim)
    if known is None or not 1 <= number <= len(known.cites):
        return None
    name = known.position.file
    path = workplace.path_of(name)
    if not is_inside(path, workplace.path):
        return None
    return Place(claim, number, known.cites[number - 1], File(name, path.read_bytes()))


def is_there(place: Place) -> bool:
    """Whether the file, as it is now, has the citation: what cites which work may have changed."""
    text, undecoded = decode(place.file)
    node, refused = read_yaml(text, place.file.name)
    if undecoded or refused or not isinstance(node, Map):
        return False
    try:
        written = plain(node)["claims"][place.claim]["cites"][place.number - 1]
        return str(written["reference"]) == place.citation.reference
    except (KeyError, IndexError, TypeError):
        return False


def empty_form(place: Place, languages: tuple[str, ...], today: date) -> Form:
    """The form with what is there already; the name and the day are those of whoever looks now."""
    support = place.citation.support
    return Form(
        Field("support", str(support) if support in FOUND else ""),
        {
            language: Field(f"reason-{language}", place.citation.reason.get(language, ""))
            for language in languages
        },
        Field("by", ""),
        Field("on", today.isoformat()),
        place.digest,
    )


def read_form(sent: Mapping[str, str], languages: tuple[str, ...], said: Words, today: date) -> Form:
    """The form as it was sent, with what is wrong at each field."""
    written = {name: " ".join(value.split()) for name, value in sent.items()}
    reasons = {}
    for language in languages:
        name = f"reason-{language}"
        reasons[language] = _text(name, written.get(name, ""), "reason", said)
    return Form(
        _support(written.get("support", ""), said),
        reasons,
        _text("by", written.get("by", ""), "by", said),
        _day(written.get("on", ""), said, today),
        written.get("based-on", "")[:64],
    )


def _support(value: str, said: Words) -> Field:
    if not value:
        return Field("support", "", said["support_missing"])
    known = value in [str(support) for support in FOUND]
    return Field("support", value, "" if known else said["support_unknown"].format(written=value[:100]))


def _text(name: str, value: str, kind: str, said: Words) -> Field:
    if not value:
        return Field(name, "", said[f"{kind}_missing"])
    most = MOST[kind]
    long = said["too_long"].format(count=len(value), most=most) if len(value) > most else ""
    return Field(name, value, long)


def _day(value: str, said: Words, today: date) -> Field:
    if not value:
        return Field("on", "", said["on_missing"])
    day = day_of(value)
    if day is None:
        return Field("on", value, said["on_unknown"].format(written=value[:100]))
    return Field("on", value, said["on_later"].format(written=value) if day > today else "")


def trial(workplace: Workplace, rules: Rules, place: Place, found: Found, language: str, on: date) -> Trial:
    """What recording a verdict would come to. Raises ``InsertError`` where it cannot be written alone."""
    changed = with_verdict(place.file, place.claim, place.number - 1, found)
    files, unread = read_files(workplace.path)
    outcome = tried(files, unread, changed, on)
    return Trial(
        tuple(_difference(place.file, changed)),
        tuple(_told(found, place, changed, language) for found in outcome.errors),
        tuple(_told(found, place, changed, language) for found in outcome.warnings),
        () if outcome.errors else tuple(_effects(rules.knowledge_base, outcome, language, on)),
        changed.data,
    )


def _told(diagnostic: Diagnostic, place: Place, changed: File, language: str) -> Told:
    told, at = diagnostic_in(language, diagnostic), diagnostic.position
    text = with_help(told.message, told.help)
    node, _ = read_yaml(decode(changed)[0], changed.name)
    if node is None or at.file != changed.name or not at.line:
        return Told(at, text)
    path = path_at(node, (at.line, at.column), lambda one: (one.line, one.column))
    citation = ("claims", place.claim, "cites", place.number - 1)
    steps = path[len(citation) :] if path[: len(citation)] == citation else ()
    match steps:
        case ("reason", written_in, *_):
            return Told(at, text, f"reason-{written_in}")
        case ("checked", ("by" | "on") as name, *_):
            return Told(at, text, str(name))
    return Told(at, text, "support" if steps[:1] == ("support",) else "")


def marked(form: Form, found: tuple[Told, ...]) -> Form:
    """The form with what was found wrong, at the fields where it stands."""

    def field(one: Field) -> Field:
        told = " ".join(each.text for each in found if each.field == one.name)
        return Field(one.name, one.value, one.problem or told)

    reasons = {language: field(one) for language, one in form.reasons.items()}
    return Form(field(form.support), reasons, field(form.by), field(form.on), form.based_on)


def _difference(before: File, after: File) -> list[tuple[str, str]]:
    """The lines that change, each with what happens to it: added, removed or same."""
    old, new = (decode(file)[0].splitlines() for file in (before, after))
    kinds = {"+": "added", "-": "removed", " ": "same"}
    lines = list(difflib.unified_diff(old, new, n=2, lineterm=""))[2:]
    return [(kinds.get(line[:1], "place"), line) for line in lines]


def _effects(known: KnowledgeBase, outcome: Outcome, language: str, on: date) -> list[str]:
    """The recommendations whose strongest direct support changes."""
    content, core = outcome.built.content, outcome.built.core
    if content is None or core is None:
        return []
    before = audit(known.content, known.core, known.digest, language, on)
    after = audit(content, core, digest(content), language, on)
    strongest = {item.id: item.directly.strongest for item in before.recommendations}
    said = evidence_words(language)
    return [
        said["effect"].format(
            title=item.title,
            before=_support_word(strongest[item.id], language),
            after=_support_word(item.directly.strongest, language),
        )
        for item in after.recommendations
        if item.id in strongest and strongest[item.id] != item.directly.strongest
    ]


def _support_word(support: Support | None, language: str) -> str:
    return phrases(language)["own"] if support is None else words_in(language)[f"support_{support}"]


def saved(workplace: Workplace, place: Place, after: bytes) -> bool:
    """Write the file, unless it was changed since it was read. Raises ``OSError``."""
    try:
        workplace.write(place.file.name, place.file.data, after)
    except ChangedMeanwhileError:
        return False
    return True


def refusal(error: InsertError | OSError, place: Place, language: str) -> str:
    """Why a verdict cannot be written."""
    said, say = evidence_words(language), say_in(language)
    if isinstance(error, OSError):
        reason = say(error.strerror or str(error), "reason")
        return said["cannot_write"].format(file=place.file.name, reason=reason)
    return said["cannot_change"].format(reason=say(str(error)))


def named(languages: tuple[str, ...], spoken: str) -> Mapping[str, str]:
    """Each language by its name in the language that is spoken."""
    return {language: language_name(language, spoken) for language in languages}
