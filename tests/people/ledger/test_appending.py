"""What goes into the ledger, once, under the right account, in both directions."""

import pytest

from deining.core.actors import Actor
from deining.core.errors import Conflict, NotAllowed
from deining.core.kinds import Direction, Kind
from deining.core.models import Brand
from deining.people.actions.persons import rename_person
from deining.people.erased_hash import email_hash, identity_hash
from deining.people.ledger import Added, Appender, append
from deining.people.models import Erased, Identity, LedgerEntry, Person, StatedAnswer, Subject
from tests.builders import NOON, make_batch, make_brand
from tests.people.ledger.logs import at, bring, log, said

pytestmark = pytest.mark.django_db


def test_each_account_gets_a_person_and_each_row_its_place(brand: Brand) -> None:
    added = bring(
        brand,
        said("fien", name="Fien", email="fien@example.org", about="herfst", asked=True),
        said("bram", 5, kind="mailing", direction="we"),
        said("fien", 60 * 12, kind="order"),
    )
    assert added == Added(added=3, people=2)
    fien = Identity.objects.get(external_id="fien")
    assert (fien.name, fien.email, fien.person.name) == ("Fien", "fien@example.org", "Fien")
    assert fien.person.search == "fien fien@example.org"
    first, later = fien.entries.order_by("happened_at")
    assert (first.happened_at, first.kind_word, first.asked) == (NOON, Kind.POST, True)
    assert first.subject is not None
    assert first.subject.name == "herfst"
    assert later.kind_word is Kind.ORDER
    assert later.day == first.day + 1, "midnight UTC is past midnight in Amsterdam"
    assert LedgerEntry.objects.get(identity__external_id="bram").direction_word is Direction.WE


def test_the_same_file_again_adds_nothing_and_a_longer_one_only_what_is_new(brand: Brand) -> None:
    rows = [said("fien"), said("fien"), said("bram", 1)]
    assert bring(brand, *rows) == Added(added=3, people=2)
    assert bring(brand, *rows) == Added(known=3)
    assert bring(brand, *reversed(rows), said("fien")) == Added(added=1, known=3), "a third equal row is new"


def test_equal_rows_are_kept_apart_also_over_many_pieces(brand: Brand, owner: Actor) -> None:
    pieces = [log(said("fien")), log(said("fien"), said("fien", 1)), log(said("fien"))]
    assert append(actor=owner, batch=make_batch(brand), happenings=pieces).added == 4
    assert append(actor=owner, batch=make_batch(brand), happenings=pieces).known == 4


def test_rows_that_differ_only_in_direction_or_subject_are_two(brand: Brand) -> None:
    added = bring(brand, said("fien"), said("fien", direction="we"), said("fien", about="herfst"))
    assert added.added == 3


def test_a_row_with_an_id_of_its_own_counts_once_even_when_its_time_was_corrected(brand: Brand) -> None:
    bring(brand, said("fien", external_id="m1"))
    assert bring(brand, said("fien", 7, external_id="m1"), said("fien", external_id="m1")).known == 2
    assert LedgerEntry.objects.count() == 1


def test_two_files_that_both_count_from_one_lose_nothing(brand: Brand) -> None:
    orders = [said("fien", kind="order", external_id="1"), said("bram", 1, kind="order", external_id="2")]
    tickets = [
        said("daan", 9, kind="question", external_id="1"),
        said("bram", 8, kind="question", external_id="2"),
    ]
    assert bring(brand, *orders).added == 2
    assert bring(brand, *tickets).added == 2
    assert bring(brand, *tickets, *orders) == Added(known=4)


def test_an_answer_points_to_what_it_answers_also_when_that_comes_later(brand: Brand) -> None:
    bring(brand, said("bram", 5, kind="reply", external_id="m2", in_answer_to="m1"))
    bring(brand, said("fien", external_id="m1"))
    answer = LedgerEntry.objects.get(identity__external_id="bram")
    assert answer.answers == LedgerEntry.objects.get(identity__external_id="fien").fingerprint


def test_one_account_id_on_two_networks_is_two_people(brand: Brand) -> None:
    assert bring(brand, said("fien"), said("fien", network="mail")).people == 2


def test_what_was_missing_is_filled_in_and_what_a_colleague_typed_stays(brand: Brand, owner: Actor) -> None:
    bring(brand, said("fien"), said("bram"))
    rename_person(actor=owner, person=Person.objects.get(identities__external_id="bram"), name="Bram de B.")
    bring(brand, said("fien", 1, name="Fien Ärts", handle="fien_a"), said("bram", 1, name="A. Bram"))
    bring(brand, said("fien", 2, name="Somebody Else"))
    fien, bram = (Person.objects.get(identities__external_id=who) for who in ("fien", "bram"))
    assert fien.name == "Fien Ärts"
    assert fien.search == "fien fien arts fien_a"
    assert bram.name == "Bram de B."
    assert bram.identities.get().name == "A. Bram"
    assert "a. bram" in bram.search


def test_the_first_word_about_an_account_within_a_file_counts(brand: Brand) -> None:
    bring(brand, said("fien"), said("fien", 1, name="Fien"), said("fien", 2, name="F."))
    assert Identity.objects.get().name == "Fien"


def test_who_was_erased_does_not_come_back(brand: Brand) -> None:
    Erased.objects.create(brand=brand, keyed_hash=identity_hash(brand, "csv", "fien"))
    Erased.objects.create(brand=brand, keyed_hash=email_hash(brand, "Bram@Example.org"))
    rows = [
        said("fien"),
        said("fien", 1),
        said("b", email="bram@example.org"),
        said("bram@example.org", network="mail"),
        said("daan"),
    ]
    assert bring(brand, *rows) == Added(added=1, erased=4, people=1)
    assert bring(make_brand("Elders"), *rows).erased == 0, "another brand's list is another list"


def test_who_is_erased_while_a_file_is_read_stays_away(brand: Brand, owner: Actor) -> None:
    with Appender(owner, make_batch(brand)) as ledger:
        ledger.append(log(said("fien")))
        Identity.objects.all().delete()
        Erased.objects.create(brand=brand, keyed_hash=identity_hash(brand, "csv", "fien"))
        assert ledger.append(log(said("fien", 1), said("bram", 1))) == Added(added=1, erased=1, people=1)


def test_the_latest_own_answer_counts(brand: Brand) -> None:
    bring(brand, said("fien", 5, stated=True), said("fien", stated=False))
    bring(brand, said("fien", 1, stated=False))
    answer = StatedAnswer.objects.get()
    assert (answer.wants, answer.answered_at) == (True, at(5))
    bring(brand, said("fien", 9, stated=False))
    assert StatedAnswer.objects.get().wants is False


def test_text_that_is_too_long_for_its_column_stays_distinct(brand: Brand) -> None:
    added = bring(
        brand, said("x" * 310 + "1"), said("x" * 310 + "2"), said("y", about="z" * 5000, name="n" * 999)
    )
    assert (added.added, added.people) == (3, 3)
    assert len(Subject.objects.get().name) == 300
    assert bring(brand, said("x" * 310 + "1")).known == 1


def test_a_failing_companion_takes_the_rows_back(brand: Brand, owner: Actor) -> None:
    def stop(added: Added) -> None:
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError, match="disk is full"):
        append(actor=owner, batch=make_batch(brand), happenings=[log(said("fien"))], with_it=stop)
    assert (LedgerEntry.objects.count(), Person.objects.count()) == (0, 0)


def test_nothing_is_added_to_a_batch_that_was_undone(brand: Brand, owner: Actor) -> None:
    batch = make_batch(brand)
    batch.undone_at = NOON
    batch.save()
    with pytest.raises(Conflict, match="undone"):
        append(actor=owner, batch=batch, happenings=[log(said("fien"))])


def test_who_may_only_look_adds_nothing(brand: Brand, viewer: Actor) -> None:
    with pytest.raises(NotAllowed):
        append(actor=viewer, batch=make_batch(brand), happenings=[log(said("fien"))])


def test_brands_share_nothing(brand: Brand) -> None:
    other = make_brand("Elders")
    assert bring(brand, said("fien", external_id="m1")).added == 1
    assert bring(other, said("fien", external_id="m1")).added == 1
    assert Person.objects.filter(brand=other).count() == 1


def test_an_empty_piece_is_nothing(brand: Brand) -> None:
    assert bring(brand) == Added()
