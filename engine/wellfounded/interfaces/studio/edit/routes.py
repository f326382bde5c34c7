"""The addresses of the pages for editing."""

from __future__ import annotations

from starlette.convertors import Convertor, register_url_convertor
from starlette.routing import Route

from wellfounded.interfaces.studio.edit.desk import Desks
from wellfounded.interfaces.studio.edit.editor import Editor
from wellfounded.interfaces.studio.edit.forms import Forms
from wellfounded.interfaces.studio.edit.patience import Patience
from wellfounded.interfaces.studio.edit.shelf import Shelf
from wellfounded.interfaces.studio.pages import Answers


class _Name(Convertor[str]):
    """The name of a file, or the id of a thing: whatever is in it, line ends too, which ``path`` stops at."""

    regex = r"[\s\S]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


def edit_routes(answers: Answers) -> list[Route]:
    """The files, each with a page, what editors ask, forms for simple edits, and what git knows."""
    register_url_convertor("name", _Name())
    desks, patience = Desks(answers.workplace.path), Patience()
    editor, forms = Editor(answers, desks, patience), Forms(answers, desks, patience)
    shelf = Shelf(answers, desks)
    both = ["GET", "POST"]
    return [
        Route("/{language}/edit", shelf.files),
        Route("/{language}/edit/{file:name}", editor.page, methods=both),
        Route("/{language}/edit-form/{kind}/{id:name}", forms.page, methods=both),
        Route("/{language}/edit-undo/{file:name}", editor.undo, methods=both),
        Route("/{language}/edit-ask/{what}/{file:name}", editor.ask, methods=["POST"]),
        Route("/{language}/edit-history/{file:name}", shelf.history),
        Route("/{language}/edit-commit", shelf.commit, methods=both),
    ]
