"""The addresses of the pages for editing."""

from __future__ import annotations

from starlette.routing import Route

from wellfounded.interfaces.studio.edit.desk import Desks
from wellfounded.interfaces.studio.edit.editor import Editor
from wellfounded.interfaces.studio.edit.forms import Forms
from wellfounded.interfaces.studio.edit.patience import Patience
from wellfounded.interfaces.studio.edit.shelf import Shelf
from wellfounded.interfaces.studio.pages import Answers


def edit_routes(answers: Answers) -> list[Route]:
    """The files, each with a page, what editors ask, forms for simple edits, and what git knows."""
    desks, patience = Desks(answers.workplace.path), Patience()
    editor, forms = Editor(answers, desks, patience), Forms(answers, desks, patience)
    shelf = Shelf(answers, desks)
    both = ["GET", "POST"]
    return [
        Route("/{language}/edit", shelf.files),
        Route("/{language}/edit/{file:path}", editor.page, methods=both),
        Route("/{language}/edit-form/{kind}/{id:path}", forms.page, methods=both),
        Route("/{language}/edit-undo/{file:path}", editor.undo, methods=["POST"]),
        Route("/{language}/edit-ask/{what}/{file:path}", editor.ask, methods=["POST"]),
        Route("/{language}/edit-history/{file:path}", shelf.history),
        Route("/{language}/edit-commit", shelf.commit, methods=["POST"]),
    ]
