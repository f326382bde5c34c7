"""How quick the studio is in a real browser: ``python -m tests.performance.studio``.

First how long somebody waits, after a keystroke, for what is wrong: from the key to the text below the
editor, with the pause for the next keystroke and the browser's own work. Then when a page can be used that
was never seen before, on a slow line (1.6 Mbit/s, 100 ms) and with a processor four times as slow.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import ARGUMENTS, chromium
from tests.conftest import RULES
from tests.http.server import Server, serving

KEYSTROKES = 60
FILES = ("parameters.yaml", "nutrition/protein.yaml")
LIMIT = 200
#: Pages, and the milliseconds in which they can be used at the latest.
PAGES = {"index.html": 1500, "advice": 1500, "edit/nutrition/protein.yaml": 2500}
LOADS = 5
SLOW = {
    "offline": False,
    "latency": 100,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
    "connectionType": "cellular3g",
}

#: Waits, in the page, from a key until what is wrong on the new line is told.
_WATCH = """() => new Promise(resolve => {
  let began;
  const told = new MutationObserver(() => {
    const text = document.getElementById("problems").textContent;
    if (began && text.includes(window.awaited)) { told.disconnect(); resolve(performance.now() - began); }
  });
  told.observe(document.getElementById("problems").parentNode, { childList: true, subtree: true });
  document.addEventListener("keydown", () => { began = performance.now(); }, { capture: true, once: true });
})"""


def waits(page: Page, url: str) -> list[float]:
    """Milliseconds from each keystroke to what is said of it: every one makes another mistake."""
    page.goto(url)
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("mistake")
    page.keyboard.type(": true")
    for _ in ": true":
        page.keyboard.press("ArrowLeft")
    found = []
    for count in range(KEYSTROKES):
        letter = "abcdefghijklmnopqrstuvwxyz"[count % 26]
        page.locator("#problems", has_text="`mistake`").wait_for()
        page.wait_for_timeout(300)  # nothing is under way from the keystroke before
        page.evaluate("text => { window.awaited = text; }", f"`mistake{letter}`")
        waiting = page.evaluate_handle(f"() => ({{ told: ({_WATCH})() }})")
        page.keyboard.type(letter)
        found.append(float(page.evaluate("async held => await held.told", waiting)))
        page.keyboard.press("Backspace")
    return found


def usable(browser: Browser, url: str) -> float:
    """Milliseconds until a page that was never seen before is whole, its scripts run and its editor there."""
    context = browser.new_context()
    page = context.new_page()
    session: Any = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(url, wait_until="load")
    if page.locator("textarea[data-editor]").count():
        page.locator(".cm-content").wait_for()
    found = page.evaluate("performance.timing.loadEventEnd - performance.timing.navigationStart")
    context.close()
    return float(found)


def measure(browser: Browser, studio: Server) -> None:
    head = f"{'median':>8}{'95 %':>8}{'slowest':>9}{'goal':>7}"
    print(f"{'milliseconds after a keystroke':40}{head}")
    page = browser.new_page()
    for name in FILES:
        found = waits(page, f"{studio.url}/en/edit/{name}")
        print(f"{name:40}{_figures(found)}{LIMIT:7}")
    print(f"{'milliseconds until a page can be used':40}{head}")
    for name, limit in PAGES.items():
        if studio.get(f"/en/{name}").status == 200:
            found = [usable(browser, f"{studio.url}/en/{name}") for _ in range(LOADS)]
            print(f"{name:40}{_figures(found)}{limit:7}")


def _figures(found: list[float]) -> str:
    return f"{median(found):8.0f}{quantiles(found, n=20, method='inclusive')[-1]:8.0f}{max(found):9.0f}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        rules = shutil.copytree(RULES, Path(place) / "rules")
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        with serving(str(rules), "--no-browser", command="studio") as studio:
            measure(browser, studio)
        browser.close()
