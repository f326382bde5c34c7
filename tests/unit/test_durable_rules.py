"""What durable-rules 2.0.28 does wrong, and what becomes of it behind ``reason/to_rete.py``.

Each hazard has two tests: ``raw`` shows the package itself, so that it is noticed when a hazard is gone, and
``ours`` shows the reasoner. What can hang, crash or leave a mess happens in a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
import tomllib
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.small import small
from tests.conftest import ROOT, RULES
from wellfounded import FactError, KnowledgeBase, KnowledgeBaseError, ReasonerError
from wellfounded.reason.network import Found, NetworkRule, Told, network_of
from wellfounded.reason.shards import patterns_of, shards_of

_names = count(1)

#: With this, what a C library was given and did not fill holds rubbish, as it may at any time. glibc only.
RUBBISH: dict[str, Any] = {"MALLOC_PERTURB_": "170"}
crashes = pytest.mark.skipif(
    sys.platform != "linux", reason="memory can only be filled with rubbish on Linux"
)


class Raw:
    """A ruleset of durable-rules and nothing around it, but for its dispatcher threads."""

    def __init__(self, **rules: list[dict[str, Any]]) -> None:
        from durable.engine import Host  # noqa: PLC0415  # an extra

        class Quiet(Host):  # type: ignore[misc]  # durable-rules has no types
            def _run(self) -> None:
                pass

        self.host = Quiet()
        self.fired: list[str] = []
        self.name = f"raw{next(_names)}"
        self.host.set_rulesets({self.name: {rule: self.rule(rule, when) for rule, when in rules.items()}})

    def rule(self, name: str, when: list[dict[str, Any]]) -> dict[str, Any]:
        return {"all": when, "run": lambda context: self.fired.append(name)}

    def tell(self, **message: Any) -> list[str]:
        """Assert a fact; gives the names of the rules that have fired so far."""
        self.host.assert_fact(self.name, {"sid": "1", **message})
        return self.fired


@pytest.fixture
def raw() -> type[Raw]:
    pytest.importorskip("durable.engine", reason="durable-rules is not installed", exc_type=ImportError)
    return Raw


Ours = Callable[[str], KnowledgeBase]


@pytest.fixture
def ours(raw: object, tmp_path: Path) -> Ours:
    """Makes small knowledge bases; ``n``, ``m``, ``a``, ``b`` and ``kind`` are facts of all of them."""

    def make(rules: str) -> KnowledgeBase:
        return small(
            {"facts.yaml": FACTS, "rules.yaml": textwrap.dedent(rules)}, tmp_path / f"{next(_names)}"
        )

    return make


FACTS = """
facts:
  n: {type: number, span: [0, 1000], step: 1, label: {en: "n"}, question: {en: "n?"}}
  m: {type: number, span: [0, 1000], step: 1, label: {en: "m"}, question: {en: "m?"}}
  a: {type: boolean, label: {en: "a"}, question: {en: "a?"}}
  b: {type: boolean, label: {en: "b"}, question: {en: "b?"}}
  kind: {type: choice, choices: {x: {en: "x"}, y: {en: "y"}}, label: {en: "kind"}, question: {en: "Which?"}}
"""
#: The rest of a rule that says what to do.
DO = 'title: {en: "t"}, advise: do, says: {en: "s"}, because: [so]'
#: The rest of a rule that concludes something.
SO = 'title: {en: "t"}, because: [so]'


def held(knowledge_base: KnowledgeBase, **facts: Any) -> Mapping[str, Any]:
    """What the reasoner finds of every rule that recommends; it has to be what the plain one finds."""
    valuation = knowledge_base.reason(facts, "rete")
    assert valuation == knowledge_base.reason(facts)
    return {rule: outcome.holds for rule, outcome in valuation.outcomes.items()}


def alone(program: str, *arguments: str, seconds: float = 20, **environment: Any) -> Any:
    """What becomes of a program in a process of its own; ``None`` if it had to be ended."""
    command = [sys.executable, "-c", textwrap.dedent(program), *arguments]
    try:
        return subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            timeout=seconds,
            capture_output=True,
            text=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None


#: What a program that runs alone begins with.
QUIET = """
import sys
from durable.engine import Host, MessageNotHandledException
class Quiet(Host):
    def _run(self): pass
host = Quiet()
fired = []
def run(context): fired.append(1)
"""


def raw_alone(program: str, seconds: float = 20, **environment: Any) -> Any:
    return alone(QUIET + textwrap.dedent(program), seconds=seconds, **environment)


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
    lines = [f'  {f}: {{type: boolean, label: {{en: "f"}}, question: {{en: "f?"}}}}' for f in facts]
    when = ", ".join(f"{f}: true" for f in facts)
    knowledge_base = ours("\n".join(["facts:", *lines, "rules:", f"  - {{id: r, when: {{{when}}}, {DO}}}"]))
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
    package.host.set_rulesets({"nested": {"r": {"any": [either, both], "run": package.rule("r", [])["run"]}}})
    package.name = "nested"
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
    package.name = "nameless"
    package.host.set_rulesets({"nameless": {"the-rule": {"all": [{"m": {"x": 1}}], "run": see}}})
    package.tell(x=1)
    told = {name: value for name, value in vars(seen[0]).items() if name not in ("host", "_ruleset")}
    assert "the-rule" not in repr(told)


def test_ours_each_rule_has_an_action_of_its_own(ours: Ours) -> None:
    knowledge_base = ours(
        f"rules:\n  - {{id: one, when: {{n: 1}}, {DO}}}\n  - {{id: two, when: {{n: 2}}, {DO}}}"
    )
    assert held(knowledge_base, n=2) == {"one": False, "two": True}


# How much there is room for.


def test_raw_more_than_250_properties_in_a_message_are_an_error(raw: type[Raw]) -> None:
    with pytest.raises(Exception, match="302"):
        raw(r=[{"m": {"x0": 1}}]).tell(**{f"x{i}": 1 for i in range(260)})


def test_ours_one_message_a_fact(ours: Ours) -> None:
    facts = [f"f{i}" for i in range(300)]
    lines = [f'  {f}: {{type: boolean, label: {{en: "f"}}, question: {{en: "f?"}}}}' for f in facts]
    knowledge_base = ours(
        "\n".join(["facts:", *lines, "rules:", f"  - {{id: r, when: {{f299: true}}, {DO}}}"])
    )
    assert held(knowledge_base, **dict.fromkeys(facts, True)) == {"r": True}


def test_raw_more_than_64_conditions_that_one_message_meets_are_an_error(raw: object) -> None:
    steps = """
    rules = {f"r{i}": {"all": [{"m": {"$gt": {"x": i}}}], "run": run} for i in range(70)}
    host.set_rulesets({"t": rules})
    host.assert_fact("t", {"sid": "1", "x": 100})
    """
    done = raw_alone(steps)
    assert done.returncode != 0 and ("303" in done.stderr or done.returncode < 0)


def test_raw_256_rules_behind_one_condition_end_the_process(raw: object) -> None:
    crowd = """
    rules = {f"r{i}": {"all": [{"m": {"x": 1}}, {"k": {f"y{i % 9}": 1}}], "run": run} for i in range(700)}
    host.set_rulesets({"t": rules})
    host.assert_fact("t", {"sid": "1", "x": 1})
    """
    done = raw_alone(crowd)
    assert done is None or done.returncode != 0


def test_raw_more_than_512_conditions_never_load(raw: object) -> None:
    many = """
    rules = {f"r{i}": {"all": [{"m": {f"x{i}": 1}}], "run": run} for i in range(600)}
    host.set_rulesets({"t": rules})
    """
    done = raw_alone(many, seconds=3)
    assert done is None or done.returncode != 0


@pytest.mark.parametrize(
    "conditions",
    [
        [f"{{n: {{above: {i}}}}}" for i in range(600)],
        [f"{{a: true, n: {i % 7}}}" for i in range(700)],
        [f"{{n: {{above: {i}}}, m: {{below: {900 - i}}}}}" for i in range(400)],
    ],
    ids=["conditions that one fact meets", "rules behind one condition", "conditions in all"],
)
def test_ours_a_large_network_is_spread_over_rulesets(conditions: list[str], ours: Ours) -> None:
    rules = [f"  - {{id: r{i}, when: {when}, {DO}}}" for i, when in enumerate(conditions)]
    knowledge_base = ours("\n".join(["rules:", *rules]))
    with knowledge_base.session(reasoner="rete") as session:
        for facts in ({"n": 300, "m": 299, "a": True}, {"n": 3}, {"m": 1000}, {"n": 1000, "a": False}):
            session.state(**facts)
            assert session.valuation() == knowledge_base.reason(session.facts)
        session.retract("n")
        assert session.valuation() == knowledge_base.reason(session.facts)


def test_a_shard_holds_no_more_than_the_engine_can() -> None:
    def rule(*when: tuple[str, int]) -> NetworkRule:
        return NetworkRule(tuple(Told(name, "==", number) for name, number in when), Found("s", 1))

    def sizes(rules: list[NetworkRule]) -> list[int]:
        return [len(shard) for shard in shards_of(rules)]

    assert sizes([]) == []
    assert sizes([rule(("f1", i)) for i in range(150)]) == [60, 60, 30]
    assert sizes([rule((f"f{i}", 1)) for i in range(900)]) == [400, 400, 100]
    assert sizes([rule(("f1", 1), (f"f{i}", i)) for i in range(2, 402)]) == [250, 150]
    assert sizes([rule((f"f{i % 20}", i % 3)) for i in range(9000)]) == [4000, 4000, 1000]
    every = shards_of([rule((f"f{i}", 1)) for i in range(900)])
    assert [index for shard in every for index in shard] == list(range(900))


# Sessions.


def test_raw_the_1025th_session_is_a_memory_error_and_then_ends_the_process(raw: object) -> None:
    sessions = """
    host.set_rulesets({"t": {"r": {"all": [{"m": {"x": 1}}], "run": run}}})
    for i in range(1024):
        host.assert_fact("t", {"sid": str(i), "x": 1})
    try:
        host.assert_fact("t", {"sid": "one more", "x": 1})
    except MemoryError:
        print("memory", flush=True)
    host.delete_state("t", "7")
    host.assert_fact("t", {"sid": "one more", "x": 1})
    """
    done = raw_alone(sessions)
    assert done.stdout == "memory\n" and done.returncode != 0


def test_ours_there_is_a_sentence_when_no_seat_is_free(ours: Ours) -> None:
    knowledge_base = ours(f"rules:\n  - {{id: r, when: {{n: 1}}, {DO}}}")
    sessions = [knowledge_base.session(reasoner="rete") for _ in range(1024)]
    for session in sessions:
        session.state(n=1)
    with pytest.raises(ReasonerError, match="at most 1024 sessions at once"):
        knowledge_base.session(reasoner="rete")
    sessions.pop().close()
    with knowledge_base.session(reasoner="rete") as another:
        another.state(n=1)
        assert another.valuation().holds("r")
    assert all(session.valuation().holds("r") for session in sessions)


@crashes
def test_raw_forgetting_a_session_in_which_nothing_fired_ends_the_process(raw: object) -> None:
    nothing = """
    host.set_rulesets({"t": {"r": {"all": [{"m": {"x": 1}}, {"k": {"y": 1}}], "run": run}}})
    for i in range(50):
        host.assert_fact("t", {"sid": str(i), "x": 1})
    for i in range(50):
        host.delete_state("t", str(i))
    """
    assert raw_alone(nothing, **RUBBISH).returncode < 0


@crashes
def test_raw_taking_back_facts_of_a_rule_with_many_conditions_reads_past_the_end(raw: object) -> None:
    back = """
    host.set_rulesets({"t": {"r": {"all": [{f"m{i}": {f"x{i}": 1}} for i in range(16)], "run": run}}})
    def tell(i): host.assert_fact("t", {"sid": "1", "id": f"x{i}", f"x{i}": 1})
    def take_back(i): host.retract_fact("t", {"sid": "1", "id": f"x{i}", f"x{i}": 1})
    for _ in range(3):
        for i in (*range(16), "again", "again"):
            if i == "again": take_back(0)
            tell(0 if i == "again" else i)
        for i in range(16): take_back(i)
    """
    for blocks in (0, 10, 50, 200, 1000):  # what stands behind the end depends on what was there before
        before = f"blocks = [bytearray(1952) for _ in range({blocks})]; del blocks"
        if raw_alone(f"{before}\n{textwrap.dedent(back)}").returncode < 0:
            return
    pytest.skip("what stands there happens to be harmless on this machine")


def test_ours_no_rule_of_the_engine_has_more_than_three_conditions(article: KnowledgeBase) -> None:
    assert max(len(patterns_of(rule)) for rule in network_of(article.core).rules) == 3


@crashes
def test_ours_sessions_come_and_go_whatever_is_in_memory(raw: object) -> None:
    talk = """
    import sys, wellfounded
    knowledge_base = wellfounded.load(sys.argv[1])
    usual = {"goal": "muscle_gain", "healthy": True, "resistance_training": True, "body_mass": 80}
    for i in range(40):
        with knowledge_base.session(reasoner="rete") as session:
            for facts in ({}, {"sex": "male"}, usual | {"age": 20 + i}):
                session.state(**facts)
            session.retract(*session.facts)
            session.state(**usual, age=30)
            assert session.valuation() == knowledge_base.reason(session.facts)
        knowledge_base.session(reasoner="rete").close()
    print("done")
    """
    done = alone(talk, str(RULES), **RUBBISH)
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")


def test_raw_two_sessions_with_one_hash_are_one_session(raw: type[Raw]) -> None:
    package = raw(r=[{"m": {"x": 1}}, {"k": {"y": 1}}])
    package.tell(sid="s31597", x=1)
    assert package.tell(sid="s618190", y=1) == ["r"]


def test_ours_sessions_have_few_names_and_use_them_again(ours: Ours) -> None:
    from wellfounded.reason.to_rete import MOST_SESSIONS, RetePlan  # noqa: PLC0415  # an extra

    plan = RetePlan(ours(f"rules:\n  - {{id: r, when: {{n: 1}}, {DO}}}").core)
    names = set()
    for _ in range(3000):
        with plan.memory() as memory:
            names.add(memory.seat)
    assert len({fnv(f"s{seat}") for seat in range(MOST_SESSIONS)}) == MOST_SESSIONS
    assert names <= {f"s{seat}" for seat in range(MOST_SESSIONS)}


def fnv(text: str) -> int:
    """The hash by which the engine knows a session."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 % 2**32
    return value


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
    package.host.set_rulesets({"failing": {"r": {"all": [{"m": {"x": 1}}], "run": fail}}})
    package.host.assert_fact("failing", {"sid": "1", "x": 1})
    assert "lost" in package.host.get_state("failing", "1")["exception"]


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


# What is concluded.


def test_raw_a_conclusion_that_no_rule_consumes_is_dropped(raw: type[Raw]) -> None:
    def conclude(context: Any) -> None:
        context.assert_fact({"y": 1})

    package = raw()
    package.host.set_rulesets({"dropping": {"r": {"all": [{"m": {"x": 1}}], "run": conclude}}})
    package.host.assert_fact("dropping", {"sid": "1", "x": 1})
    assert [fact for fact in package.host.get_facts("dropping", "1") if "y" in fact] == []


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
    package.host.set_rulesets({"keeping": rules})
    package.name = "keeping"
    package.tell(id="x", x=1)
    package.host.retract_fact("keeping", {"sid": "1", "id": "x", "x": 1})
    assert package.tell(z=1) == ["use"]


CHAIN = f"""
facts:
  c: {{type: boolean, derived: true, label: {{en: "c"}}}}
  d: {{type: boolean, derived: true, label: {{en: "d"}}}}
rules:
  - {{id: one, when: {{a: true}}, conclude: {{c: true}}, {SO}}}
  - {{id: other, when: {{b: true}}, conclude: {{c: true}}, {SO}}}
  - {{id: further, when: {{c: true, n: 1}}, conclude: {{d: true}}, {SO}}}
  - {{id: r, when: {{d: true}}, {DO}}}
"""


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


# Rulesets, threads, and where it is missing.


def test_raw_a_ruleset_is_never_unloaded(raw: type[Raw]) -> None:
    package = raw(r=[{"m": {"x": 1}}])
    with pytest.raises(Exception, match="already registered"):
        package.host.set_rulesets({package.name: {"r": package.rule("r", [{"m": {"x": 1}}])}})


def test_ours_two_loads_of_one_knowledge_base_use_one_ruleset(ours: Ours) -> None:
    from wellfounded.reason.to_rete import RetePlan  # noqa: PLC0415  # an extra

    one, other = (RetePlan(ours(CHAIN).core) for _ in range(2))
    assert one is not other
    assert one.looking == other.looking and one.host is other.host
    rulesets = {ruleset for rulesets in one.looking.values() for ruleset in rulesets}
    assert len(rulesets) == 1 and rulesets <= set(one.host._ruleset_directory)
    with one.memory() as first, other.memory() as second:
        first.state("a", True)
        second.state("a", False)
        assert (first.valuation()["c"], second.valuation()["c"]) == (True, None)


def test_raw_a_host_starts_threads(raw: object) -> None:
    threads = "import threading; from durable.engine import Host; Host(); print(threading.active_count())"
    assert alone(threads).stdout == "3\n"


def test_ours_starts_none(article: KnowledgeBase, raw: object) -> None:
    before = threading.enumerate()
    with article.session(reasoner="rete") as session:
        session.state(age=30)
        assert threading.enumerate() == before


def test_ours_eight_threads_may_be_the_first_to_use_it(raw: object) -> None:
    first = """
    import sys, threading, wellfounded
    sys.setswitchinterval(1e-6)
    knowledge_base = wellfounded.load(sys.argv[1])
    begin, found = threading.Barrier(8), []
    def talk():
        begin.wait()
        with knowledge_base.session(reasoner="rete") as session:
            session.state(age=30, healthy=True)
            found.append(session.valuation())
    threads = [threading.Thread(target=talk) for _ in range(8)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    print(len(found), found.count(knowledge_base.reason({"age": 30, "healthy": True})))
    """
    done = alone(first, str(RULES))
    assert (done.stdout, done.stderr) == ("8 8\n", "")


#: In front of a program: there is no durable-rules, or there is one that does not import.
MISSING = "import sys; sys.modules['durable'] = None"
BROKEN = """
import sys, importlib.abc
class Broken(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.startswith("durable"): raise ImportError("undefined symbol")
sys.meta_path.insert(0, Broken())
"""
SENTENCE = (
    "the reasoner `rete` needs durable-rules, which works on Python 3.11 and 3.12: "
    "install wellfounded[durable]"
)


@pytest.mark.parametrize("without", [MISSING, BROKEN], ids=["missing", "broken"])
def test_the_command_says_that_it_is_missing(without: str) -> None:
    program = f"{without}\nfrom wellfounded.interfaces.cli.main import main\nmain()"
    person = str(ROOT / "docs" / "examples" / "person.yaml")
    done = alone(program, "advise", person, "--rules", str(RULES), "--reasoner", "rete")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"error: {SENTENCE}\n")
    assert alone(program, "advise", person, "--rules", str(RULES)).returncode == 0


@pytest.mark.parametrize(
    "use", ["session(reasoner='rete')", "reason({}, 'rete')", "advise({}, reasoner='rete')"]
)
def test_the_library_says_that_it_is_missing(use: str) -> None:
    program = f"""
{MISSING}
import wellfounded
knowledge_base = wellfounded.load(sys.argv[1])
try:
    knowledge_base.{use}
except wellfounded.ReasonerError as error:
    print(error)
knowledge_base.session().state(age=30)
"""
    done = alone(program, str(RULES))
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{SENTENCE}\n", "")


def test_it_is_an_extra_for_the_versions_it_works_on() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["optional-dependencies"]["durable"] == ["durable-rules>=2.0.28; python_version < '3.13'"]
    assert not [name for name in project["dependencies"] if name.startswith("durable")]
