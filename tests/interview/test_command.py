"""``wellfounded interview``: on a real terminal, and with answers from a pipe."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from tests.command import Ran, ran, with_input
from wellfounded import KnowledgeBase
from wellfounded.interfaces.exit_codes import ExitCode
from wellfounded.interview.in_file import not_known_in

Capture = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch

COMMAND = [sys.executable, "-c", "from wellfounded.interfaces.cli.main import main; main()", "interview"]


def interviewed(capsys: Capture, monkeypatch: Patch, answers: str, *options: str) -> Ran:
    with_input(monkeypatch, answers.encode())
    return ran(capsys, "interview", *options)


@pytest.mark.no_cover
def test_answers_from_a_pipe_give_the_advice_they_give(
    article: KnowledgeBase, capsys: Capture, monkeypatch: Patch
) -> None:
    done = interviewed(capsys, monkeypatch, "1\nja\n35\nj\n176 lb\n", "--format", "json")
    assert done.code == ExitCode.OK
    facts = {"goal": "muscle_gain", "healthy": True, "age": 35, "resistance_training": True}
    assert done.out == article_json(article, {**facts, "body_mass": "176 lb"})
    assert "1. Wat wil je bereiken?" in done.err and "Dit bepaalt: " in done.err
    assert "Nieuw advies: Eiwit per dag." in done.err


def article_json(article: KnowledgeBase, facts: dict[str, object]) -> str:
    from wellfounded.interfaces.cli.advise import rendered  # noqa: PLC0415  # what the command prints

    return rendered(article.advise(facts), "json")


def test_to_the_end_and_then_more_precisely(capsys: Capture, monkeypatch: Patch) -> None:
    answers = "build\nyes\n35\nno\nno\nno\nfemale\nlittle\nno\n"
    done = interviewed(
        capsys, monkeypatch, answers + "maybe\ny\nlist\n99\n2\n36\nadvice\nquit\n", "--lang", "en"
    )
    assert "Everything that depends on your answers is settled." in done.err
    assert "more questions make your advice more precise" in done.err
    assert "This makes more precise: " in done.err
    assert "“99” is not in the list; give a number from 1 to " in done.err
    assert "Your answer was: 35 years. Enter leaves it so." in done.err
    assert done.err.count("Building muscle\n===") == 1 and done.out.startswith("Building muscle\n===")
    assert "Your answers are not saved; --file FILE saves them." in done.err


def test_where_no_advice_can_come_of_it_it_asks_whether_to_go_on(capsys: Capture, monkeypatch: Patch) -> None:
    for answers, asked in (("no\n", False), ("what?\nyes\n", True), ("back\n35\n", True), ("quit\n", False)):
        done = interviewed(capsys, monkeypatch, f"build\nyes\n?\n{answers}", "--lang", "en")
        said = " ".join(done.err.split())
        assert "Since this is not known: age, we can no longer give advice about: Ask for personal" in said
        assert said.count("17 more questions can only show what is not for you in any case.") == 1
        assert ("Do you do resistance training regularly?" in said) == asked
        assert ("Still open: Ask for personal advice" in said) == (answers == "no\n")


def test_it_goes_on_where_it_stopped(
    article: KnowledgeBase, capsys: Capture, monkeypatch: Patch, tmp_path: Path
) -> None:
    file = tmp_path / "person.yaml"
    file.write_text("# Jan\ngoal: muscle_gain\n")
    interviewed(capsys, monkeypatch, "yes\n35\nyes\n?\nback\n", "--file", str(file), "--lang", "en")
    assert file.read_text() == (
        "# not known: body_mass\n# Jan\n"
        "goal: muscle_gain\nhealthy: true\nage: 35\nresistance_training: true\n"
    )
    done = interviewed(capsys, monkeypatch, "quit\n", "--file", str(file), "--lang", "en")
    assert f"We go on with 5 answers from {file}." in " ".join(done.err.split())
    assert "How much do you weigh?" not in done.err
    assert article.read_person(file)["age"] == 35


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("person.json", "{}", ExitCode.USAGE),
        ("person.yaml", "agee: 3", ExitCode.BAD_FACTS),
        ("person.yaml", "{age: 3}", ExitCode.BAD_FACTS),
        ("person.yaml", "# not known: agee", ExitCode.BAD_FACTS),
        ("no/such/person.yaml", "", ExitCode.CANNOT_WRITE),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_before_anything_is_asked(
    capsys: Capture, monkeypatch: Patch, tmp_path: Path, name: str, text: str, code: ExitCode
) -> None:
    file = tmp_path / name
    if text:
        file.write_text(text)
    done = interviewed(capsys, monkeypatch, "1\n", "--file", str(file))
    assert done.code == code and "Wat wil je" not in done.err
    assert not text or file.read_text() == text


def test_whatever_is_typed(capsys: Capture, monkeypatch: Patch, tmp_path: Path) -> None:
    pieces = [
        b"\n",
        b"1\n",
        b"ja\n",
        b"?\n",
        b"back\n",
        b"list\n",
        b"3\n",
        b"9" * 30,
        b"\xff\x00",
        b"\x1b[2J",
        b"80 kg\n",
    ]
    for seed in range(30):
        chance, file = Random(f"typed {seed}"), tmp_path / f"{seed}.yaml"
        with_input(monkeypatch, b"".join(chance.choices(pieces, weights=[2] * 7 + [1] * 3 + [2], k=60)))
        done = ran(capsys, "interview", "--file", str(file), "--format", "json")
        assert done.code == ExitCode.OK, done.err
        assert "\x1b" not in done.err
    with_input(monkeypatch, b"x" * 3_000_000 + b"\nquit\n")
    assert ran(capsys, "interview").code == ExitCode.OK


class Terminal:
    """A command on a pseudo-terminal: what it shows, and what is typed."""

    def __init__(self, ours: int, process: subprocess.Popen[bytes]) -> None:
        self.ours, self.process, self.shown = ours, process, b""

    def sees(self, said: str) -> None:
        """Wait for something to be shown after what was seen before."""
        while said.encode() not in self.shown:
            assert select.select([self.ours], [], [], 60)[0], f"`{said}` is not behind {self.shown[-300:]!r}"
            self.shown += os.read(self.ours, 4096)
        self.shown = self.shown.split(said.encode(), 1)[1]

    def types(self, text: str) -> None:
        self.sees("> ")
        os.write(self.ours, f"{text}\n".encode())

    def ends(self) -> int:
        """The exit code, when all is read."""
        try:
            while os.read(self.ours, 4096):
                pass
        except OSError:  # the other end is closed
            pass
        return self.process.wait(timeout=60)


@contextmanager
def terminal(*options: str) -> Iterator[Terminal]:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *options],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "200", "PYTHONUTF8": "1"},
        start_new_session=True,
    )
    os.close(theirs)
    try:
        yield Terminal(ours, process)
    finally:
        process.kill()
        process.wait()
        os.close(ours)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_journey_on_a_real_terminal(article: KnowledgeBase, tmp_path: Path) -> None:
    file = tmp_path / "jan.yaml"
    with terminal("--lang", "nl", "--file", str(file)) as shown:
        for said, answer in (
            ("1. Wat wil je bereiken?", "spiermassa opbouwen"),
            ("2. Ben je gezond? (ja of nee)", "misschien"),
            ("“misschien” is geen ja of nee; antwoord met ja of nee.", "ja"),
            ("3. Hoe oud ben je?", "35"),
            ("4. Doe je regelmatig aan krachttraining?", "ja"),
            ("5. Hoeveel weeg je?", "176 lb"),
            ("Nieuw advies: Eiwit per dag.", "terug"),
            ("Je antwoord was: 79,83 kg. Enter laat dat zo.", "82,5"),
            ("Hoeveel gram eiwit eet je", "weet ik niet"),
            ("7. ", "lijst"),
            ("lichaamsgewicht: 82,5 kg", "2"),
            ("Je antwoord was: 35 jaar. Enter laat dat zo.", ""),
            ("7. ", "advies"),
            ("Wat we nog van je willen weten", "stop"),
        ):
            shown.sees(said)
            shown.types(answer)
        assert shown.ends() == ExitCode.OK
    assert not_known_in(file.read_text()) == ("protein_intake",)
    assert {"age": 35, "body_mass": 82.5}.items() <= article.read_person(file).items()
    with terminal("--lang", "nl", "--file", str(file)) as shown:
        shown.sees("We gaan verder met 6 antwoorden")
        shown.types("hulp")
        shown.sees("om je antwoorden te zien")
        shown.sees("> ")
        os.killpg(shown.process.pid, signal.SIGINT)
        assert shown.ends() == ExitCode.INTERRUPTED
    assert not_known_in(file.read_text()) == ("protein_intake",)
