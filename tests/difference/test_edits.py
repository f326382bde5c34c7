"""One edit at a time: what is told of it, and which topics mean, rest on or say something else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.command import ran
from tests.difference.editing import BASES, ONE_NUMBER, difference, edited
from tests.dutch import dutch
from wellfounded.interfaces import diff_as_text
from wellfounded.interfaces.diff_as_text import sentence
from wellfounded.interfaces.diff_words import headline, told
from wellfounded.review.difference.reading import Kind

HERE = Path(__file__).parent
EDITS: list[dict[str, Any]] = yaml.safe_load((HERE / "edits.yaml").read_text("utf-8"))


#: What is proved of these takes long, and tries no line that other edits do not.
LONG = {"the order of conditions", "the same condition in other words"}


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(edit, id=edit["name"], marks=pytest.mark.no_cover if edit["name"] in LONG else ())
        for edit in EDITS
    ],
)
def test_edit(edit: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = edited(tmp_path / "old", edit.get("before", {}), BASES[edit.get("base", "article")])
    found = difference(base, edited(tmp_path / "new", edit["edit"], base))
    says = [sentence(said) for change in found.changes for said in told(change)]
    assert [said[: len(start)] for said, start in zip(says, edit.get("says", says), strict=True)] == edit.get(
        "says", []
    )
    for kind in Kind:
        assert sorted(topic.id for topic in found.topics_that_differ(kind)) == edit.get(kind.value, []), kind
    assert [topic.id for topic in found.not_decided()] == edit.get("open", [])
    assert [f"{note.fact} {note.says}" for note in found.stated] == edit.get("stated", [])
    assert list(found.texts) == edit.get("other", [])
    for topic in found.topics:
        for finding in topic.findings:
            assert finding.old is None or finding.old != finding.new, "both advices show what differs"
    monkeypatch.setattr(diff_as_text, "say_in", lambda _: dutch)
    assert diff_as_text.as_text(found), "all of it is said in Dutch, too"


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("name", "edit"),
    [
        ("number.txt", "a number"),
        ("number.nl.txt", "a number"),
        ("evidence.nl.txt", "the verdict on a citation"),
        ("text.txt", "a word of a text"),
        ("evidence.txt", "the verdict on a citation"),
        ("number.md", "a number"),
        ("text.md", "a word of a text"),
        ("same.md", "a comment and the layout"),
        ("span.json", "a narrower span"),
    ],
)
def test_golden(
    name: str,
    edit: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    [asked] = [item for item in EDITS if item["name"] == edit]
    base = BASES[asked.get("base", "article")]
    edited(tmp_path / "new", asked["edit"], edited(tmp_path / "old", {}, base))
    monkeypatch.chdir(tmp_path)
    form = {".txt": "text", ".md": "markdown", ".json": "json"}[Path(name).suffix]
    language = "nl" if ".nl." in name else "en"
    got = ran(capsys, "diff", "old", "new", "--lang", language, "--format", form)
    assert got.err == ""
    golden = HERE / "goldens" / name
    if request.config.getoption("--update-goldens"):
        golden.write_text(f"{got.out}", "utf-8")
    assert golden.read_text("utf-8") == got.out


@pytest.mark.no_cover
def test_exit_codes_say_from_where_on_a_difference_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = str(edited(tmp_path / "old", {}))
    edits = {item["name"]: item["edit"] for item in EDITS}
    made = {
        "meaning": ONE_NUMBER,
        "evidence": edits["the verdict on a citation"],
        "text": edits["a word of a text"],
        "any": edits["the version"],
    }
    levels = ["meaning", "evidence", "text", "any"]
    for place, level in enumerate(levels):
        new = str(edited(tmp_path / level, made[level]))
        codes = [ran(capsys, "diff", old, new, "--fail-on", asked).code for asked in levels]
        assert codes == [1 if asked >= place else 0 for asked in range(len(levels))]


def test_who_can_no_longer_be_advised_is_said_first(tmp_path: Path) -> None:
    narrower = next(edit for edit in EDITS if edit["name"] == "a narrower span")
    base = edited(tmp_path / "old", {}, BASES["houseplants"])
    said = headline(difference(base, edited(tmp_path / "new", narrower["edit"], base)))
    assert said.endswith(
        "mean the same for everybody whom both can advise. "
        "Some people can no longer be advised, for what they state of `plants`."
    )
