"""Two edits of one text come together whole or not at all, and what nobody waits for any more is left."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Event, Lock
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import RULES
from wellfounded.interfaces.studio.edit.asked import plainly
from wellfounded.interfaces.studio.edit.effects import Superseded, effects, survivors, typed
from wellfounded.interfaces.studio.edit.files import as_written
from wellfounded.interfaces.studio.edit.merge import differences, merged
from wellfounded.interfaces.studio.workplace import Workplace

TEXTS = st.lists(st.sampled_from("abcd"), max_size=12).map("\n".join)


@given(TEXTS, TEXTS, TEXTS)
def test_neither_side_loses_a_line(base: str, mine: str, theirs: str) -> None:
    both = merged(base, mine, theirs)
    assert both == merged(base, theirs, mine)
    assert merged(base, mine, base) == merged(base, mine, mine) == mine
    if both is not None:
        for text in (mine, theirs):
            came = set(text.split("\n")) - set(base.split("\n"))
            assert came <= set(both.split("\n"))


@given(TEXTS, TEXTS)
def test_a_difference_tells_every_line(old: str, new: str) -> None:
    found = differences(old, new)
    for text, stays in ((old, ("same", "old")), (new, ("same", "new"))):
        told = sum(piece.text.count("\n") + 1 for piece in found if piece.stay in stays)
        left = sum(piece.count for piece in found if piece.stay == "left")
        assert told + left == text.count("\n") + 1
    assert (old != new) == any(piece.stay in ("old", "new") for piece in found)


def test_work_ends_when_nobody_waits_for_it() -> None:
    workplace = Workplace(RULES)
    workplace.look()
    text = (RULES / "parameters.yaml").read_text()
    made = typed(RULES, "parameters.yaml", text.replace("[1.6, 2.2]", "[1.7, 2.2]"))
    asked = 0

    def after_a_while() -> bool:
        nonlocal asked
        asked += 1
        return asked > 200  # past the scenarios, amid what the solver is asked

    with pytest.raises(Superseded):
        effects(workplace.rules, made, "nl", Lock(), after_a_while)
    assert asked == 201
    with pytest.raises(Superseded):
        survivors(made, "parameters.yaml", Lock(), lambda: True)


def test_who_waits_for_their_turn_can_leave() -> None:
    """While the solver is at work for somebody else."""
    workplace, solver = Workplace(RULES), Lock()
    workplace.look()
    made = typed(RULES, "parameters.yaml", (RULES / "parameters.yaml").read_text())
    left = Event()
    with ThreadPoolExecutor() as pool, solver:
        waiting: list[Future[Any]] = [
            pool.submit(effects, workplace.rules, made, "nl", solver, left.is_set),
            pool.submit(survivors, made, "parameters.yaml", solver, left.is_set),
        ]
        _, unfinished = wait(waiting, 3)
        left.set()
        ended, _ = wait(waiting, 20)
        assert (len(unfinished), len(ended)) == (2, 2)
    assert all(isinstance(one.exception(), Superseded) for one in waiting)


@pytest.mark.no_cover
@pytest.mark.parametrize("line", ["", "{}"], ids=["alike", "every second one other"])
def test_texts_that_take_long_to_compare_are_compared_roughly(line: str) -> None:
    """A line that is everywhere, or one changed here and there: nobody else waits for hours."""
    old = "\n".join(line.format(at) for at in range(100_000))
    new = "\n".join(line.format(at if at % 2 else -at) for at in range(100_000)) + "\nmore"
    pieces = differences(old, new)
    assert "more" in pieces[-1].text
    assert as_written(f"{old}\r\nlast".encode(), new).decode().replace("\r\n", "\n") == new


@pytest.mark.parametrize("mark", ["[", "[a](", "[]"])
def test_marks_without_end_take_no_time(mark: str) -> None:
    assert plainly(mark * 200_000) == mark * 200_000


def test_marks_are_left_out() -> None:
    assert plainly("**a** `b` [c](/d?e=1) h") == "a b c h"
