"""A request → the changed files, after they were checked and their scenarios were run, all in memory."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from wellfounded.authoring.asked import Request
from wellfounded.authoring.insert import inserted
from wellfounded.authoring.places import Place, home_of_claims, home_of_parameters, scenarios_of
from wellfounded.authoring.reading import Aim, verdicts_of
from wellfounded.authoring.scenarios import scenarios_for
from wellfounded.authoring.wording import drafted
from wellfounded.authoring.yaml_text import Words
from wellfounded.build import build
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.load.files import File, decode
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import Map, plain
from wellfounded.load.node import Sequence as List
from wellfounded.model.content import Content
from wellfounded.model.diagnostic import Diagnostic, is_error
from wellfounded.model.digest import digest
from wellfounded.model.errors import WellfoundedError
from wellfounded.model.record import Record
from wellfounded.model.suggest import with_help
from wellfounded.model.values import plain_number
from wellfounded.review.scenarios import read_file


class RefusedError(WellfoundedError):
    """The rule would not pass; the message says all that is wrong with it."""


class Made(Record, frozen=True):
    """``files`` are those that change, as they are to be. ``remarks`` are for the author, a sentence each."""

    files: tuple[File, ...]
    scenarios: int
    remarks: tuple[str, ...]


def new_rule(
    request: Request,
    place: Place,
    content: Content,
    files: Sequence[File],
    scenario_files: Sequence[File],
    known: Iterable[Diagnostic] = (),
) -> Made:
    """The files with the rule, its parameter, its claim and its scenarios in them.

    ``content`` is what ``files`` say and ``known`` what was found in them before. Raises ``RefusedError`` for
    a rule that does not pass the check, and ``InsertError`` where a file leaves no room for it.
    """
    changed = {file.name: file for file in files}
    _insert(changed, place.file, "rules", {request.id: _rule(request, content, files)})
    for id, parameter in _parameters(request, content).items():
        _insert(changed, home_of_parameters(files, place.file), "parameters", {id: parameter})
    if request.new_claim is not None:
        home = home_of_claims(files, content, request.new_claim.section, place.file)
        claim = {
            "section": request.new_claim.section,
            "kind": request.new_claim.kind,
            "says": _texts(request.new_claim.says),
        }
        _insert(changed, home, "claims", {request.claim: claim})
    knowledge_base, remarks = _checked(tuple(changed.values()), known)
    drafts = scenarios_for(knowledge_base, request.id)
    beside = scenarios_of(place.file, scenario_files)
    tests = {file.name: file for file in scenario_files}
    _insert(tests, beside, "scenarios", {one["name"]: one for one in drafts.scenarios})
    remarks += tuple(_wrong_scenarios(tests.values(), knowledge_base.content))
    before = {file.name: file for file in (*files, *scenario_files)}
    new = tuple(file for file in (*changed.values(), *tests.values()) if file != before.get(file.name))
    return Made(new, len(drafts.scenarios), (*remarks, *drafts.missing))


def _insert(files: dict[str, File], name: str, kind: str, things: Mapping[str, Any]) -> None:
    files[name] = inserted(files.get(name, File(name, b"")), kind, things)


def _checked(files: Sequence[File], known: Iterable[Diagnostic]) -> tuple[KnowledgeBase, tuple[str, ...]]:
    """The knowledge base that the files are, and a sentence for each new warning."""
    built = build(files, ())
    before = {(one.code, one.message, one.about) for one in known}
    new = [one for one in built.diagnostics if (one.code, one.message, one.about) not in before]
    if built.content is None or built.core is None:
        raise RefusedError("\n".join(_sentence(one) for one in new if is_error(one)))
    knowledge_base = KnowledgeBase(built.content, built.core, digest(built.content), built.diagnostics)
    return knowledge_base, tuple(f"warning: {_sentence(one)}" for one in new)


def _sentence(found: Diagnostic) -> str:
    return f"{with_help(found.message, found.help)} [{found.code}]"


def _wrong_scenarios(files: Iterable[File], content: Content) -> Iterator[str]:
    """What is wrong in files of scenarios, and was before."""
    for file in files:
        for found in read_file(file, content)[1]:
            yield f"warning: {found.position}: {with_help(found.message, found.help)}; `test` will say so too"


# What is written.


def _rule(request: Request, content: Content, files: Sequence[File]) -> Mapping[str, Any]:
    rule: dict[str, Any] = {"id": request.id, "title": _texts(request.title)}
    when = _when(request, files, content)
    if when:
        rule["when"] = when
    aim = request.aim
    if aim is None:
        assert request.advise is not None
        verdict = request.advise
        rule["advise"] = str(verdict)
        rule["says"] = _texts({code: request.says[verdict, code] for code in content.header.languages})
    else:
        rule["target"] = {"of": aim.fact, aim.kind: _bound(aim, request, content)}
        rule["says"] = dict(_says(request, aim, content))
    if request.claim and (aim is None or aim.low is None):
        rule["because"] = [request.claim]
    if request.draft:
        rule["status"] = "draft"
    return rule


def _bound(aim: Aim, request: Request, content: Content) -> Any:
    if aim.wanted is not None:
        return aim.wanted
    return aim.formula or parameter_id(request.id, content)


def _says(request: Request, aim: Aim, content: Content) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The text of every verdict: as it was given, or a draft."""
    label = content.facts[aim.fact].label
    for verdict in verdicts_of(aim):
        texts = {
            code: request.says.get((verdict, code))
            or drafted(code, label[code], aim.kind, aim.wanted, verdict)
            for code in content.header.languages
        }
        yield str(verdict), _texts(texts)


def _texts(texts: Mapping[str, str]) -> Mapping[str, str]:
    return {language: Words(text) for language, text in texts.items()}


def _when(request: Request, files: Sequence[File], content: Content) -> Mapping[str, Any]:
    """The condition of the rule it is like, and its own."""
    if not request.like:
        return request.when
    theirs = _condition_of(request.like, files, content)
    if not request.when or not theirs:
        return theirs or request.when
    if not set(theirs) & set(request.when):
        return {**theirs, **request.when}
    return {"all": [theirs, dict(request.when)]}


def _condition_of(rule: str, files: Sequence[File], content: Content) -> Mapping[str, Any]:
    """The condition of a rule as it is written."""
    name = content.rules[rule].position.file
    file = next(file for file in files if file.name == name)
    document, _ = read_yaml(decode(file)[0], name)
    assert isinstance(document, Map)
    rules = document.entries["rules"]
    assert isinstance(rules, List)
    written = next(plain(node) for node in rules.items if plain(node)["id"] == rule)
    when: Mapping[str, Any] = written.get("when", {})
    return when


def _parameters(request: Request, content: Content) -> Mapping[str, Any]:
    """The parameter that the numbers of the target become, if it has any."""
    aim = request.aim
    if aim is None or aim.low is None or aim.high is None:
        return {}
    fact = content.facts[aim.fact]
    low, high = plain_number(aim.low), plain_number(aim.high)
    numbers: dict[str, Any] = {"range": [low, high]} if aim.kind == "within" else {"value": low}
    unit = {"unit": fact.unit} if fact.unit else {}
    parameter = {**numbers, **unit, "claim": request.claim, "label": _texts(fact.label)}
    return {parameter_id(request.id, content): parameter}


def parameter_id(rule: str, content: Content) -> str:
    """A name for the parameter of a rule that no fact or parameter has."""
    name = rule.lower().replace("-", "_")
    if not name[0].isalpha() or name in ("all", "any", "none", "target", "current"):
        name = f"aim_{name}"
    taken = {*content.facts, *content.parameters}
    ends = ("", "_aim", *(f"_aim_{number}" for number in range(2, len(taken) + 3)))
    return next(f"{name}{end}" for end in ends if f"{name}{end}" not in taken)


def difference(before: File | None, after: File, shown: str) -> str:
    """What changes in a file, as a unified diff."""
    old = "" if before is None else decode(before)[0]
    lines = difflib.unified_diff(
        old.splitlines(keepends=True),
        decode(after)[0].splitlines(keepends=True),
        "/dev/null" if before is None else f"a/{shown}",
        f"b/{shown}",
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
