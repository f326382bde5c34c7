"""All reasoners say the same of everyone, and a session always says what its facts say.

What holds for any person is held for random people of the article's rules and of generated knowledge bases;
what holds for sessions, for random conversations in which facts come, change and go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.properties.generated import FACTORS
from tests.properties.people import Crowd, Stated
from tests.properties.test_article import USUAL, book
from tests.properties.test_generated import some
from tests.reference.written import read
from wellfounded import Advice, ConflictError, FactError, KnowledgeBase, ReasonerError
from wellfounded.advise.phrases import PHRASES
from wellfounded.session import Session

PEOPLE = 2400
PARTS = 4
KNOWLEDGE_BASES = 20  # in each part

#: Why drafts and retired rules are left out, which is no outcome of a topic.
NOT_IN_FORCE = {words[f"is_{status}"] for words in PHRASES.values() for status in ("draft", "retired")}


@pytest.fixture(params=["python", "rete"])
def reasoner(request: pytest.FixtureRequest, article: KnowledgeBase) -> str:
    """Every reasoner that sessions are meant for; skipped, with the reason, where one is not installed."""
    name = str(request.param)
    try:
        article.reasoner(name)
    except ReasonerError as missing:
        pytest.skip(str(missing))
    return name


@pytest.fixture
def rete(article: KnowledgeBase) -> str:
    try:
        article.reasoner("rete")
    except ReasonerError as missing:
        pytest.skip(str(missing))
    return "rete"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("generated")


@cache
def generated(part: int, folder: Path) -> list[tuple[str, KnowledgeBase, Crowd]]:
    """Some knowledge bases, each with its seed and with people of its own."""
    made = some(part, KNOWLEDGE_BASES, folder / str(part))
    return [(seed, knowledge_base, Crowd(read(files, FACTORS))) for seed, files, _, knowledge_base in made]


def outcome(work: Callable[[], object]) -> object:
    """What comes out, or which rules disagree about what."""
    try:
        return work()
    except ConflictError as conflict:
        return conflict.about, conflict.rules


def reasoned(knowledge_base: KnowledgeBase, stated: Stated, reasoner: str = "python") -> object:
    return outcome(lambda: knowledge_base.reason(stated, reasoner))


# One person at a time.


@pytest.mark.parametrize("part", range(PARTS))
def test_reasoners_value_the_articles_people_alike(part: int, article: KnowledgeBase, rete: str) -> None:
    for stated in Crowd(book(), USUAL).people(f"reasoners {part}", PEOPLE // PARTS):
        assert article.reason(stated, rete) == article.reason(stated), stated


# Conversations.


class Talk:
    """A random conversation: what is stated changes at every step."""

    def __init__(self, session: Session, crowd: Crowd, seed: object) -> None:
        self.session = session
        self.crowd = crowd
        self.random = Random(f"talk {seed}")
        self.stated: Stated = {}

    def steps(self, count: int) -> Iterator[Stated]:
        """Take so many steps; after each, what is stated now."""
        for _ in range(count):
            self.random.choice((self.state, self.state, self.state, self.retract))()
            yield self.stated

    def state(self) -> None:
        """State some facts at once, new ones or others in place of what was stated before."""
        facts = self.random.sample(
            self.crowd.statable, min(self.random.randint(1, 4), len(self.crowd.statable))
        )
        new = {fact.id: self.crowd.value(self.random, fact) for fact in facts}
        self.session.state(**new)
        self.stated = {**self.stated, **new}

    def retract(self) -> None:
        some_stated = self.random.sample(list(self.stated), min(self.random.randint(0, 3), len(self.stated)))
        self.session.retract(*some_stated)
        self.stated = {fact: value for fact, value in self.stated.items() if fact not in some_stated}


def says_what_its_facts_say(session: Session, knowledge_base: KnowledgeBase, stated: Stated) -> bool:
    right_facts = session.facts == knowledge_base.checked(stated)
    return right_facts and outcome(session.valuation) == reasoned(knowledge_base, stated)


def test_a_session_says_what_its_facts_say(article: KnowledgeBase, reasoner: str) -> None:
    crowd = Crowd(book(), USUAL)
    for seed in range(15):
        with article.session(reasoner=reasoner) as session:
            for stated in Talk(session, crowd, seed).steps(60):
                assert says_what_its_facts_say(session, article, stated), (seed, stated)


@pytest.mark.parametrize("part", range(PARTS))
def test_so_it_does_by_any_rules(part: int, reasoner: str, folder: Path) -> None:
    conflicts = 0
    for seed, knowledge_base, crowd in generated(part, folder):
        with knowledge_base.session(reasoner=reasoner) as session:
            for stated in Talk(session, crowd, seed).steps(30):
                assert says_what_its_facts_say(session, knowledge_base, stated), (seed, stated)
                conflicts += isinstance(outcome(session.valuation), tuple)
    assert conflicts  # sessions came into conflicts, and out of them


@pytest.mark.parametrize("part", range(PARTS))
def test_the_order_of_statements_does_not_matter(part: int, reasoner: str, folder: Path) -> None:
    random = Random(part)
    for seed, knowledge_base, crowd in generated(part, folder):
        for stated in crowd.people(seed, 2):
            with knowledge_base.session(reasoner=reasoner) as session:
                for fact in random.sample(list(stated), len(stated)):
                    session.state(**{fact: stated[fact]})
                assert says_what_its_facts_say(session, knowledge_base, stated), (seed, stated)


@pytest.mark.parametrize("part", range(PARTS))
def test_what_is_stated_between_two_questions_may_be_anything(part: int, reasoner: str, folder: Path) -> None:
    """A session asks after every statement; its memory need not be asked that often."""
    conflicts = 0
    for seed, knowledge_base, crowd in generated(part, folder):
        random = Random(f"now and then {seed}")
        stated: dict[str, Any] = {}
        with closing(knowledge_base._memory(reasoner)) as memory:
            for _ in range(60):
                fact = random.choice(crowd.statable)
                if random.random() < 0.3:
                    memory.retract(fact.id)
                    stated.pop(fact.id, None)
                else:
                    stated[fact.id] = crowd.value(random, fact)
                    memory.state(fact.id, knowledge_base.checked(stated)[fact.id])
                if random.random() < 0.3:
                    found = outcome(memory.valuation)
                    assert found == reasoned(knowledge_base, stated), (seed, stated)
                    conflicts += isinstance(found, tuple)
    assert conflicts  # memories came into conflicts, and out of them


def test_what_was_stated_and_taken_back_leaves_nothing(article: KnowledgeBase, reasoner: str) -> None:
    crowd = Crowd(book(), USUAL)
    random = Random("back")
    for stated in crowd.people("back", 60):
        with article.session(reasoner=reasoner) as session:
            session.state(**stated)
            before = session.valuation()
            for fact in random.sample(crowd.statable, 6):
                session.state(**{fact.id: crowd.value(random, fact)})
                if fact.id in stated:
                    session.state(**{fact.id: stated[fact.id]})
                else:
                    session.retract(fact.id)
                assert session.valuation() == before, (fact.id, stated)
            session.retract(*session.facts)
            assert session.valuation() == article.reason({})


# What changed.


def test_changes_are_the_difference_of_the_advice_before_and_after(
    article: KnowledgeBase, reasoner: str
) -> None:
    changed = 0
    for seed in range(4):
        with article.session("en", reasoner) as session:
            session.state(**USUAL)
            talk = Talk(session, Crowd(book(), USUAL), seed)
            talk.stated = dict(USUAL)
            advices = [session.advice()]
            for _ in talk.steps(25):
                advices.append(session.advice())
                assert differs_as_said(session, *advices[-2:])
                changed += bool(session.changes().recommendations)
    assert changed > 20


def test_so_they_are_by_any_rules(reasoner: str, folder: Path) -> None:
    for seed, knowledge_base, crowd in generated(0, folder):
        with knowledge_base.session(reasoner=reasoner) as session:
            advices = [outcome(session.advice)]
            for _ in Talk(session, crowd, seed).steps(15):
                advices.append(outcome(session.advice))
                before, after = advices[-2:]
                if isinstance(before, Advice) and isinstance(after, Advice):
                    assert differs_as_said(session, before, after), seed
                else:
                    with pytest.raises(ConflictError):
                        session.changes()


@pytest.mark.parametrize("min_support", ["supports", "partly", "contradicts"])
def test_so_they_are_where_a_policy_leaves_some_out(
    min_support: str, article: KnowledgeBase, folder: Path
) -> None:
    talks = [(0, article, Crowd(book(), USUAL)), *generated(1, folder)]
    assert sum(left_out_in(*talk, min_support) for talk in talks) > 20


def left_out_in(seed: object, knowledge_base: KnowledgeBase, crowd: Crowd, min_support: str) -> int:
    """How often something went or came by the policy, in a conversation that says what its facts say."""
    left_out = 0
    with knowledge_base.session(min_support=min_support) as session:
        advices = [outcome(session.advice)]
        for stated in Talk(session, crowd, seed).steps(25):
            alone = partial(knowledge_base.advise, stated, min_support=min_support)
            advices.append(outcome(session.advice))
            before, after = advices[-2:]
            assert after == outcome(alone), (seed, stated)
            if isinstance(before, Advice) and isinstance(after, Advice):
                assert differs_as_said(session, before, after), (seed, stated)
                left_out += any("left-out" in pair for pair in session.changes().recommendations.values())
    return left_out


def differs_as_said(session: Session, before: Advice, after: Advice) -> bool:
    changes = session.changes()
    return dict(changes.facts) == difference(facts_in(before), facts_in(after), None) and dict(
        changes.recommendations
    ) == difference(topics_in(before), topics_in(after), "absent")


def difference(before: dict[str, Any], after: dict[str, Any], missing: object) -> dict[str, tuple[Any, Any]]:
    pairs = {key: (before.get(key, missing), after.get(key, missing)) for key in {**before, **after}}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def facts_in(advice: Advice) -> dict[str, Any]:
    return {fact: quantity.value for fact, quantity in {**advice.facts, **advice.derived}.items()}


def topics_in(advice: Advice) -> dict[str, str]:
    given = {item.id: str(item.verdict) for item in advice.recommendations}
    given |= {item.id: "left-out" for item in advice.left_out if item.reason not in NOT_IN_FORCE}
    return given | {item.id: "undecided" for item in advice.undecided}


# What is refused.


def test_stating_what_cannot_be_changes_nothing(article: KnowledgeBase, reasoner: str) -> None:
    with article.session("en", reasoner) as session:
        session.state(**USUAL)
        session.state(body_mass=80)
        before = session.facts, session.valuation(), session.changes()
        for bad in ({"age": 300, "sex": "male"}, {"sex": "male", "height": 3}, {"in_scope": True}):
            with pytest.raises(FactError):
                session.state(**bad)
            assert (session.facts, session.valuation(), session.changes()) == before
        for unstated in (["sex"], ["age", "sex"], ["no_such_fact"], [""]):
            with pytest.raises(FactError, match="not stated"):
                session.retract(*unstated)
            assert (session.facts, session.valuation(), session.changes()) == before


def test_what_states_nothing_changes_nothing(article: KnowledgeBase, reasoner: str) -> None:
    with article.session("en", reasoner) as session:
        session.state(age=30)
        before = session.valuation()
        for nothing in ({}, {"age": None}, {"age": 30}, {"age": "30 years"}):
            session.state(**nothing)
            assert session.valuation() == before and not session.changes().facts
        session.retract()
        assert session.valuation() == before


def test_a_fact_named_twice_is_retracted_once(article: KnowledgeBase, reasoner: str) -> None:
    with article.session("en", reasoner) as session:
        session.state(age=30, sex="male")
        session.retract("age", "age")
        assert dict(session.facts) == {"sex": "male"}
        assert session.valuation() == article.reason({"sex": "male"})


def test_a_closed_session_takes_nothing_more(article: KnowledgeBase, reasoner: str) -> None:
    session = article.session("en", reasoner)
    session.state(age=30)
    session.close()
    session.close()
    assert session.valuation()["age"] == 30
    with pytest.raises(ReasonerError, match="closed"):
        session.state(age=31)
    with pytest.raises(ReasonerError, match="closed"):
        session.retract("age")


# Many sessions.


def test_sessions_one_after_another(article: KnowledgeBase, reasoner: str) -> None:
    """More of them than the engine holds at once: closing one makes room."""
    for place in range(2000):
        with article.session(reasoner=reasoner) as session:
            session.state(age=place % 100)
            assert session.valuation()["age"] == place % 100


def test_sessions_that_nobody_closes_make_room_too(article: KnowledgeBase, reasoner: str) -> None:
    for place in range(2000):
        session = article.session(reasoner=reasoner)
        session.state(goal="muscle_gain", age=place % 100)
        assert session.valuation()["age"] == place % 100


def test_two_hundred_sessions_at_once(article: KnowledgeBase, reasoner: str) -> None:
    people = list(Crowd(book(), USUAL).people("at once", 200))
    sessions = [article.session(reasoner=reasoner) for _ in people]
    for session, stated in zip(sessions, people, strict=True):
        session.state(**stated)
    for one, (stated, other) in zip(sessions, pairwise([*people, {}]), strict=True):
        assert one.valuation() == article.reason(stated)
        one.retract(*one.facts)
        one.state(**other)
    for session, stated in zip(sessions, [*people[1:], {}], strict=True):
        assert session.valuation() == article.reason(stated)
        session.close()


def test_a_session_each_for_eight_threads(article: KnowledgeBase, reasoner: str) -> None:
    def talk(thread: int) -> int:
        with closing(article.session(reasoner=reasoner)) as session:
            steps = Talk(session, Crowd(book(), USUAL), f"thread {thread}").steps(60)
            return sum(says_what_its_facts_say(session, article, stated) for stated in steps)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(talk, range(8))) == [60] * 8
