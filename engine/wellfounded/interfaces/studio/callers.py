"""From where requests come, and how many of those of one caller are answered at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address

from starlette.types import Scope

#: Whoever has one address of IPv6 has at least all that begin with the same so many bits.
_SHARED_BITS = 64


class Full(Exception):
    """So many requests are being answered that this one is not."""


class Places:
    """So many requests are answered at once, and of one caller at most ``each``."""

    def __init__(self, most: int, each: int) -> None:
        self.most = most
        self.each = each
        self._taken: Counter[str] = Counter()

    @contextmanager
    def one(self, caller: str) -> Iterator[None]:
        """A place until the block ends. Raises ``Full``."""
        if self._taken.total() >= self.most or self._taken[caller] >= self.each:
            raise Full
        self._taken[caller] += 1
        try:
            yield
        finally:
            self._taken[caller] -= 1
            self._taken = +self._taken  # without those who have none, or it would grow with every caller


def caller_of(scope: Scope) -> str:
    """Who asks: an address of IPv4, or the network of one of IPv6, of which one caller has very many."""
    client = scope.get("client")
    try:
        address = ip_address(client[0] if client else "")
    except ValueError:
        return ""  # behind a socket of the file system all are one
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return f"{int(address) >> (128 - _SHARED_BITS):x}::/{_SHARED_BITS}"
    return str(getattr(address, "ipv4_mapped", None) or address)
