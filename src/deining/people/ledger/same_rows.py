"""When a fingerprint is taken: by this very row, or by a different one?

An id is unique on its network, but exports break that: orders and tickets of one shop may both count from 1.
A row is the same when its moment is the same, or its account and kind are (a moment may be corrected at the
source); anything else is a different row, which is kept beside it.
"""

import numpy as np
from django.db import connection

from deining.core.models import Brand
from deining.people.ledger.fingerprints import Whole
from deining.people.ledger.rows import Rows
from deining.people.ledger.tables import Tables, table_of
from deining.people.models import LedgerEntry


def different_rows(brand: Brand, tables: Tables, rows: Rows, identities: Whole) -> Whole:
    """Places of the rows whose fingerprint belongs to another row."""
    among, parameters = tables.among(rows.fingerprint.tolist(), "bigint")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fingerprint, identity_id, happened_at, kind "  # noqa: S608
            f"FROM {table_of(LedgerEntry)} WHERE brand_id = %s AND fingerprint IN ({among})",
            [brand.pk, *parameters],
        )
        stored = np.array(cursor.fetchall(), dtype=np.int64).reshape(-1, 4)
    stored = stored[np.argsort(stored[:, 0])]
    there = stored[np.searchsorted(stored[:, 0], rows.fingerprint)]
    same = (there[:, 2] == rows.instant) | ((there[:, 1] == identities) & (there[:, 3] == rows.kind))
    return np.flatnonzero(~same)
