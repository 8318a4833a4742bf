"""A source: one or more files, what they are, how they are read, and their happenings as a stream."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pyarrow as pa
import pyarrow.compute as pc

from deining.channels.files import discourse, mbox
from deining.channels.files.column_looks import look_at
from deining.channels.files.dates import DayOrder, day_order, parse_times
from deining.channels.files.delimited import Delimited
from deining.channels.files.guess import SAMPLE_ROWS, guess_columns, kind_hint
from deining.channels.files.happenings import Batch
from deining.channels.files.mapped import map_rows
from deining.channels.files.mapping import Guess, Mapping
from deining.channels.files.places import Places, find_items
from deining.channels.files.reasons import say
from deining.channels.files.sniff import Reader, reshaped, sniff
from deining.channels.files.unreadable import UnreadableFile

Progress = Callable[[int, int], None]
"""Called with (bytes done, bytes in all) while reading."""

DEFAULT_TZ: Final = "Europe/Amsterdam"
NETWORKS: Final = {"mbox": "mail", "discourse": "discourse"}
_SAYS_ALWAYS: Final = {"mbox": mbox.MAPPING, "discourse": discourse.MAPPING}
_1990: Final = datetime(1990, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a source with its own reader and mapping; `order` is what its dates say about day and
    month.
    """

    reader: Reader
    format: str
    mapping: Mapping
    sample: pa.Table
    order: DayOrder = field(default_factory=DayOrder)


class Source:
    """Files ready to be read. Make one with `open_source`."""

    def __init__(self, parts: list[Part], left_out: dict[str, int], now: datetime, lang: str) -> None:
        self._parts = parts
        self._left_out = left_out
        self._now = now
        self._lang = lang

    @property
    def format(self) -> str:
        """csv, jsonl, parquet, mbox or discourse; of the first file."""
        return self._parts[0].format

    @property
    def mapping(self) -> Mapping:
        """How the first file is read; files with the same columns are read the same way."""
        return self._parts[0].mapping

    @property
    def columns(self) -> list[str]:
        """The first file's column names, made unique."""
        return self._parts[0].reader.columns

    @property
    def files(self) -> list[str]:
        """The names of the files, as people see them."""
        return [item.name for part in self._parts for item in _items(part.reader)]

    @property
    def size_bytes(self) -> int:
        """Bytes on disk, the whole of what progress counts up to."""
        sizes: list[int] = [item.size for part in self._parts for item in _items(part.reader)]
        return max(1, sum(sizes))

    def with_columns(self, **columns: str | None) -> "Source":
        """The same files with some roles given by hand: `source.with_columns(person="klant")`.

        Raises UnreadableFile when the first file has no such column.
        """
        parts = [self._corrected(part, columns, first=place == 0) for place, part in enumerate(self._parts)]
        return Source(parts, self._left_out, self._now, self._lang)

    def with_mapping(self, **changes: Any) -> "Source":
        """The same files with other settings of the mapping, such as `leave_out_bots=False`, `day_first`,
        `tz`.
        """
        parts = [replace(part, mapping=replace(part.mapping, **changes)) for part in self._parts]
        return Source(parts, self._left_out, self._now, self._lang)

    def _corrected(self, part: Part, columns: dict[str, str | None], *, first: bool) -> Part:
        given = {role: name for role, name in columns.items() if name is None or name in part.reader.columns}
        missing = [name for role, name in columns.items() if role not in given]
        if missing and first:
            params = {
                "file": _items(part.reader)[0].name,
                "column": missing[0],
                "columns": ", ".join(part.reader.columns),
            }
            raise UnreadableFile("no_column", params, lang=self._lang)
        mapping = part.mapping.with_columns(**given)
        if "time" in given:
            mapping = mapping.with_columns(clock=None)
        return _with_dates(replace(part, mapping=mapping))

    def checked(self) -> "Source":
        """Itself, if it is clear who and when in every file; else UnreadableFile says what to give."""
        for part in self._parts:
            for role in ("time", "person"):
                if part.mapping.column(role) is None:
                    params = {"file": _items(part.reader)[0].name, "columns": ", ".join(part.reader.columns)}
                    raise UnreadableFile(f"no_{role}", params, lang=self._lang)
        return self

    def preview(self, rows: int = 20) -> list[dict[str, Any]]:
        """The first rows: `{"row": n, "raw": {column: text}, "mapped": {...} or None, "reasons": [...]}`."""
        part = self._parts[0]
        raw = next(iter(part.reader.raw_batches(part.reader.columns, ())), None)
        if raw is None:
            return []
        shown = replace(raw, rows=raw.rows.slice(0, rows), numbers=raw.numbers[:rows])
        mapped: dict[int, dict[str, Any]] = {}
        reasons: dict[int, list[str]] = {}
        if part.mapping.column("person") and part.mapping.column("time"):
            batch = map_rows(shown, part.mapping, self._now)
            mapped = {row["row"]: row for row in batch.happenings.to_pylist()}
            for bad in batch.rejected:
                reasons.setdefault(bad.row, []).append(say(f"row_{bad.reason}", {}, self._lang))
        return [
            {"row": number, "raw": values, "mapped": mapped.get(number), "reasons": reasons.get(number, [])}
            for number, values in zip(shown.numbers.tolist(), shown.rows.to_pylist(), strict=True)
        ]

    def notes(self) -> list[tuple[str, dict[str, Any]]]:
        """What was interpreted, as codes and params for `say`: the order of day and month, files left out."""
        notes: list[tuple[str, dict[str, Any]]] = []
        for code, count in self._left_out.items():
            if count:
                notes.append((f"left_out_{code}", {"count": count}))
        order = self._parts[0].order
        if order.example:
            sure = "day_first" if self.mapping.day_first else "month_first"
            code = sure if order.sure else "day_first_unsure"
            notes.append((f"note_{code}", {"example": order.example}))
        return notes

    def batches(self, progress: Progress | None = None) -> Iterator[Batch]:
        """The happenings, in the order of the files; memory does not grow with their size.

        Raises UnreadableFile when who or when is not known, or a file turns out damaged or a bomb.
        """
        self.checked()
        total, done = self.size_bytes, 0

        def on_bytes(count: int) -> None:
            nonlocal done
            done += count
            if progress is not None:
                progress(min(done, total), total)

        try:
            for part in self._parts:
                yield from self._batches_of(part, on_bytes)
        except UnreadableFile as error:
            raise UnreadableFile(error.code, error.params, lang=self._lang) from error
        if progress is not None:
            progress(total, total)

    def _batches_of(self, part: Part, on_bytes: Callable[[int], None]) -> Iterator[Batch]:
        mapping = part.mapping
        wanted = list(dict.fromkeys(mapping.columns.values()))
        needed = [mapping.columns["person"], mapping.columns["time"]]
        for raw in part.reader.raw_batches(wanted, needed, on_bytes):
            yield map_rows(raw, mapping, self._now, part.reader.item.name)


def open_source(
    paths: Iterable[str | Path],
    mapping: Mapping | None = None,
    lang: str = "en",
    *,
    tz: str = DEFAULT_TZ,
    now: datetime | None = None,
) -> Source:
    """Look at files (or folders) and guess how to read them; nothing but their first rows is read.

    A `mapping` given, such as one kept from an earlier import, is used as it is. Naive times are read as
    local times of `tz`. `now` decides which dates lie in the future.

    Raises UnreadableFile with a sentence in `lang`. Whether who and when are known is checked by `checked`
    and by `batches`, so that a caller may still correct the guesses.
    """
    moment = now or datetime.now(UTC)
    try:
        _known_zone(tz)
        places = find_items([Path(path) for path in paths])
        parts = _parts(places, mapping, tz, moment)
    except UnreadableFile as error:
        raise UnreadableFile(error.code, error.params, lang=lang) from error
    left_out = {"odd_names": places.odd_names, "other_files": places.other_files}
    return Source(parts, left_out, moment, lang)


def _known_zone(tz: str) -> None:
    try:
        ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnreadableFile("bad_tz", {"tz": tz}) from error


def _parts(places: Places, mapping: Mapping | None, tz: str, now: datetime) -> list[Part]:
    parts: list[Part] = []
    for group, given in places.groups:
        try:
            part = _part(group, mapping, parts, tz, now)
            if not given and not _complete(part.mapping) and (parts or len(places.groups) > 1):
                places.other_files += 1
                continue
            parts.append(part)
        except UnreadableFile:
            if given:
                raise
            places.other_files += 1
    if not parts:
        raise UnreadableFile("empty_folder", {"file": places.first})
    return parts


def _complete(mapping: Mapping) -> bool:
    return mapping.column("person") is not None and mapping.column("time") is not None


def _part(group: Any, mapping: Mapping | None, before: list[Part], tz: str, now: datetime) -> Part:
    """One file (or a folder of topics) with its mapping: given, taken over from a like file, or guessed."""
    if isinstance(group, discourse.Topics):
        reader: Reader = group
        kind = "discourse"
    else:
        sniffed = sniff(group)
        reader, kind = sniffed.reader, sniffed.format
    if mapping is not None and isinstance(reader, Delimited):
        reader = reshaped(reader, mapping)
    sample = sample_of(reader)
    like = mapping or next((part.mapping for part in before if part.reader.columns == reader.columns), None)
    if like is not None and set(like.columns.values()) <= set(reader.columns):
        return Part(reader, kind, like, sample)
    return _with_dates(Part(reader, kind, _guessed(reader, kind, sample, tz, now), sample))


def sample_of(reader: Reader) -> pa.Table:
    """The first rows of a file, all columns."""
    raw = next(iter(reader.raw_batches(reader.columns, ())), None)
    if raw is None or (raw.rows.num_rows == 0 and not raw.rejected):
        raise UnreadableFile("only_header", {"file": reader.item.name})
    return pa.Table.from_batches([raw.rows.slice(0, SAMPLE_ROWS)])


def _guessed(reader: Reader, kind: str, sample: pa.Table, tz: str, now: datetime) -> Mapping:
    header = not isinstance(reader, Delimited) or reader.shape.header
    if kind in _SAYS_ALWAYS:
        guesses = [Guess(role, name, 1.0, "format_says") for role, name in _SAYS_ALWAYS[kind].items()]
    else:
        guesses = guess_columns(sample, tz, now, header=header)
    mapping = Mapping(
        columns={guess.role: guess.column for guess in guesses},
        guesses=tuple(guesses),
        format=kind,
        network=NETWORKS.get(kind, kind),
        tz=tz,
        kind=kind_hint(reader.columns).value,
        decimal_comma=_decimal_comma(sample, tz, now),
    )
    if isinstance(reader, Delimited):
        shape = reader.shape
        mapping = replace(
            mapping,
            delimiter=shape.delimiter,
            encoding=shape.encoding,
            header=header,
            skip_lines=shape.skip_lines,
        )
    return mapping


def _decimal_comma(sample: pa.Table, tz: str, now: datetime) -> bool:
    looks = (look_at(name, 0, sample.column(name).combine_chunks(), tz, now) for name in sample.column_names)
    return any(look.decimal_commas > 0.5 for look in looks if look.filled)


def _with_dates(part: Part) -> Part:
    """Day or month first, from the whole column if the first rows do not tell; and how old the log is."""
    name = part.mapping.column("time")
    if name is None:
        return part
    column = part.sample.column(name).combine_chunks()
    order = day_order(column)
    if order.example and not order.sure:
        order = _whole_order(part.reader, name)
    mapping = replace(part.mapping, day_first=order.day_first)
    times = parse_times(column, mapping.tz, day_first=mapping.day_first).instants.drop_null()
    old = len(times) > 0 and float(pc.mean(pc.less(times, pa.scalar(_1990, times.type))).as_py()) > 0.5
    zero = len(times) > 0 and pc.max(pc.abs(times.cast(pa.int64()))).as_py() <= 86_400_000_000
    return replace(part, mapping=replace(mapping, allow_before_1990=old and not zero), order=order)


def _whole_order(reader: Reader, name: str) -> DayOrder:
    """Read on until some date can be read only one way."""
    order = DayOrder()
    for raw in reader.raw_batches([name], [name]):
        order = order.merged(day_order(raw.rows.column(name)))
        if order.sure:
            break
    return order


def _items(reader: Reader) -> tuple[Any, ...]:
    return reader.items if isinstance(reader, discourse.Topics) else (reader.item,)
