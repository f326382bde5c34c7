"""Advice that was given in, the same advice out when somebody asks for it: a record in SQLite or PostgreSQL.

``advice_record`` is the record itself, ``entry`` what it holds of each advice, ``database`` and ``tables``
where that is kept, ``keys`` how it is encrypted. ``replay`` holds what is on record against other rules, and
``why`` says why one differs from the other. Needs the extra ``record``.
"""

from wellfounded.record.advice_record import AdviceRecord
from wellfounded.record.entry import Entry, RecordedAdvice, Unreadable
from wellfounded.record.keys import Keys

__all__ = ["AdviceRecord", "Entry", "Keys", "RecordedAdvice", "Unreadable"]
