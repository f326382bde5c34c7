"""What axe-core finds wrong with a page."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_RUN = """async enabled => {
  const rules = { "color-contrast": { enabled } };
  const { violations } = await axe.run({ resultTypes: ["violations"], rules });
  return violations.map(({ id, help, nodes }) => [id, help, nodes[0].html]);
}"""


def violations(page: Page, colours: bool = True) -> list[Any]:
    """Each rule that is violated, with the first place where it is.

    Whether ``colours`` stand out enough takes more than half of the time.
    """
    if page.evaluate("typeof axe") == "undefined":  # it is large, and stays as long as the document does
        page.evaluate(AXE_SCRIPT)
    return list(page.evaluate(_RUN, colours))
