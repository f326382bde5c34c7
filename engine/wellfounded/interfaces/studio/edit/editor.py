"""One file: shown, checked, saved, and put back; never over what somebody else wrote meanwhile."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from wellfounded.authoring.write import ChangedMeanwhileError
from wellfounded.editing.folder import View
from wellfounded.interfaces.retold import say_in
from wellfounded.interfaces.studio.apart import Apart
from wellfounded.interfaces.studio.edit import asked
from wellfounded.interfaces.studio.edit.desk import Desks
from wellfounded.interfaces.studio.edit.effects import Effects, Survivors, effects, survivors, typed
from wellfounded.interfaces.studio.edit.entries import thing_at, things_in
from wellfounded.interfaces.studio.edit.files import LARGEST, Opened, as_shown, as_written, opened
from wellfounded.interfaces.studio.edit.form_words import form_words
from wellfounded.interfaces.studio.edit.merge import differences, merged
from wellfounded.interfaces.studio.edit.patience import Patience
from wellfounded.interfaces.studio.edit.problems import Problem, as_data, errors, mended, problems
from wellfounded.interfaces.studio.edit.sent import may_write, number_in, sent_text
from wellfounded.interfaces.studio.edit.sheet import Notice, Sheet, fresh, parted
from wellfounded.interfaces.studio.edit.titles import Titles
from wellfounded.interfaces.studio.edit.words import edit_words
from wellfounded.interfaces.studio.forms import fields
from wellfounded.interfaces.studio.pages import Answers, language_of
from wellfounded.interfaces.studio.refused import Refused
from wellfounded.interfaces.studio.saves import PUT_BACK, mark_of
from wellfounded.interfaces.studio.words import Words, counted

#: Where a save can be undone as well: in a form, and where a verdict is recorded.
_OWN = re.compile(r"/[A-Za-z-]+/(?:edit-form|evidence/verdict)/[\w./%+-]+", re.ASCII)

#: Editors ask after every key: so many are answered at once, so many wait, none for more than these seconds.
AT_ONCE, WAITING, PATIENCE = 2, 30, 30.0


class Editor:
    """Answers what is asked of single files."""

    def __init__(self, answers: Answers, desks: Desks, patience: Patience) -> None:
        self.answers = answers
        self.desks = desks
        self.patience = patience
        self.workplace = answers.workplace
        self.root = answers.workplace.path
        self._checks = Apart(AT_ONCE, WAITING, PATIENCE)

    async def page(self, request: Request) -> Response:
        """The page of a file, and what is done with its text."""
        if request.method == "POST":
            may_write(self.answers)
            return await self._done(request, await fields(request))
        file = await asyncio.to_thread(self._opened, request)
        return await self._show(request, fresh(file, number_in(request.query_params.get("line", ""))))

    def _opened(self, request: Request) -> Opened:
        return opened(self.root, request.path_params["file"])

    def _words(self, request: Request) -> Words:
        return edit_words(language_of(request, self.answers.workplace))

    async def _show(
        self, request: Request, sheet: Sheet, status: int = 200, found: tuple[Problem, ...] | None = None
    ) -> Response:
        if found is None:
            found = await asyncio.to_thread(self._problems, sheet)
        sheet = replace(sheet, replaced=self.workplace.saves.before(sheet.name, sheet.opened.digest))
        done = self.workplace.saves.done(request.query_params, sheet.name, sheet.opened.digest)
        things = await asyncio.to_thread(self._things, request, sheet.name)
        return self.answers.page(
            request,
            "edit/file.html",
            status,
            sheet=sheet,
            words=self._words(request),
            was_put_back=done == PUT_BACK,
            folder=self.workplace.key,
            things=things,
            titles=self._titles(request),
            **parted(found, sheet.name),
        )

    def _titles(self, request: Request) -> Titles:
        rules = self.workplace.rules
        content = None if rules is None else rules.knowledge_base.content
        return Titles(content, language_of(request, self.workplace))

    def _things(self, request: Request, name: str) -> list[tuple[str, str, str, str]]:
        """The things that have a form: what the kind is called, the title, and the kind and id of each."""
        titles, said = self._titles(request), form_words(language_of(request, self.workplace))
        found = things_in(self.desks.saved(), name)
        return [(said[kind], titles.of(kind, id), kind, id) for kind, id in found]

    def _problems(self, sheet: Sheet) -> tuple[Problem, ...]:
        is_as_saved = sheet.opened.trouble or sheet.text == sheet.opened.text
        return problems(
            self.desks.saved() if is_as_saved else self.desks.typed(sheet.desk, sheet.name, sheet.text)
        )

    async def _done(self, request: Request, sent: Mapping[str, str]) -> Response:
        said = self._words(request)
        file = await asyncio.to_thread(self._opened, request)
        text, base = as_shown(sent.get("text", "")), as_shown(sent.get("base", ""))
        desk, line = sent.get("desk", "")[:40] or "none", number_in(sent.get("line", ""))
        sheet = Sheet(file, text, base, sent.get("digest", ""), desk, "typed", line)
        do, _, rest = sent.get("do", "check").partition(":")
        if file.trouble:
            return await self._show(request, fresh(file), 409)
        if max(len(text.encode()), len(base.encode())) > LARGEST:
            told = replace(sheet, notices=(Notice(said["text_too_large"], "problem"),))
            return await self._show(request, told, 413, ())
        if "\0" in text:
            told = replace(sheet, notices=(Notice(said["text_nul"], "problem"),))
            return await self._show(request, told, 400, ())
        match do:
            case "save" | "anyway":
                return await self._save(request, sheet, do == "anyway")
            case "mine" | "merged":
                return await self._show(request, sheet)
            case "theirs":
                return await self._show(request, fresh(file, source="theirs"))
            case "effects":
                made = await self.patience.made(request, lambda gone: self._effects(sheet, request, gone))
                return await self._show(request, replace(sheet, effects=made or Effects("gone")))
            case "survivors" | "survivors-here":
                about = thing_at(text, file.name, sheet.line) if do == "survivors-here" else None
                tried = await self.patience.made(request, lambda gone: self._survivors(sheet, gone, about))
                of = "" if about is None else self._titles(request).of(*about)
                return await self._show(
                    request, replace(sheet, survivors=tried or Survivors("gone"), tried_of=of)
                )
            case "mend":
                found = await asyncio.to_thread(self._problems, sheet)
                mends = (problem.mend for problem in found if problem.file == file.name and problem.mend)
                wanted = next((m for m in mends if rest == f"{m.start}:{m.end}:{m.text}"), None)
                if wanted is not None:
                    sheet = replace(sheet, text=mended(text, wanted))
                return await self._show(request, sheet)
        checked = said["checked"].format(at=f"{datetime.now():%H:%M}")
        return await self._show(request, replace(sheet, notices=(Notice(checked),)))

    async def _save(self, request: Request, sheet: Sheet, anyway: bool) -> Response:
        said = self._words(request)
        file = sheet.opened
        if sheet.text == file.text:
            return self._to_page(request)
        if sheet.digest != file.digest:
            return await self._conflict(request, sheet)
        found = await asyncio.to_thread(self._problems, sheet)
        wrong = errors(found)
        if wrong and not anyway:
            warning = Notice(counted(said, "warn_errors", wrong), "problem", anyway=True)
            return await self._show(request, replace(sheet, notices=(warning,)), 422, found)
        try:
            await asyncio.to_thread(
                self.workplace.write, file.name, file.data, as_written(file.data, sheet.text)
            )
        except ChangedMeanwhileError:
            file = await asyncio.to_thread(self._opened, request)
            return await self._conflict(request, replace(sheet, opened=file))
        except OSError as error:
            why = say_in(language_of(request, self.answers.workplace))(error.strerror or "", "reason")
            told = said["not_written"].format(reason=why)
            return await self._show(request, replace(sheet, notices=(Notice(told, "problem"),)), 422, found)
        return self._to_page(request)

    def _to_page(self, request: Request) -> Response:
        language = language_of(request, self.answers.workplace)
        return RedirectResponse(asked.address(language, request.path_params["file"]), 303)

    async def _conflict(self, request: Request, sheet: Sheet) -> Response:
        """Nothing was saved: both edits, and what can be done now."""
        found = await asyncio.to_thread(_edits, sheet)
        words = self._words(request)
        return self.answers.page(request, "edit/conflict.html", 409, sheet=sheet, words=words, **found)

    async def undo(self, request: Request) -> Response:
        """Put back what the last save replaced, unless the file was changed since."""
        if request.method != "POST":  # another language was asked for where what came of it is shown
            return self._to_page(request)
        may_write(self.answers)
        sent = await fields(request)
        said = self._words(request)
        file = await asyncio.to_thread(self._opened, request)
        kept = as_shown(sent.get("text", file.text))
        if len(kept.encode()) > LARGEST:
            raise Refused(413)
        is_met = sent.get("digest") == file.digest
        before = self.workplace.saves.before(file.name, file.digest) if is_met else None
        if before is not None:
            try:
                await asyncio.to_thread(self.workplace.write, file.name, file.data, before.data)
            except (ChangedMeanwhileError, OSError):
                before = None
        now = await asyncio.to_thread(self._opened, request)
        if before is not None and kept == file.text:
            language = language_of(request, self.answers.workplace)
            to = sent.get("to", "")
            back = to if _OWN.fullmatch(to) else asked.address(language, file.name)
            return RedirectResponse(f"{back}?{PUT_BACK}={mark_of(before.data)}", 303)
        gone = before is None
        notice = Notice(said["undo_gone"], "problem") if gone else Notice(said["undone"])
        sheet = fresh(now, notices=(notice,))
        if kept != file.text:  # what was typed since is not lost
            sheet = replace(sheet, text=kept, source="typed")
        return await self._show(request, sheet, 409 if gone else 200)

    async def ask(self, request: Request) -> Response:
        """What an editor asks while somebody types; the text is all that is sent."""
        may_write(self.answers)
        text = as_shown(await sent_text(request))
        what, name = request.path_params["what"], request.path_params["file"]
        desk = request.query_params.get("desk", "")[:40] or "none"
        at = number_in(request.query_params.get("at", ""))
        return JSONResponse(
            await self._checks.made(request, lambda: self._asked(request, what, name, desk, at, text)),
            headers={"cache-control": "no-store"},
        )

    def _asked(self, request: Request, what: str, name: str, desk: str, at: int, text: str) -> Any:
        opened(self.root, name)
        view = self.desks.typed(desk, name, text)
        language = language_of(request, self.answers.workplace)
        match what:
            case "check":
                return self._checked(view, name, language)
            case "complete":
                return asked.completions(view, name, at, language)
            case "hover":
                return asked.hovered(view, name, at, language)
        raise Refused(404)

    def _checked(self, view: View, name: str, language: str) -> Any:
        words = edit_words(language)
        found = parted(problems(view), name)
        listed = self.answers.environment.get_template("edit/problems.html")
        html = listed.render(words=words, language=language, name=name, forms=True, **found)
        return {"problems": as_data(found["inside"], words, say_in(language)), "html": html}

    def _effects(self, sheet: Sheet, request: Request, gone: Callable[[], bool]) -> Effects:
        workplace = self.answers.workplace
        made = typed(self.root, sheet.name, sheet.text)
        return effects(workplace.rules, made, language_of(request, workplace), workplace.solver, gone)

    def _survivors(self, sheet: Sheet, gone: Callable[[], bool], about: tuple[str, str] | None) -> Survivors:
        made = typed(self.root, sheet.name, sheet.text)
        return survivors(made, sheet.name, self.workplace.solver, gone, " ".join(about or ()))


def _edits(sheet: Sheet) -> Mapping[str, Any]:
    """What became of a text on either side, and both together. Takes a moment for large ones."""
    both = merged(sheet.base, sheet.text, sheet.opened.text)
    return {
        "both": both,
        "mine": differences(sheet.base, sheet.text),
        "theirs": differences(sheet.base, sheet.opened.text),
        "together": () if both is None else differences(sheet.opened.text, both),
    }
