"""What is hostile in a knowledge base stays text in a pull request, and long reports are cut."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from tests.command import ran
from tests.conftest import ROOT, RULES
from tests.difference.editing import Edit, difference, edited
from wellfounded.interfaces.diff_as_markdown import LONGEST, as_markdown, escaped

HOSTILE = (
    "</details> <script>x</script> | a\\n| b [l](http://x.y) ![i](x) `c` **d** __e__ @someone #12 :smile: "
    "$x$ www.x.y"
)
SCHEMA = json.loads((ROOT / "schemas" / "difference.schema.json").read_text("utf-8"))


def test_hostile_texts_stay_text(tmp_path: Path) -> None:
    edit: Edit = {"nutrition/protein.yaml": ['en: "Protein per day"', f'en: "{HOSTILE}"']}
    found = difference(RULES, edited(tmp_path / "new", edit), language="en")
    made = as_markdown(found)
    assert made.count("<details>") == made.count("</details>") == 2
    without = re.sub(r"&#?\w+;|</?(details|summary|code|del|ins)>", "", made)
    assert not re.search(r"[<>@#`*\[\]$]|:\S|www\.", without.replace("## ", ""))
    for line in made.splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"\|", line)) == 4, line


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("a|b", "a&#124;b"),
        ("  a\n\nb ", " a b "),
        ("1.6–2.2 g/kg", "1.6–2.2 g/kg"),
        ("", ""),
        ("age: 18", "age: 18"),
    ],
)
def test_escaped(text: str, made: str) -> None:
    assert escaped(text) == made


def test_a_report_that_is_too_long_says_so(tmp_path: Path) -> None:
    long = "word " * (LONGEST // 4)
    edit: Edit = {"nutrition/protein.yaml": ['en: "Protein per day"', f'en: "{long}"']}
    made = as_markdown(difference(RULES, edited(tmp_path / "new", edit), language="en"))
    assert len(made) < LONGEST and "too long for a comment" in made and "text" in made


def test_json_is_as_its_schema_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit: Edit = {"parameters.yaml": ["range: [1.6, 2.2]", "range: [1.4, 2.0]"]}
    new = str(edited(tmp_path / "new", edit))
    found = ran(capsys, "diff", str(RULES), new, "--format", "json")
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(found.out))
    assert found.code == 1
