"""The frame around every page: rail by role, brands, language and appearance, refusals, nothing inline."""

import re
from pathlib import Path

import pytest
from django.test import Client

import deining.web
from deining.core.actors import Actor
from deining.core.models import Membership
from deining.core.roles import Role
from tests import builders

pytestmark = pytest.mark.django_db
A_FILE_OF_ITS_OWN = "copy.html"  # handed out to a person, to be read without us
TEMPLATES = sorted(
    path for path in Path(deining.web.__file__).parent.rglob("*.html") if path.name != A_FILE_OF_ITS_OWN
)


def signed_in(client: Client, actor: Actor) -> Client:
    assert actor.user is not None
    client.force_login(actor.user)
    return client


def test_the_rail_shows_only_what_the_role_opens(client: Client, owner: Actor, viewer: Actor) -> None:
    path = f"/b/{owner.brand.slug}/"
    assert 'data-place="members"' in signed_in(client, owner).get(path).content.decode()
    shown = signed_in(client, viewer).get(path).content.decode()
    assert 'data-place="people"' in shown
    assert 'data-place="members"' not in shown
    assert 'data-place="log"' not in shown


def test_the_page_one_is_on_is_marked(client: Client, owner: Actor) -> None:
    shown = signed_in(client, owner).get(f"/b/{owner.brand.slug}/people").content.decode()
    assert re.search(r'aria-current="page" data-place="people"', shown)


def test_an_invented_brand_says_so_on_every_page(client: Client, owner: Actor) -> None:
    desk = signed_in(client, owner)
    person = builders.make_person(owner.brand, "Ann")
    pages = ("", "people", f"people/{person.pk}", "how-we-know")
    for path in pages:
        assert "is invented" not in desk.get(f"/b/{owner.brand.slug}/{path}").content.decode()
    owner.brand.is_invented = True
    owner.brand.save()
    for path in pages:
        assert "Zuiderlicht is invented" in desk.get(f"/b/{owner.brand.slug}/{path}").content.decode()


def test_who_works_for_two_brands_can_go_to_the_other(client: Client, owner: Actor) -> None:
    other = builders.make_brand("Noorderlicht")
    assert owner.user is not None
    Membership.objects.create(brand=other, user=owner.user, role=Role.VIEWER)
    assert f"/b/{other.slug}/" in signed_in(client, owner).get(f"/b/{owner.brand.slug}/").content.decode()


def test_a_colleagues_language_and_appearance_are_kept_on_the_user(client: Client, owner: Actor) -> None:
    desk, path = signed_in(client, owner), f"/b/{owner.brand.slug}/people"
    answer = desk.post("/look/language", {"language": "nl", "next": path})
    assert answer["Location"] == path
    desk.post("/look/theme", {"theme": "dark", "next": path})
    shown = desk.get(path).content.decode()
    assert '<html lang="nl" data-theme="dark">' in shown
    assert owner.user is not None
    owner.user.refresh_from_db()
    assert (owner.user.language, owner.user.theme) == ("nl", "dark")


def test_a_visitors_choices_are_kept_in_cookies(client: Client) -> None:
    client.post("/look/language", {"language": "nl"})
    client.post("/look/theme", {"theme": "light"})
    assert '<html lang="nl" data-theme="light">' in client.get("/nowhere").content.decode()


@pytest.mark.parametrize(
    "next_page", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""]
)
def test_nobody_is_sent_elsewhere(client: Client, next_page: str) -> None:
    assert client.post("/look/theme", {"theme": "dark", "next": next_page})["Location"] == "/"


def test_what_is_not_a_choice_changes_nothing(client: Client, owner: Actor) -> None:
    signed_in(client, owner).post("/look/theme", {"theme": "<script>"})
    assert owner.user is not None
    owner.user.refresh_from_db()
    assert owner.user.theme == "system"
    assert client.get("/look/theme").status_code == 405


def test_a_refusal_is_a_sentence_also_for_htmx(client: Client, owner: Actor) -> None:
    desk = signed_in(client, owner)
    assert "There is no such person here." in desk.get(f"/b/{owner.brand.slug}/people/999").content.decode()
    fragment = desk.get(f"/b/{owner.brand.slug}/people/999", headers={"HX-Request": "true"}).content.decode()
    assert "There is no such person here." in fragment
    assert "<!doctype" not in fragment


def test_an_address_that_is_not_there_gets_our_own_page(client: Client) -> None:
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_have_nothing_inline_and_stay_readable(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r'\sstyle="|<style|\son[a-z]+="|javascript:|<script(?![^>]*(\ssrc=|json))', text)
    assert not re.search(r"https?://(?!www\.w3\.org/)", text)
    assert text.count("\n") <= 150
