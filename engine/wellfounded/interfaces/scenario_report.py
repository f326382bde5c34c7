"""What came of running scenarios: for a terminal, as JSON, and as JUnit XML for a build server."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any
from xml.etree import ElementTree

from wellfounded.interfaces.diagnostics import Style, unstyled
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.review.expectations import Difference, Result

WIDTH = 100
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_text(results: Sequence[Result], style: Style = unstyled) -> str:
    """Each scenario that failed, with what was expected, what came out and why; then a count."""
    blocks = [failure(result, style) for result in results if not result.passed]
    failed = len(blocks)
    colour = "red" if failed else "green"
    return "\n\n".join([*blocks, style(summary(results), colour)]) + "\n"


def summary(results: Sequence[Result]) -> str:
    """How many scenarios passed."""
    failed = sum(not result.passed for result in results)
    if failed:
        return f"{failed} of {_count(len(results))} failed"
    return f"{_count(len(results))} passed"


def _count(number: int) -> str:
    return f"{number} scenario{'' if number == 1 else 's'}"


def failure(result: Result, style: Style = unstyled) -> str:
    """One scenario that failed, in lines to read."""
    place = result.scenario.position
    lines = [f"{style('FAILED', 'red')} {_on_one_line(result.scenario.name)}", f"  {place.file}:{place.line}"]
    if result.error:
        lines += _wrapped("no advice  ", result.error)
    for _, differences in groupby(result.differences, key=lambda difference: difference.topic):
        lines += _topic(list(differences))
    return "\n".join(lines)


def _topic(differences: list[Difference]) -> Iterator[str]:
    first = differences[0]
    yield f"  {first.topic} (line {first.position.line})"
    for difference in differences:
        yield from _wrapped("  expected  ", difference.expected)
        yield from _wrapped("  got       ", difference.got)
    for number, line in enumerate(first.why):
        indent = " " * (len(line) - len(line.lstrip(" ")))
        yield from _wrapped(f"  {'because' if number == 0 else '       '}   {indent}", line.lstrip(" "))


def _wrapped(head: str, text: str) -> list[str]:
    """A text behind its head, on as many lines as it takes, each below the first."""
    blank = " " * (len(head) + 2)
    width = max(WIDTH, len(blank) + 40)
    return textwrap.wrap(
        text, width, initial_indent=f"  {head}", subsequent_indent=blank, break_on_hyphens=False
    ) or [f"  {head}".rstrip()]


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def as_json(results: Sequence[Result], diagnostics: Sequence[Diagnostic]) -> str:
    """The document that ``schemas/scenario-results.schema.json`` describes."""
    failed = sum(not result.passed for result in results)
    document = {
        "passed": len(results) - failed,
        "failed": failed,
        "scenarios": [_as_data(result) for result in results],
        "diagnostics": [
            {
                "code": found.code,
                "message": found.message,
                "help": found.help,
                "file": found.position.file,
                "line": found.position.line,
                "column": found.position.column,
            }
            for found in diagnostics
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _as_data(result: Result) -> dict[str, Any]:
    scenario = result.scenario
    return {
        "name": scenario.name,
        "file": scenario.position.file,
        "line": scenario.position.line,
        "passed": result.passed,
        "error": result.error,
        "differences": [
            {
                "topic": difference.topic,
                "line": difference.position.line,
                "expected": difference.expected,
                "got": difference.got,
                "why": list(difference.why),
            }
            for difference in result.differences
        ],
    }


def as_junit(results: Sequence[Result], diagnostics: Sequence[Diagnostic]) -> bytes:
    """JUnit XML: a suite per file, a case per scenario; what is wrong with a file is an error in it."""
    cases = [(result.scenario.position.file, _case(result)) for result in results]
    cases += [(found.position.file, _error(found)) for found in diagnostics]
    suites = ElementTree.Element("testsuites", _counts(case for _, case in cases))
    for file in dict.fromkeys(file for file, _ in cases):
        own = [case for of, case in cases if of == file]
        suite = ElementTree.SubElement(suites, "testsuite", {"name": _xml(file), **_counts(own)})
        suite.extend(own)
    ElementTree.indent(suites)
    written: bytes = ElementTree.tostring(suites, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _counts(cases: Iterable[ElementTree.Element]) -> dict[str, str]:
    listed = list(cases)
    failures = sum(case.find("failure") is not None for case in listed)
    errors = sum(case.find("error") is not None for case in listed)
    return {"tests": str(len(listed)), "failures": str(failures), "errors": str(errors)}


def _case(result: Result) -> ElementTree.Element:
    place = result.scenario.position
    case = ElementTree.Element(
        "testcase",
        {
            "classname": _xml(place.file),
            "name": _xml(_on_one_line(result.scenario.name)),
            "file": _xml(place.file),
            "line": str(place.line),
        },
    )
    if not result.passed:
        said = [str(difference) for difference in result.differences] or [result.error]
        message = {"message": _xml("; ".join(said)), "type": "difference" if result.differences else "error"}
        ElementTree.SubElement(case, "failure", message).text = _xml(failure(result))
    return case


def _error(found: Diagnostic) -> ElementTree.Element:
    place = found.position
    names = {"classname": _xml(place.file), "name": f"line {place.line}: {found.code}"}
    case = ElementTree.Element("testcase", names)
    message = {"message": _xml(found.message), "type": found.code}
    ElementTree.SubElement(case, "error", message).text = _xml(f"{place}: {found.message}\n{found.help}")
    return case


def _xml(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return _NOT_XML.sub("�", text)
