"""The addresses of the pages about many people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wellfounded.advise.numbers import number_text
from wellfounded.advise.wording import Wording
from wellfounded.explain.words import words as verdict_words
from wellfounded.interfaces.audit_words import spoken
from wellfounded.interfaces.handbook.book import language_name
from wellfounded.interfaces.retold import told_in
from wellfounded.interfaces.size import size_text
from wellfounded.interfaces.studio.forms import form_of
from wellfounded.interfaces.studio.pages import BACK, Answers, language_of, used_rules
from wellfounded.interfaces.studio.people.asked import MOST, Asked, read_asked
from wellfounded.interfaces.studio.people.upload import LARGEST, Sent, table_in
from wellfounded.interfaces.studio.people.values import Values
from wellfounded.interfaces.studio.people.words import people_words
from wellfounded.interfaces.studio.refused import Refused
from wellfounded.interfaces.studio.words import Words
from wellfounded.interfaces.studio.workplace import Rules
from wellfounded.model.content import Verdict
from wellfounded.model.errors import FactError

if TYPE_CHECKING:
    from wellfounded.review.crowd import Crowd

#: So many refused rows are listed.
_LISTED = 100
_TYPES = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}


def people_routes(answers: Answers) -> list[Route]:
    """Many people with their advice, and that advice as a file."""
    part = _People(answers)
    return [
        Route("/{language}/people", part.page, methods=["GET", "POST"]),
        Route("/{language}/people/advice.{form}", part.export, methods=["GET", "POST"]),
    ]


class _Question:
    """One request: the rules in a language, what is asked, and the table that was sent, if one was."""

    def __init__(self, request: Request, answers: Answers, form: FormData | None) -> None:
        self.language = language_of(request, answers.workplace)
        self.rules: Rules = used_rules(answers.workplace)
        self.said: Words = people_words(self.language)
        self.form = form
        given = request.query_params if form is None else form
        sent = {name: value for name, value in given.items() if isinstance(value, str)}
        self.keep = [name.strip() for name in sent.get("keep", "")[:1000].split(",") if name.strip()]
        #: The recommendations in the order of their rules.
        self.titles: Mapping[str, str] = self.rules.once(("titles", self.language), self._titles)
        self.labels: Mapping[str, str] = self.rules.once(("labels", self.language), self._labels)
        show, _, verdict = sent.get("pick", "").partition(" ")
        if show:
            sent |= {"recommendation": show, "verdict": verdict, "page": "1"}
        content = self.rules.knowledge_base.content
        self.values = Values(content, self.language)
        self.asked: Asked = read_asked(sent, content, self.titles, self.labels, self.values)
        self.table = Sent()

    def _titles(self) -> Mapping[str, str]:
        content, core = self.rules.knowledge_base.content, self.rules.knowledge_base.core
        wording = Wording(content, self.language)
        titles: dict[str, str] = {}
        for rule in core.giving:
            titles.setdefault(rule.topic, wording.plain(content.rules[rule.rule].title))
        return titles

    def _labels(self) -> Mapping[str, str]:
        content = self.rules.knowledge_base.content
        wording = Wording(content, self.language)
        return {fact.id: wording.plain(fact.label) or fact.id for fact in content.facts.values()}


class _People:
    """Answers requests about many people."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers

    async def _question(self, request: Request) -> _Question:
        form = await form_of(request) if request.method == "POST" else None
        question = _Question(request, self.answers, form)
        if form is not None:
            question.table = await table_in(form, question.values)
            await form.close()
        return question

    async def page(self, request: Request) -> Response:
        try:
            question = await self._question(request)
            if request.method == "GET" and _says_nothing(request.query_params):
                return RedirectResponse(f"{request.url.path}?{urlencode(question.asked.pairs)}", 303)
            given = await self.answers.apart.made(request, lambda: _looked(question))
        except ImportError:
            return self._needs(request)
        status = 422 if given["file_problem"] else 200
        # What has no address is kept by the browser, so that one can go back to it.
        headers = {"cache-control": BACK} if given["held"] else {}
        return self.answers.page(request, "people/page.html", status, headers, **given)

    async def export(self, request: Request) -> Response:
        kind = request.path_params["form"]
        if kind not in _TYPES:
            raise Refused(404)
        try:
            question = await self._question(request)
            if question.table.problem:
                raise Refused(400, question.table.problem)
            data = await self.answers.apart.made(request, lambda: _exported(question, kind))
        except ImportError:
            return self._needs(request)
        except FactError as error:
            raise Refused(400, told_in(language_of(request, self.answers.workplace), error)) from None
        headers = {
            "content-disposition": f'attachment; filename="advice.{kind}"',
            "cache-control": "no-store",
        }
        return Response(data, headers={**headers, "content-type": _TYPES[kind]})

    def _needs(self, request: Request) -> Response:
        said = people_words(language_of(request, self.answers.workplace))
        return self.answers.page(request, "people/needs.html", 501, words=said)


def _says_nothing(query: QueryParams) -> bool:
    """Whether an address has fields that were left empty, or a number that was pressed; links need none."""
    return "pick" in query or not all(query.values())


def _crowd(question: _Question) -> Crowd:
    """The people who are asked about, with their advice. Raises ``FactError`` and ``ImportError``."""
    from wellfounded.batch.formats import Format  # noqa: PLC0415  # an extra, imported when it is asked for
    from wellfounded.review.crowd import NAME, as_lines, crowd, kept_columns, made_up  # noqa: PLC0415  # an extra
    from wellfounded.table.tables import Tables  # noqa: PLC0415  # an extra

    known, asked = question.rules.knowledge_base, question.asked
    content = known.content
    tables = question.rules.once("tables", lambda: Tables(content, known.core))
    if question.table.form:
        data, form = question.table.text.encode(), Format(question.table.form)
        return crowd(tables, data, form, kept_columns(data, form, content, question.keep), MOST)
    if asked.made_up:
        people = as_lines(made_up(content, asked.made_up, asked.seed.written))
        return crowd(tables, people, Format.NDJSON, (), MOST)

    def of_scenarios() -> Crowd:
        called = () if NAME in content.facts else (NAME,)
        named = ({**dict.fromkeys(called, one.name), **one.given} for one in question.rules.scenarios)
        return crowd(tables, as_lines(named), Format.NDJSON, called, MOST)

    return question.rules.once("crowd", of_scenarios)


def _example(question: _Question) -> str:
    """What can be written of a fact, or of the first that has words to choose from."""
    content, fact = question.rules.knowledge_base.content, question.asked.fact
    some = [content.facts[fact]] if fact else list(content.facts.values())
    return next((", ".join(question.values.options(one)) for one in some if one.values), "30")


def _exported(question: _Question, kind: str) -> bytes:
    from wellfounded.interfaces.studio.people.seen import exported, fitting  # noqa: PLC0415  # likewise

    return exported(fitting(_crowd(question), question.asked), kind)


def _looked(question: _Question) -> dict[str, Any]:
    """What the page says."""
    from wellfounded.interfaces.studio.people.seen import ABSENT, UNDECIDED, fitting, seen  # noqa: PLC0415  # an extra

    problem, found = question.table.problem, None
    is_wrong = problem or question.asked.count.problem or question.asked.seed.problem
    if not is_wrong:
        try:
            found = _crowd(question)
        except FactError as error:
            problem = question.said["file_wrong"].format(reason=told_in(question.language, error))
    said, asked = question.said, question.asked
    verdicts = verdict_words(question.language)
    outcomes = {str(verdict): verdicts[f"verdict_{verdict}"] for verdict in Verdict}
    outcomes |= {UNDECIDED: said["undecided"], ABSENT: said["absent"]}
    content = question.rules.knowledge_base.content
    fit = None if found is None else fitting(found, asked)
    return {
        "words": said,
        "asked": asked,
        "topics": question.titles,
        "labels": question.labels,
        "outcomes": outcomes,
        "file_problem": problem,
        "held": question.table if question.table.form and not problem else None,
        "keep": ", ".join(question.keep),
        "crowd": found,
        "seen": None
        if found is None or fit is None
        else seen(found, fit, asked, content, question.titles, question.values),
        "number": lambda count: number_text(count, question.language),
        "listed": _LISTED,
        "most": MOST,
        "size": size_text(LARGEST, question.language),
        "example": _example(question),
        "others": [
            (code, language_name(code, spoken(question.language)), f"/{quote(code)}/people")
            for code in question.rules.knowledge_base.languages
            if code != question.language
        ],
        "path": f"/{question.language}/people",
    }
