"""The errors a caller of the library can meet; each message is a sentence for the person who caused it."""

from __future__ import annotations

from wellfounded.model.diagnostic import Diagnostic
from wellfounded.model.position import NOWHERE, Position
from wellfounded.model.record import Record


class WellfoundedError(Exception):
    """Anything this library raises on purpose."""


class KnowledgeBaseError(WellfoundedError):
    """The files of a knowledge base cannot be used; ``diagnostics`` says all that is wrong."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        self.diagnostics = diagnostics
        lines = [f"{d.position}: {d.message} [{d.code}]" for d in diagnostics]
        super().__init__("\n".join(["the knowledge base cannot be used:", *lines]))


class FactProblem(Record, frozen=True):
    """One thing wrong with what was stated of a person."""

    fact: str
    message: str
    help: str = ""
    position: Position = NOWHERE

    def __str__(self) -> str:
        place = f"{self.position}: " if self.position is not NOWHERE else ""
        return f"{place}{self.message}" + (f"; {self.help}" if self.help else "")


class FactError(WellfoundedError):
    """What was stated of a person cannot be used; ``problems`` says all that is wrong."""

    def __init__(self, problems: tuple[FactProblem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class ConflictError(WellfoundedError):
    """Two rules give one fact or one topic different values to the same person."""

    def __init__(self, about: str, rules: tuple[str, ...]) -> None:
        self.about = about
        self.rules = rules
        names = " and ".join(f"`{rule}`" for rule in rules)
        super().__init__(
            f"the rules {names} give `{about}` different values for this person; "
            "one of them has to be narrowed"
        )


class LanguageError(WellfoundedError):
    """A language the knowledge base does not speak was asked for."""


class SupportError(WellfoundedError):
    """A support that there is not was asked for."""


class RecommendationError(WellfoundedError):
    """A recommendation that the knowledge base does not have was asked for."""


class ReasonerError(WellfoundedError):
    """A reasoner that does not exist, or is not installed, was asked for."""


class RecordError(WellfoundedError):
    """A record of advice that cannot be used, or something that is not in it or cannot be put there."""


class VersionError(WellfoundedError):
    """A version of a knowledge base, such as a revision of a repository or a wheel, that cannot be found."""


class GitSilentError(VersionError):
    """Git is not there, cannot be run, or does not answer in time."""
