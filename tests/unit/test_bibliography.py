"""Exported references are read back by readers that are not ours; formatted ones look as the styles say."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import NameParts, SeparateCoAuthors, SplitNameParts
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from msgspec.structs import replace
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from wellfounded import KnowledgeBase
from wellfounded.bibliography.bibtex import as_bibtex
from wellfounded.bibliography.csl_json import as_csl_json
from wellfounded.bibliography.entries import Entry, Wanted, entries
from wellfounded.bibliography.formatted import STYLES
from wellfounded.bibliography.publication import Publication, publication
from wellfounded.bibliography.reference_list import reference_list
from wellfounded.bibliography.ris import as_ris
from wellfounded.model.content import Content, Reference, Status, Work

# The schema of https://github.com/citation-style-language/schema, under its licence beside it.
CSL_SCHEMA = json.loads((Path(__file__).parent / "csl" / "csl-data.json").read_text("utf-8"))
Read = list[dict[str, Any]]

ODD = "abzÀéßø漢–—-{}%&$#_^~\\\"'`<>?!,;:.@=/()[]|*019 \t\r\n\u2028"
TEXTS = st.text(ODD, min_size=1) | st.sampled_from(
    ["a and b", "others", "Und AND und", "\\emph{x}", "ER  - "]
)
NAMES = st.fixed_dictionaries({"family": TEXTS}, optional={"given": TEXTS}) | st.fixed_dictionaries(
    {"literal": TEXTS}
)
ADDRESSES = st.text("abc019./_-%~#?=&()<>", min_size=1).map(lambda path: f"https://example.org/{path}")
TYPES = ["article-journal", "article", "book", "chapter", "paper-conference", "report", "thesis", "webpage"]
DATES = st.dates().map(lambda day: [[day.year, day.month, day.day]])
ITEMS = st.fixed_dictionaries(
    {"title": TEXTS},
    optional={
        "type": st.sampled_from(TYPES),
        "author": st.lists(NAMES, min_size=1, max_size=4),
        "issued": DATES.flatmap(
            lambda day: st.integers(1, 3).map(lambda known: {"date-parts": [day[0][:known]]})
        ),
        "container-title": TEXTS,
        "publisher": TEXTS,
        "volume": TEXTS | st.integers(0, 9999),
        "issue": TEXTS,
        "page": TEXTS | st.sampled_from(["12–15", "12-15", "e12–e15", "1–3, 7–9"]),
        "number": TEXTS,
        "DOI": st.text("10./abc_-()<>;:%#&", min_size=1),
        "PMID": TEXTS,
        "URL": ADDRESSES,
        "language": TEXTS,
    },
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text("a0-. \n\ud800", max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.just("literal"), inner),
    max_leaves=4,
)
ODD_ITEMS = st.fixed_dictionaries(
    {},
    optional={
        "type": ANYTHING,
        "title": ANYTHING,
        "author": ANYTHING
        | st.lists(st.dictionaries(st.sampled_from(["family", "given", "literal"]), ANYTHING)),
        "issued": ANYTHING | st.fixed_dictionaries({"date-parts": ANYTHING | st.lists(st.lists(ANYTHING))}),
        "page": ANYTHING,
        "number": ANYTHING,
        "DOI": ANYTHING,
    },
)


def entry(csl: Mapping[str, Any], note: str = "a note") -> Entry:
    return Entry("key", "1", publication(csl), note)


def stated(one: Publication) -> dict[str, Any]:
    """What is stated of a publication; pages that are a range are in one notation."""
    details = {
        "title": one.title,
        "authors": [(author.literal or author.family, author.given) for author in one.authors],
        "date": list(one.date),
        "container": one.container,
        "publisher": one.publisher,
        "volume": one.volume,
        "page": "–".join(one.pages or (one.page,)),
        "doi": one.doi,
        "pmid": one.pmid,
        "url": one.url,
        "language": one.language,
    }
    return {name: detail for name, detail in details.items() if detail}


def read_bibtex(text: str) -> Read:
    library = parse_string(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert not library.failed_blocks
    return [_bibtex_fields({field.key: field.value for field in entry.fields}) for entry in library.entries]


def _bibtex_fields(fields: dict[str, Any]) -> dict[str, Any]:
    names = {
        "journal": "container",
        "booktitle": "container",
        "institution": "publisher",
        "school": "publisher",
    }
    read: dict[str, Any] = {
        names.get(name, name): _tex(value)
        for name, value in fields.items()
        if name not in ("author", "doi", "url", "year", "month", "day", "pages")
    }
    if "author" in fields:
        read["authors"] = [_bibtex_name(author) for author in fields["author"]]
    if "year" in fields:
        read["date"] = [int(fields[part]) for part in ("year", "month", "day") if part in fields]
    if "pages" in fields:
        read["page"] = "–".join(_tex(page) for page in fields["pages"].split("--"))
    return read | {name: fields[name] for name in ("doi", "url") if name in fields}


def _bibtex_name(name: NameParts) -> tuple[str, str]:
    assert not name.jr
    if name.last == ["others"] and not name.first:
        return "et al.", ""
    return _tex(" ".join([*name.von, *name.last])), _tex(" ".join(name.first))


_TEX = get_default_latex_context_db()
_SIGNS = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^", "textasciitilde": "~"}
_TEX.add_context_category(  # what pylatexenc does not know, or takes for an accent
    "signs", [MacroTextSpec(*sign) for sign in _SIGNS.items()], prepend=True
)


def _tex(text: str) -> str:
    read = LatexNodes2Text(latex_context=_TEX).latex_to_text(text)
    assert isinstance(read, str)
    return read


def read_ris(text: str) -> Read:
    assert text.count("\n") == text.count("\r\n")
    return [_ris_fields(record) for record in rispy.loads(text, newline="\r\n")]


def _ris_fields(record: dict[str, Any]) -> dict[str, Any]:
    names = {"accession_number": "pmid", "secondary_title": "container"}
    kept = ("title", "publisher", "volume", "doi", "language", *names)
    read = {names.get(name, name): record[name] for name in kept if name in record}
    if "authors" in record:
        read["authors"] = record["authors"]
    if "year" in record:
        date = record.get("date", f"{record['year']}///")
        read["date"] = [int(part) for part in date.split("/") if part]
    if "start_page" in record:
        read["page"] = "–".join(record[end] for end in ("start_page", "end_page") if end in record)
    if "urls" in record:
        read["url"] = ";".join(record["urls"])
    return read


@pytest.mark.no_cover
@settings(deadline=None)
@given(ITEMS)
def test_csl_json_fits_its_schema_and_comes_back(csl: dict[str, Any]) -> None:
    [item] = document = json.loads(as_csl_json([entry(csl)]))
    assert list(Draft7Validator(CSL_SCHEMA).iter_errors(document)) == []
    assert item["id"] == "key" and item["note"] == "a note"
    assert publication(item) == replace(publication(csl), type=csl.get("type", "document"))


@pytest.mark.no_cover
@settings(deadline=None)
@given(ITEMS)
def test_bibtex_comes_back(csl: dict[str, Any]) -> None:
    [read] = read_bibtex(as_bibtex([entry(csl, note="50% & more")]))
    assert read.pop("note") == "50% & more"
    one = publication(csl)
    numbers = [number for number in (one.issue, one.number) if number]
    assert [read.pop(name) for name in ("number", "eid") if name in read] == numbers
    assert read == stated(one)


@settings(deadline=None)
@given(ITEMS)
def test_ris_comes_back(csl: dict[str, Any]) -> None:
    [read] = read_ris(as_ris([entry(csl)]))
    expected = stated(publication(csl))
    if "authors" in expected:  # RIS parts family and given names with a comma and cannot escape another one
        expected["authors"] = [", ".join(part for part in name if part) for name in expected["authors"]]
    assert read == expected


@pytest.mark.no_cover
@settings(deadline=None)
@given(ODD_ITEMS, st.sampled_from([as_csl_json, as_bibtex, as_ris]))
def test_csl_with_odd_types_is_taken_for_not_stated(
    csl: dict[str, Any], write: Callable[[list[Entry]], str]
) -> None:
    write([entry(csl)]).encode()
    for style in STYLES.values():
        style(publication(csl), "nl").encode()


def test_what_has_the_wrong_type_is_not_stated() -> None:
    odd = {
        "title": ["A"],
        "volume": True,
        "issue": 3,
        "author": [None, {"family": 7}, {"given": "Plato"}, "B", {}],
        "issued": {"date-parts": [["2020", 13, 1]]},
    }
    one = publication(odd)
    assert stated(one) == {"authors": [("7", ""), ("Plato", "")], "date": [2020]}
    assert one.issue == "3"


@pytest.mark.parametrize(
    ("type_", "bibtex", "ris"),
    [
        ("article-journal", "article", "JOUR"),
        ("book", "book", "BOOK"),
        ("chapter", "incollection", "CHAP"),
        ("paper-conference", "inproceedings", "CPAPER"),
        ("report", "techreport", "RPRT"),
        ("thesis", "thesis", "THES"),
        ("webpage", "online", "ELEC"),
        ("article", "misc", "GEN"),
        ("motion_picture", "misc", "GEN"),
    ],
)
def test_types(type_: str, bibtex: str, ris: str) -> None:
    one = [entry({"type": type_, "title": "A"})]
    assert as_bibtex(one).startswith(f"@{bibtex}{{key,\n")
    assert as_ris(one).startswith(f"TY  - {ris}\r\nID  - key\r\n")


@pytest.mark.parametrize(
    ("page", "first", "last"),
    [("1178–1186", "1178", "1186"), ("12-5", "12", "5"), ("e3—e9", "e3", "e9"), ("18", "18", None)],
)
def test_ris_has_first_and_last_page(page: str, first: str, last: str | None) -> None:
    [record] = rispy.loads(as_ris([entry({"title": "A", "page": page})]))
    assert (record["start_page"], record.get("end_page")) == (first, last)


def _bibliography(*csl: Mapping[str, Any], article: KnowledgeBase, works: int = 0) -> Content:
    """The article's knowledge base with other references, the last of which are works."""
    plain = next(iter(article.content.references.values())).on_record
    unchecked = replace(plain, status=Status.UNCHECKED, csl={}, note={}, checked=None)
    split = len(csl) - works
    references = {
        str(place): Reference(str(place), one, unchecked) for place, one in enumerate(csl[:split], 1)
    }
    others = {f"work-{place}": Work(f"work-{place}", one) for place, one in enumerate(csl[split:], 1)}
    return replace(article.content, references=references, works=others)


def _by(family: str, year: int | None = None) -> dict[str, Any]:
    issued = {} if year is None else {"issued": {"date-parts": [[year]]}}
    return {"title": "A", "author": [{"family": family}]} | issued


def test_keys_are_family_year_and_letter(article: KnowledgeBase) -> None:
    written = [
        _by("Mônico Neto", 2020),
        _by("monico-neto", 2020),
        _by("李", 2020),
        {"title": "A"},
        _by("O'Neill"),
        _by("Mônico Neto", 2020),
    ]
    content = _bibliography(*written, article=article, works=1)
    keys = [
        "MonicoNeto2020",
        "moniconeto2020b",
        "Anonymous2020",
        "Anonymousnd",
        "ONeillnd",
        "MonicoNeto2020c",
    ]
    assert [one.key for one in entries(content, "en", works=True)] == keys
    assert [one.key for one in entries(content, "en")] == keys[:-1]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["A", "a", "B"]), st.sampled_from([None, 2020])), max_size=60))
def test_keys_are_unique_and_stay_when_more_is_added(
    article: KnowledgeBase, written: list[tuple[str, int | None]]
) -> None:
    csl = [_by(*one) for one in written]
    keys = [one.key for one in entries(_bibliography(*csl, article=article), "en")]
    assert len({key.lower() for key in keys}) == len(csl)
    longer = [one.key for one in entries(_bibliography(*csl, _by("A"), article=article), "en")]
    assert longer[:-1] == keys


@pytest.mark.parametrize("write", [as_csl_json, as_bibtex, as_ris])
def test_every_entry_of_the_article_says_what_is_known_of_it(
    article: KnowledgeBase, write: Callable[[list[Entry]], str]
) -> None:
    phrases = {
        Status.CONFIRMED: "found as cited",
        Status.CONFIRMED_WITH_DIFFERENT_DETAILS: "found, with details other than cited",
        Status.NOT_FOUND: "not found in what we could search",
        Status.UNCHECKED: "not looked up yet",
    }
    for one in entries(article.content, "en"):
        status = article.content.references[one.number].on_record.status
        assert f"Reference {one.number}, as cited: {phrases[status]}." in write([one])
    for one in entries(article.content, "en", works=True)[7:]:
        assert "not a numbered reference; nothing is recorded about its details" in write([one])


def test_on_record_there_is_only_what_could_be_established(article: KnowledgeBase) -> None:
    found = {one.number: one for one in entries(article.content, "en", Wanted.ON_RECORD)}
    assert list(found) == ["1", "3", "5", "7"]
    assert found["5"].publication.date == (2011,)
    assert "as we found it: found, with details other than cited." in found["5"].note
    assert [one.publication.date for one in entries(article.content, "en") if one.number == "5"] == [(2020,)]


ARTICLE = {
    "type": "article-journal",
    "title": "Does it hold?",
    "author": [{"family": "de Vries", "given": "Jan-Peter A."}, {"family": "Ōe", "given": "K."}],
    "issued": {"date-parts": [[2021, 3]]},
    "container-title": "Journal of Examples",
    "volume": "18",
    "issue": "2",
    "page": "1178–1186",
    "DOI": "10.1000/x",
}
MANY = [{"family": f"F{place}", "given": "A."} for place in range(1, 23)]


@pytest.mark.parametrize(
    ("style", "changed", "expected"),
    [
        (
            "apa",
            {},
            "de Vries, J.-P. A., & Ōe, K. (2021). Does it hold? Journal of Examples, 18(2), 1178–1186. "
            "https://doi.org/10.1000/x",
        ),
        (
            "vancouver",
            {},
            "de Vries JPA, Ōe K. Does it hold? Journal of Examples. 2021;18(2):1178–86. doi: 10.1000/x",
        ),
        (
            "apa",
            {"author": None, "issued": None, "DOI": None},
            "Does it hold? (n.d.). Journal of Examples, 18(2), 1178–1186.",
        ),
        (
            "apa",
            {"author": None, "page": None, "number": "e7", "DOI": "https://doi.org/10.1/y"},
            "Does it hold? (2021). Journal of Examples, 18(2), Article e7. https://doi.org/10.1/y",
        ),
        (
            "vancouver",
            {"author": None, "page": "1–13", "PMID": 5},
            "Does it hold? Journal of Examples. 2021;18(2):1–13. doi: 10.1000/x PubMed PMID: 5.",
        ),
        (
            "vancouver",
            {"author": None, "page": "e12–e15", "DOI": None},
            "Does it hold? Journal of Examples. 2021;18(2):e12–e15.",
        ),
    ],
)
def test_articles(style: str, changed: dict[str, Any], expected: str) -> None:
    assert STYLES[style](publication(ARTICLE | changed), "en") == expected


@pytest.mark.parametrize(
    ("authors", "apa", "vancouver"),
    [
        (MANY[:1], "F1, A.", "F1 A."),
        (MANY[:3], "F1, A., F2, A., & F3, A.", "F1 A, F2 A, F3 A."),
        (
            MANY[:7],
            "F1, A., F2, A., F3, A., F4, A., F5, A., F6, A., & F7, A.",
            "F1 A, F2 A, F3 A, F4 A, F5 A, F6 A, et al.",
        ),
        ([MANY[0], {"literal": "et al."}], "F1, A., et al.", "F1 A, et al."),
        ([*MANY[:2], {"literal": "..."}, MANY[2]], "F1, A., F2, A., … F3, A.", "F1 A, F2 A, et al."),
        ([{"literal": "The Examiners"}], "The Examiners.", "The Examiners."),
        ([{"family": "Smith", "given": "J.-P. de"}], "Smith, J.-P. D.", "Smith JPD."),
        (
            [{"family": "Smith", "given": "--"}, {"family": "de Mello"}],
            "Smith, & de Mello.",
            "Smith, de Mello.",
        ),
    ],
)
def test_authors(authors: list[dict[str, str]], apa: str, vancouver: str) -> None:
    one = publication({"title": "Title", "author": authors})
    assert STYLES["apa"](one, "en") == f"{apa} (n.d.). Title."
    assert STYLES["vancouver"](one, "en") == f"{vancouver} Title."


def test_of_more_than_twenty_authors_apa_names_nineteen_and_the_last() -> None:
    names = STYLES["apa"](publication({"title": "A", "author": MANY}), "en").partition(" (n.d.)")[0]
    assert names == ", ".join(f"F{place}, A." for place in range(1, 20)) + ", … F22, A."
    names = STYLES["apa"](publication({"title": "A", "author": MANY[:20]}), "en").partition(" (n.d.)")[0]
    assert names == ", ".join(f"F{place}, A." for place in range(1, 20)) + ", & F20, A."


@pytest.mark.parametrize(
    ("csl", "apa", "vancouver"),
    [
        (
            {"type": "book", "title": "B", "publisher": "P", "volume": 3},
            "B (Vol. 3). (2020). P.",
            "B. Vol. 3. P; 2020.",
        ),
        (
            {"type": "chapter", "title": "C", "container-title": "B", "publisher": "P", "page": "3-9"},
            "C. (2020). In B (pp. 3–9). P.",
            "C. In: B. P; 2020. p. 3–9.",
        ),
        (
            {"type": "report", "title": "R", "publisher": "P", "number": "7"},
            "R (Nr. 7). (2020). P.",
            "R. P; 2020. Rapport nr.: 7.",
        ),
        (
            {"type": "webpage", "title": "W", "publisher": "P", "issued": {"date-parts": [[2020, 3]]}},
            "W. (2020, maart). P.",
            "W [Internet]. P; 2020.",
        ),
        (
            {"type": "thesis", "title": "T", "publisher": "U"},
            "T [Thesis, U]. (2020).",
            "T [thesis]. U; 2020.",
        ),
        (
            {
                "type": "webpage",
                "title": "W",
                "URL": "https://x.nl",
                "issued": {"date-parts": [[2020, 3, 5]]},
            },
            "W. (2020, 5 maart). https://x.nl",
            "W [Internet]. 2020. Beschikbaar op: https://x.nl",
        ),
        (
            {
                "type": "webpage",
                "title": "W",
                "URL": "https://x.nl",
                "issued": {"date-parts": [[2020, 2, 30]]},
            },
            "W. (2020). https://x.nl",
            "W [Internet]. 2020. Beschikbaar op: https://x.nl",
        ),
    ],
)
def test_other_works_in_dutch(csl: dict[str, Any], apa: str, vancouver: str) -> None:
    one = publication({"issued": {"date-parts": [[2020]]}} | csl)
    assert (STYLES["apa"](one, "nl"), STYLES["vancouver"](one, "nl")) == (apa, vancouver)


def test_the_list_marks_what_differs_and_what_was_not_found(article: KnowledgeBase) -> None:
    shown = reference_list(article.content, "en", "apa")
    blocks = shown.split("\n[")
    assert [block.lstrip("[")[:2] for block in blocks] == [f"{number}]" for number in range(1, 8)]
    assert "    found, with details other than cited." in blocks[0]
    assert "    What was found: Schoenfeld, B. J., Grgic, J., & Krieger, J. W. (2019)." in blocks[0]
    assert "    not found in what we could search." in blocks[1]
    assert "    Probably meant: Slater, Dieter, Marsh, Helms, Shaw, & Iraki. (2019)." in blocks[1]
    assert "    found as cited." in blocks[2] and "What was found" not in blocks[2]
    assert "[slater-2019] Slater" in reference_list(article.content, "en", "vancouver", works=True)
