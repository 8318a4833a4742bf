"""What Home knows: shares, newcomers, who slips away, how sure."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deining.core import clock
from deining.core.actors import Actor
from deining.core.models import Brand
from deining.people.models import FittedModel, MergeProposal, ShareOnDay
from deining.people.queries.home import calibration_of, home_of
from tests import builders

pytestmark = pytest.mark.django_db

BINS = [(0.05, 0.04, 900), (0.65, 0.64, 80), (0.67, 0.10, 3), (0.95, 0.9, 40)]


def make_fit(brand: Brand, **fields: Any) -> FittedModel:
    given: dict[str, Any] = {
        "layer": "shown", "provisional": False, "parameters": {}, "share": 0.2, "share_low": 0.15,
        "share_high": 0.25, "people": 10, "backtest": [{"cutoff": "2026-01-01"}] * 9,
        "calibration": [
            {"predicted": predicted, "observed": observed, "people": people}
            for predicted, observed, people in BINS
        ],
    }  # fmt: skip
    return FittedModel.objects.create(brand=brand, **(given | fields))


def make_seeker(brand: Brand, name: str, days_ago: int, **fields: Any) -> None:
    today = clock.day_number(clock.now(), brand.time_zone)
    given = {"probability": 0.8, "segment": "seeker", "seeker_since": today - days_ago}
    builders.make_person(brand, name, **(given | fields))


def test_newcomers_are_those_of_the_week_and_else_of_the_month(owner: Actor) -> None:
    make_seeker(owner.brand, "Ann", 20)
    home = home_of(owner)
    assert ([person.name for person in home.newcomers.people], home.days) == (["Ann"], 30)
    make_seeker(owner.brand, "Bob", 2)
    home = home_of(owner)
    assert ([person.name for person in home.newcomers.people], home.newcomers.count, home.days) == (
        ["Bob"],
        1,
        7,
    )
    assert home.newcomers.words == {"new": "7", "segment": "seeker"}


def test_slipping_away_means_that_somebody_was_close(owner: Actor) -> None:
    make_seeker(owner.brand, "Ann", 300, change=-0.3, probability=0.4)
    make_seeker(owner.brand, "Bob", 300, change=-0.2, probability=0.1, segment="passer_by")
    make_seeker(owner.brand, "Cis", 300, change=-0.02)
    assert [person.name for person in home_of(owner).slipping.people] == ["Ann"]


def test_the_share_runs_from_the_oldest_day(owner: Actor) -> None:
    for day in (20_000, 19_000, 20_400):
        ShareOnDay.objects.create(brand=owner.brand, day=day, share=0.2, people=5)
    assert [point.day for point in home_of(owner).shares] == [19_000, 20_000, 20_400]


def test_the_calibration_told_is_of_a_group_that_has_people_in_it(owner: Actor) -> None:
    told = calibration_of(make_fit(owner.brand))
    assert told is not None
    assert (told.windows, told.predicted, told.observed) == (9, 0.65, 0.64)


def test_without_windows_no_calibration_is_told(owner: Actor) -> None:
    assert calibration_of(make_fit(owner.brand, backtest=[])) is None
    assert calibration_of(None) is None


def test_waiting_suggestions_are_counted(owner: Actor) -> None:
    first = builders.make_identity(builders.make_person(owner.brand, "Ann"))
    second = builders.make_identity(builders.make_person(owner.brand, "Anne"))
    MergeProposal.objects.create(brand=owner.brand, first=first, second=second, score=0.9)
    assert home_of(owner).open_merges == 1


def test_home_takes_as_many_queries_for_many_people_as_for_one(owner: Actor) -> None:
    make_fit(owner.brand)
    make_seeker(owner.brand, "Ann", 2, change=-0.3)
    with CaptureQueriesContext(connection) as few:
        home_of(owner)
    for number in range(30):
        make_seeker(owner.brand, f"P{number}", 2, change=-0.3)
    with CaptureQueriesContext(connection) as many:
        home_of(owner)
    assert len(many) == len(few)


def test_an_outsider_sees_nothing_of_ours(owner: Actor, outsider: Actor) -> None:
    make_fit(owner.brand)
    make_seeker(owner.brand, "Ann", 2)
    home = home_of(outsider)
    assert (home.fit, home.newcomers.count, home.seekers, home.has_people) == (None, 0, 0, False)
