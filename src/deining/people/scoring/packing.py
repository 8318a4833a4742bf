"""A person's state as the bytes of one database row, and back: eight bytes a number, no number lost.

The order is the relationship room's own columns and then the server's tally.
`layout().version` is derived
from that order, so that a change of the model's state makes every stored row count as "of another version".
"""

import zlib
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from deining.insight import relationship
from deining.people.scoring.tally import SCHEMA as TALLY
from deining.people.scoring.tally import lined_up

NULL: Final = np.iinfo(np.int64).min
NOT_KEPT: Final = ("person", "needs_recount")


@dataclass(frozen=True)
class Layout:
    """The order of the numbers. `version` is 1 to 32,000; 0 is a mark (`asking.MARK`)."""

    state: tuple[pa.Field, ...]
    tally: tuple[pa.Field, ...]

    @property
    def fields(self) -> tuple[pa.Field, ...]:
        return (*self.state, *self.tally)

    @property
    def version(self) -> int:
        return 1 + zlib.crc32(repr([(f.name, str(f.type)) for f in self.fields]).encode()) % 32_000


@cache
def layout() -> Layout:
    """The present order: asked of the relationship room itself, by a state of nobody."""
    nobody = pa.table({"person": pa.array([], pa.int64()), "day": pa.array([], pa.int32())})
    kept = [field for field in relationship.states(nobody).schema if field.name not in NOT_KEPT]
    return Layout(tuple(kept), tuple(field for field in TALLY if field.name not in NOT_KEPT))


def pack(states: pa.Table, tally: pa.Table) -> tuple[npt.NDArray[np.int64], list[bytes]]:
    """The person ids and the bytes of each state. `tally` may lack people who never did anything."""
    beside = lined_up(tally, states["person"])
    columns = [_as_bits(states[field.name], field.type) for field in layout().state]
    columns += [_as_bits(beside[field.name], field.type) for field in layout().tally]
    whole = np.column_stack(columns).astype("<i8", copy=False).tobytes()
    width = 8 * len(columns)
    return states["person"].to_numpy(), [whole[at : at + width] for at in range(0, len(whole), width)]


def unpack(person: npt.NDArray[np.int64], rows: list[bytes]) -> tuple[pa.Table, pa.Table]:
    """States and tally out of the stored bytes; the tally without people who never did anything."""
    bits = np.frombuffer(b"".join(rows), dtype="<i8").reshape(-1, len(layout().fields))
    columns = {
        field.name: _from_bits(np.ascontiguousarray(bits[:, n]), field.type)
        for n, field in enumerate(layout().fields)
    }
    states = pa.table(
        {"person": pa.array(person), **{field.name: columns[field.name] for field in layout().state}}
    )
    states = states.append_column("needs_recount", pa.repeat(pa.scalar(False), len(person)))
    tally = pa.table({"person": pa.array(person), **{f.name: columns[f.name] for f in layout().tally}})
    return states, tally.filter(tally["last_at"].is_valid())


def _as_bits(column: pa.ChunkedArray, kind: pa.DataType) -> npt.NDArray[np.int64]:
    if pa.types.is_floating(kind):
        return np.asarray(column.cast(pa.float64()).to_numpy().view(np.int64))
    return np.asarray(column.cast(pa.int64()).fill_null(int(NULL)).to_numpy())


def _from_bits(bits: npt.NDArray[np.int64], kind: pa.DataType) -> pa.Array:
    if pa.types.is_floating(kind):
        return pa.array(bits.view(np.float64)).cast(kind)
    return pa.array(bits, mask=bits == NULL).cast(kind)
