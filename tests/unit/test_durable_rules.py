"""What durable-rules 2.0.28 does wrong, and what becomes of it behind ``reason/to_rete.py``.

Each hazard has two tests: ``raw`` shows the package itself, so that it is noticed when a hazard is gone, and
``ours`` shows the reasoner. What can hang, crash or leave a mess happens in a process of its own.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.durable_rules import CHAIN, DO, SO, Ours, Raw, held, raw_alone, yes_no_facts
from wellfounded import FactError, KnowledgeBase, KnowledgeBaseError, ReasonerError

#: On Python 3.12 the package asks the time in a way that is deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:datetime:DeprecationWarning")


# What is compared.


def test_raw_a_text_is_more_than_five(raw: type[Raw]) -> None:
    assert raw(r=[{"m": {"$gt": {"x": 5}}}]).tell(x="abc") == ["r"]


def test_ours_a_text_is_refused(ours: Ours) -> None:
    knowledge_base = ours(f"rules:\n  - {{id: r, when: {{n: {{above: 5}}}}, {DO}}}")
    with knowledge_base.session(reasoner="rete") as session:
        with pytest.raises(FactError):
            session.state(n="abc")
        assert session.valuation().holds("r") is None


def test_raw_a_property_that_is_missing_is_not_unequal_either(raw: type[Raw]) -> None:
    from durable.engine import MessageNotHandledException  # noqa: PLC0415  # an extra

    with pytest.raises(MessageNotHandledException):
        raw(r=[{"m": {"$neq": {"x": 5}}}]).tell(y=1)


def test_ours_what_is_not_told_is_unknown(ours: Ours) -> None:
    knowledge_base = ours(f"rules:\n  - {{id: r, when: {{none: {{kind: x}}}}, {DO}}}")
    assert held(knowledge_base, a=True) == {"r": None}
    assert held(knowledge_base, kind="y") == {"r": True}
    assert held(knowledge_base, kind="x") == {"r": False}


@pytest.mark.parametrize("number", [1e-05, 1e16])
def test_raw_a_number_with_an_exponent_is_an_error_in_a_fact(number: float, raw: type[Raw]) -> None:
    with pytest.raises(Exception, match="204"):
        raw(r=[{"m": {"$gt": {"x": 0}}}]).tell(x=number)


@pytest.mark.parametrize("number", [1e-05, 1e16])
def test_raw_a_number_with_an_exponent_is_an_error_in_a_rule(number: float, raw: type[Raw]) -> None:
    with pytest.raises(Exception, match="204"):
        raw(r=[{"m": {"$gt": {"x": number}}}])


def test_ours_numbers_are_places_among_those_they_are_compared_with(ours: Ours) -> None:
    knowledge_base = ours(f"""
    parameters:
      speck: {{value: 0.00001, claim: so, label: {{en: "p"}}}}
    rules:
      - {{id: above, when: {{n: {{above: speck}}}}, {DO}}}
      - {{id: at-least, when: {{n: {{at_least: 0.000015}}}}, {DO}}}
    """)
    assert held(knowledge_base, n=0.000009) == {"above": False, "at-least": False}
    assert held(knowledge_base, n=0.00001) == {"above": False, "at-least": False}
    assert held(knowledge_base, n=0.00001001) == {"above": True, "at-least": False}
    assert held(knowledge_base, n=0.000015) == {"above": True, "at-least": True}
    assert held(knowledge_base, n=1e-9) == {"above": False, "at-least": False}


# How rules are written.


def test_raw_seventeen_conditions_are_an_error_when_the_last_fact_comes(raw: type[Raw]) -> None:
    package = raw(r=[{f"m{i}": {f"x{i}": 1}} for i in range(17)])
    for i in range(16):
        package.tell(**{f"x{i}": 1})
    with pytest.raises(Exception, match="304"):
        package.tell(x16=1)


def test_ours_a_rule_of_many_conditions_is_split(ours: Ours) -> None:
    facts = [f"f{i}" for i in range(40)]
    when = ", ".join(f"{f}: true" for f in facts)
    knowledge_base = ours(yes_no_facts(40) + f"rules:\n  - {{id: r, when: {{{when}}}, {DO}}}")
    assert held(knowledge_base, **dict.fromkeys(facts, True)) == {"r": True}
    assert held(knowledge_base, **dict.fromkeys(facts[1:], True)) == {"r": None}
    assert held(knowledge_base, **dict.fromkeys(facts[1:], True), f0=False) == {"r": False}


def test_raw_one_message_cannot_serve_two_conditions(raw: type[Raw]) -> None:
    package = raw(adult=[{"one": {"$gte": {"age": 18}}}, {"other": {"$lt": {"age": 65}}}])
    assert package.tell(age=30) == []


def test_ours_conditions_on_one_fact_are_one_condition(ours: Ours) -> None:
    knowledge_base = ours(f"""
    rules:
      - {{id: adult, when: {{n: {{at_least: 18, below: 65}}}}, {DO}}}
      - {{id: apart, when: {{n: {{at_least: 18}}, any: {{n: {{below: 65}}, a: true}}}}, {DO}}}
    """)
    assert held(knowledge_base, n=30) == {"adult": True, "apart": True}
    assert held(knowledge_base, n=17) == {"adult": False, "apart": False}
    assert held(knowledge_base, n=65) == {"adult": False, "apart": None}


def test_raw_nested_any_and_all_are_wrong(raw: type[Raw]) -> None:
    either = {"c0$any": [{"m0": {"a": 0}}, {"m1": {"b": 1}}]}
    both = {"c1$all": [{"m2": {"c": 1}}, {"m3": {"d": 0}}]}
    package = raw(r=[])
    package.load({"r": {"any": [either, both], "run": package.rule("r", [])["run"]}})
    assert package.tell(c=1) == ["r"]  # although neither holds


def test_ours_groups_in_groups_are_rules_of_their_own(ours: Ours) -> None:
    when = "{any: [{any: [{a: false}, {b: true}]}, {all: [{n: 1}, {m: 0}]}]}"
    knowledge_base = ours(f"rules:\n  - {{id: r, when: {when}, {DO}}}")
    assert held(knowledge_base, n=1, a=True) == {"r": None}
    assert held(knowledge_base, n=1, a=True, b=False, m=1) == {"r": False}
    assert held(knowledge_base, n=1, m=0) == {"r": True}
    assert held(knowledge_base, a=False) == {"r": True}


def test_raw_a_rule_that_feeds_itself_never_ends(raw: object) -> None:
    feed = """
    def run(context):
        context.assert_fact({"x": context.m.x + 1})
    host.set_rulesets({"t": {"r": {"all": [{"m": {"$gt": {"x": 0}}}], "run": run}}})
    host.assert_fact("t", {"sid": "1", "x": 1})
    """
    assert raw_alone(feed, seconds=3) is None


def test_ours_circles_are_refused_when_rules_are_checked(ours: Ours) -> None:
    with pytest.raises(KnowledgeBaseError, match="cycle"):
        ours(f"""
        facts:
          c: {{type: boolean, derived: true, label: {{en: "c"}}}}
        rules:
          - {{id: r, when: {{none: {{c: true}}}}, conclude: {{c: true}}, {SO}}}
        """)


def test_raw_an_action_does_not_learn_which_rule_it_is_of(raw: type[Raw]) -> None:
    seen: list[Any] = []

    def see(context: Any) -> None:
        seen.append(context)

    package = raw()
    package.load({"the-rule": {"all": [{"m": {"x": 1}}], "run": see}})
    package.tell(x=1)
    told = {name: value for name, value in vars(seen[0]).items() if name not in ("host", "_ruleset")}
    assert "the-rule" not in repr(told)


def test_ours_each_rule_has_an_action_of_its_own(ours: Ours) -> None:
    knowledge_base = ours(
        f"rules:\n  - {{id: one, when: {{n: 1}}, {DO}}}\n  - {{id: two, when: {{n: 2}}, {DO}}}"
    )
    assert held(knowledge_base, n=2) == {"one": False, "two": True}


# What the engine says, and does not say.


def test_raw_it_refuses_what_no_rule_looks_at_and_what_it_was_told_before(raw: type[Raw]) -> None:
    from durable.engine import (  # noqa: PLC0415  # an extra
        MessageNotHandledException,
        MessageObservedException,
    )

    package = raw(r=[{"m": {"x": 1}}])
    with pytest.raises(MessageNotHandledException):
        package.tell(id="a", x=2)
    package.tell(id="b", x=1)
    with pytest.raises(MessageObservedException):
        package.tell(id="b", x=1)


def test_ours_both_are_nothing_special(ours: Ours) -> None:
    knowledge_base = ours(f"rules:\n  - {{id: r, when: {{n: 1}}, {DO}}}")
    with knowledge_base.session(reasoner="rete") as session:
        for facts in ({"a": True}, {"n": 2}, {"n": 2}, {"n": 1}, {"n": 1}, {"n": 2}):
            session.state(**facts)
            assert session.valuation() == knowledge_base.reason(session.facts)


def test_ours_two_rules_that_conclude_one_thing_from_one_fact_tell_it_once(ours: Ours) -> None:
    knowledge_base = ours(f"""
    facts:
      c: {{type: boolean, derived: true, label: {{en: "c"}}}}
    rules:
      - {{id: one, when: {{n: {{above: 1}}}}, conclude: {{c: true}}, {SO}}}
      - {{id: two, when: {{n: {{above: 2}}}}, conclude: {{c: true}}, {SO}}}
      - {{id: r, when: {{c: true}}, {DO}}}
    """)
    assert held(knowledge_base, n=3) == {"r": True}
    assert held(knowledge_base, n=2) == {"r": True}


def test_raw_an_exception_in_an_action_is_swallowed_and_sticks(raw: type[Raw]) -> None:
    def fail(context: Any) -> None:
        raise ValueError("lost")

    package = raw()
    package.load({"r": {"all": [{"m": {"x": 1}}], "run": fail}})
    package.tell(x=1)
    assert "lost" in package.host.get_state(package.name, "1")["exception"]


def test_ours_it_is_raised(ours: Ours) -> None:
    from wellfounded.reason.to_rete import RetePlan  # noqa: PLC0415  # an extra

    plan = RetePlan(ours(f"rules:\n  - {{id: r, when: {{n: 1}}, {DO}}}").core)
    with plan.memory() as memory:
        memory.fired = None  # type: ignore[assignment]  # so that the action fails
        with pytest.raises(ReasonerError, match="failed inside"):
            memory.state("n", 1.0)


def test_raw_an_error_is_a_bare_number(raw: type[Raw]) -> None:
    with pytest.raises(Exception, match=r"error code: 204$"):
        raw(r=[{"m": {"x": 1}}]).tell(x=1e-05)


def test_ours_it_is_an_error_of_ours(ours: Ours) -> None:
    from wellfounded.reason.to_rete import RetePlan  # noqa: PLC0415  # an extra

    plan = RetePlan(ours(f"rules:\n  - {{id: r, when: {{n: 1}}, {DO}}}").core)
    with plan.memory() as memory, pytest.raises(ReasonerError, match=r"durable-rules failed: .*204"):
        memory._assert(plan.network.names["n"], 1e-05)  # type: ignore[arg-type]  # what it cannot read


def test_raw_an_action_during_which_the_clock_is_set_is_never_done(raw: object) -> None:
    clock = """
    from durable import engine
    def run(context):
        fired.append(1)
        engine._unix_now = lambda: 2.0 ** 40
    host.set_rulesets({"t": {"r": {"all": [{"m": {"x": 1}}], "run": run}}})
    host.assert_fact("t", {"sid": "1", "id": "a", "x": 1})
    host.assert_fact("t", {"sid": "1", "id": "b", "x": 1})
    print(len(fired))
    """
    assert raw_alone(clock).stdout == "1\n"


def test_ours_for_the_engine_time_stands_still(article: KnowledgeBase, raw: object) -> None:
    from durable import engine  # noqa: PLC0415  # an extra

    with article.session(reasoner="rete") as session:
        session.state(age=30)
    assert engine._unix_now() == 0


# What is concluded.


def test_raw_a_conclusion_that_no_rule_consumes_is_dropped(raw: type[Raw]) -> None:
    def conclude(context: Any) -> None:
        context.assert_fact({"y": 1})

    package = raw()
    package.load({"r": {"all": [{"m": {"x": 1}}], "run": conclude}})
    package.tell(x=1)
    assert [fact for fact in package.host.get_facts(package.name, "1") if "y" in fact] == []


def test_ours_it_is_known(ours: Ours) -> None:
    knowledge_base = ours(f"""
    facts:
      c: {{type: boolean, derived: true, label: {{en: "c"}}}}
    rules:
      - {{id: one, when: {{n: {{above: 1}}}}, conclude: {{c: true}}, {SO}}}
      - {{id: r, when: {{a: true}}, {DO}}}
    """)
    assert knowledge_base.reason({"n": 2}, "rete")["c"] is True
    assert knowledge_base.reason({"n": 1}, "rete")["c"] is False


def test_raw_a_conclusion_stays_when_its_premise_goes(raw: type[Raw]) -> None:
    def conclude(context: Any) -> None:
        context.assert_fact({"y": 1})

    package = raw()
    rules = {
        "r": {"all": [{"m": {"x": 1}}], "run": conclude},
        "use": {
            "all": [{"m": {"y": 1}}, {"k": {"z": 1}}],
            "run": lambda context: package.fired.append("use"),
        },
    }
    package.load(rules)
    package.tell(id="x", x=1)
    package.host.retract_fact(package.name, {"sid": "1", "id": "x", "x": 1})
    assert package.tell(z=1) == ["use"]


def test_ours_it_goes_with_the_last_premise(ours: Ours) -> None:
    with ours(CHAIN).session(reasoner="rete") as session:

        def known() -> list[object]:
            valuation = session.valuation()
            return [valuation["c"], valuation["d"], valuation.holds("r")]

        session.state(a=True, b=True, n=1)
        assert known() == [True, True, True]
        session.retract("a")
        assert known() == [True, True, True]  # b still stands behind it
        session.retract("b")
        assert known() == [None, None, None]
        session.state(a=False, b=False)
        assert known() == [False, False, False]
        session.state(b=True)
        assert known() == [True, True, True]
        session.retract("n")
        assert known() == [True, None, None]


def test_ours_a_conflict_lasts_as_long_as_its_premises(ours: Ours) -> None:
    knowledge_base = ours(f"""
    facts:
      size:
        type: choice
        derived: true
        choices: {{s: {{en: "small"}}, l: {{en: "large"}}}}
        otherwise: s
        label: {{en: "size"}}
    rules:
      - {{id: small, when: {{a: true}}, conclude: {{size: s}}, {SO}}}
      - {{id: large, when: {{b: true}}, conclude: {{size: l}}, {SO}}}
      - {{id: r, when: {{size: l}}, {DO}}}
    """)
    for gone, left in (("a", "l"), ("b", "s")):
        with knowledge_base.session(reasoner="rete") as session:
            session.state(a=True, b=True)
            for ask in (session.valuation, session.advice, session.changes):
                with pytest.raises(Exception, match="`small` and `large` give `size` different values"):
                    ask()
            session.state(**{gone: False})
            assert session.valuation()["size"] == left
            assert session.valuation().holds("r") is (left == "l")
