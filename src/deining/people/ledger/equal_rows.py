"""The how-manieth of equal rows each row of a file is, for files of any length in little memory.

Sorted runs (O'Neil and others 1996, "The log-structured merge-tree"): the keys seen so far lie in sorted
arrays, two of one size become one of twice the size, and the large ones live in a scratch file.
"""

import tempfile
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Whole = npt.NDArray[np.int64]

ON_DISK: Final = 1 << 18
"""From this many keys on, a run lies in a file (2 MB)."""
LARGEST: Final = 1 << 22
"""Runs of this many keys are not joined any more (32 MB)."""


class EqualRows:
    """Counts keys as they come by. Not for use by two threads."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._runs: list[Hashes] = []

    def ordinals(self, keys: Hashes) -> Whole:
        """For each key, how often it came by before: in earlier calls, and earlier in this one."""
        if not len(keys):
            return np.zeros(0, dtype=np.int64)
        order = np.argsort(keys, kind="stable")
        in_order = keys[order]
        first = np.flatnonzero(np.concatenate([[True], in_order[1:] != in_order[:-1]]))
        sizes = np.diff(np.append(first, len(keys)))
        within = np.arange(len(keys), dtype=np.int64) - np.repeat(first, sizes)
        before = self._seen(in_order[first])
        found = np.empty(len(keys), dtype=np.int64)
        found[order] = within + np.repeat(before, sizes)
        self._keep(in_order)
        return found

    def _seen(self, keys: Hashes) -> Whole:
        count = np.zeros(len(keys), dtype=np.int64)
        for run in self._runs:
            left = np.searchsorted(run, keys, "left")
            there = left < len(run)
            # a second search only where the key is there at all: seldom
            hit = np.flatnonzero(there)[run[left[there]] == keys[there]]
            count[hit] += np.searchsorted(run, keys[hit], "right") - left[hit]
        return count

    def _keep(self, run: Hashes) -> None:
        while self._runs and len(self._runs[-1]) <= len(run) < LARGEST:
            run = np.concatenate([self._runs.pop(), run])
            run.sort(kind="stable")
        self._runs.append(self._on_disk(run) if len(run) >= ON_DISK else run)

    def _on_disk(self, run: Hashes) -> Hashes:
        with tempfile.TemporaryFile(dir=self._folder) as file:
            run.tofile(file)
            file.flush()
            return np.memmap(file, dtype=np.uint64, mode="r", shape=run.shape)
