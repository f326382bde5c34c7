"""A file of people that somebody chose → its text and format, or what is wrong with it.

The file stays in memory: nothing of it is written to the disk, however large it is.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import PurePath

from starlette.datastructures import FormData, UploadFile

from wellfounded.interfaces.retold import told_in
from wellfounded.interfaces.size import size_text
from wellfounded.interfaces.studio.people.values import Values
from wellfounded.interfaces.studio.words import Words
from wellfounded.load.person import person_in
from wellfounded.model.errors import FactError
from wellfounded.model.record import Record

#: The most bytes of a file: in the page that answers it is sent once more, perhaps with longer line ends.
LARGEST = 4 * 1024 * 1024
_FORMATS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".yaml": "person",
    ".yml": "person",
    ".json": "person",
}


class Sent(Record, frozen=True):
    """A table as text, ``form`` csv or ndjson; or the ``problem`` with what was sent.

    ``note`` is what to look at where it was not clear how the text was to be read.
    """

    text: str = ""
    form: str = ""
    problem: str = ""
    note: str = ""


async def table_in(form: FormData, values: Values) -> Sent:
    """The table in a form: the one that was chosen, or else the one that the page holds."""
    file, held = form.get("file"), form.get("people")
    if isinstance(file, UploadFile) and file.filename:
        return _read(await file.read(), PurePath(file.filename).name, values)
    if isinstance(held, str) and held.strip():
        return Sent(held.removeprefix("\r\n"), "csv" if form.get("format") == "csv" else "ndjson")
    return Sent(problem=values.said["no_file"])


def _read(data: bytes, name: str, values: Values) -> Sent:
    said = values.said
    form = _FORMATS.get(PurePath(name).suffix.lower())
    if form is None:
        return Sent(problem=said["wrong_kind"].format(name=name[-100:], allowed=", ".join(_FORMATS)))
    if len(data) > LARGEST:
        return Sent(problem=said["too_large"].format(size=size_text(LARGEST, values.language)))
    if form == "person":
        return _person(data, name, values)
    try:
        return Sent(data.decode("utf-8-sig"), form)
    except UnicodeDecodeError:
        return _of_a_spreadsheet(data, form, said)


def _of_a_spreadsheet(data: bytes, form: str, said: Words) -> Sent:
    """CSV as spreadsheets write it who do not write UTF-8; facts are written alike, names may not be."""
    with suppress(UnicodeDecodeError):
        if form == "csv" and b"\0" not in data:
            return Sent(data.decode("cp1252"), form, note=said["not_utf_8"])
    return Sent(problem=said["not_text"])


def _person(data: bytes, name: str, values: Values) -> Sent:
    """One person as a table of one."""
    from wellfounded.review.crowd import as_lines  # noqa: PLC0415  # an extra, imported when it is asked for

    try:
        facts = person_in(values.wording.content, data, name[-100:])
    except FactError as error:
        return Sent(problem=values.said["file_wrong"].format(reason=told_in(values.language, error)))
    return Sent(as_lines([facts]).decode(), "ndjson")
