"""The things of a knowledge base, and how they are laid out over YAML files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import yaml

Thing: TypeAlias = dict[str, Any]

_SafeDumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_SafeDumper):  # type: ignore[misc]  # the faster one, where there is one
    def ignore_aliases(self, data: Any) -> bool:
        return True


@dataclass(frozen=True)
class Written:
    """A knowledge base as its things, ready to be laid out over files."""

    header: Thing
    facts: dict[str, Thing]
    parameters: dict[str, Thing]
    claims: dict[str, Thing]
    rules: list[Thing]

    def write(self, folder: Path, files: int = 1, order: Random | None = None) -> Path:
        """Write it into so many files of a folder; with ``order``, things and files in another order."""
        documents: list[Thing] = [{} for _ in range(files)]
        things: list[tuple[str, str, Thing]] = [
            *(("facts", id, item) for id, item in self.facts.items()),
            *(("parameters", id, item) for id, item in self.parameters.items()),
            *(("claims", id, item) for id, item in self.claims.items()),
            *(("rules", rule["id"], rule) for rule in self.rules),
        ]
        if order is not None:
            order.shuffle(things)
        documents[0].update(self.header)
        for place, (kind, id, item) in enumerate(things):
            document = documents[place * files // len(things)]
            if kind == "rules":
                document.setdefault(kind, []).append(item)
            else:
                document.setdefault(kind, {})[id] = item
        folder.mkdir(parents=True, exist_ok=True)
        names = [f"file{place}.yaml" for place in range(files)]
        if order is not None:
            order.shuffle(names)
        for name, document in zip(names, documents, strict=True):
            (folder / name).write_text(as_yaml(document), encoding="utf-8")
        return folder


def as_yaml(document: Thing, **layout: Any) -> str:
    written = yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, **layout)
    assert isinstance(written, str)
    return written


def text(wording: str) -> Thing:
    return {"en": wording}
