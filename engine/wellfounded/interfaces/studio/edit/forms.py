"""Forms for simple edits: a number, a text, a citation, without YAML. What is saved was looked at before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from wellfounded.authoring.write import ChangedMeanwhileError
from wellfounded.editing.expected import keys_at
from wellfounded.editing.folder import View
from wellfounded.editing.schemas import schema_of
from wellfounded.interfaces.audit_words import spoken
from wellfounded.interfaces.handbook.addresses import address, file_names
from wellfounded.interfaces.handbook.book import language_name
from wellfounded.interfaces.retold import say_in
from wellfounded.interfaces.studio.edit.desk import Desks
from wellfounded.interfaces.studio.edit.effects import Effects, Survivors, effects, survivors, typed
from wellfounded.interfaces.studio.edit.entries import PLACES, fields_of, place_of
from wellfounded.interfaces.studio.edit.files import Opened, as_written, opened
from wellfounded.interfaces.studio.edit.filled import Filled, at_fields, filled, made_of, met
from wellfounded.interfaces.studio.edit.form_words import form_words
from wellfounded.interfaces.studio.edit.groups import groups
from wellfounded.interfaces.studio.edit.merge import Piece, differences
from wellfounded.interfaces.studio.edit.patience import Patience
from wellfounded.interfaces.studio.edit.problems import Problem, problems
from wellfounded.interfaces.studio.edit.sent import may_write
from wellfounded.interfaces.studio.edit.simple import Path, Unwritable
from wellfounded.interfaces.studio.edit.titles import Titles
from wellfounded.interfaces.studio.edit.words import edit_words
from wellfounded.interfaces.studio.forms import fields
from wellfounded.interfaces.studio.pages import Answers, language_of
from wellfounded.interfaces.studio.refused import Refused
from wellfounded.interfaces.studio.saves import SAVED, mark_of
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import at_path, plain
from wellfounded.model.diagnostic import unknown_yet
from wellfounded.model.record import Record
from wellfounded.model.thing import Kind, Thing
from wellfounded.review.uses import uses


class Form(Record, frozen=True, gc=True):
    """The form of a thing. ``made`` is the file's text with all that was changed, if that can be written.

    ``wrong`` is what is wrong elsewhere because of it; anything that was not wrong before is refused.
    ``warned`` is what is new and only to be noted.
    """

    kind: str
    id: str
    file: Opened
    line: int
    filled: tuple[Filled, ...]
    made: str | None = None
    difference: tuple[Piece, ...] = ()
    wrong: tuple[Problem, ...] = ()
    warned: tuple[Problem, ...] = ()
    is_refused: bool = False
    notice: str = ""
    effects: Effects | None = None
    survivors: Survivors | None = None

    @property
    def is_good(self) -> bool:
        return self.made is not None and not self.is_refused

    @property
    def is_changed(self) -> bool:
        return any(one.is_changed for one in self.filled)

    @property
    def seen(self) -> str:
        """What a page that shows what would be saved is known by."""
        return sha256((self.made or "").encode()).hexdigest()

    @property
    def count_wrong(self) -> int:
        return sum(one.is_wrong for one in self.filled)


class Forms:
    """Answers what is asked of single things."""

    def __init__(self, answers: Answers, desks: Desks, patience: Patience) -> None:
        self.answers = answers
        self.workplace = answers.workplace
        self.desks = desks
        self.patience = patience

    async def page(self, request: Request) -> Response:
        may_write(self.answers)
        if request.path_params["kind"] not in PLACES:
            raise Refused(404)
        sent = await fields(request) if request.method == "POST" else {}
        form = await asyncio.to_thread(self._form, request, sent)
        if not sent:
            return self._show(request, form)
        do = sent.get("do", "check")
        if do == "language":
            return self._show(
                request, replace(form, filled=tuple(replace(f, wrong="") for f in form.filled)), True
            )
        if not form.is_good:
            return self._show(request, form, True, 409 if form.notice else 422)
        if do == "survivors":
            tried = await self.patience.made(request, lambda gone: self._survivors(form, gone))
            return self._show(request, replace(form, survivors=tried or Survivors("gone")), True)
        if do == "save" and form.is_changed and not form.notice:
            if sent.get("seen") == form.seen:
                return await self._save(request, form, sent)
            form = replace(form, notice=form_words(self._language(request))["form_look"])
            return await self._preview(request, form, 200)
        return await self._preview(request, form, 409 if form.notice else 200)

    async def _preview(self, request: Request, form: Form, status: int) -> Response:
        if form.is_changed:
            made = await self.patience.made(request, lambda gone: self._effects(request, form, gone))
            form = replace(form, effects=made or Effects("gone"))
        return self._show(request, form, True, status)

    async def _save(self, request: Request, form: Form, sent: Mapping[str, str]) -> Response:
        file = form.file
        try:
            data = as_written(file.data, form.made or "")
            await asyncio.to_thread(self.workplace.write, file.name, file.data, data)
        except ChangedMeanwhileError:
            form = await asyncio.to_thread(self._form, request, sent)
            return await self._preview(request, form, 409)
        except OSError as error:
            language = self._language(request)
            reason = say_in(language)(error.strerror or "", "reason")
            told = edit_words(language)["not_written"].format(reason=reason)
            return self._show(request, replace(form, notice=told), True, 422)
        return RedirectResponse(f"{request.url.path}?{SAVED}={mark_of(data)}", 303)

    def _language(self, request: Request) -> str:
        return language_of(request, self.workplace)

    def _show(self, request: Request, form: Form, is_sent: bool = False, status: int = 200) -> Response:
        language, rules = self._language(request), self.workplace.rules
        titles = Titles(None if rules is None else rules.knowledge_base.content, language)
        rest = request.url.path.split("/", 2)[2]
        done = self.workplace.saves.done(request.query_params, form.file.name, form.file.digest)
        return self.answers.page(
            request,
            "edit/form.html",
            status,
            form=form,
            groups=list(groups(form.kind, form.id, form.filled, titles)),
            name=titles.of(form.kind, form.id),
            words={**edit_words(language), **form_words(language)},
            titles=titles,
            is_sent=is_sent,
            about=self._about(form, language),
            path=request.url.path,
            folder=self.workplace.key,
            others=[
                (code, language_name(code, spoken(language)), f"/{code}/{rest}")
                for code in self.workplace.languages
                if code != language
            ],
            state="" if is_sent else done,
        )

    def _about(self, form: Form, language: str) -> str:
        """The address of the page about a thing; nothing as long as the rules that can be used have none."""
        rules = self.workplace.rules
        if rules is None:
            return ""
        names = rules.once("names", lambda: file_names(uses(rules.knowledge_base.content).of))
        name = names.get(Thing(Kind(form.kind), form.id), "")
        return f"/{address(language, name)}" if name else ""

    def _form(self, request: Request, sent: Mapping[str, str]) -> Form:
        kind, id = request.path_params["kind"], request.path_params["id"]
        language = self._language(request)
        view = self.desks.saved()
        place = place_of(view, kind, id)
        if place is None:
            raise Refused(404)
        name, path = place
        file = opened(self.workplace.path, name)
        found = fields_of(view, name, file.text, kind, path, self.workplace.languages, language)
        line = _line(file.text, name, path)
        form = Form(kind, id, file, line, filled(found, sent, language))
        if sent:
            return self._tried(form, view, path, sent, language)
        text = view.documents[name].now.text
        marked, _ = at_fields(form.filled, _errors(view), name, text, text, path)
        return replace(form, filled=marked)

    def _tried(self, form: Form, view: View, path: Path, sent: Mapping[str, str], language: str) -> Form:
        """The form with what would come of it."""
        file, said = form.file, form_words(language)
        if sent.get("digest") != file.digest:
            form = replace(form, notice=said["form_moved"], filled=met(form.filled, sent, language))
        if any(one.wrong for one in form.filled):
            return replace(form, is_refused=True)
        try:
            made = made_of(file.text, file.name, path, form.filled, language, _order(view, file))
        except Unwritable:
            told = Problem(file.name, form.line, 0, 0, True, said["form_bad"], "", "")
            return replace(form, wrong=(told,), is_refused=True)
        found = problems(self.desks.typed("forms", file.name, made))
        more = unknown_yet(found, problems(view), lambda one: (one.file, one.about, one.message))
        new = tuple(one for one in more if one.is_error)
        marked, rest = at_fields(
            form.filled, (one for one in found if one.is_error), file.name, file.text, made, path
        )
        return replace(
            form,
            filled=marked,
            made=made,
            difference=differences(file.text, made),
            wrong=tuple(one for one in rest if one in new),
            warned=tuple(one for one in more if not one.is_error),
            is_refused=bool(new),
        )

    def _effects(self, request: Request, form: Form, gone: Callable[[], bool]) -> Effects:
        made = typed(self.workplace.path, form.file.name, form.made or "")
        return effects(self.workplace.rules, made, self._language(request), self.workplace.solver, gone)

    def _survivors(self, form: Form, gone: Callable[[], bool]) -> Survivors:
        made = typed(self.workplace.path, form.file.name, form.made or "")
        return survivors(made, form.file.name, self.workplace.solver, gone, f"{form.kind} {form.id}")


def _errors(view: View) -> tuple[Problem, ...]:
    return tuple(one for one in problems(view) if one.is_error)


def _order(view: View, file: Opened) -> Callable[[Path], tuple[str, ...]]:
    """In which order keys stand, as the schema has them."""
    node, _ = read_yaml(file.text, file.name)
    whole: Any = None if node is None else plain(node)
    schema = schema_of(view.documents[file.name].kind, view)
    return lambda path: tuple(keys_at(schema, whole, path, "en"))


def _line(text: str, name: str, path: Path) -> int:
    node, _ = read_yaml(text, name)
    return 0 if node is None else at_path(node, path).position.line
