"""'Did you mean': the known name closest to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable

#: As many names an author reads at a glance.
FEW = 6


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """A sentence naming the closest of ``known``, or an empty string if none is close."""
    from difflib import get_close_matches  # noqa: PLC0415  # only needed when something is wrong

    names = {_plain(name): name for name in known}
    close = get_close_matches(_plain(written), names, n=1, cutoff=0.6)
    return f"did you mean `{names[close[0]]}`?" if close else ""


def _plain(name: str) -> str:
    """A name without what is most easily mixed up: capitals, hyphens and underscores."""
    return name.lower().replace("-", "_")


def allowed(names: Iterable[str], most: int = 12) -> str:
    """The names an author can choose from, shortened when there are many."""
    listed = list(names)
    shown = ", ".join(listed[:most])
    return f"{shown}, … ({len(listed)} in all)" if len(listed) > most else shown


def suggestion(written: str, known: Iterable[str]) -> str:
    """The known name closest to ``written``; what is allowed, where that is few or none is close."""
    names = list(known)
    close = did_you_mean(written, names)
    if not close:
        return f"allowed: {allowed(names)}" if names else ""
    return close if len(names) > FEW else f"{close} (allowed: {allowed(names)})"


def with_help(sentence: str, help: str) -> str:
    """What is wrong and what would help, if anything is known that would."""
    return f"{sentence}; {help}" if help else sentence
