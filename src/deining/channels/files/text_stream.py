"""Text files as one kind of byte stream: UTF-8-like, lines ending in a line feed, fields one delimiter
apart.
"""

import codecs
import io
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final, cast

CHUNK: Final = 1 << 20
WHITESPACE: Final = "whitespace"
"""The delimiter of files whose columns are set apart by any number of spaces or tabs."""


class Pieces(io.RawIOBase):
    """A readable stream made of an iterator of byte strings."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if size < 0:
            return self._rest + b"".join(self._pieces)
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = piece
        data, self._rest = self._rest[:size], self._rest[size:]
        return data

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]  # the stub wants WriteableBuffer
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def plain_text(stream: BinaryIO, encoding: str, delimiter: str, *, old_mac: bool = False) -> BinaryIO:
    """`stream` with UTF-16 recoded, lone carriage returns as line ends, and runs of blanks as one tab."""
    pieces: Iterator[bytes] = iter(lambda: stream.read(CHUNK), b"")
    changed = False
    if encoding.startswith("utf-16"):
        pieces, changed = _recoded(pieces, encoding), True
    if old_mac:
        pieces, changed = (piece.replace(b"\r", b"\n") for piece in pieces), True
    if delimiter == WHITESPACE:
        pieces, changed = _by_lines(pieces, _squeezed), True
    return cast(BinaryIO, Pieces(pieces)) if changed else stream


def _recoded(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    for piece in pieces:
        yield decoder.decode(piece).encode()
    yield decoder.decode(b"", final=True).encode()


def _by_lines(pieces: Iterator[bytes], change: Callable[[bytes], bytes]) -> Iterator[bytes]:
    """Apply `change` to stretches of whole lines."""
    rest = b""
    for piece in pieces:
        joined = rest + piece
        cut = joined.rfind(b"\n") + 1
        rest = joined[cut:]
        if cut:
            yield change(joined[:cut])
    if rest:
        yield change(rest)


def _squeezed(lines: bytes) -> bytes:
    """Blanks at both ends of a line go; runs of blanks become one tab."""
    lines = lines.replace(b"\r\n", b"\n").translate(None, b"\x00\r").replace(b"\t", b" ")
    while b"  " in lines:
        lines = lines.replace(b"  ", b" ")
    lines = re.sub(rb"(?m)^ | $", b"", lines)
    return lines.replace(b" ", b"\t")
