"""What axe-core finds wrong with a page."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_RUN = """async () => {
  const { violations } = await axe.run({ resultTypes: ["violations"] });
  return violations.map(({ id, help, nodes }) => [id, help, nodes[0].html]);
}"""


def violations(page: Page) -> list[Any]:
    """Each rule that is violated, with the first place where it is."""
    if page.evaluate("typeof axe") == "undefined":  # it is large, and stays as long as the document does
        page.evaluate(AXE_SCRIPT)
    return list(page.evaluate(_RUN))
