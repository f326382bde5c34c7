"""What editors send, and whether anything may be changed."""

from __future__ import annotations

from starlette.requests import Request

from wellfounded.interfaces.studio.edit.files import LARGEST
from wellfounded.interfaces.studio.pages import Answers
from wellfounded.interfaces.studio.refused import Refused


def may_write(answers: Answers) -> None:
    """Raises ``Refused`` where nobody may change anything."""
    if answers.workplace.read_only:
        raise Refused(403)


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
