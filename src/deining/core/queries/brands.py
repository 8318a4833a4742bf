"""Questions about brands."""

import re

from django.utils.text import slugify

from deining.core.models import Brand, Membership, User
from deining.core.queries.users import is_guest
from deining.core.roles import Role

_LONGEST_SLUG = 60


def memberships_of(user: User) -> list[Membership]:
    """Where the user works, by the brand's name, the demo brand last."""
    found = Membership.objects.filter(user=user).select_related("brand")
    return list(found.order_by("brand__is_invented", "brand__name", "brand__id"))


def may_start_brand(user: User) -> bool:
    """Owners may start another brand; anybody with an account may when no real brand is left."""
    if not user.is_authenticated or is_guest(user):
        return False
    real = Brand.objects.filter(is_invented=False, memberships__isnull=False)
    return real.filter(memberships__user=user, memberships__role=Role.OWNER).exists() or not real.exists()


def free_slug(name: str) -> str:
    """A short name for the address that nobody uses yet: `cafe-de-kade`, then `cafe-de-kade-2`."""
    wanted = slugify(name)[: _LONGEST_SLUG - 4].strip("-") or "brand"
    taken = set(Brand.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    if wanted not in taken:
        return wanted
    numbers = [
        int(match[1]) for slug in taken if (match := re.fullmatch(re.escape(wanted) + r"-(\d+)", slug))
    ]
    return f"{wanted}-{max([1, *numbers]) + 1}"


def is_slug_taken(slug: str) -> bool:
    """Whether a brand has this short name."""
    return Brand.objects.filter(slug=slug).exists()
