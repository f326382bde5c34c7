"""Forms that browsers send. A file in one stays in memory: nothing of it is written to the disk."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from wellfounded.interfaces.studio.limits import Limits
from wellfounded.interfaces.studio.refused import Refused

_MOST_FIELDS = 2000

#: Fields of our forms that nobody types into.
_FOR_US = frozenset({"base", "based-on", "desk", "digest", "do", "line", "seen", "spoken", "to"})


async def fields(request: Request) -> Mapping[str, str]:
    """The fields of a form, each once. Raises ``Refused`` for what no form of ours sends."""
    try:
        found = parse_qs(
            (await request.body()).decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:
        raise Refused(400) from None
    sent = {name: values[-1] for name, values in found.items()}
    request.state.typed = {name: value for name, value in sent.items() if _is_typed(name, sent)}
    return sent


def typed_in(request: Request) -> Mapping[str, str]:
    """What somebody typed into the fields of a form that was read; nothing where none was."""
    typed: Mapping[str, str] = getattr(request.state, "typed", {})
    return typed


def _is_typed(name: str, sent: Mapping[str, str]) -> bool:
    """Whether a field has what its page did not fill in; beside a field may stand what was in it before."""
    is_for_us = name in _FOR_US or name.startswith("was.")
    return not is_for_us and bool(sent[name].strip()) and sent[name] != sent.get(f"was.{name}")


async def form_of(request: Request) -> FormData:
    """The form that was sent, with its file in memory. Raises ``HTTPException`` for what is no form."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise HTTPException(400)
    most = Limits().body
    parser = MultiPartParser(
        request.headers, request.stream(), max_files=1, max_fields=50, max_part_size=most
    )
    parser.spool_max_size = most
    try:
        return await parser.parse()
    except (MultiPartException, KeyError, UnicodeDecodeError) as error:
        raise HTTPException(400) from error
