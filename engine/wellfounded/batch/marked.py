"""A file of text in which marks show what a parser of CSV does not say: damage, and where the file ends."""

from __future__ import annotations

import codecs
import io
import re
from typing import BinaryIO
from uuid import uuid4

#: Of a row in which a quote is not closed, which is all the rest of the file, so many characters are shown.
_SHOWN = 1000

_UNDECODED = re.compile("[\udc80-\udcff]")


class Marked(io.RawIOBase):
    """The bytes of a file, made UTF-8: a byte that is not is a mark and its number.

    The last line is a mark alone, so that a quote that is open there takes the mark in.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.mark = uuid4().hex
        self.has_marks = False
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._ready = b"\n"  # since PyArrow would drop a mark of byte order here, with no word
        self._ended = False

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """So many bytes, or what is left: PyArrow takes no row of which a read gives only the middle."""
        while len(self._ready) < size and not self._ended:
            self._ready += self._encoded(self._next(size))
        given, self._ready = self._ready[:size], self._ready[size:]
        return given

    def is_end(self, text: str) -> bool:
        """Whether this is the mark at the end, and no text of the file."""
        return text == self.mark

    def damage(self, text: str) -> str:
        """What is wrong with a text that has marks in it."""
        if text.endswith(f"\n{self.mark}"):
            return "a quote is opened in it and not closed"
        return "it is not UTF-8 text; save the table as CSV in UTF-8" if self.mark in text else ""

    def unmarked(self, text: str) -> str:
        """The text without its marks."""
        if text.endswith(f"\n{self.mark}"):
            whole = text.removesuffix(f"\n{self.mark}")
            text = whole if len(whole) <= _SHOWN else f"{whole[:_SHOWN]}…"
        return text.replace(self.mark, "")

    def _next(self, size: int) -> str:
        data = self.file.read(size)
        text = self._decoder.decode(data, final=not data)
        if data:
            return text
        self._ended = self.has_marks = True
        return f"{text}\n{self.mark}"

    def _encoded(self, text: str) -> bytes:
        try:
            return text.encode()
        except UnicodeEncodeError:
            self.has_marks = True
            return _UNDECODED.sub(lambda byte: rf"{self.mark}\x{ord(byte[0]) - 0xDC00:02x}", text).encode()
