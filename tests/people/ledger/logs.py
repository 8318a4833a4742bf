"""Happenings to append, as the file readers would give them."""

from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa

from deining.channels.files import SCHEMA
from deining.core.actors import system_actor
from deining.core.models import Brand
from deining.people.ledger import Added, append
from deining.people.models import Batch
from tests.builders import NOON, make_batch


def said(person: str, minutes: float = 0, **fields: Any) -> dict[str, Any]:
    """One row: this person posted, so many minutes after NOON."""
    row = dict.fromkeys(SCHEMA.names)
    row.update(person=person, network="csv", kind="post", direction="they", row=1)
    return row | {"happened_at": NOON + timedelta(minutes=minutes)} | fields


def log(*rows: dict[str, Any]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(list(rows), schema=SCHEMA)


def bring(brand: Brand, *rows: dict[str, Any], batch: Batch | None = None) -> Added:
    """Append these rows as one file."""
    return append(
        actor=system_actor(brand, "a story"), batch=batch or make_batch(brand), happenings=[log(*rows)]
    )


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)
