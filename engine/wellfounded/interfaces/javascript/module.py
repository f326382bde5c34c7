"""A knowledge base as one JavaScript module: the runtime, its data, and the compiled core."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from wellfounded.interfaces.javascript.data import Data, data_of
from wellfounded.interfaces.javascript.heading import heading
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.content import Lifecycle
from wellfounded.reason.to_javascript import literal, to_javascript

_RUNTIME = Path(__file__).parent / "runtime"
#: In the order in which each uses only what comes before it.
PARTS = ("errors", "numbers", "stated", "reading", "wording", "asked", "advice")


def module(knowledge_base: KnowledgeBase, languages: Sequence[str] = ()) -> str:
    """The source of an ES module without dependencies; the same knowledge base always gives the same.

    It speaks the languages that are named, or all of the knowledge base's; the first is what it speaks unless
    another is asked for.
    """
    program = to_javascript(knowledge_base.core, "reasoned")
    preview = _preview(knowledge_base)
    data = data_of(knowledge_base, program.tests, languages or knowledge_base.languages)
    told = ["data", "reasoned", *(["previewed"] if preview else [])]
    parts = [
        heading(knowledge_base),
        runtime(PARTS),
        f"const data = {laid_out(data)};\n",
        program.source,
        preview,
        f"export const {{ advise, reason, statableFacts }} = knowledgeBase({', '.join(told)});",
        "export { ConflictError, FactError, OptionError };\n",
    ]
    return "\n".join(part for part in parts if part)


def _preview(knowledge_base: KnowledgeBase) -> str:
    """The function that values with drafts counting, where there are any and they do not count already."""
    content = knowledge_base.content
    has_drafts = any(rule.status is Lifecycle.DRAFT for rule in content.rules.values())
    if content.with_drafts or not has_drafts:
        return ""
    return to_javascript(knowledge_base.with_drafts().core, "previewed").source


def runtime(parts: Iterable[str]) -> str:
    """Parts of the runtime as one script: nothing is imported any more, and nothing exported."""
    texts = [(_RUNTIME / f"{part}.js").read_text(encoding="utf-8") for part in parts]
    without_imports = (re.sub(r"^import [^;]+;\n+", "", text, flags=re.MULTILINE) for text in texts)
    return "\n".join(re.sub(r"^export ", "", text, flags=re.MULTILINE) for text in without_imports)


def laid_out(data: Data) -> str:
    """Data with a line for each thing, so that two versions of a module can be compared."""
    lines = (f"  {name}: {_lines(value)},\n" for name, value in data.items())
    return "{\n" + "".join(lines) + "}"


def _lines(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n" + "".join(f"    {literal(item)},\n" for item in value) + "  ]"
    if isinstance(value, dict) and value:
        entries = (literal({key: item})[1:-1] for key, item in value.items())
        return "{\n" + "".join(f"    {entry},\n" for entry in entries) + "  }"
    return literal(value)
