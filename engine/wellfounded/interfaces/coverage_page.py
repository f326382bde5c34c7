"""Coverage → a page: how much is reached, then what is not, with its place; and for HTML everything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wellfounded.interfaces.page import Item, Page, Part, Table
from wellfounded.loading import located_at
from wellfounded.review.coverage import REACHED, Coverage, Covered, Kind, Share

_NAMES = {
    Kind.RULES: "Rules: given, not given and undecided; or concluding, not concluding and unknown",
    Kind.VERDICTS: "Verdicts of each rule",
    Kind.CONDITIONS: "Conditions: true, false and unknown",
    Kind.THRESHOLDS: "Thresholds: below, at and above",
    Kind.BESIDE: "Just beside thresholds, within one step",
    Kind.CLAIMS: "Claims among the sources",
    Kind.CITATIONS: "Citations among the sources",
}
_HEADINGS = {
    Kind.RULES: "Rules",
    Kind.VERDICTS: "Verdicts",
    Kind.CONDITIONS: "Conditions",
    Kind.THRESHOLDS: "Thresholds",
    Kind.BESIDE: "Just beside thresholds",
    Kind.CLAIMS: "Claims",
    Kind.CITATIONS: "Citations",
}


def as_text(coverage: Coverage, folder: Path) -> str:
    """For a terminal: a line per kind, then everything no scenario reaches, under its file and line."""
    return "\n".join(_lines(coverage, folder)) + "\n"


def _lines(coverage: Coverage, folder: Path) -> Iterator[str]:
    yield f"Coverage of {coverage.knowledge_base.id} by {_scenarios(coverage)}"
    yield ""
    for kind in Kind:
        share = coverage.share(kind)
        yield f"  {_percent(share):>5} %  {share.reached:4} of {share.possible:4}  {_NAMES[kind]}"
    missed = [item for item in coverage.items if item.missing]
    if missed:
        yield ""
        yield "Not reached"
    for item in missed:
        yield f"  {_place(item, folder)}: {_what(item)}: {_missing(item)}"


def coverage_page(coverage: Coverage, folder: Path) -> Page:
    """Everything that can be reached, with the number of scenarios that do."""
    identity = coverage.knowledge_base
    short = Table(
        ("What", "Reached", "Of", "Percent"),
        tuple(
            (_NAMES[kind], str(share.reached), str(share.possible), _percent(share))
            for kind, share in ((kind, coverage.share(kind)) for kind in Kind)
        ),
    )
    missed = tuple(
        Item(f"{_what(item)}: {_missing(item)}", small=(_place(item, folder),))
        for item in coverage.items
        if item.missing
    )
    parts = [Part("In short", (Item("", table=short),)), Part("Not reached", missed)]
    parts += [Part(_HEADINGS[kind], tuple(_table(coverage, kind, folder))) for kind in Kind]
    return Page(
        f"Coverage of {identity.id} {identity.version}",
        f"What {_scenarios(coverage)} reach. A number counts the scenarios that expect something of it.",
        tuple(part for part in parts if part.items),
        identity.digest,
        "Contents",
    )


def _table(coverage: Coverage, kind: Kind, folder: Path) -> Iterator[Item]:
    rows = tuple((_what(item), _counts(item), _place(item, folder)) for item in coverage.of(kind))
    if rows:
        yield Item("", table=Table(("What", "Scenarios", "Where"), rows))


def _counts(item: Covered) -> str:
    return ", ".join(f"{_word(outcome)} {count}" for outcome, count in item.seen.items())


def _percent(share: Share) -> str:
    return "–" if share.percent is None else f"{share.percent:.1f}"


def _scenarios(coverage: Coverage) -> str:
    return f"{coverage.scenarios} scenario{'' if coverage.scenarios == 1 else 's'}"


def _what(item: Covered) -> str:
    text = f", `{item.text}`" if item.kind is Kind.CONDITIONS else f", {item.text}" if item.text else ""
    return f"{item.collection.removesuffix('s')} {item.of}{text}"


def _missing(item: Covered) -> str:
    missing = ", ".join(map(_word, item.missing))
    return f"never {missing}" if item.missing != (REACHED,) else "never among the sources"


def _word(outcome: str) -> str:
    return outcome.replace("_", " ")


def _place(item: Covered, folder: Path) -> str:
    place = located_at(item.position, folder)
    return f"{place.file}:{place.line}"
