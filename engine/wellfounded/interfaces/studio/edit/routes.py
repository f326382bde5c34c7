"""The addresses of the pages for editing."""

from __future__ import annotations

import asyncio
from itertools import groupby
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wellfounded.editing.folder import View
from wellfounded.interfaces.studio.edit.desk import Desks
from wellfounded.interfaces.studio.edit.editor import Editor
from wellfounded.interfaces.studio.edit.files import Saves, listed
from wellfounded.interfaces.studio.edit.problems import Problem, problems
from wellfounded.interfaces.studio.edit.words import edit_words
from wellfounded.interfaces.studio.pages import Answers, language_of
from wellfounded.load.files import SCENARIOS


def edit_routes(answers: Answers) -> list[Route]:
    """The files, each with a page, what editors ask, and forms for simple edits."""
    desks, saves = Desks(answers.workplace.path), Saves()
    editor = Editor(answers, desks, saves)

    async def files(request: Request) -> Response:
        found = await asyncio.to_thread(_files, answers, desks)
        words = edit_words(language_of(request, answers.workplace))
        return answers.page(request, "edit/files.html", words=words, **found)

    return [
        Route("/{language}/edit", files),
        Route("/{language}/edit/{file:path}", editor.page, methods=["GET", "POST"]),
        Route("/{language}/edit-undo/{file:path}", editor.undo, methods=["POST"]),
        Route("/{language}/edit-ask/{what}/{file:path}", editor.ask, methods=["POST"]),
    ]


def _files(answers: Answers, desks: Desks) -> dict[str, Any]:
    """The files by their folders, and what is wrong in them."""
    view: View = desks.saved()
    found = problems(view)
    names = sorted(listed(answers.workplace.path), key=lambda name: ("/" in name, name))
    folders = [
        (folder, tuple((name, *_counts(name, found)) for name in group))
        for folder, group in groupby(names, key=lambda name: name.rpartition("/")[0])
    ]
    return {"folders": folders, "problems": found, "scenario_endings": SCENARIOS}


def _counts(name: str, found: tuple[Problem, ...]) -> tuple[int, int]:
    here = [problem for problem in found if problem.file == name]
    wrong = sum(problem.is_error for problem in here)
    return wrong, len(here) - wrong
