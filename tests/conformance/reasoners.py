"""All reasoners that run the cases: those of the library, and the core in JavaScript under Node."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.javascript.reasoner import in_node
from wellfounded import knowledge_base
from wellfounded.model.core import Core
from wellfounded.reason.to_python import Reasoner

REASONERS: Mapping[str, Callable[[Core], Reasoner]] = {**knowledge_base.REASONERS, "javascript": in_node}
