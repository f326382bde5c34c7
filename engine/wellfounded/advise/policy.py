"""What evidence has to stand behind a recommendation for it to be given."""

from __future__ import annotations

from wellfounded.advise.phrases import phrases
from wellfounded.model.advice import LeftOut, Recommendation
from wellfounded.model.content import STRENGTH, Lifecycle, Support
from wellfounded.model.errors import SupportError
from wellfounded.model.record import Record
from wellfounded.model.suggest import suggestion

_SUPPORTS = {str(support): support for support in Support}


class EvidencePolicy(Record, frozen=True):
    """Gives recommendations with at least this support; without asking for any, all of them."""

    min_support: Support = Support.UNCITED

    def gives(self, recommendation: Recommendation) -> bool:
        return STRENGTH[recommendation.support] >= STRENGTH[self.min_support]

    def left_out(self, recommendation: Recommendation, language: str) -> LeftOut:
        """A recommendation that is not given, and why."""
        words = phrases(language)
        weakest = self.min_support is Support.CONTRADICTS
        asked = words["any_reference"] if weakest else words[f"behind_{self.min_support}"]
        found = words[f"behind_{recommendation.support}"]
        reason = words["too_little_support"].format(found=found, asked=asked)
        return LeftOut(recommendation.id, recommendation.title, reason)


def withheld(topic: str, title: str, status: Lifecycle, language: str) -> LeftOut:
    """A recommendation whose rule is not in force."""
    return LeftOut(topic, title, phrases(language)[f"is_{status}"])


def policy_of(min_support: str | None, hide_uncited: bool) -> EvidencePolicy:
    """The policy that is asked for. Raises ``SupportError`` for a support that there is not."""
    if min_support is not None and str(min_support) not in _SUPPORTS:
        raise SupportError(f"`{min_support}` is not a support; {suggestion(str(min_support), _SUPPORTS)}")
    asked = Support.UNCITED if min_support is None else _SUPPORTS[min_support]
    least = Support.CONTRADICTS if hide_uncited else Support.UNCITED  # the weakest that is cited at all
    return EvidencePolicy(max(asked, least, key=STRENGTH.__getitem__))


def policy_asked_for(min_support: str | None, hide_uncited: bool) -> EvidencePolicy | None:
    """The policy, if any is asked for. Raises ``SupportError`` for a support that there is not."""
    return None if min_support is None and not hide_uncited else policy_of(min_support, hide_uncited)


#: Everything is given, and says what it rests on.
EVERYTHING = EvidencePolicy()
