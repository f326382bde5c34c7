"""YAML as plain data, read the faster way where there is one."""

from __future__ import annotations

from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def from_yaml(text: str) -> Any:
    return yaml.load(text, Loader=_Loader)
