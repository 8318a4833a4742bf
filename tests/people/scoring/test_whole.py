"""Counting everything: a fit, a score for everybody, a share."""

import pytest

from deining.core.models import Brand, LogEntry
from deining.people.models import FittedModel, Person, RelationshipState, ShareOnDay
from deining.people.scoring.scoring import score
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
