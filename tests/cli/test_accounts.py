"""The commands for whoever looks after the machine: a new password, a new address, a link."""

import re

import pytest
from typer.testing import CliRunner, Result

from deining.cli import build
from deining.core.actors import Actor
from deining.core.models import Membership, User
from deining.core.roles import Role
from tests import builders

pytestmark = pytest.mark.django_db


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(build(), list(words), input=typed)


def test_a_new_password_ends_what_was_signed_in(owner: Actor) -> None:
    assert owner.user is not None
    before = owner.user.get_session_auth_hash()
    told = run("password", owner.user.email.upper(), typed="three plain words\nthree plain words\n")
    assert told.exit_code == 0, told.output
    owner.user.refresh_from_db()
    assert owner.user.check_password("three plain words")
    assert owner.user.get_session_auth_hash() != before


@pytest.mark.parametrize(
    ("address", "typed", "said"),
    [
        ("nobody@example.org", "three plain words\n" * 2, "There is no account for nobody@example.org"),
        ("noor@example.org", "short\nshort\n", "too short"),
    ],
)
def test_what_cannot_be_is_a_sentence(address: str, typed: str, said: str) -> None:
    builders.make_user("Noor", email="noor@example.org")
    told = run("password", address, typed=typed)
    assert told.exit_code == 1
    assert said in told.output


def test_an_address_is_changed_but_never_to_somebody_elses(owner: Actor, outsider: Actor) -> None:
    assert owner.user is not None
    assert outsider.user is not None
    assert run("email", owner.user.email, " Noor@New.example").exit_code == 0
    assert User.objects.filter(email="noor@new.example").exists()
    taken = run("email", "noor@new.example", outsider.user.email)
    assert taken.exit_code == 1
    assert "There is an account" in taken.output
    assert "is not an e-mail address" in run("email", "noor@new.example", "nonsense").output


def test_an_invitation_is_a_link_that_works(owner: Actor, client: object) -> None:
    told = run("invite", "nina@example.org", "--brand", owner.brand.slug, "--role", "editor")
    link = re.fullmatch(r"http://127\.0\.0\.1:8330(/invitation/\S+)\n", told.output)
    assert link, told.output
    client.post(link[1], {"name": "Nina", "password": "three plain words"})  # type: ignore[attr-defined]
    assert Membership.objects.get(user__email="nina@example.org").role == Role.EDITOR


def test_a_wrong_brand_or_role_is_said_with_what_there_is(owner: Actor) -> None:
    assert owner.brand.slug in run("invite", "n@example.org", "--brand", "nowhere").output
    assert (
        "owner, manager"
        in run("invite", "n@example.org", "--brand", owner.brand.slug, "--role", "king").output
    )
