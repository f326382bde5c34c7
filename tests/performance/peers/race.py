"""Lets peers take turns on one workload, after their answers were found to be the same as ours."""

from __future__ import annotations

import json
import random
import shutil
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import wellfounded
from tests.people import random_person
from tests.performance.generated_rules import generated
from tests.performance.peers import (
    clips_rules,
    durable,
    json_rules_engine,
    rule_engine_rules,
    straight_line,
    zen_decision,
    zen_expression,
)
from tests.performance.peers.plain import plain
from wellfounded import KnowledgeBase
from wellfounded.model.core import Formula

ROOT = Path(__file__).resolve().parents[3]
NODE = ROOT / ".venv-peers" / "node"
PEOPLE = 200
ROUNDS = 15
SECONDS = 0.25
#: How long a peer may take to load, and to answer for all people.
PATIENCE = 300.0
OURS = "wellfounded"


@dataclass(frozen=True)
class Peer:
    """``module`` and ``prepare`` say what is run, ``people`` for whom; ``row`` peers are no rule engines."""

    name: str
    module: str
    prepare: str = "prepare"
    people: str = "people.json"

    @property
    def counts(self) -> bool:
        """Whether it stands beside the others, and is not there for a question of its own."""
        return self.prepare == "prepare"


PEERS = (
    Peer(OURS, "ours"),
    Peer("straight-line Python", "straight_line"),
    Peer("ZEN, one expression", "zen_expression"),
    Peer("ZEN, a decision", "zen_decision"),
    Peer("CLIPS", "clips_rules"),
    Peer("rule-engine", "rule_engine_rules"),
    Peer("durable-rules", "durable"),
    Peer("json-rules-engine", "json_rules_engine"),
    Peer("ours, row", "ours", "prepare_row"),
    Peer("straight line, row", "straight_line", "prepare_row"),
    Peer("ours, row, a fifth unknown", "ours", "prepare_row", "unknown.json"),
)
#: The peers' modules by name; ours reads the knowledge base itself.
MODULES = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        straight_line,
        zen_expression,
        zen_decision,
        clips_rules,
        rule_engine_rules,
        durable,
        json_rules_engine,
    )
}


@dataclass
class Result:
    """What was measured of one peer: seconds and bytes; ``trouble`` says why there is nothing more."""

    load: float = 0.0
    version: str = ""
    memory: int = 0
    times: list[float] = field(default_factory=list)
    trouble: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def slowest(self) -> float:
        """The 99th percentile."""
        return statistics.quantiles(self.times, n=100, method="inclusive")[98]


class DifferentError(Exception):
    """A peer that does not answer as we do; there is nothing to measure then."""


def write_workload(rules: int, folder: Path) -> KnowledgeBase:
    """Write everything the peers need for so many generated rules, or for the article's where it is 0."""
    folder.mkdir(parents=True)
    workload = generated(rules) if rules else None
    rules_folder = folder / "rules" if rules else ROOT / "rules"
    knowledge_base = workload.load(rules_folder) if workload else wellfounded.load(rules_folder)
    for name, known in (("people.json", 1.0), ("unknown.json", 0.8)):
        people = workload.people(PEOPLE, name, known) if workload else _readers(knowledge_base, known)
        _write(folder / name, [dict(knowledge_base.checked(person)) for person in people])
    _write(folder / "ours.json", {"folder": str(rules_folder)})
    written = plain(knowledge_base.core)
    for name, module in MODULES.items():
        _write(folder / f"{name}.json", module.source(written))
    return knowledge_base


def _readers(knowledge_base: KnowledgeBase, known: float) -> list[Any]:
    """People for the article; what can also be computed is not stated, since peers compute it."""
    chance = random.Random(f"readers {known}")
    computed = {d.fact for d in knowledge_base.core.definitions if isinstance(d, Formula)}
    people = [random_person(knowledge_base.content, chance, known) for _ in range(PEOPLE)]
    return [{fact: value for fact, value in p.items() if fact not in computed} for p in people]


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value), encoding="utf-8")


class Worker:
    """A peer's process, with which one talks in lines of JSON."""

    def __init__(self, peer: Peer, folder: Path, environment: Mapping[str, str]) -> None:
        source = f"{peer.module}.json"
        command = [sys.executable, "-m", "tests.performance.peers.worker", peer.module, peer.prepare]
        command += [str(folder), source, peer.people]
        if peer.module == "json_rules_engine":
            command = ["node", str(Path(__file__).parent / "node" / "worker.js"), str(NODE), str(folder)]
        self.errors = (folder / f"{peer.name}.errors").open("w+", encoding="utf-8")
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            encoding="utf-8",
        )

    def hear(self) -> Any:
        """The next thing it says. Raises ``TroubleError`` with the reason if it says nothing more."""
        assert self.process.stdout is not None
        late = threading.Timer(PATIENCE, self.process.kill)
        late.start()
        line = self.process.stdout.readline()
        out_of_time = not late.is_alive()
        late.cancel()
        if not line:
            raise TroubleError(f"not done after {PATIENCE:.0f} s" if out_of_time else self._last_words())
        return json.loads(line)

    def ask(self, what: str, **rest: Any) -> Any:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"what": what, **rest}) + "\n")
        self.process.stdin.flush()
        return self.hear()

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self.errors.close()

    def _last_words(self) -> str:
        code = self.process.wait()
        self.errors.seek(0)
        lines = [line for line in self.errors.read().splitlines() if line.strip()]
        ended = f"its process ended by signal {-code}" if code < 0 else f"its process ended with code {code}"
        return f"{ended}{': ' + lines[-1] if lines else ''}"


class TroubleError(Exception):
    """Why a peer cannot be measured, as a phrase."""


def race(folder: Path, environment: Mapping[str, str], peers: Iterable[Peer] = PEERS) -> dict[str, Result]:
    """Measure peers on a workload. Raises ``DifferentError`` where one does not answer as we do."""
    results = {peer.name: Result() for peer in peers}
    workers: dict[str, Worker] = {}
    expected: list[list[str]] = []
    try:
        for peer in peers:
            try:
                workers[peer.name] = _started(peer, folder, environment, results[peer.name])
                if peer.counts:
                    answers = workers[peer.name].ask("answers", count=PEOPLE)
                    expected = expected or answers
                    compare_answers(peer.name, answers, expected)
            except TroubleError as trouble:
                results[peer.name].trouble = str(trouble)
                if peer.name in workers:
                    workers.pop(peer.name).close()
        for turn in range(ROUNDS + 1):
            for name, worker in workers.items():
                times = worker.ask("round", seconds=SECONDS, most=PEOPLE)
                results[name].times += times if turn else []  # the first round warms up
        for name, worker in workers.items():
            results[name].memory = worker.ask("memory")
    finally:
        for worker in workers.values():
            worker.close()
    return results


def _started(peer: Peer, folder: Path, environment: Mapping[str, str], result: Result) -> Worker:
    if peer.module == "json_rules_engine" and not shutil.which("node"):
        raise TroubleError("Node is not installed")
    if peer.module == "json_rules_engine" and not (NODE / "node_modules").is_dir():
        raise TroubleError("its packages could not be installed")
    worker = Worker(peer, folder, environment)
    try:
        begun = worker.hear()
    except TroubleError:
        worker.close()
        raise
    result.load, result.version = begun["load"], begun["version"]
    return worker


def compare_answers(name: str, answers: Sequence[Sequence[str]], expected: Sequence[Sequence[str]]) -> None:
    """Raises ``DifferentError`` that names the person and the rule. The order of rules does not matter."""
    for place, (given, right) in enumerate(zip(answers, expected, strict=True)):
        differing = set(given) ^ set(right)
        if differing:
            rule = min(differing)
            verb = "gives" if rule in given else "does not give"
            raise DifferentError(f"{name} {verb} `{rule}` to person {place} of people.json, unlike {OURS}")
