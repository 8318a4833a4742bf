"""Writing only what changed leaves the rest, the marks, and the memory of the database as they were."""

import pytest
from django.db import connection

from deining.core.actors import Actor
from deining.people.models import Person, RelationshipState
from deining.people.scoring import writing
from deining.people.scoring.asking import MARK
from deining.people.scoring.scores import existing_scores
from tests import builders

pytestmark = pytest.mark.django_db


def test_what_changed_is_written_whichever_columns_that_are(owner: Actor) -> None:
    ann, bob = (builders.make_person(owner.brand, name) for name in ("Ann", "Bob"))
    first = writing.Score(ann.pk, 0.5, 0.4, 0.6, 0.1, "{}", "seeker", 20_000, 3, 1_000_000, 2_000_000, 6)
    writing.write_scores([first._replace(person=bob.pk), first], existing_scores(owner.brand))
    more = first._replace(probability=0.7, events=4, last_at=3_000_000)
    rare = first._replace(person=bob.pk, segment="passer_by", seeker_since=None, kinds=14)
    writing.write_scores([rare, more], existing_scores(owner.brand))
    stored = existing_scores(owner.brand)
    assert stored[ann.pk] == (0.7, 0.1, "seeker", 20_000, 4, 1_000_000, 3_000_000, 6)
    assert stored[bob.pk] == (0.5, 0.1, "passer_by", None, 3, 1_000_000, 2_000_000, 14)
    assert Person.objects.filter(brand=owner.brand, scored_at=None).count() == 0


def test_a_state_that_was_known_is_replaced_but_a_mark_stays(owner: Actor) -> None:
    people = [builders.make_person(owner.brand, name).pk for name in ("Ann", "Bob", "Cis", "Dré")]
    ann, bob, cis, _ = people
    writing.write_states(owner.brand.pk, 7, [ann, bob, cis], [b"old"] * 3)
    RelationshipState.objects.filter(person=bob).update(version=MARK, numbers=b"token")
    writing.clear_states([cis])
    writing.write_states(owner.brand.pk, 7, people, [b"new"] * 4, known={ann, bob})
    rows = RelationshipState.objects.order_by("person_id").values_list("person_id", "version", "numbers")
    assert [(person, version, bytes(numbers)) for person, version, numbers in rows] == [
        (ann, 7, b"new"), (bob, MARK, b"token"), *((person, 7, b"new") for person in people[2:])
    ]  # fmt: skip


def test_the_room_is_given_back() -> None:
    if connection.vendor != "sqlite":
        with writing.roomy():
            return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA cache_size").fetchone()
        with writing.roomy():
            assert cursor.execute("PRAGMA cache_size").fetchone() == (-writing.ROOM,)
        assert cursor.execute("PRAGMA cache_size").fetchone() == before
