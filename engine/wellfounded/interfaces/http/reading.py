"""Bodies: read with limits, and as strict JSON."""

from __future__ import annotations

import asyncio
import json
import math
from functools import cache, partial
from http import HTTPStatus
from typing import Any, NoReturn

from starlette.requests import Request

from wellfounded.interfaces.http.limits import Limits
from wellfounded.interfaces.http.problems import Refused, refused

#: A whole number of more digits is beyond any double.
_MOST_DIGITS = 400


async def body_of(request: Request, limits: Limits) -> bytes:
    """The body of a request that has to be JSON. Raises ``Refused``."""
    require_media_type(request, ("application/json",))
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limits.body:
        raise _too_large(limits.body)
    chunks, size = [], 0
    try:
        async with asyncio.timeout(limits.pause):
            async for chunk in request.stream():
                size += len(chunk)
                if size > limits.body:
                    raise _too_large(limits.body)
                chunks.append(chunk)
    except TimeoutError:
        detail = f"the body did not arrive within {limits.pause:g} seconds"
        raise refused("too-slow", HTTPStatus.REQUEST_TIMEOUT, detail, connection="close") from None
    return b"".join(chunks)


def require_media_type(request: Request, allowed: tuple[str, ...]) -> None:
    """Raises ``Refused`` if the body is said to be something else, or nothing, or to be compressed."""
    written = request.headers.get("content-type", "")
    if written.partition(";")[0].strip().lower() not in allowed:
        said = f"the Content-Type is `{written[:100]}`" if written else "there is no Content-Type"
        detail = f"{said}; allowed: {', '.join(allowed)}"
        raise refused("media-type", HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail, accept=", ".join(allowed))
    coding = request.headers.get("content-encoding", "identity")
    if coding.strip().lower() not in ("", "identity"):
        detail = f"the Content-Encoding is `{coding[:100]}`; send the body as it is, not compressed"
        raise refused("media-type", HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail, accept_encoding="identity")


def _too_large(most: int) -> Refused:
    detail = f"the body has more than {most:,} bytes, the most that is read"
    return refused("too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail, connection="close")


def strict_json(data: bytes, limits: Limits) -> Any:
    """JSON in which no key is there twice, every number is one, and every text can be written down.

    Raises ``Refused``.
    """
    try:
        found = _decoder(limits.keys).decode(data.decode())
    except UnicodeDecodeError as error:
        raise _not_json(f"it is not UTF-8 text: byte {error.start} is 0x{data[error.start]:02x}") from None
    except json.JSONDecodeError as error:
        raise _not_json(f"line {error.lineno}, column {error.colno}: {error.msg}") from None
    except ValueError as error:
        raise _not_json(str(error)) from None
    except RecursionError:
        raise _too_deep(limits.depth) from None
    if data.count(b"{") + data.count(b"[") > limits.depth and _deeper(found, limits.depth):
        raise _too_deep(limits.depth)
    if b"\\u" in data and not _is_text(found):
        raise _not_json("it holds half of a surrogate pair, which is no character")
    return found


def _once(pairs: list[tuple[str, Any]], most: int) -> dict[str, Any]:
    if len(pairs) > most:  # what is wrong with each takes time to say, and others wait meanwhile
        raise ValueError(f"an object has {len(pairs):,} keys; at most {most:,} are read")
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key `{twice[:60]}` is there twice")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number in JSON; leave out what is not known, or write null")


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError(f"a number has {len(digits):,} digits; at most {_MOST_DIGITS} are read")
    return int(digits)


def _double(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise ValueError(f"the number {written[:60]} is larger than can be counted with")
    return number


@cache
def _decoder(most_keys: int) -> json.JSONDecoder:
    return json.JSONDecoder(
        object_pairs_hook=partial(_once, most=most_keys),
        parse_constant=_no_number,
        parse_int=_whole,
        parse_float=_double,
    )


def _deeper(found: Any, depth: int) -> bool:
    """Whether objects and lists are in one another more often than this."""
    if not isinstance(found, dict | list):
        return False
    items = found.values() if isinstance(found, dict) else found
    return not depth or any(_deeper(item, depth - 1) for item in items if isinstance(item, dict | list))


def _is_text(found: Any) -> bool:
    try:
        return json.dumps(found, ensure_ascii=False).encode() != b""
    except UnicodeEncodeError:
        return False


def _not_json(detail: str) -> Refused:
    return refused("not-json", HTTPStatus.BAD_REQUEST, f"the body cannot be read: {detail}")


def _too_deep(depth: int) -> Refused:
    return _not_json(f"objects and lists are more than {depth} deep")
