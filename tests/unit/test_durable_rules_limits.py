"""How much durable-rules 2.0.28 has room for, how its sessions end, and what there is without it.

As in ``test_durable_rules``, ``raw`` shows the package itself, and ``ours`` the reasoner.
"""

from __future__ import annotations

import textwrap
import threading
import tomllib

import pytest

from tests.conftest import ROOT, RULES
from tests.unit.durable_rules import (
    CHAIN,
    DO,
    RUBBISH,
    Ours,
    Raw,
    alone,
    crashes,
    held,
    raw_alone,
    yes_no_facts,
)
from wellfounded import KnowledgeBase, ReasonerError
from wellfounded.reason.network import Found, NetworkRule, Told, network_of
from wellfounded.reason.shards import patterns_of, shards_of

#: On Python 3.12 the package asks the time in a way that is deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:datetime:DeprecationWarning")


# How much there is room for.


def test_raw_more_than_250_properties_in_a_message_are_an_error(raw: type[Raw]) -> None:
    with pytest.raises(Exception, match="302"):
        raw(r=[{"m": {"x0": 1}}]).tell(**{f"x{i}": 1 for i in range(260)})


def test_ours_one_message_a_fact(ours: Ours) -> None:
    facts = [f"f{i}" for i in range(300)]
    knowledge_base = ours(yes_no_facts(300) + f"rules:\n  - {{id: r, when: {{f299: true}}, {DO}}}")
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
