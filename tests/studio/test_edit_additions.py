"""Forms that add what is not there yet, and say what would come of it before anything is saved."""

from __future__ import annotations

import re
from hashlib import sha256
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.attempts import ATTEMPTS
from tests.conftest import RULES
from tests.http.server import Server
from tests.studio.test_edit import FROM_HERE, Page, shared
from tests.studio.test_edit import folder as folder
from tests.studio.test_edit import workshop as workshop
from tests.studio.test_edit_forms import Form, git, hidden_in
from tests.studio.test_edit_forms import checkout as checkout
from wellfounded.interfaces.studio.edit.simple import NEW, completed, without

__all__ = ["shared"]


def at_field(html: str, key: str) -> str:
    """What is said to be wrong at a field; nothing where it is not marked."""
    field = re.search(rf'<(?:input|textarea|select) id="([^"]*)" name="{re.escape(key)}"([^>]*)>', html)
    assert field is not None
    if 'aria-invalid="true"' not in field[2]:
        return ""
    assert f"w{field[1]}" in re.findall(r'aria-describedby="([^"]*)"', field[2])[0].split()
    told = re.search(rf'id="w{field[1]}" role="alert">(.*?)</div>', html, re.DOTALL)
    assert told is not None
    return unescape(re.sub("<[^>]*>", "", told[1])).strip()


def test_it_is_shown_who_gets_other_advice_before_it_can_be_saved(workshop: Server, folder: Path) -> None:
    before = (folder / "parameters.yaml").read_bytes()
    form = Form(workshop, "parameter", "protein_dose", "nl")
    blind = form.send("save", range_0="1,8")
    assert (folder / "parameters.yaml").read_bytes() == before
    page = unescape(blind.body.decode())
    assert blind.status == 200 and "Bekijk eerst hieronder" in page
    assert "16 scenario’s komen niet uit" in page
    assert re.search("Bijvoorbeeld voor: .*leeftijd: [0-9]+ jaar", page)
    assert "1,8–2,2 g per kg lichaamsgewicht" in page
    form.fields["seen"] = hidden_in(page)["seen"]
    assert form.send("save", range_0="1,9").status == 200
    assert (folder / "parameters.yaml").read_bytes() == before
    assert form.send("save", range_0="1,8").status == 303
    assert b"[1.8, 2.2]" in (folder / "parameters.yaml").read_bytes()


def test_what_the_check_of_all_files_finds_stands_at_its_field(workshop: Server, folder: Path) -> None:
    form = Form(workshop, "parameter", "protein_dose")
    html = form.save(range_0="3").body.decode()
    assert "starts at 3 and ends at 2.2" in at_field(html, form.key("range_0"))
    assert at_field(html, form.key("range_1")) == ""
    help = Form(workshop, "fact", "sleep_duration")
    html = help.save(help_nl="Tel dutjes mee.").body.decode()
    assert "no text in `en`" in at_field(html, help.key("help_en"))
    assert at_field(html, help.key("help_nl")) == ""
    claim = Form(workshop, "claim", "protein-daily-dose")
    html = claim.save(says_en="Eat {protein_doze}.").body.decode()
    assert (
        "protein_doze" in at_field(html, claim.key("says_en")) and at_field(html, claim.key("says_nl")) == ""
    )


def test_what_is_wrong_with_one_thing_excuses_no_other(workshop: Server, folder: Path) -> None:
    """Also where it is said in the same words."""
    path = folder / "facts.yaml"
    english = '      en: "This only matters for the advice about testosterone."\n'
    path.write_text(path.read_text().replace(english, ""))
    help = Form(workshop, "fact", "sleep_duration")
    refused = help.save(help_nl="Tel dutjes mee.")
    assert refused.status == 422
    assert "no text in `en`" in at_field(refused.body.decode(), help.key("help_en"))
    assert help.save(help_nl="Tel dutjes mee.", help_en="Count naps.").status == 303


def test_what_is_wrong_elsewhere_leads_to_its_place(workshop: Server, folder: Path) -> None:
    form = Form(workshop, "fact", "age")
    refused = form.save(span_1="10")
    html = unescape(refused.body.decode())
    assert refused.status == 422 and "`adult_age` is 18 year, which `age` cannot be" in html
    assert re.search(
        r'role="alert"><p>Then this[^<]*</p>\s*<ul>\s*<li><a href="/en/edit/guarantees.yaml\?line=8"', html
    )
    warned = Form(workshop, "parameter", "protein_dose").send("check", claim="repetitions")
    html = unescape(warned.body.decode())
    assert warned.status == 200 and "nothing uses the claim `protein-daily-dose`" in html
    assert 'href="/en/edit/claims/protein.yaml?line=17"' in html


def test_a_claim_can_cite_more_and_a_rule_can_rest_on_more(workshop: Server, folder: Path) -> None:
    claim = Form(workshop, "claim", "protein-powder-after-training")
    assert claim.save(**{"cites_+_reference": "1"}).status == 303
    said = yaml.safe_load((folder / "claims/protein-powder.yaml").read_text())["claims"]
    assert [cited["reference"] for cited in said["protein-powder-after-training"]["cites"]] == [3, 1]
    page = workshop.get(claim.address).body.decode()
    assert "/en/evidence/verdict/protein-powder-after-training/2" in page
    assert workshop.get("/en/evidence/verdict/protein-powder-after-training/2").status == 200
    rule = Form(workshop, "rule", "protein-meals")
    added = {"because_+": "protein-is-building-block", "background_+": "repetitions"}
    assert rule.save(**added).status == 303
    (said,) = (
        one
        for one in yaml.safe_load((folder / "nutrition/protein.yaml").read_text())["rules"]
        if one["id"] == "protein-meals"
    )
    assert said["because"] == ["protein-is-building-block"]
    assert said["background"] == ["protein-per-meal", "repetitions"]
    again = Form(workshop, "rule", "protein-meals")
    refused = again.save(**{"because_+": "no-such-claim"})
    assert refused.status == 422
    assert "“no-such-claim” cannot stand here" in at_field(refused.body.decode(), again.key("because_+"))


def test_what_is_cited_and_rested_on_can_be_removed_and_put_back(workshop: Server, folder: Path) -> None:
    path = folder / "claims/protein-powder.yaml"
    before = path.read_bytes()
    claim = Form(workshop, "claim", "protein-powder-after-training", "nl")
    assert claim.save(**{"cites_+_reference": "1"}).status == 303
    both = Form(workshop, "claim", "protein-powder-after-training", "nl")
    looked = unescape(both.send("check", **{"cites_-": "1"}).body.decode())
    assert "- reference: 1" in looked and "Haal een aanhaling weg" in looked
    assert both.save(**{"cites_-": "1"}).status == 303 and path.read_bytes() == before
    last = Form(workshop, "claim", "protein-powder-after-training", "nl")
    assert last.save(**{"cites_-": "3"}).status == 303
    assert "cites" not in yaml.safe_load(path.read_text())["claims"]["protein-powder-after-training"]
    page = workshop.get(last.address).body.decode()
    assert "Haal een aanhaling weg" not in page
    rule = Form(workshop, "rule", "protein-meals")
    assert rule.save(**{"background_-": "protein-per-meal"}).status == 303
    rules = (folder / "nutrition/protein.yaml").read_text()
    assert rules == (RULES / "nutrition/protein.yaml").read_text().replace(
        "    background: [protein-per-meal]\n", "", 1
    )


def test_a_text_that_is_emptied_goes(workshop: Server, folder: Path) -> None:
    path = folder / "facts.yaml"
    before = path.read_text()
    fact = Form(workshop, "fact", "low_testosterone")
    half = fact.save(help_nl="")
    assert half.status == 422 and "no text in `nl`" in at_field(half.body.decode(), fact.key("help_nl"))
    assert fact.save(help_nl=" ", help_en="").status == 303
    after = path.read_text()
    begin = before.index("    help:\n", before.index("  low_testosterone:\n"))
    assert after == before[:begin] + before[before.index("  uses_creatine:\n") :]
    label = Form(workshop, "fact", "low_testosterone").save(label_nl="", label_en="")
    assert label.status == 422 and "label" in label.body.decode() and path.read_text() == after


def test_a_text_for_a_verdict_that_has_none_can_be_added(workshop: Server, folder: Path) -> None:
    path = folder / "nutrition/protein.yaml"
    before = path.read_text()
    path.write_text(re.sub(r"      lower:\n.*minder maaltijden.*\n.*\n", "", before, count=1))
    form = Form(workshop, "rule", "protein-meals")
    added = form.save(lower_nl="Verdeel {current}.", lower_en="Spread {current}.")
    assert added.status == 303
    (said,) = (one for one in yaml.safe_load(path.read_text())["rules"] if one["id"] == "protein-meals")
    assert said["says"]["lower"] == {"nl": "Verdeel {current}.", "en": "Spread {current}."}


def test_a_missing_text_and_a_number_that_may_be_left_out_are_added(workshop: Server, folder: Path) -> None:
    path = folder / "parameters.yaml"
    before = path.read_text()
    path.write_text(before.replace(', en: "protein per kg of body weight per day"', ""))
    form = Form(workshop, "parameter", "protein_dose")
    assert "no text in `en`" in at_field(workshop.get(form.address).body.decode(), form.key("label_en"))
    assert form.save(label_en="protein per kg of body weight per day").status == 303
    assert path.read_text() == before
    facts = folder / "facts.yaml"
    limits = "    span: [-8000, 14000]\n    step: 10\n", "    statable: true\n"
    facts.write_text(facts.read_text().replace(limits[0], "").replace(limits[1], "", 1))
    fact = Form(workshop, "fact", "energy_balance", "nl")
    half = fact.send("check", span_0="-5000")
    assert half.status == 422
    assert "twee einden" in at_field(half.body.decode(), fact.key("span_1"))
    assert fact.save(span_0="-9000", span_1="15000", step="0,5").status == 303
    said = yaml.safe_load(facts.read_text())["facts"]["energy_balance"]
    assert (said["span"], said["step"]) == ([-9000, 15000], 0.5)


def test_a_number_typed_in_one_language_is_kept_in_the_other(workshop: Server) -> None:
    form = Form(workshop, "parameter", "protein_dose", "nl")
    key = form.key("range_0")
    form.address = form.address.replace("/nl/", "/en/")
    page = form.send("language", range_0="1,7").body.decode()
    assert re.search(rf'name="{re.escape(key)}"[^>]* value="1.7"', page)
    assert 'aria-invalid="true"' not in page


def test_what_no_scenario_notices_is_told_of_one_rule(workshop: Server, folder: Path) -> None:
    scenarios = folder / "nutrition/protein.scenarios.yaml"
    scenarios.write_text("scenarios: []\n")
    page = unescape(Form(workshop, "rule", "protein-per-meal").send("survivors").body.decode())
    survived = re.findall(r"if (`.*?) in (\w+ [\w-]+)", page)
    assert survived and {about for _, about in survived} == {"rule protein-per-meal"}
    editor = Page(workshop, "nutrition/protein.yaml")
    line = editor.text[: editor.text.index("id: protein-per-meal")].count("\n") + 3
    editor.fields["line"] = str(line)
    there = unescape(editor.send("survivors-here").body.decode())
    assert "Only of Protein per meal" in there
    assert re.findall(r"if (`.*?) in (\w+ [\w-]+)", there) == survived


VERDICT = "/en/evidence/verdict/protein-daily-dose/1"


def test_a_verdict_that_was_recorded_can_be_put_back(workshop: Server, folder: Path) -> None:
    path = folder / "claims/protein.yaml"
    before = path.read_bytes()
    opened = hidden_in(workshop.get(VERDICT).body.decode())
    reason = {"reason-nl": "Nee.", "reason-en": "No.", "by": "Ann", "on": "2026-11-01"}
    sent = {"based-on": opened["based-on"], "support": "contradicts", **reason, "do": "save"}
    saved = workshop.post(VERDICT, urlencode(sent).encode(), **FROM_HERE)
    page = workshop.get(saved.headers["location"].removesuffix("#main")).body.decode()
    assert "Recorded in claims/protein.yaml" in page
    line = path.read_text().splitlines().index("      - reference: 3") + 1
    assert f'<a href="/en/edit/claims/protein.yaml?line={line}">See where' in page
    (undo,) = re.findall(r'<form method="post" action="(/en/edit-undo/[^"]*)"', page)
    asked = {name: hidden_in(page)[name] for name in ("digest", "to")}
    back = workshop.post(undo, urlencode(asked).encode(), **FROM_HERE)
    assert path.read_bytes() == before
    assert back.headers["location"] == f"{VERDICT}?put-back={sha256(before).hexdigest()[:12]}"
    assert "has been put back" in workshop.get(back.headers["location"]).body.decode()
    assert "has been put back" not in workshop.get(VERDICT).body.decode()


def test_who_puts_back_is_led_to_a_page_of_ours(workshop: Server, folder: Path) -> None:
    form = Form(workshop, "parameter", "protein_dose")
    before = (folder / "parameters.yaml").read_bytes()
    assert form.save(range_0="1.7").status == 303
    after = (folder / "parameters.yaml").read_bytes()
    for to in (
        "//example.org/edit-form/x",
        "https://example.org",
        "/en/edit-form/\\x",
        "/en/people",
        *ATTEMPTS,
    ):
        now = (folder / "parameters.yaml").read_bytes()
        digest, mark = (sha256(data).hexdigest() for data in (now, before if now == after else after))
        body = urlencode({"digest": digest, "to": to}).encode()
        put_back = workshop.post("/en/edit-undo/parameters.yaml", body, **FROM_HERE)
        assert put_back.headers["location"] == f"/en/edit/parameters.yaml?put-back={mark[:12]}"


def test_a_former_version_can_be_gone_on_with(workshop: Server, checkout: Path) -> None:
    page = Page(workshop)
    page.send("save", page.text.replace("[1.6, 2.2]", "[1.7, 2.2]"))
    (version,) = re.findall(r'href="\?version=([0-9a-f]+)"', workshop.get(HISTORY).body.decode())
    then = hidden_in(workshop.get(f"{HISTORY}?version={version}").body.decode())
    again = Page(workshop)
    again.fields |= {name: then[name] for name in ("base", "digest")}
    opened = again.send("mine", then["text"]).body.decode()
    assert "[1.6, 2.2]" in opened and 'data-source="typed"' in opened
    assert again.send("save", then["text"]).status == 303
    assert git(checkout, "status", "--porcelain", "parameters.yaml") == ""


HISTORY = "/en/edit-history/parameters.yaml"

_LISTS = ("[1]", "[ 1, 2 ]", "\n  - 1\n  - 2  # two", "\n    - {a: 1}", "\n    -   a: 1\n        b: 2  # x\n")


@given(st.sampled_from(_LISTS), st.sampled_from(("", "\n", "\nz: 1  # end\n", "\n# end")))
def test_an_item_goes_behind_those_of_any_list(layout: str, after: str) -> None:
    before = f"# why\nx: 1\ny: {layout}{after}"
    made = completed(before, "f", {("y", NEW, "reference"): 3, ("new", "en"): "text"}, lambda _: ())
    said, was = yaml.safe_load(made), yaml.safe_load(before)
    assert said == {**was, "y": [*was["y"], {"reference": 3}], "new": {"en": "text"}}
    assert made.count("#") == before.count("#") and made.startswith("# why\nx: 1\ny:")


@given(st.sampled_from(_LISTS), st.sampled_from(("", "\n", "\nz: 1  # end\n", "\n# end")), st.integers(0, 1))
def test_an_item_is_taken_from_any_list(layout: str, after: str, place: int) -> None:
    before = f"# why\nx: 1\n# of y\ny: {layout}{after}"
    was = yaml.safe_load(before)
    place = min(place, len(was["y"]) - 1)
    made = without(before, "f", [("y", place)], 0)
    rest = [item for n, item in enumerate(was["y"]) if n != place]
    assert yaml.safe_load(made) == {
        key: rest if key == "y" else item for key, item in was.items() if rest or key != "y"
    }
    assert made.startswith("# why\nx: 1\n# of y\n") and ("# end" in made) is ("# end" in before)
