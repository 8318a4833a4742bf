"""What every file reader yields: happenings, who did what when, as Arrow record batches.

The text of a post or mail is never among them: the ledger needs to know that somebody wrote, not what.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

INSTANT: Final = pa.timestamp("us", tz="UTC")

SCHEMA: Final = pa.schema(
    [
        pa.field("row", pa.int64(), nullable=False),
        pa.field("person", pa.string(), nullable=False),
        pa.field("network", pa.string(), nullable=False),
        pa.field("name", pa.string()),
        pa.field("handle", pa.string()),
        pa.field("email", pa.string()),
        pa.field("happened_at", INSTANT, nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("kind_raw", pa.string()),
        pa.field("direction", pa.string(), nullable=False),
        pa.field("asked", pa.bool_()),
        pa.field("about", pa.string()),
        pa.field("external_id", pa.string()),
        pa.field("in_answer_to", pa.string()),
        pa.field("stated", pa.bool_()),
    ]
)
"""Columns of a happening; their meaning is in docs/file-formats.md."""

EXCERPT: Final = 80
"""How many characters of a bad value are shown back; longer ones are cut, so that no text of a post leaks."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that could not be read. `reason` is a code for `say`; `column` is empty for a whole row."""

    row: int
    column: str
    reason: str
    value: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class RawBatch:
    """Rows as the file gives them, as text or typed columns; `numbers` are their 1-based row numbers."""

    rows: pa.RecordBatch
    numbers: NDArray[np.int64]
    rejected: list[Rejected] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """Mapped rows. `left_out` counts rows skipped on purpose, by reason; `notes` what was interpreted."""

    happenings: pa.RecordBatch
    rejected: list[Rejected] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)
    file: str = ""


def excerpt(value: object) -> str:
    """The start of a bad value, on one line, safe to show."""
    text = " ".join(str(value).replace("\x00", "").split())
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…"
