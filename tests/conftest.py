"""What tests share: the article's knowledge base, loaded once, and where things are."""

from __future__ import annotations

import signal
from collections.abc import Generator
from datetime import date
from pathlib import Path

import pytest

import wellfounded
from wellfounded import KnowledgeBase

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "rules"

#: What is overdue depends on the day; for the tests it is always this one.
DAY = date(2026, 11, 22)

#: What makes coverage measure a process that is started.
COVERAGE = "COVERAGE_PROCESS_CONFIG"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens",
        action="store_true",
        help="Write golden files, and the outputs that the documentation shows, anew.",
    )


def pytest_configure() -> None:
    """What tests start heeds signals, even where these are ignored, as they are in the background."""
    for name in ("SIGINT", "SIGHUP"):
        number = getattr(signal, name, None)  # not every system has both
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """What a test that is not measured starts is not measured either."""
    with pytest.MonkeyPatch.context() as patch:
        if item.get_closest_marker("no_cover"):
            patch.delenv(COVERAGE, raising=False)
        return (yield)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> object:
    """Tests keep their own cache and day, so that no run depends on an earlier one or on when it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WELLFOUNDED_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("WELLFOUNDED_TODAY", DAY.isoformat())
        yield


@pytest.fixture(scope="session")
def article(_own_cache: object) -> KnowledgeBase:
    """The knowledge base that comes with the package."""
    return wellfounded.load(RULES)
