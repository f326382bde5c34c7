"""An interview at one moment, and the steps to the next: an answer, "I don't know", and going back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from wellfounded.advise.advisor import Advisor
from wellfounded.advise.policy import EVERYTHING, EvidencePolicy
from wellfounded.advise.questions import ranked_questions
from wellfounded.interview.answers import value_of
from wellfounded.interview.within_reach import Reach
from wellfounded.load.stated import in_order
from wellfounded.model.advice import Advice, Question, Undecided
from wellfounded.model.errors import FactError, FactProblem
from wellfounded.model.record import Record
from wellfounded.model.suggest import suggestion
from wellfounded.model.values import Value
from wellfounded.reason.to_python import Reasoner


class Interviewer(Record, frozen=True, eq=False, gc=True):
    """What all interviews of a knowledge base in one language share."""

    advisor: Advisor
    reasoner: Reasoner
    policy: EvidencePolicy = EVERYTHING

    def begin(self, facts: Mapping[str, Value], not_known: Iterable[str] = ()) -> Interview:
        """An interview with a person of whom these facts are known, and who does not know some others.

        Raises ``FactError`` for a fact that nobody is asked for, and ``ConflictError`` where rules disagree.
        """
        names = tuple(dict.fromkeys(not_known))
        for fact in names:
            self.refuse_unasked(fact)
        return self.at(dict(facts), tuple(fact for fact in names if fact not in facts), ())

    def refuse_unasked(self, fact: str) -> None:
        """Raises ``FactError`` for what is no fact that can be stated."""
        facts = self.advisor.content.facts
        if fact not in facts or not facts[fact].can_be_stated:
            statable = [item.id for item in facts.values() if item.can_be_stated]
            message = f"`{str(fact)[:60]}` is not a fact that is asked for here"
            raise FactError((FactProblem(str(fact), message, suggestion(str(fact), statable)),))

    def at(
        self,
        facts: Mapping[str, Value],
        not_known: tuple[str, ...],
        asked: tuple[str, ...],
        back_at: str = "",
    ) -> Interview:
        """The interview where this is known and was asked; ``back_at`` is asked whatever else is open."""
        stated = in_order(self.advisor.content, facts)
        valuation = self.reasoner(stated)
        advice = self.advisor.advise(stated, valuation, self.policy)
        if not not_known:
            return Interview(self, stated, not_known, asked, advice, advice.questions, (), back_at)
        reach, topics = Reach(self.advisor.core, valuation.values, not_known), self.advisor.edition.topics
        lost = tuple(item.id for item in advice.undecided if not reach.can_be_given(topics[item.id]))
        questions = self._open(advice, reach, lost)
        return Interview(self, stated, not_known, asked, advice, questions, lost, back_at)

    def _open(self, advice: Advice, reach: Reach, lost: Collection[str]) -> tuple[Question, ...]:
        """The questions that can still settle or sharpen something, although some facts are not known.

        Those that can only rule out what can no longer be given come after those that can do more.
        """
        edition = self.advisor.edition
        undecided = [
            Undecided(item.id, item.title, tuple(fact for fact in item.waits_for if fact in settling))
            for item in advice.undecided
            for settling in [reach.facts_that_settle(edition.topics[item.id])]
        ]
        sharper: dict[str, set[str]] = {}
        aims = {rule.topic: rule.target.fact for rule in self.advisor.core.giving if rule.target is not None}
        for question in advice.questions:
            for topic in question.sharpens:
                if question.fact in reach.facts_that_tell(aims[topic]):
                    sharper.setdefault(topic, set()).add(question.fact)
        ranked = ranked_questions(undecided, sharper, edition)
        return tuple(sorted(ranked, key=lambda question: _settles_little(question, lost)))

    def question_about(self, fact: str) -> Question:
        """The question for a fact of which nothing depends at the moment."""
        text, help = self.advisor.edition.questions[fact]
        return Question(fact, text, (), (), help)


class Interview(Record, frozen=True, eq=False, gc=True):
    """What is known at one moment of an interview, what follows, and what is asked next.

    ``not_known`` are the facts that the person was asked for and does not know, ``asked`` all that was
    answered in this interview, in the order of asking. ``questions`` are those that can still settle or
    sharpen something, in the order of asking, of which ``back_at``
    comes first where somebody went back to it.
    ``lost`` are the undecided recommendations that cannot be given any more because of what is not known:
    all that an answer can still show is that they are not for this person in any case.
    """

    interviewer: Interviewer
    facts: Mapping[str, Value]
    not_known: tuple[str, ...]
    asked: tuple[str, ...]
    advice: Advice
    questions: tuple[Question, ...]
    lost: tuple[str, ...] = ()
    back_at: str = ""

    @property
    def question(self) -> Question | None:
        """What to ask next: what settles most, and when all is settled what sharpens most; else ``None``."""
        if self.back_at:
            open_again = (question for question in self.questions if question.fact == self.back_at)
            return next(open_again, None) or self.interviewer.question_about(self.back_at)
        return self.questions[0] if self.questions else None

    @property
    def only_rules_out(self) -> bool:
        """Whether questions are left that could settle something, and none that could bring advice about."""
        kinds = [_settles_little(question, self.lost) for question in self.questions]
        return _ONLY_RULES_OUT in kinds and _SETTLES not in kinds

    @property
    def is_settled(self) -> bool:
        """Whether no question is left that could settle a recommendation."""
        return not any(question.decides for question in self.questions)

    def answer(self, given: Any, fact: str | None = None) -> Interview:
        """The interview after an answer: a value, or text as people write it, such as ``"176 lb"``.

        It answers the question that is asked, or the one about ``fact``. Raises ``FactError``, in the
        language of the interview, for an answer that cannot be used, and ``ConflictError`` where rules
        disagree about what is known then; this interview stands, and can be answered again.
        """
        about = self._about(fact)
        value = value_of(self.interviewer.advisor.edition, about, given)
        rest = tuple(other for other in self.not_known if other != about)
        return self.interviewer.at({**self.facts, about: value}, rest, self._asked(about))

    def do_not_know(self, fact: str | None = None) -> Interview:
        """The interview after "I don't know": it is not asked again, unless somebody goes back to it."""
        about = self._about(fact)
        known = {other: value for other, value in self.facts.items() if other != about}
        rest = tuple(other for other in self.not_known if other != about)
        return self.interviewer.at(known, (*rest, about), self._asked(about))

    def back_to(self, fact: str) -> Interview:
        """The interview without an answer, which is asked anew. Raises ``FactError`` if there is none."""
        if fact not in self.facts and fact not in self.not_known:
            known = (*self.facts, *self.not_known)
            problem = FactProblem(fact, f"there is no answer about `{fact[:60]}`", suggestion(fact, known))
            raise FactError((problem,))
        return self.interviewer.at(
            {other: value for other, value in self.facts.items() if other != fact},
            tuple(other for other in self.not_known if other != fact),
            tuple(other for other in self.asked if other != fact),
            fact,
        )

    def back(self) -> Interview:
        """The interview at the question before. Raises ``FactError`` at the first one."""
        if not self.asked:
            raise FactError((FactProblem("", "there is no question before this one"),))
        return self.back_to(self.asked[-1])

    def _about(self, fact: str | None) -> str:
        if fact is not None:
            self.interviewer.refuse_unasked(fact)
            return fact
        if self.question is None:
            raise FactError((FactProblem("", "there is nothing left to ask"),))
        return self.question.fact

    def _asked(self, fact: str) -> tuple[str, ...]:
        return (*(other for other in self.asked if other != fact), fact)


_SETTLES, _ONLY_RULES_OUT, _SHARPENS = range(3)


def _settles_little(question: Question, lost: Collection[str]) -> int:
    """How little a question can settle, where some recommendations cannot be given any more."""
    if not question.decides:
        return _SHARPENS
    return _ONLY_RULES_OUT if all(topic in lost for topic in question.decides) else _SETTLES


class Became(Record, frozen=True):
    """What an answer made of a recommendation.

    ``before`` and ``after`` are verdicts, ``undecided``, ``left-out`` or ``absent``; ``text`` is what it says
    now, if it is given.
    """

    id: str
    title: str
    before: str
    after: str
    text: str = ""


def became(before: Advice, after: Advice) -> tuple[Became, ...]:
    """The recommendations that an answer settled or changed, in the order of the advice after it."""
    earlier, later = dict(_standings(before)), dict(_standings(after))
    titles = {item.id: item.title for advice in (before, after) for item in _all_of(advice)}
    absent = ("absent", "")
    return tuple(
        Became(id, titles[id], earlier.get(id, absent)[0], *later.get(id, absent))
        for id in dict.fromkeys([*later, *earlier])
        if earlier.get(id, absent) != later.get(id, absent)
    )


def _all_of(advice: Advice) -> Iterator[Any]:
    yield from (*advice.recommendations, *advice.undecided, *advice.left_out)


def _standings(advice: Advice) -> Iterator[tuple[str, tuple[str, str]]]:
    yield from ((item.id, (str(item.verdict), item.text)) for item in advice.recommendations)
    yield from ((item.id, ("undecided", "")) for item in advice.undecided)
    yield from ((item.id, ("left-out", "")) for item in advice.left_out)
