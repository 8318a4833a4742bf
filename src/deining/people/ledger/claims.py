"""What a step's rows say about accounts: each distinct one once, with its first name, handle and address."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from deining.people.ledger.fitting import fit, fit_id

Whole = npt.NDArray[np.int64]
FIELDS: Final = {"name": 200, "handle": 200, "email": 254}
"""What a source may tell of an account, and how long it may be."""
BETWEEN: Final = "\x1f"


class Claims:
    """The distinct accounts of a step. `keys` names each as network and id joined; `codes` has for each row
    the place of its account in `keys`.
    """

    def __init__(self, happenings: pa.RecordBatch) -> None:
        joined = pc.binary_join_element_wise(happenings["network"], happenings["person"], BETWEEN)
        coded = joined.dictionary_encode()
        self.keys: Sequence[str] = coded.dictionary.to_pylist()
        self.codes: Whole = np.asarray(coded.indices, dtype=np.int64)
        self._told = {
            field: happenings[field] for field in FIELDS if happenings[field].null_count < len(coded)
        }

    def account(self, place: int) -> tuple[str, str]:
        """Network and external id, fit to be stored."""
        network, _, external_id = self.keys[place].partition(BETWEEN)
        return fit_id(network, 40), fit_id(external_id, 300)

    def tells(self, field: str) -> bool:
        """Whether any row says this about its account."""
        return field in self._told

    def said(self, places: Sequence[int]) -> Mapping[str, dict[int, str]]:
        """What is said first about these accounts, by field and place; the silent ones are left out."""
        wanted = np.zeros(len(self.keys), dtype=np.bool_)
        wanted[list(places)] = True
        mine = wanted[self.codes]
        return {field: self._first(field, mine) if places else {} for field in FIELDS}

    def _first(self, field: str, mine: npt.NDArray[np.bool_]) -> dict[int, str]:
        column = self._told.get(field)
        if column is None:
            return {}
        rows = np.flatnonzero(mine & np.asarray(column.is_valid()))
        accounts, first = np.unique(self.codes[rows], return_index=True)
        words = column.take(pa.array(rows[first])).to_pylist()
        longest = FIELDS[field]
        return {
            place: fit(word, longest)
            for place, word in zip(accounts.tolist(), words, strict=True)
            if word.strip()
        }
