"""People's own answers to "would you like a closer relation with us?": the latest one counts (spec P3)."""

from collections.abc import Iterable

from deining.core import clock
from deining.core.models import Brand
from deining.people.ledger.fingerprints import Whole
from deining.people.ledger.rows import Rows
from deining.people.models import Batch, StatedAnswer


def write_stated(brand: Brand, batch: Batch, rows: Rows, identities: Whole) -> None:
    """Keep the answers among these rows, unless a later one of the same account is there already."""
    if rows.stated.null_count == len(rows):
        return
    latest: dict[int, tuple[int, bool]] = {}
    for identity, moment, wants in zip(
        identities.tolist(), rows.instant.tolist(), rows.stated.to_pylist(), strict=True
    ):
        if wants is not None and latest.get(identity, (moment, wants))[0] <= moment:
            latest[identity] = (moment, wants)
    if not latest:
        return
    stored = {answer.identity_id: answer for answer in _stored(brand, list(latest))}
    fresh = [
        StatedAnswer(
            brand=brand, identity_id=identity, wants=wants, answered_at=clock.from_micros(moment), batch=batch
        )
        for identity, (moment, wants) in latest.items()
        if identity not in stored or clock.to_micros(stored[identity].answered_at) < moment
    ]
    StatedAnswer.objects.bulk_create(
        fresh,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["identity"],
        update_fields=["wants", "answered_at", "batch"],
    )


def _stored(brand: Brand, identities: list[int]) -> Iterable[StatedAnswer]:
    for start in range(0, len(identities), 500):
        yield from StatedAnswer.objects.filter(brand=brand, identity__in=identities[start : start + 500])
