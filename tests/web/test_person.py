"""One person's page: what it tells, what one can do there, and who gets in."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from deining.core import clock
from deining.core.actors import Actor
from deining.core.kinds import Direction, Kind
from deining.people.models import Note, Person
from tests import builders
from tests.builders import NOON

pytestmark = pytest.mark.django_db
DEEDS = ("name", "owner", "tag", "note")


@pytest.fixture
def desk(client: Client, owner: Actor) -> Client:
    assert owner.user is not None
    client.force_login(owner.user)
    return client


def address(actor: Actor, person: Person, path: str = "") -> str:
    return f"/b/{actor.brand.slug}/people/{person.pk}{path}"


def test_the_page_tells_what_they_are_to_us_and_why(desk: Client, owner: Actor, fan: Person) -> None:
    Person.objects.filter(pk=fan.pk).update(
        probability=0.81, probability_low=0.72, probability_high=0.88, segment="seeker", events=12,
        last_seen=NOON, seeker_since=clock.day_number(NOON, owner.brand.time_zone),
        reasons={"reasons": [{"code": "weeks", "effect": 1, "n": 9, "of": 12, "day": 20000}]},
    )  # fmt: skip
    shown = desk.get(address(owner, fan)).content.decode().replace("\u00a0", " ")
    for words in (
        "Fien wants a relationship</h1>",
        "between 72 % and 88 %",
        "Active in 9 of the last 12 weeks.",
        "seeker since 2 November 2026",
        "Shown by behaviour; not asked.",
    ):
        assert words in shown


def test_the_timeline_says_what_answered_what(desk: Client, owner: Actor, fan: Person) -> None:
    account = fan.identities.get()
    asked = builders.make_entry(account, NOON + timedelta(days=1), Kind.ASK, direction=Direction.WE)
    builders.make_entry(
        account, NOON + timedelta(days=1, hours=5), Kind.SURVEY_ANSWER, asked=True, answers=asked.fingerprint
    )
    shown = desk.get(address(owner, fan)).content.decode()
    assert "answered a survey" in shown
    assert "we asked something" in shown
    assert "in answer to our question, after 5 hours" in shown
    assert f'href="#e{asked.pk}"' in shown
    assert "1, they did 1" in shown
    ours = desk.get(address(owner, fan), {"side": "we"}).content.decode()
    assert "answered a survey" not in ours


def test_older_days_come_by_themselves_or_with_the_page(desk: Client, owner: Actor) -> None:
    account = builders.make_identity(builders.make_person(owner.brand, "Ann"))
    for number in range(70):
        builders.make_entry(account, NOON - timedelta(days=number))
    first = desk.get(address(owner, account.person)).content.decode()
    before = first.split("?before=")[1].split('"')[0]
    rest = desk.get(address(owner, account.person, "/timeline"), {"before": before}).content.decode()
    assert first.count("wrote a post") + rest.count("wrote a post") == 70
    assert "That is where it began." in rest


def test_nonsense_in_the_address_is_passed_over(desk: Client, owner: Actor, fan: Person) -> None:
    nonsense = {"before": "99999999999999999999-1;drop", "side": "them"}
    assert desk.get(address(owner, fan), nonsense).status_code == 200


def test_a_person_without_history_gets_no_chart(desk: Client, owner: Actor, fan: Person) -> None:
    assert "Too little history to draw." in desk.get(address(owner, fan, "/history")).content.decode()


def test_name_owner_tag_and_note_are_changed_from_the_page(desk: Client, owner: Actor, fan: Person) -> None:
    assert owner.user is not None
    for path, form in (
        ("/name", {"name": "Fien Maes"}),
        ("/owner", {"owner": owner.user.pk}),
        ("/tag", {"tag": "Gent"}),
        ("/note", {"text": "Belt liever na vijven."}),
    ):
        assert desk.post(address(owner, fan, path), form)["Location"] == address(owner, fan)
    fan.refresh_from_db()
    assert (fan.name, fan.owner, fan.tags.get().name) == ("Fien Maes", owner.user, "Gent")
    shown = desk.get(address(owner, fan)).content.decode()
    assert "Belt liever na vijven." in shown
    assert "wrote a note" in shown
    desk.post(address(owner, fan, "/note"), {"remove": Note.objects.get().pk})
    desk.post(address(owner, fan, "/tag"), {"off": fan.tags.get().pk})
    assert not Note.objects.exists()
    assert not fan.tags.exists()


def test_what_cannot_be_done_is_said_on_the_page(desk: Client, owner: Actor, fan: Person) -> None:
    shown = desk.post(address(owner, fan, "/note"), {"text": "  "}, follow=True).content.decode()
    assert "The note is empty." in shown


def test_an_address_of_somebody_who_was_merged_shows_who_stands_for_them(
    desk: Client, owner: Actor, fan: Person
) -> None:
    gone = builders.make_person(owner.brand, "Fientje", merged_into=fan)
    assert "Fien" in desk.get(address(owner, gone)).content.decode()


def test_a_viewer_sees_no_forms_and_sends_none(
    client: Client, owner: Actor, viewer: Actor, fan: Person
) -> None:
    assert viewer.user is not None
    client.force_login(viewer.user)
    assert "Keep the note" not in client.get(address(owner, fan)).content.decode()
    forms = {"name": {"name": "X"}, "owner": {"owner": ""}, "tag": {"tag": "x"}, "note": {"text": "x"}}
    for deed, form in forms.items():
        assert client.post(address(owner, fan, f"/{deed}"), form).status_code == 403


def test_an_outsider_finds_nobody(client: Client, owner: Actor, outsider: Actor, fan: Person) -> None:
    assert outsider.user is not None
    client.force_login(outsider.user)
    for brand in (owner, outsider):
        for path in ("", "/timeline", "/history"):
            assert client.get(address(brand, fan, path)).status_code == 404
        for deed in DEEDS:
            form = {"name": "X", "tag": "x", "text": "x"}
            assert client.post(address(brand, fan, f"/{deed}"), form).status_code == 404
    fan.refresh_from_db()
    assert (fan.name, fan.tags.count(), Note.objects.count()) == ("Fien", 0, 0)


def test_an_outsider_becomes_nobodys_owner(desk: Client, owner: Actor, outsider: Actor, fan: Person) -> None:
    assert outsider.user is not None
    desk.post(address(owner, fan, "/owner"), {"owner": outsider.user.pk})
    fan.refresh_from_db()
    assert fan.owner is None


def test_the_page_takes_as_many_queries_for_a_long_history_as_for_a_short_one(
    desk: Client, owner: Actor, fan: Person
) -> None:
    with CaptureQueriesContext(connection) as few:
        desk.get(address(owner, fan))
    account = builders.make_identity(fan, network="mail")
    asked = builders.make_entry(account, NOON, Kind.ASK, direction=Direction.WE)
    for number in range(45):
        builders.make_entry(account, NOON + timedelta(days=number), Kind.VOTE, answers=asked.fingerprint)
        Note.objects.create(person=fan, author=owner.user, text="x")
    with CaptureQueriesContext(connection) as many:
        desk.get(address(owner, fan))
    assert len(many) <= len(few) + 1  # the rows that were answered
