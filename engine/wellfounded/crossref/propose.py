"""Findings → a unified diff of the files they are about, which a person reads before applying it.

Only the lines of an entry that changes are written anew, by ruamel.yaml, which keeps comments and quotes;
``as_cited`` is never among them.
"""

from __future__ import annotations

import difflib
import io
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

from wellfounded.crossref.answer import Answer, Author, Notice
from wellfounded.crossref.compare import FIELDS, different_items
from wellfounded.crossref.verify import Finding, Verdict, is_noted, recorded
from wellfounded.model.content import Reference, Status
from wellfounded.model.position import Position
from wellfounded.model.record import Record

_ORDER = ("status", "csl", "differences", "probably_meant", "note", "checked")
_LAYOUTS = ((2, 4, 2), (2, 2, 0), (4, 6, 4), (4, 4, 2), (4, 4, 0), (2, 3, 1), (3, 5, 3))
_WORDS = {
    "en": {
        "compared": "Compared with the record at Crossref.",
        "not known": "Crossref does not know this DOI; other registries were not asked.",
        "notice": "Crossref lists for this work: {notice}.",
    },
    "nl": {
        "compared": "Vergeleken met wat bij Crossref is vastgelegd.",
        "not known": "Crossref kent deze DOI niet; andere registers zijn niet gevraagd.",
        "notice": "Crossref noemt bij dit werk: {notice}.",
    },
}


class Proposal(Record, frozen=True):
    """``diff`` is a unified diff, empty if nothing is proposed; ``by_hand`` the ids of what has to be changed
    but stands on one line with other things, where no line can be replaced."""

    diff: str = ""
    by_hand: tuple[str, ...] = ()


def propose(
    findings: Iterable[Finding],
    files: Mapping[str, str],
    languages: tuple[str, ...],
    names: Mapping[str, str],
) -> Proposal:
    """The diff that brings ``files`` (name → text) in line with the findings.

    ``names`` gives a file the path that the diff shows, where that is not its name.
    """
    changed = dict(files)
    by_hand = []
    # From the last line to the first, so that the places of those still to come stay right.
    for finding in sorted(findings, key=lambda finding: finding.about.position.start, reverse=True):
        place = finding.about.position
        if not has_change(finding):
            continue
        lines = _lines(changed[place.file])
        if lines[place.line - 1][: place.column - 1].strip(" \ufeff"):
            by_hand.append(finding.id)
            continue
        start, end = _entry(lines, place)
        lines[start:end] = _rewritten(lines[start:end], place.column - 1, finding, languages)
        changed[place.file] = "".join(lines)
    diffs = (_diff(names.get(name, name), files[name], changed[name]) for name in sorted(files))
    return Proposal("".join(diffs), tuple(reversed(by_hand)))


def has_change(finding: Finding) -> bool:
    """Whether there is anything to propose for what was found."""
    about = finding.about
    if finding.is_another_work:
        return False
    if not isinstance(about, Reference):
        return bool(finding.differences)
    if finding.verdict is Verdict.NOT_KNOWN:
        return about.on_record.status is Status.UNCHECKED and not about.on_record.csl
    return finding.answer is not None and not finding.settled


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _entry(lines: list[str], place: Position) -> tuple[int, int]:
    """From the line of an entry's key to behind its last line, without what stands before the next."""
    start, indent = place.line - 1, place.column - 1
    end = start + 1
    for number, line in enumerate(lines[start + 1 :], start + 1):
        text = line.strip()
        deeper = len(line) - len(line.lstrip(" ")) > indent
        if text and not deeper and not text.startswith("#"):
            break
        if text and deeper:
            end = number + 1
    return start, end


def _rewritten(lines: list[str], indent: int, finding: Finding, languages: tuple[str, ...]) -> list[str]:
    written = "".join(_dedented(line, indent) for line in lines)
    ending = "\r\n" if written.endswith("\r\n") else "\n"
    closed = written.endswith("\n")
    plain = written.replace("\r\n", "\n") + ("" if closed else "\n")
    yaml, document = _loaded(plain)
    as_read = _dumped(yaml, document)
    (entry,) = document.values()
    if isinstance(finding.about, Reference):
        _change_reference(entry, finding, languages)
    else:
        _correct(entry["csl"], finding)
    made = _merged(_lines(plain), _lines(as_read), _lines(_dumped(yaml, document)))
    return [
        " " * indent * bool(line.strip()) + line[:-1] + (ending if closed or more else "")
        for more, line in _counted_down(made)
    ]


def _merged(written: list[str], as_read: list[str], changed: list[str]) -> list[str]:
    """The changed lines, and for the others what the author wrote: ruamel.yaml sets spaces otherwise."""
    if len(written) != len(as_read):
        return changed
    lines = []
    matcher = difflib.SequenceMatcher(None, as_read, changed, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        lines += written[start:end] if tag == "equal" else changed[new_start:new_end]
    return lines


def _dedented(line: str, indent: int) -> str:
    return line[min(indent, len(line) - len(line.lstrip(" "))) :]


def _counted_down(lines: list[str]) -> list[tuple[int, str]]:
    return [(len(lines) - 1 - number, line) for number, line in enumerate(lines)]


def _loaded(text: str) -> tuple[YAML, CommentedMap]:
    """The entry, and a writer whose indentation comes closest to the author's."""
    best: tuple[int, YAML, CommentedMap] | None = None
    for mapping, sequence, offset in _LAYOUTS:
        yaml = YAML()
        yaml.preserve_quotes = True
        yaml.width = 1_000_000
        yaml.indent(mapping=mapping, sequence=sequence, offset=offset)
        document = yaml.load(text)
        noise = sum(line[0] in "+-" for line in difflib.ndiff(_lines(text), _lines(_dumped(yaml, document))))
        if best is None or noise < best[0]:
            best = (noise, yaml, document)
        if not noise:
            break
    assert best is not None
    return best[1:]


def _dumped(yaml: YAML, document: CommentedMap) -> str:
    out = io.StringIO()
    yaml.dump(document, out)
    return out.getvalue()


def _change_reference(entry: CommentedMap, finding: Finding, languages: tuple[str, ...]) -> None:
    about = finding.about
    assert isinstance(about, Reference)
    if "on_record" not in entry:
        entry.insert(list(entry).index("as_cited") + 1, "on_record", CommentedMap())
    record = entry["on_record"]
    if finding.answer is None:
        _put(record, "status", Status.NOT_FOUND.value)
        _put(record, "checked", _checked(finding, "not known", languages))
        return
    if finding.differences and "csl" not in record:
        _put(record, "csl", _block(recorded(about)))
    if finding.differences:
        _correct(record["csl"], finding)
    different = different_items(about.as_cited, record.get("csl", about.as_cited))
    status = Status.CONFIRMED_WITH_DIFFERENT_DETAILS if different else Status.CONFIRMED
    _put(record, "status", status.value)
    if not different:
        record.pop("differences", None)
    elif list(record.get("differences", ())) != list(different):
        _put(record, "differences", _flow_list(different))
    for notice in finding.answer.notices:
        if not is_noted(about, notice):
            _add_note(record, notice, languages)
    _put(record, "checked", _checked(finding, "compared", languages))


def _correct(csl: CommentedMap, finding: Finding) -> None:
    """Put what Crossref says in place of what differs."""
    assert finding.answer is not None
    for difference in finding.differences:
        csl[FIELDS[difference.field]] = _as_csl(difference.field, difference.theirs, finding.answer)


def _as_csl(field: str, theirs: str, answer: Answer) -> Any:
    if field == "authors":
        return CommentedSeq([_author(author) for author in answer.authors])
    if field == "year":
        rows = CommentedSeq([CommentedSeq([int(theirs)])])
        return _flow(CommentedMap({"date-parts": rows}))
    return Quoted(theirs.replace("-", "–") if field == "pages" else theirs)


def _author(author: Author) -> CommentedMap:
    given = {"family": author.family, "given": author.given, "literal": author.literal}
    return _flow(CommentedMap({key: Quoted(text) for key, text in given.items() if text}))


def _flow(mapping: CommentedMap) -> CommentedMap:
    mapping.fa.set_flow_style()
    return mapping


def _flow_list(values: Iterable[str]) -> CommentedSeq:
    listed = CommentedSeq(values)
    listed.fa.set_flow_style()
    return listed


def _block(item: Mapping[str, Any]) -> CommentedMap:
    """A CSL-JSON item laid out as a ledger does: a line per field, and one per author."""
    copy = CommentedMap()
    for key, value in item.items():
        if key == "author":
            copy[key] = CommentedSeq(
                [_flow(CommentedMap({part: Quoted(text) for part, text in one.items()})) for one in value]
            )
        elif key == "issued":
            rows = CommentedSeq([CommentedSeq(row) for row in value["date-parts"]])
            copy[key] = _flow(CommentedMap({"date-parts": rows}))
        else:
            copy[key] = Quoted(value) if isinstance(value, str) and key != "type" else value
    return copy


def _checked(finding: Finding, how: str, languages: tuple[str, ...]) -> CommentedMap:
    said = CommentedMap({language: Quoted(_words(language)[how]) for language in languages})
    return CommentedMap({"on": date.fromisoformat(finding.asked_on), "by": "wellfounded", "how": said})


def _add_note(record: CommentedMap, notice: Notice, languages: tuple[str, ...]) -> None:
    details = ", ".join(part for part in (notice.doi, notice.on) if part)
    shown = notice.kind.replace("_", " ") + (f" ({details})" if details else "")
    before = record.get("note", {})
    notes = CommentedMap()
    for language in languages:
        said = _words(language)["notice"].format(notice=shown)
        notes[language] = Quoted(f"{before[language].rstrip()} {said}" if language in before else said)
    _put(record, "note", notes)


def _words(language: str) -> Mapping[str, str]:
    return _WORDS.get(language, _WORDS["en"])


def _put(record: CommentedMap, key: str, value: Any) -> None:
    """Set a key; a new one goes where a ledger has it."""
    if key in record:
        record[key] = value
        return
    before = [at for at, other in enumerate(record) if other in _ORDER[: _ORDER.index(key)]]
    record.insert(before[-1] + 1 if before else 0, key, value)


def _diff(name: str, before: str, after: str) -> str:
    lines = difflib.unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
