"""What is hostile in a knowledge base stays text in a pull request, and long reports are cut."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest
from cmarkgfm import github_flavored_markdown_to_html
from cmarkgfm.cmark import Options
from msgspec.structs import replace

from tests.command import ran
from tests.conftest import ROOT, RULES
from tests.difference.editing import Edit, difference, edited
from wellfounded.interfaces.diff_as_markdown import LONGEST, as_markdown, escaped

HOSTILE = (
    "</details> <script>x</script> | a\\n| b [l](http://x.y) ![i](x) `c` **d** __e__ @someone #12 :smile: "
    "$x$ www.x.y a@b.c https://x.y GH-1 &amp; &#64;me <!-- --> ~~e~~ - [x] x"
)
SCHEMA = json.loads((ROOT / "schemas" / "difference.schema.json").read_text("utf-8"))


#: All that a report is made of.
TAGS = {"h2", "p", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "code", "del", "ins", "br"}
TAGS |= {"details", "summary"}
#: What GitHub looks for in every text that is not code, once Markdown is HTML: entities do not hide it.
READ_LATE = re.compile(r"(?:^|\W)@\w|(?:^|\W)#\d|:[a-z0-9_+-]+:|\$\S|\w@\w|://")


class ReadByGitHub(HTMLParser):
    """The elements and texts of what GitHub's own reader of Markdown makes of a report."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.in_code = False
        self.whole = ""
        self.texts = [""]
        self.feed(github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE))
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        self.in_code = tag == "code"
        self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self.in_code = self.in_code and tag != "code"
        self.texts.append("")

    def handle_comment(self, data: str) -> None:
        self.texts.append("")

    def handle_data(self, data: str) -> None:
        self.whole += data
        if not self.in_code:
            self.texts[-1] += data


def test_hostile_texts_stay_text(tmp_path: Path) -> None:
    edit: Edit = {"nutrition/protein.yaml": ['en: "Protein per day"', f'en: "{HOSTILE}"']}
    found = difference(RULES, edited(tmp_path / "new", edit), language="en")
    shown = " ".join(HOSTILE.replace("\\n", " ").split())
    hostile = replace(found, old=replace(found.old, name=f"# {shown}"))
    read = ReadByGitHub(as_markdown(hostile))
    assert read.tags <= TAGS
    assert not [text for text in read.texts if READ_LATE.search(text)]
    assert read.whole.count(shown) == 3, "in the heading, in what was changed and beside the old text"


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


@pytest.mark.no_cover
@pytest.mark.parametrize("text", ["word " * 10_000, "@" * 40_000, "|" * 3_000])
def test_a_report_that_is_too_long_says_what_is_left_out(text: str, tmp_path: Path) -> None:
    edit: Edit = {"nutrition/protein.yaml": ['en: "Protein per day"', f'en: "{text}"']} | {
        "parameters.yaml": ["range: [1.6, 2.2]", "range: [1.4, 2.0]"]
    }
    found = difference(RULES, edited(tmp_path / "new", edit), language="en")
    made = as_markdown(found)
    assert len(made) <= LONGEST < 65_536
    assert "7 topics with another meaning for somebody" in made and "| <code>protein-daily</code> |" in made
    assert ("Left out" in made or "more: `wellfounded diff` prints them all" in made) == (len(text) > 3_000)
    many = as_markdown(replace(found, topics=found.topics * 200, changes=found.changes * 20))
    assert len(many) <= LONGEST
    assert re.search(r"Left out, as a comment has at most 65,536 characters: rows of the table \(", many)
    assert ReadByGitHub(many).tags <= TAGS


def test_json_is_as_its_schema_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit: Edit = {"parameters.yaml": ["range: [1.6, 2.2]", "range: [1.4, 2.0]"]}
    new = str(edited(tmp_path / "new", edit))
    found = ran(capsys, "diff", str(RULES), new, "--format", "json")
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(found.out))
    assert found.code == 1
