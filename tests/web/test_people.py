"""The People page: addresses that mean a question, deeds for those who may, exports that are safe to open."""

import csv
import io
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.test import Client

from deining.core.actors import Actor
from deining.core.models import LogEntry
from deining.people.actions.tags import put_tag
from deining.people.models import Person, Segment
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, owner: Actor) -> Client:
    assert owner.user is not None
    client.force_login(owner.user)
    return client


def address(actor: Actor, path: str = "") -> str:
    return f"/b/{actor.brand.slug}/people{path}"


def some_people(actor: Actor) -> list[Person]:
    return [
        builders.make_person(
            actor.brand, name, probability=share, segment="seeker" if share > 0.5 else "passer_by"
        )
        for name, share in (("Ann", 0.9), ("Bob", 0.6), ("Cis", 0.1))
    ]


def test_the_title_answers_the_question_in_the_address(desk: Client, owner: Actor) -> None:
    some_people(owner)
    assert "3 people</h1>" in desk.get(address(owner)).content.decode()
    shown = desk.get(address(owner), {"segment": "seeker"}).content.decode()
    assert "2 people want a relationship</h1>" in shown
    assert "Cis" not in shown
    assert "Nobody like that" in desk.get(address(owner), {"q": "zzz"}).content.decode()


def test_a_brand_without_people_is_told_what_to_do(desk: Client, owner: Actor) -> None:
    assert "Nobody is here yet" in desk.get(address(owner)).content.decode()


def test_htmx_gets_the_list_alone_and_a_clean_address(desk: Client, owner: Actor) -> None:
    some_people(owner)
    answer = desk.get(
        address(owner),
        {"q": "", "segment": "seeker", "sort": ""},
        headers={"HX-Request": "true", "HX-Target": "found-list"},
    )
    assert answer["HX-Push-Url"] == address(owner) + "?segment=seeker"
    assert "<!doctype" not in answer.content.decode()
    assert 'hx-swap-oob="true"' in answer.content.decode()


def test_each_filter_that_is_on_can_be_taken_off(desk: Client, owner: Actor) -> None:
    some_people(owner)
    shown = desk.get(address(owner), {"segment": "seeker", "least": "60"}).content.decode()
    assert f'href="{address(owner)}?least=60"' in shown
    assert f'href="{address(owner)}?segment=seeker"' in shown


def test_the_palette_finds_people_by_any_part_of_their_name(desk: Client, owner: Actor) -> None:
    ann, *_ = some_people(owner)
    shown = desk.get(address(owner, "/find"), {"q": "an"}).content.decode()
    assert address(owner, f"/{ann.pk}") in shown
    assert "Bob" not in shown


def test_chosen_people_get_a_tag_and_an_owner(desk: Client, owner: Actor) -> None:
    ann, bob, _cis = some_people(owner)
    chosen = {"person": [ann.pk, bob.pk], "question": "segment=seeker"}
    answer = desk.post(address(owner, "/chosen"), {**chosen, "do": "tag", "tag": "Gent"})
    assert answer["Location"] == address(owner) + "?segment=seeker"
    assert owner.user is not None
    desk.post(address(owner, "/chosen"), {**chosen, "do": "owner", "owner": owner.user.pk})
    assert list(Person.objects.filter(tags__name="Gent", owner=owner.user).order_by("pk")) == [ann, bob]


def test_choosing_nobody_is_said_and_nothing_happens(desk: Client, owner: Actor) -> None:
    some_people(owner)
    shown = desk.post(address(owner, "/chosen"), {"do": "tag", "tag": "Gent"}, follow=True).content.decode()
    assert "Nobody was chosen. Tick some people first." in shown


def test_a_question_is_kept_under_a_name_and_forgotten(desk: Client, owner: Actor) -> None:
    some_people(owner)
    desk.post(address(owner, "/segment"), {"name": "Keen", "question": "segment=seeker&least=60"})
    kept = Segment.objects.get()
    assert (kept.name, kept.filters) == ("Keen", {"segment": "seeker", "least": "60"})
    shown = desk.get(address(owner)).content.decode()
    # PostgreSQL keeps the words of a question in an order of its own
    assert "segment=seeker&amp;least=60" in shown or "least=60&amp;segment=seeker" in shown
    desk.post(address(owner, "/segment"), {"remove": kept.pk})
    assert not Segment.objects.exists()


def exported(answer: Any) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_an_export_holds_the_whole_question_and_is_logged(desk: Client, owner: Actor) -> None:
    ann, *_ = some_people(owner)
    builders.make_identity(ann, "a1", network="discourse", handle="@ann")
    put_tag(actor=owner, name="Gent", people=[ann.pk])
    rows = exported(desk.post(address(owner, "/export"), {"question": "segment=seeker", "format": "csv"}))
    assert [row["name"] for row in rows] == ["Ann", "Bob"]
    assert (rows[0]["probability"], rows[0]["tags"], rows[0]["accounts"]) == (
        "0.900000",
        "Gent",
        "discourse:@ann",
    )
    assert LogEntry.objects.filter(kind="people.exported").count() == 1


def test_names_that_look_like_formulas_are_defused(desk: Client, owner: Actor) -> None:
    for name in ("=1+1", "+31", "-x", "@cmd", "\tx"):
        builders.make_person(owner.brand, name)
    rows = exported(desk.post(address(owner, "/export"), {"format": "csv"}))
    assert [row["name"] for row in rows] == ["'=1+1", "'+31", "'-x", "'@cmd", "'\tx"]


def test_only_the_chosen_are_exported_when_asked_so(desk: Client, owner: Actor) -> None:
    _ann, bob, _cis = some_people(owner)
    form = {"only": "chosen", "person": [bob.pk], "format": "csv"}
    assert [row["name"] for row in exported(desk.post(address(owner, "/export"), form))] == ["Bob"]


def test_parquet_keeps_numbers_as_numbers(desk: Client, owner: Actor) -> None:
    some_people(owner)
    answer: Any = desk.post(address(owner, "/export"), {"format": "parquet"})
    table = pq.read_table(io.BytesIO(b"".join(answer.streaming_content)))
    assert table["name"].to_pylist() == ["Ann", "Bob", "Cis"]
    assert table["probability"].to_pylist() == [0.9, 0.6, 0.1]


def test_a_viewer_may_look_and_no_more(client: Client, owner: Actor, viewer: Actor) -> None:
    ann, *_ = some_people(owner)
    assert viewer.user is not None
    client.force_login(viewer.user)
    shown = client.get(address(owner)).content.decode()
    assert "Ann" in shown
    assert "Export" not in shown
    assert client.post(address(owner, "/export"), {"format": "csv"}).status_code == 403
    client.post(address(owner, "/chosen"), {"do": "tag", "tag": "Gent", "person": [ann.pk]})
    client.post(address(owner, "/segment"), {"name": "Keen", "question": "segment=seeker"})
    assert not ann.tags.exists()
    assert not Segment.objects.exists()


def test_an_outsider_finds_no_such_brand(client: Client, owner: Actor, outsider: Actor) -> None:
    ann, *_ = some_people(owner)
    assert outsider.user is not None
    client.force_login(outsider.user)
    for path in ("", "/find?q=ann"):
        assert client.get(address(owner, path)).status_code == 404
    for path in ("/segment", "/chosen", "/export"):
        assert client.post(address(owner, path), {"person": [ann.pk]}).status_code == 404
    client.post(address(outsider, "/chosen"), {"do": "tag", "tag": "x", "person": [ann.pk]})
    assert not ann.tags.exists()
    client.post(address(outsider, "/chosen"), {"do": "owner", "owner": outsider.user.pk, "person": [ann.pk]})
    ann.refresh_from_db()
    assert ann.owner is None
    assert exported(client.post(address(outsider, "/export"), {"only": "chosen", "person": [ann.pk]})) == []
