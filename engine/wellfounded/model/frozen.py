"""A mapping that cannot be changed, so that records holding one are safe to share between threads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NoReturn, TypeVar

Key = TypeVar("Key")
Item = TypeVar("Item")


class FrozenMap(dict[Key, Item]):
    """A ``dict`` without its mutators; equal to a plain ``dict`` with the same entries."""

    __slots__ = ()

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("this mapping is frozen; make a changed copy with dict(...)")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]  # dict says None; ours never changes
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type[FrozenMap[Key, Item]], tuple[dict[Key, Item]]]:
        return FrozenMap, (dict(self),)

    def __copy__(self) -> FrozenMap[Key, Item]:
        return self

    def __deepcopy__(self, _: Any) -> FrozenMap[Key, Item]:
        return self


def frozen(entries: Mapping[Key, Item] | Iterable[tuple[Key, Item]]) -> FrozenMap[Key, Item]:
    """The same entries, in the same order, as a mapping that cannot be changed."""
    return FrozenMap(entries)


EMPTY: FrozenMap[Any, Any] = FrozenMap()
