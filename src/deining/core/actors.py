"""Who acts: a colleague in one brand, or the system itself.

An `Actor` is made once per request or job and handed to every query and action. It carries the brand, so
that nothing can be read or written without saying whose it is.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from deining.core.errors import NotAllowed, NotFound
from deining.core.models import Brand, Membership, User
from deining.core.roles import CAPABILITIES, Capability, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts within a brand. `user` is None when the system acts by itself."""

    brand: Brand
    role: Role
    user: User | None
    label: str

    def may(self, capability: Capability) -> bool:
        """Whether the role permits this."""
        return capability in CAPABILITIES[self.role]

    def require(self, capability: Capability) -> None:
        """Raise `NotAllowed`, with the capability in words, unless the role permits this."""
        if not self.may(capability):
            raise NotAllowed(
                _(
                    "You cannot do this here: your role (%(role)s) does not include “%(capability)s”. "
                    "Ask a manager of %(brand)s."
                )
                % {"role": self.role.label, "capability": capability.label, "brand": self.brand.name}
            )


def system_actor(brand: Brand, label: str) -> Actor:
    """The system acting in a brand: a duty, or a command typed by whoever owns the machine."""
    return Actor(brand=brand, role=Role.OWNER, user=None, label=label)


def get_actor_for(user: User, brand_slug: str) -> Actor:
    """The user as a colleague of this brand.

    Raises `NotFound` for an outsider, in the same words as for a brand that does not exist.
    """
    membership = (
        Membership.objects.select_related("brand").filter(user=user, brand__slug=brand_slug).first()
        if user.is_authenticated
        else None
    )
    if membership is None:
        raise NotFound(_("There is no such brand, or you are not one of its colleagues."))
    return Actor(brand=membership.brand, role=Role(membership.role), user=user, label=user.display_name)
