"""One person's page: what passed between us, in both directions, day by day."""

from datetime import UTC, datetime, timedelta

import pytest

from deining.core.actors import Actor
from deining.core.kinds import Direction, Kind
from deining.people.models import Person
from deining.people.queries import person as queries
from deining.people.queries.person import asked_and_did, history_of, log_of, merges_of, timeline_of
from tests import builders
from tests.builders import NOON

pytestmark = pytest.mark.django_db


def test_days_come_newest_first_with_both_sides(owner: Actor) -> None:
    ann = builders.make_person(owner.brand, "Ann")
    account = builders.make_identity(ann, network="discourse")
    asked = builders.make_entry(account, NOON, Kind.ASK, direction=Direction.WE)
    builders.make_entry(account, NOON + timedelta(hours=3), Kind.VOTE, asked=True, answers=asked.fingerprint)
    builders.make_entry(account, NOON - timedelta(days=2), Kind.POST)
    days = timeline_of(owner, ann).days
    assert [[(m.entry.kind_word, m.is_ours) for m in day.moments] for day in days] == [
        [(Kind.VOTE, False), (Kind.ASK, True)],
        [(Kind.POST, False)],
    ]
    assert days[0].moments[0].answers == asked
    assert days[0].moments[0].network == "discourse"


def test_a_day_is_one_of_the_brands_own_calendar(owner: Actor) -> None:
    account = builders.make_identity(builders.make_person(owner.brand, "Ann"))
    builders.make_entry(account, datetime(2026, 11, 1, 23, 30, tzinfo=UTC))
    (day,) = timeline_of(owner, account.person).days
    assert day.day.isoformat() == "2026-11-02"


def test_pages_of_the_timeline_meet_without_gap_or_overlap(
    owner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 4)
    account = builders.make_identity(builders.make_person(owner.brand, "Ann"))
    made = [builders.make_entry(account, NOON - timedelta(hours=number // 3)) for number in range(11)]
    seen, before = [], ""
    while True:
        page = timeline_of(owner, account.person, before)
        seen += [moment.entry.pk for day in page.days for moment in day.moments]
        before = page.older
        if not before:
            break
    assert sorted(seen) == sorted(entry.pk for entry in made)
    assert len(seen) == len(set(seen))


def test_one_side_can_be_looked_at_alone(owner: Actor) -> None:
    account = builders.make_identity(builders.make_person(owner.brand, "Ann"))
    builders.make_entry(account, NOON, Kind.MAILING, direction=Direction.WE)
    builders.make_entry(account, NOON, Kind.ORDER)
    (ours,) = timeline_of(owner, account.person, kinds="we").days
    (theirs,) = timeline_of(owner, account.person, kinds="they").days
    assert [moment.entry.kind_word for moment in ours.moments] == [Kind.MAILING]
    assert [moment.entry.kind_word for moment in theirs.moments] == [Kind.ORDER]


def test_asked_and_did_counts_both_and_never_more_answers_than_questions(owner: Actor) -> None:
    account = builders.make_identity(builders.make_person(owner.brand, "Ann"))
    assert asked_and_did(account.person).share is None
    for hour in range(4):
        builders.make_entry(account, NOON + timedelta(hours=hour), Kind.ASK, direction=Direction.WE)
    builders.make_entry(account, NOON, Kind.SURVEY_ANSWER, asked=True)
    builders.make_entry(account, NOON, Kind.POST, asked=False)
    told = asked_and_did(account.person)
    assert (told.asked, told.answered, told.unasked, told.share) == (4, 1, 1, 0.25)
    only_answers = builders.make_identity(builders.make_person(owner.brand, "Bob"))
    builders.make_entry(only_answers, NOON, Kind.VOTE, asked=True)
    assert asked_and_did(only_answers.person).share == 1.0


def test_without_a_model_there_is_no_history(fan: Person) -> None:
    assert history_of(fan) == []


def test_only_who_may_read_the_log_gets_its_lines(owner: Actor, viewer: Actor, fan: Person) -> None:
    from deining.people.actions.persons import rename_person

    rename_person(actor=owner, person=fan, name="Fientje")
    assert [entry.kind for entry in log_of(owner, fan)] == ["person.changed"]
    assert log_of(viewer, fan) == []


def test_merges_that_stand_are_told(owner: Actor, fan: Person) -> None:
    from deining.people.actions.merging import merge, undo_merge

    other = builders.make_fan(owner.brand, "Fientje")
    made = merge(actor=owner, kept=fan, gone=other)
    assert merges_of(fan) == [made]
    undo_merge(actor=owner, merge=made)
    assert merges_of(fan) == []
