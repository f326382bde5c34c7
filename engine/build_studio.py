"""Bundles what the studio's pages run in a browser, when a wheel or an sdist is made from a checkout.

npm is needed here and nowhere else: what it makes is shipped in both. Where npm is missing, the studio comes
without scripts: its pages work as plain forms, and files are edited in a plain field.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STUDIO = Path("engine/wellfounded/interfaces/studio")
_STAMP = "made-from.sha256"


class BuildStudio(BuildHookInterface[Any]):
    """Makes ``static/built`` from ``browser``, unless it was made from the same sources already."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        studio = Path(self.root) / STUDIO
        sources, built = studio / "browser", studio / "static" / "built"
        digest = _digest(sources)
        if _made_from(built) == digest:
            return
        npm = shutil.which("npm")
        if npm is None:
            self.app.display_warning("npm is not there, so the studio is made without its scripts")
            return
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder) / "browser"
            shutil.copytree(sources, work)
            for command in (("ci", "--no-audit", "--no-fund", "--silent"), ("run", "build", "--", "out")):
                made = subprocess.run([npm, *command], cwd=work, capture_output=True, text=True, check=False)
                if made.returncode:
                    said = (made.stderr or made.stdout).strip()[-2000:]
                    self.app.display_warning(f"the studio is made without its scripts: npm said {said}")
                    return
            (work / "out" / _STAMP).write_text(digest, encoding="ascii")
            shutil.rmtree(built, ignore_errors=True)
            shutil.copytree(work / "out", built)


def _digest(sources: Path) -> str:
    """What the scripts are made from, in short."""
    found = hashlib.sha256()
    for path in sorted(path for path in sources.iterdir() if path.is_file()):
        found.update(f"{path.name}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def _made_from(built: Path) -> str:
    stamp = built / _STAMP
    return stamp.read_text(encoding="ascii") if stamp.is_file() else ""
