"""A chain → one HTML file without anything from outside: each recommendation as a picture and as a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from wellfounded.explain.chain import Chain, Trail
from wellfounded.explain.words import words
from wellfounded.interfaces.chain.as_svg import STYLE, drawing
from wellfounded.interfaces.chain.page import around, chain_page, heading, tree
from wellfounded.interfaces.chain.picture import picture_of
from wellfounded.interfaces.line import plain
from wellfounded.interfaces.page import Bullet, Item, Part

_STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #111827; --link: #0b4f94; }
@media screen and (prefers-color-scheme: dark) {
  :root { --paper: #111827; --ink: #f9fafb; --link: #93c5fd; }
}
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; padding: 1rem; }
body { color: var(--ink); background: var(--paper); } a { color: var(--link); }
h1 { line-height: 1.2; } h2 { margin-top: 2.5rem; border-bottom: 1px solid; }
h1, h2, h3, p, ul { max-width: 46rem; overflow-wrap: anywhere; }
p { margin: .3rem 0; } ul { padding-left: 1rem; } nav ul { columns: 2 18rem; }
figure { margin: 1rem 0; overflow-x: auto; border: 1px solid; border-radius: .4rem; }
figure svg { display: block; }
@media print { h2, h3 { break-after: avoid; } figure svg { width: 100%; height: auto; } }
"""
#: Should markup ever get in, it still loads and runs nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def as_html(chain: Chain) -> str:
    """The chain as a document; whatever is in it is text, never markup."""
    return "\n".join(_document(chain)) + "\n"


def _document(chain: Chain) -> Iterator[str]:
    page, said = chain_page(chain), words(chain.language)
    yield f'<!doctype html>\n<html lang="{escape(chain.language)}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    title = escape(plain(page.title))
    yield f"<title>{title}</title>\n<style>{_STYLE}{STYLE}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{title}</h1>"
    yield from (f"<p>{escape(text)}</p>" for text in (plain(page.notice), said["reads"]))
    if len(chain.trails) > 1:
        yield from _contents(chain, said["recommendations"])
    for number, trail in enumerate(chain.trails, 1):
        yield from _trail(chain, trail, f"r{number}")
    for part in around(chain):
        yield from _part(part)
    yield f"</main>\n<footer><p>{escape(page.footer)}</p></footer>\n</body>\n</html>"


def _contents(chain: Chain, title: str) -> Iterator[str]:
    yield f'<nav aria-label="{escape(title)}"><ul>'
    for number, trail in enumerate(chain.trails, 1):
        yield f'<li><a href="#r{number}">{escape(heading(chain, trail))}</a></li>'
    yield "</ul></nav>"


def _trail(chain: Chain, trail: Trail, name: str) -> Iterator[str]:
    item, title = tree(chain, trail), escape(heading(chain, trail))
    yield f'<section id="{name}">\n<h2>{title}</h2>\n<p>{escape(plain(item.text))}</p>'
    yield f'<figure tabindex="0" role="group" aria-label="{title}">'
    yield f"{drawing(picture_of(chain, trail), name)}</figure>"
    yield from _list(item.bullets)
    yield "</section>"


def _part(part: Part) -> Iterator[str]:
    if part.items:
        yield f"<section>\n<h2>{escape(plain(part.heading))}</h2>"
        for item in part.items:
            yield from _item(item)
        yield "</section>"


def _item(item: Item) -> Iterator[str]:
    if item.title:
        yield f"<h3>{escape(plain(item.title))}</h3>"
    yield from (f"<p>{escape(plain(line))}</p>" for line in (item.text, *item.small) if line)


def _list(bullets: Iterable[Bullet]) -> Iterator[str]:
    yield "<ul>"
    for bullet in bullets:
        yield f"<li>{escape(plain(bullet.text))}"
        if bullet.under:
            yield from _list(bullet.under)
        yield "</li>"
    yield "</ul>"
