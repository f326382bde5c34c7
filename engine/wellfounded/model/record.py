"""What every record of this package is: frozen, compared by value, and quick to define and to make.

``msgspec.Struct`` rather than a dataclass: defining the seventy records took a fifth of the time that giving
advice may take as a process (see ``docs/decisions/records.md``).
"""

from __future__ import annotations

from msgspec import Struct


class Record(Struct, frozen=True, gc=False):
    """A frozen record; fields are declared as in a dataclass.

    The garbage collector, which looks for circles, passes records by: what a record holds was made before it,
    so it is in none. One that holds something that can be changed afterwards says ``gc=True``.
    """
