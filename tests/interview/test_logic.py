"""The logic of an interview: what it asks, of whom, and what follows."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

import wellfounded
from tests.conftest import ROOT
from tests.people import Population, random_person
from tests.performance.interview import (
    USUAL,
    in_order_in_use,
    in_order_waited_for,
    mean_questions,
    most_decisive,
    without_some,
)
from wellfounded import FactError, KnowledgeBase
from wellfounded.interview.interview import Interview, became
from wellfounded.interview.within_reach import Reach
from wellfounded.model.values import Value

HOUSEPLANTS = ROOT / "tests" / "knowledge_bases" / "houseplants"


def people(knowledge_base: KnowledgeBase, count: int) -> Iterator[dict[str, Value]]:
    """Random people who know everything, who do not know some of it, and who stand at the rules' borders."""
    for seed in range(count):
        person = knowledge_base.checked(random_person(knowledge_base.content, Random(seed)))
        yield dict(person)
        yield {**without_some(person, seed), **USUAL}
    for stated in Population(knowledge_base, USUAL).people("interviews", count):
        yield dict(knowledge_base.checked(stated))


def test_a_conversation(article: KnowledgeBase) -> None:
    interview = article.interview({"goal": "muscle_gain"}, "en")
    assert interview.question is not None and interview.question.fact == "healthy"
    interview = interview.answer("yes").answer("35").answer("y").answer("176 lb")
    assert dict(interview.facts)["body_mass"] == 79.83225712
    given = became(article.advise({"goal": "muscle_gain"}, "en"), interview.advice)
    assert ("protein-daily", "undecided", "meet") in {(item.id, item.before, item.after) for item in given}
    before = interview.back()
    assert before.question is not None and before.question.fact == "body_mass"
    assert before.answer("80 kg").facts["body_mass"] == 80.0


@pytest.mark.parametrize(
    ("language", "fact", "said", "value"),
    [
        ("en", "healthy", "Yes.", True),
        ("nl", "healthy", "N", False),
        ("nl", "diet", "3", "vegetarian"),
        ("nl", "diet", "Veganistisch", "vegan"),
        ("en", "diet", "omni", "omnivore"),
        ("en", "diet", "Veganistisch", "vegan"),
        ("nl", "sleep_duration", "7,5", 7.5),
        ("nl", "sleep_duration", "7.5 uur", 7.5),
        ("nl", "sleep_duration", "450 min", 7.5),
        ("nl", "body_mass", "82,500", 82.5),
        ("nl", "energy_intake", "2.500,5", 2500.5),
        ("en", "energy_intake", "2,500.5", 2500.5),
        ("en", "energy_balance", "−300", -300.0),
        ("en", "sleep_duration", "7 uur", 7.0),
        ("nl", "sleep_duration", "7 hours a night", 7.0),
        ("nl", "sleep_duration", "420 minuten", 7.0),
        ("nl", "muscle_rest", "2 dagen", 48.0),
        ("en", "protein_intake", "1 kg per week", 142.857142857),
        ("nl", "energy_intake", "10,46 MJ", 2500.0),
        ("en", "protein_per_kg", "1.6 g/kg", 1.6),
    ],
)
def test_answers_as_people_write_them(
    article: KnowledgeBase, language: str, fact: str, said: str, value: Value
) -> None:
    assert article.interview({}, language).answer(said, fact).facts[fact] == value


@pytest.mark.parametrize(
    ("language", "fact", "said", "message"),
    [
        ("nl", "healthy", "misschien", "“misschien” is geen ja of nee; antwoord met ja of nee"),
        ("en", "diet", "veg", "“veg” can be more than one: 3 vegetarian; 4 vegan; write a little more"),
        ("nl", "energy_intake", "2.500", "“2.500” kan twee dingen betekenen; schrijf 2500 of 2,500"),
        ("en", "energy_intake", "2,500", "“2,500” can mean two things; write 2500 or 2.500"),
        (
            "en",
            "body_mass",
            "9000 lb",
            "9000 lb is outside what is possible here; give a number from 25 to 350 kg",
        ),
        (
            "en",
            "body_mass",
            "80 litre",
            "“litre” does not fit here; give a number from 25 to 350 kg, or in another unit: lb, oz, stone; "
            "for example 260 lb",
        ),
        (
            "nl",
            "body_mass",
            "160 pond",
            "“pond” past hier niet; geef een getal van 25 tot en met 350 kg, of in een andere eenheid: "
            "lb, oz, stone; bijvoorbeeld 260 lb",
        ),
        (
            "nl",
            "sleep_duration",
            "6:30",
            "“6:30” is geen getal; geef een getal van 0 tot en met 24 uur per nacht, of in een andere "
            "eenheid: min; bijvoorbeeld 480 min",
        ),
        ("en", "repetitions", "8 km", "“km” does not fit here; give a number from 1 to 100"),
        ("en", "body_mass", "heavy", "“heavy” is not a number; give a number from 25 to 350 kg"),
        ("en", "age", "\x1b[2J", "“�[2J” is not a number; give a number from 0 to 120 years"),
    ],
)
def test_an_answer_that_cannot_be_used_is_said_to_be_so(
    article: KnowledgeBase, language: str, fact: str, said: str, message: str
) -> None:
    interview = article.interview({}, language)
    with pytest.raises(FactError) as refused:
        interview.answer(said, fact)
    assert [problem.message for problem in refused.value.problems] == [message]


def test_any_text_is_an_answer_or_a_problem(article: KnowledgeBase) -> None:
    chance, interview = Random("answers"), article.interview({}, "nl")
    pieces = [
        "1",
        "9" * 40,
        ".",
        ",",
        " ",
        "-",
        "e",
        "kg",
        "ja",
        "\x00",
        "\ud800",
        "😀",
        "\u202e",
        "{0}",
        "%",
        "²",
        "١",
    ]
    for _ in range(3000):
        said = "".join(chance.choices(pieces, k=chance.randint(0, 8)))
        fact = chance.choice([fact.id for fact in article.content.facts.values() if fact.can_be_stated])
        try:
            value = interview.answer(said, fact).facts[fact]
        except FactError:
            continue
        assert article.checked({fact: value})[fact] == value


@pytest.mark.no_cover
def test_it_ends_asks_nothing_twice_and_nothing_in_vain(article: KnowledgeBase) -> None:
    for person in people(article, 25):
        interview, asked = article.interview(), []
        while (question := interview.question) is not None:
            waited = {fact for item in interview.advice.undecided for fact in item.waits_for}
            assert question.fact in waited if question.decides else question.sharpens
            assert all(
                topic in {item.id for item in interview.advice.undecided} for topic in question.decides
            )
            asked.append(question.fact)
            fact = question.fact
            interview = interview.answer(person[fact]) if fact in person else interview.do_not_know()
        assert len(asked) == len(set(asked))
        assert interview.is_settled
        assert interview.advice == article.advise(dict(interview.facts))
        waited = {fact for item in interview.advice.undecided for fact in item.waits_for}
        assert not waited.difference(interview.not_known) or interview.not_known


def test_what_is_not_asked_any_more_could_settle_nothing(article: KnowledgeBase) -> None:
    """Where the interview ends, no answer to anything but what is not known would settle a recommendation."""
    chance = Random("in vain")
    for person in people(article, 15):
        interview = article.interview()
        while interview.question is not None and interview.question.decides:
            fact = interview.question.fact
            interview = interview.answer(person[fact]) if fact in person else interview.do_not_know()
        open_still = {item.id for item in interview.advice.undecided}
        for _ in range(3):
            others = {
                fact: value
                for fact, value in random_person(article.content, chance).items()
                if fact not in interview.not_known
            }
            more = article.advise({**others, **interview.facts})
            assert open_still == {item.id for item in more.undecided}


def test_what_is_lost_is_never_given_and_asked_about_last(article: KnowledgeBase) -> None:
    chance, lost = Random("lost"), 0
    for person in people(article, 12):
        interview = article.interview()
        while (question := interview.question) is not None and question.decides:
            kinds = [
                bool(set(q.decides).difference(interview.lost)) for q in interview.questions if q.decides
            ]
            assert kinds == sorted(kinds, reverse=True) and interview.only_rules_out is not kinds[0]
            fact = question.fact
            interview = interview.answer(person[fact]) if fact in person else interview.do_not_know()
            lost += len(interview.lost)
            others = random_person(article.content, chance)
            known = {fact: value for fact, value in others.items() if fact not in interview.not_known}
            more = article.advise({**known, **interview.facts})
            assert not {item.id for item in more.recommendations}.intersection(interview.lost)
    assert lost > 100


def test_without_an_age_nothing_is_left_that_brings_advice_about(article: KnowledgeBase) -> None:
    interview = article.interview({"goal": "muscle_gain"}, "en").answer("yes").do_not_know()
    assert interview.not_known == ("age",)
    assert interview.only_rules_out and not interview.is_settled
    assert {"protein-daily", "sleep-duration", "out-of-scope"} < set(interview.lost)
    assert article.interview({"goal": "muscle_gain"}).lost == ()


def test_where_everything_can_be_known_all_that_is_waited_for_is_within_reach(article: KnowledgeBase) -> None:
    for person in people(article, 20):
        advice, values = article.advise(person), article.reason(person).values
        reach, topics = (
            Reach(article.core, values, ()),
            article.interview().interviewer.advisor.edition.topics,
        )
        for item in advice.undecided:
            assert reach.facts_that_settle(topics[item.id]) == set(item.waits_for)


@pytest.mark.no_cover
def test_it_takes_fewer_questions_than_asking_in_order(article: KnowledgeBase) -> None:
    """The figures for 10,000 people are in docs/interview.md; these are for some hundred."""
    know_all = [article.checked(random_person(article.content, Random(seed))) for seed in range(150)]
    know_some = [without_some(person, seed) for seed, person in enumerate(know_all)]
    for group, waited_for, in_use in ((know_all, 0.15, 0.24), (know_some, 0.18, 0.30)):
        ours = mean_questions(article, group, most_decisive)
        assert 1 - ours / mean_questions(article, group, in_order_waited_for()) >= waited_for
        assert 1 - ours / mean_questions(article, group, in_order_in_use(article)) >= in_use


def test_going_back_where_there_is_nothing(article: KnowledgeBase) -> None:
    interview: Interview = article.interview()
    for step in (interview.back, lambda: interview.back_to("age"), lambda: interview.answer(1, "agee")):
        with pytest.raises(FactError):
            step()


def test_another_knowledge_base_in_a_language_the_engine_does_not_speak() -> None:
    houseplants = wellfounded.load(HOUSEPLANTS)
    language = houseplants.languages[0]
    for seed in range(20):
        person = houseplants.checked(random_person(houseplants.content, Random(seed), 0.8))
        interview = houseplants.interview({}, language)
        while (question := interview.question) is not None:
            fact = question.fact
            interview = interview.answer(person[fact]) if fact in person else interview.do_not_know()
        assert interview.advice == houseplants.advise(dict(interview.facts), language)
    with pytest.raises(FactError, match=r"is not one of these|is not a number|neither yes nor no"):
        houseplants.interview({}, language).answer("§")
