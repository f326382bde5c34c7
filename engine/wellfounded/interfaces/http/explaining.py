"""``POST /explain`` and ``POST /what-if``: why something is advised or not, and what would change it.

Both search, so unlike advice they take up to seconds. Each search ends by itself (``explain.suggestions``
says after how much), and they are made in threads of their own, so that others are answered meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from wellfounded.explain.explanation import Explanation
from wellfounded.explain.suggested import Suggestions
from wellfounded.explain.what_if import WhatIf
from wellfounded.interfaces.http.advising import spoken
from wellfounded.interfaces.http.problems import Refused, problem_of
from wellfounded.interfaces.http.questions import WhatIfQuestion, WhyQuestion
from wellfounded.knowledge_base import KnowledgeBase
from wellfounded.model.errors import WellfoundedError
from wellfounded.model.record import Record


class WhatWould(Record, frozen=True, omit_defaults=True):
    """What the ``changes`` change, and the smallest changes that give what is wanted; as far as asked."""

    what_if: WhatIf | None = None
    suggestions: Suggestions | None = None


def explained(knowledge_base: KnowledgeBase, asked: WhyQuestion, languages: str) -> tuple[Explanation, str]:
    """Why a recommendation is as it is, and in which language that is said. Raises ``Refused``."""
    person, language = asked.of, spoken(knowledge_base, asked.of, languages)
    with _refusing(knowledge_base, person.facts, about="recommendation"):
        found = knowledge_base.explain(
            person.facts, asked.recommendation, language, min_support=person.min_support
        )
    return found, language


def what_would(knowledge_base: KnowledgeBase, asked: WhatIfQuestion, languages: str) -> tuple[WhatWould, str]:
    """What other facts would do, and in which language that is said. Raises ``Refused``."""
    person, language = asked.of, spoken(knowledge_base, asked.of, languages)
    changed = suggested = None
    with _refusing(knowledge_base, person.facts):
        knowledge_base.checked(person.facts)  # so that what is wrong from here on is in the changes
    if asked.changes is not None:
        with _refusing(knowledge_base, asked.changes, key="changes"):
            changed = knowledge_base.what_if(
                person.facts, asked.changes, language, min_support=person.min_support
            )
    if asked.want is not None:
        with _refusing(knowledge_base, person.facts, about="want"):
            suggested = knowledge_base.suggest(
                person.facts,
                asked.want.recommendation,
                asked.want.to,
                language,
                min_support=person.min_support,
            )
    return WhatWould(changed, suggested), language


@contextmanager
def _refusing(
    knowledge_base: KnowledgeBase, facts: Mapping[str, Any], key: str = "facts", about: str = ""
) -> Iterator[None]:
    try:
        yield
    except WellfoundedError as error:
        raise Refused(problem_of(error, knowledge_base.content, facts, key, about)) from None
