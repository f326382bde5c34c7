"""What an author asked for, as written, and what that means: what is wrong with it, and what is missing.

``Asked`` holds the words of options and answers. ``understood`` reads them all against a knowledge base, so
that a form, a terminal and a program ask in the same way: fill in what is missing and read again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from msgspec.structs import replace

from wellfounded.authoring.reading import (
    Aim,
    AnswerError,
    read_aim,
    read_id,
    read_test,
    read_worded,
    text_of,
    verdicts_of,
)
from wellfounded.authoring.wording import DRAFTED, sentence_start
from wellfounded.load.structure import schema
from wellfounded.model.content import ADVISABLE, Content, FactType, Verdict
from wellfounded.model.frozen import EMPTY
from wellfounded.model.record import Record
from wellfounded.model.suggest import allowed, suggestion, with_help

EVERYONE = "everyone"
NEW = "new"

#: The kinds of claims that the schema of rule files knows.
KINDS: tuple[str, ...] = tuple(schema("rules")["$defs"]["claim"]["properties"]["kind"]["enum"])

Read = TypeVar("Read")


class Asked(Record, frozen=True):
    """Every field is as it was written; ``None`` and nothing at all stand for what was not said."""

    rule: str
    title: tuple[str, ...] = ()
    fact: str | None = None
    target: str | None = None
    advise: str | None = None
    says: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    like: str | None = None
    everyone: bool = False
    claim: str | None = None
    claim_says: tuple[str, ...] = ()
    section: str | None = None
    kind: str | None = None
    draft: bool = False


class Question(Record, frozen=True):
    """Something that is missing. ``answered`` is what was asked for with an answer, as written, filled in."""

    prompt: str
    option: str
    answered: Callable[[str], Asked]
    default: str | None = None


class NewClaim(Record, frozen=True):
    section: str
    kind: str
    says: Mapping[str, str]


class Request(Record, frozen=True):
    """A rule as it is to be, all of it known and allowed on its own.

    Exactly one of ``aim`` and ``advise`` is given. ``says`` maps a verdict and a language to a text, and has
    only what was given. ``claim`` is empty where the rule rests on parameters alone.
    """

    id: str
    title: Mapping[str, str]
    when: Mapping[str, Any]
    claim: str
    aim: Aim | None = None
    advise: Verdict | None = None
    says: Mapping[tuple[Verdict, str], str] = EMPTY
    like: str = ""
    new_claim: NewClaim | None = None
    draft: bool = False


class Understood(Record, frozen=True):
    """``request`` is there where nothing is wrong and nothing is missing."""

    request: Request | None
    wrong: tuple[str, ...]
    missing: tuple[Question, ...]


def understood(asked: Asked, content: Content) -> Understood:
    """What was asked for, with everything that is wrong and everything that is missing."""
    reader = _Reader(asked, content)
    request = reader.request()
    wrong, missing = tuple(dict.fromkeys(reader.wrong)), tuple(reader.missing)
    return Understood(None if wrong or missing else request, wrong, missing)


class _Reader:
    """Reads what was asked for once, collecting what is wrong and missing on the way."""

    def __init__(self, asked: Asked, content: Content) -> None:
        self.asked = asked
        self.content = content
        self.languages = content.header.languages
        self.wrong: list[str] = []
        self.missing: list[Question] = []

    def request(self) -> Request:
        asked = self.asked
        id = self.read(lambda: self.id(asked.rule), "")
        title = self.worded("title", "--title", asked.title, "What is its title", self.default_title())
        aim, advise = self.what_it_does()
        when = self.who_it_is_for()
        says = self.says(aim, advise)
        claim, new_claim = self.what_it_rests_on(id, aim)
        like = asked.like or ""
        return Request(id, title, when, claim, aim, advise, says, like, new_claim, asked.draft)

    def read(self, read: Callable[[], Read], otherwise: Read) -> Read:
        """What ``read`` gives; what it refuses is kept as a sentence."""
        try:
            return read()
        except AnswerError as error:
            self.wrong.append(str(error))
            return otherwise

    def ask(
        self, prompt: str, option: str, answered: Callable[[str], Asked], default: str | None = None
    ) -> None:
        self.missing.append(Question(prompt, option, answered, default))

    def filling(self, field: str) -> Callable[[str], Asked]:
        """What was asked for, with an answer in one field."""
        return lambda answer: replace(self.asked, **{field: answer.strip()})

    def adding(self, field: str, prefix: str) -> Callable[[str], Asked]:
        """What was asked for, with an answer behind the others of a field."""
        before = getattr(self.asked, field)
        return lambda answer: replace(self.asked, **{field: (*before, f"{prefix}{answer}")})

    def id(self, rule: str) -> str:
        id = read_id(rule)
        if id in self.content.rules:
            raise AnswerError(f"there is a rule `{id}` already, at {self.content.rules[id].position}")
        if id in {rule.topic for rule in self.content.rules.values()}:
            raise AnswerError(f"`{id}` is the topic of other rules already; choose another id")
        return id

    def default_title(self) -> Mapping[str, str]:
        fact = self.content.facts.get(self.asked.fact or "")
        return {} if fact is None else {code: sentence_start(label) for code, label in fact.label.items()}

    def worded(
        self, field: str, option: str, written: tuple[str, ...], prompt: str, defaults: Mapping[str, str]
    ) -> Mapping[str, str]:
        """A text in every language, of which each is written LANG=TEXT."""
        texts: dict[str, str] = {}
        tried = {one.partition("=")[0].strip() for one in written}
        for one in written:
            self.read(lambda one=one: self.add_text(texts, one, option), None)  # type: ignore[misc]  # a default that binds the loop
        for language in self.languages:
            if language not in texts and language not in tried:
                self.ask(
                    f"{prompt} ({language})?",
                    f"{option} {language}=TEXT",
                    self.adding(field, f"{language}="),
                    defaults.get(language),
                )
        return texts

    def add_text(self, texts: dict[str, str], written: str, option: str) -> None:
        language, text = read_worded(written, option, self.languages)
        if language in texts:
            raise AnswerError(f"{option} is given twice for `{language}`")
        texts[language] = text

    # What it does.

    def what_it_does(self) -> tuple[Aim | None, Verdict | None]:
        asked = self.asked
        if asked.advise is not None:
            if asked.fact is not None or asked.target is not None:
                self.wrong.append(
                    "a rule has a target on a fact, or it gives advice; leave out --advise or --fact"
                )
            return None, self.read(lambda: self.advisable(asked.advise or ""), None)
        if asked.fact is None:
            if asked.target is not None:
                self.wrong.append("--target needs the --fact it is on")
                return None, None
            of_fact = "a fact to reach a target on, or one of " if self.aimable() else ""
            self.ask(
                f"What is it about: {of_fact}{', '.join(ADVISABLE)}?",
                "--fact ID with --target, or --advise",
                self.fact_or_advice,
            )
            return None, None
        return self.read(lambda: self.aim(asked.fact or "", asked.target), None), None

    def fact_or_advice(self, answer: str) -> Asked:
        word = answer.strip()
        return replace(self.asked, advise=word) if word in ADVISABLE else replace(self.asked, fact=word)

    def advisable(self, written: str) -> Verdict:
        if written not in ADVISABLE:
            raise AnswerError(with_help(f"--advise cannot be `{written}`", suggestion(written, ADVISABLE)))
        return Verdict(written)

    def aimable(self) -> list[str]:
        """The facts that a target can be on."""
        return [fact.id for fact in self.content.facts.values() if fact.type is not FactType.CHOICE]

    def aim(self, id: str, written: str | None) -> Aim | None:
        aimable = self.aimable()
        fact = self.content.facts.get(id)
        if fact is None:
            raise AnswerError(with_help(f"there is no fact `{id}`", suggestion(id, aimable)))
        if fact.type is FactType.CHOICE:
            raise AnswerError(
                with_help(
                    f"`{id}` is a choice, and a target is on a number or a yes/no", suggestion(id, aimable)
                )
            )
        if written is not None:
            return read_aim(written, fact, self.content)
        if fact.type is FactType.BOOLEAN:
            prompt, option = f"What should `{id}` be: is=true or is=false?", "--target is=true or is=false"
        else:
            unit = self.content.units[fact.unit].shown if fact.unit else "a plain number"
            prompt = (
                f"What should `{id}` be ({unit}): within=20-40, at_least=20, at_most=20 or is=20, "
                "or a parameter or formula for the number?"
            )
            option = "--target at_least=…, at_most=…, within=…-… or is=…"
        self.ask(prompt, option, self.filling("target"))
        return None

    # Who it is for.

    def who_it_is_for(self) -> Mapping[str, Any]:
        asked = self.asked
        if asked.everyone and (asked.when or asked.like):
            self.wrong.append("--everyone leaves nothing for --when and --like to say")
        if asked.like is not None and asked.like not in self.content.rules:
            self.wrong.append(
                with_help(f"there is no rule `{asked.like}`", suggestion(asked.like, self.content.rules))
            )
        when: dict[str, Any] = {}
        for written in asked.when:
            self.read(lambda written=written: self.add_test(when, written), None)  # type: ignore[misc]  # a default that binds the loop
        if not (asked.when or asked.like or asked.everyone):
            of_facts = "fact=value (more behind ` and `), " if self.content.facts else ""
            of_rules = "a rule for the same people, " if self.content.rules else ""
            self.ask(
                f"Who is it for: {of_facts}{of_rules}{'or ' if of_facts or of_rules else ''}{EVERYONE}?",
                "--when FACT=VALUE, --like RULE or --everyone",
                self.who,
            )
        return when

    def who(self, answer: str) -> Asked:
        word = answer.strip()
        if word == EVERYONE:
            return replace(self.asked, everyone=True)
        if "=" in word:
            return replace(self.asked, when=tuple(part.strip() for part in word.split(" and ")))
        return replace(self.asked, like=word)

    def add_test(self, when: dict[str, Any], written: str) -> None:
        fact, test = read_test(written, self.content)
        both = [when.get(fact), test]
        if fact not in when:
            when[fact] = test
        elif all(isinstance(one, dict) for one in both) and not set(when[fact]) & set(test):
            when[fact] = {**when[fact], **test}
        else:
            raise AnswerError(f"--when says two things of `{fact}`; several choices are written a,b")

    # What people read.

    def says(self, aim: Aim | None, advise: Verdict | None) -> Mapping[tuple[Verdict, str], str]:
        if aim is None and advise is None:
            return {}
        verdicts = (advise,) if advise is not None else verdicts_of(aim) if aim is not None else ()
        texts: dict[tuple[Verdict, str], str] = {}
        for written in self.asked.says:
            self.read(lambda written=written: self.add_says(texts, written, verdicts, advise), None)  # type: ignore[misc]  # a default that binds the loop
        for verdict in verdicts:
            for language in self.languages:
                can_be_drafted = advise is None and language in DRAFTED
                if (verdict, language) not in texts and not can_be_drafted:
                    self.ask_for_text(verdict, language, is_only_one=advise is not None)
        return texts

    def add_says(
        self,
        texts: dict[tuple[Verdict, str], str],
        written: str,
        verdicts: tuple[Verdict, ...],
        advise: Verdict | None,
    ) -> None:
        named = re.match(r"\s*([a-z]+)\s*:", written.partition("=")[0])
        verdict = advise
        if named is not None:
            if named[1] not in verdicts:
                raise AnswerError(
                    with_help(f"--says cannot be for `{named[1]}`", suggestion(named[1], verdicts))
                )
            verdict, written = Verdict(named[1]), written[named.end() :]
        if verdict is None:
            raise AnswerError(
                f"--says of a target is written VERDICT:LANG=TEXT, with one of {allowed(verdicts)}"
            )
        language, text = read_worded(written, "--says", self.languages)
        if (verdict, language) in texts:
            raise AnswerError(f"--says is given twice for `{verdict}` in `{language}`")
        texts[verdict, language] = text

    def ask_for_text(self, verdict: Verdict, language: str, is_only_one: bool) -> None:
        prefix = "" if is_only_one else f"{verdict}:"
        self.ask(
            f"What does a person read ({language})?"
            if is_only_one
            else f"What does a person read whose verdict is `{verdict}` ({language})?",
            f"--says {prefix}{language}=TEXT",
            self.adding("says", f"{prefix}{language}="),
        )

    # What it rests on.

    def what_it_rests_on(self, id: str, aim: Aim | None) -> tuple[str, NewClaim | None]:
        asked, claims = self.asked, self.content.claims
        is_new = asked.claim == NEW or bool(asked.claim_says or asked.section or asked.kind)
        if is_new:
            return self.claim_id(id), self.new_claim()
        if asked.claim is not None:
            if asked.claim not in claims:
                said = with_help(f"there is no claim `{asked.claim}`", suggestion(asked.claim, claims))
                self.wrong.append(f"{said}; for a new one give --claim-says, --section and --kind")
            return asked.claim, None
        if aim is None or not aim.parameters:
            of_claims = "the id of a claim, or " if claims else ""
            self.ask(
                f"What does it rest on: {of_claims}`{NEW}`?",
                "--claim ID, or a new claim with --claim-says, --section and --kind",
                self.filling("claim"),
            )
        return "", None

    def claim_id(self, rule: str) -> str:
        claims = self.content.claims
        if self.asked.claim is None or self.asked.claim == NEW:
            free = (f"{rule}{end}" for end in ("", *(f"-{number}" for number in range(2, len(claims) + 3))))
            return next(id for id in free if id not in claims)
        claim = self.asked.claim
        if claim in claims:
            self.wrong.append(
                f"there is a claim `{claim}` already, at {claims[claim].position}; "
                "rest on it without --claim-says, --section and --kind, or give the new one another id"
            )
        return self.read(lambda: read_id(claim, "the claim"), "")

    def new_claim(self) -> NewClaim:
        asked, sections = self.asked, self.content.header.sections
        section = self.one_of(
            "section", asked.section, sections, "Which section of the source is the claim in"
        )
        kind = self.one_of("kind", asked.kind, KINDS, "What kind of claim is it")
        says = self.worded("claim_says", "--claim-says", asked.claim_says, "What does the claim say", {})
        return NewClaim(section, kind, says)

    def one_of(self, field: str, written: str | None, known: Iterable[str], prompt: str) -> str:
        names = list(known)
        if not names:
            self.wrong.append(f"this knowledge base has no {field} for the claim to be in; add one first")
        elif written is None:
            self.ask(
                f"{prompt}: {allowed(names, 20)}?",
                f"--{field} ({allowed(names, 20)})",
                self.filling(field),
            )
        elif written not in names:
            self.wrong.append(
                with_help(f"--{field} cannot be `{text_of(written)}`", suggestion(written, names))
            )
        return written or ""


def sentences(found: Understood) -> Iterator[str]:
    """Everything that is wrong, and everything that is missing, a sentence each."""
    yield from found.wrong
    yield from (f"missing: {question.option}" for question in found.missing)
