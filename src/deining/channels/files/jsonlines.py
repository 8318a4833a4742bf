"""JSON, one object a line or one array of objects, read as a stream; nested objects become a.b columns."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from deining.channels.files.happenings import RawBatch
from deining.channels.files.items import Item, OnBytes, translated
from deining.channels.files.rows import RowsBuilder, decoded
from deining.channels.files.text_stream import plain_text

CHUNK: Final = 1 << 20
VALUE_LIMIT: Final = 64 << 20
DEPTH: Final = 3
Row = tuple[int, Any, str]
"""(row number, value, start of the text when it is not JSON)."""


@dataclass(frozen=True, slots=True)
class JsonLines:
    """A file of JSON objects; `columns` are the flattened keys seen in its first rows."""

    item: Item
    names: tuple[str, ...]
    encoding: str = "utf-8"
    array: bool = False

    @property
    def columns(self) -> list[str]:
        """Its column names."""
        return list(self.names)

    def raw_batches(
        self, wanted: Sequence[str], _needed: Sequence[str] = (), on_bytes: OnBytes | None = None
    ) -> Iterator[RawBatch]:
        """The rows with the `wanted` columns as text."""
        builder = RowsBuilder(wanted, self.item.name)
        with translated(self.item.name), self.item.open(on_bytes) as stream:
            text = plain_text(stream, self.encoding, ",")
            for number, value, fault in array_values(text) if self.array else line_values(text):
                if fault:
                    builder.reject(number, "bad_json", fault)
                elif not isinstance(value, dict):
                    builder.reject(number, "not_object", value)
                else:
                    flat = value if value.keys() >= set(wanted) else flattened(value)
                    builder.add(number, [as_text(flat.get(name)) for name in wanted])
                if builder.full:
                    yield builder.take()
        if not builder.empty:
            yield builder.take()


def line_values(stream: BinaryIO) -> Iterator[Row]:
    """One JSON value a line; blank lines are not counted."""
    number = 0
    rest = b""
    ended = False
    while not ended:
        piece = stream.read(CHUNK)
        ended = not piece
        *lines, rest = (rest + piece).split(b"\n") if not ended else [rest, b""]
        for line in lines:
            if line.strip(b"\r\n \t\x00"):
                number += 1
                yield (number, *_parsed(line))


def _parsed(line: bytes) -> tuple[Any, str]:
    text = decoded(line).lstrip("\ufeff").rstrip("\r\x00")
    try:
        return json.loads(text, strict=False), ""
    except (ValueError, RecursionError):
        return None, text[:200]


def array_values(stream: BinaryIO) -> Iterator[Row]:
    """The elements of one top-level array, holding no more than one chunk and one element."""
    decoder = json.JSONDecoder(strict=False)
    buffer = decoded(stream.read(CHUNK)).lstrip("\ufeff \t\r\n")[1:]
    pending = b""
    number = 0
    while True:
        buffer = buffer.lstrip(" \t\r\n,")
        if buffer.startswith("]"):
            return
        try:
            value, end = decoder.raw_decode(buffer) if buffer else (None, -1)
        except (ValueError, RecursionError):
            end = -1
        if 0 <= end < len(buffer):  # a number at the buffer's very end might go on
            number += 1
            yield number, value, ""
            buffer = buffer[end:]
            continue
        # a chunk at least as large as what is held, so that a large element is not parsed again and again
        piece = pending + stream.read(max(CHUNK, len(buffer)))
        if not piece or len(buffer) > VALUE_LIMIT:
            if buffer.strip():
                yield number + 1, None, buffer[:200]
            return
        cut = _complete(piece)
        buffer += decoded(piece[:cut])
        pending = piece[cut:] if len(piece) > cut else b""


def _complete(piece: bytes) -> int:
    """Where the last whole UTF-8 character of `piece` ends."""
    for back in range(1, min(4, len(piece)) + 1):
        byte = piece[-back]
        if byte < 0x80:
            return len(piece)
        if byte >= 0xC0:
            length = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(piece) if back >= length else len(piece) - back
    return len(piece)


def flattened(value: dict[str, Any], prefix: str = "", depth: int = DEPTH) -> dict[str, Any]:
    """Nested objects as dotted keys, `depth` levels deep; lists are left out."""
    flat: dict[str, Any] = {}
    for key, inner in value.items():
        name = f"{prefix}{key}"
        if isinstance(inner, dict):
            if depth > 1:
                flat |= flattened(inner, f"{name}.", depth - 1)
        elif not isinstance(inner, list):
            flat[name] = inner
    return flat


def as_text(value: Any) -> str | None:
    """A JSON value as text, as a CSV would carry it."""
    if value is None or isinstance(value, dict | list):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    # half of a surrogate pair is valid JSON but no text
    return str(value).encode("utf-8", "replace").decode("utf-8")
