"""The studio in a real browser, as its users see it: with its own policy, and nothing lifted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.studio.setting import SETTINGS, Setting
from tests.http.server import Server
from tests.studio.conftest import folder, studio, workshop

if TYPE_CHECKING:
    from tests.browser.studio.visit import Visit
    from tests.browser.windows import Windows

__all__ = ["folder", "studio", "workshop"]


@pytest.fixture(params=SETTINGS, ids=str)
def setting(request: pytest.FixtureRequest) -> Setting:
    """Each journey is made in each of the settings."""
    made: Setting = request.param
    return made


@pytest.fixture
def visit(windows: Windows, setting: Setting) -> Iterator[Callable[..., Visit]]:
    """Opens a page of a running studio, in the setting. At the end nothing may have gone wrong in any."""
    from tests.browser.studio.visit import Visit  # noqa: PLC0415  # not where the tests are skipped

    visits: list[Visit] = []

    def visited(at: Server | str, page: str, scripts: bool = True) -> Visit:
        root = at if isinstance(at, str) else at.url
        visits.append(Visit(windows, root, page, setting, scripts))
        return visits[-1]

    yield visited
    for made in visits:
        made.close()
    assert [made.complaints for made in visits if made.complaints] == []
