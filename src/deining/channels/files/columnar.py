"""Parquet, read one batch of rows at a time and only the columns that are wanted."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from deining.channels.files.happenings import RawBatch
from deining.channels.files.items import Item, OnBytes, translated
from deining.channels.files.unreadable import UnreadableFile

ROWS: Final = 65_536
COPY: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Columnar:
    """A Parquet file; columns that hold lists or structures are not offered."""

    item: Item
    names: tuple[str, ...]

    @property
    def columns(self) -> list[str]:
        """Its column names."""
        return list(self.names)

    def raw_batches(
        self, wanted: Sequence[str], _needed: Sequence[str] = (), on_bytes: OnBytes | None = None
    ) -> Iterator[RawBatch]:
        """The rows with the `wanted` columns, typed as in the file."""
        with opened(self.item) as file:
            total, done, told = max(1, file.metadata.num_rows), 0, 0
            # pre_buffer keeps whole row groups in memory; a file may well be one row group
            for rows in file.iter_batches(batch_size=ROWS, columns=list(wanted), use_threads=False):
                numbers = np.arange(done + 1, done + rows.num_rows + 1, dtype=np.int64)
                done += rows.num_rows
                yield RawBatch(plain(rows), numbers)
                if on_bytes is not None:
                    on_bytes(self.item.size * done // total - told)
                    told = self.item.size * done // total


@contextmanager
def opened(item: Item) -> Iterator[Any]:
    """The Parquet file of an item; a packed one goes through a temporary file, for Parquet is read from its
    end.
    """
    try:
        with translated(item.name):
            if not item.packed:
                with pq.ParquetFile(item.path, pre_buffer=False) as file:
                    yield file
                return
            with tempfile.TemporaryFile() as copy, item.open() as stream:
                while piece := stream.read(COPY):
                    copy.write(piece)
                copy.seek(0)
                yield pq.ParquetFile(copy, pre_buffer=False)
    except (pa.ArrowException, OSError) as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UnreadableFile("bad_parquet", {"file": item.name, "error": first}) from error


def offered(schema: Any) -> tuple[str, ...]:
    """The plain columns of a schema."""
    nested = (pa.types.is_nested, pa.types.is_null)
    return tuple(field.name for field in schema if not any(test(field.type) for test in nested))


def plain(rows: pa.RecordBatch) -> pa.RecordBatch:
    """Dictionary, large and binary strings as strings."""
    arrays = []
    for column in rows.columns:
        kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
        if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
            arrays.append(pa.array([_bytes_text(value) for value in column.to_pylist()], pa.string()))
        elif pa.types.is_large_string(kind) or pa.types.is_string(kind):
            arrays.append(column.cast(pa.string()))
        else:
            arrays.append(column.cast(kind) if kind != column.type else column)
    return pa.RecordBatch.from_arrays(arrays, names=rows.schema.names)


def _bytes_text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("utf-8", "replace")
