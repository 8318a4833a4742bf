"""The list of people: who is found, in which order, and that nobody else's are."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deining.core import clock
from deining.core.actors import Actor
from deining.core.kinds import KIND_CODES, Kind
from deining.core.models import Brand
from deining.people.actions.tags import put_tag
from deining.people.models import Person
from deining.people.queries import listing, ordering
from deining.people.queries.filters import SORTS, Filters
from deining.people.queries.listing import find_people, list_people, people_in_turn
from deining.people.search_text import search_text
from tests import builders

pytestmark = pytest.mark.django_db


def names(actor: Actor, **asked: Any) -> list[str]:
    return [person.name for person in list_people(actor, Filters(**asked)).people]


def three(brand: Brand) -> tuple[Person, Person, Person]:
    """Ann is keen, Bob comes for a benefit, Cis was keen and slips away."""
    now = clock.now()
    ann = builders.make_person(
        brand, "Ann", probability=0.9, segment="seeker", last_seen=now, events=9, change=0.2,
        seeker_since=clock.day_number(now, brand.time_zone) - 3, kinds=1 << KIND_CODES[Kind.IDEA],
    )  # fmt: skip
    bob = builders.make_person(
        brand, "Bob", probability=0.3, segment="benefit", last_seen=now - timedelta(days=40),
        events=20, change=0.0,
        kinds=1 << KIND_CODES[Kind.ORDER],
    )  # fmt: skip
    cis = builders.make_person(
        brand, "Cis", probability=0.5, segment="seeker", last_seen=now - timedelta(days=100),
        events=5, change=-0.3,
        seeker_since=clock.day_number(now, brand.time_zone) - 300,
    )  # fmt: skip
    return ann, bob, cis


def test_each_filter_finds_who_it_is_about(owner: Actor) -> None:
    ann, bob, _cis = three(owner.brand)
    builders.make_identity(bob, "bob@example.org", network="mail")
    put_tag(actor=owner, name="Gent", people=[ann.pk])
    Person.objects.filter(pk=bob.pk).update(owner=owner.user)
    assert names(owner) == ["Ann", "Cis", "Bob"]
    assert names(owner, q="AN") == ["Ann"]
    assert names(owner, q="zzz") == []
    assert names(owner, segment="seeker") == ["Ann", "Cis"]
    assert names(owner, least=40) == ["Ann", "Cis"]
    assert names(owner, least=40, most=60) == ["Cis"]
    assert names(owner, network="mail") == ["Bob"]
    assert names(owner, tag="Gent") == ["Ann"]
    assert names(owner, owner="me") == ["Bob"]
    assert names(owner, owner="nobody") == ["Ann", "Cis"]
    assert names(owner, kind="idea") == ["Ann"]
    assert names(owner, seen=30) == ["Ann"]
    assert names(owner, unseen=30) == ["Cis", "Bob"]
    assert names(owner, new=7) == ["Ann"]
    assert names(owner, slipping=True) == ["Cis"]


@pytest.mark.parametrize("asked", [{}, {"least": 1}])
def test_each_order_and_the_other_way_round(owner: Actor, asked: dict[str, Any]) -> None:
    three(owner.brand)
    in_order = {
        "probability": ["Ann", "Cis", "Bob"],
        "change": ["Cis", "Bob", "Ann"],
        "last_seen": ["Ann", "Bob", "Cis"],
        "events": ["Bob", "Ann", "Cis"],
        "name": ["Ann", "Bob", "Cis"],
    }
    for sort, expected in in_order.items():
        assert names(owner, sort=sort, **asked) == expected
        assert names(owner, sort=f"-{sort}", **asked) == expected[::-1]


def test_whoever_has_no_figure_comes_last_and_is_not_lost(owner: Actor) -> None:
    three(owner.brand)
    builders.make_person(owner.brand, "Dot")
    for sort in SORTS:
        assert sorted(names(owner, sort=sort)) == ["Ann", "Bob", "Cis", "Dot"]
        assert sorted(names(owner, sort=sort, q="o")) == ["Bob", "Dot"]
    assert names(owner)[-1] == "Dot"
    assert names(owner, sort="last_seen")[-1] == "Dot"


def test_names_are_found_without_their_marks(owner: Actor) -> None:
    zoe = builders.make_person(owner.brand, "Zoë Çelik")
    Person.objects.filter(pk=zoe.pk).update(search=search_text(["Zoë Çelik", "@zoe"]))
    assert [person.name for person in find_people(owner, "zoë ÇEL")] == ["Zoë Çelik"]
    assert find_people(owner, "  ") == []


def test_merged_people_are_listed_once_with_the_tags_of_both(owner: Actor) -> None:
    ann, bob, _cis = three(owner.brand)
    put_tag(actor=owner, name="gent", people=[bob.pk])
    Person.objects.filter(pk=bob.pk).update(merged_into=ann)
    assert names(owner) == ["Ann", "Cis"]
    assert names(owner, tag="gent") == ["Ann"]


def test_pages_follow_each_other_and_count_as_far_as_one_wants_to_know(
    owner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(7):
        builders.make_person(owner.brand, f"P{number}", probability=number / 10)
    monkeypatch.setattr(listing, "PAGE", 3)
    first, last = list_people(owner, Filters(), 1), list_people(owner, Filters(), 99)
    assert [person.name for person in first.people] == ["P6", "P5", "P4"]
    assert (first.count, first.is_more, first.has_next) == (7, False, True)
    assert ([person.name for person in last.people], last.number) == (["P0"], 3)
    monkeypatch.setattr(listing, "MOST_LISTED", 5)
    assert list_people(owner, Filters(), 1).is_more


def test_the_list_takes_as_many_queries_for_many_people_as_for_one(owner: Actor) -> None:
    def queries(**asked: Any) -> int:
        with CaptureQueriesContext(connection) as seen:
            for person in list_people(owner, Filters(**asked)).people:
                assert [*person.tags.all(), str(person.owner)]
        return len(seen)

    builders.make_identity(builders.make_person(owner.brand, "Ann", probability=0.5))
    few = [queries(), queries(q="an"), queries(sort="name"), queries(tag="gent", network="csv")]
    for number in range(40):
        builders.make_identity(builders.make_person(owner.brand, f"Anna {number}", probability=0.4))
    put_tag(actor=owner, name="gent", people=list(Person.objects.values_list("pk", flat=True)))
    many = [queries(), queries(q="an"), queries(sort="name"), queries(tag="gent", network="csv")]
    assert max(many) <= 5
    assert many[:3] == few[:3]


def test_an_export_goes_through_everybody_once(owner: Actor) -> None:
    for number in range(7):
        builders.make_person(owner.brand, f"P{number}", probability=number / 10)
    chunks = list(people_in_turn(owner, Filters(least=20), step=2))
    assert [[person.name for person in chunk] for chunk in chunks] == [["P2", "P3"], ["P4", "P5"], ["P6"]]
    chosen = list(Person.objects.filter(name__in=["P0", "P6"]).values_list("pk", flat=True))
    assert [p.name for chunk in people_in_turn(owner, Filters(), chosen) for p in chunk] == ["P0", "P6"]


def test_an_outsider_finds_nobody_of_ours(owner: Actor, outsider: Actor) -> None:
    three(owner.brand)
    assert names(outsider) == []
    assert find_people(outsider, "ann") == []
    assert list(people_in_turn(outsider, Filters(), [person.pk for person in Person.objects.all()])) == []


@pytest.mark.parametrize("sort", [*SORTS, *(f"-{sort}" for sort in SORTS)])
def test_more_than_are_counted_stand_in_the_same_order(
    owner: Actor, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(9):
        builders.make_person(
            owner.brand, f"P{number * 7 % 9}", probability=number * 4 % 9 / 10, segment="seeker",
            events=number % 3, change=number / 10, seeker_since=100 + number * 2 % 9, last_seen=clock.now(),
        )  # fmt: skip
    builders.make_person(owner.brand, "Left out", segment="benefit", probability=0.95, events=8)
    asked = Filters(segment="seeker", sort=sort)
    whole = [person.pk for person in list_people(owner, asked).people]
    monkeypatch.setattr(listing, "MOST_LISTED", 6)
    near = list_people(owner, asked)
    monkeypatch.setattr(ordering, "LOOK_AHEAD", 0)
    far = list_people(owner, asked)
    assert len(whole) == 9
    assert [person.pk for person in near.people] == [person.pk for person in far.people] == whole[:6]
    assert near.is_more
    assert far.is_more
