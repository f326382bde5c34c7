"""A thing is inserted in the style of its neighbours, and every other byte stays as it was."""

from __future__ import annotations

import pytest

from wellfounded.authoring.insert import InsertError, inserted
from wellfounded.authoring.yaml_text import Words
from wellfounded.load.files import File
from wellfounded.load.from_yaml import read_yaml
from wellfounded.load.node import plain

RULE = {"new": {"id": "new", "title": {"en": Words("A # title: with signs")}}}
PARAMETER = {"new": {"value": 2, "unit": "g/day"}}

#: What is there, the kind of the thing, the thing, and what comes of it.
CASES = {
    "indented as its neighbours": (
        "rules:\n    -   id: old\n        title: {}\n\n# about facts\nfacts: {}\n",
        "rules:\n    -   id: old\n        title: {}\n\n"
        '    -   id: new\n        title: {en: "A # title: with signs"}\n\n# about facts\nfacts: {}\n',
    ),
    "not indented as its neighbours": (
        "rules:\n- id: a\n- id: b\n# the end\n",
        'rules:\n- id: a\n- id: b\n- id: new\n  title: {en: "A # title: with signs"}\n# the end\n',
    ),
    "no line end at the end": (
        "rules:\n  - id: a",
        'rules:\n  - id: a\n\n  - id: new\n    title: {en: "A # title: with signs"}',
    ),
    "lines as Windows ends them": (
        "rules:\r\n  - id: a\r\n",
        'rules:\r\n  - id: a\r\n\r\n  - id: new\r\n    title: {en: "A # title: with signs"}\r\n',
    ),
    "a byte order mark, and the end of the document": (
        "\ufeff---\nrules:\n  - id: a\n...\n# after\n",
        "\ufeff---\nrules:\n  - id: a\n\n"
        '  - id: new\n    title: {en: "A # title: with signs"}\n...\n# after\n',
    ),
    "a file without rules": (
        "facts: {a: {}}\n\n\n",
        'facts: {a: {}}\n\nrules:\n  - id: new\n    title: {en: "A # title: with signs"}\n\n\n',
    ),
    "an empty file": ("", 'rules:\n  - id: new\n    title: {en: "A # title: with signs"}\n'),
    "a file with nothing but a comment": (
        "# to do\n",
        '# to do\nrules:\n  - id: new\n    title: {en: "A # title: with signs"}\n',
    ),
    "a key with nothing behind it": (
        "rules:\nfacts: {}\n",
        'rules:\n  - id: new\n    title: {en: "A # title: with signs"}\nfacts: {}\n',
    ),
    "a text over lines that looks like comments": (
        "rules:\n  - id: |\n      a\n      # b\n\n  - id: |+\n      c\n      # d\n\n",
        "rules:\n  - id: |\n      a\n      # b\n\n  - id: |+\n      c\n      # d\n\n"
        '  - id: new\n    title: {en: "A # title: with signs"}\n\n',
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_rule_goes_behind_the_last_one(name: str) -> None:
    before, after = CASES[name]
    made = inserted(File("a.yaml", before.encode()), "rules", RULE)
    assert made.data.decode() == after


def test_a_parameter_stands_as_those_before_it_do() -> None:
    in_brackets = File("a.yaml", b"parameters:\n  old: {value: 1}\nrules: []\n")
    assert inserted(in_brackets, "parameters", PARAMETER).data == (
        b"parameters:\n  old: {value: 1}\n  new: {value: 2, unit: g/day}\nrules: []\n"
    )
    in_lines = File("a.yaml", b"parameters:\n  old:\n    value: 1\n\n  other:\n    value: 1\n")
    assert inserted(in_lines, "parameters", PARAMETER).data.endswith(
        b"  other:\n    value: 1\n\n  new:\n    value: 2\n    unit: g/day\n"
    )


@pytest.mark.parametrize("written", ["rules: [{id: a}]\n", "rules: []\n", '{"rules": [{"id": "a"}]}', "{}"])
def test_what_stands_in_brackets_is_left_to_its_author(written: str) -> None:
    with pytest.raises(InsertError, match=r"`rules` in a.yaml stands in brackets"):
        inserted(File("a.yaml", written.encode()), "rules", RULE)


@pytest.mark.parametrize(
    "text",
    [
        "quotes \" and ' and \\",
        "two\nlines",
        "# no comment",
        "key: value",
        "- item",
        "{a: b}",
        "true",
        "No",
        "null",
        "~",
        "1.50",
        "1:30",
        "&a *b !c",
        "%TAG",
        "@at `tick`",
        "🌱\u2028\x85\u00a0",
        " spaces ",
        "\ttab",
        "",
        "---",
        "...",
    ],
)
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    thing = {"new": {"id": "new", "title": {"en": Words(text), "nl": text}, "list": [text, [text]]}}
    made = inserted(File("a.yaml", b"rules:\n  - id: a\n"), "rules", thing)
    node, found = read_yaml(made.data.decode(), "a.yaml")
    assert node is not None and not found
    assert plain(node)["rules"][1] == thing["new"]
