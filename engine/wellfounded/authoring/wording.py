"""Drafts of the texts of a target's verdicts, from the label of the fact it is on."""

from __future__ import annotations

from collections.abc import Mapping

from wellfounded.model.content import Verdict

#: Each is right behind any label and a colon. ``{aim}`` is the target with what kind of bound it is.
_DRAFTS: Mapping[str, Mapping[Verdict, str]] = {
    "en": {
        Verdict.RAISE: "raise this to {aim}; it is {current} now.",
        Verdict.LOWER: "lower this to {aim}; it is {current} now.",
        Verdict.KEEP: "{current} is fine. The advice is {aim}.",
        Verdict.MEET: "the advice is {aim}.",
    },
    "nl": {
        Verdict.RAISE: "verhoog dit naar {aim}; nu is het {current}.",
        Verdict.LOWER: "verlaag dit naar {aim}; nu is het {current}.",
        Verdict.KEEP: "{current} is goed. Het advies is {aim}.",
        Verdict.MEET: "het advies is {aim}.",
    },
}
_DRAFTS_OF_YES: Mapping[str, Mapping[Verdict, str]] = {
    "en": {
        Verdict.START: "the advice is to start with this.",
        Verdict.KEEP: "you do this already. Keep it up.",
        Verdict.MEET: "the advice is to do this.",
    },
    "nl": {
        Verdict.START: "het advies is om hiermee te beginnen.",
        Verdict.KEEP: "dit doe je al. Houd het vol.",
        Verdict.MEET: "het advies is om dit te doen.",
    },
}
_DRAFTS_OF_NO: Mapping[str, Mapping[Verdict, str]] = {
    "en": {
        Verdict.STOP: "the advice is to stop this.",
        Verdict.KEEP: "this does not apply to you. Keep it that way.",
        Verdict.MEET: "the advice is to avoid this.",
    },
    "nl": {
        Verdict.STOP: "het advies is om hiermee te stoppen.",
        Verdict.KEEP: "dit is bij jou niet zo. Houd dat zo.",
        Verdict.MEET: "het advies is om dit te vermijden.",
    },
}
_AIMS = {
    "en": {"at_least": "at least {target}", "at_most": "at most {target}"},
    "nl": {"at_least": "minstens {target}", "at_most": "hoogstens {target}"},
}

#: The languages that texts can be drafted in.
DRAFTED = tuple(_DRAFTS)


def drafted(language: str, label: str, kind: str, wanted: bool | None, verdict: Verdict) -> str:
    """The text of one verdict. ``wanted`` is the yes or no asked for, ``None`` where it is a number."""
    drafts = _DRAFTS if wanted is None else _DRAFTS_OF_YES if wanted else _DRAFTS_OF_NO
    text = drafts[language][verdict].replace("{aim}", _AIMS[language].get(kind, "{target}"))
    return f"{sentence_start(label)}: {text}"


def sentence_start(label: str) -> str:
    """A label as it stands at the beginning of a sentence."""
    return label[:1].upper() + label[1:]
