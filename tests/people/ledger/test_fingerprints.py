"""Fingerprints never change: an installation's earlier imports must be recognised by every later version."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from deining.people.ledger import equal_rows, fingerprints
from deining.people.ledger.equal_rows import EqualRows


def test_they_are_the_ones_that_older_versions_stored() -> None:
    instant, code = np.array([1_700_000_000_000_000]), np.array([2])
    account = fingerprints.hash_texts(pa.array(["csv\x1ffien"]))
    about = fingerprints.hash_texts(pa.array(["herfst"]))
    key = fingerprints.equal_rows_key(account, instant, code, np.array([1]), about)
    bare = fingerprints.without_id(key, instant, np.array([0]))
    named = fingerprints.of_ids(pa.array(["csv", "csv"]), pa.array(["m1", None]))
    beside = fingerprints.beside(named[:1], account, instant)
    assert [*bare.tolist(), *named.tolist(), *beside.tolist()] == STORED


STORED = [4153710696903520258, 9002125644106649126, 0, 7432520896456766353]


def test_they_fit_a_signed_column_also_before_1970() -> None:
    instant = np.array([-2_000_000_000_000_000, 0, 4_000_000_000_000_000])
    found = fingerprints.without_id(
        np.array([1, 2, 3], dtype=np.uint64), instant, np.zeros(3, dtype=np.int64)
    )
    assert (found >= 0).all()
    assert len(set(found.tolist())) == 3


@given(st.lists(st.lists(st.integers(0, 5), max_size=30), max_size=20))
def test_equal_rows_are_numbered_as_a_dictionary_would(pieces: list[list[int]]) -> None:
    counter, seen = EqualRows(), dict.fromkeys(range(6), 0)
    for piece in pieces:
        expected = []
        for key in piece:
            expected.append(seen[key])
            seen[key] += 1
        assert counter.ordinals(np.array(piece, dtype=np.uint64)).tolist() == expected


def test_equal_rows_are_found_back_on_disk() -> None:
    rng = np.random.default_rng(1)
    counter = EqualRows()
    keys = rng.integers(0, 2**63, equal_rows.ON_DISK * 2, dtype=np.uint64)
    half = len(keys) // 2
    assert not counter.ordinals(keys[:half]).any()
    assert not counter.ordinals(keys[half:]).any()
    assert any(isinstance(run, np.memmap) for run in counter._runs)
    again = counter.ordinals(keys[::1000])
    assert (again == 1).all()
    assert (counter.ordinals(keys[::1000]) == 2).all()
