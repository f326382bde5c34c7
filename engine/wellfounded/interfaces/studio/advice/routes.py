"""The addresses of the pages about advice."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wellfounded.advise.phrases import phrases
from wellfounded.interfaces.interview_words import words as interview_words
from wellfounded.interfaces.page import Page, page, reference_items
from wellfounded.interfaces.retold import problems_in
from wellfounded.interfaces.size import size_text
from wellfounded.interfaces.studio.advice.asking import Asking, asking, to, uploaded
from wellfounded.interfaces.studio.advice.compare import (
    RevisionProblem,
    people_compared,
    rules_at,
    versions_compared,
)
from wellfounded.interfaces.studio.advice.fields import Field, field_of, labels
from wellfounded.interfaces.studio.advice.files import DATED, TooLarge, as_file, opened
from wellfounded.interfaces.studio.advice.person import Pairs, Person, pairs_of, person_in, supports
from wellfounded.interfaces.studio.advice.view import answers_of, titles, view_of
from wellfounded.interfaces.studio.advice.why import suggestions_html, what_if_html, why_of
from wellfounded.interfaces.studio.apart import Busy, TooLong
from wellfounded.interfaces.studio.edit.history import checkout_of
from wellfounded.interfaces.studio.pages import Answers
from wellfounded.interfaces.studio.refused import Refused
from wellfounded.load.person import LARGEST
from wellfounded.model.due import today
from wellfounded.model.errors import ConflictError, FactError, VersionError
from wellfounded.model.record import Record

WHAT_WOULD, IF = "what-would", "if."
ONE, OTHER = "a.", "b."
REVISION = "git-revision"


class Problem(Record, frozen=True):
    """What is wrong with a file; ``message`` is in English, as all that is said of files."""

    line: int
    message: str


def advice_routes(answers: Answers) -> list[Route]:
    """The interview, why, comparing, and files of answers."""

    async def advice(request: Request) -> Response:
        asked = await asking(answers, request)
        person = asked.person()
        day = _day(request.query_params.get(DATED, ""))
        dated = [(DATED, day.isoformat())] if day and not person.was else []
        elsewhere = asked.only_at([*pairs_of(person, history=True), *dated])
        notice = asked.words["dated"].format(day=asked.day(day)) if day and dated else ""
        return elsewhere or await _interview(asked, person, notice=notice)

    async def open_file(request: Request) -> Response:
        asked = await asking(answers, request)
        person = asked.person()
        if request.method != "POST":  # from a page that said a file was wrong, in the other language
            return to(f"/{asked.language}/advice", pairs_of(person))
        given = await uploaded(request, "file", LARGEST)
        if given is None:
            return await _interview(asked, person, 422, file_problem=asked.words["no_file"])
        name, data = given
        try:
            on = today()
            found = await asyncio.to_thread(opened, asked.knowledge_base, data, name, on, person.min_support)
        except TooLarge:
            said = asked.words["file_large"].format(most=size_text(LARGEST, asked.language))
            return await _interview(asked, person, 413, file_problem=said)
        except FactError as error:
            problems = [
                Problem(each.position.line, _sentence(each.message, each.help))
                for each in problems_in(asked.language, error)
            ]
            said = asked.words["file_wrong"]
            return await _interview(asked, person, 422, file_problem=said, file_problems=problems)
        dated = [(DATED, on.isoformat())] if found.is_dated else []
        return to(f"/{asked.language}/advice", [*found.pairs, *dated])

    async def save_file(request: Request) -> Response:
        asked = await asking(answers, request)
        text = as_file(asked.knowledge_base, asked.person(), today())
        name = f"{asked.words['file_name']}.yaml"
        headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
        return Response(text, media_type="application/yaml", headers=headers)

    async def sheet(request: Request) -> Response:
        asked = await asking(answers, request)
        person = asked.person()
        elsewhere = asked.only_at(pairs_of(person))
        return elsewhere or await _sheet(asked, person)

    async def why(request: Request) -> Response:
        asked = await asking(answers, request)
        id = request.path_params["id"]
        if id not in titles(asked.edition):
            raise Refused(404)
        person, changed = asked.person(), asked.person(IF)
        changes = {fact: value for fact, value in changed.facts.items() if person.facts.get(fact) != value}
        wanted = [(WHAT_WOULD, value) for name, value in asked.pairs if name == WHAT_WOULD][-1:]
        tried = [(IF + f, changed.written[f]) for f in changes]
        tried += [(IF + fact, wrong.written) for fact, wrong in changed.wrong.items()]
        elsewhere = asked.only_at([*pairs_of(person), *tried, *wanted])
        return elsewhere or await _why(asked, id, person, changed, changes, wanted)

    async def compare(request: Request) -> Response:
        asked = await asking(answers, request)
        pairs = [pair for name, value in asked.pairs for pair in _of_sides(name, value)]
        one, other = (person_in(pairs, asked.editions, side) for side in (ONE, OTHER))
        elsewhere = asked.only_at([*_wrongly(one, ONE), *_wrongly(other, OTHER)])
        return elsewhere or await _people(asked, one, other)

    async def versions(request: Request) -> Response:
        asked = await asking(answers, request)
        person = asked.person()
        revision = request.query_params.get(REVISION, "").strip()[:200]
        named = [(REVISION, revision)] if revision else []
        elsewhere = asked.only_at([*pairs_of(person), *named])
        return elsewhere or await _versions(asked, person, revision)

    return [
        Route("/{language}/advice", advice),
        Route("/{language}/advice/open", open_file, methods=["GET", "POST"]),
        Route("/{language}/advice/file", save_file),
        Route("/{language}/advice/sheet", sheet),
        Route("/{language}/why/{id}", why),
        Route("/{language}/compare", compare),
        Route("/{language}/compare/versions", versions),
    ]


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _sentence(message: str, help: str) -> str:
    return f"{message[:1].upper()}{message[1:]}{f' ({help})' if help else ''}"


def _of_sides(name: str, value: str) -> Pairs:
    """An answer of one of two people; one without a side is of both."""
    sides = ("",) if name.startswith((ONE, OTHER)) else (ONE, OTHER)
    return [(side + name, value) for side in sides]


def _wrongly(person: Person, prefix: str) -> Pairs:
    """The query of a person, with the answers that cannot be used."""
    return [
        *pairs_of(person, prefix),
        *((prefix + fact, wrong.written) for fact, wrong in person.wrong.items()),
    ]


async def _interview(
    asked: Asking,
    person: Person,
    status: int = 200,
    notice: str = "",
    file_problem: str = "",
    file_problems: list[Problem] | tuple[()] = (),
) -> Response:
    view, disagree = None, ""
    try:
        view = await asyncio.to_thread(view_of, asked.rules, person, asked.edition, asked.words["waits_for"])
    except ConflictError as error:
        disagree = _disagree(asked, error)
    pairs = pairs_of(person)
    return asked.page(
        "advice/interview.html",
        status,
        person=person,
        pairs=pairs,
        both=[*pairs_of(person, ONE), *pairs_of(person, OTHER)],
        view=view,
        disagree=disagree,
        answered=answers_of(person, asked.edition) if view is None else view.answers,
        fresh=_is_answer(asked.request, person),
        supports=_supports(asked),
        phrases=phrases(asked.language),
        notice=notice,
        file_problem=file_problem,
        file_problems=file_problems,
    )


def _is_answer(request: Request, person: Person) -> bool:
    """Whether somebody just answered, and so looks for the next question, and did not go back to here."""
    came_back = "hx-history-restore-request" in request.headers
    return not came_back and bool(person.was or person.wrong)


def _disagree(asked: Asking, error: ConflictError) -> str:
    edition = asked.edition
    names = {**labels(edition), **titles(edition)}
    rules = (f"“{edition.titles[rule]}” ({rule})" for rule in error.rules)
    about = names.get(error.about, error.about)
    return asked.words["disagree"].format(about=f"“{about}”", rules=", ".join(rules))


def _supports(asked: Asking) -> list[tuple[str, str]]:
    """What can be asked to stand behind a recommendation, each with how it is said."""
    said = phrases(asked.language)
    weakest = {"contradicts": said["any_reference"]}
    named = [
        (each, asked.words["at_least"].format(support=weakest.get(each, said[f"behind_{each}"])))
        for each in supports()
        if each != "uncited"
    ]
    return [("", asked.words["support_"]), *named]


async def _sheet(asked: Asking, person: Person) -> Response:
    """What a client takes home: the page that advice is everywhere, without what is still to be asked."""
    said = phrases(asked.language)
    try:
        advice = await asyncio.to_thread(
            lambda: asked.knowledge_base.advise(person.facts, asked.language, min_support=person.least)
        )
    except ConflictError as error:
        raise Refused(409, _disagree(asked, error)) from None
    whole = page(advice)
    apart = (said["questions"], said["references"])
    parts = tuple(part for part in whole.parts if part.heading not in apart)
    return asked.page(
        "advice/sheet.html",
        sheet=Page(whole.title, whole.notice, parts, ""),
        references=list(reference_items(advice.references, asked.language)),
        references_heading=said["references"],
        day=asked.day(today()),
        answers=sorted(answers_of(person, asked.edition), key=lambda f: asked.edition.place[f.fact]),
        pairs=pairs_of(person),
        not_known=interview_words(asked.language)["not_known"],
    )


async def _why(
    asked: Asking,
    id: str,
    person: Person,
    changed: Person,
    changes: Mapping[str, object],
    wanted: Pairs,
) -> Response:
    try:
        found = await asyncio.to_thread(why_of, asked.rules, person, id, asked.edition)
        what_if = Markup()
        if changes:
            what_if = await asked.apart(
                lambda: what_if_html(asked.knowledge_base, person, changes, asked.edition)
            )
        want = next((value for _, value in wanted if value in found.wants), "")
        would, problem = Markup(), ""
        if want:
            try:
                ways = await asked.apart(
                    lambda: asked.knowledge_base.suggest(
                        person.facts, id, want, asked.language, min_support=person.least
                    )
                )
                would = suggestions_html(ways, asked.edition)
            except Busy:
                problem = asked.words["too_busy"]
            except TooLong:
                problem = asked.words["too_long"]
    except ConflictError as error:
        raise Refused(409, _disagree(asked, error)) from None
    first = [_tried(fact, person, changed, asked) for fact in found.decisive]
    facts = asked.knowledge_base.content.facts.values()
    rest = [fact.id for fact in facts if fact.can_be_stated and fact.id not in found.decisive]
    taken = {**person.written, **{fact: changed.written[fact] for fact in changes}}
    return asked.page(
        "advice/why.html",
        why=found,
        pairs=pairs_of(person),
        taken=[*taken.items(), *(pair for pair in pairs_of(person) if "-" in pair[0])],
        want=want,
        would=would,
        problem=problem,
        what_if=what_if,
        first=first,
        rest=[_tried(fact, person, changed, asked) for fact in rest],
        changed=bool(changes or changed.wrong),
        tried=[(IF + fact, changed.written[fact]) for fact in changes],
    )


def _tried(fact: str, person: Person, changed: Person, asked: Asking) -> Field:
    """The field in which another answer is tried: it has that answer, or else the one that was given."""
    tried = fact in changed.facts or fact in changed.wrong
    return field_of(fact, changed if tried else person, asked.edition, IF)


async def _people(asked: Asking, one: Person, other: Person) -> Response:
    compared, disagree = None, ""
    try:
        compared = await asked.apart(lambda: people_compared(asked.knowledge_base, one, other, asked.edition))
    except ConflictError as error:
        disagree = _disagree(asked, error)
    answered = dict.fromkeys([*one.written, *one.wrong, *other.written, *other.wrong])
    facts = [fact.id for fact in asked.knowledge_base.content.facts.values() if fact.can_be_stated]

    def row(fact: str) -> tuple[Field, Field]:
        return field_of(fact, one, asked.edition, ONE), field_of(fact, other, asked.edition, OTHER)

    return asked.page(
        "advice/compare.html",
        compared=compared,
        disagree=disagree,
        rows=[row(fact) for fact in facts if fact in answered],
        more=[row(fact) for fact in facts if fact not in answered],
        one=pairs_of(one),
        other=pairs_of(other),
        kept=[
            pair
            for person, prefix in ((one, ONE), (other, OTHER))
            for pair in pairs_of(person, prefix)
            if "-" in pair[0]
        ],
    )


async def _versions(asked: Asking, person: Person, revision: str) -> Response:
    path = asked.answers.workplace.path
    in_git, found, problem, trouble = False, None, "", ""
    try:
        in_git = await asked.apart(lambda: checkout_of(path) is not None)
    except VersionError as error:
        trouble = asked.words["git_trouble"].format(reason=error)
    try:
        if revision and in_git:
            found = await asked.apart(
                lambda: versions_compared(
                    rules_at(revision, path), asked.knowledge_base, person, asked.edition
                )
            )
    except RevisionProblem as error:
        problem = asked.words[str(error)].format(written=revision)
    except ConflictError as error:
        problem = _disagree(asked, error)
    return asked.page(
        "advice/versions.html",
        status=422 if problem else 200,
        in_git=in_git,
        trouble=trouble,
        found=found,
        problem=problem,
        revision=revision,
        revision_name=REVISION,
        pairs=pairs_of(person),
    )
