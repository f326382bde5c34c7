"""How long an audit takes: of the article, and of 1,000 generated rules with 5,000 claims."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.performance.generated_rules import generated

ROOT = Path(__file__).resolve().parents[2]
RULES, CLAIMS, REFERENCES = 1000, 5000, 200
SUPPORTS = ("supports", "partly", "unchecked", "not-established", "about-something-else", "contradicts")


def main() -> None:
    """Print the time of each, with and without what was read before in the cache."""
    with tempfile.TemporaryDirectory() as folder:
        audited = Path(folder) / "rules"
        write(audited)
        for what, rules in (("the article", ROOT / "rules"), ("generated rules", audited)):
            for arguments in ((), ("--format", "html"), ("--withdraw", "3")):
                times = [_run(rules, arguments, Path(folder) / "cache") for _ in range(2)]
                shown = ", from the cache ".join(f"{seconds:.2f} s" for seconds in times)
                print(f"{what:<16} audit {' '.join(arguments):<14} {shown}")
                subprocess.run(["rm", "-r", str(Path(folder) / "cache")], check=True)


def write(folder: Path) -> None:
    """Generated rules of which each rests on five claims of its own; two claims in three cite something."""
    random = Random(5)
    folder.mkdir()
    number = 0
    claims: dict[str, Any] = {}
    for name, text in generated(RULES).files().items():
        document = yaml.load(text, yaml.CSafeLoader)
        for rule in document.get("rules", ()):
            rule["because"] = [f"claim-{number + place}" for place in range(CLAIMS // RULES)]
            claims |= {id: _claim(id, random) for id in rule["because"]}
            number += len(rule["because"])
        document.pop("claims", None)
        (folder / name).write_text(yaml.dump(document, Dumper=yaml.CSafeDumper), encoding="utf-8")
    references = {place: {"as_cited": {"title": f"Work {place}"}} for place in range(1, REFERENCES + 1)}
    evidence = yaml.dump({"claims": claims, "references": references}, Dumper=yaml.CSafeDumper)
    (folder / "evidence.yaml").write_text(evidence, encoding="utf-8")


def _claim(id: str, random: Random) -> dict[str, Any]:
    cites = [
        {"reference": reference, "support": random.choice(SUPPORTS)}
        for reference in random.sample(range(1, REFERENCES + 1), random.randint(0, 2))
    ]
    claim = {"section": "all", "kind": "action", "says": {"en": f"So says {id}."}}
    return claim | ({"cites": cites} if cites else {})


def _run(rules: Path, arguments: tuple[str, ...], cache: Path) -> float:
    command = [str(Path(sys.executable).parent / "wellfounded"), "audit", "--rules", str(rules), *arguments]
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={"WELLFOUNDED_CACHE": str(cache)})
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
