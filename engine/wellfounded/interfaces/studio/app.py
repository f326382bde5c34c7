"""Which address of the studio is answered by what."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from wellfounded.interfaces.incident import logged
from wellfounded.interfaces.studio.advice.routes import advice_routes
from wellfounded.interfaces.studio.apart import Apart
from wellfounded.interfaces.studio.assets import Assets
from wellfounded.interfaces.studio.callers import caller_of
from wellfounded.interfaces.studio.edit.routes import edit_routes
from wellfounded.interfaces.studio.evidence.routes import evidence_routes
from wellfounded.interfaces.studio.forms import typed_in
from wellfounded.interfaces.studio.guard import COOKIE, SIGN_IN, STATIC, Guard, TellingPage, carried_by
from wellfounded.interfaces.studio.limits import Limits
from wellfounded.interfaces.studio.pages import Answers, language_of, make_environment
from wellfounded.interfaces.studio.password import Door, Shut
from wellfounded.interfaces.studio.people.routes import people_routes
from wellfounded.interfaces.studio.refused import Refused
from wellfounded.interfaces.studio.rules.routes import rules_routes
from wellfounded.interfaces.studio.words import words
from wellfounded.interfaces.studio.workplace import Workplace

log = logging.getLogger("wellfounded.studio")

Endpoint = Callable[[Request], Awaitable[Response]]


def make_app(
    workplace: Workplace,
    limits: Limits = Limits(),  # noqa: B008  # it is frozen
    password: str = "",
    hosts: Collection[str] = (),
) -> ASGIApp:
    """The application. ``password`` is a hash; ``hosts`` are the names by which this machine is asked."""
    door = Door(password, limits)
    answers = Answers(workplace, Assets(), make_environment(), Apart(2, 16, limits.apart), bool(password))
    routes = [
        Route("/", _front(answers)),
        Route(f"{STATIC}{{rest:path}}", answers.assets.answer),
        Route(SIGN_IN, _sign_in(answers, door), methods=["GET", "POST"]),
        Route("/sign-out", _sign_out(door), methods=["POST"]),
        *(
            _in_a_language(route, workplace)
            for part in (
                _front_routes,
                advice_routes,
                rules_routes,
                evidence_routes,
                people_routes,
                edit_routes,
            )
            for route in part(answers)
        ),
    ]
    app = Starlette(
        routes=routes,
        exception_handlers={
            Refused: _refused(answers),
            HTTPException: _refused(answers),
            Exception: _unforeseen(answers),
        },
    )
    app.router.redirect_slashes = False
    inside = GZipMiddleware(_Looking(app, workplace), minimum_size=500)
    return Guard(inside, limits, door, hosts, _alone(answers))


def _in_a_language(route: Route, workplace: Workplace) -> Route:
    """A route that answers in the languages there are, and at addresses of no other."""

    async def spoken(request: Request) -> Response:
        if request.path_params["language"] not in workplace.languages:
            raise Refused(404)
        answered: Response = await route.endpoint(request)
        return answered

    return Route(route.path, spoken, methods=sorted(route.methods or ()))


class _Looking:
    """Before every page, a look at whether the files have changed; that to sign in shows nothing of them."""

    def __init__(self, app: ASGIApp, workplace: Workplace) -> None:
        self.app = app
        self.workplace = workplace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith((STATIC, SIGN_IN)):
            await asyncio.to_thread(self.workplace.look)
        await self.app(scope, receive, send)


def _front_routes(answers: Answers) -> list[Route]:
    return [Route(path, _front(answers)) for path in ("/{language}", "/{language}/")]


def _front(answers: Answers) -> Endpoint:
    async def front(request: Request) -> Response:
        """To the first page, in the language of the address or else that which the browser asks for most."""
        language = language_of(request, answers.workplace)
        first = "edit" if answers.workplace.rules is None else "advice"
        return RedirectResponse(f"/{language}/{first}", 303)

    return front


def _sign_in(answers: Answers, door: Door) -> Endpoint:
    # A password takes a while on purpose: who tries many would take the threads that pages are made in.
    trying = ThreadPoolExecutor(1, "password")

    async def sign_in(request: Request) -> Response:
        to = _own_address(request.query_params.get("to", "/"))
        if request.method != "POST":
            return answers.page(request, "sign_in.html", to=to, wrong="")
        try:
            given, caller = await _password_in(request), caller_of(request.scope)
            is_right = await asyncio.get_running_loop().run_in_executor(
                trying, door.try_password, given, caller
            )
        except Refused as error:  # the page that says so elsewhere tells of what is inside
            return answers.page(request, "sign_in.html", error.status, to=to, wrong="password_wrong")
        except Shut:
            headers = {"retry-after": str(int(door.limits.pause))}
            return answers.page(request, "sign_in.html", 429, headers, to=to, wrong="password_wait")
        if not is_right:
            return answers.page(request, "sign_in.html", 403, to=to, wrong="password_wrong")
        entered = RedirectResponse(to, 303)
        entered.set_cookie(
            COOKIE,
            door.sessions.begun(),
            max_age=int(door.limits.session),
            httponly=True,
            samesite="strict",
            # A proxy in front speaks TLS, not we: only the browser can say that it came that way.
            secure=request.headers.get("origin", "").startswith("https:"),
        )
        return entered

    return sign_in


async def _password_in(request: Request) -> str:
    """The password that was sent; what is no form of ours has none."""
    try:
        sent = parse_qs((await request.body()).decode(errors="replace"), max_num_fields=10)
    except ValueError:
        return ""
    return sent.get("password", [""])[0]


def _sign_out(door: Door) -> Endpoint:
    async def sign_out(request: Request) -> Response:
        await asyncio.to_thread(door.sessions.end, carried_by(request.scope))
        left = RedirectResponse(SIGN_IN, 303)
        left.delete_cookie(COOKIE)
        left.headers["clear-site-data"] = '"cache"'  # a table of people that was opened
        return left

    return sign_out


def _own_address(to: str) -> str:
    """An address of the studio; anything else is its first page."""
    is_own = to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable()
    return to if is_own else "/"


def _refused(answers: Answers) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def refused(request: Request, error: Exception) -> Response:
        status = error.status if isinstance(error, Refused) else getattr(error, "status_code", 500)
        headers = dict(getattr(error, "headers", None) or {})
        said = words(language_of(request, answers.workplace))
        text = (error.text if isinstance(error, Refused) else "") or said.get(f"error_{status}_text", "")
        title = said.get(f"error_{status}", said["error_500"])
        typed = typed_in(request)
        return answers.page(request, "error.html", status, headers, heading=title, text=text, typed=typed)

    return refused


def _alone(answers: Answers) -> TellingPage:
    def alone(request: Request, status: int, name: str) -> Response:
        """A page that stands by itself: whoever reads it may not be in."""
        said = words(language_of(request, answers.workplace))
        heading, text = said[f"error_{name}"], said[f"error_{name}_text"]
        return answers.page(request, "alone.html", status, heading=heading, text=text, typed={})

    return alone


def _unforeseen(answers: Answers) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def unforeseen(request: Request, error: Exception) -> Response:
        """A mistake of ours; the log knows it by a number, without what it says of a person."""
        said = words(language_of(request, answers.workplace))
        number = logged(error, log)
        heading, typed = said["error_500"], typed_in(request)
        return answers.page(request, "error.html", 500, heading=heading, text=number, typed=typed)

    return unforeseen
