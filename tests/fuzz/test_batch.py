"""Files of people damaged at random: each is refused in a sentence, or every row of it is accounted for.

The files are read in another process, since what reads them is not ours and may end it. The process prints
the seed of each file before it reads it, so that the last one printed is the one it ended on.
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import polars as pl
import pyarrow.parquet as pq
import pytest

import wellfounded
from tests.fuzz.mutations import ODD_ITEMS, ODD_VALUES, in_bytes, in_text
from tests.people import Population
from wellfounded import ConflictError, FactError, KnowledgeBase

FEEDERS = Path(__file__).parent / "feeders.yaml"
PARTS = 4
FILES = 100

Damage: TypeAlias = Callable[[list[dict[str, Any]], Random], bytes]

#: Lines that some reader of JSON has stumbled over.
ODD_LINES = [
    b"null", b"[]", b"5", b'"x"', b"\x00", b"{", b"}", b"{}", b"{}{}", b"{} null", b"{},",
    b"\xef\xbb\xbf{}", b'{"seed": 1e999}', b'{"seed": -1e-999}', b'{"seed": 01}', b'{"seed": 1.}',
    b'{"seed": +1}', b'{"seed": nan}', b'{"seed": ' + b"9" * 5000 + b"}",
    b'{"seed": 0.' + b"0" * 5000 + b"1}", b'{"seed": NaN}', b'{"seed": -}', b'{"season": "\\ud800"}',
    b'{"season": "\\udc00\\ud800"}', b'{"season": "\\u0000"}', b'{"season": "\xff"}', b'{"\\ud800": 1}',
    b'{"": 1}', b'{"\\u0073eed": 1}', b'{"seed": 1, "\\u0073eed": 2}', b'{"seed": 1 "a": 2}',
    b"[" * 100_000, b'{"seed":' * 50_000, b'{"seed":' + b"[" * 5000 + b"]" * 5000 + b"}",
    b"[" * 600 + b"]" * 600, b'{"seed":' * 900 + b"1" + b"}" * 900,
    b'{"season": "' + b"x" * 900_000 + b'"}', b'{"season": "winter"} # x', b"// x", b"{'seed': 1}",
    b'{"seed": 1}\x0b', b'{"seed": {"seed": 1, "seed": 2}}', b'{"id": {}}', b'{"id": [null]}',
    b'{"id": 1e5}', b'{"id": 99999999999999999999}', b'{"id": "\\ud83c"}', b'{"id": true, "id": false}',
]  # fmt: skip


def people_of(knowledge_base: KnowledgeBase, random: Random) -> list[dict[str, Any]]:
    """A few people with an id, some of whom state what cannot be used."""
    population, seed = Population(knowledge_base), random.randrange(10**9)
    people = population.people(seed, random.choice((1, 3, 12)))
    if random.random() < 0.3:
        people += population.spoiled(people[:1], seed)
    kinds = (int, str, lambda number: number / 2, lambda number: None)
    kind = random.choice(kinds)
    return [{"id": kind(number), **person} for number, person in enumerate(people)]


def damaged_csv(people: list[dict[str, Any]], random: Random) -> bytes:
    text = pl.DataFrame(people, infer_schema_length=None).write_csv(separator=random.choice(",;\t"))
    header, *rows = text.splitlines(keepends=True)
    for _ in range(random.randrange(3)):
        place = random.randrange(len(rows))
        cells = rows[place].rstrip("\n").split(",")
        cells[random.randrange(len(cells))] = random.choice(ODD_VALUES)
        rows[place] = ",".join(cells) + "\n"
    return _damaged(header, "".join(rows), random)


def damaged_ndjson(people: list[dict[str, Any]], random: Random) -> bytes:
    for person in people:
        if random.random() < 0.2:
            person[random.choice([*person, "seed", "", "x"])] = random.choice(ODD_ITEMS)
    data = "".join(f"{json.dumps(person)}\n" for person in people).encode()
    lines = (in_bytes(data, random) if random.random() < 0.5 else data).splitlines(keepends=True)
    for _ in range(random.randrange(3)):
        lines.insert(random.randrange(len(lines) + 1), random.choice(ODD_LINES) + b"\n")
    return b"".join(lines)


def _damaged(header: str, rows: str, random: Random) -> bytes:
    """Damage below the header mostly, since a header that is no header ends the matter."""
    match random.randrange(6):
        case 0:
            return in_text(header + rows, random).encode("utf-8", "surrogatepass")
        case 1:
            return (header + rows).encode()
        case 2:
            return header.encode() + in_bytes(rows.encode(), random)
        case _:
            return header.encode() + in_text(rows, random).encode("utf-8", "surrogatepass")


def damaged_parquet(people: list[dict[str, Any]], random: Random) -> bytes:
    file = io.BytesIO()
    table = pl.DataFrame(people, infer_schema_length=None)
    name = random.choice(table.columns)
    odd: list[Any] = [pl.String, pl.Int64, pl.Float32, pl.Decimal(20, 3), pl.Categorical, pl.Binary]
    if random.random() < 0.5:
        table = table.with_columns(pl.col(name).cast(pl.String).cast(random.choice(odd), strict=False))
    compression = random.choice(("snappy", "none", "zstd"))
    pq.write_table(table.to_arrow(), file, compression=compression, use_dictionary=random.random() < 0.5)
    data = bytearray(file.getvalue())
    for _ in range(random.choice((0, 1, 1, 3))):
        # Anywhere, or in the footer, which says where everything is.
        start = random.choice((0, max(0, len(data) - 1500)))
        data[random.randrange(start, len(data))] = random.randrange(256)
    return bytes(data[: random.randrange(len(data))] if random.random() < 0.1 else data)


DAMAGE: dict[str, Damage] = {"csv": damaged_csv, "ndjson": damaged_ndjson, "parquet": damaged_parquet}


def rows_in(file: Path) -> int | None:
    """How many rows a file has, where there is no question about it."""
    data = file.read_bytes()
    if file.suffix == ".ndjson":
        return sum(1 for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip())
    if file.suffix == ".parquet":
        return int(pq.ParquetFile(file).metadata.num_rows)
    if re.search(rb'["\r]', data):
        return None
    return sum(1 for line in data.split(b"\n")[1:] if line)


def use(knowledge_base: KnowledgeBase, file: Path, random: Random) -> None:
    """Give advice for a file; afterwards every row has advice or a reason, and the single path agrees."""
    out = file.with_name("advice.ndjson")
    try:
        counts = knowledge_base.advise_file(file, out, keep=["id"])
    except FactError:
        return
    advised = [json.loads(line)["row"] for line in out.read_bytes().splitlines()]
    with Path(counts.rejects).open(encoding="utf-8", newline="") as rejects:
        reasons = {int(row["row"]): row["reason"] for row in csv.DictReader(rejects)}
    refused = list(reasons)
    assert (len(advised), len(refused)) == (counts.advised, counts.refused)
    assert sorted(advised + refused) == list(range(1, len(advised) + len(refused) + 1))
    assert advised == sorted(advised)
    assert refused == sorted(refused)
    assert rows_in(file) in (None, len(advised) + len(refused))
    # Where only what is kept cannot be passed on, there is advice for the person.
    told = [row for row in refused if not reasons[row].startswith("`id` is")]
    for rows, is_advised in ((advised, True), (told, False)):
        for row in random.sample(rows, min(len(rows), 2)):
            assert gets_advice(knowledge_base, file, row) is is_advised, row


def gets_advice(knowledge_base: KnowledgeBase, file: Path, row: int) -> bool:
    """Whether the person in a row gets advice alone."""
    try:
        knowledge_base.advise(knowledge_base.read_row(file, row, keep=["id"]))
    except (FactError, ConflictError):
        return False
    return True


def read_many(written: str, part: int, files: int) -> None:
    """What the other process does."""
    knowledge_base = wellfounded.load(FEEDERS)
    csv.field_size_limit(2**30)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"people.{written}"
        for place in range(files):
            seed = f"{written} {part} {place}"
            print(seed, flush=True)
            random = Random(seed)
            file.write_bytes(DAMAGE[written](people_of(knowledge_base, random), random))
            use(knowledge_base, file, random)
    print("done")


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("written", DAMAGE)
def test_damaged_files_of_people(written: str, part: int) -> None:
    command = [sys.executable, "-m", "tests.fuzz.test_batch", written, str(part), str(FILES)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    *_, last = ["nothing", *done.stdout.splitlines()]
    assert (done.returncode, last, done.stderr) == (0, "done", "")


if __name__ == "__main__":
    read_many(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
