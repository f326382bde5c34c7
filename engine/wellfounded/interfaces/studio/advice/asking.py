"""What the addresses of this part share: whom they are about, in which language, under which rules."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from babel import Locale
from babel.dates import format_date
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from wellfounded.advise.edition import Edition
from wellfounded.interfaces.audit_words import spoken
from wellfounded.interfaces.studio.advice.person import Pairs, Person, edition_of, person_in
from wellfounded.interfaces.studio.advice.words import advice_words
from wellfounded.interfaces.studio.forms import form_of
from wellfounded.interfaces.studio.pages import Answers, language_of, used_rules
from wellfounded.interfaces.studio.refused import Refused
from wellfounded.interfaces.studio.words import Words
from wellfounded.interfaces.studio.workplace import Rules
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.record import Record

Made = TypeVar("Made")


class Asking(Record, frozen=True, gc=True):
    """One request. ``editions`` begin with that of its language."""

    answers: Answers
    request: Request
    rules: Rules
    editions: tuple[Edition, ...]

    @property
    def edition(self) -> Edition:
        return self.editions[0]

    @property
    def language(self) -> str:
        return self.edition.language

    @property
    def words(self) -> Words:
        return advice_words(self.language)

    @property
    def knowledge_base(self) -> KnowledgeBase:
        return self.rules.knowledge_base

    @property
    def pairs(self) -> Pairs:
        return self.request.query_params.multi_items()

    def person(self, prefix: str = "") -> Person:
        """The person that the query states."""
        return person_in(self.pairs, self.editions, prefix)

    def page(self, template: str, status: int = 200, **given: Any) -> Response:
        return self.answers.page(self.request, template, status, words=self.words, **given)

    async def apart(self, make: Callable[[], Made]) -> Made:
        """What takes long, made for as long as somebody waits for it. Raises ``Refused``."""
        return await self.answers.apart.made(self.request, make)

    def only_at(self, pairs: Pairs) -> Response | None:
        """To the address with this query, unless this one says the same in whatever order."""
        return None if sorted(pairs) == sorted(self.pairs) else to(self.request.url.path, pairs)

    def day(self, on: date) -> str:
        """A day as it is written out."""
        return format_date(on, "long", locale=Locale.parse(spoken(self.language)))


async def asking(answers: Answers, request: Request) -> Asking:
    """What a request asks. Raises ``Refused`` where the rules cannot be used or lack the language."""
    rules = used_rules(answers.workplace)
    language = language_of(request, answers.workplace)
    if request.path_params["language"] != language:
        raise Refused(404)
    others = [other for other in rules.knowledge_base.languages if other != language]

    def edition(of: str) -> Edition:
        return rules.once(("edition", of), lambda: edition_of(rules.knowledge_base, of))

    editions = await asyncio.to_thread(lambda: tuple(edition(of) for of in (language, *others)))
    return Asking(answers, request, rules, editions)


def to(path: str, pairs: Pairs) -> Response:
    query = urlencode(list(pairs), quote_via=quote)
    return RedirectResponse(f"{path}?{query}" if query else path, 303)


async def uploaded(request: Request, name: str, most: int) -> tuple[str, bytes] | None:
    """The name and the bytes of a file in a form, up to one more than the most; none without a file."""
    file = (await form_of(request)).get(name)
    if not isinstance(file, UploadFile) or not file.filename:
        return None
    return file.filename, await file.read(most + 1)
