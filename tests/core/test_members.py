"""Colleagues come, change and go; the outsider never gets a foot in; one owner always stays."""

from datetime import timedelta

import pytest
import time_machine

from deining.core import clock
from deining.core.actions import members
from deining.core.actors import Actor, get_actor_for
from deining.core.errors import Conflict, DeiningError, NotAllowed, NotFound
from deining.core.models import Brand, Invitation, LogEntry, Membership
from deining.core.queries.members import invitation_behind, invitations_of, members_of
from deining.core.roles import Role
from tests import builders

pytestmark = pytest.mark.django_db


def membership_of(actor: Actor) -> Membership:
    return Membership.objects.get(brand=actor.brand, user=actor.user)


def make_newcomer(token: str) -> Actor:
    return members.accept_as_newcomer(token=token, name="Nina", password="correct horse", language="nl")


def test_an_invited_newcomer_joins_in_the_role_that_was_offered(owner: Actor) -> None:
    invited = members.invite(owner, email=" Nina@Example.org", role=Role.EDITOR)
    nina = make_newcomer(invited.token)
    assert (nina.role, nina.user.email if nina.user else "") == (Role.EDITOR, "nina@example.org")
    assert not invitations_of(owner)
    assert [entry.kind for entry in LogEntry.objects.filter(brand=owner.brand)] == [
        "member.joined",
        "member.invited",
    ]


def test_the_token_is_kept_nowhere(owner: Actor) -> None:
    invited = members.invite(owner, email="nina@example.org", role=Role.EDITOR)
    stored = Invitation.objects.values().get()
    assert invited.token not in str(stored)
    assert "nina@example.org" not in str(list(LogEntry.objects.values())), "the log stays erasable"


def test_a_link_works_once(owner: Actor) -> None:
    token = members.invite(owner, email="nina@example.org", role=Role.EDITOR).token
    make_newcomer(token)
    with pytest.raises(NotFound, match="was used"):
        make_newcomer(token)


def test_a_link_works_for_seven_days(owner: Actor) -> None:
    invited = members.invite(owner, email="nina@example.org", role=Role.EDITOR)
    with time_machine.travel(clock.now() + timedelta(days=6, hours=23)):
        assert invitation_behind(invited.token)
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)), pytest.raises(NotFound):
        make_newcomer(invited.token)


def test_inviting_again_makes_the_earlier_link_worthless(owner: Actor) -> None:
    first = members.invite(owner, email="nina@example.org", role=Role.EDITOR)
    second = members.invite(owner, email="nina@example.org", role=Role.VIEWER)
    with pytest.raises(NotFound):
        make_newcomer(first.token)
    assert make_newcomer(second.token).role is Role.VIEWER


def test_a_withdrawn_link_is_worthless(owner: Actor) -> None:
    invited = members.invite(owner, email="nina@example.org", role=Role.EDITOR)
    members.withdraw_invitation(owner, invitation_id=invited.invitation.pk)
    with pytest.raises(NotFound):
        make_newcomer(invited.token)


def test_an_existing_user_joins_only_with_the_invited_address(owner: Actor, outsider: Actor) -> None:
    invited = members.invite(owner, email="nina@example.org", role=Role.EDITOR)
    assert outsider.user is not None
    with pytest.raises(NotAllowed, match=r"nina@example\.org"):
        members.accept_as(outsider.user, token=invited.token)
    nina = builders.make_user("Nina", email="nina@example.org")
    with pytest.raises(Conflict, match="account"):
        make_newcomer(invited.token)
    assert nina.check_password("correct horse"), "a link never changes the password of an account"
    assert members.accept_as(nina, token=invited.token).brand == owner.brand


def test_a_colleague_is_not_invited_twice(owner: Actor, viewer: Actor) -> None:
    assert viewer.user is not None
    with pytest.raises(Conflict, match="colleague of this brand already"):
        members.invite(owner, email=viewer.user.email.upper(), role=Role.EDITOR)


def test_what_is_not_an_address_is_said_so(owner: Actor) -> None:
    with pytest.raises(DeiningError, match="is not an e-mail address"):
        members.invite(owner, email="nina at example", role=Role.EDITOR)


@pytest.mark.parametrize("role", [Role.APPROVER, Role.EDITOR, Role.ANALYST, Role.VIEWER])
def test_only_owners_and_managers_handle_colleagues(brand: Brand, owner: Actor, role: Role) -> None:
    colleague = builders.make_colleague(brand, role, "Karim")
    target = membership_of(builders.make_colleague(brand, Role.VIEWER, "Vera"))
    with pytest.raises(NotAllowed):
        members.invite(colleague, email="nina@example.org", role=Role.VIEWER)
    with pytest.raises(NotAllowed):
        members.change_role(colleague, membership_id=target.pk, role=Role.EDITOR)
    with pytest.raises(NotAllowed):
        members.remove_member(colleague, membership_id=target.pk)
    with pytest.raises(NotAllowed):
        invitations_of(colleague)
    assert Membership.objects.get(pk=target.pk).role == Role.VIEWER


def test_a_manager_neither_makes_nor_touches_owners(brand: Brand, owner: Actor) -> None:
    manager = builders.make_colleague(brand, Role.MANAGER, "Maaike")
    builders.make_colleague(brand, Role.OWNER, "Oscar")
    viewer = membership_of(builders.make_colleague(brand, Role.VIEWER, "Vera"))
    with pytest.raises(NotAllowed, match="Only an owner"):
        members.invite(manager, email="nina@example.org", role=Role.OWNER)
    with pytest.raises(NotAllowed, match="Only an owner"):
        members.change_role(manager, membership_id=viewer.pk, role=Role.OWNER)
    with pytest.raises(NotAllowed, match="Only an owner"):
        members.change_role(manager, membership_id=membership_of(owner).pk, role=Role.VIEWER)
    with pytest.raises(NotAllowed, match="Only an owner"):
        members.remove_member(manager, membership_id=membership_of(owner).pk)
    assert members.change_role(manager, membership_id=viewer.pk, role=Role.EDITOR).role == Role.EDITOR


def test_an_outsider_reaches_nobody_here(owner: Actor, viewer: Actor, outsider: Actor) -> None:
    invited = members.invite(owner, email="nina@example.org", role=Role.EDITOR)
    target = membership_of(viewer).pk
    with pytest.raises(NotFound):
        members.change_role(outsider, membership_id=target, role=Role.OWNER)
    with pytest.raises(NotFound):
        members.remove_member(outsider, membership_id=target)
    with pytest.raises(NotFound):
        members.withdraw_invitation(outsider, invitation_id=invited.invitation.pk)
    with pytest.raises(NotFound):
        members.remove_member(owner, membership_id=target, heir_id=membership_of(outsider).pk)
    assert outsider.user is not None
    with pytest.raises(NotFound):
        get_actor_for(outsider.user, owner.brand.slug)
    assert {m.user for m in members_of(owner)} == {owner.user, viewer.user}


def test_one_owner_always_stays(owner: Actor, viewer: Actor) -> None:
    alone = membership_of(owner)
    for attempt in (
        lambda: members.change_role(owner, membership_id=alone.pk, role=Role.MANAGER),
        lambda: members.remove_member(owner, membership_id=alone.pk),
        lambda: members.leave(owner),
    ):
        with pytest.raises(Conflict, match="must keep an owner"):
            attempt()
    members.change_role(owner, membership_id=membership_of(viewer).pk, role=Role.OWNER)
    members.leave(owner)
    assert [m.user for m in Membership.objects.filter(brand=owner.brand)] == [viewer.user]


def test_who_was_removed_is_out_at_once(owner: Actor, viewer: Actor) -> None:
    members.remove_member(owner, membership_id=membership_of(viewer).pk, why="went elsewhere")
    assert viewer.user is not None
    with pytest.raises(NotFound):
        get_actor_for(viewer.user, owner.brand.slug)
    with pytest.raises(NotFound):
        members.leave(viewer)
    entry = LogEntry.objects.get(kind="member.removed")
    assert (entry.user, entry.why, entry.data["role"]) == (owner.user, "went elsewhere", "viewer")


def test_nobody_hands_over_to_who_leaves(owner: Actor, viewer: Actor) -> None:
    leaving = membership_of(viewer).pk
    with pytest.raises(DeiningError, match="another colleague"):
        members.remove_member(owner, membership_id=leaving, heir_id=leaving)
