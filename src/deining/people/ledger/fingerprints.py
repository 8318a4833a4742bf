"""What makes a row this row, in 63 bits (docs/decisions/030-fingerprints.md).

Texts are hashed once per distinct value with BLAKE2b (RFC 7693), the parts of a row are put together with the
finaliser of SplitMix64 (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators"), in numpy.
Everything here is stable for ever: a change makes every earlier import count twice.
"""

from functools import lru_cache
from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Hashes = npt.NDArray[np.uint64]
Whole = npt.NDArray[np.int64]

_HOUR: Final = 3_600_000_000
_HOUR_BITS: Final = np.uint64(0xFFFFF)
_LOW_BITS: Final = np.uint64((1 << 43) - 1)
_SHIFT: Final = np.uint64(43)
_HALF: Final = np.uint64((1 << 63) - 1)
_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)


def hash_text(*parts: str) -> int:
    """64 bits of BLAKE2b over the parts."""
    return int.from_bytes(blake2b("\x1f".join(parts).encode(), digest_size=8).digest(), "big")


_remembered = lru_cache(maxsize=100_000)(hash_text)


def hash_texts(column: pa.Array) -> Hashes:
    """One hash for each text of a column; 0 for null."""
    coded = column.dictionary_encode()
    table = [_remembered(text) for text in coded.dictionary.to_pylist()]
    hashes = np.array([*table, 0], dtype=np.uint64)
    return hashes[np.asarray(coded.indices.fill_null(len(table)), dtype=np.int64)]


def equal_rows_key(account: Hashes, instant: Whole, kind: Whole, direction: Whole, about: Hashes) -> Hashes:
    """The same number for rows that cannot be told apart: same account, moment, kind, direction, subject."""
    what = instant.view(np.uint64) ^ _mixed((kind * 4 + direction).view(np.uint64))
    return _combined(_combined(account, what), about)


def without_id(key: Hashes, instant: Whole, ordinal: Whole) -> Whole:
    """Fingerprints of rows that carry no id: `ordinal` tells the how-manieth of equal rows each one is.

    The hour leads, so that a log, which is mostly in order of time, meets the index where it was last.
    """
    hour = (instant // _HOUR).view(np.uint64) & _HOUR_BITS
    return ((hour << _SHIFT) | (_combined(key, ordinal.view(np.uint64)) & _LOW_BITS)).view(np.int64)


def of_ids(network: pa.Array, external_id: pa.Array) -> Whole:
    """Fingerprints of rows by their own id on their network; 0 where there is none."""
    networks, ids = network.to_pylist(), external_id.to_pylist()
    found = [
        0 if own is None else hash_text("id", where, own) & 0x7FFFFFFFFFFFFFFF
        for where, own in zip(networks, ids, strict=True)
    ]
    return np.array(found, dtype=np.int64)


def beside(fingerprint: Whole, account: Hashes, instant: Whole) -> Whole:
    """Another fingerprint for a row whose own is taken by a different row: two files that count from 1."""
    other = _combined(_combined(fingerprint.view(np.uint64), account), instant.view(np.uint64))
    return (other & _HALF).view(np.int64)


def _combined(one: Hashes, other: Hashes) -> Hashes:
    return _mixed(one * _GOLDEN + _mixed(other + _GOLDEN))


def _mixed(bits: Hashes) -> Hashes:
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))
