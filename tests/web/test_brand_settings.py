"""The brand's settings and its end."""

import pytest
from django.test import Client

from deining.core.actors import Actor
from deining.core.models import Brand, Membership
from deining.core.roles import Role
from tests import builders

pytestmark = pytest.mark.django_db


def signed_in(actor: Actor) -> Client:
    client = Client()
    assert actor.user is not None
    client.force_login(actor.user)
    return client


def settings_of(actor: Actor, **changes: object) -> dict[str, object]:
    brand = actor.brand
    return {
        "name": brand.name,
        "slug": brand.slug,
        "time_zone": brand.time_zone,
        "languages": ["nl"],
        **changes,
    }


def test_settings_are_changed_and_a_new_short_name_is_followed(owner: Actor) -> None:
    client = signed_in(owner)
    answer = client.post(
        f"/b/{owner.brand.slug}/settings/",
        settings_of(owner, name="Zuiden", slug="zuiden", time_zone="Asia/Tokyo"),
    )
    assert answer.headers["Location"] == "/b/zuiden/settings/"
    owner.brand.refresh_from_db()
    assert (owner.brand.name, owner.brand.time_zone, owner.brand.languages) == ("Zuiden", "Asia/Tokyo", "nl")
    assert "Saved." in client.get("/b/zuiden/settings/").text


def test_mistakes_keep_what_was_typed(owner: Actor) -> None:
    builders.make_brand(slug="taken")
    answer = signed_in(owner).post(
        f"/b/{owner.brand.slug}/settings/",
        settings_of(owner, name="Other", slug="taken", time_zone="Mars/Base"),
    )
    assert answer.status_code == 400
    assert 'value="Other"' in answer.text
    assert "Mars/Base" in answer.text
    answer = signed_in(owner).post(f"/b/{owner.brand.slug}/settings/", settings_of(owner, slug="taken"))
    assert "Another brand has the short name “taken”" in answer.text


def test_an_empty_short_name_keeps_the_present_one(owner: Actor) -> None:
    signed_in(owner).post(f"/b/{owner.brand.slug}/settings/", settings_of(owner, slug=""))
    assert Brand.objects.get().slug == owner.brand.slug


@pytest.mark.parametrize(
    ("role", "settings_status", "removal_status"),
    [("manager", 200, 403), ("analyst", 403, 403), ("viewer", 403, 403)],
)
def test_who_may_change_and_who_may_remove(
    owner: Actor, role: str, settings_status: int, removal_status: int
) -> None:
    client = signed_in(builders.make_colleague(owner.brand, Role(role), "Karim"))
    assert client.get(f"/b/{owner.brand.slug}/settings/").status_code == settings_status
    assert client.get(f"/b/{owner.brand.slug}/settings/remove").status_code == removal_status
    client.post(f"/b/{owner.brand.slug}/settings/remove", {"name": owner.brand.name})
    assert Brand.objects.filter(slug=owner.brand.slug).exists()


def test_an_outsider_neither_sees_nor_removes(owner: Actor, outsider: Actor) -> None:
    client = signed_in(outsider)
    assert client.get(f"/b/{owner.brand.slug}/settings/").status_code == 404
    assert client.post(f"/b/{owner.brand.slug}/settings/remove", {"name": "Zuiderlicht"}).status_code == 404
    assert Brand.objects.filter(slug=owner.brand.slug).exists()


def test_removing_asks_for_the_name_and_then_the_brand_is_gone(owner: Actor) -> None:
    builders.make_fan(owner.brand)
    client = signed_in(owner)
    path = f"/b/{owner.brand.slug}/settings/remove"
    assert "1 person goes" in client.get(path).text
    wrong = client.post(path, {"name": "Zuiderlight"})
    assert wrong.status_code == 400
    assert 'value="Zuiderlight"' in wrong.text
    assert "Type it exactly" in wrong.text
    assert client.post(path, {"name": "Zuiderlicht"}).headers["Location"] == "/"
    assert not Membership.objects.exists()
    page = client.get("/", follow=True).text
    assert "Zuiderlicht is removed" in page
    assert "Start my brand" in page, "whoever removed the last brand can begin again"
    assert client.get(f"/b/{owner.brand.slug}/").status_code == 404
