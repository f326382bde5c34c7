"""The record of advice: what is appended is what comes out, and who is forgotten is gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from wellfounded import KnowledgeBase
from wellfounded.model.errors import RecordError
from wellfounded.record import AdviceRecord
from wellfounded.record.entry import pseudonym

ANNA = {"goal": "muscle_gain", "age": 31, "healthy": True, "resistance_training": True, "body_mass": 64}
BO = {"goal": "muscle_gain", "age": 16, "healthy": True}


def test_what_was_advised_is_on_record_as_it_was(where: str, article: KnowledgeBase) -> None:
    advice = article.advise(ANNA, "en")
    with AdviceRecord(where) as record:
        before = datetime.now(UTC)
        entry = record.append("p-17", advice)
        assert before <= entry.at <= datetime.now(UTC)
    with AdviceRecord(where) as record:
        assert list(record.entries()) == [entry]
        recorded = record.get(entry.id)
        assert recorded.document == advice.to_dict()
        assert recorded.advice().to_dict() == advice.to_dict()
    assert (entry.who, entry.knowledge_base, entry.engine) == ("p-17", article.identity, advice.engine)


def test_entries_of_a_person_from_a_day_on_and_of_some_rules(
    record: AdviceRecord, article: KnowledgeBase
) -> None:
    amsterdam = timezone(timedelta(hours=1))
    first = record.append("a", article.advise(ANNA), at=datetime(2026, 3, 1, 0, 30, tzinfo=amsterdam))
    other = record.append("b", article.advise(BO), at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert first.at == datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
    assert list(record.entries(who="a")) == [first]
    assert list(record.entries(since=datetime(2026, 3, 1, tzinfo=UTC))) == [other]
    assert list(record.entries(digest=article.digest[:15])) == [first, other]
    assert list(record.entries(digest=article.digest[7:15])) == [first, other]
    assert list(record.entries(digest="sha256:%")) == []
    with pytest.raises(RecordError, match="has no time zone"):
        record.append("a", article.advise(BO), at=datetime(2026, 3, 1))
    with pytest.raises(RecordError, match="there is no entry 99 in"):
        record.get(99)


def test_who_is_forgotten_is_gone_and_the_others_stay(record: AdviceRecord, article: KnowledgeBase) -> None:
    ids = [record.append(who, article.advise(BO)).id for who in ("a", "b", "a")]
    assert record.forget("a").entries == 2
    assert [entry.who for entry in record.entries()] == ["b"]
    assert record.forget("a").entries == 0
    assert record.append("c", article.advise(BO)).id not in ids


@pytest.mark.parametrize("who", ["", "Anna Smit", "anna@example.org", "-x", "é", "a" * 129, "a\n", "a\0"])
def test_what_may_be_a_name_or_an_address_is_no_pseudonym(
    who: str, article: KnowledgeBase, tmp_path: object
) -> None:
    with pytest.raises(RecordError, match="cannot stand for a person"):
        AdviceRecord(f"{tmp_path}/x.sqlite").append(who, article.advise(BO))


def test_what_is_no_pseudonym_is_shown_in_one_line() -> None:
    with pytest.raises(RecordError, match=r"^`a\\nb\\x1b` cannot stand for a person"):
        pseudonym("a\nb\x1b")


def test_without_facts_only_the_outline_is_kept(record: AdviceRecord, article: KnowledgeBase) -> None:
    advice = article.advise(ANNA)
    recorded = record.get(record.append("p-17", advice, facts=False).id)
    assert set(recorded.document) == {
        *("knowledge_base", "engine", "language", "policy", "recommendations", "undecided", "left_out")
    }
    assert recorded.document["recommendations"] == [
        {"id": item.id, "verdict": str(item.verdict)} for item in advice.recommendations
    ]
    with pytest.raises(RecordError, match="was recorded without facts"):
        recorded.advice()
