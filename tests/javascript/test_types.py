"""The types of a module: TypeScript's own compiler takes what is right and refuses what is not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conformance.small import small
from tests.conftest import RULES
from tests.javascript.node import needed
from tests.javascript.test_module import ATTEMPTS, in_yaml
from wellfounded import KnowledgeBase
from wellfounded.interfaces.javascript.module import module
from wellfounded.interfaces.javascript.types import types
from wellfounded.review.scenarios import read_scenarios

HERE = Path(__file__).parent
OPTIONS = ("--strict", "--noEmit", "--target", "es2022", "--module", "nodenext")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with TypeScript in it; without npm, or where that can fetch nothing, these are skipped."""
    npm = shutil.which("npm")
    needed("" if npm else "there is no `npm`, which installs TypeScript")
    made = tmp_path_factory.mktemp("typescript")
    for path in (HERE / "typescript").iterdir():
        shutil.copy(path, made)
    command = ["npm", "ci", "--silent", "--no-audit", "--no-fund"]
    installed = subprocess.run(command, cwd=made, capture_output=True, text=True, check=False)
    if installed.returncode:
        pytest.skip(f"TypeScript could not be installed: {installed.stderr.strip()[-200:]}")
    return made


def compiled(folder: Path, *files: str) -> str:
    """What the compiler has to say."""
    command = [str(folder / "node_modules" / ".bin" / "tsc"), *OPTIONS, *files]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


def write(knowledge_base: KnowledgeBase, folder: Path) -> None:
    """The module with its types, as the command writes them."""
    declared = types(knowledge_base, knowledge_base.languages)
    (folder / f"{knowledge_base.id}.d.mts").write_text(declared, encoding="utf-8")
    (folder / f"{knowledge_base.id}.mjs").write_text(module(knowledge_base), encoding="utf-8")


def test_a_shop_is_told_what_it_may_write(article: KnowledgeBase, folder: Path) -> None:
    write(article, folder)
    assert compiled(folder, "shop.mts") == ""


def test_advice_is_what_the_types_say(article: KnowledgeBase, folder: Path) -> None:
    """The documents of scenarios, written out: TypeScript refuses a key that it does not know."""
    write(article, folder)
    scenarios, _ = read_scenarios(RULES, article)
    documents = [article.advise(scenario.given).to_json().decode() for scenario in scenarios[::15]]
    lines = (f"export const a{place}: Advice = {document};" for place, document in enumerate(documents))
    written = "\n".join(['import type { Advice } from "./muscle-gain.mjs";', *lines])
    (folder / "documents.mts").write_text(written, encoding="utf-8")
    assert compiled(folder, "documents.mts") == ""


def test_texts_of_authors_do_not_end_a_comment(folder: Path, tmp_path: Path) -> None:
    hostile = (HERE / "hostile.yaml").read_text(encoding="utf-8")
    write(small(hostile.replace("PLACE", in_yaml(" ".join(ATTEMPTS))), tmp_path), folder)
    program = 'import { advise } from "./case.mjs"; advise({ constructor: "constructor", prototype: "3 l" });'
    (folder / "hostile.mts").write_text(program, encoding="utf-8")
    assert compiled(folder, "hostile.mts") == ""
