"""Every page of the studio can be read and used by everybody: at every width, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from tests.conftest import RULES
from tests.http.server import Server
from wellfounded.interfaces.studio.app import make_app
from wellfounded.interfaces.studio.workplace import Workplace

if TYPE_CHECKING:
    from tests.browser.studio.visit import Visit

ANSWERS = "goal=muscle_gain&age=30&healthy=yes&resistance_training=yes&body_mass=176 lb&sleep_duration=6"
ONE = "&".join(f"a.{answer}" for answer in ANSWERS.split("&"))
OTHER = "&".join(f"b.{answer}" for answer in ANSWERS.replace("tion=6", "tion=8").split("&"))

#: Every address of a page, by the part of the studio it is in, each with the states that an address alone can
#: bring it in. What is only seen after a form was sent is looked at by the journey that sends it.
PAGES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "advice": {
        "advice": (
            "advice",
            f"advice?{ANSWERS}&was-sleep_duration=&not-known=load",
            "advice?load=abc&was-load=&no_such=1&min-support=much",
        ),
        "advice/sheet": (f"advice/sheet?{ANSWERS}",),
        "why/{id}": (
            f"why/sleep-duration?{ANSWERS}&what-would=keep&if.sleep_duration=8",
            f"why/testosterone-booster?{ANSWERS}",
            f"why/creatine?{ANSWERS}&if.age=999",
        ),
        "compare": (f"compare?{ONE}&{OTHER}",),
        "compare/versions": (f"compare/versions?{ANSWERS}",),
    },
    "handbook": {
        "{name}.html": ("index.html",),
        "{folder}/{name}.html": (
            "recommendations/protein-daily.html",
            "parameters/protein_dose.html",
            "references/3.html",
            "no-such/page.html",
        ),
        "search.html": ("search.html?q=1",),
    },
    "evidence": {
        "evidence": ("evidence",),
        "evidence/citations": ("evidence/citations?support=partly",),
        "evidence/due": ("evidence/due?on=2029-01-01", "evidence/due?on=someday"),
        "evidence/withdraw": ("evidence/withdraw",),
        "evidence/withdraw/{number}": ("evidence/withdraw/3",),
    },
    "people": {"people": ("people?made-up=101&page=2&sort=age", "people?made-up=none&is=3")},
    "edit": {
        "edit": ("edit",),
        "edit/{file}": ("edit/nutrition/protein.yaml?line=12",),
        "edit-form/{kind}/{id}": (
            "edit-form/fact/sleep_duration",
            "edit-form/claim/protein-daily-dose",
            "edit-form/rule/protein-daily",
        ),
        "edit-history/{file}": ("edit-history/parameters.yaml",),
        "evidence/verdict/{claim}/{number}": ("evidence/verdict/protein-daily-dose/1",),
    },
}

#: Addresses that give a file, or lead to a page; whoever signs in has a journey of their own.
NO_PAGES = {
    "/",
    "/static/{rest}",
    "/sign-in",
    "/{language}",
    "/{language}/",
    "/{language}/rules",
    "/{language}/advice/file",
    "/{language}/advice/open",
    "/{language}/evidence/matrix.csv",
    "/{language}/people/advice.{form}",
    "/{language}/edit-undo/{file}",
    "/{language}/edit-commit",
}


def test_no_page_is_forgotten() -> None:
    app: Any = make_app(Workplace(RULES))
    while not isinstance(app, Starlette):  # it stands within what guards it
        app = app.app
    routes = [route for route in app.routes if isinstance(route, Route)]
    shown = {route.path_format for route in routes if "GET" in (route.methods or ())}
    assert shown - NO_PAGES == {f"/{{language}}/{page}" for part in PAGES.values() for page in part}


@pytest.mark.parametrize("part", PAGES)
def test_everybody_can_read_it(
    visit: Callable[..., Visit], request: pytest.FixtureRequest, part: str
) -> None:
    """What can be opened is open."""
    server: Server = request.getfixturevalue("workshop" if part == "edit" else "studio")
    states = [state for each in PAGES[part].values() for state in each]
    view = visit(server, states[0])
    for state in states:
        view.to(state)
        if state.startswith("edit/"):
            view.page.locator(".cm-content").wait_for()
        view.page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        view.fits()
        if part == "advice":
            assert view.says("geen medisch advies", "not medical advice") in view.text()
        if "no-such" in state:
            view.refused(404)
