"""CSV, TSV and columns apart by blanks: Arrow's incremental parser, with a tolerant way for what it refuses.

The fast way parses blocks of a megabyte into binary columns and decodes them afterwards, so that one
Latin-1 name among a million UTF-8 ones costs nothing. Rows with too few or too many fields are mended or
rejected one at a time. When a block cannot be parsed at all (a field larger than a block, a quotation mark
that never closes), the tolerant way takes over from exactly that row.
"""

import csv
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
from numpy.typing import NDArray

from deining.channels.files.happenings import RawBatch
from deining.channels.files.items import Item, OnBytes, translated
from deining.channels.files.rows import RowsBuilder, decoded_column
from deining.channels.files.text_stream import WHITESPACE, plain_text
from deining.channels.files.tolerant import LINE_LIMIT, tolerant_rows

BLOCK: Final = 1 << 20
"""Bytes parsed at a time. Arrow reads 32 blocks ahead, so this bounds memory at a few dozen megabytes."""


@dataclass(frozen=True, slots=True)
class TextShape:
    """How a delimited file is written; `columns` are its deduplicated names, in order."""

    columns: tuple[str, ...]
    delimiter: str = ","
    encoding: str = "utf-8"
    header: bool = True
    skip_lines: int = 0
    old_mac: bool = False

    @property
    def character(self) -> str:
        """The delimiter as the parser sees it."""
        return "\t" if self.delimiter == WHITESPACE else self.delimiter


@dataclass(frozen=True, slots=True)
class Delimited:
    """A delimited text file to read."""

    item: Item
    shape: TextShape

    @property
    def columns(self) -> list[str]:
        """Its column names."""
        return list(self.shape.columns)

    def raw_batches(
        self, wanted: Sequence[str], needed: Sequence[str] = (), on_bytes: OnBytes | None = None
    ) -> Iterator[RawBatch]:
        """The rows with the `wanted` columns; a short row is mended if it still has the `needed` ones."""
        mender = Mender(self, wanted, needed)
        done = 0
        try:
            for batch in self._fast(wanted, mender, on_bytes):
                yield batch
                done = mender.done
        except pa.ArrowInvalid:
            yield from self._tolerant(mender, done, on_bytes)

    def _fast(self, wanted: Sequence[str], mender: "Mender", on_bytes: OnBytes | None) -> Iterator[RawBatch]:
        with translated(self.item.name), self.item.open(on_bytes) as stream:
            text = plain_text(stream, self.shape.encoding, self.shape.delimiter, old_mac=self.shape.old_mac)
            reader = pacsv.open_csv(
                text,
                read_options=pacsv.ReadOptions(
                    use_threads=False,
                    block_size=BLOCK,
                    column_names=self.columns,
                    skip_rows=self.shape.skip_lines,
                    skip_rows_after_names=int(self.shape.header),
                ),
                parse_options=pacsv.ParseOptions(
                    delimiter=self.shape.character,
                    quote_char=False if self.shape.delimiter == WHITESPACE else '"',
                    newlines_in_values=self.shape.delimiter != WHITESPACE,
                    invalid_row_handler=mender.heard,
                ),
                convert_options=pacsv.ConvertOptions(
                    column_types={name: pa.binary() for name in self.columns},
                    include_columns=list(wanted),
                    strings_can_be_null=False,
                    check_utf8=False,
                ),
            )
            for rows in reader:
                yield self._numbered(rows, mender)
            if mender.waiting:
                yield mender.taken(None)

    def _numbered(self, rows: Any, mender: "Mender") -> RawBatch:
        """Text columns and row numbers; the rows Arrow refused are added after those it took."""
        text = pa.RecordBatch.from_arrays(
            [decoded_column(column) for column in rows.columns], names=rows.schema.names
        )
        numbers = mender.numbers(rows.num_rows)
        mended = mender.taken(int(numbers[-1]) if numbers.size else None)
        both = pa.Table.from_batches([text, mended.rows.select(text.schema.names)]).combine_chunks()
        batches = both.to_batches()
        merged = batches[0] if batches else text
        all_numbers = np.concatenate([numbers, mended.numbers])
        return RawBatch(merged, all_numbers, mended.rejected, notes=mended.notes)

    def _tolerant(self, mender: "Mender", done: int, on_bytes: OnBytes | None) -> Iterator[RawBatch]:
        builder = RowsBuilder(mender.wanted, self.item.name)
        with translated(self.item.name), self.item.open(on_bytes) as stream:
            text = plain_text(stream, self.shape.encoding, self.shape.delimiter, old_mac=self.shape.old_mac)
            skipped = self.shape.skip_lines
            for number, fields, fault in tolerant_rows(
                text, self.shape.character, skipped, self.shape.header
            ):
                if number <= done:
                    continue
                if fault:
                    builder.reject(number, fault, fields[0] if fields else "")
                else:
                    mender.mend(builder, number, fields)
                if builder.full:
                    yield builder.take()
        if not builder.empty:
            yield builder.take()


class Mender:
    """Rows whose number of fields differs from the header: kept if who and when are clear, or rejected."""

    def __init__(self, source: Delimited, wanted: Sequence[str], needed: Sequence[str]) -> None:
        self.wanted = list(wanted)
        self._source = source
        self._expected = len(source.columns)
        self._places = [source.columns.index(name) for name in wanted]
        self._reach = max((source.columns.index(name) for name in needed), default=0)
        self.waiting: list[tuple[int, str]] = []
        self.done = 0

    def heard(self, row: Any) -> str:
        """Arrow's handler of rows with another number of fields."""
        number = int(row.number) - int(self._source.shape.header)
        with suppress(UnicodeDecodeError):
            self.waiting.append((number, row.text))
            return "skip"
        self.waiting.append((number, ""))
        return "skip"

    def numbers(self, count: int) -> NDArray[np.int64]:
        """Row numbers of the next `count` good rows, stepping over the refused ones."""
        refused = {number for number, _ in self.waiting}
        if not refused:
            numbers = np.arange(self.done + 1, self.done + count + 1, dtype=np.int64)
        else:
            reach = np.arange(self.done + 1, self.done + count + len(refused) + 1, dtype=np.int64)
            numbers = reach[~np.isin(reach, list(refused))][:count]
        self.done = int(numbers[-1]) if count else self.done
        return numbers

    def taken(self, until: int | None) -> RawBatch:
        """The refused rows up to row `until` (None: all), mended or rejected."""
        builder = RowsBuilder(self.wanted, self._source.item.name)
        ready = [pair for pair in self.waiting if until is None or pair[0] < until]
        self.waiting = [pair for pair in self.waiting if until is not None and pair[0] >= until]
        for number, text in ready:
            self._one(builder, number, text)
        return builder.take()

    def _one(self, builder: RowsBuilder, number: int, text: str) -> None:
        """A refused row; where an open quotation mark swallowed whole lines, the lines are read apart."""
        delimiter = self._source.shape.character
        lines = text.splitlines()
        if len(lines) > 1:
            apart = [fields_of(line, delimiter) for line in lines]
            if any(len(fields) == self._expected for fields in apart):
                for fields in apart:
                    self.mend(builder, number, fields)
                return
        self.mend(builder, number, fields_of(text, delimiter))

    def mend(self, builder: RowsBuilder, number: int, fields: list[str]) -> None:
        """Add the row, padded or cut where that is safe, or reject it."""
        if len(fields) > self._expected and any(field.strip() for field in fields[self._expected :]):
            builder.reject(number, "too_many_fields", self._source.shape.character.join(fields))
        elif len(fields) <= self._reach:
            builder.reject(number, "too_few_fields", self._source.shape.character.join(fields))
        else:
            if len(fields) != self._expected:
                builder.note("padded")
            builder.add(number, [fields[place] if place < len(fields) else None for place in self._places])


def fields_of(line: str, delimiter: str) -> list[str]:
    """The fields of one row of text."""
    csv.field_size_limit(max(csv.field_size_limit(), LINE_LIMIT))
    try:
        return next(csv.reader([line.replace("\r", "")], delimiter=delimiter), [])
    except csv.Error:
        return line.split(delimiter)
