"""Rows gathered one by one into Arrow batches, for the formats and faults that need Python per row."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa

from deining.channels.files.happenings import RawBatch, Rejected, excerpt

ROWS_PER_BATCH: Final = 50_000
REJECTED_PER_BATCH: Final = 50_000


class RowsBuilder:
    """Collects rows of text columns; `full` says when to `take` a batch."""

    def __init__(self, columns: Sequence[str], file: str) -> None:
        self.columns = list(columns)
        self.file = file
        self._reset()

    def _reset(self) -> None:
        self._values: list[list[str | None]] = [[] for _ in self.columns]
        self._numbers: list[int] = []
        self._rejected: list[Rejected] = []
        self._left_out: dict[str, int] = {}
        self._notes: dict[str, int] = {}

    def add(self, number: int, values: Sequence[str | None]) -> None:
        """One row, its values in the order of `columns`."""
        self._numbers.append(number)
        for column, value in zip(self._values, values, strict=True):
            column.append(value)

    def reject(self, number: int, reason: str, value: object, column: str = "") -> None:
        """One row that cannot be read."""
        self._rejected.append(Rejected(number, column, reason, excerpt(value), self.file))

    def leave_out(self, reason: str) -> None:
        """Count one row that is skipped on purpose."""
        self._left_out[reason] = self._left_out.get(reason, 0) + 1

    def note(self, what: str) -> None:
        """Count one row that was interpreted."""
        self._notes[what] = self._notes.get(what, 0) + 1

    @property
    def full(self) -> bool:
        """Time to take a batch."""
        return len(self._numbers) >= ROWS_PER_BATCH or len(self._rejected) >= REJECTED_PER_BATCH

    @property
    def empty(self) -> bool:
        """Nothing gathered."""
        return not (self._numbers or self._rejected or self._left_out)

    def take(self) -> RawBatch:
        """What was gathered, and start afresh."""
        arrays = [pa.array(values, pa.string()) for values in self._values]
        rows = pa.RecordBatch.from_arrays(arrays, names=self.columns)
        numbers = np.array(self._numbers, np.int64)
        batch = RawBatch(rows, numbers, self._rejected, self._left_out, self._notes)
        self._reset()
        return batch


def decoded(data: bytes) -> str:
    """Text of unknown encoding: UTF-8 where it is, else Windows' Western European, the usual other one."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def decoded_column(column: pa.Array) -> pa.Array:
    """A binary column as text; a batch with foreign bytes is decoded value by value."""
    try:
        return column.cast(pa.string())
    except pa.ArrowInvalid:
        return pa.array(
            [None if value is None else decoded(value) for value in column.to_pylist()], pa.string()
        )
