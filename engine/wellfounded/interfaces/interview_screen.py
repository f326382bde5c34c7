"""Where an interview is shown and answered: a terminal with colours, or lines of plain text."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Mapping
from typing import BinaryIO, Protocol, TextIO

from wellfounded.interview.answers import shown
from wellfounded.model.word import Word

#: More of one answer than this is not read.
LONGEST_LINE = 10_000
WIDTH = 88


class Tone(Word):
    """What a line is, which a terminal shows by its colour."""

    PLAIN = "plain"
    QUESTION = "question"
    ASIDE = "aside"
    NEWS = "news"
    PROBLEM = "problem"


class Screen(Protocol):
    """Shows lines, and reads an answer: a line without its end, or ``None`` where there are no more."""

    def show(self, text: str, tone: Tone = Tone.PLAIN) -> None: ...

    def read(self) -> str | None: ...


def screen() -> Screen:
    """The screen there is: with colours where standard error is a terminal and rich is installed.

    The conversation is on standard error, so that standard output has the advice alone.
    """
    if sys.stderr.isatty():
        try:
            return ColouredScreen()
        except ImportError:
            pass
    return PlainScreen(sys.stderr, sys.stdin.buffer)


class PlainScreen:
    """Lines of text, wrapped."""

    def __init__(self, out: TextIO, answers: BinaryIO) -> None:
        self.out = out
        self.answers = answers

    def show(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        self.out.write(f"{wrapped(text)}\n")

    def prompt(self) -> None:
        self.out.write("> ")
        self.out.flush()

    def read(self) -> str | None:
        self.prompt()
        line = self.answers.readline(LONGEST_LINE)
        if not line:
            self.out.write("\n")
            return None
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = self.answers.readline(LONGEST_LINE)
        answer = line.decode("utf-8", errors="replace").rstrip("\r\n")
        if not self.answers.isatty():  # where it is not on the screen already
            self.out.write(f"{shown(answer)}\n")
        return answer


class ColouredScreen(PlainScreen):
    """The same on a terminal, in the colours that rich gives it. Raises ``ImportError`` without rich."""

    STYLES: Mapping[Tone, str] = {
        Tone.PLAIN: "",
        Tone.QUESTION: "bold",
        Tone.ASIDE: "dim",
        Tone.NEWS: "green",
        Tone.PROBLEM: "red",
    }

    def __init__(self) -> None:
        from rich.console import Console  # noqa: PLC0415  # an extra
        from rich.text import Text  # noqa: PLC0415  # an extra

        super().__init__(sys.stderr, sys.stdin.buffer)
        self.console, self.text = Console(stderr=True, highlight=False), Text

    def show(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        self.console.print(self.text(text, style=self.STYLES[tone]))

    def prompt(self) -> None:
        self.console.print(self.text("> ", style="bold"), end="")
        self.out.flush()


def wrapped(text: str) -> str:
    """A text in lines that fit, each further one indented as the first."""
    return "\n".join(
        textwrap.fill(
            line,
            WIDTH,
            subsequent_indent=" " * (len(line) - len(line.lstrip())),
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in text.splitlines()
    )
