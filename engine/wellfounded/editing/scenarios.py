"""Diagnostics of scenario and person files, which are judged by a knowledge base without errors."""

from __future__ import annotations

from collections.abc import Iterator

from wellfounded.editing.language import PERSON, SCENARIO_FILE
from wellfounded.load.files import File, decode
from wellfounded.load.from_files import Parsed, parsed
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.history import history_of
from wellfounded.load.node import Map, Scalar
from wellfounded.load.structure import check_structure
from wellfounded.model.content import Content
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.review.scenario_checks import check_empty, check_scenarios, check_stated


def parse_as(kind: str, file: File) -> Parsed:
    """What a file of scenarios, or of a person, says by itself."""
    text, undecoded = decode(file)
    node, found = (None, list(undecoded)) if undecoded else read_yaml(text, file.name)
    misfits = () if node is None else tuple(check_structure(node, kind))
    return parsed(node, found, misfits)


def wrong_in(kind: str, name: str, parsed: Parsed, content: Content | None) -> Iterator[Diagnostic]:
    """Everything wrong in a file; without content, what is wrong with its form alone."""
    yield from parsed.found
    node = parsed.node
    if node is None:
        if kind == SCENARIO_FILE and not parsed.found:
            yield check_empty(name)
    elif content is not None and kind == SCENARIO_FILE:
        yield from (diagnostic for _, diagnostic in check_scenarios(node, parsed.misfits, content))
    else:
        yield from (diagnostic for _, diagnostic in parsed.misfits)
        if content is not None and kind == PERSON and not parsed.misfits and isinstance(node, Map):
            undated = [fact for fact, _, item in node.items() if isinstance(item, Scalar)]
            yield from check_stated(node.only(undated), content)
            dated = {fact: item for fact, _, item in node.items() if not isinstance(item, Scalar)}
            for problem in history_of(content, dated, node.keys)[1]:
                yield Diagnostic("not-allowed-value", problem.message, problem.position, problem.help)
