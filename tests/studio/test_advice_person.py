"""A person in an address: whatever is typed, the address stays the same from there on, in every language."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.attempts import ATTEMPTS
from tests.people import random_person
from wellfounded import KnowledgeBase
from wellfounded.advise.edition import Edition
from wellfounded.interfaces.studio.advice.compare import RevisionProblem, rules_at
from wellfounded.interfaces.studio.advice.person import edition_of, pairs_of, person_in
from wellfounded.interfaces.studio.advice.words import WORDS
from wellfounded.interfaces.studio.stated import plainly
from wellfounded.load.package_data import data_folder

FACTS = ("age", "goal", "healthy", "body_mass", "sleep_duration", "energy_intake", "muscle_group_frequency")
NAMES = st.sampled_from(
    [
        *FACTS,
        *(f"was-{fact}" for fact in FACTS),
        *("not-known", "do-not-know", "take-back", "min-support", "no_such_fact", "no-such", ""),
    ]
)
TYPED = st.one_of(
    st.sampled_from(
        [
            *("", " ", "30", "1,234", "1.234", "1.234,5", "2,5", "176 lb", "6,5 uur", "450 min", "-3", "1e3"),
            *("ja", "no", "muscle_gain", "spiermassa opbouwen", "1", "supports", "uncited", "x" * 300),
            *FACTS,
            *ATTEMPTS,
        ]
    ),
    st.decimals(0, 20000, places=3).map(str),
    st.text(max_size=20),
)


def editions(knowledge_base: KnowledgeBase, first: str) -> list[Edition]:
    ordered = sorted(knowledge_base.languages, key=lambda language: language != first)
    return [edition_of(knowledge_base, language) for language in ordered]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(NAMES, TYPED), max_size=8), st.sampled_from(["nl", "en"]))
def test_an_address_is_the_same_from_there_on(
    article: KnowledgeBase, pairs: list[tuple[str, str]], typed_in: str
) -> None:
    """In the language it was typed in nothing changes any more; in the others no answer does."""
    read_in = editions(article, typed_in)
    person = person_in(pairs, read_in)
    lasting = pairs_of(person, history=True)
    again = person_in(lasting, read_in)
    assert pairs_of(again, history=True) == lasting
    assert again.facts == person.facts and again.was == person.was
    other = "en" if typed_in == "nl" else "nl"
    assert person_in(pairs_of(person), editions(article, other)).facts == person.facts
    article.advise(person.facts)  # all of it can be used


def test_values_are_written_so_that_every_language_reads_them(article: KnowledgeBase) -> None:
    chance = random.Random(1)
    for _ in range(30):
        stated = article.checked(random_person(article.content, chance, 0.5))
        pairs = [(fact, plainly(value)) for fact, value in stated.items()]
        for language in article.languages:
            assert dict(person_in(pairs, editions(article, language)).facts) == dict(stated)


def test_an_answer_to_what_was_not_known_is_new(article: KnowledgeBase) -> None:
    person = person_in([("not-known", "age"), ("age", "30")], editions(article, "en"))
    assert person.facts == {"age": 30} and not person.not_known and person.was == {"age": ""}


def test_an_answer_that_cannot_be_used_leaves_the_one_before(article: KnowledgeBase) -> None:
    person = person_in([("age", "abc"), ("was-age", "30")], editions(article, "en"))
    assert person.facts["age"] == 30
    assert "abc" in person.wrong["age"].problem
    assert "age" not in person_in([("age", "abc")], editions(article, "en")).facts


@pytest.mark.parametrize(
    "revision",
    [
        *(
            "",
            "--help",
            "-n1",
            "--output=/tmp/x",
            "main..HEAD",
            "main...HEAD",
            "..",
            "../rules",
            "/etc/passwd",
        ),
        *(
            "HEAD:rules",
            ":/text",
            "HEAD@{1}",
            "HEAD^{tree}",
            "a b",
            "a\nb",
            "a\0b",
            "$(id)",
            "`id`",
            "x" * 200,
        ),
        *ATTEMPTS,
    ],
)
def test_what_is_no_name_of_a_revision_never_gets_to_git(
    revision: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: object) -> None:
        raise AssertionError("git was asked")

    monkeypatch.setattr("wellfounded.interfaces.studio.advice.compare.version_at", asked)
    with pytest.raises(RevisionProblem, match="revision_wrong"):
        rules_at(revision, data_folder("rules"))


def test_both_languages_say_the_same_things() -> None:
    assert set(WORDS["nl"]) == set(WORDS["en"])
