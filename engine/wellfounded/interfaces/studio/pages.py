"""The frame of every page, and answers made with it.

All that stands in a page is escaped by the templates, which are ours; nothing from a file, an address or a
form is ever read as a template or as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from babel import Locale
from babel.dates import format_date
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from wellfounded.interfaces.as_html import as_fragment
from wellfounded.interfaces.audit_words import spoken
from wellfounded.interfaces.handbook.book import language_name
from wellfounded.interfaces.http.languages import accepted
from wellfounded.interfaces.line import Line, plain, runs
from wellfounded.interfaces.page import Page
from wellfounded.interfaces.retold import refusal_in, say_in
from wellfounded.interfaces.studio.apart import Apart
from wellfounded.interfaces.studio.assets import Assets
from wellfounded.interfaces.studio.refused import Refused
from wellfounded.interfaces.studio.words import counted, words
from wellfounded.interfaces.studio.workplace import Rules, Workplace
from wellfounded.model.record import Record

#: The parts of the studio, in the order of its menu, each with the address of its first page.
PARTS: Mapping[str, str] = {
    "advice": "advice",
    "rules": "index.html",
    "edit": "edit",
    "evidence": "evidence",
    "people": "people",
}

#: What else belongs to a part, by what its addresses begin with.
_BELONGS: Mapping[str, str] = {"why": "advice", "compare": "advice"}


#: Says of a page that its browser may keep it to go back to, until the tab is closed or somebody signs out.
BACK = "private, no-cache"


class Answers(Record, frozen=True, gc=True):
    """Makes answers of templates, for one workplace. What may take long is made ``apart``."""

    workplace: Workplace
    assets: Assets
    environment: Environment
    apart: Apart
    password: bool = False

    def page(
        self,
        request: Request,
        template: str,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **given: Any,
    ) -> Response:
        """A page of a part of the studio. What is ``given`` is what its template says besides the frame."""
        html = self.environment.get_template(template).render(**self._frame(request), **given)
        return HTMLResponse(html, status, {"cache-control": _kept(request), **(headers or {})})

    def _frame(self, request: Request) -> Mapping[str, Any]:
        language = language_of(request, self.workplace)
        said = words(language)
        rules = self.workplace.rules
        return {
            "frame": said,
            "language": language,
            "spoken": spoken(language),
            "assets": self.assets,
            "parts": [(name, said[name], f"/{language}/{place}") for name, place in PARTS.items()],
            "here": _part(request.url.path),
            "languages": list(_other_languages(request, self.workplace.languages)),
            "read_only": self.workplace.read_only,
            "broken": _broken(self.workplace, said),
            "title": said["studio"] if rules is None else title_of(rules, language),
            "general": "" if rules is None else notice_of(rules, language),
            "made_with": "" if rules is None else _made_with(rules, said),
            "password": self.password,
        }


def make_environment() -> Environment:
    """The templates, in which every value is escaped and every misspelt name is an error."""
    made = Environment(
        loader=PackageLoader("wellfounded.interfaces.studio"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.filters["counted"] = counted
    made.filters["fragment"] = fragment
    made.filters["linked"] = linked
    made.filters["moment"] = moment
    made.filters["plain"] = plain
    made.filters["retold"] = lambda text, language, *vocabulary: say_in(language)(text, *vocabulary)
    made.filters["refusal"] = lambda reason, language: refusal_in(language, reason)
    made.filters["spoken"] = spoken
    made.filters["query"] = lambda pairs: urlencode(list(pairs), quote_via=quote)
    return made


def fragment(page: Page, language: str) -> Markup:
    """A page that paper and terminals show too, as a piece of one of ours; it is escaped already."""
    return Markup(as_fragment(page, language))


def linked(line: Line) -> Markup:
    """A line whose runs lead to pages of the studio, by addresses from its root."""
    return Markup("").join(
        Markup('<a href="{}">{}</a>').format(quote(run.to), run.text) if run.to else run.text
        for run in runs(line)
    )


def moment(at: datetime, language: str) -> str:
    """A day with the time, on a clock of 24 hours, as the scripts of pages write it too."""
    return f"{format_date(at, 'medium', locale=Locale.parse(spoken(language)))}, {at:%H:%M}"


def language_of(request: Request, workplace: Workplace) -> str:
    """The language an address begins with; where it begins with none, the one the browser asks for most."""
    languages = workplace.languages
    first = request.url.path.split("/", 2)[1]
    return first if first in languages else accepted(request.headers.get("accept-language", ""), languages)


def used_rules(workplace: Workplace) -> Rules:
    """The rules that can be used. Raises ``Refused`` where there are none yet."""
    if workplace.rules is None:
        raise Refused(503)
    return workplace.rules


def title_of(rules: Rules, language: str) -> str:
    """What a knowledge base is called in a language."""
    return rules.once(("title", language), lambda: rules.knowledge_base.advise({}, language).title)


def notice_of(rules: Rules, language: str) -> str:
    """What a knowledge base says of all of its advice, in a language."""
    return rules.once(("notice", language), lambda: rules.knowledge_base.advise({}, language).notice)


def _kept(request: Request) -> str:
    """Whether a browser may keep a page: one that answers a form, unless there is a person in it.

    One that it did not keep it cannot go back to; it asks whether to send the form again.
    """
    has_no_person = _part(request.url.path) in ("edit", "evidence")
    return BACK if request.method == "POST" and has_no_person else "no-store"


def _part(path: str) -> str:
    """The part of the studio that an address belongs to; the pages of the handbook are those of the rules."""
    pieces = path.split("/")
    part = pieces[2].partition("-")[0] if len(pieces) > 2 else ""
    return "rules" if path.endswith(".html") else _BELONGS.get(part, part)


def _other_languages(request: Request, languages: Iterable[str]) -> Iterable[tuple[str, str, str]]:
    """Each language by its own name, with the address of this very page in it: nothing filled in is lost."""
    _, _, rest = request.url.path.removeprefix("/").partition("/")
    query = f"?{request.url.query}" if request.url.query else ""
    for language in languages:
        yield language, language_name(language), f"/{language}/{rest}{query}"


def _broken(workplace: Workplace, said: Mapping[str, str]) -> str:
    if not workplace.broken:
        return ""
    name = "broken" if workplace.rules is not None else "broken_all"
    return counted(said, name, len(workplace.broken))


def _made_with(rules: Rules, said: Mapping[str, str]) -> str:
    known = rules.knowledge_base
    return said["made_with"].format(id=known.id, version=known.version, digest=known.digest[:19])
