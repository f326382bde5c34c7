"""What of a thing can be changed in a form: the values that are there, and those that can be added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from wellfounded.check.rules import verdicts_of
from wellfounded.editing.expected import keys_at, values_at
from wellfounded.editing.folder import View
from wellfounded.editing.schemas import schema_of
from wellfounded.interfaces.studio.edit.numbers import shown_number
from wellfounded.interfaces.studio.edit.simple import GONE, NEW, Path
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import Map, Node, Scalar, at_path, children, plain
from wellfounded.load.node import Sequence as Items
from wellfounded.model.record import Record

#: The kinds of things that have a form, and where they stand in a file.
PLACES = {"parameter": "parameters", "fact": "facts", "claim": "claims", "rule": "rules"}

_NUMBERS = frozenset({"value", "range", "span", "step"})
_NAMES = frozenset({"claim", "because", "background", "reference"})


class Field(Record, frozen=True):
    """A value that can be changed, or added if it is not there: ``text`` as somebody writes it.

    ``path`` leads to it from the top of its file, ``steps`` from its thing. A choice has ``choices``; where
    something is chosen that is to go, they are the names of what is there.
    """

    path: Path
    steps: Path
    text: str
    look: Literal["text", "number", "choice"]
    choices: tuple[str, ...] = ()
    is_there: bool = True

    @property
    def goes(self) -> bool:
        """Whether what is chosen goes."""
        return self.steps[-1] == GONE

    @property
    def key(self) -> str:
        return ".".join(map(str, self.path))


def place_of(view: View, kind: str, id: str) -> tuple[str, Path] | None:
    """In which file a thing is, and the path to it."""
    for name, document in view.documents.items():
        things = document.tree.get(PLACES[kind]) if document.tree is not None else None
        for step, found in _named(things) if things is not None else ():
            if found == id:
                return name, (PLACES[kind], step)
    return None


def things_in(view: View, name: str) -> tuple[tuple[str, str], ...]:
    """The things of a file that have a form: kind and id."""
    document = view.documents.get(name)
    if document is None or document.tree is None:
        return ()
    return tuple(
        (kind, id)
        for kind, place in PLACES.items()
        if place in document.tree
        for _, id in _named(document.tree.entries[place])
    )


def thing_at(text: str, name: str, line: int) -> tuple[str, str] | None:
    """The thing that a line of a file is in, or that is last before it: kind and id."""
    node, found = read_yaml(text, name)
    if found or not isinstance(node, Map):
        return None
    starts = [
        (_line_of(node.entries[place], step), kind, id)
        for kind, place in PLACES.items()
        if place in node
        for step, id in _named(node.entries[place])
    ]
    _, kind, id = max((one for one in starts if one[0] <= line), default=(0, "", ""))
    return (kind, id) if id else None


def _line_of(things: Node, step: str | int) -> int:
    return things.keys[str(step)].line if isinstance(things, Map) else at_path(things, (step,)).position.line


def _named(things: Node) -> Iterator[tuple[str | int, str]]:
    """The things of a kind, each with the step that leads to it and its id."""
    for step, thing in children(things):
        id = thing.get("id") if isinstance(thing, Map) and isinstance(things, Items) else None
        if isinstance(things, Map):
            yield step, str(step)
        elif isinstance(id, Scalar):
            yield step, id.text


def fields_of(
    view: View, name: str, text: str, kind: str, path: Path, languages: Sequence[str], language: str
) -> tuple[Field, ...]:
    """What of a thing can be changed or added in a form, in a ``language`` for numbers."""
    node, found = read_yaml(text, name)
    if node is None or found:
        return ()
    try:
        thing = at_path(node, path)
    except (KeyError, IndexError):
        return ()
    said = plain(thing)
    if not isinstance(said, Mapping):
        return ()
    schema, whole = schema_of(view.documents[name].kind, view), plain(node)
    allowed = keys_at(schema, whole, path, "en")
    content = view.content or view.sound
    rule = None if kind != "rule" or content is None else content.rules.get(str(said.get("id")))
    verdicts = () if rule is None or rule.target is None else verdicts_of(rule.target)
    made = []
    for steps in _ways(kind, said, languages, verdicts):
        if steps[0] in allowed:
            listed = values_at(schema, whole, (*path, *steps)) if steps[-1] == "stance" else ()
            choices = _names(view, said, steps) or tuple(map(str, listed))
            made.append(_field(thing, path, steps, choices, language))
    return tuple(field for field in made if field is not None)


def _field(thing: Node, path: Path, steps: Path, choices: tuple[str, ...], language: str) -> Field | None:
    try:
        here = at_path(thing, steps)
    except (KeyError, IndexError, TypeError, AttributeError):
        here = None
    if here is not None and not isinstance(here, Scalar):
        return None
    text = "" if here is None else here.text
    if steps[0] in _NUMBERS:
        number = None if here is None else here.value
        if isinstance(number, int | float) and not isinstance(number, bool):
            text = shown_number(number, language)
        return Field((*path, *steps), steps, text, "number", (), here is not None)
    if choices:
        known = choices if here is None or text in choices else (text, *choices)
        return Field((*path, *steps), steps, text, "choice", known, here is not None)
    is_choice = steps[-1] == GONE or not _NAMES.isdisjoint(map(str, steps))
    return None if is_choice else Field((*path, *steps), steps, text, "text", (), here is not None)


def _names(view: View, thing: Mapping[str, Any], steps: Path) -> tuple[str, ...]:
    """The names that can stand somewhere: of claims or of references, without those that do already."""
    if steps[-1] == GONE:
        names = [name_of(one) for one in _list(thing.get(str(steps[0])))]
        return tuple(name for name in names if name and names.count(name) == 1)
    content = view.content or view.sound
    if content is None or _NAMES.isdisjoint(map(str, steps)):
        return ()
    if steps[-1] == "reference":
        cited = {str(one.get("reference")) for one in _list(thing.get("cites")) if isinstance(one, Mapping)}
        return tuple(id for id in content.references if id not in cited)
    rests_on = {*_list(thing.get("because")), *_list(thing.get("background"))} if steps[-1] == NEW else set()
    return tuple(id for id in content.claims if id not in rests_on)


def name_of(item: Any) -> str:
    """What an item of a list is named by: the claim that it is, or the reference or work that it cites."""
    return str(item.get("reference", item.get("work", ""))) if isinstance(item, Mapping) else str(item)


def _list(item: Any) -> list[Any]:
    return [part for part in item if not isinstance(part, list)] if isinstance(item, list) else []


def _ways(
    kind: str, thing: Mapping[str, Any], languages: Sequence[str], verdicts: Sequence[str]
) -> Iterator[Path]:
    """The way to every value that a form has: from a thing of a kind, in the order of the form."""
    ways = {"parameter": _of_parameter, "fact": _of_fact, "claim": _of_claim}
    for way in ways[kind](thing) if kind in ways else _of_rule(thing, verdicts):
        if way[-1] == "":  # a text, in each language
            written = _under(thing, way[:-1])
            known = tuple(map(str, written)) if isinstance(written, Mapping) else ()
            for language in dict.fromkeys((*known, *languages)):
                yield (*way[:-1], language)
        else:
            yield way


def _of_parameter(thing: Mapping[str, Any]) -> Iterator[Path]:
    yield from [("range", 0), ("range", 1)] if "range" in thing else [("value",)]
    yield "label", ""
    yield ("claim",)


def _of_fact(thing: Mapping[str, Any]) -> Iterator[Path]:
    yield "label", ""
    if "question" in thing or not ("formula" in thing or thing.get("derived")):
        yield "question", ""
        yield "help", ""
    for choice in _keys(thing.get("choices")):
        yield "choices", choice, ""
    yield from [("span", 0), ("span", 1), ("step",)]


def _of_claim(thing: Mapping[str, Any]) -> Iterator[Path]:
    yield "says", ""
    yield "contradiction", ""
    for key, text in (("cites", "reason"), ("further_evidence", "finding")):
        for place, one in enumerate(thing[key] if isinstance(thing.get(key), list) else ()):
            if key == "further_evidence":  # the support of a citation is recorded with a name and a day
                yield key, place, "stance"
            yield key, place, text, ""
            if isinstance(one, Mapping):
                yield from ((key, place, "locator", label) for label in _keys(one.get("locator")))
        if key == "cites":
            yield key, NEW, "reference"
        yield key, GONE


def _of_rule(thing: Mapping[str, Any], verdicts: Sequence[str]) -> Iterator[Path]:
    yield "title", ""
    if "target" in thing:
        for verdict in dict.fromkeys((*_keys(thing.get("says")), *map(str, verdicts))):
            yield "says", verdict, ""
    elif "conclude" not in thing or "says" in thing:
        yield "says", ""
    for key in ("because", "background"):
        yield key, NEW
        yield key, GONE


def _keys(item: Any) -> tuple[str, ...]:
    return tuple(map(str, item)) if isinstance(item, Mapping) else ()


def _under(item: Any, steps: Path) -> Any:
    for step in steps:
        try:
            item = item[step]
        except (KeyError, IndexError, TypeError):
            return None
    return item
