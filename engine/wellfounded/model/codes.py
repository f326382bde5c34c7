"""Every diagnostic code: whether it is an error or a warning, and what it means in one line.

Codes are stable: they may be added, never renamed. Each has a page under ``docs/diagnostics/``.
"""

from __future__ import annotations

from collections.abc import Mapping

from wellfounded.model.word import Word


class Severity(Word):
    """An error keeps the knowledge base from being used; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


ERRORS: Mapping[str, str] = {
    "alias": "an anchor or alias is used",
    "concludes-false": "a rule concludes something other than `true` of a yes/no",
    "cycle": "derived facts rest on each other in a circle",
    "division-by-zero": "a divisor can be 0",
    "duplicate-id": "two things have one id",
    "duplicate-key": "a mapping gives a key twice",
    "formula-range": "a range stands where one number is needed, or the other way round",
    "formula-syntax": "a formula cannot be read",
    "formula-units": "the units of a formula do not come out",
    "guarantee-kind": "a guarantee has not exactly one of `every`, `nobody` and `together`",
    "inactive-fact": "a rule uses a fact that no rule in force concludes",
    "key-does-not-apply": "a key does not go with the others beside it",
    "missing-key": "a key that is needed is missing",
    "missing-translation": "a text is missing in a language of the knowledge base",
    "missing-verdict-text": "a target can give a verdict for which there is no text",
    "nesting-too-deep": "lists and mappings are nested too deep",
    "never-concluded": "no rule concludes a derived fact",
    "no-knowledge-base": "no file says what the knowledge base is",
    "no-rules": "there is no rule file in the folder",
    "not-allowed-value": "a value is not among those allowed",
    "not-concludable": "a rule concludes a fact that is stated or computed",
    "not-utf8": "a file is not UTF-8",
    "number-notation": "a number is not written as a plain decimal",
    "outside-span": "a number lies outside the span of its fact",
    "parameter-number": "a parameter has not exactly one of `value` and `range`",
    "parameter-without-source": "a parameter names no claim",
    "placeholder-may-be-unknown": "a text shows a fact that may be unknown when it is shown",
    "range-order": "a range or span starts above its end",
    "rule-kind": "a rule has not exactly one of `target`, `conclude` and `advise`",
    "rule-without-source": "a rule names no claim",
    "tag": "a YAML tag is used",
    "target-bound": "a target has not exactly one bound",
    "too-many-mistakes": "there are more mistakes than are told at once",
    "unknown-choice": "a choice does not exist",
    "unknown-claim": "a claim does not exist",
    "unknown-fact": "a fact does not exist",
    "unknown-key": "a key does not exist",
    "unknown-language": "a text is in a language the knowledge base does not speak",
    "unknown-name": "a formula names neither a fact nor a parameter",
    "unknown-placeholder": "a placeholder stands for nothing",
    "unknown-reference": "a reference does not exist",
    "unknown-section": "a section does not exist",
    "unknown-table": "a table does not exist",
    "unknown-topic": "a topic does not exist",
    "unknown-unit": "a unit does not exist or is not declared",
    "unknown-work": "a work does not exist",
    "unreadable-file": "a file or folder cannot be read",
    "verdict-never-given": "a text is for a verdict the target never gives",
    "wrong-type": "a value is of the wrong type",
    "yaml-syntax": "a file is not YAML",
    "yes-no-boolean": "a word could be a yes/no or a text",
}

WARNINGS: Mapping[str, str] = {
    "conflicting-rules": "two rules could both hold and give different answers",
    "formula-outside-span": "a formula can give more than the span of its fact",
    "future-date": "something is said to have happened on a day that is still to come",
    "inactive-claim": "a rule rests on a claim that is a draft or retired",
    "malformed-doi": "what a source gives as a DOI is none",
    "overdue-review": "a reference, claim or rule is due for another look",
    "recorded-twice": "two references or works have one DOI",
    "unused-claim": "nothing uses a claim",
    "unused-dimension": "nothing uses a declared dimension",
    "unused-fact": "nothing uses a fact",
    "unused-parameter": "nothing uses a parameter",
    "unused-reference": "no claim cites a reference",
    "unused-table": "nothing uses a table",
    "unused-unit": "nothing uses a declared unit",
    "unused-work": "nothing uses a work",
}


def severity(code: str) -> Severity:
    """Whether a code is an error or a warning."""
    return Severity.WARNING if code in WARNINGS else Severity.ERROR
