"""Whatever is typed: nothing breaks, and what is said in the end is what `check` says of what is there."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from tests.awaited import awaited
from tests.conftest import DAY, ROOT
from tests.fuzz.mutations import in_text
from wellfounded import KnowledgeBaseError, diagnose, load
from wellfounded.editing.complete import complete
from wellfounded.editing.fixes import fix
from wellfounded.editing.folder import Folder
from wellfounded.editing.hover import hover
from wellfounded.editing.outline import outline
from wellfounded.editing.rename import RenameError, rename
from wellfounded.load.files import SCENARIOS
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.review.scenarios import read_scenarios

PLANTS = ROOT / "tests" / "knowledge_bases" / "houseplants"
FILES = sorted(path.name for path in PLANTS.iterdir())
ROUNDS = 60

#: A cursor stands at every so many characters; at each one takes some minutes.
EVERY = int(os.environ.get("EVERY", "29"))


def _comparable(found: Diagnostic, folder: Path) -> tuple[object, ...]:
    file = os.path.relpath(found.position.file, folder) if found.position.file else ""
    return (
        found.code,
        "" if file == "." else file,
        found.position.line,
        found.position.column,
        found.message,
        found.help,
    )


@pytest.mark.parametrize("seed", range(4))
def test_everything_can_be_asked_of_any_text(seed: int, tmp_path: Path) -> None:
    chance = Random(seed)
    root = Path(shutil.copytree(PLANTS, tmp_path / "plants"))
    folder = Folder(root)
    original = {name: (root / name).read_text("utf-8") for name in FILES}
    for _ in range(ROUNDS):
        name = chance.choice(FILES)
        text = folder.unsaved.get(name, original[name]) if chance.random() < 0.3 else original[name]
        folder.unsaved = {name: in_text(text, chance)}
        view = folder.view(DAY)
        document = view.documents[name]
        for _ in range(2):
            offset = chance.randint(0, len(document.now.text))
            complete(view, name, offset)
            hover(view, name, offset)
            view.places(frozenset(one.symbol for one in view.at(name, offset)))
            with suppress(RenameError):
                rename(view, name, offset, "fresh", DAY)
        outline(document)
        for diagnostic in view.diagnostics:
            source = view.documents[diagnostic.position.file].now if diagnostic.position.file else None
            if source is not None:
                start, end = source.span(diagnostic.position)
                assert 0 <= start <= end <= len(source.text)
                fix(diagnostic, source)


@pytest.mark.parametrize("name", FILES)
def test_everything_can_be_asked_wherever_a_person_stops_typing(name: str, tmp_path: Path) -> None:
    """The file ends at the cursor, or goes on in the next line as it does now."""
    root = Path(shutil.copytree(PLANTS, tmp_path / "plants"))
    folder, text = Folder(root), (root / name).read_text("utf-8")
    for number, offset in enumerate(range(0, len(text) + 1, EVERY)):
        rest = text[text.find("\n", offset) :] if number % 2 else ""
        folder.unsaved = {name: text[:offset] + rest}
        view = folder.view(DAY)
        for proposal in complete(view, name, offset, "nl"):
            assert proposal.label and 0 <= proposal.start <= offset
        said = hover(view, name, max(offset - 1, 0), "nl")
        assert said is None or 0 <= said.start <= said.end <= len(folder.unsaved[name])
        here = view.at(name, offset)
        view.places(view.index.one_name(one.symbol for one in here))
        with suppress(RenameError):
            rename(view, name, offset, "fresh", DAY)
        outline(view.documents[name])


@pytest.mark.parametrize("seed", range(4))
def test_what_is_said_at_last_is_what_check_says(seed: int, tmp_path: Path) -> None:
    chance = Random(100 + seed)
    root = Path(shutil.copytree(PLANTS, tmp_path / "plants"))
    folder = Folder(root)
    for _ in range(40):
        name = chance.choice(FILES)
        text = folder.unsaved.get(name, (PLANTS / name).read_text("utf-8"))
        if chance.random() < 0.5:
            text = (PLANTS / name).read_text("utf-8")
        try:
            folder.unsaved[name] = in_text(text, chance).encode().decode().removeprefix("\ufeff")
        except UnicodeEncodeError:
            continue
        view = folder.view(DAY)
        (root / name).write_bytes(folder.unsaved[name].encode())
        of_rules = [d for d in view.diagnostics if not d.position.file.endswith(SCENARIOS)]
        assert [_comparable(d, Path()) for d in of_rules] == [
            _comparable(d, root) for d in diagnose(root, DAY)
        ]
        with suppress(KnowledgeBaseError):
            _, wrong = read_scenarios(root, load(root))
            of_scenarios = [d for d in view.diagnostics if d.position.file.endswith(SCENARIOS)]
            assert [_comparable(d, Path()) for d in of_scenarios] == [_comparable(d, root) for d in wrong]


def test_a_server_outlives_whatever_is_typed(tmp_path: Path) -> None:
    pytest.importorskip("pygls", reason="pygls is not installed")
    from tests.editing.editor import editing  # noqa: PLC0415  # needs pygls

    root = Path(shutil.copytree(PLANTS, tmp_path / "plants"))
    chance = Random(5)

    async def run() -> None:
        async with editing(root) as editor:
            text = editor.open("rules.yaml")
            for _ in range(60):
                editor.type("rules.yaml", in_text(text, chance).encode(errors="replace").decode())
                if chance.random() < 0.3:
                    await editor.outline("rules.yaml")
            (root / "rules.yaml").write_bytes(editor.texts["rules.yaml"].encode())
            said = await editor.diagnostics("rules.yaml")
            found = [d for d in diagnose(root, DAY) if d.position.file.endswith("/rules.yaml")]
            assert [(d.code, d.range.start.line + 1) for d in said] == [
                (d.code, max(d.position.line, 1)) for d in found
            ]

    awaited(run())
