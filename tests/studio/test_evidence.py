"""What stands behind the recommendations, in the studio; and verdicts that go into the files of claims."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode

import pytest

import wellfounded
from tests.attempts import ATTEMPTS
from tests.http.server import Answered, Server
from wellfounded.interfaces.studio.workplace import Workplace
from wellfounded.model.content import Status
from wellfounded.model.due import today
from wellfounded.review.audit import audit

HERE = {"sec_fetch_site": "same-origin", "content_type": "application/x-www-form-urlencoded"}
AT = "evidence/verdict/protein-daily-dose/1"
FILE = "claims/protein.yaml"
FORM = {
    "support": "not-established",
    "reason-nl": "Alleen: 49 onderzoeken, # en meer.",
    "reason-en": "Only 49 trials, # and more.",
    "by": "Anna de Vries",
    "on": "2026-11-20",
}


def shown(answered: Answered) -> str:
    """What a reader sees of a page, in one line."""
    text = re.sub(r"<[^>]+>", " ", answered.body.decode())
    return " ".join(html.unescape(text).split())


def based_on(server: Server, at: str = AT) -> str:
    found = re.search(r'name="based-on" value="([0-9a-f]+)"', server.get(f"/en/{at}").body.decode())
    assert found is not None
    return found[1]


def sent(server: Server, form: Mapping[str, str], at: str = AT, language: str = "en") -> Answered:
    return server.post(f"/{language}/{at}", urlencode(form).encode(), **HERE)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_matrix_has_every_verdict_and_leads_to_its_claim(studio: Server, language: str) -> None:
    answered = studio.get(f"/{language}/evidence?support=partly").body.decode()
    row = re.search(r'<th scope="row"><a href="[^"]*/protein-daily\.html".*?</tr>', answered, re.DOTALL)
    assert row is not None and f'href="/{language}/claims/protein-daily-dose.html"' in row[0]
    assert 'class="verdict partly"' in answered and 'class="verdict bad"' not in answered
    for address in set(re.findall(rf'href="(/{language}/(?:claims|references)/[^"]+)"', answered)):
        assert studio.get(address).status == 200


def test_the_matrix_says_the_same_as_the_audit(studio: Server) -> None:
    """As many rows as there are recommendations with anything of a verdict, for every verdict."""
    known = wellfounded.load()
    made = audit(known.content, known.core, known.digest, "en", today())
    for support in {link.support for link in made.matrix}:
        rows = {link.recommendation for link in made.matrix if link.support is support and link.counts}
        assert f"{len(rows)} recommendation" in shown(studio.get(f"/en/evidence?support={support}"))


def test_from_a_claim_one_comes_to_its_citations(workshop: Server) -> None:
    page = workshop.get("/en/claims/protein-daily-dose.html").body.decode()
    (to,) = re.findall(r'href="(/en/evidence/citations[^"]*)"', page)
    answered = workshop.get(to)
    assert "1 citation " in shown(answered)
    assert 'href="verdict/protein-daily-dose/1"' in answered.body.decode()
    assert "evidence/citations" not in workshop.get("/en/claims/protein-is-building-block.html").body.decode()


def test_what_is_due_is_as_of_the_day_that_is_asked_for(studio: Server) -> None:
    assert "nothing has to be looked at again" in shown(studio.get("/en/evidence/due?on=2026-12-01"))
    said = re.search(r"next is due on ([0-9-]+)", shown(studio.get("/en/evidence/due?on=2026-12-01")))
    assert said is not None
    assert "has to be looked at again" in shown(studio.get(f"/en/evidence/due?on={said[1]}"))
    later = shown(studio.get("/en/evidence/due?on=2029-01-01"))
    assert "[3] Morton" in later and "2027-11-22" in later
    wrong = studio.get("/en/evidence/due?" + urlencode({"on": ATTEMPTS[0]}))
    assert 'aria-invalid="true"' in wrong.body.decode() and "<script>window" not in wrong.body.decode()


def test_not_found_is_never_called_false(studio: Server) -> None:
    text = shown(studio.get("/en/evidence/due"))
    assert "References that were not found (" in text and "does not mean that it does not exist" in text


def test_from_a_reference_one_comes_to_what_falls_without_it(studio: Server) -> None:
    page = studio.get("/en/references/3.html").body.decode()
    assert 'href="/en/evidence/withdraw/3">See what falls without this reference</a>' in page


def test_a_language_is_called_by_its_name_in_the_one_that_is_read(workshop: Server) -> None:
    page = shown(workshop.get("/nl/evidence/verdict/protein-daily-dose/1"))
    assert "Waarom (Engels)" in page and "Ga verder in het Engels" in page


def test_what_falls_with_a_reference(studio: Server) -> None:
    text = shown(studio.get("/en/evidence/withdraw/3"))
    assert "Recommendations that lose their only citation Protein per day ( protein-daily )" in text
    strict = shown(studio.get("/en/evidence/withdraw/3?min-support=supports"))
    assert strict != text
    for wrong in ("99", "x", "3?min-support=good", "-1"):
        assert studio.get(f"/en/evidence/withdraw/{wrong}").status == 404


def test_a_verdict_changes_its_citation_and_nothing_else(workshop: Server, folder: Path) -> None:
    before = (folder / FILE).read_text()
    form = FORM | {"based-on": based_on(workshop)}
    tried = sent(workshop, form | {"do": "check"})
    assert tried.status == 200 and (folder / FILE).read_text() == before
    text = shown(tried)
    assert "+ support: not-established" in text
    assert "Protein per day: now partly supported, then not established" in text
    saved = sent(workshop, form | {"do": "save"})
    mark = sha256((folder / FILE).read_bytes()).hexdigest()[:12]
    assert (saved.status, saved.headers["location"]) == (303, f"/en/{AT}?saved={mark}#main")
    after = (folder / FILE).read_text()
    gone, new = (
        set(before.splitlines()) - set(after.splitlines()),
        set(after.splitlines()) - set(before.splitlines()),
    )
    assert len(gone) <= 3 and '          en: "Only 49 trials, # and more."' in new
    cite = wellfounded.load(folder).content.claims["protein-daily-dose"].cites[0]
    assert cite.checked is not None
    assert (str(cite.support), cite.checked.by, cite.checked.on) == (
        "not-established",
        "Anna de Vries",
        "2026-11-20",
    )
    assert "Recorded in claims/protein.yaml" in shown(workshop.get(saved.headers["location"]))


def test_what_somebody_else_saved_since_is_not_put_back_as_mine(workshop: Server, folder: Path) -> None:
    mine = sent(workshop, FORM | {"based-on": based_on(workshop), "do": "save"}).headers["location"]
    assert "Put back what was there" in shown(workshop.get(mine))
    theirs = FORM | {"based-on": based_on(workshop), "by": "Somebody else", "do": "save"}
    assert sent(workshop, theirs).status == 303
    page = shown(workshop.get(mine))
    assert "Recorded in" not in page and "Put back what was there" not in page
    assert "by Somebody else" in page


def test_the_references_below_the_matrix_say_how_they_were_found(studio: Server) -> None:
    below = shown(studio.get("/nl/evidence")).rpartition("De bronnen")[2]
    references = re.split(r"(?=\[[0-9]\] )", below)[1:]
    lost = [text[1] for text in references if "niet gevonden in wat we konden doorzoeken" in text]
    listed = wellfounded.load().content.references.values()
    assert lost == [item.number for item in listed if item.on_record.status is Status.NOT_FOUND] != []


def test_who_comes_second_sees_both_and_loses_nothing(workshop: Server, folder: Path) -> None:
    form = FORM | {"based-on": based_on(workshop), "do": "save"}
    assert sent(workshop, form).status == 303
    second = form | {"support": "contradicts", "by": "Bram"}
    refused = sent(workshop, second)
    assert refused.status == 409
    text = shown(refused)
    assert "Checked on 2026-11-20 by Anna de Vries" in text and 'value="Bram"' in refused.body.decode()
    assert "Bram" not in (folder / FILE).read_text()
    again = second | {"based-on": re.findall(r'name="based-on" value="(\w+)"', refused.body.decode())[0]}
    assert sent(workshop, again).status == 303
    assert "by: Bram" in (folder / FILE).read_text()


def test_of_many_at_once_one_is_first(workshop: Server, folder: Path) -> None:
    form = FORM | {"based-on": based_on(workshop), "do": "save"}
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda number: sent(workshop, form | {"by": f"Number {number}"}).status, range(8))
        assert sorted(answers) == [303] + [409] * 7
    assert (folder / FILE).read_text().count("by: Number") == 1


def test_a_citation_that_went_is_said_to_be_gone(workshop: Server, folder: Path) -> None:
    digest = based_on(workshop)
    path = folder / FILE
    path.write_text("claims: [\n")  # so that the studio shows the rules of before
    refused = sent(workshop, FORM | {"based-on": digest, "do": "save"})
    assert refused.status == 409 and "no longer in claims/protein.yaml" in shown(refused)
    assert path.read_text() == "claims: [\n"


def test_another_language_keeps_what_was_typed(workshop: Server, folder: Path) -> None:
    form = FORM | {"by": "", "based-on": based_on(workshop), "do": "language"}
    answered = sent(workshop, form, language="nl")
    assert answered.status == 200 and "Only 49 trials, # and more." in html.unescape(answered.body.decode())
    assert 'aria-invalid="true"' not in answered.body.decode()
    assert "Anna" not in (folder / FILE).read_text()


WRONG = (
    ({"support": ""}, "Choose what the reference says"),
    ({"support": "proved"}, "“proved” is not a kind of support"),
    ({"support": "uncited"}, "“uncited” is not a kind of support"),
    ({"reason-en": "  "}, "Write the reason in this language"),
    ({"reason-nl": "x" * 2001}, "This has 2001 characters"),
    ({"by": ""}, "Write down who checked it"),
    ({"on": "2026-02-30"}, "“2026-02-30” is not a day"),
    ({"on": "2999-01-01"}, "has not come yet"),
    ({"reason-en": "{nothing}"}, "`{nothing}` stands for nothing here"),
)


def test_what_is_wrong_is_said_at_its_field(workshop: Server, folder: Path) -> None:
    before, digest = (folder / FILE).read_bytes(), based_on(workshop)
    for wrong, said in WRONG:
        answered = sent(workshop, {**FORM, **wrong, "based-on": digest, "do": "save"})
        assert answered.status == 422 and said in shown(answered)
        assert 'aria-invalid="true"' in answered.body.decode() and (folder / FILE).read_bytes() == before


@pytest.mark.no_cover
def test_whatever_is_written_stays_text(workshop: Server, folder: Path) -> None:
    """It comes back from the file as it was written, or nothing is written and it is said why."""
    for attempt in (*ATTEMPTS, "{protein_dose}", "{nothing}", "a: b #c", '"\\', "\u2028x\x07", "no", "12"):
        before = (folder / FILE).read_bytes()
        by = " ".join(attempt[:200].split())
        form = FORM | {"reason-en": attempt, "by": by, "based-on": based_on(workshop), "do": "save"}
        answered = sent(workshop, form)
        assert b"<script>window" not in answered.body and b"<img src=x" not in answered.body
        if answered.status == 422:
            assert (folder / FILE).read_bytes() == before and "cannot be recorded" in shown(answered)
            continue
        cite = wellfounded.load(folder).content.claims["protein-daily-dose"].cites[0]
        assert answered.status == 303 and cite.checked is not None and cite.checked.by == by


def test_where_nothing_may_be_changed_nothing_is(studio: Server) -> None:
    assert "<textarea" not in studio.get(f"/en/{AT}").body.decode()
    assert sent(studio, FORM | {"do": "save"}).status == 403


@pytest.mark.parametrize(
    "at",
    ["protein-daily-dose/0", "protein-daily-dose/2", "protein-daily-dose/x", "nothing/1", "..%2f..%2fx/1"],
)
def test_there_is_no_form_for_what_is_not_there(workshop: Server, at: str) -> None:
    assert workshop.get(f"/en/evidence/verdict/{at}").status == 404
    assert sent(workshop, FORM, f"evidence/verdict/{at}").status == 404


def test_a_file_behind_a_link_out_of_the_folder_is_neither_shown_nor_written(
    workshop: Server, folder: Path
) -> None:
    """Rules are read through links, but nobody changes what is not in the folder."""
    form = FORM | {"do": "save", "based-on": based_on(workshop)}
    inside, outside = folder / "claims/protein.yaml", folder.parent / "outside.yaml"
    inside.rename(outside)
    inside.symlink_to(outside)
    before = outside.read_bytes()
    assert workshop.get(f"/en/{AT}").status == 404
    assert sent(workshop, form).status == 404
    with pytest.raises(PermissionError):
        Workplace(folder).write("claims/protein.yaml", before, b"changed")
    assert outside.read_bytes() == before
