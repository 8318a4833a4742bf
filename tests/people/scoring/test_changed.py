"""Counting on gives what counting everything gives."""

from datetime import timedelta
from typing import Any

import pytest
from pytest import approx  # noqa: PT013

from deining.core.kinds import Direction, Kind
from deining.core.models import Brand
from deining.people.models import FittedModel, Identity, LedgerEntry, Person, RelationshipState
from deining.people.scoring import rescore_people
from deining.people.scoring.scoring import score, score_once
from tests.builders import NOON, make_batch
from tests.people.scoring.village import entry, make_village

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:fetch_arrow_table")]


def figures(brand: Brand) -> dict[int, tuple[Any, ...]]:
    """What scoring wrote of everybody."""
    columns = (
        "probability",
        "probability_low",
        "probability_high",
        "events",
        "first_seen",
        "last_seen",
        "segment",
    )
    return {row[0]: row[1:] for row in Person.objects.filter(brand=brand).values_list("pk", *columns)}


def add_rows(brand: Brand) -> None:
    """New deeds, touches and answers on the last scored day and earlier, also by somebody who is new."""
    batch = make_batch(brand, "later")
    old = list(Identity.objects.filter(brand=brand).order_by("pk")[:6])
    newcomer = Person.objects.create(brand=brand, name="Nieuw")
    new = Identity.objects.create(brand=brand, person=newcomer, network="csv", external_id="new")
    rows = [
        entry(old[0], NOON - timedelta(hours=3), batch, 9_000_001, Kind.QUESTION),
        entry(old[1], NOON - timedelta(hours=2), batch, 9_000_002, Kind.ANSWER, answers=9_000_001),
        entry(old[2], NOON - timedelta(days=3), batch, 9_000_003, Kind.ORDER, asked=True),
        entry(old[3], NOON - timedelta(days=700), batch, 9_000_004),  # long before what their state remembers
        entry(old[4], NOON - timedelta(days=1), batch, 9_000_005, Kind.ASK, direction=Direction.WE),
        entry(new, NOON - timedelta(days=2), batch, 9_000_006, Kind.CONTEST_ENTRY),
        entry(new, NOON - timedelta(days=1), batch, 9_000_007, Kind.CLICK),
        entry(old[0], NOON - timedelta(hours=1), batch, 9_000_008, Kind.REPLY, answers=-50_001),
    ]
    LedgerEntry.objects.bulk_create(rows)


def test_counting_on_equals_counting_everything(brand: Brand) -> None:
    make_village(brand)
    score(brand)
    fit = FittedModel.objects.get(brand=brand, is_current=True)
    add_rows(brand)
    outcome = score_once(brand)
    assert not outcome.whole
    assert outcome.rows == 8
    counted_on = figures(brand)
    states = dict(RelationshipState.objects.values_list("person_id", "numbers"))

    Person.objects.update(probability=None)
    FittedModel.objects.filter(pk=fit.pk).update(ledger_until=0)  # the same model over the whole ledger
    RelationshipState.objects.all().delete()
    score_once_with(brand, fit)
    assert counted_on.keys() == figures(brand).keys()
    for person, expected in figures(brand).items():
        assert counted_on[person][:3] == approx(expected[:3], abs=1e-9)
        assert counted_on[person][3:] == expected[3:]
    assert states.keys() == set(RelationshipState.objects.values_list("person_id", flat=True))


def score_once_with(brand: Brand, fit: FittedModel) -> None:
    """Count every row on, from nothing, with the model of this fit."""
    from deining.people.scoring.changed import score_changed
    from deining.people.scoring.reading import ledger_ceiling, read_rows
    from deining.people.scoring.saying import model_of

    fit.refresh_from_db()
    model = model_of(fit)
    assert model is not None
    until = ledger_ceiling()
    score_changed(brand, fit, model, read_rows(brand, until=until), {}, until)


def test_nothing_new_changes_nothing(brand: Brand) -> None:
    make_village(brand)
    score(brand)
    before = figures(brand)
    outcome = score_once(brand)
    assert (outcome.whole, outcome.rows, outcome.people) == (False, 0, 0)
    assert figures(brand) == before


def test_two_who_become_one_have_the_score_of_both_together(brand: Brand) -> None:
    first, second, *_ = make_village(brand)
    score(brand)
    second.identities.update(person=first)
    second.merged_into = first
    second.save()
    job = rescore_people(brand, [first.pk, second.pk])
    assert job is not None
    assert job.arguments == {"brand_id": brand.pk}
    both = LedgerEntry.objects.filter(identity__person=first).count()
    outcome = score_once(brand)
    assert not outcome.whole
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.events == both
    assert (second.probability, second.events, second.last_seen) == (None, 0, None)
    assert not RelationshipState.objects.filter(person=second).exists()

    alone = first.probability
    FittedModel.objects.filter(brand=brand).update(ledger_until=None)
    score_once(brand)
    first.refresh_from_db()
    assert first.probability == approx(alone, abs=0.15)  # a new fit: near, not equal


def test_a_mark_set_while_scoring_is_not_lost(brand: Brand) -> None:
    person, *_ = make_village(brand)
    score(brand)
    rescore_people(brand, [person.pk])
    from deining.people.scoring import writing
    from deining.people.scoring.whole import marks_of

    seen = marks_of(brand)
    rescore_people(brand, [person.pk])  # again, after the run read its marks
    writing.lift_marks(seen)
    assert set(marks_of(brand)) == {person.pk}
    assert score(brand).people == 1
    assert marks_of(brand) == {}


def test_ids_of_another_brand_are_not_marked(brand: Brand, outsider: Any) -> None:
    stranger = Person.objects.create(brand=outsider.brand, name="Otto")
    assert rescore_people(brand, [stranger.pk]) is None
    assert RelationshipState.objects.count() == 0
