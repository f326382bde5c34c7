"""A chain → a page: a tree for each recommendation, down to references, that text and Markdown render."""

from __future__ import annotations

from collections.abc import Iterator

from wellfounded.advise.phrases import phrases
from wellfounded.explain.chain import (
    AppliedRule,
    BackingClaim,
    Chain,
    CitedWork,
    DerivedFact,
    Edge,
    GivenRecommendation,
    Meaning,
    StatedFact,
    Trail,
    UsedParameter,
    WithheldRecommendation,
)
from wellfounded.explain.words import words
from wellfounded.interfaces.chain.labels import Labels
from wellfounded.interfaces.page import Bullet, Item, Page, Part

#: Nobody reads a tree that is deeper than this, and no page is wide enough to show it.
DEEPEST = 60


def chain_page(chain: Chain) -> Page:
    """The page an auditor reads: each recommendation with its tree, then the references in full."""
    said = words(chain.language)
    trails = [Part(heading(chain, trail), (tree(chain, trail),)) for trail in chain.trails]
    return Page(
        said["title"].format(title=chain.title),
        said["notice"],
        (*trails, *(part for part in around(chain) if part.items)),
        phrases(chain.language)["made_with"].format(
            id=chain.knowledge_base.id,
            version=chain.knowledge_base.version,
            digest=chain.knowledge_base.digest[:19],
        ),
    )


def heading(chain: Chain, trail: Trail) -> str:
    """A recommendation's title and verdict."""
    said, node = words(chain.language), recommendation(chain, trail)
    if isinstance(node, WithheldRecommendation):
        return f"{node.title}: {said['not_given']}"
    return f"{node.title}: {said[f'verdict_{node.verdict}']}"


def recommendation(chain: Chain, trail: Trail) -> GivenRecommendation | WithheldRecommendation:
    """The recommendation that a trail leads to."""
    node = chain.nodes[f"recommendation:{trail.recommendation}"]
    assert isinstance(node, GivenRecommendation | WithheldRecommendation)
    return node


def around(chain: Chain) -> Iterator[Part]:
    """What stands beside the trails: what is not given, what was left out, and the references."""
    said = words(chain.language)
    if not chain.trails and not chain.absent:
        yield Part(said["nothing"], (Item(""),))
    yield Part(said["absent"], tuple(Item(item.title, item.reason) for item in chain.absent))
    yield Part(said["left_out"], tuple(Item(item.title, item.reason) for item in chain.left_out))
    yield references(chain)


def references(chain: Chain) -> Part:
    """The references on the trails in full."""
    said, labels = words(chain.language), Labels(chain, ())
    works = sorted(
        (n for n in chain.nodes.values() if isinstance(n, CitedWork)), key=lambda work: work.number
    )
    listed = (Item(f"[{work.number}]", work.formatted, (f"{labels.status(work)}.",)) for work in works)
    return Part(said["references"], tuple(listed))


def tree(chain: Chain, trail: Trail) -> Item:
    """What a recommendation says, and below it all it rests on; a node is explained where it comes first."""
    branches = _Tree(chain, trail).below(f"recommendation:{trail.recommendation}")
    node = recommendation(chain, trail)
    return Item("", node.text if isinstance(node, GivenRecommendation) else "", bullets=tuple(branches))


class _Tree:
    """Writes one tree, and remembers what it has explained."""

    def __init__(self, chain: Chain, trail: Trail) -> None:
        self.nodes = chain.nodes
        self.labels = Labels(chain, trail.edges)
        self.words = words(chain.language)
        self.explained: set[str] = set()
        self.into: dict[str, list[Edge]] = {}
        for edge in trail.edges:
            self.into.setdefault(edge.end, []).append(edge)

    def below(self, node: str, depth: int = 1) -> list[Bullet]:
        """A bullet for each node that leads directly into this one, with what leads into that."""
        if depth > DEEPEST and node in self.into:
            return [Bullet(self.words["goes_on"])]
        edges = sorted(self.into.get(node, ()), key=lambda edge: _ORDER[type(self.nodes[edge.start])])
        together: dict[str, list[Edge]] = {}
        for edge in edges:
            together.setdefault(edge.start, []).append(edge)
        return [self._bullet(start, same, depth) for start, same in together.items()]

    def _bullet(self, node: str, edges: list[Edge], depth: int) -> Bullet:
        if node in self.explained and not isinstance(self.nodes[node], StatedFact | CitedWork):
            return Bullet(f"{self._named(node, edges)} ({self.words['see_above']})")
        self.explained.add(node)
        return Bullet(self._text(node, edges), tuple(self.below(node, depth + 1)))

    def _named(self, id: str, edges: list[Edge]) -> str:
        """A node that was explained before, in short."""
        node = self.nodes[id]
        if isinstance(node, BackingClaim):
            return f"{self.words['claim']} {node.claim}"
        return self._text(id, edges)

    def _text(self, id: str, edges: list[Edge]) -> str:
        said, roles = self.words, [self.labels.of_edge(edge) for edge in edges]
        match self.nodes[id]:
            case StatedFact() as fact:
                return f"{fact.label}: {fact.worded} ({'; '.join([said['stated'], *roles])})"
            case DerivedFact() as fact:
                return f"{fact.label}: {fact.worded} ({'; '.join([self.labels.derived(fact), *roles])})"
            case AppliedRule() as rule:
                remarks = "; ".join(self.labels.remarks(rule))
                about = f" ({remarks})" if remarks else ""
                return f"{said['rule']} {rule.rule}: {rule.title}{about}"
            case UsedParameter() as parameter:
                shown = roles if edges[0].meaning is Meaning.SHOWN_BY else []
                about = "; ".join([parameter.label, *shown])
                return f"{said['parameter']} {parameter.parameter} ({about}): {parameter.worded}"
            case BackingClaim() as claim:
                way = said[f"via_{edges[0].via}"]
                about = "; ".join([claim.section, way, *self.labels.standing(id, claim)])
                return f"{said['claim']} {claim.claim} ({about}): “{claim.says}”"
            case CitedWork():
                return "; ".join(map(self.labels.citation, edges))
        raise AssertionError(f"a recommendation leads nowhere, so {id} is at the root of its tree")


#: Of what leads into a node, what comes first.
_ORDER = {StatedFact: 0, DerivedFact: 1, AppliedRule: 2, UsedParameter: 3, BackingClaim: 4, CitedWork: 5}
