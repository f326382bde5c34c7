"""Advice in the studio, over a real socket: answers in the address, why, comparing, and files."""

from __future__ import annotations

import html
import random
import re
import shutil
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest

from tests.attempts import ATTEMPTS
from tests.conftest import RULES
from tests.difference.test_versions import git
from tests.http.server import Answered, Server, serving
from tests.people import random_person
from tests.unit.test_second_knowledge_base import HOUSEPLANTS
from wellfounded import ConflictError, KnowledgeBase, load
from wellfounded.interfaces.line import plain, runs
from wellfounded.interfaces.studio.advice.linked import linked
from wellfounded.interfaces.studio.advice.person import edition_of
from wellfounded.interfaces.studio.stated import plainly
from wellfounded.model.advice import Via

HERE = {"sec_fetch_site": "same-origin"}
PERSON = {
    "goal": "muscle_gain",
    "age": "30",
    "healthy": "yes",
    "resistance_training": "yes",
    "body_mass": "176 lb",
    "sleep_duration": "6",
}
#: The same, as a program states it.
STATED = {
    "goal": "muscle_gain",
    "age": 30,
    "healthy": True,
    "resistance_training": True,
    "body_mass": "176 lb",
    "sleep_duration": 6,
}


def at(path: str, *pairs: tuple[str, str], **facts: str) -> str:
    return f"{path}?{urlencode([*facts.items(), *pairs], quote_via=quote)}"


def text(answered: Answered) -> str:
    """What a page says, in one line."""
    main = re.sub(r"(?s)^.*?<main|</main>.*", "", answered.body.decode())
    return html.unescape(" ".join(re.sub(r"<[^>]*>", " ", main).split()))


def given(answered: Answered) -> list[str]:
    return re.findall(r'id="advice-([^"]+)"', answered.body.decode())


def query(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query, keep_blank_values=True)


def opened(server: Server, data: bytes, language: str = "en", **facts: str) -> Answered:
    body = b'--x\r\ncontent-disposition: form-data; name="file"; filename="../me.yaml"\r\n\r\n' + data
    return server.post(
        at(f"/{language}/advice/open", **facts),
        body + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
        **HERE,
    )


def test_the_page_gives_the_advice_in_its_order(studio: Server, article: KnowledgeBase) -> None:
    chance = random.Random(7)
    for _ in range(5):
        stated = article.checked(random_person(article.content, chance, 0.6))
        page = studio.get(at("/en/advice", **{fact: plainly(value) for fact, value in stated.items()}))
        assert given(page) == [item.id for item in article.advise(stated).recommendations]


def test_the_next_questions_are_those_of_the_interview(studio: Server, article: KnowledgeBase) -> None:
    known = {"goal": "muscle_gain", "age": "30", "healthy": "yes"}
    page = studio.get(at("/nl/advice", ("not-known", "sleep_duration"), **known)).body.decode()
    asked = re.findall(r'id="answer-([a-z_]+)-matters"', page)
    stated = {"goal": "muscle_gain", "age": 30, "healthy": True}
    questions = article.interview(stated, not_known=["sleep_duration"]).questions
    assert asked == [question.fact for question in questions[:3]]


def test_where_nothing_more_is_asked_the_focus_is_where_that_is_said(studio: Server) -> None:
    child = {"was-age": "", "age": "5", "healthy": "yes", "goal": "muscle_gain"}
    assert b'<h2 id="next" tabindex="-1" autofocus>' in studio.get(at("/en/advice", **child)).body


def test_an_answer_is_typed_as_people_do_and_lasts_in_every_language(studio: Server) -> None:
    typed = {**PERSON, "goal": "spiermassa opbouwen", "healthy": "ja", "sleep_duration": "6,5 uur"}
    moved = studio.get(at("/nl/advice", ("was-sleep_duration", ""), ("diet", ""), **typed))
    assert moved.status == 303
    settled = moved.headers["location"]
    assert dict(query(settled)) == {**PERSON, "sleep_duration": "6,5 uur", "was-sleep_duration": ""}
    dutch, english = (studio.get(settled.replace("/nl/", f"/{language}/")) for language in ("nl", "en"))
    assert given(dutch) == given(english)
    assert "6,5 uur per nacht" in text(dutch) and "6.5 hours a night" in text(english)
    assert "Nu anders: Slaap (verhogen)" in text(dutch)
    assert f'href="{html.escape(settled.replace("/nl/", "/en/"))}"' in dutch.body.decode()


def test_a_mistake_is_told_at_its_field_and_all_else_stays(studio: Server) -> None:
    wrong = {"age": "abc", "diet": "keto", "min-support": "much"}
    page = studio.get(at("/en/advice", **{**PERSON, **wrong}))
    assert page.status == 200
    assert "“abc” is not a number; give a number from 0 to 120 years" in text(page)
    assert "“keto” is no answer here; perhaps it once was. Choose another one." in text(page)
    assert "“much” is not a choice here" in text(page)
    assert re.search(r'id="answer-age" name="age" value="abc"[^>]*aria-invalid="true"', page.body.decode())
    assert "sleep per night 6 hours a night" in text(page)


def test_a_form_that_has_come_only_in_part_loses_no_answer(studio: Server) -> None:
    known = {**PERSON, "not-known": "load", "min-support": "partly"}
    page = studio.get(at("/en/advice", **known)).body.decode()
    begun, _ = page.split('<section aria-labelledby="next">')
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', begun)
    assert dict(fields) == known
    moved = studio.get(at("/en/advice", *fields, ("age", "31"), ("sleep_duration", "")))
    rest = {name: value for name, value in known.items() if name != "sleep_duration"}
    assert dict(query(moved.headers["location"])) == {**rest, "age": "31"}


@pytest.mark.parametrize("button", ["do-not-know", "take-back"])
def test_an_answer_can_be_taken_back(studio: Server, button: str) -> None:
    moved = studio.get(at("/en/advice", (button, "age"), ("was-age", "30"), **PERSON))
    rest = {fact: answer for fact, answer in PERSON.items() if fact != "age"}
    unknown = {"not-known": "age"} if button == "do-not-know" else {}
    assert dict(query(moved.headers["location"])) == {**rest, **unknown, "was-age": "30"}


def test_what_is_lost_by_not_knowing_is_said(studio: Server) -> None:
    known = {"goal": "muscle_gain", "healthy": "yes", "not-known": "age"}
    page = text(studio.get(at("/en/advice", **known)))
    assert "Since this is not known: age, we can no longer give advice about:" in page
    assert "can only show what is not for you in any case" in page


def test_support_is_asked_for(studio: Server, article: KnowledgeBase) -> None:
    page = studio.get(at("/en/advice", **PERSON, **{"min-support": "partly"}))
    advice = article.advise(STATED, "en", min_support="partly")
    assert given(page) == [item.id for item in advice.recommendations]
    assert advice.left_out[0].reason in text(page)


def test_what_is_saved_is_opened_again(studio: Server) -> None:
    pairs = [*PERSON.items(), ("not-known", "load"), ("not-known", "split")]
    saved = studio.get(at("/nl/advice/file", *pairs))
    assert saved.headers["content-disposition"] == 'attachment; filename="antwoorden.yaml"'
    assert saved.body.decode().startswith("# not known: load, split\n")
    back = opened(studio, saved.body, "nl")
    assert back.status == 303
    again = studio.get(back.headers["location"].replace("/advice", "/advice/file"))
    assert again.body == saved.body


def test_of_dated_answers_those_of_today_are_taken(studio: Server) -> None:
    dated = b"[{on: 2020-01-01, is: 80}, {on: 2021-01-01, is: 82.5}, {on: 9999-01-01, is: 90}]"
    moved = opened(studio, b"age: 30\nbody_mass: " + dated)
    assert dict(query(moved.headers["location"]))["body_mass"] == "82.5"
    assert "There are answers with a date in the file. What holds on" in text(
        studio.get(moved.headers["location"])
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"age: 30\nbody_mass: 900\n", "Line 2:"),
        (b"age: 30\nno_such_fact: 1\n", "no_such_fact"),
        (b"- age\n", "Line 1:"),
        (b"age: [\n", "Line"),
        (b"age: !!python/object/apply:os.system [id]\n", "Line 1:"),
        (b"a: &a [1]\n" + b"b: [*a, *a]\n", "Line"),
        (b"\xff\xfe\x00", "Line"),
        (b"age: 30\nage: 31\n", "Line 2:"),
        (b"x" * (1024 * 1024 + 1), "at most 1 MB"),
        *((f"age: {attempt!r}\n".encode(), "Line 1:") for attempt in ATTEMPTS),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_place(studio: Server, data: bytes, said: str) -> None:
    page = opened(studio, data, **PERSON)
    assert page.status in (413, 422)
    assert said in text(page)
    assert "sleep per night 6 hours a night" in text(page)
    assert dict(query(studio.get(at("/nl/advice/open", **PERSON)).headers["location"])) == PERSON
    assert not any(attempt.encode() in page.body for attempt in ATTEMPTS if "<" in attempt)


def test_without_a_file_nothing_is_opened(studio: Server) -> None:
    multipart = {"content_type": "multipart/form-data; boundary=x", **HERE}
    none = b'--x\r\ncontent-disposition: form-data; name="file"; filename=""\r\n\r\n\r\n--x--\r\n'
    page = studio.post("/en/advice/open?age=30", none, **multipart)
    assert page.status == 422 and "Choose a file first." in text(page) and "age 30 years" in text(page)
    assert studio.post("/en/advice/open", b"file=x", **HERE).status == 400
    assert studio.post("/en/advice/open", b"nothing", **multipart).status in (400, 422)
    assert studio.post("/en/advice/open", b"", sec_fetch_site="cross-site").status == 403


def test_every_recommendation_says_why_or_why_not(studio: Server, article: KnowledgeBase) -> None:
    stated = {"goal": "muscle_gain", "age": 30, "healthy": True, "sleep_duration": 6, "body_mass": 80}
    facts = {fact: plainly(value) for fact, value in article.checked(stated).items()}
    for id in dict.fromkeys(rule.topic for rule in article.core.recommending):
        page = studio.get(at(f"/en/why/{id}", **facts))
        assert page.status == 200
        explanation = article.explain(stated, id, "en")
        for sentence in explanation.sentences:
            assert "".join(sentence.split()) in "".join(text(page).split())
        assert (b"<svg" in page.body) == bool(explanation.edges)
        assert b"style=" not in page.body
    assert studio.get("/en/why/no-such-thing").status == 404


def test_its_sources_are_said_with_what_the_audit_says(studio: Server, article: KnowledgeBase) -> None:
    page = studio.get(at("/en/why/sleep-duration", **PERSON))
    sources = article.advise(
        {"goal": "muscle_gain", "age": 30, "healthy": True, "sleep_duration": 6}, "en"
    ).recommendations
    claims = next(item.sources for item in sources if item.id == "sleep-duration")
    for source in (source for source in claims if source.via is not Via.CHAIN):
        assert f">“{source.says}”</a>" in html.unescape(page.body.decode())
    cited = [(source, cite) for source in claims for cite in source.cites]
    assert cited
    for source, cite in cited:
        reason = next(
            c.reason["en"]
            for c in article.content.claims[source.claim].cites
            if int(c.reference) == cite.reference
        )
        assert source.says in text(page) and reason in text(page)
        assert f'href="/en/references/{cite.reference}.html"'.encode() in page.body
        assert studio.get(f"/en/references/{cite.reference}.html").status == 200


def test_numbers_and_marks_of_references_lead_to_their_pages(studio: Server, article: KnowledgeBase) -> None:
    page = studio.get(at("/nl/advice", **PERSON)).body.decode()
    advice = page.partition('<div id="advice"')[2].partition('<div class="rest"')[0]
    links = set(re.findall(r'href="(/nl/(?:parameters|references)/[^"]+)"', advice))
    assert {"/nl/parameters/protein_dose.html", "/nl/references/3.html"} <= links
    assert '<a href="/nl/parameters/sleep_range.html">7–9 uur per nacht</a>' in advice
    for address in links:
        assert studio.get(address).status == 200
    why = studio.get(at("/nl/why/protein-daily", **PERSON)).body.decode()
    assert '<a href="/nl/parameters/adult_age.html">18 jaar</a>' in why
    assert why.count('<a href="/nl/references/3.html">[3]</a>') == 2


ADULT = {"goal": "muscle_gain", "age": 30, "healthy": True}


def test_a_text_whose_numbers_lead_somewhere_says_what_it_said(article: KnowledgeBase) -> None:
    chance, count = random.Random(7), 0
    for language in article.languages:
        edition = edition_of(article, language)
        for _ in range(40):
            try:
                person = {**random_person(article.content, chance, 0.8), **ADULT}
                given = article.advise(person, language).recommendations
            except ConflictError:
                continue
            for item in given:
                line = linked(item, edition, lambda thing: f"/{thing.id}")
                assert plain(line) == item.text
                count += sum(bool(run.to) for run in runs(line))
    assert count > 100


def test_a_number_leads_to_its_page_whatever_number_comes_after_it() -> None:
    """The point in 29.5 is not the one that ends the sentence."""
    plants = load(HOUSEPLANTS)
    given = plants.advise({"kind": "fern", "temperature": 29.5}, "en").recommendations
    warmth = next(item for item in given if item.id == "warmth")
    line = linked(warmth, edition_of(plants, "en"), lambda thing: f"/{thing.id}")
    assert plain(line) == "Keep it cooler: at most 28.5 °C, now 29.5 °C."
    assert [(run.text, run.to) for run in runs(line) if run.to] == [("28.5 °C", "/warmest")]


def test_what_would_change_it_is_looked_for_when_asked(studio: Server) -> None:
    quiet = studio.get(at("/en/why/sleep-duration", **PERSON))
    assert "Way 1" not in text(quiet)
    found = studio.get(at("/en/why/sleep-duration", ("what-would", "keep"), **PERSON))
    assert "Way 1" in text(found) and "sleep per night: 7 hours a night instead of 6" in text(found)


def test_what_if_changes_nothing_but_says_what_would(studio: Server) -> None:
    moved = studio.get(at("/en/why/sleep-duration", ("if.sleep_duration", "8"), ("if.age", "30"), **PERSON))
    assert dict(query(moved.headers["location"])) == {**PERSON, "if.sleep_duration": "8"}
    page = studio.get(moved.headers["location"])
    assert "sleep per night: 8 hours a night instead of 6 hours a night" in text(page)
    wrong = studio.get(at("/en/why/sleep-duration", ("if.sleep_duration", "99"), **PERSON))
    wrong = studio.get(wrong.headers["location"]) if wrong.status == 303 else wrong
    assert "99 is outside what is possible here" in text(wrong)


def test_two_people_are_compared_with_what_it_comes_from(studio: Server) -> None:
    one = {f"a.{fact}": answer for fact, answer in PERSON.items()}
    other = {f"b.{fact}": answer for fact, answer in {**PERSON, "sleep_duration": "8"}.items()}
    page = studio.get(at("/en/compare", **one, **other))
    assert page.status == 200
    assert "Because of: sleep per night" in text(page)
    assert re.search(r"Sleep One person raise .* The other person keep", text(page))
    same = studio.get(at("/en/compare", **one, **{f"b.{f}": a for f, a in PERSON.items()}))
    assert "Both are given the same advice" in text(same)
    both = studio.get(at("/en/compare", ("b.sleep_duration", "8"), **PERSON))
    assert query(both.headers["location"]) == query(at("", **one, **other))


def test_rules_of_before_are_compared_with_those_of_now(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(RULES, tmp_path / "repository" / "rules"))
    git(folder.parent, "init", "-q", "-b", "main")
    git(folder.parent, "add", ".")
    git(folder.parent, "commit", "-qm", "one")
    parameters = folder / "parameters.yaml"
    then = parameters.read_text(encoding="utf-8")
    assert "[7, 9]" in then
    for file in (folder / "nutrition" / "protein.yaml", folder / "knowledge-base.yaml"):
        known = file.read_text(encoding="utf-8").replace("- id: protein-sources", "- id: other-sources")
        file.write_text(known.replace("    - protein-sources", "    - other-sources"), encoding="utf-8")
    parameters.write_text(then.replace("[7, 9]", "[5, 9]"), encoding="utf-8")
    with serving(str(folder), "--no-browser", command="studio") as server:
        page = server.get(at("/en/compare/versions", ("git-revision", "main"), **PERSON))
        assert re.search(r"Sleep Rules of main \(1.0.0\) raise .* The rules now keep", text(page))
        gone = r"Rules of main \(1.0.0\) good to know (?:(?!Rules of).)* The rules now does not exist in"
        assert re.search(gone, text(page))
        for revision in ("no-such-branch", "--help", "../..", "/etc/passwd", "main..main", "main:rules"):
            refused = server.get(at("/en/compare/versions", ("git-revision", revision), **PERSON))
            assert refused.status == 422
            assert "What differs" not in text(refused) and revision in text(refused)


def test_without_git_there_is_nothing_to_choose(workshop: Server) -> None:
    page = workshop.get(at("/en/compare/versions", ("git-revision", "main"), **PERSON))
    assert "not in a git repository" in text(page)


def test_the_sheet_to_take_home_has_no_forms(studio: Server, article: KnowledgeBase) -> None:
    page = studio.get(at("/nl/advice/sheet", **PERSON))
    main = page.body.decode().partition("<main")[2]
    assert "<form" not in main and "<input" not in main
    assert article.version in page.body.decode()
    for item in article.advise(STATED).recommendations:
        assert item.title in text(page)
    assert "lichaamsgewicht: 79,83 kg" in text(page)
    assert text(page).index("Wat je hebt ingevuld") < text(page).index("Bronnen [")


def test_hostile_answers_stay_text(studio: Server) -> None:
    """In every name and every value that these addresses take."""
    paths = (
        "/en/advice",
        "/en/why/sleep-duration",
        "/en/compare",
        "/en/compare/versions",
        "/en/advice/sheet",
    )
    names = ("age", "goal", "healthy", "a.age", "b.goal", "if.load", "was-age", "not-known", "do-not-know")
    more = ("min-support", "what-would", "git-revision", "dated-to", "x")
    for attempt in ATTEMPTS:
        pairs = [*((name, attempt) for name in (*names, *more)), (attempt, "1"), (f"was-{attempt}", "1")]
        for path in paths:
            page = studio.get(at(path, *pairs))
            page = studio.get(page.headers["location"]) if page.status == 303 else page
            assert page.status in (200, 422)
            assert "<" not in attempt or attempt.encode() not in page.body
            assert b"onfocus=window" not in page.body.replace(b"&#34; onfocus=window", b"")


def test_nothing_about_anybody_is_kept_or_logged(workshop: Server, folder: Path) -> None:
    def files() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    before = files()
    for path in ("/en/advice", "/en/advice/file", "/en/advice/sheet", "/en/why/sleep-duration"):
        workshop.get(at(path, **PERSON))
    opened(workshop, b"body_mass: 81.25\nage: nonsense\n")
    assert files() == before
    assert "81.25" not in workshop.log and "176" not in workshop.log and "nonsense" not in workshop.log
    assert workshop.get("/en/advice", accept="text/html").headers["cache-control"] == "no-store"


CONFLICT = """
  - id: rule-2
    topic: topic-1
    title: {en: "Two"}
    when: {wet: true}
    advise: avoid
    says: {en: "Do not"}
    because: [claim-2]
"""


def test_rules_that_contradict_each_other_are_told(tmp_path: Path) -> None:
    written = Path(__file__).parents[1] / "browser" / "hostile.yaml"
    rules = tmp_path / "rules.yaml"
    rules.write_text(written.read_text(encoding="utf-8").replace("PLACE", "a") + CONFLICT, encoding="utf-8")
    with serving(str(rules), "--no-browser", command="studio") as server:
        page = server.get("/en/advice?wet=yes")
        assert "contradict each other about “a rule-title”: “a rule-title” (rule-1), “Two” (rule-2)" in text(
            page
        )
        assert "label yes" in text(page)  # and can be taken back
        assert server.get("/en/advice?wet=no").status == 200
        for path in ("/en/why/topic-1", "/en/advice/sheet"):
            assert server.get(f"{path}?wet=yes").status == 409
        assert server.get("/nl/advice").status == 404


def test_a_language_that_is_not_spoken_here_has_english_around_it(tmp_path: Path) -> None:
    written = Path(__file__).parents[1] / "browser" / "hostile.yaml"
    german = written.read_text(encoding="utf-8").replace("{en:", "{de:").replace("[en]", "[de]")
    (tmp_path / "rules.yaml").write_text(german.replace("PLACE", "ganz"), encoding="utf-8")
    with serving(str(tmp_path), "--no-browser", command="studio") as server:
        for path in ("/de/advice", "/de/advice?wet=yes", "/de/why/topic-1?wet=yes&what-would=gone&if.wet=no"):
            assert server.get(path).status == 200
        page = server.get("/de/advice?wet=yes")
        assert "What we would like to know" in text(page) and "ganz says" in text(page)
        assert '<html lang="en">' in page.body.decode() and 'lang="de"' in page.body.decode()
        for path in ("/de/advice/sheet?wet=yes", "/de/advice/file?wet=yes", "/de/compare?a.wet=yes&b.wet=no"):
            assert server.get(path).status == 200
