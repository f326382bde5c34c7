"""Kinds of records: what a ledger says, what Crossref says, and what has to come of it.

Each case starts from ``CITED`` and ``MESSAGE``, which say the same, and names only what is otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

DOI = "10.1000/plants.7"
CITED: Mapping[str, Any] = {
    "type": "article-journal",
    "title": "Watering plants: a review",
    "author": [{"family": "Green", "given": "A. B."}, {"family": "Müller", "given": "C."}],
    "issued": {"date-parts": [[2019]]},
    "container-title": "Journal of Plants",
    "volume": "37",
    "issue": "11",
    "page": "1286–1295",
    "DOI": DOI,
}
MESSAGE: Mapping[str, Any] = {
    "DOI": DOI,
    "type": "journal-article",
    "title": ["Watering plants: a review"],
    "author": [
        {"family": "Green", "given": "Anna B.", "sequence": "first", "affiliation": []},
        {"family": "Müller", "given": "Clara", "sequence": "additional"},
    ],
    "issued": {"date-parts": [[2019, 3, 1]]},
    "container-title": ["Journal of Plants"],
    "short-container-title": ["J Plants"],
    "volume": "37",
    "issue": "11",
    "page": "1286-1295",
}
CHECKED = {"on": "2026-01-05", "by": "someone"}
CONFIRMED: Mapping[str, Any] = {"status": "confirmed", "checked": CHECKED}
RETRACTION = {
    "DOI": "10.1000/plants.99",
    "type": "retraction",
    "label": "Retraction",
    "source": "retraction-watch",
    "updated": {"date-parts": [[2023, 4, 5]]},
}
NOTED = "Crossref lists for this work: retraction (10.1000/plants.99, 2023-04-05)."
NOTED_IN_DUTCH = "Crossref noemt bij dit werk: retraction (10.1000/plants.99, 2023-04-05)."


class Case(NamedTuple):
    """``cited``, ``on_record`` and ``message`` change what is said; ``None`` as a value removes a key.

    ``differs`` names the fields in the report. ``proposed`` is what ``on_record`` has to hold after the
    proposal, apart from ``checked``; ``None`` means that nothing is proposed.
    """

    name: str
    verdict: str
    cited: Mapping[str, Any] = {}
    on_record: Mapping[str, Any] = CONFIRMED
    message: Mapping[str, Any] | None = {}
    differs: tuple[str, ...] = ()
    proposed: Mapping[str, Any] | None = None
    code: int = 1


def changed(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in {**base, **changes}.items() if value is not None}


def _otherwise(*names: str, **csl: Any) -> dict[str, Any]:
    """What is proposed where Crossref has other details than the source."""
    fields = {key.replace("_", "-"): value for key, value in csl.items()}
    return {
        "status": "confirmed-with-different-details",
        "csl": changed(CITED, fields),
        "differences": list(names),
    }


def _wrong(field: str, key: str, ours: Any, **csl: Any) -> Case:
    """A record that is wrong in one field, which Crossref has right."""
    (right,) = csl.values()
    return Case(
        f"wrong {field}",
        "differs",
        cited={key: ours},
        differs=(field,),
        proposed={**_otherwise(field), "csl": changed(CITED, {key: right})},
    )


CASES = [
    Case("equal", "equal", code=0),
    Case(
        "equal but for case, dashes, quotes and white space",
        "equal",
        message={
            "title": ["  WATERING  Plants: A Review. "],
            "page": "1286—1295",
            "container-title": ["journal of plants"],
        },
        code=0,
    ),
    Case("title with markup", "equal", message={"title": ["Watering <i>plants</i>: a&nbsp;review"]}, code=0),
    Case(
        "title and subtitle apart",
        "equal",
        message={"title": ["Watering plants"], "subtitle": ["A review"]},
        code=0,
    ),
    Case("journal in its short form", "equal", cited={"container-title": "J Plants"}, code=0),
    Case("pages in their short form", "equal", cited={"page": "1286-95"}, code=0),
    Case(
        "number of the article as pages",
        "equal",
        cited={"page": "131"},
        message={"page": None, "article-number": "131"},
        code=0,
    ),
    Case(
        "online in one year and printed in another",
        "equal",
        message={"issued": {"date-parts": [[2018, 12, 17]]}, "published-print": {"date-parts": [[2019]]}},
        code=0,
    ),
    Case(
        "authors shortened in the source",
        "equal",
        cited={"author": [{"family": "Green", "given": "A."}, {"literal": "et al."}]},
        code=0,
    ),
    Case(
        "authors left out in the middle",
        "equal",
        cited={"author": [{"family": "Green"}, {"literal": "..."}, {"family": "Müller"}]},
        message={"author": [{"family": "Green"}, {"family": "Brown"}, {"family": "Müller"}]},
        code=0,
    ),
    Case(
        "Crossref leaves fields out", "equal", message={"volume": None, "issue": None, "author": None}, code=0
    ),
    Case("DOI with its address", "equal", cited={"DOI": f"https://doi.org/{DOI.upper()}"}, code=0),
    _wrong("title", "title", "Watering plants: a revue", title="Watering plants: a review"),
    _wrong("journal", "container-title", "Journal of Animals", container_title="Journal of Plants"),
    _wrong("year", "issued", {"date-parts": [[2021]]}, issued={"date-parts": [[2019]]}),
    _wrong("volume", "volume", "39", volume="37"),
    _wrong("issue", "issue", "10", issue="11"),
    _wrong("pages", "page", "1178–1186", page="1286–1295"),
    Case(
        "wrong author",
        "differs",
        cited={"author": [{"family": "Green", "given": "A. B."}, {"family": "Miller", "given": "C."}]},
        differs=("authors",),
        proposed=_otherwise(
            "authors",
            author=[{"family": "Green", "given": "Anna B."}, {"family": "Müller", "given": "Clara"}],
        ),
    ),
    Case(
        "missing diacritics",
        "differs",
        cited={"author": [{"family": "Green"}, {"family": "Muller"}]},
        differs=("authors",),
        proposed=_otherwise(
            "authors",
            author=[{"family": "Green", "given": "Anna B."}, {"family": "Müller", "given": "Clara"}],
        ),
    ),
    Case(
        "several fields wrong",
        "differs",
        cited={"volume": "39", "issue": "10"},
        differs=("volume", "issue"),
        proposed=_otherwise("volume", "issue"),
    ),
    Case(
        "record already corrected for the source's mistake",
        "equal",
        cited={"volume": "39"},
        on_record={**_otherwise("volume"), "checked": CHECKED},
        code=0,
    ),
    Case(
        "record corrected wrongly, source right",
        "differs",
        on_record={**_otherwise("volume", volume="38"), "checked": CHECKED},
        differs=("volume",),
        proposed={"status": "confirmed", "csl": dict(CITED)},
    ),
    Case(
        "DOI that leads to another DOI",
        "differs",
        message={"DOI": "10.1000/plants.8"},
        differs=("DOI",),
        proposed=_otherwise("DOI", DOI="10.1000/plants.8"),
    ),
    Case(
        "DOI of another work",
        "differs",
        message={"title": ["On tractors"], "author": [{"family": "Diesel", "given": "R."}]},
        differs=("title", "authors"),
    ),
    Case("not looked up before", "equal", on_record={}, proposed={"status": "confirmed"}),
    Case("not found before", "equal", on_record={"status": "not-found"}, proposed={"status": "confirmed"}),
    Case("not known", "not-known", message=None),
    Case(
        "not known and never looked up",
        "not-known",
        on_record={},
        message=None,
        proposed={"status": "not-found"},
    ),
    Case(
        "not known, as the ledger says", "not-known", on_record={"status": "not-found"}, message=None, code=0
    ),
    Case(
        "retracted",
        "retracted",
        message={"updated-by": [RETRACTION, {**RETRACTION, "source": "publisher"}]},
        proposed={"status": "confirmed", "note": {"en": NOTED, "nl": NOTED_IN_DUTCH}},
    ),
    Case(
        "retracted, beside another note",
        "retracted",
        on_record={**CONFIRMED, "note": {"en": "Fine.", "nl": "Goed."}},
        message={"updated-by": [RETRACTION]},
        proposed={"status": "confirmed", "note": {"en": f"Fine. {NOTED}", "nl": f"Goed. {NOTED_IN_DUTCH}"}},
    ),
    Case(
        "retracted, as the ledger says",
        "retracted",
        on_record={**CONFIRMED, "note": {"en": NOTED, "nl": NOTED_IN_DUTCH}},
        message={"updated-by": [RETRACTION]},
        code=0,
    ),
    Case(
        "retracted by its title only",
        "retracted",
        message={"title": ["RETRACTED ARTICLE: Watering plants: a review"]},
        proposed={
            "status": "confirmed",
            "note": {
                "en": "Crossref lists for this work: retraction.",
                "nl": "Crossref noemt bij dit werk: retraction.",
            },
        },
    ),
    Case(
        "corrected",
        "corrected",
        message={"updated-by": [{**RETRACTION, "type": "erratum", "updated": None}]},
        proposed={
            "status": "confirmed",
            "note": {
                "en": "Crossref lists for this work: erratum (10.1000/plants.99).",
                "nl": "Crossref noemt bij dit werk: erratum (10.1000/plants.99).",
            },
        },
    ),
    Case(
        "expression of concern",
        "concern",
        message={"updated-by": [{"type": "expression_of_concern"}]},
        proposed={
            "status": "confirmed",
            "note": {
                "en": "Crossref lists for this work: expression of concern.",
                "nl": "Crossref noemt bij dit werk: expression of concern.",
            },
        },
    ),
    Case(
        "itself the notice of a retraction",
        "concern",
        message={"update-to": [{"DOI": "10.1000/plants.1", "type": "retraction"}]},
        proposed={
            "status": "confirmed",
            "note": {
                "en": "Crossref lists for this work: notice of retraction (10.1000/plants.1).",
                "nl": "Crossref noemt bij dit werk: notice of retraction (10.1000/plants.1).",
            },
        },
    ),
    Case(
        "replaced by another version",
        "corrected",
        message={
            "relation": {
                "is-replaced-by": [{"id": "10.1000/plants.9", "id-type": "doi", "asserted-by": "subject"}]
            }
        },
        proposed={
            "status": "confirmed",
            "note": {
                "en": "Crossref lists for this work: new version (10.1000/plants.9).",
                "nl": "Crossref noemt bij dit werk: new version (10.1000/plants.9).",
            },
        },
    ),
    Case("no DOI", "no-doi", cited={"DOI": None}, code=0),
    Case("no DOI by its form", "not-asked", cited={"DOI": "see the website"}),
    Case(
        "wrong type in every field",
        "equal",
        message={
            "title": {"a": 1},
            "author": "Green",
            "issued": [2019],
            "container-title": 7.5,
            "volume": [],
            "issue": True,
            "page": {},
            "updated-by": {"type": "retraction"},
            "relation": "is-replaced-by",
            "update-to": [None, 3],
            "subtitle": [[]],
            "published-print": {"date-parts": [[None]]},
            "published-online": {"date-parts": "2019"},
        },
        code=0,
    ),
    Case("neither title nor DOI", "not-asked", message={"title": None, "DOI": None}, code=7),
    Case(
        "markup and control characters",
        "differs",
        message={"volume": "3\u001b[31m9<script>alert(1)</script>\u202e\ud800"},
        differs=("volume",),
        proposed=_otherwise("volume", volume="3 [31m9alert(1)\ufffd"),
    ),
]
