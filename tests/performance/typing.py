"""How long an editor waits, after a keystroke, for what is wrong: ``python -m tests.performance.typing``.

A real client writes to the real command, in copies of the article's largest files. The pause in which the
server waits for the next keystroke is part of the time.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from tests.conftest import RULES
from tests.editing.editor import Editor, editing

#: Letters that are typed into each file, one after the other.
KEYSTROKES = 100
FILES = 3
LIMIT = 200


def largest(folder: Path) -> list[str]:
    """The largest files of rules, by their names."""
    files = sorted(folder.rglob("*.yaml"), key=lambda file: file.stat().st_size, reverse=True)
    return [str(file.relative_to(folder)) for file in files[:FILES]]


async def waits(editor: Editor, name: str) -> list[float]:
    """Milliseconds from each keystroke to what the server says of it."""
    text = editor.open(name)
    await editor.diagnostics(name)
    found = []
    for count in range(1, KEYSTROKES + 1):
        began = perf_counter()
        editor.type(name, f"{text}# {'x' * count}\nmistake_{count}: true\n")
        assert await editor.diagnostics(name)
        found.append((perf_counter() - began) * 1000)
    editor.close(name)
    return found


async def measure(folder: Path) -> None:
    print(f"{'milliseconds after a keystroke':40}{'median':>8}{'95 %':>8}{'slowest':>9}{'goal':>7}")
    async with editing(folder) as editor:
        for name in largest(folder):
            found = await waits(editor, name)
            late = quantiles(found, n=20)[-1]
            print(f"{name:40}{median(found):8.0f}{late:8.0f}{max(found):9.0f}{LIMIT:7}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        asyncio.run(measure(shutil.copytree(RULES, Path(place) / "rules")))
