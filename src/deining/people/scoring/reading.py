# ruff: noqa: S608 -- only whole numbers and names of this module are put into these statements
"""The ledger in columns: a brand's rows out of SQLite or PostgreSQL, as numpy arrays and an Arrow table.

A row travels as two or three integers. The first packs account, day, kind, direction and "asked" into one
63-bit number, because the cost of reading is the number of values, not their size
(docs/decisions/040-reading-the-ledger.md). SQLite's rows go through `numpy.fromiter`; PostgreSQL sends
binary COPY, which numpy reads in place.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from django.db import connection, transaction

from deining.core.jobs import progress
from deining.core.kinds import DIRECTION_BY_CODE, DIRECTION_CODES, KIND_BY_CODE, Direction
from deining.core.models import Brand

Whole = npt.NDArray[np.int64]

DAY_SHIFT: Final = 1 << 16  # days before 1970 must not be negative
PACKED: Final = (
    "e.identity_id * 134217728 + (e.day + 65536) * 1024 + e.kind * 16 + e.direction * 4 + "
    "CASE WHEN e.asked IS NULL THEN 2 WHEN e.asked THEN 1 ELSE 0 END"
)
THEY: Final = DIRECTION_CODES[Direction.THEY]
STEPS: Final = 6
CHUNK: Final = 500_000
IDS_AT_ONCE: Final = 20_000


@dataclass(frozen=True)
class Rows:
    """Ledger rows, one array a column, all of the same length.

    `person`: id. `day`: number on the brand's calendar. `kind`, `direction`: stored codes. `asked`: 0 no,
    1 yes, 2 the source does not say. `moment`: microseconds since 1970 UTC. `answers`: id of the person
    answered, 0 for nobody (known).
    """

    person: Whole
    day: Whole
    kind: Whole
    direction: Whole
    asked: Whole
    moment: Whole
    answers: Whole

    def __len__(self) -> int:
        return len(self.person)

    @property
    def theirs(self) -> npt.NDArray[np.bool_]:
        """Which rows are something the person did."""
        return cast("npt.NDArray[np.bool_]", self.direction == THEY)

    def where(self, keep: npt.NDArray[np.bool_]) -> "Rows":
        """The rows for which `keep` is true."""
        if bool(keep.all()):
            return self
        return Rows(*(getattr(self, name)[keep] for name in self.__dataclass_fields__))

    def events(self) -> pa.Table:
        """The table that `insight.relationship` reads."""
        columns = {
            "person": pa.array(self.person),
            "day": pa.array(self.day.astype(np.int32)),
            "kind": _words(self.kind, {code: kind.value for code, kind in KIND_BY_CODE.items()}),
            "direction": _words(self.direction, {c: way.value for c, way in DIRECTION_BY_CODE.items()}),
            "asked": pa.array(self.asked == 1, mask=self.asked == 2),
        }
        if self.answers.any():
            columns["answers_person"] = pa.array(self.answers, mask=self.answers == 0)
        return pa.table(columns)


def read_rows(brand: Brand, *, after: int = 0, until: int) -> Rows:
    """The brand's rows with an id above `after` and at most `until`. Takes 16 to 24 bytes of memory a row
    while reading and 56 afterwards; keeps the lease of the job it runs in."""
    scope = f"e.id > {int(after)} AND e.id <= {int(until)} AND e.brand_id + 0 = {int(brand.pk)}"
    return _read(brand, scope)


def read_rows_of(brand: Brand, person_ids: Iterable[int], *, until: int) -> Rows:
    """The rows, with an id of at most `until`, of all accounts of these people."""
    ids = sorted(set(person_ids))
    parts = [
        _read(
            brand,
            f"e.id <= {int(until)} AND e.identity_id IN (SELECT id FROM people_identity "
            f"WHERE brand_id = {int(brand.pk)} AND person_id IN ({','.join(map(str, chunk))}))",
        )
        for chunk in (ids[start : start + IDS_AT_ONCE] for start in range(0, len(ids), IDS_AT_ONCE))
    ]
    return joined(parts)


def joined(parts: list[Rows]) -> Rows:
    """Several sets of rows as one."""
    if not parts:
        return _unpacked(np.empty((0, 2), np.int64), np.empty((0, 3), np.int64), _no_map())
    return Rows(*(np.concatenate([getattr(part, n) for part in parts]) for n in Rows.__dataclass_fields__))


def ledger_ceiling() -> int:
    """The highest ledger id such that no row at or below it can still appear.

    SQLite has one writer, so ids arrive in order. PostgreSQL hands out ids before it commits: a brief lock
    waits for whoever is writing, so that a row under the ceiling is not overlooked for ever.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE people_ledgerentry IN SHARE MODE")
        cursor.execute("SELECT COALESCE(MAX(id), 0) FROM people_ledgerentry")
        return int(cursor.fetchone()[0])


def _read(brand: Brand, scope: str) -> Rows:
    plain = _columns(
        f"SELECT {PACKED}, e.happened_at FROM people_ledgerentry e WHERE {scope} AND e.answers IS NULL", 2
    )
    answering = _columns(
        f"SELECT {PACKED}, e.happened_at, COALESCE(a.identity_id, 0) FROM people_ledgerentry e "
        "LEFT JOIN people_ledgerentry a ON a.brand_id = e.brand_id AND a.fingerprint = e.answers "
        f"WHERE {scope} AND e.answers IS NOT NULL",
        3,
    )
    return _unpacked(plain, answering, _person_by_identity(brand, _accounts_in(plain, answering)))


def _unpacked(plain: Whole, answering: Whole, people: "IdentityMap") -> Rows:
    packed = np.concatenate([plain[:, 0], answering[:, 0]])
    moment = np.concatenate([plain[:, 1], answering[:, 1]])
    answers = np.zeros(len(packed), np.int64)
    answers[len(plain) :] = people.of(answering[:, 2])
    return Rows(
        person=people.of(packed >> 27),
        day=((packed >> 10) & 0x1FFFF) - DAY_SHIFT,
        kind=(packed >> 4) & 0x3F,
        direction=(packed >> 2) & 3,
        asked=packed & 3,
        moment=moment,
        answers=answers,
    )


@dataclass(frozen=True)
class IdentityMap:
    """Whose an account is: two arrays of equal length, the accounts in rising order."""

    identity: Whole
    person: Whole

    def of(self, identities: Whole) -> Whole:
        """The person ids of these accounts; 0 for one that is not the brand's."""
        if not len(self.identity):
            return np.zeros(len(identities), np.int64)
        first, span = int(self.identity[0]), int(self.identity[-1] - self.identity[0]) + 1
        if span <= 8 * len(self.identity):  # mostly one brand's: a table is ten times as fast as a search
            table = np.zeros(span + 1, np.int64)
            table[self.identity - first] = self.person
            place = identities - first
            return table[np.where((place >= 0) & (place < span), place, span)]
        place = np.minimum(np.searchsorted(self.identity, identities), len(self.identity) - 1)
        return np.where(self.identity[place] == identities, self.person[place], 0)


def _no_map() -> IdentityMap:
    return IdentityMap(np.empty(0, np.int64), np.empty(0, np.int64))


def _accounts_in(plain: Whole, answering: Whole) -> Whole:
    return np.unique(np.concatenate([plain[:, 0] >> 27, answering[:, 0] >> 27, answering[:, 2]]))


def _person_by_identity(brand: Brand, accounts: Whole) -> IdentityMap:
    """Whose these accounts are; of many, all of the brand's are read at once."""
    if not len(accounts):
        return _no_map()
    few = len(accounts) <= IDS_AT_ONCE
    among = f" AND id IN ({','.join(map(str, accounts.tolist()))})" if few else ""
    pairs = _columns(f"SELECT id, person_id FROM people_identity WHERE brand_id = {int(brand.pk)}{among}", 2)
    pairs = pairs[np.argsort(pairs[:, 0], kind="stable")]
    return IdentityMap(pairs[:, 0], pairs[:, 1])


def _columns(select: str, width: int) -> Whole:
    """The result of a query whose values are all integers, rows x `width`."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            parts = list(_copied(cursor, select, width))
        else:
            parts = list(_fetched(cursor, select, width))
    return np.concatenate(parts) if parts else np.empty((0, width), np.int64)


def _fetched(cursor: Any, select: str, width: int) -> Iterator[Whole]:
    cursor.execute(select)
    values = chain.from_iterable(cursor.cursor)  # the driver's own cursor: no Python code between the rows
    while True:
        part = np.fromiter(islice(values, CHUNK * width), np.int64)
        if not len(part):
            return
        progress(1, STEPS)
        yield part.reshape(-1, width)


COPY_HEADER: Final = 19
COPY_PART: Final = 8_000_000


def _copied(cursor: Any, select: str, width: int) -> Iterator[Whole]:
    """Binary COPY: a row is its number of values in two bytes, then of each the length (4) and value (8)."""
    fields = [("count", ">i2"), *((f"{what}{n}", kind) for n in range(width) for what, kind in _FIELD)]
    shape = np.dtype(fields)
    names = [f"value{n}" for n in range(width)]
    typed = ", ".join(f"CAST(c{n} AS bigint)" for n in range(width))
    renamed = ", ".join(f"c{n}" for n in range(width))
    held = bytearray()
    skip = COPY_HEADER
    with cursor.cursor.copy(
        f"COPY (SELECT {typed} FROM ({select}) AS r({renamed})) TO STDOUT (FORMAT BINARY)"
    ) as copy:
        for block in copy:
            held += block
            if len(held) >= COPY_PART:
                whole = skip + (len(held) - skip) // shape.itemsize * shape.itemsize
                yield _read_copy(bytes(held[skip:whole]), shape, names)
                del held[:whole]
                skip = 0
                progress(1, STEPS)
    rest = bytes(held[skip:])
    yield _read_copy(
        rest[: len(rest) // shape.itemsize * shape.itemsize], shape, names
    )  # two bytes end the copy


_FIELD: Final = (("length", ">i4"), ("value", ">i8"))


def _read_copy(block: bytes, shape: Any, names: list[str]) -> Whole:
    rows = np.frombuffer(block, dtype=shape)
    return (
        np.column_stack([rows[name].astype(np.int64) for name in names])
        if len(rows)
        else np.empty((0, len(names)), np.int64)
    )


def _words(codes: Whole, word_by_code: dict[int, str]) -> pa.DictionaryArray:
    """Codes as words, without a string for each row."""
    known = sorted(word_by_code)
    place = np.searchsorted(known, codes).astype(np.int8)
    return pa.DictionaryArray.from_arrays(pa.array(place), pa.array([word_by_code[code] for code in known]))
