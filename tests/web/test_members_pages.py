"""The page of members: inviting, roles, removing, leaving; from the outside in."""

import re

import pytest
from django.core import mail
from django.test import Client

from deining.config import config
from deining.core.actors import Actor
from deining.core.models import Invitation, Membership, User
from deining.core.roles import Role
from tests import builders

pytestmark = pytest.mark.django_db
NINA = {"name": "Nina", "password": "three plain words"}


def signed_in(actor: Actor) -> Client:
    client = Client()
    assert actor.user is not None
    client.force_login(actor.user)
    return client


def page_of(actor: Actor) -> str:
    return f"/b/{actor.brand.slug}/members/"


def link_in(page: str) -> str:
    found = re.search(r"http://testserver(/invitation/[\w-]+)", page)
    assert found, page
    return found[1]


def invited_link(owner: Actor, email: str = "nina@example.org", role: str = "editor") -> str:
    return link_in(signed_in(owner).post(page_of(owner) + "invite", {"email": email, "role": role}).text)


def test_everybody_sees_colleagues_and_only_who_may_sees_the_tools(owner: Actor, viewer: Actor) -> None:
    seen = signed_in(viewer).get(page_of(viewer)).text
    assert "Noor" in seen
    assert "Invite a colleague" not in seen
    assert "<select" not in seen
    assert "Invite a colleague" in signed_in(owner).get(page_of(owner)).text


def test_a_newcomer_follows_the_link_and_is_in(owner: Actor) -> None:
    path = invited_link(owner)
    visitor = Client()
    page = visitor.get(path).text
    assert "Welcome to Zuiderlicht" in page
    assert "nina@example.org" in page
    weak = visitor.post(path, {**NINA, "password": "short"}).text
    assert 'value="Nina"' in weak
    assert "too short" in weak
    answer = visitor.post(path, {**NINA, "email": "mallory@example.org"})
    assert answer.headers["Location"] == f"/b/{owner.brand.slug}/"
    assert Membership.objects.get(user__email="nina@example.org").role == Role.EDITOR
    assert not User.objects.filter(email="mallory@example.org").exists(), "the address is the invited one"
    assert Client().get(path).status_code == 404


def test_the_link_is_shown_once(owner: Actor) -> None:
    invited_link(owner)
    assert "/invitation/" not in signed_in(owner).get(page_of(owner)).text


def test_an_existing_colleague_of_another_brand_signs_in_and_joins(owner: Actor, outsider: Actor) -> None:
    assert outsider.user is not None
    path = invited_link(owner, outsider.user.email)
    assert Client().get(path).headers["Location"].startswith("/account/login/?next=%2Finvitation%2F")
    client = signed_in(outsider)
    assert "Join Zuiderlicht?" in client.get(path).text
    assert client.post(path).headers["Location"] == f"/b/{owner.brand.slug}/"
    assert client.get(page_of(owner)).status_code == 200


def test_a_link_for_somebody_else_says_so(owner: Actor, outsider: Actor) -> None:
    path = invited_link(owner)
    client = signed_in(outsider)
    assert "This invitation is for nina@example.org" in client.get(path).text
    assert client.post(path).status_code == 403
    assert client.get(page_of(owner)).status_code == 404


def test_the_invitation_is_mailed_when_mail_is_set_up(owner: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config(), "mail_url", "smtp://localhost")
    monkeypatch.setattr(config(), "base_url", "https://crm.example.org")
    answer = signed_in(owner).post(page_of(owner) + "invite", {"email": "nina@example.org", "role": "viewer"})
    assert "We mailed the invitation" in answer.text
    assert mail.outbox[0].to == ["nina@example.org"]
    assert mail.outbox[0].subject == "Deining: Noor invites you to Zuiderlicht"
    assert "https://crm.example.org/invitation/" in mail.outbox[0].body


def test_mistakes_are_sentences_and_keep_what_was_typed(owner: Actor, viewer: Actor) -> None:
    assert viewer.user is not None
    client = signed_in(owner)
    answer = client.post(page_of(owner) + "invite", {"email": viewer.user.email, "role": "editor"})
    assert answer.status_code == 400
    assert "is a colleague of this brand already" in answer.text
    assert f'value="{viewer.user.email}"' in answer.text
    wrong = client.post(
        f"{page_of(owner)}{Membership.objects.get(user=viewer.user).pk}/role", {"role": "king"}
    )
    assert "That role does not exist" in wrong.text


def test_roles_change_and_colleagues_go(owner: Actor, viewer: Actor) -> None:
    client, target = signed_in(owner), Membership.objects.get(user=viewer.user).pk
    client.post(f"{page_of(owner)}{target}/role", {"role": "analyst"})
    assert Membership.objects.get(pk=target).role == Role.ANALYST
    assert "no longer work for" in client.get(f"{page_of(owner)}{target}/remove").text
    client.post(f"{page_of(owner)}{target}/remove", {"why": "other job"})
    assert not Membership.objects.filter(pk=target).exists()
    assert signed_in(viewer).get(page_of(viewer)).status_code == 404


def test_who_takes_over_is_asked_and_done(
    owner: Actor, viewer: Actor, django_capture_on_commit_callbacks: object
) -> None:
    colleague = builders.make_colleague(owner.brand, Role.EDITOR, "Karim")
    looked_after = builders.make_person(owner.brand, owner=colleague.user)
    target = Membership.objects.get(user=colleague.user).pk
    heir = Membership.objects.get(user=viewer.user).pk
    client = signed_in(owner)
    assert "Who takes over 1 person?" in client.get(f"{page_of(owner)}{target}/remove").text
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        client.post(f"{page_of(owner)}{target}/remove", {"heir": heir})
    looked_after.refresh_from_db()
    assert looked_after.owner == viewer.user


def test_leaving(owner: Actor, viewer: Actor) -> None:
    client = signed_in(viewer)
    assert client.post(page_of(viewer) + "leave").headers["Location"] == "/"
    assert client.get(page_of(viewer)).status_code == 404
    alone = signed_in(owner).post(page_of(owner) + "leave")
    assert alone.status_code == 409
    assert "must keep an owner" in alone.text


def test_an_invitation_can_be_withdrawn(owner: Actor) -> None:
    path = invited_link(owner)
    signed_in(owner).post(f"{page_of(owner)}invitations/{Invitation.objects.get().pk}/withdraw")
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("who", ["viewer", "outsider"])
def test_colleagues_without_the_role_and_outsiders_change_nothing(
    who: str, owner: Actor, viewer: Actor, outsider: Actor
) -> None:
    invited_link(owner)
    client = signed_in({"viewer": viewer, "outsider": outsider}[who])
    expected = {"viewer": 403, "outsider": 404}[who]
    target = Membership.objects.get(user=owner.user).pk
    invitation = Invitation.objects.get().pk
    for path, data in (
        ("invite", {"email": "mallory@example.org", "role": "viewer"}),
        (f"{target}/role", {"role": "viewer"}),
        (f"{target}/remove", {}),
    ):
        assert client.post(page_of(owner) + path, data).status_code == expected, path
    assert client.post(f"{page_of(owner)}invitations/{invitation}/withdraw").status_code in {403, 404}
    assert Membership.objects.get(pk=target).role == Role.OWNER
    assert Invitation.objects.count() == 1


def test_the_page_asks_the_database_the_same_for_three_and_for_thirty(
    owner: Actor, django_assert_max_num_queries: object
) -> None:
    client = signed_in(owner)
    for number in range(30):
        builders.make_colleague(
            owner.brand, Role.VIEWER, f"Colleague {number}", email=f"c{number}@example.org"
        )
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        client.get(page_of(owner))
