"""Undoing a batch takes away what exists only because of it, and nothing else."""

import pytest

from deining.core.actors import Actor
from deining.core.errors import NotAllowed, NotFound
from deining.core.models import Brand, LogEntry
from deining.people.actions.merging import merge
from deining.people.ledger import undo_batch
from deining.people.models import (
    Batch,
    Identity,
    LedgerEntry,
    Note,
    Person,
    RelationshipState,
    StatedAnswer,
    Tag,
)
from tests.builders import make_batch, make_person
from tests.people.ledger.logs import bring, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(brand: Brand) -> Batch:
    return make_batch(brand, "first.csv")


def test_all_of_it_goes(brand: Brand, owner: Actor, batch: Batch) -> None:
    bring(brand, said("fien", stated=True), said("fien", 1), said("bram"), batch=batch)
    fien = Person.objects.get(identities__external_id="fien")
    RelationshipState.objects.create(person=fien, brand=brand, version=1, numbers=b"")
    undone = undo_batch(actor=owner, batch=batch)
    assert (undone.rows, undone.identities, undone.people, undone.kept) == (3, 2, 2, 0)
    for model in (LedgerEntry, Identity, Person, StatedAnswer, RelationshipState):
        assert not model._default_manager.exists()
    batch.refresh_from_db()
    assert batch.undone_at is not None
    assert LogEntry.objects.get(kind="batch.undone").data["rows"] == 3


def test_rows_from_elsewhere_keep_their_account_until_they_are_undone_too(
    brand: Brand, owner: Actor, batch: Batch
) -> None:
    bring(brand, said("fien"), said("bram"), batch=batch)
    second = make_batch(brand, "second.csv")
    bring(brand, said("fien", 9), batch=second)
    undone = undo_batch(actor=owner, batch=batch)
    assert (undone.rows, undone.people, undone.kept) == (2, 1, 1)
    assert LedgerEntry.objects.get().identity.external_id == "fien"
    undo_batch(actor=owner, batch=second)
    assert not Person.objects.exists()
    assert not Identity.objects.exists()


@pytest.mark.parametrize("touch", ["note", "tag", "name", "owner", "merge"])
def test_whoever_a_colleague_did_something_with_stays(
    brand: Brand, owner: Actor, batch: Batch, touch: str
) -> None:
    bring(brand, said("fien"), batch=batch)
    fien = Person.objects.get()
    if touch == "note":
        Note.objects.create(person=fien, author=owner.user, text="Called back.")
    elif touch == "tag":
        Tag.objects.create(brand=brand, name="gent").people.add(fien)
    elif touch == "merge":
        merge(actor=owner, kept=make_person(brand, "Sofie"), gone=fien)
    else:
        Person.objects.update(**{"name": {"name_by_hand": True}, "owner": {"owner": owner.user}}[touch])
    assert undo_batch(actor=owner, batch=batch).kept == 1
    assert not LedgerEntry.objects.exists()
    assert Identity.objects.get().external_id == "fien"
    assert Person.objects.filter(pk=fien.pk).exists()


def test_undoing_again_after_a_crash_is_no_harm(brand: Brand, owner: Actor, batch: Batch) -> None:
    bring(brand, *(said(f"p{number}", number) for number in range(1200)), batch=batch)
    seen: list[tuple[int, int]] = []

    def crash(done: int, total: int) -> None:
        seen.append((done, total))
        if done > 1200:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        undo_batch(actor=owner, batch=batch, progress=crash)
    assert 0 < Identity.objects.count() < 1200, "the story needs a crash half-way"
    undo_batch(actor=owner, batch=batch)
    assert not Identity.objects.exists()
    assert not Person.objects.exists()


def test_after_an_undo_the_file_can_come_in_again(brand: Brand, owner: Actor, batch: Batch) -> None:
    rows = [said("fien"), said("fien"), said("bram", external_id="m1")]
    bring(brand, *rows, batch=batch)
    undo_batch(actor=owner, batch=batch)
    assert bring(brand, *rows).added == 3


def test_only_who_may_import_undoes_and_only_in_their_own_brand(
    brand: Brand, viewer: Actor, outsider: Actor, batch: Batch
) -> None:
    bring(brand, said("fien"), batch=batch)
    with pytest.raises(NotAllowed):
        undo_batch(actor=viewer, batch=batch)
    with pytest.raises(NotFound):
        undo_batch(actor=outsider, batch=batch)
    assert LedgerEntry.objects.exists()
