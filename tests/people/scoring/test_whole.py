"""Counting everything: a fit, a score for everybody, a share."""

import numpy as np
import pytest

from deining.core import clock
from deining.core.actors import Actor
from deining.core.models import Brand, LogEntry
from deining.insight.relationship import percent
from deining.people.models import Batch, FittedModel, Person, RelationshipState, ShareOnDay
from deining.people.scoring import current_fit, sentence_of, whole
from deining.people.scoring.scoring import score
from deining.people.scoring.segments import seeker_from, segments_of
from tests import builders
from tests.people.scoring.village import make_village

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:fetch_arrow_table")]


def test_everybody_who_did_something_is_scored(brand: Brand) -> None:
    people = make_village(brand)
    outcome = score(brand)
    assert outcome.whole
    assert outcome.people == len(people)
    fit = FittedModel.objects.get(brand=brand, is_current=True)
    assert 0 < fit.share_low < fit.share < fit.share_high < 1
    assert Person.objects.filter(brand=brand, probability__isnull=True).count() == 0
    assert RelationshipState.objects.filter(brand=brand).count() == len(people)
    assert LogEntry.objects.filter(brand=brand, kind="people.scored").count() == 1
    assert ShareOnDay.objects.filter(brand=brand, from_past=False).count() == 1
    assert ShareOnDay.objects.filter(brand=brand, from_past=True).count() >= 1


def test_a_short_ledger_gives_no_false_figure(brand: Brand) -> None:
    builders.make_fan(brand, weeks=2)
    score(brand)
    fit = FittedModel.objects.get(brand=brand, is_current=True)
    assert fit.provisional
    assert fit.share is None
    assert fit.seeker_from is None
    assert not ShareOnDay.objects.filter(brand=brand).exists()
    assert not Person.objects.filter(brand=brand, segment="seeker").exists()


def test_an_empty_ledger_is_no_error(brand: Brand) -> None:
    builders.make_person(brand)
    outcome = score(brand)
    assert (outcome.people, outcome.share) == (0, None)


def test_the_other_brand_is_left_alone(brand: Brand, outsider: Actor) -> None:
    fan = builders.make_fan(outsider.brand)
    make_village(brand)
    score(brand)
    fan.refresh_from_db()
    assert fan.probability is None
    assert not FittedModel.objects.filter(brand=outsider.brand).exists()
    assert not RelationshipState.objects.filter(brand=outsider.brand).exists()


def test_a_run_that_was_killed_is_repeated_without_harm(
    brand: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_village(brand)
    score(brand)
    before = list(Person.objects.order_by("pk").values_list("probability", "events", "segment"))

    def die(*args: object) -> None:
        raise KeyboardInterrupt

    FittedModel.objects.update(ledger_until=None)
    with monkeypatch.context() as patched:
        # where the machine stops: everything is written, nothing is switched
        patched.setattr(whole, "_switch", die)
        with pytest.raises(KeyboardInterrupt):
            score(brand)
    assert FittedModel.objects.get(is_current=True).ledger_until is None
    outcome = score(brand)
    assert outcome.whole
    assert FittedModel.objects.filter(is_current=True).count() == 1
    after = list(Person.objects.order_by("pk").values_list("probability", "events", "segment"))
    assert after == before


def test_an_undone_import_is_counted_out(brand: Brand) -> None:
    make_village(brand)
    extra = builders.make_person(brand, "Extra")
    batch = builders.make_batch(brand)
    builders.make_entry(builders.make_identity(extra), batch=batch)
    score(brand)
    extra.refresh_from_db()
    assert extra.events == 1
    batch.entries.all().delete()
    Batch.objects.filter(pk=batch.pk).update(undone_at=clock.now())
    score(brand)
    extra.refresh_from_db()
    assert (extra.events, extra.probability, extra.first_seen) == (0, None, None)


def test_the_sentence_speaks_of_the_day_of_the_score(brand: Brand) -> None:
    people = make_village(brand)
    score(brand)
    fit = current_fit(brand)
    assert fit is not None
    person = Person.objects.get(pk=people[0].pk)
    said = sentence_of(person, "nl", scored_day=fit.scored_day, time_zone=brand.time_zone)
    assert said.startswith(f"{percent(person.probability or 0)}:")


def test_what_is_done_for_a_benefit_is_told_apart() -> None:
    probability = np.array([0.9, 0.1, 0.1, 0.1])
    events, gains = np.array([9, 4, 4, 1]), np.array([9, 2, 1, 1])
    assert segments_of(probability, events, gains, 0.5).tolist() == [
        "seeker",
        "benefit",
        "passer_by",
        "passer_by",
    ]
    assert "seeker" not in segments_of(probability, events, gains, None).tolist()


def test_there_are_as_many_seekers_as_the_share_says_within_bounds() -> None:
    assert seeker_from(np.array([0.9, 0.4, 0.3, 0.1]), 0.5) == 0.4
    assert seeker_from(np.array([0.9, 0.8, 0.7, 0.6]), 0.75) == 0.5
    assert seeker_from(np.array([0.2, 0.1, 0.1, 0.0]), 0.25) == 0.25
