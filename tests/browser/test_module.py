"""A shop's page in a real browser: advice from the module, under a policy that forbids nearly everything."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from wellfounded import KnowledgeBase
from wellfounded.interfaces.javascript.module import module

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

SHOP = "http://shop.invalid"
POLICY = "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
PAGE = "<!doctype html><title>Shop</title><ol></ol><script type=module src=shop.mjs></script>"
SCRIPT = """
import { advise } from "./muscle-gain.mjs";

const facts = { goal: "muscle_gain", age: 31, healthy: true, body_mass: "176 lb", sleep_duration: 6.5 };
for (const { title, text } of advise(facts, { language: "nl" }).recommendations) {
  const item = document.createElement("li");
  item.textContent = `${title}: ${text}`;
  document.querySelector("ol").append(item);
}
try {
  advise({ age: 300 });
} catch (error) {
  document.title = error.message;
}
"""
FACTS = {"goal": "muscle_gain", "age": 31, "healthy": True, "body_mass": "176 lb", "sleep_duration": 6.5}


def test_a_page_shows_advice_and_sends_nothing(browser: Browser, article: KnowledgeBase) -> None:
    asked: list[str] = []
    files = {
        "/": ("text/html", PAGE),
        "/shop.mjs": ("text/javascript", SCRIPT),
        "/muscle-gain.mjs": ("text/javascript", module(article)),
    }
    context = browser.new_context()
    try:
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        context.route("**/*", answering(files, asked))
        page.goto(f"{SHOP}/")
        page.wait_for_function("document.title !== 'Shop'")
        shown = page.locator("li").all_inner_texts()
        advice = article.advise(FACTS, language="nl")
        assert shown == [f"{item.title}: {item.text}" for item in advice.recommendations]
        assert page.title() == "`age` is 300, which is outside what is allowed; allowed: 0 to 120 year"
        assert complaints == []
        assert sorted(asked) == sorted(files)
    finally:
        context.close()


def answering(files: dict[str, tuple[str, str]], asked: list[str]) -> Callable[[Route], None]:
    """Answers for a server that there is not; what is asked for is noted."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SHOP)
        asked.append(path)
        kind, body = files[path]
        headers = {"content-type": f"{kind}; charset=utf-8", "content-security-policy": POLICY}
        route.fulfill(status=200, headers=headers, body=body)

    return answer
