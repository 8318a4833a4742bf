"""Erasing reaches every copy, is remembered by hashes only, and survives the restore of an older backup."""

import json

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from deining.core.actors import Actor
from deining.core.errors import Conflict, DeiningError, NotAllowed, NotFound
from deining.core.models import Brand, LogEntry
from deining.people import forgetting
from deining.people.access import get_person_for
from deining.people.actions.erasing import erase_person
from deining.people.actions.merging import merge, undo_merge
from deining.people.actions.notes import add_note
from deining.people.actions.segments import save_segment
from deining.people.actions.tags import put_tag
from deining.people.erased_hash import email_hash, identity_hash
from deining.people.erasure import kept
from deining.people.erasure.reapplying import reapply_erasures
from deining.people.erasure.tracing import written_elsewhere
from deining.people.forgetting import Traces
from deining.people.models import (
    Erased,
    Identity,
    LedgerEntry,
    MergeProposal,
    Person,
    StatedAnswer,
    Subject,
    Tag,
)
from tests import builders

pytestmark = pytest.mark.django_db
TELLING = ("zonnebloem", "quackelbeen", "floortje")


@pytest.fixture(autouse=True)
def fresh_list() -> None:
    kept.path().unlink(missing_ok=True)


@pytest.fixture
def floortje(brand: Brand, owner: Actor) -> Person:
    """Somebody with something in every table, one account merged in, and one merge taken back."""
    person = builders.make_person(brand, "Floortje Quackelbeen", owner=owner.user)
    other = builders.make_person(brand, "zonnebloem87")
    third = builders.make_fan(brand, "Bram")
    account = builders.make_identity(
        person, "floortje-1", name="Floortje Quackelbeen", email="F@Quackelbeen.be"
    )
    handle = builders.make_identity(other, "zonnebloem-id", "forum", handle="zonnebloem87")
    alone = Subject.objects.create(brand=brand, name="Floortje asks about her bike")
    shared = Subject.objects.create(brand=brand, name="Opening hours")
    builders.make_entry(account, subject=alone)
    builders.make_entry(handle, subject=shared)
    builders.make_entry(third.identities.get(), subject=shared)
    StatedAnswer.objects.create(brand=brand, identity=account, wants=True)
    reasons = [{"code": "handle_same", "params": {"handle": "zonnebloem"}}]
    MergeProposal.objects.create(brand=brand, first=account, second=handle, score=0.9, reasons=reasons)
    undo_merge(actor=owner, merge=merge(actor=owner, kept=third, gone=person))
    merge(actor=owner, kept=Person.objects.get(pk=person.pk), gone=other)
    add_note(actor=owner, person=person, text="Floortje likes sunflowers")
    put_tag(actor=owner, name="zonnebloem", people=[person.pk])
    put_tag(actor=owner, name="gent", people=[person.pk, third.pk])
    return get_person_for(owner, person.pk)


def everything_stored() -> str:
    """Every row of every table, as text."""
    stored = []
    for model in apps.get_models(include_auto_created=True):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            stored.append(repr(cursor.fetchall()))
    return "\n".join(stored).casefold()


def test_nothing_of_the_person_is_left_in_any_table(owner: Actor, brand: Brand, floortje: Person) -> None:
    assert all(word in everything_stored() for word in TELLING)
    erase_person(actor=owner, person=floortje, why="Floortje Quackelbeen (f@quackelbeen.be) asked by letter")
    after = everything_stored()
    assert [word for word in TELLING if word in after] == []
    assert "opening hours" in after
    assert list(Person.objects.filter(brand=brand).values_list("name", flat=True)) == ["Bram"]
    assert list(Tag.objects.values_list("name", flat=True)) == ["gent"]
    entry = LogEntry.objects.get(kind="person.erased")
    assert entry.why == "… (…) asked by letter"
    assert entry.data == {"rows": 2, "identities": 2, "entries": 2}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its pages to itself")
def test_nothing_is_left_in_the_pages_of_the_database(owner: Actor, floortje: Person) -> None:
    erase_person(actor=owner, person=floortje, why="asked")
    connection.ensure_connection()
    pages = connection.connection.serialize().lower()
    assert b"bram" in pages
    assert [word for word in TELLING if word.encode() in pages] == []


def test_only_keyed_hashes_are_left(owner: Actor, brand: Brand, floortje: Person) -> None:
    erase_person(actor=owner, person=floortje, why="asked")
    assert set(Erased.objects.values_list("keyed_hash", flat=True)) == {
        identity_hash(brand, "csv", "floortje-1"),
        identity_hash(brand, "forum", "zonnebloem-id"),
        email_hash(brand, "f@quackelbeen.be"),
    }
    lines = kept.path().read_text()
    assert {line.hash for line in kept.read()} == set(Erased.objects.values_list("keyed_hash", flat=True))
    assert not any(word in lines.casefold() for word in TELLING)
    assert kept.path().stat().st_mode & 0o077 == 0


def test_other_rooms_forget_first_and_may_stop_it(
    owner: Actor, floortje: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Traces] = []
    monkeypatch.setattr(forgetting, "_registered", [lambda brand, traces: told.append(traces), full_disk])
    with pytest.raises(DeiningError, match=r"the disk is full.*nothing was erased"):
        erase_person(actor=owner, person=floortje, why="asked")
    assert Person.objects.filter(pk=floortje.pk).exists()
    assert not Erased.objects.exists()
    assert told[0].accounts == (("csv", "floortje-1"), ("forum", "zonnebloem-id"))
    assert told[0].names == ("Floortje Quackelbeen", "zonnebloem87")
    assert told[0].unmistakable == {"floortje-1", "zonnebloem-id", "f@quackelbeen.be", "zonnebloem87"}


def full_disk(brand: Brand, traces: Traces) -> None:
    raise OSError("the disk is full")


def test_who_was_merged_meanwhile_is_not_erased_by_mistake(
    owner: Actor, brand: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, bo = builders.make_fan(brand, "Ann"), builders.make_fan(brand, "Bo")

    def somebody_merges(brand: Brand, traces: Traces) -> None:
        merge(actor=owner, kept=Person.objects.get(pk=ann.pk), gone=Person.objects.get(pk=bo.pk))

    monkeypatch.setattr(forgetting, "_registered", [somebody_merges])
    with pytest.raises(Conflict, match="merged or split"):
        erase_person(actor=owner, person=ann, why="asked")
    assert LedgerEntry.objects.filter(brand=brand).count() == 24


def test_free_text_elsewhere_is_shown_not_changed(owner: Actor, floortje: Person, brand: Brand) -> None:
    bram = Person.objects.get(name="Bram")
    about = add_note(actor=owner, person=bram, text="Came with Flóórtje Quackelbeen, twice.")
    add_note(actor=owner, person=bram, text="Knows zonnebloem87x")
    segment = save_segment(actor=owner, name="Sunny", filters={"q": "zonnebloem87"})
    found = written_elsewhere(owner, floortje)
    assert (found.notes, found.segments) == ([about], [segment])


def test_a_restored_backup_loses_the_erased_again(owner: Actor, brand: Brand, floortje: Person) -> None:
    erase_person(actor=owner, person=floortje, why="asked")
    Erased.objects.all().delete()
    back = builders.make_person(brand, "Floortje Quackelbeen")
    builders.make_entry(builders.make_identity(back, "floortje-1", name="Floortje Quackelbeen"))
    half = builders.make_fan(brand, "Bo", 2)
    builders.make_entry(builders.make_identity(half, "zonnebloem-id", "forum"))
    assert list(vars_of(reapply_erasures())) == [3, 1, 1]
    assert not Person.objects.filter(name="Floortje Quackelbeen").exists()
    assert Identity.objects.filter(person=half).count() == 1
    assert LedgerEntry.objects.filter(identity__person=half).count() == 2
    assert list(vars_of(reapply_erasures())) == [0, 0, 0]


def vars_of(found: object) -> list[int]:
    return [getattr(found, name) for name in ("hashes", "people", "accounts")]


def test_a_line_cut_short_by_a_crash_is_passed_over(brand: Brand) -> None:
    kept.append([kept.Line(brand.pk, "a" * 64, "2026-11-22T00:00:00+00:00")])
    with kept.path().open("a") as file:
        file.write('{"brand": 1, "ha')
    assert [line.hash for line in kept.read()] == ["a" * 64]
    assert json.loads((settings.DATA_DIR / "erasures.jsonl").read_text().splitlines()[0])["brand"] == brand.pk


def test_an_editor_and_an_outsider_erase_nobody(
    viewer: Actor, outsider: Actor, fan: Person, owner: Actor
) -> None:
    with pytest.raises(NotAllowed):
        erase_person(actor=viewer, person=fan, why="x")
    with pytest.raises(NotFound):
        erase_person(actor=outsider, person=fan, why="x")
    with pytest.raises(NotAllowed):
        written_elsewhere(viewer, fan)
    assert Person.objects.filter(pk=fan.pk).exists()
