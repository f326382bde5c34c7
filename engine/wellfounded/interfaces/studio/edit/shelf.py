"""All files together: what is wrong in them, what git knows of them, and committing them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from itertools import groupby
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from wellfounded.interfaces.studio.edit.desk import Desks
from wellfounded.interfaces.studio.edit.effects import Broken, failing
from wellfounded.interfaces.studio.edit.files import as_shown, listed, opened
from wellfounded.interfaces.studio.edit.history import (
    Author,
    Checkout,
    Commit,
    CommitError,
    checkout_of,
)
from wellfounded.interfaces.studio.edit.merge import Piece, differences
from wellfounded.interfaces.studio.edit.problems import Problem, problems
from wellfounded.interfaces.studio.edit.sent import may_write
from wellfounded.interfaces.studio.edit.words import edit_words
from wellfounded.interfaces.studio.forms import fields
from wellfounded.interfaces.studio.pages import Answers, language_of
from wellfounded.interfaces.studio.refused import Refused
from wellfounded.interfaces.studio.words import Words
from wellfounded.model.errors import VersionError

Made = TypeVar("Made")

#: A message has at most so many characters.
LONGEST = 10_000


class Shelf:
    """Answers what is asked of all files, and of the former versions of one."""

    def __init__(self, answers: Answers, desks: Desks) -> None:
        self.answers = answers
        self.desks = desks
        self.root = answers.workplace.path

    async def files(self, request: Request) -> Response:
        return await self._show(request, committed=_commit_in(request.query_params.get("committed", "")))

    async def _show(self, request: Request, status: int = 200, **given: str) -> Response:
        language = language_of(request, self.answers.workplace)
        found = await self.answers.apart.made(request, lambda: self._found(language))
        page = {"wrong_commit": "", "message": "", "name": "", "mail": "", "committed": "", **found, **given}
        return self.answers.page(request, "edit/files.html", status, words=self._words(request), **page)

    def _words(self, request: Request) -> Words:
        return edit_words(language_of(request, self.answers.workplace))

    def _found(self, language: str) -> dict[str, Any]:
        """The files by their folders, what is wrong in them or fails, and which are not committed."""
        found, failed = problems(self.desks.saved()), self._failed(language)
        names = sorted(listed(self.root), key=lambda name: ("/" in name, name))
        folders = [
            (folder, tuple((name, *_counts(name, found), _failing(name, failed)) for name in group))
            for folder, group in groupby(names, key=lambda name: name.rpartition("/")[0])
        ]
        rules = self.answers.workplace.rules
        tried = 0 if rules is None else len(rules.scenarios)
        given = {"problems": found, "failed": failed, "tried": 0 if failed is None else tried}
        return {"folders": folders, **given, **self._in_git(names)}

    def _failed(self, language: str) -> tuple[Broken, ...] | None:
        """The scenarios that fail; ``None`` where there are no rules of now to try them on."""
        workplace = self.answers.workplace
        rules = workplace.rules
        if rules is None or workplace.broken:
            return None
        return rules.once(("failing", language), lambda: failing(rules, self.root, language))

    def _in_git(self, names: list[str]) -> dict[str, Any]:
        """Which files are not committed, and who would commit them; or why git does not say."""
        known = {"is_in_git": True, "uncommitted": (), "author": None, "git_trouble": ""}
        try:
            checkout = checkout_of(self.root)
            if checkout is None:
                return {**known, "is_in_git": False}
            return {**known, "uncommitted": checkout.uncommitted(names), "author": checkout.author}
        except VersionError as error:
            return {**known, "git_trouble": str(error)}

    async def history(self, request: Request) -> Response:
        """The versions of a file, and one of them, if one is asked for."""
        name = request.path_params["file"]
        version = request.query_params.get("version", "")
        file = await asyncio.to_thread(opened, self.root, name)
        checkout, commits = await self._asked(request, lambda: self._log(name))
        shown = next((commit for commit in commits if commit.id == version), None)
        if version and (shown is None or checkout is None):
            raise Refused(404)
        text = ""
        difference: tuple[Piece, ...] = ()
        if shown is not None and checkout is not None:
            data = await self._asked(request, lambda: checkout.bytes_at(shown.id, name))
            text = as_shown((data or b"").decode("utf-8-sig", errors="replace"))
            difference = await asyncio.to_thread(differences, text, file.text)
        return self.answers.page(
            request,
            "edit/history.html",
            file=file,
            is_in_git=checkout is not None,
            commits=commits,
            shown=shown,
            text=text,
            difference=difference,
            words=self._words(request),
        )

    async def commit(self, request: Request) -> Response:
        """Commit the files that were saved, with a message, and as whom git knows or who is given."""
        if request.method != "POST":  # another language was asked for where it was refused
            return RedirectResponse(f"/{language_of(request, self.answers.workplace)}/edit", 303)
        may_write(self.answers)
        sent = await fields(request)
        said = self._words(request)
        message = as_shown(sent.get("message", ""))[:LONGEST].strip()
        given = Author(sent.get("name", "").strip(), sent.get("mail", "").strip())
        checkout = await self._asked(request, lambda: checkout_of(self.root))
        if checkout is None:
            raise Refused(404)
        kept = {"message": message, "name": given.name, "mail": given.mail}
        if not message or "\0" in message:
            return await self._show(request, 422, wrong_commit=said["commit_empty"], **kept)
        known = await self._asked(request, lambda: checkout.author)
        author = known if known.is_known else given
        if not author.can_be:
            return await self._show(request, 422, wrong_commit=said["commit_author"], **kept)
        try:
            made = await asyncio.to_thread(self._commit, checkout, message, author)
        except (CommitError, VersionError) as error:
            wrong = said["commit_failed"].format(reason=error)
            return await self._show(request, 409, wrong_commit=wrong, **kept)
        if not made:
            return await self._show(request, 409, wrong_commit=said["commit_nothing"], **kept)
        language = language_of(request, self.answers.workplace)
        return RedirectResponse(f"/{language}/edit?committed={made}", 303)

    def _log(self, name: str) -> tuple[Checkout | None, tuple[Commit, ...]]:
        checkout = checkout_of(self.root)
        return checkout, () if checkout is None else checkout.log(name)

    async def _asked(self, request: Request, ask: Callable[[], Made]) -> Made:
        """What git answers. Raises ``Refused`` where it does not."""
        try:
            return await self.answers.apart.made(request, ask)
        except VersionError as error:
            raise Refused(502, self._words(request)["git_trouble"].format(reason=error)) from None

    def _commit(self, checkout: Checkout, message: str, author: Author) -> str:
        names = checkout.uncommitted(sorted(listed(self.root)))
        return checkout.commit(names, message, author) if names else ""


def _commit_in(written: str) -> str:
    """The name of a commit that stands in an address, where anybody may have written anything."""
    return written if re.fullmatch("[0-9a-f]{4,64}", written) else ""


def _failing(name: str, failed: tuple[Broken, ...] | None) -> int:
    return sum(one.file == name for one in failed or ())


def _counts(name: str, found: tuple[Problem, ...]) -> tuple[int, int]:
    here = [problem for problem in found if problem.file == name]
    wrong = sum(problem.is_error for problem in here)
    return wrong, len(here) - wrong
