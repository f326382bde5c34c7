"""Tables of advice by one knowledge base."""

from __future__ import annotations

from collections.abc import Iterable

import narwhals as nw
from narwhals.typing import IntoFrameT

from wellfounded.advise.policy import EvidencePolicy
from wellfounded.advise.supports import required_support
from wellfounded.model.content import Content
from wellfounded.model.core import Core
from wellfounded.reason.expressions import SQL, Engine, polars_engine
from wellfounded.table.columns import check_columns, column_of
from wellfounded.table.kinds import on_an_engine
from wellfounded.table.query import Query


class Tables:
    """Gives advice for tables by one knowledge base; what is to be computed is worked out once."""

    def __init__(self, content: Content, core: Core) -> None:
        self.content = content
        self.core = core
        self._queries: dict[tuple[Engine, EvidencePolicy | None], Query] = {}

    def advise(
        self, table: IntoFrameT, keep: Iterable[str] = (), policy: EvidencePolicy | None = None
    ) -> IntoFrameT:
        """A table of the same kind with, per person, what is derived and what is recommended.

        Columns: those of ``keep`` as they are; every derived fact; per topic ``<topic>.verdict`` (a verdict,
        ``undecided``, or null where it is not given) and for a target on a number ``<topic>.low`` and
        ``<topic>.high``; with a policy ``left_out``, the topics that hold and are not given, each with the
        support it has; and ``problems``. Raises ``FactError`` for a column that is no fact and not kept, or
        whose type is not the fact's.
        """
        kept = tuple(keep)
        native, restore = on_an_engine(table, kept)
        frame = nw.from_native(native)
        query = self._query(polars_engine() if frame.implementation.is_polars() else SQL, policy)
        check_columns(self.content, frame, kept, query.results, query.engine.ignores_case)
        columns = {name: column_of(frame, name, query.engine) for name in kept}
        result: IntoFrameT = restore(query.ask(native if query.engine is not SQL else frame, columns))
        return result

    def _query(self, engine: Engine, policy: EvidencePolicy | None) -> Query:
        asked = engine, policy
        if asked not in self._queries:
            required = None if policy is None else required_support(self.content, self.core, policy)
            self._queries[asked] = Query(self.content, self.core, engine, required)
        return self._queries[asked]
