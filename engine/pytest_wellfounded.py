"""pytest's way in: hands scenario files to ``wellfounded``, which is imported only where there is one.

pytest loads this for every run in an environment that has ``wellfounded``, so it stands outside the package
and imports nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini(
        "wellfounded_rules",
        "The knowledge base of all scenarios; without it, the nearest folder above each that has a header.",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if not file_path.name.endswith((".scenarios.yaml", ".scenarios.yml")):
        return None
    from wellfounded.interfaces.pytest_items import ScenarioFile  # noqa: PLC0415  # see above

    made: pytest.Collector = ScenarioFile.from_parent(parent, path=file_path)
    return made
