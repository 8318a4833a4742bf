"""Texts that differ only in their digits, read together.

"03-11-2024 14:05" and "31-12-2023 09:30" have the template "99-99-9999 99:99". A column of a million moments
has one template, or some dozens when months are words; what a regular expression finds in one text of a
template stands at the same place in all of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]

LONGEST: Final = 64
"""No moment is written longer than this."""
_NINE: Final = np.uint8(ord("9"))
_ZERO: Final = np.uint8(ord("0"))


@dataclass(frozen=True, slots=True)
class Alike:
    """Rows of one template: their places in the column, their characters as bytes (rows × length), one of
    them.
    """

    rows: Ints
    characters: Bytes
    example: str


def alike(text: pa.Array) -> Iterator[Alike]:
    """The groups of a string column; nulls, blanks and texts too long for a moment are in none."""
    text = text.cast(pa.large_string())
    lengths = np.asarray(pc.fill_null(pc.binary_length(text), 0)).astype(np.int64)
    if not len(text):
        return
    _, offsets_buffer, data = text.buffers()
    offsets = np.frombuffer(offsets_buffer, np.int64)[text.offset : text.offset + len(text) + 1]
    characters = np.frombuffer(data, np.uint8) if data is not None else np.empty(0, np.uint8)
    for length in np.unique(lengths[(lengths > 0) & (lengths <= LONGEST)]).tolist():
        rows = np.flatnonzero(lengths == length)
        matrix = characters[offsets[rows][:, None] + np.arange(length)]
        yield from _by_template(rows, matrix)


def _by_template(rows: Ints, matrix: Bytes) -> Iterator[Alike]:
    """Peel off the first row's template while that takes many rows; sort out the rest."""
    digit = (matrix - _ZERO) <= 9
    template = np.where(digit, _NINE, matrix)
    for _ in range(4):
        same = (template == template[0]).all(axis=1)
        yield _group(rows, matrix, same)
        rows, matrix, template = rows[~same], matrix[~same], template[~same]
        if not rows.size:
            return
    keys = np.ascontiguousarray(template).view(f"V{template.shape[1]}").ravel()
    _, inverse = np.unique(keys, return_inverse=True)
    order = np.argsort(inverse, kind="stable")
    for places in np.split(order, np.flatnonzero(np.diff(inverse[order])) + 1):
        yield _group(rows, matrix, places)


def _group(rows: Ints, matrix: Bytes, which: NDArray[np.bool_] | Ints) -> Alike:
    chosen = matrix[which]
    return Alike(rows[which], chosen, chosen[0].tobytes().decode("latin-1"))


class Fields:
    """The named groups of a matched shape, for all rows of a template; an absent group reads as 0 or ""."""

    def __init__(self, group: Alike, found: re.Match[str]) -> None:
        self._characters = group.characters
        self._found = found
        self.size = len(group.rows)

    def has(self, name: str) -> bool:
        """Whether the shape knows the group and the text fills it."""
        return bool(self._found.groupdict().get(name))

    def word(self, name: str) -> str:
        """The group's text in lower case; the same in all rows but for digits."""
        return (self._found.groupdict().get(name) or "").lower()

    def ints(self, name: str) -> Ints:
        """The digits of the group as a whole number for each row."""
        total = np.zeros(self.size, np.int64)
        for place in self._digits(name):
            total = total * 10 + (self._characters[:, place] - _ZERO)
        return total

    def fraction(self, name: str) -> Ints:
        """Digits behind a decimal point as millionths, the seventh and later ones cut off."""
        places = self._digits(name)[:6]
        total = np.zeros(self.size, np.int64)
        for place in places:
            total = total * 10 + (self._characters[:, place] - _ZERO)
        scaled: Ints = total * 10 ** (6 - len(places))
        return scaled

    def _digits(self, name: str) -> list[int]:
        if not self.has(name):
            return []
        start, end = self._found.span(name)
        return [place for place in range(start, end) if self._found.string[place].isdigit()]
