"""How much support is asked for, and what each rule has: what readers of rules need of an evidence policy.

The support of a rule is the same for everyone, but where a part of its condition holds in several ways that
rest on different parameters: then a person's values decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wellfounded.model.content import STRENGTH, Support
from wellfounded.model.core import Recommending, Test
from wellfounded.model.record import Record


class SupportCase(Record, frozen=True):
    """The support of a rule that holds, where ``test`` is true as well; without one, for everyone."""

    support: Support
    test: Test | None = None


class RequiredSupport(Record, frozen=True):
    """``least`` is asked for of every rule but those in ``exempt``.

    ``cases`` gives for each rule that recommends its support: that of the first case whose test is true. They
    go from strong to weak, and the last has no test.
    """

    least: Support
    cases: Mapping[str, tuple[SupportCase, ...]]
    exempt: frozenset[str]

    def is_met_by(self, support: Support) -> bool:
        return STRENGTH[support] >= STRENGTH[self.least]

    def is_always_met(self, rules: Sequence[Recommending]) -> bool:
        """Whether nobody for whom one of these rules of a topic holds can have too little support."""
        return all(
            rule.rule in self.exempt or self.is_met_by(self.cases[rule.rule][-1].support) for rule in rules
        )
