"""What the engine finds is told in the language of the page: in Dutch pages nothing of it is English."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

import tests.studio.test_people as people
from tests.http.server import Answered, Server
from tests.studio.test_edit import FILE, FROM_HERE, Page, ask, folder, shared, workshop

__all__ = ["folder", "shared", "workshop"]


def text(answered: Answered) -> str:
    """What one reads, without what stands in fields to type in."""
    page = re.sub(
        r"<(textarea|option|script|code)[^>]*>.*?</\1>|<[^>]+>", " ", answered.body.decode(), flags=re.S
    )
    return " ".join(unescape(page).split())


def test_what_is_wrong_in_a_file(workshop: Server, folder: Path) -> None:
    wrong = (folder / FILE).read_text("utf-8").replace("claim: muscle-rest", "claim: muscle-rust")
    page = Page(workshop, FILE, "nl").send("check", wrong)
    assert "er is geen uitspraak `muscle-rust` – bedoelde je `muscle-rest`?" in text(page)
    assert 'lang="en"' not in page.body.decode().partition("<main")[2]
    address = f"/nl/edit-ask/check/{quote(FILE)}?desk=a&at=0"
    live = workshop.post(address, wrong.encode(), sec_fetch_site="same-origin", content_type="text/plain")
    messages = [problem["message"] for problem in live.json["problems"]]
    assert "er is geen uitspraak `muscle-rust`\nbedoelde je `muscle-rest`?" in messages
    assert "er is geen uitspraak `muscle-rust`" in unescape(live.json["html"])
    assert "there is no claim `muscle-rust`" in json.dumps(ask(workshop, "check", wrong).json)


def test_what_is_wrong_in_the_files(workshop: Server, folder: Path) -> None:
    (folder / "broken.yaml").write_text("rules: [\n", "utf-8")
    said = text(workshop.get("/nl/edit"))
    assert "dit is geen YAML: " in said and "this is not YAML" not in said
    assert "this is not YAML: " in text(workshop.get("/en/edit"))


def test_a_form_says_what_is_wrong(workshop: Server) -> None:
    address = "/nl/edit-form/parameter/protein_dose"
    written = re.findall(r'name="([^"]+)" value="([^"]*)"', workshop.get(address).body.decode())
    fields = {name: unescape(value) for name, value in written}
    fields |= {"parameters.protein_dose.range.0": "2,6", "do": "check"}
    answered = workshop.post(address, urlencode(fields).encode(), **FROM_HERE)
    assert "dit bereik begint bij 2.6 en eindigt bij 2.2 – schrijf het laagste getal eerst" in text(answered)


def test_what_would_follow(workshop: Server) -> None:
    page = Page(workshop, FILE, "nl")
    said = text(page.send("effects", page.text.replace("[1.6, 2.2]", "[1.7, 2.2]")))
    assert "verwacht: het oordeel ‘zo houden’; gekregen: het oordeel ‘verhogen’" in said
    assert "7 onderwerpen betekenen voor iemand iets anders; 29 betekenen hetzelfde voor iedereen." in said
    assert "advies nastreven (240–330 g per dag) nastreven (255–330 g per dag)" in said
    assert "advies nog niet te zeggen, wacht op moeite om genoeg eiwit te eten overwegen" in said
    assert "parameter protein_dose: 1.6–2.2 → 1.7–2.2 g/kg of body/day" in said
    assert not re.search(
        r"\b(expected|got|meaning|advice|undecided)\b", said.replace("the protein advice", "")
    )


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", people.CSV, "`age` is 4000, en dat valt buiten wat kan; mogelijk: 0 tot en met 120 year"),
        ("a.csv", "name,gaol\nx,y\n", "de kolom `gaol` is geen gegeven dat je kunt opgeven"),
        ("a.csv", "age,goal\n1\n2,3,4\n", "de rij heeft 3 cellen, en er zijn 2 kolommen"),
        ("a.ndjson", '{"age": 3, "x": }\n', "het is geen JSON: hier hoort een waarde, op regel 1, kolom 17"),
        ("a.yaml", "age: 4000\n", "a.yaml:1:1: `age` is 4000, en dat valt buiten wat kan"),
    ],
)
def test_what_is_wrong_with_people(studio: Server, name: str, data: str, said: str) -> None:
    assert said in text(people.sent(studio, {}, name, data.encode(), language="nl"))
