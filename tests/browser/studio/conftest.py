"""The studio in a real browser, as its users see it: with its own policy, and nothing lifted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.studio.conftest import folder, studio, workshop

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.studio.visit import Visit

__all__ = ["folder", "studio", "workshop"]

#: A desk and a telephone.
WIDTHS = (1200, 360)


@pytest.fixture(params=WIDTHS, ids=["desk", "telephone"])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens a page of a running studio. At the end nothing may have gone wrong in any of them."""
    from tests.browser.studio.visit import Visit  # noqa: PLC0415  # not where the tests are skipped

    visits: list[Visit] = []

    def visited(url: str, width: int = 1200, scheme: str = "light") -> Visit:
        visits.append(Visit(browser, url, width, scheme))
        return visits[-1]

    yield visited
    for made in visits:
        made.close()
    assert [made.complaints for made in visits if made.complaints] == []
