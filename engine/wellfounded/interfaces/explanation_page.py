"""An explanation → a page: sentences, then the whole way as a tree, or what is still to be asked."""

from __future__ import annotations

from collections.abc import Iterator

from wellfounded.advise.phrases import phrases
from wellfounded.explain.chain import GivenRecommendation, State, Trail
from wellfounded.explain.explanation import Explanation
from wellfounded.explain.words import words
from wellfounded.interfaces.chain.page import references, tree
from wellfounded.interfaces.chain.picture import picture_of
from wellfounded.interfaces.explanation_words import explanation_words
from wellfounded.interfaces.page import Item, Page, Part
from wellfounded.model.advice import Identity


def explanation_page(found: Explanation) -> Page:
    """The page a person reads."""
    return Page(
        _title(found),
        _text(found),
        tuple(part for part in _parts(found) if part.items),
        made_with(found.knowledge_base, found.language),
    )


def made_with(identity: Identity, language: str) -> str:
    """The last line of a page: which knowledge base it was made with."""
    return phrases(language)["made_with"].format(
        id=identity.id, version=identity.version, digest=identity.digest[:19]
    )


def _title(found: Explanation) -> str:
    said = explanation_words(found.language)
    if found.state is State.GIVEN and found.verdict is not None:
        return f"{found.title}: {words(found.language)[f'verdict_{found.verdict}']}"
    return f"{found.title}: {said[f'state_{found.state}']}"


def _text(found: Explanation) -> str:
    given = found.nodes.get(f"recommendation:{found.recommendation}")
    return given.text if isinstance(given, GivenRecommendation) else ""


def _parts(found: Explanation) -> Iterator[Part]:
    said = explanation_words(found.language)
    heading = said["why_not" if found.verdict is None else "why"]
    heading = said["undecided"] if found.state is State.UNDECIDED else heading
    yield Part(heading, tuple(Item("", sentence) for sentence in found.sentences))
    asked = (Item(item.question, item.help, (f"`{item.fact}`",)) for item in found.waits_for)
    yield Part(said["missing"], tuple(asked))
    if found.edges:
        chain = found.chain
        trail = Trail(found.recommendation, found.edges)
        picture = picture_of(chain, trail)
        yield Part(said["tree"], (Item("", bullets=tree(chain, trail).bullets, picture=picture),))
        yield references(chain)
