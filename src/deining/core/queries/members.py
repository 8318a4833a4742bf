"""Questions about who works for a brand, and who was asked to."""

import hashlib
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from deining.core import clock
from deining.core.actors import Actor
from deining.core.errors import NotFound
from deining.core.models import Invitation, Membership, User
from deining.core.roles import Capability, Role

_ROLE_ORDER = {role: number for number, role in enumerate(Role)}


def members_of(actor: Actor) -> list[Membership]:
    """The brand's colleagues: owners first, then by name."""
    actor.require(Capability.SEE)
    found = Membership.objects.filter(brand=actor.brand).select_related("user", "brand")
    return sorted(found, key=lambda m: (_ROLE_ORDER[Role(m.role)], m.user.display_name.casefold(), m.pk))


def colleagues_of(actor: Actor) -> QuerySet[User]:
    """The users behind the brand's memberships, for choosing one of them."""
    actor.require(Capability.SEE)
    return User.objects.filter(memberships__brand=actor.brand).order_by("name", "email")


def get_membership_for(actor: Actor, membership_id: int) -> Membership:
    """One colleague of the actor's brand."""
    found = Membership.objects.select_related("user", "brand").filter(brand=actor.brand, pk=membership_id)
    membership = found.first()
    if membership is None:
        raise NotFound(_("There is no such colleague here. Maybe somebody removed them."))
    return membership


def invitations_of(actor: Actor) -> QuerySet[Invitation]:
    """Who was invited and has not come yet, the latest first."""
    actor.require(Capability.MANAGE_MEMBERS)
    return Invitation.objects.filter(brand=actor.brand, accepted_at=None).order_by("-created_at", "-pk")


def get_invitation_for(actor: Actor, invitation_id: int) -> Invitation:
    """One open invitation of the actor's brand."""
    invitation = invitations_of(actor).filter(pk=invitation_id).first()
    if invitation is None:
        raise NotFound(_("There is no such invitation. It was accepted or withdrawn."))
    return invitation


def invitation_behind(token: str, *, at: datetime | None = None) -> Invitation:
    """The open invitation that this link carries. Raises `NotFound` when it is used, withdrawn or too old."""
    invitation = (
        Invitation.objects.select_related("brand", "invited_by")
        .filter(token_hash=hash_of(token), accepted_at=None, expires_at__gt=at or clock.now())
        .first()
    )
    if invitation is None:
        raise NotFound(
            _(
                "This invitation does not work: it was used, withdrawn, or is older than seven days. "
                "Ask whoever invited you for a new link."
            )
        )
    return invitation


def hash_of(token: str) -> str:
    """What is kept of an invitation's token. The token is random, so one round of SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def owners_of(brand_id: int) -> int:
    """How many owners the brand has."""
    return Membership.objects.filter(brand_id=brand_id, role=Role.OWNER).count()
