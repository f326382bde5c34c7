"""The library's front door: load a knowledge base, give advice, value facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from msgspec import field
from msgspec.structs import replace

from wellfounded.advise.advisor import Advisor
from wellfounded.advise.policy import EVERYTHING, EvidencePolicy, policy_asked_for, policy_of
from wellfounded.advise.supports import required_support
from wellfounded.advise.topics import Topics
from wellfounded.batch.counts import Counts, Progress
from wellfounded.load.history import History
from wellfounded.load.person import read_history
from wellfounded.load.stated import check_facts
from wellfounded.model.advice import Advice, Identity
from wellfounded.model.content import Content, Lifecycle
from wellfounded.model.core import Core
from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.due import today
from wellfounded.model.errors import LanguageError, ReasonerError
from wellfounded.model.frozen import EMPTY
from wellfounded.model.record import Record
from wellfounded.model.suggest import suggestion
from wellfounded.model.valuation import Valuation
from wellfounded.model.values import Value
from wellfounded.reason.incremental import Cells, Incremental
from wellfounded.reason.memory import Memory, Recomputed
from wellfounded.reason.to_python import Reasoner, to_python
from wellfounded.session import Session

if TYPE_CHECKING:
    from wellfounded.explain.chain import Chain
    from wellfounded.explain.explanation import Explanation
    from wellfounded.explain.parts import Parts
    from wellfounded.explain.suggested import Suggestions
    from wellfounded.explain.what_if import WhatIf
    from wellfounded.interview.interview import Interview
    from wellfounded.verify.findings import Verification

Made = TypeVar("Made")
Table = TypeVar("Table")


def _batch() -> Any:
    try:
        from wellfounded.batch import run  # noqa: PLC0415  # an extra, imported when it is asked for
    except ImportError as error:
        raise ReasonerError(_NO_TABLES) from error
    return run


def _rete(core: Core) -> Reasoner:
    from wellfounded.reason.to_rete import to_rete  # noqa: PLC0415  # an extra, imported when it is asked for

    return to_rete(core)


def _columns(core: Core) -> Reasoner:
    try:
        from wellfounded.reason.rows import one_row  # noqa: PLC0415  # an extra, likewise
    except ImportError as error:
        raise ReasonerError(_NO_TABLES) from error
    return one_row(core)


_NO_TABLES = "tables need narwhals, Polars and PyArrow: install wellfounded[tables]"

#: The reasoners by name; all give equal valuations.
REASONERS: Mapping[str, Callable[[Core], Reasoner]] = {
    "python": to_python,
    "rete": _rete,
    "columns": _columns,
}


class KnowledgeBase(Record, frozen=True, eq=False, gc=True):
    """A checked knowledge base. Immutable; safe to share between threads.

    ``content`` is what its authors wrote, ``core`` what machines read, ``warnings`` what checking found that
    does not keep it from being used. Drafts give no advice; ``with_drafts`` is the same one where they do.
    """

    content: Content
    core: Core
    digest: str
    warnings: tuple[Diagnostic, ...] = ()
    _made: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.content.header.id

    @property
    def version(self) -> str:
        return self.content.header.version

    @property
    def languages(self) -> tuple[str, ...]:
        return self.content.header.languages

    @property
    def identity(self) -> Identity:
        """Which knowledge base this is."""
        return Identity(self.id, self.version, self.digest)

    def __repr__(self) -> str:
        return f"<KnowledgeBase {self.id} {self.version} {self.digest[:19]}>"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from wellfounded.interfaces.notebook import knowledge_base_as_html  # noqa: PLC0415  # only there

        return knowledge_base_as_html(self.content, self.identity)

    def with_drafts(self) -> KnowledgeBase:
        """The same knowledge base, in which rules and claims that are drafts count as if they were active."""
        return self.once("with drafts", self._with_drafts)

    def _with_drafts(self) -> KnowledgeBase:
        from wellfounded.lower import to_core  # noqa: PLC0415  # loads what giving advice does not need

        content = replace(self.content, with_drafts=True)
        return KnowledgeBase(content, to_core(content), self.digest, self.warnings)

    def advise(
        self,
        facts: Mapping[str, Any],
        language: str | None = None,
        reasoner: str = "python",
        *,
        min_support: str | None = None,
        hide_uncited: bool = False,
    ) -> Advice:
        """Advice for a person, in the knowledge base's first language unless another is asked for.

        ``facts`` maps fact names to values; numbers are in the fact's unit, or texts with a unit. With
        ``min_support``, only what has at least that support is given, and with ``hide_uncited`` only what
        cites anything; the rest is listed in ``left_out``. Raises ``FactError`` naming all that cannot be
        used, ``LanguageError``, ``ReasonerError``, ``SupportError``, and ``ConflictError`` where two rules
        disagree.
        """
        advisor, policy = self._advisor(language), policy_of(min_support, hide_uncited)
        checked = check_facts(self.content, facts)
        return advisor.advise(checked, self._reasoner(reasoner)(checked), policy)

    def chain(
        self,
        facts: Mapping[str, Any],
        language: str | None = None,
        *,
        recommendations: Sequence[str] = (),
        min_support: str | None = None,
        hide_uncited: bool = False,
    ) -> Chain:
        """What a person's advice rests on, back to facts and references, as nodes and edges.

        Of ``recommendations`` if any are named; which of those are not given is in ``absent``. Raises
        ``RecommendationError`` for one that there is not, and what ``advise`` raises.
        """
        from wellfounded.explain.build import chain  # noqa: PLC0415  # giving advice does not need it

        advisor, policy = self._advisor(language), policy_of(min_support, hide_uncited)
        checked = check_facts(self.content, facts)
        return chain(advisor, checked, self._reasoner("python")(checked), policy, recommendations)

    def explain(
        self,
        facts: Mapping[str, Any],
        recommendation: str,
        language: str | None = None,
        *,
        min_support: str | None = None,
        hide_uncited: bool = False,
    ) -> Explanation:
        """Why a recommendation is given, is not given or is undecided for a person.

        It has the smallest set of stated facts that fixes this, and all that stands between them and it;
        where it is undecided, what is missing. Raises ``RecommendationError`` for a recommendation that there
        is not, and what ``advise`` raises.
        """
        from wellfounded.explain.why import explain  # noqa: PLC0415  # giving advice does not need it

        advisor, policy = self._advisor(language), policy_of(min_support, hide_uncited)
        checked = check_facts(self.content, facts)
        return explain(
            advisor, self._parts(), checked, self._reasoner("python")(checked), policy, recommendation
        )

    def what_if(
        self,
        facts: Mapping[str, Any],
        changes: Mapping[str, Any],
        language: str | None = None,
        *,
        min_support: str | None = None,
        hide_uncited: bool = False,
    ) -> WhatIf:
        """What changes for a person if other facts are stated, or ``None`` to leave one unstated.

        Raises what ``advise`` raises.
        """
        from wellfounded.explain.what_if import refuse_unstated, what_if  # noqa: PLC0415  # likewise

        advisor, policy = self._advisor(language), policy_of(min_support, hide_uncited)
        stated = check_facts(self.content, facts)
        wanted = check_facts(self.content, changes)
        refuse_unstated(stated, [fact for fact, value in changes.items() if value is None])
        return what_if(
            self._advise(advisor, policy),
            advisor.edition,
            stated,
            {fact: wanted.get(fact) for fact in self.content.facts if fact in changes},
        )

    def suggest(
        self,
        facts: Mapping[str, Any],
        recommendation: str,
        want: str = "given",
        language: str | None = None,
        *,
        at_most: int = 4,
        min_support: str | None = None,
        hide_uncited: bool = False,
    ) -> Suggestions:
        """The smallest changes, of what a person can change, that make a recommendation what is wanted.

        ``want`` is ``given``, ``keep`` or ``gone``; no more than ``at_most`` facts are changed. Raises
        ``RecommendationError`` for a recommendation that there is not, or that can never be what is wanted,
        and what ``advise`` raises.
        """
        from wellfounded.explain.suggested import want_of  # noqa: PLC0415  # likewise
        from wellfounded.explain.suggestions import suggest  # noqa: PLC0415  # likewise
        from wellfounded.explain.why import refuse_unknown  # noqa: PLC0415  # likewise

        refuse_unknown(recommendation, self.core)
        advisor, wanted, policy = self._advisor(language), want_of(want), policy_of(min_support, hide_uncited)
        checked = check_facts(self.content, facts)
        part, edition = self._parts().of(recommendation, checked, advisor.language)
        advise, leaves_out = self._advise(advisor, policy), policy != EVERYTHING
        return suggest(advise, part, edition, checked, wanted, at_most, leaves_out)

    def _advise(self, advisor: Advisor, policy: EvidencePolicy) -> Callable[[Mapping[str, Value]], Advice]:
        """Gives the advice for facts that were checked."""
        reason = self._reasoner("python")
        return lambda checked: advisor.advise(checked, reason(checked), policy)

    def _parts(self) -> Parts:
        from wellfounded.explain.parts import Parts  # noqa: PLC0415  # likewise

        return self.once("parts", lambda: Parts(self.content, self.core))

    def reason(self, facts: Mapping[str, Any], reasoner: str = "python") -> Valuation:
        """The value of every fact and the outcome of every rule, without texts. Raises as ``advise`` does."""
        return self._reasoner(reasoner)(check_facts(self.content, facts))

    def advise_table(
        self,
        table: Table,
        keep: Iterable[str] = (),
        *,
        min_support: str | None = None,
        hide_uncited: bool = False,
    ) -> Table:
        """Advice for a table of people, as a table of the same kind: one row in, one row out.

        ``table`` is of Polars (eager or lazy), PyArrow, pandas, DuckDB or Spark, with a column per fact and
        null for unknown; columns in ``keep`` are passed on. ``wellfounded.table.tables`` says what comes out.
        A policy is asked for as in ``advise``, and then the column ``left_out`` says what was left out. Needs
        the extra ``tables``. Raises ``FactError`` for columns that cannot be used, and ``SupportError``.
        """
        policy = policy_asked_for(min_support, hide_uncited)
        advised: Table = self._tables().advise(table, keep, policy)
        return advised

    def advise_file(
        self,
        people: Path,
        out: Path,
        *,
        rejects: Path | None = None,
        keep: Iterable[str] = (),
        units: Mapping[str, str] = EMPTY,
        strict: bool = False,
        progress: Progress = lambda read, size: None,
        min_support: str | None = None,
        hide_uncited: bool = False,
    ) -> Counts:
        """Advice for every row of a file of people, in a file; both may be larger than memory.

        CSV, NDJSON or Parquet, as the names say; ``wellfounded.batch.run`` says what is in the files. A
        policy is asked for as in ``advise_table``. Needs the extra ``tables``. Raises ``FactError`` for a
        file or columns that cannot be used, ``SupportError``, and ``OSError``.
        """
        counts: Counts = _batch().advise_file(
            self._tables(),
            people,
            out,
            rejects=rejects,
            keep=keep,
            units=units,
            strict=strict,
            progress=progress,
            policy=policy_asked_for(min_support, hide_uncited),
        )
        return counts

    def advise_on_spark(
        self,
        people: str,
        out: str,
        *,
        master: str | None = None,
        rejects: str | None = None,
        keep: Iterable[str] = (),
        strict: bool = False,
        min_support: str | None = None,
        hide_uncited: bool = False,
    ) -> Counts:
        """As ``advise_file``, on a Spark cluster: a directory of files for people, advice and rejects each.

        ``wellfounded.batch.on_spark`` says more. Needs the extra ``spark``, and Java.
        """
        try:
            from wellfounded.batch import on_spark  # noqa: PLC0415  # an extra, imported when it is asked for
        except ImportError as error:
            raise ReasonerError("Spark needs PySpark: install wellfounded[spark]") from error
        return on_spark.advise_on_spark(
            self._tables(),
            people,
            out,
            master=master,
            rejects=rejects,
            keep=keep,
            strict=strict,
            policy=policy_asked_for(min_support, hide_uncited),
        )

    def read_row(
        self, people: Path, row: int, *, keep: Iterable[str] = (), units: Mapping[str, str] = EMPTY
    ) -> Mapping[str, Value]:
        """The checked facts in one row of a file of people, counted from 1. Raises ``FactError``."""
        facts: Mapping[str, Value] = _batch().person_in_row(self.content, people, row, keep, units)
        return facts

    def verify(
        self,
        *,
        matching: str = "",
        timeout: float = 10.0,
        progress: Callable[[int, int], None] = lambda done, of: None,
    ) -> Verification:
        """What holds for every possible person: proved, found with an example person, or not decided in time.

        Only what has ``matching`` in its name is asked. ``timeout`` is in seconds, for each time the solver
        is asked. Needs the extra ``verify``.
        """
        try:
            from wellfounded.verify.run import verify  # noqa: PLC0415  # an extra, imported when it is asked for
        except ImportError as error:
            raise ReasonerError("verification needs z3: install wellfounded[verify]") from error
        return verify(self.content, self.core, matching=matching, timeout=timeout, progress=progress)

    def session(
        self,
        language: str | None = None,
        reasoner: str = "python",
        *,
        min_support: str | None = None,
        hide_uncited: bool = False,
    ) -> Session:
        """A conversation with one person, in which facts come, change and go, on any reasoner.

        The policy, asked for as in ``advise``, is that of all its advice. Raises ``LanguageError``,
        ``ReasonerError`` and ``SupportError``.
        """
        policy = policy_of(min_support, hide_uncited)
        topics = self._topics(policy)
        return Session(self.content, self._advisor(language), topics, self._memory(reasoner), policy)

    def interview(
        self,
        facts: Mapping[str, Any] = EMPTY,
        language: str | None = None,
        *,
        not_known: Iterable[str] = (),
        min_support: str | None = None,
        hide_uncited: bool = False,
    ) -> Interview:
        """An interview with a person of whom these facts are known: what to ask next, and what follows.

        ``not_known`` are facts the person does not know, which are not asked. The policy is that of all its
        advice. Raises ``FactError``, ``LanguageError``, ``SupportError`` and ``ConflictError``.
        """
        from wellfounded.interview.interview import Interviewer  # noqa: PLC0415  # giving advice does not need it

        policy = policy_of(min_support, hide_uncited)
        interviewer = Interviewer(self._advisor(language), self._reasoner("python"), policy)
        return interviewer.begin(check_facts(self.content, facts), not_known)

    def _topics(self, policy: EvidencePolicy) -> Topics:
        def made() -> Topics:
            asked = policy != EVERYTHING
            return Topics(self.core, required_support(self.content, self.core, policy) if asked else None)

        return self.once(f"topics {policy.min_support}", made)

    def _memory(self, reasoner: str) -> Memory:
        if reasoner == "rete":
            from wellfounded.reason.to_rete import RetePlan  # noqa: PLC0415  # an extra

            return self.once("network", lambda: RetePlan(self.core)).memory()
        if reasoner == "python":
            return Incremental(self.once("cells", lambda: Cells(self.core)))
        return Recomputed(self._reasoner(reasoner))

    def reasoner(self, name: str = "python") -> Reasoner:
        """The reasoner itself, for facts that ``checked`` has passed: nothing is checked again."""
        return self._reasoner(name)

    def checked(self, facts: Mapping[str, Any]) -> Mapping[str, Value]:
        """The facts as values in their units. Raises ``FactError``."""
        return check_facts(self.content, facts)

    def read_person(self, source: Path | BinaryIO, on: date | None = None) -> Mapping[str, Value]:
        """The checked facts in a YAML or JSON file, as stated on a day, or today.

        Raises ``FactError`` with the place of every problem.
        """
        return self.read_history(source).on(on or today())

    def read_history(self, source: Path | BinaryIO) -> History:
        """What a YAML or JSON file states of a person over time. Raises ``FactError`` with places."""
        return read_history(self.content, source)

    def _tables(self) -> Any:
        try:
            from wellfounded.table.tables import Tables  # noqa: PLC0415  # an extra, imported when it is asked for
        except ImportError as error:
            raise ReasonerError(_NO_TABLES) from error
        return self.once("tables", lambda: Tables(self.content, self.core))

    def language(self, wanted: str | None = None) -> str:
        """The language asked for, or the knowledge base's first; ``LanguageError`` if it has it not."""
        chosen = self.languages[0] if wanted is None else wanted
        if chosen not in self.languages:
            help = suggestion(str(chosen), self.languages)
            raise LanguageError(f"`{chosen}` is not a language of this knowledge base; {help}")
        return chosen

    def _advisor(self, language: str | None) -> Advisor:
        chosen = self.language(language)
        return self.once(
            f"advisor {chosen}",
            lambda: Advisor(self.content, self.core, self.identity, chosen, self._preview()),
        )

    def _preview(self) -> Reasoner | None:
        """What values facts with drafts counting, where there are any and they do not count already."""
        has_drafts = any(rule.status is Lifecycle.DRAFT for rule in self.content.rules.values())
        if self.content.with_drafts or not has_drafts:
            return None
        return lambda facts: self.with_drafts().reasoner()(facts)

    def _reasoner(self, name: str) -> Reasoner:
        if name not in REASONERS:
            raise ReasonerError(f"`{name}` is not a reasoner; {suggestion(name, REASONERS)}")
        return self.once(f"reasoner {name}", lambda: REASONERS[name](self.core))

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What is made of this knowledge base when it is first asked for, kept as long as it is itself."""
        # Two threads may both make it; what they make is equal, and the first one kept is used by all.
        made: Made | None = self._made.get(name)
        return made if made is not None else self._made.setdefault(name, make())
