"""Merging two people, and taking it back, loses nothing: not what was there, not what came later."""

import pytest

from deining.core.actors import Actor
from deining.core.errors import Conflict, NotAllowed, NotFound
from deining.core.models import Brand, LogEntry
from deining.people.access import get_person_for
from deining.people.actions.merging import merge, undo_merge
from deining.people.models import LedgerEntry, Merge, Note, Person
from tests import builders

pytestmark = pytest.mark.django_db


def entries_of(person: Person) -> int:
    return LedgerEntry.objects.filter(identity__person=person).count()


def live(brand: Brand) -> set[int]:
    return set(Person.objects.filter(brand=brand, merged_into=None).values_list("pk", flat=True))


def test_a_merge_brings_both_histories_together(owner: Actor, brand: Brand) -> None:
    marijke, mj = builders.make_fan(brand, "Marijke", 3), builders.make_fan(brand, "mj", 2)
    made = merge(actor=owner, kept=marijke, gone=mj)
    assert (entries_of(marijke), entries_of(mj)) == (5, 0)
    assert live(brand) == {marijke.pk}
    assert get_person_for(owner, mj.pk) == marijke
    assert "mj" in get_person_for(owner, mj.pk).search.split()
    entry = LogEntry.objects.get(kind="person.merged")
    assert (entry.subject_id, entry.data["gone"], entry.data["merge"]) == (marijke.pk, mj.pk, made.pk)


def test_an_undo_brings_back_what_arrived_after_the_merge(owner: Actor, brand: Brand) -> None:
    marijke, mj = builders.make_fan(brand, "Marijke", 3), builders.make_fan(brand, "mj", 2)
    handle = mj.identities.get()
    made = merge(actor=owner, kept=marijke, gone=mj)
    handle.refresh_from_db()
    builders.make_entry(handle)
    back = undo_merge(actor=owner, merge=made)
    assert back == mj
    assert (entries_of(marijke), entries_of(mj)) == (3, 3)
    assert live(brand) == {marijke.pk, mj.pk}
    marijke.refresh_from_db()
    assert "mj" not in marijke.search.split()


def test_notes_and_tags_stay_on_their_row(owner: Actor, brand: Brand) -> None:
    marijke, mj = builders.make_person(brand, "Marijke"), builders.make_person(brand, "mj")
    Note.objects.create(person=mj, text="likes swimming")
    made = merge(actor=owner, kept=marijke, gone=mj)
    undo_merge(actor=owner, merge=made)
    assert mj.notes.get().text == "likes swimming"
    assert not marijke.notes.exists()


def test_a_name_and_an_owner_are_lent_until_the_undo(owner: Actor, brand: Brand) -> None:
    nameless = builders.make_person(brand, "")
    named = builders.make_person(brand, "Marijke", owner=owner.user)
    made = merge(actor=owner, kept=nameless, gone=named)
    nameless.refresh_from_db()
    assert (nameless.name, nameless.owner) == ("Marijke", owner.user)
    undo_merge(actor=owner, merge=made)
    nameless.refresh_from_db()
    assert (nameless.name, nameless.owner) == ("", None)


def chain(owner: Actor, brand: Brand) -> tuple[list[Person], Merge, Merge]:
    """Bo was merged into Ann, then Ann into Cas."""
    cast = [builders.make_fan(brand, name, weeks) for name, weeks in (("Ann", 1), ("Bo", 2), ("Cas", 4))]
    ann, bo, cas = cast
    first = merge(actor=owner, kept=ann, gone=bo)
    return cast, first, merge(actor=owner, kept=cas, gone=Person.objects.get(pk=ann.pk))


def test_a_chain_comes_apart_from_the_last_link(owner: Actor, brand: Brand) -> None:
    (ann, bo, cas), first, second = chain(owner, brand)
    assert get_person_for(owner, bo.pk) == cas
    undo_merge(actor=owner, merge=second)
    assert [entries_of(person) for person in (ann, bo, cas)] == [3, 0, 4]
    undo_merge(actor=owner, merge=first)
    assert [entries_of(person) for person in (ann, bo, cas)] == [1, 2, 4]


def test_a_chain_comes_apart_from_the_first_link(owner: Actor, brand: Brand) -> None:
    (ann, bo, cas), first, second = chain(owner, brand)
    undo_merge(actor=owner, merge=first)
    assert [entries_of(person) for person in (ann, bo, cas)] == [0, 2, 5]
    undo_merge(actor=owner, merge=second)
    assert [entries_of(person) for person in (ann, bo, cas)] == [1, 2, 4]


def test_the_same_two_cannot_be_merged_twice(owner: Actor, brand: Brand) -> None:
    ann, bo = builders.make_fan(brand, "Ann"), builders.make_fan(brand, "Bo")
    merge(actor=owner, kept=ann, gone=bo)
    with pytest.raises(Conflict, match="merged with somebody else meanwhile"):
        merge(actor=owner, kept=ann, gone=bo)
    with pytest.raises(Conflict, match="one person already"):
        merge(actor=owner, kept=ann, gone=get_person_for(owner, bo.pk))
    assert Merge.objects.count() == 1


def test_a_merge_is_undone_once(owner: Actor, brand: Brand) -> None:
    made = merge(actor=owner, kept=builders.make_fan(brand, "Ann"), gone=builders.make_fan(brand, "Bo"))
    undo_merge(actor=owner, merge=made)
    with pytest.raises(Conflict, match="undone already"):
        undo_merge(actor=owner, merge=made)


def test_a_viewer_does_not_merge(viewer: Actor, brand: Brand, owner: Actor) -> None:
    ann, bo = builders.make_fan(brand, "Ann"), builders.make_fan(brand, "Bo")
    with pytest.raises(NotAllowed):
        merge(actor=viewer, kept=ann, gone=bo)
    made = merge(actor=owner, kept=ann, gone=bo)
    with pytest.raises(NotAllowed):
        undo_merge(actor=viewer, merge=made)


def test_an_outsider_finds_nobody_to_merge(outsider: Actor, owner: Actor, brand: Brand) -> None:
    ann, bo = builders.make_fan(brand, "Ann"), builders.make_fan(brand, "Bo")
    with pytest.raises(NotFound):
        merge(actor=outsider, kept=ann, gone=bo)
    stranger = builders.make_person(outsider.brand, "Wim")
    with pytest.raises(NotFound):
        merge(actor=owner, kept=ann, gone=stranger)
    made = merge(actor=owner, kept=ann, gone=bo)
    with pytest.raises(NotFound):
        undo_merge(actor=outsider, merge=made)
    assert live(brand) == {ann.pk}
