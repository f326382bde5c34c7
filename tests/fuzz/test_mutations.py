"""Files damaged at random: what comes out is diagnostics or named errors, and what still loads gives advice.

Every case has a seed, which a failure names together with the damaged text.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest

import wellfounded
from tests.command import ran
from tests.conftest import DAY, RULES
from tests.fuzz.mutations import in_bytes, in_data, in_text, slightly
from tests.plain_yaml import from_yaml
from tests.properties.laid_out import as_yaml
from wellfounded import ConflictError, FactError, KnowledgeBase, KnowledgeBaseError
from wellfounded.model.codes import ERRORS, WARNINGS
from wellfounded.model.content import FactType

FEEDERS = Path(__file__).parent / "feeders.yaml"
PARTS = 8
RULE_FILES, ARTICLE_FILES, PERSON_FILES = 350, 5, 950

#: No single damaged file takes a hundredth of this, on any machine.
SECONDS = 20

PERSON: Mapping[str, Any] = {
    "goal": "muscle_gain",
    "age": 31,
    "sex": "male",
    "healthy": True,
    "body_mass": "176 lb",
    "resistance_training": True,
    "protein_intake": 84.8,
    "sleep_duration": "450 min",
    "uses_creatine": False,
}


@contextmanager
def survived(seed: str, damaged: str | bytes) -> Iterator[None]:
    """Let only named errors pass, and no endless work; else fail with the seed and what was read."""
    try:
        with at_most(SECONDS), suppress(KnowledgeBaseError, FactError, ConflictError):
            yield
    except Exception as error:
        raise AssertionError(f"seed {seed!r} gives {error!r} on\n{damaged[:3000]!r}") from error


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """End what hangs, where the system can."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def too_long(*_: object) -> None:
        raise TimeoutError(f"this takes longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def damaged_rules(text: str, random: Random) -> str:
    """Sometimes the text is damaged, sometimes what it holds, and sometimes hardly anything."""
    match random.randrange(3):
        case 0:
            return in_text(text, random)
        case 1:
            return slightly(text, random)
        case _:
            return as_yaml(in_data(from_yaml(text), random))


def use(path: Path, random: Random) -> None:
    """Load a knowledge base and advise a few people; what cannot be loaded has to say why."""
    try:
        knowledge_base = wellfounded.load(path)
    except KnowledgeBaseError as error:
        require_sense(error, path)
        return
    for _ in range(4):
        with suppress(ConflictError):
            for language in knowledge_base.languages:
                document = knowledge_base.advise(extreme_person(knowledge_base, random), language).to_dict()
                json.dumps(document, allow_nan=False)


def require_sense(error: KnowledgeBaseError, path: Path) -> None:
    """Every diagnostic has a known code and a message, and leads to a line that is there."""
    assert any(found.code in ERRORS for found in error.diagnostics)
    for found in error.diagnostics:
        assert found.code in ERRORS or found.code in WARNINGS
        assert found.message.strip()
        assert "Traceback" not in found.message
        if Path(found.position.file).is_file():
            # A file that stops too early is at fault at its end, which may be the line after the last.
            assert 0 <= found.position.line <= lines_of(Path(found.position.file)) + 1, found
    str(error)


def lines_of(path: Path) -> int:
    """How many lines a file has, as YAML counts them."""
    return len(re.split("\r\n|[\r\n\x85\u2028\u2029]", path.read_text(encoding="utf-8", errors="replace")))


def extreme_person(knowledge_base: KnowledgeBase, random: Random) -> dict[str, Any]:
    """Someone at the ends of the spans, of whom not everything is known."""
    person: dict[str, Any] = {}
    for fact in knowledge_base.content.facts.values():
        if not fact.can_be_stated or random.random() < 0.2:
            continue
        if fact.type is FactType.NUMBER and fact.span is not None:
            person[fact.id] = random.choice(fact.span)
        else:
            person[fact.id] = random.choice(list(fact.choices) or [True, False])
    return person


@pytest.mark.parametrize("part", range(PARTS))
def test_damaged_rules(part: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, text = tmp_path / "feeders.yaml", FEEDERS.read_text(encoding="utf-8")
    for place in range(RULE_FILES):
        seed = f"rules {part} {place}"
        random = Random(seed)
        damaged = damaged_rules(text, random)
        path.write_bytes(damaged.encode("utf-8", "surrogatepass"))
        with survived(seed, damaged):
            use(path, random)
            if place % 20 == 0:
                assert ran(capsys, "check", str(path)).code in (0, 1)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_damaged_file_of_the_article(part: int, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    files = sorted(path for path in folder.rglob("*.yaml") if not path.name.endswith(".scenarios.yaml"))
    for place in range(ARTICLE_FILES):
        seed = f"article {part} {place}"
        random = Random(seed)
        file = random.choice(files)
        whole = file.read_bytes()
        damaged = in_text(whole.decode(), random)
        file.write_bytes(damaged.encode("utf-8", "surrogatepass"))
        with survived(seed, f"{file.name}: {damaged}"):
            use(folder, random)
        file.write_bytes(whole)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_damaged_person(part: int, article: KnowledgeBase) -> None:
    written = {
        "yaml": as_yaml(dict(PERSON)),
        "json": json.dumps(PERSON),
        "indented": json.dumps(PERSON, indent="\t"),
    }
    for place in range(PERSON_FILES):
        seed = f"person {part} {place}"
        random = Random(seed)
        damaged = damaged_person(random.choice(list(written.values())), random)
        with survived(seed, damaged):
            facts = article.read_person(io.BytesIO(damaged))
            json.dumps(article.advise(facts, "en").to_dict(), allow_nan=False)


def damaged_person(text: str, random: Random) -> bytes:
    match random.randrange(4):
        case 0:
            return in_bytes(text.encode(), random)
        case 1:
            return json.dumps(in_data(dict(PERSON), random)).encode("utf-8", "surrogatepass")
        case _:
            return in_text(text, random).encode("utf-8", "surrogatepass")


def test_the_whole_files_are_right(article: KnowledgeBase) -> None:
    assert wellfounded.diagnose(FEEDERS, DAY) == ()
    assert article.advise(article.read_person(io.BytesIO(json.dumps(PERSON).encode()))).recommendations
