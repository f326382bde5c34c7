"""A file with one JSON object a line → chunks."""

from __future__ import annotations

import io
import json
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import msgspec
import polars as pl
import pyarrow as pa
from pyarrow.json import ParseOptions, ReadOptions, read_json

from wellfounded.batch.chunk import Apart, Chunk, Chunks, Reached, named_twice, numbered, refused
from wellfounded.model.content import Content, FactType
from wellfounded.model.suggest import suggestion

BLOCK = 16 * 1024 * 1024
#: What is kept has the types that it has in so many lines.
FIRST = 1000

#: So few lines are read one by one rather than halved again to find which of them do not fit.
_FEW = 32
_LONGEST_LINE = 1024 * 1024

_TYPES = {FactType.BOOLEAN: pa.bool_(), FactType.NUMBER: pa.float64(), FactType.CHOICE: pa.string()}
_OBJECTS = msgspec.json.Decoder(msgspec.Raw)


def from_ndjson(file: BinaryIO, reached: Reached, content: Content, keep: Sequence[str]) -> Chunks:
    """The lines of a file. Empty ones are passed over.

    A line stands apart where it is no object, where a fact's value is not of the fact's type, and where a key
    is neither a fact nor in ``keep``. What is kept has the types of the first lines. Raises ``FactError``
    where such a key is in the first line already.
    """
    schema: pa.Schema | None = None
    first = 1
    for lines in _blocks(file):
        if schema is None:
            schema = _schema(lines, content, keep)
        tables, apart = _read(lines, first, schema)
        yield Chunk(pl.concat(tables), tuple(apart), reached())
        first += len(lines)


def _blocks(file: BinaryIO) -> Iterator[list[bytes]]:
    """Lines that are not empty, many at once; at least one list, which may be empty."""
    rest, nothing = file.read(len(BOM_UTF8)).removeprefix(BOM_UTF8), True
    while data := file.read(BLOCK):
        *whole, rest = (rest + data).split(b"\n")
        if max(map(len, (*whole, rest))) > _LONGEST_LINE:
            raise refused(f"a line is longer than {_LONGEST_LINE:,} bytes", "write one JSON object a line")
        lines = [line for line in map(bytes.strip, whole) if line]
        if lines:
            yield lines
            nothing = False
    if rest.strip() or nothing:
        yield [rest.strip()] if rest.strip() else []


def _schema(lines: list[bytes], content: Content, keep: Sequence[str]) -> pa.Schema:
    types = {fact.id: _TYPES[fact.type] for fact in content.facts.values() if fact.can_be_stated}
    objects = [found for found in map(_object, lines[:FIRST]) if isinstance(found, dict)]
    if lines and lines[0].startswith(b"["):
        raise refused("this is a JSON list", "write one JSON object a line, without commas between them")
    first = _object(lines[0]) if lines else ""
    for name in first if isinstance(first, dict) else ():
        if name not in types and name not in keep:
            message = f"`{name}` is neither a fact that can be stated nor kept"
            raise refused(message, suggestion(name, types))
    for name in keep:
        if objects and not any(name in found for found in objects):
            help = "where it is not known of the first person, write null"
            raise refused(f"there is no `{name}` to keep in the first lines", help)
        if name not in types:
            types[name] = _type_of([found[name] for found in objects if found.get(name) is not None])
    return pa.schema(list(types.items()))


def _type_of(values: list[Any]) -> pa.DataType:
    kinds = {type(value) for value in values}
    if kinds == {bool}:
        return pa.bool_()
    if kinds == {int} and all(-(2**63) <= value < 2**63 for value in values):
        return pa.int64()
    return pa.float64() if float in kinds and kinds <= {int, float} else pa.string()


def _read(lines: list[bytes], first: int, schema: pa.Schema) -> tuple[list[pl.DataFrame], list[Apart]]:
    """The lines that fit the schema as tables, and those that may not."""
    table = _table(lines, schema)
    if table is not None:
        rows = list(range(first, first + len(lines)))
        return [numbered(pl.DataFrame(pl.from_arrow(table)), rows)], []
    if len(lines) <= _FEW:
        none = numbered(pl.DataFrame(pl.from_arrow(schema.empty_table())), [])
        return [none], [_apart(row, line) for row, line in enumerate(lines, first)]
    half = len(lines) // 2
    before, apart_before = _read(lines[:half], first, schema)
    after, apart_after = _read(lines[half:], first + half, schema)
    return before + after, apart_before + apart_after


def _table(lines: list[bytes], schema: pa.Schema) -> pa.Table | None:
    """The lines as a table, if every one of them is an object that fits the schema.

    PyArrow ends the process on some lines that are no objects, so that is looked at before.
    """
    if not lines:
        return schema.empty_table()
    text = b"\n".join(lines)
    try:
        text.decode()
        objects = _OBJECTS.decode_lines(text)
        if len(objects) != len(lines) or not all(line.startswith(b"{") for line in lines):
            return None
        table = read_json(
            io.BytesIO(text),
            ReadOptions(block_size=len(text) + 1),
            ParseOptions(explicit_schema=schema, unexpected_field_behavior="error"),
        )
    except (UnicodeDecodeError, msgspec.DecodeError, RecursionError, pa.ArrowInvalid):
        return None
    return table if table.num_rows == len(lines) else None


def _apart(row: int, line: bytes) -> Apart:
    written = line.decode(errors="backslashreplace")
    found = _object(line)
    if isinstance(found, dict):
        return Apart(row, written, stated=found)
    return Apart(row, written, reason=found)


def _object(line: bytes) -> dict[str, Any] | str:
    """The object on a line, or why there is none."""
    twice: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        name = named_twice(name for name, _ in items)
        twice.extend([] if name is None else [name])
        return dict(items)

    try:
        found = json.loads(line.decode(), object_pairs_hook=pairs, parse_constant=_no_number)
    except UnicodeDecodeError:
        return "it is not UTF-8 text"
    except (ValueError, RecursionError) as error:
        return f"it is not JSON: {error}"
    if twice:
        return f"`{twice[0]}` is there twice"
    if not isinstance(found, dict):
        return "it is not a JSON object"
    return found if _is_text(found) else "it holds half of a surrogate pair, which is no character"


def _is_text(found: Any) -> bool:
    try:
        return json.dumps(found, ensure_ascii=False).encode() != b""
    except UnicodeEncodeError:
        return False


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is not a number")
