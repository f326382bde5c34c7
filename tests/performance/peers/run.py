"""``make bench-peers``: every peer on every workload, as tables; with ``--write`` into docs/benchmarks.md."""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import tempfile
import time
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import wellfounded
from tests.performance.peers.race import (
    MODULES,
    OURS,
    PEERS,
    ROOT,
    DifferentError,
    Result,
    race,
    write_workload,
)
from tests.performance.peers.tables import Timed, compare
from wellfounded.model.version import VERSION

PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- figures: make bench-peers WRITE=1 -->\n", "<!-- end of figures -->\n"
WORKLOADS = {0: "The article's rules", 100: "100 rules", 1000: "1,000 rules", 10_000: "10,000 rules"}
#: Rows of the tables of people; with many rules a row has many columns.
ROWS = {0: 1_000_000, 100: 200_000, 1000: 20_000}


def main() -> None:
    options = argparse.ArgumentParser(prog="make bench-peers", description=__doc__)
    options.add_argument("--write", action="store_true", help="write the figures into docs/benchmarks.md")
    options.add_argument("--rules", type=int, nargs="*", default=list(WORKLOADS), choices=list(WORKLOADS))
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WELLFOUNDED_CACHE"] = f"{folder}/cache"
        try:
            figures = "\n".join(_figures(Path(folder), asked.rules))
        except (DifferentError, AssertionError) as different:  # the latter from comparing tables
            raise SystemExit(f"stopped: {different}") from None
    if asked.write:
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(BEGIN)
        _, _, after = rest.partition(END)
        PAGE.write_text(f"{before}{BEGIN}\n{figures}\n{END}{after}", encoding="utf-8")


def _figures(folder: Path, workloads: list[int]) -> Iterator[str]:
    environment = {**os.environ, "WELLFOUNDED_CACHE": "", "PYTHONHASHSEED": "0"}
    raced: dict[int, dict[str, Result]] = {}
    for rules in workloads:
        write_workload(rules, folder / str(rules))
        raced[rules] = race(folder / str(rules), environment)
        if rules == workloads[0]:
            yield from _shown(_machine(raced[rules]))
        yield from _shown(_race_table(WORKLOADS[rules], raced[rules]))
    yield from _shown(_python_table(raced))
    yield from _shown(_growth_table(raced, folder))
    for rules in workloads:
        if rules in ROWS:
            path = folder / str(rules) / "rules" if rules else ROOT / "rules"
            yield from _shown(_rows_table(WORKLOADS[rules], compare(wellfounded.load(path), ROWS[rules])))


def _shown(lines: Iterator[str]) -> Iterator[str]:
    """The same lines, printed as they come, since a run takes a while."""
    for line in lines:
        print(line, flush=True)
        yield line


def _machine(results: Mapping[str, Result]) -> Iterator[str]:
    """When, on what, and which versions."""
    versions = {
        MODULES[peer.module].PACKAGE: results[peer.name].version
        for peer in PEERS
        if results[peer.name].version
    }
    versions = {OURS: VERSION, **versions, "Polars": version("polars"), "DuckDB": version("duckdb")}
    yield (
        f"Measured on {datetime.date.today():%Y-%m-%d}: {_processor()}, {os.cpu_count()} cores, "
        f"{platform.system()}, {platform.python_implementation()} {platform.python_version()}; "
        f"{', '.join(f'{name} {number}' for name, number in versions.items())}."
    )
    yield ""


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _race_table(title: str, results: Mapping[str, Result]) -> Iterator[str]:
    """One workload: each peer's figures, and how many times ours they are."""
    ours = results[OURS]
    yield f"### {title}, one person at a time"
    yield ""
    yield "| | median | × ours | 99th percentile | × ours | load | memory |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for peer in PEERS:
        result = results[peer.name]
        if not peer.counts:
            continue
        if result.trouble:
            yield f"| {peer.name} | left out: {result.trouble} | | | | | |"
            continue
        yield (
            f"| {peer.name} | {_time(result.median)} | {result.median / ours.median:.1f} "
            f"| {_time(result.slowest)} | {result.slowest / ours.slowest:.1f} "
            f"| {_time(result.load)} | {result.memory / 1e6:.0f} MB |"
        )
    yield ""


def _python_table(raced: Mapping[int, Mapping[str, Result]]) -> Iterator[str]:
    yield "### Beside straight-line Python"
    yield ""
    yield "| | straight line, all known | ours, all known | ratio | ours, a fifth unknown | ratio |"
    yield "|---|--:|--:|--:|--:|--:|"
    for rules, results in raced.items():
        line = results["straight line, row"].median
        known, unknown = results["ours, row"].median, results["ours, row, a fifth unknown"].median
        yield (
            f"| {WORKLOADS[rules]} | {_time(line)} | {_time(known)} | {known / line:.2f} "
            f"| {_time(unknown)} | {unknown / line:.2f} |"
        )
    yield ""


def _growth_table(raced: Mapping[int, Mapping[str, Result]], folder: Path) -> Iterator[str]:
    """Ours by number of rules: what one evaluation and loading cost, and per rule."""
    yield "### Ours, as rules become more"
    yield ""
    yield "| | one evaluation | per rule | load and compile | per rule | again, from the cache |"
    yield "|---|--:|--:|--:|--:|--:|"
    for rules, results in raced.items():
        if rules:
            ours = results[OURS]
            again = _load_from_cache(folder / str(rules) / "rules")
            yield (
                f"| {WORKLOADS[rules]} | {_time(ours.median)} | {_time(ours.median / rules)} "
                f"| {_time(ours.load)} | {_time(ours.load / rules)} | {_time(again)} |"
            )
    yield ""


def _load_from_cache(folder: Path) -> float:
    """Load what was loaded before and make its reasoner, as the next process does."""
    wellfounded.load(folder)
    start = time.perf_counter()
    wellfounded.load(folder).reasoner()
    return time.perf_counter() - start


def _rows_table(title: str, timed: Mapping[str, Timed]) -> Iterator[str]:
    ours, *_ = timed.values()
    yield f"### {title}, a table of {ours.rows:,} people"
    yield ""
    yield "| | rows per second | × ours |"
    yield "|---|--:|--:|"
    for name, way in timed.items():
        yield f"| {name} | {way.per_second:,.0f} | {way.per_second / ours.per_second:.2f} |"
    yield ""


def _time(seconds: float) -> str:
    """Three digits in the unit that suits."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}" if seconds < 100 * size else f"{seconds / size:.0f} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


if __name__ == "__main__":
    main()
