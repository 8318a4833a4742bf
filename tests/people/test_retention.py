"""What is kept long enough goes, a day at a time, after a dry run that said so."""

from datetime import timedelta

import pytest
import time_machine

from deining.core.actors import Actor
from deining.core.errors import DeiningError, NotAllowed
from deining.core.kinds import Kind
from deining.core.models import Brand, Job, LogEntry
from deining.people.actions import retention
from deining.people.actions.notes import add_note
from deining.people.actions.retention import Removed, apply_retention, set_retention
from deining.people.models import LedgerEntry, Person, RetentionRule
from deining.people.retention import duties
from deining.people.retention.queries import dry_run
from deining.people.retention.rules import rules_of
from tests import builders

pytestmark = pytest.mark.django_db
NOON = builders.NOON


@pytest.fixture(autouse=True)
def at_noon() -> object:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def ledger(brand: Brand) -> dict[str, Person]:
    """Ann clicked long ago and lately, Bo only long ago, Cas ordered long ago."""
    cast = {name: builders.make_person(brand, name) for name in ("Ann", "Bo", "Cas")}
    account = {name: builders.make_identity(person, name) for name, person in cast.items()}
    old = NOON - timedelta(days=400)
    builders.make_entry(account["Ann"], old, Kind.CLICK)
    builders.make_entry(account["Ann"], NOON - timedelta(days=30), Kind.CLICK)
    builders.make_entry(account["Bo"], old, Kind.CLICK)
    builders.make_entry(account["Cas"], old, Kind.ORDER)
    return cast


def test_a_dry_run_tells_and_removes_nothing(owner: Actor, ledger: dict[str, Person]) -> None:
    found = dry_run(owner, {Kind.CLICK: 365})
    assert {(one.kind, one.rows, one.would_go) for one in found.kinds} == {
        (Kind.CLICK, 3, 2),
        (Kind.ORDER, 1, 0),
    }
    assert (found.would_go, found.people) == (2, 1)
    assert LedgerEntry.objects.count() == 4
    assert dry_run(owner, {}).would_go == 0


def test_what_the_dry_run_said_is_what_goes(owner: Actor, ledger: dict[str, Person]) -> None:
    set_retention(actor=owner, kind=Kind.CLICK, keep_days=365)
    assert apply_retention(actor=owner) == Removed(entries=2, people=1)
    assert sorted(Person.objects.values_list("name", flat=True)) == ["Ann", "Cas"]
    assert LogEntry.objects.get(kind="retention.applied").data == {"entries": 2, "people": 1}
    assert Job.objects.filter(key=f"score:{owner.brand.pk}").exists()
    assert apply_retention(actor=owner) == Removed(0, 0)
    assert dry_run(owner, rules_of(owner.brand)).would_go == 0


def test_the_last_day_is_kept_whole(owner: Actor, brand: Brand) -> None:
    account = builders.make_identity(builders.make_person(brand))
    builders.make_entry(account, NOON - timedelta(days=365), Kind.CLICK)
    builders.make_entry(account, NOON - timedelta(days=366), Kind.CLICK)
    assert dry_run(owner, {Kind.CLICK: 365}).would_go == 1


def test_who_a_colleague_wrote_about_stays(owner: Actor, ledger: dict[str, Person]) -> None:
    add_note(actor=owner, person=ledger["Bo"], text="call back")
    set_retention(actor=owner, kind=Kind.CLICK, keep_days=365)
    assert dry_run(owner, rules_of(owner.brand)).people == 0
    assert apply_retention(actor=owner) == Removed(entries=2, people=0)
    assert Person.objects.filter(name="Bo").exists()


def test_it_goes_in_small_windows(owner: Actor, brand: Brand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "WINDOW", 3)
    account = builders.make_identity(builders.make_person(brand))
    for number in range(10):
        builders.make_entry(account, NOON - timedelta(days=100 + number), Kind.VISIT)
    set_retention(actor=owner, kind=Kind.VISIT, keep_days=104)
    steps: list[tuple[int, int]] = []
    assert apply_retention(actor=owner, progress=lambda *step: steps.append(step)).entries == 5
    assert [done for done, _ in steps] == [0, 3, 6, 9]


def test_another_brand_keeps_its_rows(owner: Actor, outsider: Actor, ledger: dict[str, Person]) -> None:
    account = builders.make_identity(builders.make_person(outsider.brand))
    builders.make_entry(account, NOON - timedelta(days=900), Kind.CLICK)
    set_retention(actor=owner, kind=Kind.CLICK, keep_days=365)
    apply_retention(actor=owner)
    assert LedgerEntry.objects.filter(brand=outsider.brand).count() == 1


def test_rules_are_changed_logged_and_taken_back(owner: Actor) -> None:
    set_retention(actor=owner, kind=Kind.CLICK, keep_days=365)
    set_retention(actor=owner, kind=Kind.CLICK, keep_days=365)
    set_retention(actor=owner, kind=Kind.CLICK, keep_days=30)
    set_retention(actor=owner, kind=Kind.CLICK, keep_days=None)
    assert not RetentionRule.objects.exists()
    assert [entry.data for entry in LogEntry.objects.order_by("pk")] == [
        {"what": "click", "before": None, "keep_days": 365},
        {"what": "click", "before": 365, "keep_days": 30},
        {"what": "click", "before": 30, "keep_days": None},
    ]


@pytest.mark.parametrize("days", [0, -1, 36_501])
def test_an_impossible_number_of_days_is_refused(owner: Actor, days: int) -> None:
    with pytest.raises(DeiningError, match="from 1 to 36500"):
        set_retention(actor=owner, kind=Kind.CLICK, keep_days=days)


def test_it_runs_once_a_day_where_there_are_rules(
    owner: Actor, outsider: Actor, ledger: dict[str, Person]
) -> None:
    set_retention(actor=owner, kind=Kind.CLICK, keep_days=365)
    duties.ask_for_retention()
    duties.ask_for_retention()
    job = Job.objects.get(task__endswith="retain")
    assert duties.retain.func(**job.arguments) == {"entries": 2, "people": 1}
    Job.objects.update(state="done")
    duties.ask_for_retention()
    assert Job.objects.filter(task__endswith="retain").count() == 1
    Job.objects.update(created_at=NOON - timedelta(days=1))
    duties.ask_for_retention()
    assert Job.objects.filter(task__endswith="retain").count() == 2


def test_only_who_manages_the_brand(viewer: Actor, ledger: dict[str, Person]) -> None:
    for attempt in (
        lambda: set_retention(actor=viewer, kind=Kind.CLICK, keep_days=1),
        lambda: apply_retention(actor=viewer),
        lambda: dry_run(viewer, {}),
    ):
        with pytest.raises(NotAllowed):
            attempt()
