"""The addresses of the pages about evidence."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wellfounded.authoring.insert import InsertError
from wellfounded.authoring.verdict import FOUND
from wellfounded.interfaces.audit_csv import matrix_csv
from wellfounded.interfaces.audit_page import citation_item
from wellfounded.interfaces.audit_words import spoken
from wellfounded.interfaces.page import Page, Part
from wellfounded.interfaces.studio.evidence.pages import (
    day_of,
    due_page,
    falling_page,
    ledger_page,
    references_page,
)
from wellfounded.interfaces.studio.evidence.recording import (
    Form,
    Place,
    Trial,
    empty_form,
    is_there,
    marked,
    named,
    place_of,
    read_form,
    refusal,
    saved,
    trial,
)
from wellfounded.interfaces.studio.evidence.shown import Shown, matrix, numbered, shown
from wellfounded.interfaces.studio.evidence.words import evidence_words
from wellfounded.interfaces.studio.forms import fields
from wellfounded.interfaces.studio.pages import Answers, language_of, used_rules
from wellfounded.interfaces.studio.refused import Refused
from wellfounded.interfaces.studio.rules.book import to_editor
from wellfounded.interfaces.studio.saves import SAVED, mark_of
from wellfounded.interfaces.studio.workplace import Rules
from wellfounded.model.content import Support
from wellfounded.model.due import today
from wellfounded.review.withdrawal import POLICY


def evidence_routes(answers: Answers) -> list[Route]:
    """The matrix, the ledger, what to look at, what falls with a reference, and a verdict on a citation."""
    place = _Evidence(answers)
    return [
        Route("/{language}/evidence", place.matrix),
        Route("/{language}/evidence/matrix.csv", place.csv),
        Route("/{language}/evidence/citations", place.citations),
        Route("/{language}/evidence/due", place.due),
        Route("/{language}/evidence/withdraw", place.references),
        Route("/{language}/evidence/withdraw/{number}", place.falling),
        Route("/{language}/evidence/verdict/{claim}/{number}", place.verdict),
        Route("/{language}/evidence/verdict/{claim}/{number}", place.record, methods=["POST"]),
    ]


class _Evidence:
    """Answers requests about the evidence of one workplace."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.workplace = answers.workplace

    async def _shown(self, request: Request, on: date | None = None) -> tuple[Rules, Shown]:
        language, rules = language_of(request, self.workplace), used_rules(self.workplace)
        return rules, await asyncio.to_thread(shown, rules, language, on or today())

    def _page(self, request: Request, name: str, status: int = 200, **given: Any) -> Response:
        language = language_of(request, self.workplace)
        said = evidence_words(language)
        ways = (("", "matrix"), ("/citations", "ledger"), ("/due", "due"), ("/withdraw", "withdraw"))
        links = [(f"/{language}/evidence{end}", said[word]) for end, word in ways]
        given |= {"ways": links, "path": request.url.path, "words": said}
        return self.answers.page(request, f"evidence/{name}.html", status, **given)

    async def matrix(self, request: Request) -> Response:
        _, seen = await self._shown(request)
        chosen = _supports(request)
        directly = request.query_params.get("directly", "") == "yes"
        made = matrix(seen, seen.audit.language, chosen, directly)
        return self._page(
            request,
            "matrix",
            matrix=made,
            filters=_filters(seen, tuple(Support), chosen),
            directly=directly,
            seen=seen,
        )

    async def csv(self, request: Request) -> Response:
        _, seen = await self._shown(request)
        name = f'attachment; filename="evidence-{seen.audit.on}.csv"'
        headers = {"content-disposition": name, "cache-control": "no-store"}
        return Response(matrix_csv(seen.audit), media_type="text/csv; charset=utf-8", headers=headers)

    async def citations(self, request: Request) -> Response:
        _, seen = await self._shown(request)
        chosen = _supports(request)
        asked = request.query_params.get("claim", "")
        claim = asked if asked in seen.lines.content.claims else ""
        page, count = ledger_page(seen, chosen, claim, not self.workplace.read_only)
        filters = _filters(
            seen, tuple(support for support in Support if support is not Support.UNCITED), chosen
        )
        return self._page(request, "ledger", page=page, count=count, filters=filters, claim=claim, seen=seen)

    async def due(self, request: Request) -> Response:
        written = request.query_params.get("on", "")
        day = day_of(written)
        _, seen = await self._shown(request, day)
        wrong = bool(written) and day is None
        return self._page(
            request,
            "due",
            page=due_page(seen),
            seen=seen,
            written=written if wrong else seen.audit.on,
            wrong=wrong,
        )

    async def references(self, request: Request) -> Response:
        _, seen = await self._shown(request)
        return self._page(request, "page", page=references_page(seen), seen=seen)

    async def falling(self, request: Request) -> Response:
        rules, seen = await self._shown(request)
        written = request.path_params["number"]
        number = next((r.number for r in seen.audit.references if str(r.number) == written), None)
        asked = request.query_params.get("min-support", POLICY)
        if number is None or asked not in FOUND:
            raise Refused(404)
        key = ("falling", seen.audit.language, number, asked)
        page = await self.answers.apart.made(
            request,
            lambda: rules.once(
                key, lambda: falling_page(seen, rules.knowledge_base, rules.scenarios, number, asked)
            ),
        )
        return self._page(
            request, "falling", page=page, seen=seen, filters=_filters(seen, FOUND, (Support(asked),))
        )

    async def verdict(self, request: Request) -> Response:
        rules, seen, place = await self._place(request)
        form = empty_form(place, rules.knowledge_base.languages, today())
        done = self.workplace.saves.done(request.query_params, place.file.name, place.digest)
        return self._form(request, seen, place, form, done=done, source=done or "read")

    async def record(self, request: Request) -> Response:
        if self.workplace.read_only:
            raise Refused(403, evidence_words(language_of(request, self.workplace))["read_only"])
        sent = await fields(request)
        rules, seen, place = await self._place(request)
        language, said = seen.audit.language, evidence_words(seen.audit.language)
        form = read_form(sent, rules.knowledge_base.languages, said, today())
        there = is_there(place)
        if not there or form.based_on != place.digest:
            fresh = Form(form.support, form.reasons, form.by, form.on, place.digest)
            return self._form(
                request, seen, place, fresh, status=409, conflict="changed" if there else "gone"
            )
        if sent.get("do") == "language":
            return self._form(request, seen, place, form.as_typed)
        if form.wrong:
            return self._form(request, seen, place, form, status=422)
        try:
            made = await asyncio.to_thread(trial, self.workplace, rules, place, form.found, language, today())
            if sent.get("do") != "save" or made.errors:
                shown_form, status = marked(form, made.errors), 422 if made.errors else 200
                return self._form(request, seen, place, shown_form, status=status, trial=made)
            written = await asyncio.to_thread(saved, self.workplace, place, made.after)
        except (InsertError, OSError) as error:
            return self._form(request, seen, place, form, status=422, stopped=refusal(error, place, language))
        if not written:
            return self._form(request, seen, place, form, status=409, conflict="changed")
        return RedirectResponse(f"{request.url.path}?{SAVED}={mark_of(made.after)}#main", 303)

    async def _place(self, request: Request) -> tuple[Rules, Shown, Place]:
        """The citation that an address is of. Raises ``Refused``."""
        rules, seen = await self._shown(request)
        number = request.path_params["number"]
        if not (number.isdecimal() and len(number) < 6):
            raise Refused(404)
        try:
            place = await asyncio.to_thread(
                place_of, self.workplace, rules, request.path_params["claim"], int(number)
            )
        except OSError:
            place = None
        if place is None:
            raise Refused(404)
        return rules, seen, place

    def _form(
        self,
        request: Request,
        seen: Shown,
        place: Place,
        form: Form,
        *,
        status: int = 200,
        trial: Trial | None = None,
        conflict: str = "",
        stopped: str = "",
        done: str = "",
        source: str = "typed",
    ) -> Response:
        said = evidence_words(seen.audit.language)
        return self._page(
            request,
            "verdict",
            status,
            seen=seen,
            place=place,
            form=form,
            trial=trial,
            conflict=conflict,
            stopped=stopped,
            done=done,
            source=source,
            folder=self.workplace.key,
            now=_now(seen, place),
            supports=[(str(support), said[f"support_{support}"]) for support in FOUND],
            names=named(tuple(form.reasons), spoken(seen.audit.language)),
            others=[
                (code, name, f"/{code}/{request.url.path.split('/', 2)[2]}")
                for code, name in named(self.workplace.languages, spoken(seen.audit.language)).items()
                if code != seen.audit.language
            ],
            most=today().isoformat(),
            edit=to_editor(seen.audit.language, place.citation.position),
        )


def _now(seen: Shown, place: Place) -> Page:
    """What the newest rules that could be read say of a citation."""
    item = next(
        citation_item(citation, seen.lines)
        for number, citation in numbered(seen.audit.citations)
        if citation.claim == place.claim and number == place.number
    )
    reference = next(r for r in seen.audit.references if str(r.number) == place.citation.reference)
    said = evidence_words(seen.audit.language)
    here = f"{seen.audit.language}/evidence/verdict/{place.claim}/{place.number}"
    return Page(
        said["verdict_title"],
        seen.lines.leading(reference.formatted),
        (Part(said["now"], (item,)),),
        "",
        here=here,
    )


def _supports(request: Request) -> tuple[Support, ...]:
    """The verdicts that are asked for; what is none is passed over."""
    asked = request.query_params.getlist("support")
    return tuple(support for support in Support if str(support) in asked)


def _filters(
    seen: Shown, supports: tuple[Support, ...], chosen: tuple[Support, ...]
) -> list[tuple[str, str, bool]]:
    """Verdicts to choose from: the word of the address, that of the page, and whether it is chosen."""
    return [(str(s), seen.lines.words[f"support_{s}"], s in chosen) for s in supports]
