"""The conversation of an interview: asks, reads, says what an answer settled, and goes back where asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wellfounded.interfaces.as_text import as_text
from wellfounded.interfaces.interview_news import listed, news, no_longer
from wellfounded.interfaces.interview_screen import Screen, Tone
from wellfounded.interfaces.interview_words import (
    COMMANDS,
    Command,
    words,
)
from wellfounded.interfaces.page import page
from wellfounded.interview.answers import choices, shown, value_of
from wellfounded.interview.interview import Interview
from wellfounded.load.as_written import NO, YES
from wellfounded.model.advice import Advice, Question
from wellfounded.model.content import Fact, FactType
from wellfounded.model.errors import ConflictError, FactError

#: Called with the interview before and after an answer.
Save = Callable[[Interview, Interview], None]


class EndedError(Exception):
    """There are no more answers."""


class Dialogue:
    """One conversation.

    ``interview`` is where it stands, ``saved`` where it stood after the last answer: while somebody goes back
    the answer they gave stands there. ``has_quit`` says whether the person stopped it.
    """

    def __init__(self, interview: Interview, screen: Screen, save: Save) -> None:
        self.interview = interview
        self.screen = screen
        self.save = save
        self.saved = interview
        self.has_quit = False
        self.sharpens = False
        self.rules_out: bool | None = None
        self.words = words(interview.advice.language)
        self.edition = interview.interviewer.advisor.edition

    def run(self) -> None:
        """Ask until all is settled, and made precise if that is wanted, or until the person stops."""
        self.screen.show(self.words["welcome"], Tone.ASIDE)
        try:
            while not self.has_quit and (question := self._next()) is not None:
                self._ask(question)
        except EndedError:
            self.has_quit = True

    def _next(self) -> Question | None:
        """What to ask now. What only rules out, and what only sharpens, is asked of whoever wants that."""
        interview = self.interview
        if interview.back_at or not (interview.only_rules_out or interview.is_settled):
            return interview.question
        if interview.only_rules_out and self.rules_out is None:
            self.rules_out = self._wants_to_rule_out()
        if interview.only_rules_out and self.rules_out:
            return interview.question
        if self.interview.back_at or self.has_quit:
            return None if self.has_quit else self.interview.question
        sharpening = [question for question in interview.questions if question.sharpens]
        if not self.sharpens:
            self._say_settled()
            self.sharpens = bool(sharpening) and bool(self._wants_to_sharpen(len(sharpening)))
        if self.interview.back_at:
            return self.interview.question
        return sharpening[0] if self.sharpens else None

    def _say_settled(self) -> None:
        left = [item.title for item in self.interview.advice.undecided]
        self.screen.show("")
        but = self.words["settled_but"].format(titles=listed(left, self.words))
        self.screen.show(but if left else self.words["settled"], Tone.NEWS)

    def _wants_to_rule_out(self) -> bool | None:
        """Whether the person wants to go on where no advice can come of it, because of what is not known."""
        self.screen.show("")
        self.screen.show(no_longer(self.interview, self._label, self.words), Tone.NEWS)
        count = sum(bool(question.decides) for question in self.interview.questions)
        return self._wants(self.words["rule_out_one" if count == 1 else "rule_out"].format(count=count))

    def _wants_to_sharpen(self, count: int) -> bool | None:
        return self._wants(self.words["sharpen_one" if count == 1 else "sharpen"].format(count=count))

    def _wants(self, offer: str) -> bool | None:
        """Whether the person wants what is offered; ``None`` if they went back to a question, or stopped."""
        self.screen.show(offer, Tone.QUESTION)
        while not self.has_quit and not self.interview.back_at:
            answer = self._read().casefold()
            if answer in YES or answer in NO:
                return answer in YES
            command = COMMANDS.get(answer)
            if command is None or command is Command.DO_NOT_KNOW:
                self.screen.show(self.words["yes_or_no"], Tone.PROBLEM)
            else:
                self._do(command)
                if not self.has_quit and not self.interview.back_at:
                    self.screen.show(offer, Tone.QUESTION)
        return None

    def _read(self) -> str:
        line = self.screen.read()
        if line is None:
            raise EndedError
        return line.strip()

    def _ask(self, question: Question) -> None:
        """Ask one question until it is answered, or something else is wanted."""
        self._show(question)
        before = self.interview
        while self.interview is before and not self.has_quit:
            answer = self._read()
            command = self._command(question.fact, answer)
            if not answer and self.interview.back_at:
                self.interview = self.saved
            elif command is None:
                self._answered(question.fact, answer)
            elif command is Command.DO_NOT_KNOW:
                self._became(self.interview.do_not_know(question.fact))
            else:
                self._do(command)
                if command in (Command.ADVICE, Command.LIST) and self.interview is before:
                    self._show(question)

    def _command(self, fact: str, answer: str) -> Command | None:
        """What is wanted instead of an answer; a choice of that name goes first."""
        command = COMMANDS.get(" ".join(answer.casefold().split()))
        of = self.edition.content.facts[fact]
        if command is not None and of.type is FactType.CHOICE and command is not Command.DO_NOT_KNOW:
            try:
                value_of(self.edition, fact, answer)
                return None
            except FactError:
                pass
        return command

    def _answered(self, fact: str, answer: str) -> None:
        try:
            self._became(self.interview.answer(answer, fact))
        except FactError as error:
            said = "; ".join(problem.message for problem in error.problems)
            self.screen.show(f"{said[:1].upper()}{said[1:]}.", Tone.PROBLEM)
        except ConflictError as error:
            self.screen.show(self.words["disagree"].format(error=error), Tone.PROBLEM)

    def _became(self, after: Interview) -> None:
        before, self.interview = self.saved, after
        self.saved = after
        self.save(before, after)
        self._say_changes(before.advice, after.advice)

    def _do(self, command: Command) -> None:
        """What is wanted instead of an answer."""
        match command:
            case Command.QUIT:
                self.has_quit = True
            case Command.HELP:
                self.screen.show(self.words["help"])
            case Command.ADVICE:
                self.screen.show(as_text(page(self.saved.advice)).rstrip())
            case Command.BACK:
                self._back()
            case Command.LIST:
                self._change()

    def _back(self) -> None:
        """Go to the question before this one; the answers to both stand until they are answered anew."""
        asked = self.saved.asked
        place = asked.index(self.interview.back_at) if self.interview.back_at in asked else len(asked)
        if place == 0:
            self.screen.show(self.words["first"], Tone.PROBLEM)
        else:
            self.interview = self.saved.back_to(asked[place - 1])

    def _change(self) -> None:
        """Show all answers, and go back to the one that is chosen."""
        answers = [*self.saved.facts, *self.saved.not_known]
        if not answers:
            self.screen.show(self.words["none_yet"])
            return
        self.screen.show(self.words["answers"])
        for number, fact in enumerate(answers, 1):
            self.screen.show(f"{number:3} {self._label(fact)}: {self._worded(fact)}")
        self.screen.show(self.words["which"])
        while answer := self._read():
            if answer.isdecimal() and len(answer) < 9 and 1 <= int(answer) <= len(answers):
                self.interview = self.saved.back_to(answers[int(answer) - 1])
                return
            said = self.words["not_listed"].format(answer=shown(answer), count=len(answers))
            self.screen.show(said, Tone.PROBLEM)

    def _label(self, fact: str) -> str:
        return self.edition.wording.plain(self.edition.content.facts[fact].label)

    def _worded(self, fact: str) -> str:
        value = self.saved.facts.get(fact)
        if value is None:
            return self.words["not_known"]
        if isinstance(value, bool):
            return self.words["yes" if value else "no"]
        return self.edition.wording.value(self.edition.content.facts[fact], value)

    def _show(self, question: Question) -> None:
        """The question, what it is about, and what hangs on it."""
        fact, number = self.edition.content.facts[question.fact], len(self.interview.asked) + 1
        self.screen.show("")
        self.screen.show(f"{number}. {question.question}{self._possible(fact)}", Tone.QUESTION)
        if question.help:
            self.screen.show(question.help, Tone.ASIDE)
        for number, (_, label) in enumerate(choices(self.edition, fact), 1):
            self.screen.show(f"  {number} {label}")
        if self.interview.back_at:
            self.screen.show(self.words["stands"].format(answer=self._worded(question.fact)), Tone.ASIDE)
        for kind, topics in (("decides", question.decides), ("sharpens", question.sharpens)):
            if topics:
                titles = [self._title(topic) for topic in topics]
                self.screen.show(self.words[kind].format(titles=listed(titles, self.words)), Tone.ASIDE)

    def _possible(self, fact: Fact) -> str:
        """What the answer can be, beside choices, which are listed."""
        if fact.type is FactType.BOOLEAN:
            return f" ({self.words['yes_no']})"
        if fact.span is None:
            return ""
        low, high = (
            self.edition.wording.quantity(end, unit)
            for end, unit in zip(fact.span, ("", fact.unit), strict=True)
        )
        return f" ({self.words['number'].format(low=low, high=high)})"

    def _title(self, topic: str) -> str:
        return self.edition.titles[self.edition.topics[topic][0].rule]

    def _say_changes(self, before: Advice, after: Advice) -> None:
        """What an answer settled: what is new, what is different, what is open again, what is not given."""
        for item in news(before, after, self.words):
            self.screen.show(item.text, Tone.ASIDE if item.kind == "not_given" else Tone.NEWS)


def remarks(dialogue: Dialogue, file: str) -> Iterable[str]:
    """What is said of the answers at the end."""
    if file:
        yield dialogue.words["saved"].format(file=file)
    if dialogue.has_quit:
        yield dialogue.words["go_on"].format(file=file) if file else dialogue.words["not_saved"]
