"""Many people at once: the same advice as each would get alone, and nothing of them kept."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import polars as pl
import pytest
from starlette.datastructures import UploadFile
from starlette.requests import Request

import wellfounded
from tests.attempts import ATTEMPTS
from tests.awaited import awaited
from tests.conftest import RULES
from tests.http.server import PROGRAM, Answered, Server, running
from wellfounded.interfaces.studio.forms import form_of
from wellfounded.review.crowd import made_up
from wellfounded.review.scenarios import read_scenarios

_BETWEEN = "a-line-that-is-in-no-file"
HERE = {"sec_fetch_site": "same-origin", "content_type": f"multipart/form-data; boundary={_BETWEEN}"}
CSV = "name,goal,age,healthy\nAnna,muscle_gain,31,true\nBob,other,40,true\nCarl,muscle_gain,4000,true\n"


def sent(
    server: Server,
    fields: Mapping[str, str],
    name: str = "",
    data: bytes = b"",
    to: str = "",
    language: str = "en",
) -> Answered:
    """A form with a file, as a browser sends it."""
    parts = [f'name="{field}"\r\n\r\n{value}'.encode() for field, value in fields.items()]
    if name:
        head = f'name="file"; filename="{name}"\r\ncontent-type: text/plain\r\n\r\n'
        parts.append(head.encode() + data)
    begin = f"--{_BETWEEN}\r\ncontent-disposition: form-data; ".encode()
    body = b"".join(begin + part + b"\r\n" for part in parts) + f"--{_BETWEEN}--\r\n".encode()
    return server.post(f"/{language}/people{to}", body, **HERE)


def got(server: Server, query: Mapping[str, object]) -> Answered:
    """The page, where a browser comes in the end."""
    answered = server.get(f"/en/people?{urlencode(query)}")
    return server.get(answered.headers["location"]) if answered.status == 303 else answered


def shown(answered: Answered) -> str:
    text = re.sub(r"<(textarea|option)[^>]*>[^<]*</\1>|<[^>]+>", " ", answered.body.decode())
    return " ".join(html.unescape(text).split())


def advice_of(server: Server, query: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(server.get(f"/en/people/advice.csv?{query}").body.decode())))


def persons(answered: Answered) -> Iterator[Mapping[str, str]]:
    """What the link of each person says of them."""
    for address in re.findall(r'<th scope="row"><a href="(/en/advice\?[^"]*)"', answered.body.decode()):
        yield dict(parse_qsl(urlsplit(html.unescape(address)).query))


def test_everybody_gets_what_they_would_get_alone(studio: Server) -> None:
    """Of the people in the scenarios, the same recommendations with the same verdicts."""
    known = wellfounded.load(RULES)
    scenarios, _ = read_scenarios(RULES, known)
    rows = advice_of(studio, "")
    assert [row["name"] for row in rows] == [scenario.name for scenario in scenarios]
    for row, scenario in zip(rows, scenarios, strict=True):
        alone = {one.id: str(one.verdict) for one in known.advise(scenario.given).recommendations}
        together = {
            name.removesuffix(".verdict"): verdict
            for name, verdict in row.items()
            if name.endswith(".verdict") and verdict not in ("", "undecided")
        }
        assert together == alone


def test_made_up_people_are_the_same_for_the_same_seed(studio: Server) -> None:
    one, again, other = (advice_of(studio, f"made-up=200&seed={seed}") for seed in ("7", "7", "8"))
    assert len(one) == 200 and one == again != other
    known = wellfounded.load(RULES)
    people = list(made_up(known.content, 300, "x"))
    stated = {fact: {person[fact] for person in people if fact in person} for fact in known.content.facts}
    for fact in known.content.facts.values():
        if fact.values:
            assert stated[fact.id] == (set() if fact.derived else set(fact.values))
        elif not fact.derived and fact.span:
            assert min(stated[fact.id]) >= fact.span[0] and max(stated[fact.id]) <= fact.span[1]
            assert len(stated[fact.id]) > 5
    for person in people:
        known.advise(person)  # every one of them can be


def test_the_link_of_a_person_states_what_was_known(studio: Server) -> None:
    known = wellfounded.load(RULES)
    stated = list(persons(studio.get("/en/people?made-up=40&seed=3")))
    made = list(made_up(known.content, 40, "3"))
    read = {"yes": True, "no": False}
    for link, person in zip(stated, made, strict=True):
        facts = {name: read.get(value, value) for name, value in link.items()}
        numbers = {
            name: float(value)
            if isinstance(person[name], int | float) and not isinstance(person[name], bool)
            else value
            for name, value in facts.items()
        }
        assert numbers == person


def test_who_is_shown_is_who_fits(studio: Server) -> None:
    everybody = advice_of(studio, "made-up=3000&seed=1")
    wanted = [row for row in everybody if row["protein-daily.verdict"] == "raise"]
    query = "made-up=3000&seed=1&recommendation=protein-daily&verdict=raise"
    assert len(wanted) > 1 and advice_of(studio, query) == wanted
    assert f"{len(wanted)} people ({len(wanted)} of 3,000)" in shown(studio.get(f"/en/people?{query}"))
    absent = [row for row in everybody if not row["protein-daily.verdict"]]
    assert advice_of(studio, query.replace("raise", "absent")) == absent
    people = list(persons(studio.get("/en/people?made-up=500&seed=1&fact=age&is=20..40&sort=age")))
    ages = [float(person["age"]) for person in people]
    assert ages == sorted(ages) and all(20 <= age <= 40 for age in ages) and len(set(ages)) > 5
    unknown = list(persons(studio.get("/en/people?made-up=500&seed=1&fact=age&is=unknown")))
    assert unknown and not any("age" in person for person in unknown)


def test_who_is_shown_is_the_same_in_the_other_language(studio: Server) -> None:
    """The link to it keeps the address, and so what was written in the language of before."""
    for fact, dutch, english in (
        ("healthy", "nee", "no"),
        ("goal", "iets+anders", "something else"),
        ("age", "onbekend", "unknown"),
        ("age", "40..20", "40..20"),
    ):
        asked = f"people?made-up=500&seed=1&fact={fact}&is={dutch}"
        there, here = studio.get(f"/nl/{asked}"), studio.get(f"/en/{asked}")
        assert f'value="{english}"' in here.body.decode()
        found = [
            re.findall(rf'<th scope="row"><a href="/{language}(/advice[^"]*)"', page.body.decode())
            for language, page in (("nl", there), ("en", here))
        ]
        assert found[0] and found[0] == found[1]


def test_a_number_that_can_be_two_is_not_guessed(studio: Server) -> None:
    page = shown(studio.get("/nl/people?made-up=5&fact=energy_intake&is=2.500"))
    assert "“2.500” kan “energie-inname” niet zijn; toegestaan: een getal zoals 2500 of 2,5" in page
    assert "kan “energie" not in shown(studio.get("/nl/people?made-up=5&fact=energy_intake&is=0..2.500,5"))


def test_the_numbers_are_those_of_the_people(studio: Server) -> None:
    rows = advice_of(studio, "made-up=300&seed=2")
    page = studio.get("/en/people?made-up=300&seed=2").body.decode()
    counts = dict(re.findall(r'name="pick" value="([^"]+)">([0-9,]+)<', page))
    for pick, count in counts.items():
        topic, outcome = pick.split(" ")
        assert sum(row[f"{topic}.verdict"] == outcome for row in rows) == int(count)
    picked = shown(got(studio, {"made-up": 300, "seed": 2, "pick": pick}))
    assert f"({count} of 300)" in picked


def test_an_address_has_nothing_in_it_that_says_nothing(studio: Server) -> None:
    left = {"recommendation": "", "verdict": "", "fact": "age", "is": "x y", "sort": "", "page": "1"}
    answered = studio.get("/en/people?" + urlencode({"made-up": "50", "seed": "7"} | left))
    assert answered.headers["location"] == "/en/people?made-up=50&seed=7&fact=age&is=x+y"
    assert "cannot be" in shown(studio.get(answered.headers["location"]))


def test_a_table_is_read_and_what_is_wrong_is_listed(studio: Server) -> None:
    answered = sent(studio, {}, "people.csv", CSV.encode())
    text = shown(answered)
    assert answered.status == 200 and "2 people ; 1 row cannot be used ." in text
    assert "Anna" in text and "`age` is 4000" in text
    held = {"format": "csv", "people": CSV, "recommendation": "other-goal", "verdict": "inform"}
    assert "1 person (1 of 2)" in shown(sent(studio, held))
    saved = sent(studio, {"format": "csv", "people": CSV}, to="/advice.parquet")
    table = pl.read_parquet(io.BytesIO(saved.body))
    assert table["name"].to_list() == ["Anna", "Bob"] and saved.headers["content-disposition"].endswith(
        '.parquet"'
    )


DUTCH = "Naam;goal;age;healthy;body_mass\r\nRenée;muscle_gain;31;Ja;82,5\r\nBob;other;40;nee;1.234\r\n"


@pytest.mark.parametrize(("encoding", "noted"), [("utf-8-sig", False), ("cp1252", True)])
def test_a_table_as_a_dutch_spreadsheet_saves_it(studio: Server, encoding: str, noted: bool) -> None:
    answered = sent(studio, {}, "mensen.csv", DUTCH.encode(encoding), language="nl")
    (person,) = re.findall(r'<th scope="row"><a href="/nl/advice\?([^"]*)">Renée<', answered.body.decode())
    assert dict(parse_qsl(html.unescape(person)))["body_mass"] == "82.5"
    text = shown(answered)
    assert '`body_mass` is "1.234", en dat kunnen twee getallen zijn; schrijf 1234 of 1,234' in text
    assert ("gelezen als Windows-1252" in text) is noted


def test_one_person_is_read_from_their_own_file(studio: Server) -> None:
    answered = sent(studio, {}, "me.yaml", b"age: 30\ngoal: muscle_gain\nhealthy: true\nbody_mass: 180 lb\n")
    (person,) = persons(answered)
    assert person["age"] == "30" and person["body_mass"].startswith("81.6")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("people.csv", b"", "the first line is empty"),
        ("people.csv", b"agee\n3\n", "did you mean `age`"),
        ("people.csv", b"\xff\xfea\0g\0e\0", "not text in UTF-8"),
        ("people.ndjson", b'{"name": "\xff"}', "not text in UTF-8"),
        ("people.csv", b"age\n" + b"1\n" * 2_100_000, "larger than 4 MB"),
        ("people.ndjson", b"[1, 2]", "one JSON object a line"),
        ("people.xlsx", b"PK", "is not CSV, NDJSON or YAML"),
        ("me.yaml", b"age: &x 30\n", "anchors"),
        ("me.yaml", b"- 1\n", "a person is a mapping"),
        ("<script>window.ran=1</script>", b"", "is not CSV"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(studio: Server, name: str, data: bytes, said: str) -> None:
    answered = sent(studio, {}, name, data)
    assert answered.status == 422 and said in shown(answered)
    assert 'id="file-wrong" role="alert"' in answered.body.decode() and b"<script>window" not in answered.body


def test_of_a_file_that_cannot_be_used_nothing_is_exported(studio: Server) -> None:
    """Nor are other people in its place."""
    answered = sent(studio, {}, "people.csv", b"\xff\xfe", "/advice.csv")
    assert answered.status == 400 and "<html" in answered.body.decode()


def test_no_more_than_so_many_are_read(studio: Server) -> None:
    text = shown(sent(studio, {}, "many.csv", b"age\n" + b"30\n" * 10_010))
    assert "10,000 people" in text and "Only the first 10,000 rows were read." in text


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_whatever_is_written_stays_text(studio: Server, attempt: str) -> None:
    quoted = '"' + attempt.replace('"', '""') + '"'
    row = f"name,goal,age\n{quoted},muscle_gain,{quoted}\n{quoted},muscle_gain,30\n"
    fields = {"keep": attempt, "fact": "age", "is": attempt, "recommendation": attempt, "seed": attempt}
    pages = [
        sent(studio, fields, "people.csv", row.encode()),
        studio.get(
            "/en/people?" + urlencode({**fields, "made-up": attempt, "sort": attempt, "page": attempt})
        ),
        got(studio, {"made-up": 5, "seed": attempt[:40], "pick": f"{attempt} {attempt}"}),
    ]
    for page in pages:
        assert page.status in (200, 422)
        assert (
            b"<script>window" not in page.body
            and b"<img src=x" not in page.body
            and b"<svg on" not in page.body
        )


#: Names that a spreadsheet would run, and some that it would not, with how they are written for one.
NAMES = {
    '=HYPERLINK("http://evil.example","Anna")': '\'=HYPERLINK("http://evil.example","Anna")',
    "+cmd|' /C calc'!A0": "'+cmd|' /C calc'!A0",
    "-5+cmd|' /C calc'!A0": "'-5+cmd|' /C calc'!A0",
    "@SUM(1)": "'@SUM(1)",
    "\t=1": "'\t=1",
    "'=1": "''=1",
    "-5": "-5",
    "+31.5": "+31.5",
    "-5e3": "-5e3",
    "'t Hart": "'t Hart",
    "Anna": "Anna",
}


def test_no_name_is_a_formula_and_all_come_back_as_they_were(studio: Server) -> None:
    """What is saved as CSV and chosen again has the same people; Parquet has their names as they are."""
    written = io.StringIO()
    first = [cell if name.startswith("'") else name for name, cell in NAMES.items()]
    csv.writer(written).writerows([("name", "=age()", "age"), *((name, name, 30) for name in first)])
    for _ in range(2):
        data, kept = written.getvalue().encode(), {"keep": "=age()"}
        saved = sent(studio, kept, "people.csv", data, "/advice.csv").body.decode()
        rows = list(csv.DictReader(io.StringIO(saved, newline="")))
        assert [row["name"] for row in rows] == [row["'=age()"] for row in rows] == [*NAMES.values()]
        as_is = pl.read_parquet(sent(studio, kept, "people.csv", data, "/advice.parquet").body)
        assert as_is["name"].to_list() == as_is["=age()"].to_list() == [*NAMES]
        written = io.StringIO()
        again = csv.DictWriter(written, ["name", "'=age()", "age"], extrasaction="ignore")
        again.writeheader()
        again.writerows({**row, "age": 30} for row in rows)


def test_what_is_no_form_is_refused(studio: Server) -> None:
    for kind in ("text/csv", "multipart/form-data", "application/x-www-form-urlencoded"):
        assert studio.post("/en/people", b"x", sec_fetch_site="same-origin", content_type=kind).status == 400
    for count in ("0", "10001", "-1", "1e3", "x"):
        assert "not a whole number from 1" in shown(studio.get(f"/en/people?made-up={count}"))
    assert "van 1 tot en met 10.000" in shown(studio.get("/nl/people?made-up=10.000"))
    assert studio.get("/en/people/advice.exe").status == 404


def test_a_file_is_held_in_memory_alone() -> None:
    """Starlette writes what is larger than a megabyte to the disk, unless it is told not to."""
    data = b"age\n" + b"30\n" * 1_000_000
    head = f'--{_BETWEEN}\r\ncontent-disposition: form-data; name="file"; filename="p.csv"\r\n\r\n'
    body = head.encode() + data + f"\r\n--{_BETWEEN}--\r\n".encode()
    pieces = iter([{"type": "http.request", "body": body}])

    async def receive() -> Any:
        return next(pieces)

    kind = [(b"content-type", HERE["content_type"].encode())]
    request = Request({"type": "http", "method": "POST", "headers": kind}, receive)
    file = awaited(form_of(request))["file"]
    assert isinstance(file, UploadFile) and file.size == len(data)
    assert file._in_memory  # where Starlette keeps whether it is
    file.file.close()


def test_nothing_of_a_person_is_logged(studio: Server) -> None:
    sent(studio, {}, "people.csv", CSV.replace("Anna", "Annabelle-of-the-log").encode())
    assert "Annabelle" not in studio.log


@pytest.mark.usefixtures("_own_cache")
def test_without_the_extra_it_is_said_which_one() -> None:
    without = f"import sys; sys.modules['polars'] = None; {PROGRAM}"
    with running(without, "studio", str(RULES), "--port", "0", "--no-browser") as server:
        for answered in (server.get("/en/people"), sent(server, {}, "me.yaml", b"age: 30\n")):
            assert answered.status == 501 and 'pip install "wellfounded[tables]"' in shown(answered)
        assert server.get("/en/evidence").status == 200


def test_of_a_table_with_nobody_in_it_nobody_is_said_not_to_fit(studio: Server) -> None:
    page = shown(sent(studio, {}, "people.csv", CSV.splitlines()[0].encode()))
    assert "There is nobody here of whom we can say anything." in page and "Nobody is like that" not in page
