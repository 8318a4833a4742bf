"""Happenings as the numbers that the ledger stores."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from deining.core.kinds import DIRECTION_CODES, KIND_CODES, Direction, Kind
from deining.core.models import Brand
from deining.insight.relationship.events import days_of
from deining.people.ledger import fingerprints
from deining.people.ledger.equal_rows import EqualRows
from deining.people.ledger.fingerprints import Hashes, Whole


@dataclass(frozen=True)
class Rows:
    """Rows of one step, column by column, in the order of the source.

    `account`: hash of network and account id. `instant`: microseconds since 1970 UTC. `day`: on the brand's
    calendar. `kind`, `direction`: stored codes. `answers`: the fingerprint of the row it answers, or None.
    """

    account: Hashes
    instant: Whole
    day: Whole
    kind: Whole
    direction: Whole
    fingerprint: Whole
    asked: pa.Array
    about: pa.Array
    answers: pa.Array
    stated: pa.Array

    def __len__(self) -> int:
        return len(self.instant)

    def where(self, kept: npt.NDArray[np.bool_]) -> Self:
        """Only the rows that are marked."""
        return self if kept.all() else self.take(np.flatnonzero(kept))

    def take(self, places: Whole) -> Self:
        """The rows at these places."""
        chosen = {field.name: _taken(getattr(self, field.name), places) for field in fields(self)}
        return type(self)(**chosen)


def _taken(column: Any, places: Whole) -> Any:
    return column[places] if isinstance(column, np.ndarray) else column.take(pa.array(places))


def read_rows(happenings: pa.RecordBatch, brand: Brand, equal: EqualRows) -> Rows:
    """The rows' numbers; `equal` counts rows that cannot be told apart."""
    instant = np.array(happenings["happened_at"].cast(pa.int64()), dtype=np.int64)
    kind = _codes(happenings["kind"], lambda word: KIND_CODES[Kind(word)])
    direction = _codes(happenings["direction"], lambda word: DIRECTION_CODES[Direction(word)])
    network = happenings["network"]
    account = fingerprints.hash_texts(pc.binary_join_element_wise(network, happenings["person"], "\x1f"))
    return Rows(
        account=account,
        instant=instant,
        day=np.array(days_of(pa.chunked_array([happenings["happened_at"]]), brand.time_zone), dtype=np.int64),
        kind=kind,
        direction=direction,
        fingerprint=_fingerprints(happenings, account, instant, kind, direction, equal),
        asked=happenings["asked"],
        about=happenings["about"],
        answers=_answers(network, happenings["in_answer_to"]),
        stated=happenings["stated"],
    )


def _codes(words: pa.Array, code: Callable[[str], int]) -> Whole:
    coded = words.dictionary_encode()
    table = np.array([code(word) for word in coded.dictionary.to_pylist()], dtype=np.int64)
    found: Whole = table[np.asarray(coded.indices)]
    return found


def _fingerprints(
    happenings: pa.RecordBatch,
    account: Hashes,
    instant: Whole,
    kind: Whole,
    direction: Whole,
    equal: EqualRows,
) -> Whole:
    ids = happenings["external_id"]
    if ids.null_count == 0:
        return fingerprints.of_ids(happenings["network"], ids)
    bare = np.flatnonzero(np.asarray(ids.is_null()))
    about = fingerprints.hash_texts(happenings["about"])
    key = fingerprints.equal_rows_key(account[bare], instant[bare], kind[bare], direction[bare], about[bare])
    found = np.zeros(len(ids), dtype=np.int64)
    found[bare] = fingerprints.without_id(key, instant[bare], equal.ordinals(key))
    if len(bare) == len(ids):
        return found
    by_id = fingerprints.of_ids(happenings["network"], ids)
    return np.where(by_id != 0, by_id, found)


def _answers(network: pa.Array, answered: pa.Array) -> pa.Array:
    if answered.null_count == len(answered):
        return pa.nulls(len(answered), pa.int64())
    found = fingerprints.of_ids(network, answered)
    return pa.array(found, mask=found == 0)
