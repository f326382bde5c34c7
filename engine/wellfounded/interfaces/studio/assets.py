"""What the browser loads beside pages: styles, scripts and pictures, each kept in memory, also compressed.

An address holds the digest of what it gives, so a browser keeps it for ever and never an old one.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from wellfounded.interfaces.chain.as_svg import STYLE as CHAIN
from wellfounded.interfaces.style import STYLE
from wellfounded.model.record import Record

FOLDER = Path(__file__).parent / "static"
#: What npm made of the sources under ``browser``; a checkout that was never built has none.
BUILT = FOLDER / "built"

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
_FOREVER = "public, max-age=31536000, immutable"


class Asset(Record, frozen=True, gc=True, dict=True):
    name: str
    data: bytes

    @cached_property
    def address(self) -> str:
        return f"/static/{sha256(self.data).hexdigest()[:12]}/{self.name}"

    @cached_property
    def compressed(self) -> bytes:
        return gzip.compress(self.data, 9, mtime=0)


class Assets:
    """The files that can be asked for: there is no other, whatever an address says."""

    def __init__(self, folder: Path = FOLDER) -> None:
        found = {path.name: path.read_bytes() for path in _files(folder)}
        found["studio.css"] = STYLE.encode() + found["studio.css"]
        found["chain.css"] = CHAIN.encode()
        self._assets: Mapping[str, Asset] = {name: Asset(name, data) for name, data in found.items()}
        self._by_address = {asset.address: asset for asset in self._assets.values()}

    def __contains__(self, name: str) -> bool:
        return name in self._assets

    def address(self, name: str) -> str:
        return self._assets[name].address

    async def answer(self, request: Request) -> Response:
        """A file, compressed where the browser takes that."""
        asset = self._by_address.get(request.url.path)
        if asset is None:
            return Response("no such file", 404, media_type="text/plain")
        headers = {
            "cache-control": _FOREVER,
            "content-type": _TYPES[Path(asset.name).suffix],
            "vary": "accept-encoding",
        }
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(asset.data, headers=headers)
        return Response(asset.compressed, headers={**headers, "content-encoding": "gzip"})


def _files(folder: Path) -> list[Path]:
    return [
        path
        for place in (folder, folder / BUILT.name)
        if place.is_dir()
        for path in sorted(place.iterdir())
        if path.suffix in _TYPES
    ]
