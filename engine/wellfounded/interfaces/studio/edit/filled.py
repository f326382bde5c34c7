"""A form as it was filled in: what stands in each field, what is wrong with it, and the text it makes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from wellfounded.authoring.yaml_text import Words as Text
from wellfounded.editing.source import Source
from wellfounded.interfaces.studio.edit.entries import Field, name_of
from wellfounded.interfaces.studio.edit.files import as_shown
from wellfounded.interfaces.studio.edit.form_words import form_words
from wellfounded.interfaces.studio.edit.numbers import number_written, shown_number
from wellfounded.interfaces.studio.edit.problems import Problem, Units
from wellfounded.interfaces.studio.edit.simple import Path, Value, completed, landed, replaced, without
from wellfounded.load.as_written import TwoReadings
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import path_at, plain
from wellfounded.model.record import Record

#: A name that YAML reads as a number, and authors write as one.
_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")


class Filled(Record, frozen=True):
    """A field with what was written in it, and what is wrong with that: told by us, or found in the files.

    ``met`` if somebody else changed the same value meanwhile.
    """

    field: Field
    written: str
    wrong: str = ""
    found: tuple[Problem, ...] = ()
    met: bool = False

    @property
    def is_changed(self) -> bool:
        return self.written != self.field.text

    @property
    def is_wrong(self) -> bool:
        return bool(self.wrong or self.found)


def filled(fields: Iterable[Field], sent: Mapping[str, str], language: str) -> tuple[Filled, ...]:
    """The fields as they were sent; one that nobody touched is as the file has it now.

    Numbers that were typed in another language are read in that one.
    """
    typed_in = sent.get("spoken", language)
    made = tuple(_filled(field, sent, typed_in, language) for field in fields)
    return tuple(_alone(one, made, language) for one in made)


def met(form: Iterable[Filled], sent: Mapping[str, str], language: str) -> tuple[Filled, ...]:
    """The fields, with those marked that were changed in the file since the form was opened, and here too."""
    is_readable = sent.get("spoken", language) == language
    return tuple(
        replace(
            one,
            met=one.is_changed
            and (is_readable or one.field.look != "number")
            and as_shown(sent.get(f"was.{one.field.key}", one.field.text)) != one.field.text,
        )
        for one in form
    )


def _filled(field: Field, sent: Mapping[str, str], typed_in: str, language: str) -> Filled:
    written = as_shown(sent.get(field.key, field.text))
    if written == as_shown(sent.get(f"was.{field.key}", field.text)):
        return Filled(field, field.text)
    said = form_words(language)
    if not written.strip():
        may_go = field.look == "text" or not field.is_there
        return Filled(field, "", "" if may_go else said["form_empty"])
    if field.look == "choice" and written not in field.choices:
        return Filled(field, written, said["form_choice"].format(written=written[:60]))
    if field.look != "number":
        return Filled(field, written)
    try:
        number = number_written(written, typed_in)
    except TwoReadings as two:
        either = said["form_either"].format(written=written[:60], whole=two.whole, decimal=two.decimal)
        return Filled(field, written, either)
    if number is None:
        return Filled(field, written, said["form_number"].format(written=written[:60]))
    return Filled(field, shown_number(number, language) if typed_in != language else written.strip())


def _alone(one: Filled, all_of_them: Iterable[Filled], language: str) -> Filled:
    """A field with what is wrong with it if it was left empty and the other end of its range was not."""
    way = one.field.path[:-1]
    if one.written or one.wrong or one.field.look != "number" or not isinstance(one.field.path[-1], int):
        return one
    is_half = any(other.written for other in all_of_them if other.field.path[:-1] == way)
    return replace(one, wrong=form_words(language)["form_both"]) if is_half else one


def made_of(
    text: str,
    name: str,
    thing: Path,
    form: Iterable[Filled],
    language: str,
    order: Callable[[Path], tuple[str, ...]],
) -> str:
    """The text of a file with all that was changed in a form without mistakes. Raises ``Unwritable``."""
    changed = [one for one in form if one.is_changed]
    gone = gone_with(text, name, changed)
    kept = [one for one in changed if one.field.path not in gone and not one.field.goes]
    there = {one.field.path: _value(one, language) for one in kept if one.field.is_there}
    new = {one.field.path: _value(one, language) for one in kept if not one.field.is_there}
    made = replaced(text, name, there)
    made = completed(made, name, new, order) if new else made
    return without(made, name, gone, len(thing)) if gone else made


def gone_with(text: str, name: str, form: Iterable[Filled]) -> tuple[Path, ...]:
    """The ways to what goes: texts that were emptied, and items that were chosen to."""
    node, _ = read_yaml(text, name)
    said = None if node is None else plain(node)
    return tuple(way for one in form if one.is_changed and (way := _gone(said, one)))


def _gone(said: Any, one: Filled) -> Path:
    field = one.field
    if not field.goes:
        return field.path if field.look == "text" and not one.written else ()
    for step in field.path[:-1]:
        said = said[step]
    place = next((n for n, item in enumerate(said) if name_of(item) == one.written), None)
    return () if place is None else (*field.path[:-1], place)


def _value(one: Filled, language: str) -> Value:
    number = number_written(one.written, language) if one.field.look == "number" else None
    if number is not None:
        return number
    if one.field.look == "text":
        return Text(one.written)
    is_number = one.field.path[-1] == "reference" and _WHOLE.fullmatch(one.written)
    return int(one.written) if is_number else one.written


def at_fields(
    form: tuple[Filled, ...], found: Iterable[Problem], name: str, before: str, after: str, thing: Path
) -> tuple[tuple[Filled, ...], tuple[Problem, ...]]:
    """What is wrong in the text ``after``, at the fields of the thing where it stands, and the rest."""
    node, _ = read_yaml(after, name)
    old, _ = read_yaml(before, name)
    if node is None or old is None:
        return form, tuple(found)
    source, units, said = Source(after), Units(after), plain(old)
    gone = [way for way in gone_with(before, name, form) if isinstance(way[-1], int)]  # those behind move up
    paths = [landed(said, one.field.path, gone) for one in form]
    told: dict[int, list[Problem]] = {}
    rest = []
    for problem in found:
        at = None
        if problem.file == name and problem.line:
            stands = path_at(node, units.offset(problem.start), source.offset)
            at = _nearest(stands, form, paths, len(thing))
        if at is None:
            rest.append(problem)
        else:
            told.setdefault(at, []).append(problem)
    return tuple(replace(one, found=tuple(told.get(n, ()))) for n, one in enumerate(form)), tuple(rest)


def _nearest(path: Path, form: tuple[Filled, ...], paths: list[Path], least: int) -> int | None:
    """The field whose way has most in common with a path; rather one that is missing, or was changed."""
    ranked = [
        (_common(path, other), not form[n].written, form[n].is_changed, -n) for n, other in enumerate(paths)
    ]
    best = max(ranked, default=(0, False, False, 0))
    return -best[3] if best[0] > least else None


def _common(path: Path, other: Path) -> int:
    """How many steps two paths have in common."""
    pairs = zip(path, other, strict=False)
    return next((count for count, (one, two) in enumerate(pairs) if one != two), min(len(path), len(other)))
