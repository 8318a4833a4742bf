"""The ledger in columns is the ledger."""

from datetime import UTC, datetime

import numpy as np
import pytest

from deining.core.kinds import DIRECTION_CODES, KIND_CODES, Direction, Kind
from deining.core.models import Brand
from deining.people.models import LedgerEntry
from deining.people.scoring.reading import IdentityMap, ledger_ceiling, read_rows, read_rows_of
from tests import builders

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(1955, 5, 5, 5, tzinfo=UTC)


def test_every_fact_of_a_row_survives_the_packing(brand: Brand) -> None:
    person = builders.make_person(brand)
    identity = builders.make_identity(person)
    other = builders.make_identity(builders.make_person(brand, "Ander"))
    first = builders.make_entry(other, LONG_AGO, Kind.QUESTION)
    made = [
        builders.make_entry(identity, kind=kind, direction=way, asked=asked)
        for kind in Kind
        for way in Direction
        for asked in (True, False, None)
    ]
    reply = builders.make_entry(identity, kind=Kind.REPLY, answers=first.fingerprint)
    rows = read_rows(brand, until=ledger_ceiling())
    seen = sorted(zip(rows.kind.tolist(), rows.direction.tolist(), rows.asked.tolist(), strict=True))
    asked_code = {True: 1, False: 0, None: 2}
    expected = [(e.kind, e.direction, asked_code[e.asked]) for e in [first, *made, reply]]
    assert seen == sorted(expected)
    assert sorted(set(rows.day.tolist())) == [first.day, reply.day]
    assert rows.moment.min() == int(LONG_AGO.timestamp() * 1_000_000)
    assert rows.answers[rows.answers > 0].tolist() == [other.person_id]
    assert set(rows.person[rows.day == first.day].tolist()) == {other.person_id}


def test_the_words_are_the_ledgers_own(brand: Brand) -> None:
    identity = builders.make_identity(builders.make_person(brand))
    builders.make_entry(identity, kind=Kind.MAILING, direction=Direction.WE)
    (event,) = read_rows(brand, until=ledger_ceiling()).events().to_pylist()
    assert (event["kind"], event["direction"], event["asked"]) == ("mailing", "we", None)
    assert {KIND_CODES[Kind.MAILING], DIRECTION_CODES[Direction.WE]} == {23, 2}


def test_only_the_rows_asked_for(brand: Brand, outsider) -> None:
    mine = builders.make_fan(brand, weeks=3)
    other = builders.make_fan(brand, "Gijs", weeks=4)
    builders.make_fan(outsider.brand, weeks=5)
    everything = ledger_ceiling()
    assert len(read_rows(brand, until=everything)) == 7
    last = LedgerEntry.objects.filter(brand=brand).order_by("pk").values_list("pk", flat=True)[4]
    assert len(read_rows(brand, after=last, until=everything)) == 2
    assert set(read_rows_of(brand, [mine.pk], until=everything).person.tolist()) == {mine.pk}
    assert len(read_rows_of(brand, [mine.pk, other.pk], until=last)) == 5
    assert len(read_rows_of(brand, [], until=everything)) == 0


@pytest.mark.parametrize("step", [1, 1_000_000])
def test_accounts_lead_to_people_whether_their_ids_lie_close_or_not(step: int) -> None:
    identities = np.arange(1, 6, dtype=np.int64) * step
    known = IdentityMap(identities, identities * 10)
    asked = np.array([step, 3 * step, 5 * step, 6 * step, 0], dtype=np.int64)
    assert known.of(asked).tolist() == [10 * step, 30 * step, 50 * step, 0, 0]
