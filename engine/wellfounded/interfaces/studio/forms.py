"""Forms with files in them. The file stays in memory: nothing of it is written to the disk."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from wellfounded.interfaces.studio.limits import Limits


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
