"""A brand with a past: enough people and weeks that a model can be fitted, small enough for a test."""

from datetime import timedelta

import numpy as np

from deining.core import clock
from deining.core.kinds import DIRECTION_CODES, KIND_CODES, Direction, Kind
from deining.core.models import Brand
from deining.people.models import Batch, Identity, LedgerEntry, Person
from tests.builders import NOON, make_batch


def make_village(brand: Brand, people: int = 60, weeks: int = 60, seed: int = 7) -> list[Person]:
    """People who come every so many weeks, some of them until NOON; the first tenth most faithfully."""
    random = np.random.default_rng(seed)
    batch = make_batch(brand, "village")
    persons = Person.objects.bulk_create(
        [Person(brand=brand, name=f"Bewoner {n}", search=f"bewoner {n}", batch=batch) for n in range(people)]
    )
    identities = Identity.objects.bulk_create(
        [
            Identity(brand=brand, person=p, network="csv", external_id=f"v{n}", batch=batch)
            for n, p in enumerate(persons)
        ]
    )
    entries: list[LedgerEntry] = []
    for n, identity in enumerate(identities):
        chance = 0.7 if n < people // 10 else random.beta(0.5, 8)
        first = int(random.integers(0, weeks))
        for week in range(first + 1):
            if week in (0, first) or random.random() < chance:
                moment = NOON - timedelta(weeks=first - week, hours=int(random.integers(0, 100)))
                entries.append(entry(identity, moment, batch, fingerprint=-(n * 10_000 + week + 1)))
    LedgerEntry.objects.bulk_create(entries)
    return persons


def entry(
    identity: Identity, moment, batch: Batch, fingerprint: int, kind: Kind = Kind.POST, **fields
) -> LedgerEntry:
    return LedgerEntry(
        brand=identity.brand, identity=identity, batch=batch, happened_at=moment, fingerprint=fingerprint,
        day=clock.day_number(moment, identity.brand.time_zone), kind=KIND_CODES[kind],
        direction=DIRECTION_CODES[fields.pop("direction", Direction.THEY)], **fields,
    )  # fmt: skip
