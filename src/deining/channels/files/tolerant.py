"""Delimited rows one line at a time, for files that no strict parser takes: nothing is lost, odd rows are
named.
"""

import csv
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO, Final

from deining.channels.files.rows import decoded

LINE_LIMIT: Final = 32 << 20
"""Bytes of one row; a larger one is rejected."""
OPEN_LINES: Final = 2_000
"""Lines one quoted field may span before we hold that its quotation mark was never meant to open."""

Row = tuple[int, list[str], str]
"""(row number, fields, fault): the fault is empty, or a reason code with the start of the row as only field.
"""


def tolerant_rows(stream: BinaryIO, delimiter: str, skip_lines: int, header: bool) -> Iterator[Row]:
    """The data rows of a stream, numbered from 1, blank lines not counted."""
    csv.field_size_limit(max(csv.field_size_limit(), LINE_LIMIT))
    lines = _Lines(stream)
    for _ in range(skip_lines):
        lines.next()
    number = 0 if not header else -1
    while (line := lines.next()) is not None:
        if not line.strip(b"\r\n"):
            continue
        number += 1
        if number > 0:
            yield (number, *_row(lines, line, delimiter))
        else:
            number = 0


def _row(lines: "_Lines", line: bytes, delimiter: str) -> tuple[list[str], str]:
    if len(line) > LINE_LIMIT:
        return [decoded(line[:200])], "too_large"
    whole = _whole(lines, line, delimiter.encode())
    if whole is None:
        return [decoded(line[:200])], "open_quote"
    try:
        return next(csv.reader([decoded(whole).rstrip("\r\n")], delimiter=delimiter), []), ""
    except csv.Error:  # a carriage return outside quotation marks
        return decoded(whole).replace("\r", " ").rstrip("\n").split(delimiter), ""


def _whole(lines: "_Lines", line: bytes, delimiter: bytes) -> bytes | None:
    """The line with those its open quotation mark takes in; None when the mark never closes."""
    if not _opens(line, delimiter):
        return line
    taken, size = [line], len(line)
    while len(taken) <= OPEN_LINES and size <= LINE_LIMIT:
        more = lines.next()
        if more is None:
            break
        taken.append(more)
        size += len(more)
        if more.count(b'"') % 2:
            return b"".join(taken)
    lines.give_back(taken[1:])
    return None


def _opens(line: bytes, delimiter: bytes) -> bool:
    """A quotation mark opens a field (it stands at a field's start) and is not closed on this line."""
    if line.count(b'"') % 2 == 0:
        return False
    return line.startswith(b'"') or delimiter + b'"' in line


class _Lines:
    """Lines of a stream that can be given back; an endless line is cut at the limit."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._again: deque[bytes] = deque()
        self._rest = b""
        self._ended = False

    def give_back(self, lines: list[bytes]) -> None:
        self._again.extendleft(reversed(lines))

    def next(self) -> bytes | None:
        if self._again:
            return self._again.popleft()
        pieces = [self._rest]
        size = len(self._rest)
        while b"\n" not in pieces[-1] and not self._ended:
            piece = self._stream.read(1 << 20)
            self._ended = not piece
            # past the limit only the start is kept, so that a file without line ends needs no memory
            if size <= LINE_LIMIT or b"\n" in piece:
                pieces.append(piece)
            size += len(piece)
        line, end, self._rest = b"".join(pieces).partition(b"\n")
        return line + end if line or end else None
