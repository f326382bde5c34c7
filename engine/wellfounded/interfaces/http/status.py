"""``GET /health`` and ``GET /metrics``: how the server is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import Response

from wellfounded.interfaces.http.answers import Json
from wellfounded.interfaces.http.metrics import Metrics
from wellfounded.interfaces.http.served import Served
from wellfounded.model.advice import Identity
from wellfounded.model.record import Record
from wellfounded.model.version import VERSION


class ServedNow(Record, frozen=True, omit_defaults=True):
    """The rules that are served; with ``refused``, newer ones on the disk have so many errors.

    What the errors are is in the log, since anyone may ask for the health of the server.
    """

    knowledge_base: Identity
    reloads: int
    refused: int | None = None


class Health(Record, frozen=True):
    """``ok``, or ``stale`` while changed rules cannot be used and the ones before them are served.

    ``knowledge_bases`` is by address.
    """

    status: str
    engine: str
    knowledge_bases: Mapping[str, ServedNow]


def health(served: Sequence[Served]) -> Response:
    """Whether requests are answered, which is so whenever this is, and by which rules."""
    stale = any(item.refusal is not None for item in served)
    now = {item.prefix or "/": _now(item) for item in served}
    return Json(Health("stale" if stale else "ok", VERSION, now), headers={"Cache-Control": "no-store"})


def _now(served: Served) -> ServedNow:
    now = served.knowledge_base
    return ServedNow(
        Identity(now.id, now.version, now.digest),
        served.reloads,
        None if served.refusal is None else served.refusal.errors,
    )


def metrics_text(metrics: Metrics) -> Response:
    """The counts in the format of Prometheus."""
    headers = {"Cache-Control": "no-store", "Content-Type": CONTENT_TYPE_LATEST}
    return Response(generate_latest(metrics.registry), headers=headers)
