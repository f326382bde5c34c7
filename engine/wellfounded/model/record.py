"""What every record of this package is: frozen, compared by value, and quick to define and to make.

``msgspec.Struct`` rather than a dataclass: defining the seventy records took a fifth of the time that giving
advice may take as a process (see ``docs/decisions/records.md``).
"""

from __future__ import annotations

from msgspec import Struct


class Record(Struct, frozen=True):
    """A frozen record; fields are declared as in a dataclass."""
