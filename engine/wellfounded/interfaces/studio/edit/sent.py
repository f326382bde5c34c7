"""What browsers send: the fields of a form, or a text."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.requests import Request

from wellfounded.interfaces.studio.edit.files import LARGEST
from wellfounded.interfaces.studio.pages import Answers
from wellfounded.interfaces.studio.refused import Refused

_MOST_FIELDS = 2000


def may_write(answers: Answers) -> None:
    """Raises ``Refused`` where nobody may change anything."""
    if answers.workplace.read_only:
        raise Refused(403)


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
    return {name: values[-1] for name, values in found.items()}


async def sent_text(request: Request) -> str:
    """A text that is the whole of what is sent. Raises ``Refused``."""
    body = await request.body()
    if len(body) > LARGEST:
        raise Refused(413)
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise Refused(400) from None


def number_in(written: str) -> int:
    """A whole number that stands in an address; 0 where none does."""
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else 0
