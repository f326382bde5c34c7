"""Forms for simple edits: a number, a text, a citation, without YAML."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from wellfounded.advise.phrases import phrases
from wellfounded.authoring.write import ChangedMeanwhileError
from wellfounded.editing.folder import View
from wellfounded.editing.source import Source
from wellfounded.interfaces.audit_words import spoken
from wellfounded.interfaces.handbook.addresses import address, file_names
from wellfounded.interfaces.retold import Say, say_in
from wellfounded.interfaces.studio.edit.desk import Desks
from wellfounded.interfaces.studio.edit.files import Opened, Saves, as_shown, as_written, opened
from wellfounded.interfaces.studio.edit.merge import Piece, differences
from wellfounded.interfaces.studio.edit.problems import Problem, Units, problems
from wellfounded.interfaces.studio.edit.sent import fields, may_write
from wellfounded.interfaces.studio.edit.simple import (
    PLACES,
    Field,
    Path,
    Unwritable,
    fields_of,
    number_written,
    place_of,
    replaced,
)
from wellfounded.interfaces.studio.edit.words import edit_words, path_words
from wellfounded.interfaces.studio.pages import Answers, language_of
from wellfounded.interfaces.studio.refused import Refused
from wellfounded.interfaces.studio.words import Words
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import Map, Node, Scalar, Sequence, at_path, children
from wellfounded.model.record import Record
from wellfounded.model.thing import Kind, Thing
from wellfounded.review.uses import uses


class Filled(Record, frozen=True):
    """A field with what was written in it, what it ``was`` when the form was opened, and what is wrong."""

    field: Field
    label: str
    written: str
    was: str
    wrong: str = ""

    @property
    def is_changed(self) -> bool:
        return self.written != self.was


class Form(Record, frozen=True, gc=True):
    """The form of a thing. ``made`` is the file's text with all that was changed, if that can be written."""

    kind: str
    id: str
    file: Opened
    line: int
    filled: tuple[Filled, ...]
    made: str | None = None
    difference: tuple[Piece, ...] = ()
    wrong: tuple[Problem, ...] = ()
    notice: str = ""

    @property
    def is_good(self) -> bool:
        return self.made is not None and not self.wrong and not any(filled.wrong for filled in self.filled)


class Forms:
    """Answers what is asked of single things."""

    def __init__(self, answers: Answers, desks: Desks, saves: Saves) -> None:
        self.answers = answers
        self.desks = desks
        self.saves = saves

    async def page(self, request: Request) -> Response:
        may_write(self.answers)
        if request.path_params["kind"] not in PLACES:
            raise Refused(404)
        sent = await fields(request) if request.method == "POST" else {}
        form = await asyncio.to_thread(self._form, request, sent)
        language = language_of(request, self.answers.workplace)
        said = edit_words(language)
        if sent.get("do") == "save" and form.is_good and not form.notice and form.made is not None:
            try:
                data = as_written(form.file.data, form.made)
                await asyncio.to_thread(self.saves.save, form.file, data)
                return RedirectResponse(f"{request.url.path}?saved=yes", 303)
            except ChangedMeanwhileError:
                form = await asyncio.to_thread(self._form, request, sent)
            except OSError as error:
                why = say_in(language)(error.strerror or "", "reason")
                raise Refused(500, said["not_written"].format(reason=why)) from None
        status = 200 if not sent or form.is_good else 422
        return self.answers.page(
            request,
            "edit/form.html",
            409 if form.notice else status,
            form=form,
            words=said,
            sent=bool(sent),
            about=self._about(form, language),
            phrases=phrases(language),
            was_saved="saved" in request.query_params and self.saves.before(form.file) is not None,
        )

    def _about(self, form: Form, language: str) -> str:
        """The address of the page about a thing; nothing as long as the rules that can be used have none."""
        rules = self.answers.workplace.rules
        if rules is None:
            return ""
        names = rules.once("names", lambda: file_names(uses(rules.knowledge_base.content).of))
        name = names.get(Thing(Kind(form.kind), form.id), "")
        return f"/{address(language, name)}" if name else ""

    def _form(self, request: Request, sent: Mapping[str, str]) -> Form:
        kind, id = request.path_params["kind"], request.path_params["id"]
        language = language_of(request, self.answers.workplace)
        view = self.desks.saved()
        place = place_of(view, kind, id)
        if place is None:
            raise Refused(404)
        name, path = place
        file = opened(self.answers.workplace.path, name)
        found = fields_of(view, name, file.text, kind, path, language)
        line = _line(file.text, name, path)
        filled = tuple(_filled(field, sent, language) for field in found)
        form = Form(kind, id, file, line, filled)
        return self._tried(form, view, sent, language) if sent else form

    def _tried(self, form: Form, view: View, sent: Mapping[str, str], language: str) -> Form:
        """The form with what would come of it."""
        said = edit_words(language)
        notice = said["form_moved"] if sent.get("digest") != form.file.digest else ""
        if any(filled.wrong for filled in form.filled):
            return replace(form, notice=notice)
        values: dict[Path, str | float] = {
            filled.field.path: _value(filled, language) for filled in form.filled if filled.is_changed
        }
        name = form.file.name
        try:
            made = replaced(form.file.text, name, values)
        except Unwritable:
            return replace(
                form, wrong=(Problem(name, 0, 0, 0, True, said["form_bad"], "", ""),), notice=notice
            )
        known = {(p.file, p.message) for p in problems(view)}
        tried = problems(self.desks.typed("forms", name, made))
        wrong = tuple(p for p in tried if p.is_error and (p.file, p.message) not in known)
        filled, rest = _at_fields(form.filled, wrong, name, made, say_in(language))
        return replace(
            form,
            filled=filled,
            made=made,
            difference=differences(form.file.text, made),
            wrong=rest,
            notice=notice,
        )


def _filled(field: Field, sent: Mapping[str, str], language: str) -> Filled:
    """A field as it was sent; one that nobody touched is as the file has it now."""
    label = path_words(field.steps, language)
    was = as_shown(sent.get(f"was.{field.key}", field.text))
    written = as_shown(sent.get(field.key, field.text))
    if written == was:
        return Filled(field, label, field.text, field.text)
    return Filled(field, label, written, field.text, _wrong(field, written, language))


def _wrong(field: Field, written: str, language: str) -> str:
    said = edit_words(language)
    if not written.strip():
        return said["form_empty"]
    if field.is_number and number_written(written, spoken(language)) is None:
        return said["form_number"].format(written=written[:60])
    return ""


def _value(filled: Filled, language: str) -> str | float:
    number = number_written(filled.written, spoken(language)) if filled.field.is_number else None
    return filled.written if number is None else number


def _line(text: str, name: str, path: Path) -> int:
    node, _ = read_yaml(text, name)
    return 0 if node is None else at_path(node, path).position.line


def _at_fields(
    filled: tuple[Filled, ...], wrong: tuple[Problem, ...], name: str, made: str, say: Say
) -> tuple[tuple[Filled, ...], tuple[Problem, ...]]:
    """What is wrong at the fields where it stands, and the rest."""
    node, _ = read_yaml(made, name)
    if node is None:
        return filled, wrong
    source, units = Source(made), Units(made)
    told: set[int] = set()
    marked = []
    for one in filled:
        start = source.offset(at_path(node, one.field.path).position)
        end = source.scalars.get(start, start)
        inside = [
            number
            for number, problem in enumerate(wrong)
            if problem.file == name and start <= units.offset(problem.start) <= end and problem.line
        ]
        says = " ".join(
            f"{say(wrong[number].message)} {say(wrong[number].help)}".strip() for number in inside
        )
        told.update(inside)
        marked.append(Filled(one.field, one.label, one.written, one.was, one.wrong or says))
    return tuple(marked), tuple(p for number, p in enumerate(wrong) if number not in told)


def things_in(view: View, name: str, said: Words) -> tuple[tuple[str, str, str], ...]:
    """The things of a file that have a form: kind, what the kind is called, and id."""
    document = view.documents.get(name)
    if document is None or document.tree is None:
        return ()
    return tuple(
        (kind, said[kind], id)
        for kind, place in PLACES.items()
        if place in document.tree
        for id in _ids(document.tree.entries[place])
    )


def _ids(things: Node) -> Iterator[str]:
    for step, thing in children(things):
        id = thing.get("id") if isinstance(thing, Map) and isinstance(things, Sequence) else None
        if isinstance(things, Map):
            yield str(step)
        elif isinstance(id, Scalar):
            yield id.text
