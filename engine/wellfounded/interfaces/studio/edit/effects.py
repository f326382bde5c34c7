"""What saving a text would do: which scenarios break, for whom advice changes, what nobody would notice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from msgspec.structs import replace

from wellfounded.build import build
from wellfounded.interfaces.retold import Say, say_in
from wellfounded.interfaces.studio.edit.outcomes import outcome_said
from wellfounded.interfaces.studio.workplace import Rules
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.load.files import SCENARIOS, File, read_files
from wellfounded.model.digest import digest
from wellfounded.model.frozen import EMPTY
from wellfounded.model.record import Record
from wellfounded.model.values import Value
from wellfounded.review.expectations import Result, Runner
from wellfounded.review.scenarios import Scenario, read_file

if TYPE_CHECKING:
    from wellfounded.review.difference.compare import Difference

#: Seconds the solver may take each time it is asked, and what is asked on demand may take in all.
EACH, WHOLE = 2.0, 60.0
#: So often, in seconds, it is looked whether somebody still waits for an answer.
LOOK = 0.2

#: Whether nobody waits for the answer any more.
Gone = Callable[[], bool]


class Superseded(Exception):
    """Nobody waits for this any more, or it has taken as long as it may."""


class Broken(Record, frozen=True):
    """A scenario that fails; ``before`` if it does so without the change, too."""

    name: str
    file: str
    line: int
    says: tuple[str, ...]
    before: bool


class Changed(Record, frozen=True):
    """What changes for one topic: of what kind, for whom, and both advices line by line.

    ``facts`` are those of the person.
    """

    topic: str
    kind: str
    person: str
    sides: tuple[tuple[str, str, str], ...]
    not_decided: str = ""
    facts: Mapping[str, Value] = EMPTY


class Effects(Record, frozen=True):
    """What a text would do. ``state`` says why nothing is known, if nothing is: ``errors`` or ``first``.

    Without the solver nobody knows whose advice changes; ``solver`` says whether it is there.
    """

    state: str = ""
    scenarios: int = 0
    broken: tuple[Broken, ...] = ()
    solver: bool = True
    headline: str = ""
    changes: tuple[str, ...] = ()
    topics: tuple[Changed, ...] = ()


class Survivors(Record, frozen=True):
    """Small changes of a file that no scenario would notice: what each is, and on which line."""

    state: str = ""
    tried: int = 0
    survived: tuple[tuple[str, int, str], ...] = ()


class Typed(Record, frozen=True, eq=False):
    """The knowledge base as it would be with a text, with its scenarios."""

    knowledge_base: KnowledgeBase
    scenarios: tuple[Scenario, ...]


def typed(root: Path, name: str, text: str) -> Typed | None:
    """The knowledge base with this text for one of its files; nothing where that has errors."""
    new = File(name, text.encode())
    rules, unread = read_files(root)
    scenarios = read_files(root, scenarios=True)[0] if root.is_dir() else ()
    if name.endswith(SCENARIOS):
        scenarios = tuple(new if file.name == name else file for file in scenarios)
    else:
        rules = tuple(new if file.name == name else file for file in rules)
    built = build(rules, unread)
    if built.content is None or built.core is None:
        return None
    known = KnowledgeBase(built.content, built.core, digest(built.content), built.diagnostics)
    return Typed(known, tuple(one for file in scenarios for one in read_file(file, built.content)[0]))


def effects(rules: Rules | None, made: Typed | None, language: str, solver: Lock, gone: Gone) -> Effects:
    """What would come of a text. Raises ``Superseded`` as soon as nobody waits for it."""
    say = say_in(language)
    if made is None:
        return Effects("errors")
    if rules is None:
        return Effects("first", len(made.scenarios), _broken(made, frozenset(), say, gone))
    runner = Runner(rules.knowledge_base)
    failed = frozenset(s.name for s in rules.scenarios if not runner.run(s).passed)
    broken = _broken(made, failed, say, gone)
    found = Effects("", len(made.scenarios), broken)
    try:
        from wellfounded.interfaces import diff_words  # noqa: PLC0415  # comes with an extra
        from wellfounded.review.difference.compare import compare  # noqa: PLC0415  # likewise
        from wellfounded.review.difference.versions import Version  # noqa: PLC0415  # likewise
    except ImportError:
        return replace(found, solver=False)
    before, after = rules.knowledge_base, made.knowledge_base
    shared = [code for code in after.languages if code in before.languages]
    if not shared:
        return replace(found, headline=say("the two have no language in common"))

    def progress(_: int, __: int) -> None:
        if gone():
            raise Superseded

    with _turn(solver, gone):
        difference = compare(
            Version("", before),
            Version("", after),
            language=language if language in shared else shared[0],
            timeout=EACH,
            progress=progress,
        )
    told = (
        tuple(run.text for run in diff_words.said(sentence, say))
        for change in difference.changes
        for sentence in diff_words.told(change)
    )
    return replace(
        found,
        headline=say(diff_words.headline(difference)),
        changes=tuple("".join(runs) for runs in told),
        topics=tuple(_topics(difference, (before, after), say)),
    )


def failing(rules: Rules, root: Path, language: str) -> tuple[Broken, ...]:
    """The scenarios that do not come out as expected by the rules as they are.

    ``root`` is the folder of their files, by which these are named; beside a single file they have no name.
    """
    now = Typed(rules.knowledge_base, rules.scenarios)
    found = _broken(now, frozenset(), say_in(language), lambda: False)
    inside = ((one, Path(one.file)) for one in found)
    return tuple(
        replace(one, file=path.relative_to(root).as_posix() if path.is_relative_to(root) else "")
        for one, path in inside
    )


@contextmanager
def _turn(solver: Lock, gone: Gone) -> Iterator[None]:
    """The solver, as soon as it is free. Raises ``Superseded`` when nobody waits for it any more."""
    while not solver.acquire(timeout=LOOK):
        if gone():
            raise Superseded
    try:
        if gone():
            raise Superseded
        yield
    finally:
        solver.release()


def _broken(made: Typed, failed: frozenset[str], say: Say, gone: Gone) -> tuple[Broken, ...]:
    runner, found = Runner(made.knowledge_base), []
    for scenario in made.scenarios:
        if gone():
            raise Superseded
        result = runner.run(scenario)
        if not result.passed:
            found.append(_told(result, scenario.name in failed, say))
    return tuple(sorted(found, key=lambda one: one.before))


def _told(result: Result, before: bool, say: Say) -> Broken:
    place = result.scenario.position
    says = result.error.splitlines() if result.error else map(str, result.differences)
    return Broken(result.scenario.name, place.file, place.line, tuple(map(say, says)), before)


def _topics(
    difference: Difference, versions: tuple[KnowledgeBase, KnowledgeBase], say: Say
) -> Iterable[Changed]:
    from wellfounded.interfaces import diff_words  # noqa: PLC0415  # comes with an extra
    from wellfounded.review.difference.meaning import Answered  # noqa: PLC0415  # likewise

    for topic in difference.topics:
        for found in topic.findings:
            if found.answered is Answered.DIFFERENT and found.old and found.new:
                ids = (topic.was or topic.id, topic.id)
                advised = tuple(
                    outcome_said(known, id, found.person, difference.language, say)
                    for known, id in zip(versions, ids, strict=True)
                )
                told = diff_words.sides_said(found, say)
                sides = tuple(_in_words(side, advised, say("advice", "line")) for side in told)
                kind = say(str(found.kind), "kinds")
                yield Changed(topic.id, kind, diff_words.person(found), sides, facts=found.person)
            elif found.answered is Answered.NOT_DECIDED:
                yield Changed(topic.id, say(str(found.kind), "kinds"), "", (), say(found.reason))


def _in_words(side: tuple[str, str, str], advised: tuple[str, ...], line: str) -> tuple[str, str, str]:
    """The line about the advice itself with what is told of it in words, where there is something to tell."""
    name, old, new = side
    return (name, advised[0] or old, advised[1] or new) if name == line else side


def survivors(made: Typed | None, name: str, solver: Lock, gone: Gone, about: str = "") -> Survivors:
    """Which small changes of a file, or of one thing in it, no scenario would notice.

    ``about`` is a thing with its kind, as in ``rule water``. Raises ``Superseded``, also after a minute.
    """
    if made is None:
        return Survivors("errors")
    try:
        from wellfounded.review.mutation.run import mutation  # noqa: PLC0415  # an extra
        from wellfounded.review.mutation.trial import Fate  # noqa: PLC0415  # likewise
    except ImportError:
        return Survivors("solver")
    until = monotonic() + WHOLE

    def progress(_: int, __: int, ___: int) -> None:
        if gone() or monotonic() > until:
            raise Superseded

    runner = Runner(made.knowledge_base)
    passing = [scenario for scenario in made.scenarios if runner.run(scenario).passed]
    with _turn(solver, gone):
        found = mutation(made.knowledge_base, passing, matching=about or name, processes=1, progress=progress)
    here = [
        item
        for item in found.tried
        if (item.mutant.about == about if about else item.mutant.position.file == name)
    ]
    survived = (
        (item.mutant.change, item.mutant.position.line, item.reason)
        for item in here
        if item.fate is Fate.SURVIVED
    )
    return Survivors("", len(here), tuple(survived))
