"""Colleagues: invite, join, change role, remove, leave. A brand always keeps an owner."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from deining.core import clock, events, log
from deining.core.actions.users import checked_address, make_user
from deining.core.actors import Actor, get_actor_for
from deining.core.errors import Conflict, DeiningError, NotAllowed, NotFound
from deining.core.log_kinds import (
    INVITATION_WITHDRAWN,
    MEMBER_INVITED,
    MEMBER_JOINED,
    MEMBER_REMOVED,
    MEMBER_ROLE_CHANGED,
)
from deining.core.models import Brand, Invitation, Membership, User
from deining.core.queries.members import (
    get_invitation_for,
    get_membership_for,
    hash_of,
    invitation_behind,
    owners_of,
)
from deining.core.queries.users import is_guest
from deining.core.roles import Capability, Role, may_grant

INVITATION_LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation with the token for its link. The token is nowhere else: only its hash is kept."""

    invitation: Invitation
    token: str


@dataclass(frozen=True, slots=True)
class MemberGone:
    """Somebody no longer works for a brand. What they took care of goes to the heir, or to nobody."""

    brand_id: int
    user_id: int
    heir_id: int | None


def invite(actor: Actor, *, email: str, role: Role) -> Invited:
    """Ask somebody to join. Asking the same address again replaces the earlier link."""
    actor.require(Capability.MANAGE_MEMBERS)
    _require_grant(actor, role)
    address = checked_address(email)
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        if Membership.objects.filter(brand=actor.brand, user__email=address).exists():
            raise Conflict(_("%(email)s is a colleague of this brand already.") % {"email": address})
        invitation, _made = Invitation.objects.update_or_create(
            brand=actor.brand,
            email=address,
            defaults={
                "role": role,
                "token_hash": hash_of(token),
                "invited_by": actor.user,
                "created_at": clock.now(),
                "expires_at": clock.now() + INVITATION_LASTS,
                "accepted_at": None,
            },
        )
        log.record(actor, MEMBER_INVITED, invitation, role=role.value)
    return Invited(invitation, token)


def withdraw_invitation(actor: Actor, *, invitation_id: int) -> None:
    """Make an open invitation's link worthless."""
    actor.require(Capability.MANAGE_MEMBERS)
    with transaction.atomic():
        invitation = get_invitation_for(actor, invitation_id)
        log.record(actor, INVITATION_WITHDRAWN, invitation, role=invitation.role)
        invitation.delete()


def accept_as_newcomer(*, token: str, name: str, password: str, language: str) -> Actor:
    """Make an account for the invited address and join. Raises `Conflict` when the address has one."""
    with transaction.atomic():
        invitation = _held_invitation(token)
        user = make_user(name=name, email=invitation.email, password=password, language=language)
        return _join(invitation, user)


def accept_as(user: User, *, token: str) -> Actor:
    """Join with an existing account, which must have the invited address."""
    with transaction.atomic():
        invitation = _held_invitation(token)
        if user.email != invitation.email:
            raise NotAllowed(
                _(
                    "This invitation is for %(invited)s, and you are signed in as %(present)s. "
                    "Sign out first, or ask for an invitation to your own address."
                )
                % {"invited": invitation.email, "present": user.email}
            )
        return _join(invitation, user)


def change_role(actor: Actor, *, membership_id: int, role: Role) -> Membership:
    """Give a colleague another role. Only an owner touches owners, and one owner always stays."""
    actor.require(Capability.MANAGE_MEMBERS)
    with transaction.atomic():
        _one_change_at_a_time(actor.brand)
        membership = get_membership_for(actor, membership_id)
        before = Role(membership.role)
        if before is role:
            return membership
        _require_grant(actor, before)
        _require_grant(actor, role)
        if before is Role.OWNER:
            _require_another_owner(actor.brand)
        membership.role = role
        membership.save(update_fields=["role"])
        log.record(actor, MEMBER_ROLE_CHANGED, membership, before=before.value, after=role.value)
    return membership


def remove_member(actor: Actor, *, membership_id: int, heir_id: int | None = None, why: str = "") -> None:
    """End somebody's work for the brand; the heir is the membership that takes over who they looked after."""
    actor.require(Capability.MANAGE_MEMBERS)
    with transaction.atomic():
        _one_change_at_a_time(actor.brand)
        membership = get_membership_for(actor, membership_id)
        _require_grant(actor, Role(membership.role))
        _end(actor, membership, heir_id=heir_id, why=why)


def leave(actor: Actor, *, heir_id: int | None = None) -> None:
    """Stop working for the brand, of one's own accord."""
    with transaction.atomic():
        _one_change_at_a_time(actor.brand)
        membership = Membership.objects.filter(brand=actor.brand, user=actor.user).first()
        if membership is None:
            raise NotFound(_("You are no colleague of this brand any more."))
        _end(actor, membership, heir_id=heir_id, why="")


def _end(actor: Actor, membership: Membership, *, heir_id: int | None, why: str) -> None:
    if membership.role == Role.OWNER:
        _require_another_owner(actor.brand)
    heir = get_membership_for(actor, heir_id) if heir_id is not None else None
    if heir is not None and heir.pk == membership.pk:
        raise DeiningError(_("Choose another colleague to take over: this one is leaving."))
    log.record(actor, MEMBER_REMOVED, membership, why=why, user=membership.user_id, role=membership.role)
    heir_user = heir.user_id if heir is not None else None
    events.publish(MemberGone(brand_id=actor.brand.pk, user_id=membership.user_id, heir_id=heir_user))
    membership.delete()


def _join(invitation: Invitation, user: User) -> Actor:
    if is_guest(user):
        raise NotAllowed(_("A guest cannot join a brand. Make an account with the invitation."))
    _membership, made = Membership.objects.get_or_create(
        brand=invitation.brand, user=user, defaults={"role": invitation.role}
    )
    actor = get_actor_for(user, invitation.brand.slug)
    if made:
        log.record(actor, MEMBER_JOINED, _membership, role=invitation.role)
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    return actor


def _held_invitation(token: str) -> Invitation:
    """The invitation, locked, so that a link that is used twice at once is used once."""
    found = invitation_behind(token)
    held = Invitation.objects.select_for_update().filter(pk=found.pk, accepted_at=None).first()
    if held is None or held.token_hash != found.token_hash:
        raise NotFound(_("This invitation was used a moment ago."))
    return held


def _one_change_at_a_time(brand: Brand) -> None:
    """Two owners who remove each other at once must not both succeed: each change holds the brand's row."""
    Brand.objects.select_for_update().get(pk=brand.pk)


def _require_another_owner(brand: Brand) -> None:
    if owners_of(brand.pk) < 2:
        raise Conflict(
            _("%(brand)s must keep an owner. Make somebody else an owner first.") % {"brand": brand.name}
        )


def _require_grant(actor: Actor, role: Role) -> None:
    if not may_grant(actor.role, role):
        raise NotAllowed(
            _("Only an owner makes, changes or removes owners. Ask an owner of %(brand)s.")
            % {"brand": actor.brand.name}
        )
