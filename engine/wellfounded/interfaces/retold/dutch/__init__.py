"""The Dutch catalogue: English sentences of the engine, by vocabulary, each with the same in Dutch.

``sentence`` has what stands alone; the others have what can stand for a part of another sentence.
"""

from __future__ import annotations

from wellfounded.interfaces.retold.dutch import differences, files, people, reports, rules, words

VOCABULARIES: dict[str, dict[str, str]] = {}
for module in (files, rules, people, differences, reports, words):
    for name, vocabulary in module.VOCABULARIES.items():
        VOCABULARIES.setdefault(name, {}).update(vocabulary)
