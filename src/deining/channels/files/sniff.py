"""What a file is, from its first bytes: format, encoding, delimiter, header; or what else it looks like."""

import codecs
import csv
import json
import zipfile
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from deining.channels.files.column_names import deduplicated, known_names, normal
from deining.channels.files.columnar import Columnar, offered, opened
from deining.channels.files.delimited import Delimited, TextShape, fields_of
from deining.channels.files.discourse import Topics, is_topic, read_topic
from deining.channels.files.items import Item
from deining.channels.files.jsonlines import JsonLines, array_values, flattened, line_values
from deining.channels.files.mapping import Mapping
from deining.channels.files.mbox import SEPARATOR, Mbox
from deining.channels.files.rows import decoded
from deining.channels.files.text_stream import WHITESPACE, plain_text
from deining.channels.files.unreadable import UnreadableFile

HEAD: Final = 256 << 10
DELIMITERS: Final = (",", ";", "\t", "|")
Reader = Delimited | JsonLines | Columnar | Mbox | Topics

_MAGIC: Final = (
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"RIFF", "webp"),
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"SQLite format 3", "sqlite"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
    (b"\xfd7zXZ", "xz"),
    (b"BZh", "bz2"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"ORC", "orc"),
    (b"Obj\x01", "avro"),
)
_CONTROLS: Final = "".join(chr(code) for code in range(32) if chr(code) not in "\t\n\r\f\x1b")
"""Characters that text has none or few of."""
_SPREADSHEETS: Final = frozenset({"xlsx", "ods", "xls"})


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A file's format and the reader for it."""

    format: str
    reader: Reader


def sniff(item: Item) -> Sniffed:
    """Find out what a file is.

    Raises UnreadableFile: empty, only a header, something else, damaged.
    """
    head = item.head(HEAD)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("empty", {"file": item.name})
    if head.startswith(b"PAR1"):
        return _parquet(item)
    _refuse_others(item, head)
    encoding = encoding_of(head)
    text = _text(head, encoding)
    if SEPARATOR.match(head) and ":" in text.partition("\n")[2][:2000]:
        return Sniffed("mbox", Mbox(item))
    if text[:1] in {"{", "["}:
        found = _json(item, text, encoding)
        if found is not None:
            return found
    if sum(text.count(mark) for mark in _CONTROLS) > max(8, len(text) // 50):
        raise UnreadableFile("not_text", {"file": item.name})
    return Sniffed("csv", Delimited(item, text_shape(item, text, encoding, whole=len(head) < HEAD)))


def _refuse_others(item: Item, head: bytes) -> None:
    what = next((name for magic, name in _MAGIC if head.startswith(magic)), "")
    if head.startswith(b"PK\x03\x04"):
        what = office_kind(item)
        if not what:
            raise UnreadableFile("nested_archive", {"file": item.name, "member": item.name})
    if head.startswith(b"\x1f\x8b") or head[257:262] == b"ustar":
        raise UnreadableFile("nested_archive", {"file": item.name, "member": item.name})
    start = head[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        what = "html"
    elif start.startswith((b"<?xml", b"<svg")):
        what = "xml"
    if what:
        raise looks_like(item.name, what)


def looks_like(name: str, what: str) -> UnreadableFile:
    """The refusal of a file that is something else, with what to do."""
    return UnreadableFile(
        "spreadsheet" if what in _SPREADSHEETS else "something_else", {"file": name, "what": f"looks_{what}"}
    )


def office_kind(item: Item) -> str:
    """Which office document a zip is ("" for a plain archive)."""
    if item.member is not None:
        return ""
    try:
        with zipfile.ZipFile(item.path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return ""
    if "[Content_Types].xml" in names:
        return "xlsx" if any(name.startswith("xl/") for name in names) else "docx"
    return "ods" if "mimetype" in names and "content.xml" in names else ""


def encoding_of(head: bytes) -> str:
    """utf-8, cp1252, or UTF-16 by its mark or by the zero in every other byte."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if len(head) > 8 and head[:200].count(0) > len(head[:200]) // 3:
        return "utf-16-le" if head[1] == 0 else "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _text(head: bytes, encoding: str) -> str:
    if encoding.startswith("utf-16"):
        text = head.decode(encoding, errors="ignore")
    else:
        text = decoded(head) if encoding == "cp1252" else head.decode("utf-8", errors="ignore")
    return text.lstrip("\ufeff")


def _parquet(item: Item) -> Sniffed:
    with opened(item) as file:
        if file.metadata.num_rows == 0:
            raise UnreadableFile("only_header", {"file": item.name})
        return Sniffed("parquet", Columnar(item, offered(file.schema_arrow)))


def _json(item: Item, text: str, encoding: str) -> Sniffed | None:
    """A Discourse topic, an array or lines of objects; None when it is not JSON after all."""
    array = text.startswith("[")
    if not array and "post_stream" in text[:HEAD]:
        topic, _ = read_topic(item)
        if topic is not None:
            return Sniffed("discourse", Topics((item,)))
    values = _first_values(item, encoding, array)
    objects = [value for value in values if isinstance(value, dict)]
    if objects and is_topic(objects[0]) and len(objects) == 1:
        return Sniffed("discourse", Topics((item,)))
    if objects:
        names = dict.fromkeys(key for value in objects for key in flattened(value))
        return Sniffed("jsonl", JsonLines(item, tuple(names), encoding, array))
    if array and text.lstrip("[ \t\r\n").startswith("]"):
        raise UnreadableFile("empty", {"file": item.name})
    whole = _whole_object(item, encoding) if not array else None
    if whole is not None:
        raise UnreadableFile("bad_json", {"file": item.name, "error": whole})
    if text[:2] in {'{"', "{\n", "{\r", "{ ", '["', "[{", "[\n", "[\r", "[ "}:
        raise UnreadableFile("bad_json", {"file": item.name, "error": text[:60].replace("\n", " ")})
    return None


def _first_values(item: Item, encoding: str, array: bool) -> list[Any]:
    values: list[Any] = []
    with item.open() as stream:
        plain = plain_text(stream, encoding, ",")
        for number, value, _ in array_values(plain) if array else line_values(plain):
            values.append(value)
            if number >= 1000:
                break
    return values


def _whole_object(item: Item, encoding: str) -> str | None:
    """One object over many lines holds no rows; say which keys it has."""
    try:
        value = json.loads(_text(item.head(8 << 20), encoding))
    except (ValueError, RecursionError):
        return None
    return ", ".join(list(value)[:12]) if isinstance(value, dict) else None


def text_shape(item: Item, text: str, encoding: str, *, whole: bool) -> TextShape:
    """Delimiter, header and column names of a delimited text."""
    old_mac = "\n" not in text and "\r" in text
    lines = (text.replace("\r", "\n") if old_mac else text).split("\n")
    if not whole and len(lines) > 1:
        lines.pop()
    skip, given = 0, ""
    if lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        skip, given = 1, lines[0][4]
    seen = [line.rstrip("\r")[:20_000].replace("\x00", "") for line in lines[skip:] if line.strip("\r\n")][
        :200
    ]
    if not seen:
        raise UnreadableFile("empty", {"file": item.name})
    delimiter = given or delimiter_of(seen)
    rows = [_fields(line, delimiter) for line in seen]
    header = has_header(rows)
    if header and len(rows) == 1 and whole:
        raise UnreadableFile("only_header", {"file": item.name})
    names = rows[0] if header else ["" for _ in range(_width(rows))]
    if len(names) < 2:
        raise UnreadableFile("one_column", {"file": item.name})
    return TextShape(tuple(deduplicated(names)), delimiter, encoding, header, skip, old_mac)


def _fields(line: str, delimiter: str) -> list[str]:
    return line.split() if delimiter == WHITESPACE else fields_of(line, delimiter)


def _width(rows: list[list[str]]) -> int:
    return Counter(len(row) for row in rows).most_common(1)[0][0]


def reshaped(reader: Delimited, mapping: Mapping) -> Delimited:
    """The reader with the delimiter, encoding and header of a mapping given by hand."""
    shape = reader.shape
    wished = (mapping.delimiter, mapping.encoding, mapping.header, mapping.skip_lines)
    if wished == (shape.delimiter, shape.encoding, shape.header, shape.skip_lines):
        return reader
    text = _text(reader.item.head(HEAD), mapping.encoding)
    lines = (text.replace("\r", "\n") if shape.old_mac else text).split("\n")[mapping.skip_lines :]
    rows = [_fields(line.rstrip("\r"), mapping.delimiter) for line in lines[:200] if line.strip()]
    names = rows[0] if mapping.header else ["" for _ in range(_width(rows))]
    new = TextShape(
        tuple(deduplicated(names)),
        mapping.delimiter,
        mapping.encoding,
        mapping.header,
        mapping.skip_lines,
        shape.old_mac,
    )
    return Delimited(reader.item, new)


def delimiter_of(lines: list[str]) -> str:
    """The delimiter that cuts most lines into the same number of fields, more fields being better."""
    best, best_score = "", 0.0
    for delimiter in DELIMITERS:
        try:
            counts = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            counts = Counter(line.count(delimiter) + 1 for line in lines)
        width, hits = max(counts.items(), key=lambda pair: (pair[1] * (pair[0] > 1), pair[0]))
        first = len(fields_of(lines[0], delimiter))
        score = hits / sum(counts.values()) + 0.1 * min(width, 10) + (1.0 if first == width else 0.0)
        if width > 1 and score > best_score:
            best, best_score = delimiter, score
    widths = Counter(len(line.split()) for line in lines)
    width, hits = widths.most_common(1)[0]
    clean = hits >= 0.95 * len(lines) and width > 1
    if clean and (not best or best_score < 1.0):
        return WHITESPACE
    return best or ","


def has_header(rows: list[list[str]]) -> bool:
    """Whether the first row names the columns: a known name, or words where the rest has numbers or dates."""
    first, rest = rows[0], rows[1:21]
    known = {name for names in known_names().values() for name in names}
    if any(normal(cell) in known for cell in first):
        return True
    if any(_numeric(cell) for cell in first):
        return False
    if not rest:
        return True
    return any(
        all(_numeric(row[place]) for row in rest if place < len(row) and row[place].strip())
        for place in range(len(first))
        if any(place < len(row) and row[place].strip() for row in rest)
    )


def _numeric(cell: str) -> bool:
    """A number or the start of a date: what a column name never is."""
    cell = cell.strip()
    digits = sum(c.isdigit() for c in cell)
    return bool(cell) and digits > 0 and digits >= len(cell) // 2
