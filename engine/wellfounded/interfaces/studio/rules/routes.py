"""The addresses of the pages about rules."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wellfounded.interfaces.handbook.addresses import HOME, SEARCH, address
from wellfounded.interfaces.studio.pages import Answers, language_of, used_rules
from wellfounded.interfaces.studio.refused import Refused
from wellfounded.interfaces.studio.rules.book import Pages, pages_in, searched
from wellfounded.interfaces.studio.rules.words import rules_words


def rules_routes(answers: Answers) -> list[Route]:
    """The pages of the handbook, each at its own address."""

    async def handbook_page(request: Request) -> Response:
        pages = await _pages(answers, request)
        here = request.url.path.removeprefix("/")
        made = pages.by_address.get(here)
        if made is None:
            raise Refused(404)
        return answers.page(
            request,
            "rules/page.html",
            pages=pages,
            page=made,
            edit=pages.places.get(here, ""),
            judge=pages.citations.get(here, ""),
            falls=pages.falls.get(here, ""),
            form="" if answers.workplace.read_only else pages.forms.get(here, ""),
            words=rules_words(pages.language),
        )

    async def search(request: Request) -> Response:
        pages = await _pages(answers, request)
        query = request.query_params.get("q", "")
        made, count = searched(pages.by_address[address(pages.language, SEARCH)], query)
        return answers.page(
            request,
            "rules/search.html",
            pages=pages,
            page=made,
            query=query,
            count=count,
            words=rules_words(pages.language),
        )

    async def first(request: Request) -> Response:
        return RedirectResponse(f"/{address(language_of(request, answers.workplace), HOME)}", 303)

    return [
        Route("/{language}/rules", first),
        Route(f"/{{language}}/{SEARCH}.html", search),
        Route("/{language}/{name}.html", handbook_page),
        Route("/{language}/{folder}/{name}.html", handbook_page),
    ]


async def _pages(answers: Answers, request: Request) -> Pages:
    language = language_of(request, answers.workplace)
    rules = used_rules(answers.workplace)
    return await asyncio.to_thread(rules.once, ("handbook", language), lambda: pages_in(language, rules))
