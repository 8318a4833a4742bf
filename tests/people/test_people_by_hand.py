"""Names, owners, notes, tags and segments: colleagues write, viewers read, outsiders find nothing."""

import pytest

from deining.core.actors import Actor
from deining.core.errors import DeiningError, NotAllowed, NotFound
from deining.core.models import Brand, LogEntry
from deining.core.roles import Role
from deining.people.access import get_note_for, get_person_for, get_segment_for, get_tag_for
from deining.people.actions.merging import merge, undo_merge
from deining.people.actions.notes import add_note, edit_note, remove_note
from deining.people.actions.persons import rename_person, set_owner
from deining.people.actions.segments import remove_segment, save_segment
from deining.people.actions.tags import put_tag, take_tag
from deining.people.models import Note, Person, Segment, Tag
from deining.people.queries.whole import notes_of, tags_of
from tests import builders

pytestmark = pytest.mark.django_db


def test_a_name_given_by_hand_stays_and_is_found(owner: Actor, fan: Person) -> None:
    renamed = rename_person(actor=owner, person=fan, name="  Zoë\n  Claes ")
    assert (renamed.name, renamed.name_by_hand) == ("Zoë Claes", True)
    assert "zoe claes" in renamed.search
    assert LogEntry.objects.get(kind="person.changed").data == {"what": "name"}


def test_an_emptied_name_is_that_of_the_account_again(owner: Actor, brand: Brand) -> None:
    person = builders.make_person(brand, "x")
    builders.make_identity(person, name="Marijke Maes")
    rename_person(actor=owner, person=person, name="Mieke")
    again = rename_person(actor=owner, person=person, name=" ")
    assert (again.name, again.name_by_hand) == ("Marijke Maes", False)


def test_a_name_that_does_not_fit_is_refused_with_its_length(owner: Actor, fan: Person) -> None:
    with pytest.raises(DeiningError, match="201 characters"):
        rename_person(actor=owner, person=fan, name="x" * 201)


def test_only_a_colleague_looks_after_somebody(owner: Actor, outsider: Actor, fan: Person) -> None:
    colleague = builders.make_colleague(owner.brand, Role.EDITOR, "Eefje")
    assert set_owner(actor=owner, person=fan, owner=colleague.user).owner == colleague.user
    with pytest.raises(DeiningError, match="Only a colleague of Zuiderlicht"):
        set_owner(actor=owner, person=fan, owner=outsider.user)
    assert set_owner(actor=owner, person=fan, owner=None).owner is None


def test_notes_belong_to_who_wrote_them(owner: Actor, brand: Brand, fan: Person) -> None:
    editor = builders.make_colleague(brand, Role.EDITOR, "Eefje")
    other = builders.make_colleague(brand, Role.EDITOR, "Ivo")
    note = add_note(actor=editor, person=fan, text=" Wants to help in the shop. ")
    assert note.text == "Wants to help in the shop."
    changed = edit_note(actor=editor, note=note, text="Wants to help on Saturdays.")
    assert changed.edited_at is not None
    with pytest.raises(NotAllowed, match="Only who wrote"):
        edit_note(actor=owner, note=note, text="No.")
    with pytest.raises(NotAllowed, match="by who wrote it"):
        remove_note(actor=other, note=note)
    remove_note(actor=owner, note=note)
    assert not Note.objects.exists()
    assert list(LogEntry.objects.order_by("pk").values_list("kind", "subject_id")) == [
        ("note.added", fan.pk),
        ("note.changed", fan.pk),
        ("note.removed", fan.pk),
    ]


@pytest.mark.parametrize(("text", "sentence"), [("  ", "empty"), ("x" * 5001, "5001 characters")])
def test_a_note_without_or_with_too_much_text_is_refused(
    owner: Actor, fan: Person, text: str, sentence: str
) -> None:
    with pytest.raises(DeiningError, match=sentence):
        add_note(actor=owner, person=fan, text=text)


def test_a_tag_is_one_tag_however_it_is_typed(owner: Actor, brand: Brand) -> None:
    people = [builders.make_person(brand, name).pk for name in ("Ann", "Bo", "Cas")]
    tag, added = put_tag(actor=owner, name="Gent", people=people[:2])
    again, fresh = put_tag(actor=owner, name=" gent ", people=people)
    assert (tag.pk, added, fresh) == (again.pk, 2, 1)
    assert take_tag(actor=owner, tag=tag, people=people[:1]) == 1
    assert take_tag(actor=owner, tag=tag, people=people) == 2
    assert not Tag.objects.exists()


def test_thousands_are_tagged_at_once(owner: Actor, brand: Brand) -> None:
    Person.objects.bulk_create([Person(brand=brand, name=f"p{number}") for number in range(1300)])
    everybody = Person.objects.filter(brand=brand).values_list("pk", flat=True)
    tag, added = put_tag(actor=owner, name="newsletter", people=everybody)
    assert added == tag.people.count() == 1300


def test_a_merged_view_shows_notes_and_tags_of_both(owner: Actor, brand: Brand) -> None:
    ann, bo = builders.make_person(brand, "Ann"), builders.make_person(brand, "Bo")
    add_note(actor=owner, person=ann, text="one")
    add_note(actor=owner, person=bo, text="two")
    put_tag(actor=owner, name="gent", people=[ann.pk])
    tag, _ = put_tag(actor=owner, name="museum", people=[bo.pk])
    made = merge(actor=owner, kept=ann, gone=bo)
    assert [note.text for note in notes_of(ann)] == ["two", "one"]
    assert [tag.name for tag in tags_of(ann)] == ["gent", "museum"]
    assert take_tag(actor=owner, tag=tag, people=[ann.pk]) == 1
    undo_merge(actor=owner, merge=made)
    assert [note.text for note in notes_of(bo)] == ["two"]
    assert not tags_of(bo).exists()


def test_a_segment_is_saved_over_and_removed(owner: Actor) -> None:
    segment = save_segment(actor=owner, name="Ours", filters={"segment": "seeker", "q": ""})
    assert segment.filters == {"segment": "seeker"}
    save_segment(actor=owner, name="Ours", filters={"tag": ["gent"]})
    assert Segment.objects.get().filters == {"tag": ["gent"]}
    with pytest.raises(DeiningError, match="this is everybody"):
        save_segment(actor=owner, name="All", filters={"q": ""})
    remove_segment(actor=owner, segment=segment)
    assert not Segment.objects.exists()


def test_a_viewer_changes_nothing(viewer: Actor, owner: Actor, fan: Person) -> None:
    note = add_note(actor=owner, person=fan, text="x")
    tag, _ = put_tag(actor=owner, name="gent", people=[fan.pk])
    segment = save_segment(actor=owner, name="Ours", filters={"tag": "gent"})
    for attempt in every_change(viewer, fan, note, tag, segment):
        with pytest.raises(NotAllowed):
            attempt()


def test_an_outsider_finds_nothing_to_change(outsider: Actor, owner: Actor, fan: Person) -> None:
    note = add_note(actor=owner, person=fan, text="x")
    tag, _ = put_tag(actor=owner, name="gent", people=[])
    segment = save_segment(actor=owner, name="Ours", filters={"tag": "gent"})
    for attempt in every_change(outsider, fan, note, tag, segment):
        with pytest.raises(NotFound):
            attempt()
    for get, pk in (
        (get_person_for, fan.pk),
        (get_note_for, note.pk),
        (get_tag_for, tag.pk),
        (get_segment_for, segment.pk),
    ):
        with pytest.raises(NotFound):
            get(outsider, pk)  # type: ignore[operator]
    _, added = put_tag(actor=outsider, name="theirs", people=[fan.pk])
    assert added == 0


def every_change(actor: Actor, fan: Person, note: Note, tag: Tag, segment: Segment) -> list:  # type: ignore[type-arg]
    return [
        lambda: rename_person(actor=actor, person=fan, name="X"),
        lambda: set_owner(actor=actor, person=fan, owner=None),
        lambda: add_note(actor=actor, person=fan, text="X"),
        lambda: edit_note(actor=actor, note=note, text="X"),
        lambda: remove_note(actor=actor, note=note),
        lambda: take_tag(actor=actor, tag=tag, people=[fan.pk]),
        lambda: remove_segment(actor=actor, segment=segment),
    ]
