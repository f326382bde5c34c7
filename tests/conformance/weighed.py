"""A small knowledge base in which what stands behind a recommendation depends on the person."""

from __future__ import annotations

from typing import Any

WEIGHED = """
references:
  "1": {as_cited: {title: One}, on_record: {status: confirmed}}
claims:
  seven-hours: {section: all, kind: action, says: {en: "7"}, cites: [{reference: 1, support: supports}]}
  nine-hours: {section: all, kind: action, says: {en: "9"}, cites: [{reference: 1, support: partly}]}
parameters:
  little: {value: 7, unit: h, claim: seven-hours, label: {en: l}}
  much: {value: 9, unit: h, claim: nine-hours, label: {en: m}}
units: {h: {says: {en: "{number} h"}}}
facts:
  hours: {type: number, unit: h, span: [0, 24], step: 1, label: {en: h}, question: {en: "How many?"}}
  weary: {type: boolean, label: {en: w}, question: {en: "Weary?"}}
  child: {type: boolean, label: {en: c}, question: {en: "A child?"}}
rules:
  - id: not-for-you
    first: true
    title: {en: Not for you}
    when: {child: true}
    advise: inform
    says: {en: s}
    because: [so]
  - id: sleep
    title: {en: Sleep}
    when:
      any:
        - {hours: {below: little}}
        - {hours: {above: much}, weary: true}
        - {weary: true}
    target: {of: hours, is: 8}
    says: {raise: {en: r}, lower: {en: l}, keep: {en: k}, meet: {en: m}}
    because: [so]
  - id: rest
    title: {en: Rest}
    when: {any: [{hours: {below: little}}, {weary: true}]}
    advise: do
    says: {en: s}
    because: [so]
"""

#: People with the support of what holds for them, in the order of the rules.
PEOPLE: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({"hours": 6}, {"sleep": "supports", "rest": "supports"}),
    ({"hours": 6, "weary": True}, {"sleep": "supports", "rest": "supports"}),
    ({"hours": 10, "weary": True}, {"sleep": "partly", "rest": "uncited"}),
    (
        {"hours": 8, "weary": True, "child": True},
        {"not-for-you": "uncited", "sleep": "uncited", "rest": "uncited"},
    ),
    ({"weary": True}, {"sleep": "uncited", "rest": "uncited"}),
    ({"hours": 8, "weary": False}, {}),
    ({"hours": 8}, {}),
    ({"child": True}, {"not-for-you": "uncited"}),
]
