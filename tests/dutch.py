"""What is said in Dutch, where everything that is said has to be in the catalogue."""

from __future__ import annotations

from wellfounded.interfaces.retold.dutch import VOCABULARIES
from wellfounded.interfaces.retold.template import Catalogue

DUTCH = Catalogue(VOCABULARIES)


def dutch(text: str, vocabulary: str = "sentence") -> str:
    """The Dutch for a sentence, which there has to be; for nothing but signs it is the same."""
    said = DUTCH.retold(text, vocabulary)
    if said is None and not any(sign.isalpha() for sign in text):
        return text
    assert said is not None, f"no Dutch for: {text}"
    return said
