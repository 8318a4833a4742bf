"""Brands: start one, change its settings, remove it with everything in it."""

import secrets
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from deining.core import events, jobs, log
from deining.core.actors import Actor, get_actor_for
from deining.core.errors import Conflict, DeiningError, NotAllowed
from deining.core.log_kinds import BRAND_CHANGED, BRAND_REMOVED, BRAND_STARTED
from deining.core.models import Brand, Invitation, LogEntry, Membership, User
from deining.core.queries.brands import may_start_brand
from deining.core.roles import Capability, Role


@dataclass(frozen=True, slots=True)
class BrandRemoved:
    """A brand is going: its rows are removed in the background. Rooms with files of it remove those."""

    brand_id: int


def start_brand(*, user: User, name: str, slug: str, time_zone: str, languages: list[str]) -> Actor:
    """A new brand with the user as its owner. Raises `NotAllowed`, or `Conflict` for a short name in use."""
    if not may_start_brand(user):
        raise NotAllowed(_("Only an owner can start another brand. Ask one of the owners here."))
    try:
        with transaction.atomic():
            brand = Brand.objects.create(
                name=name.strip(), slug=slug, time_zone=time_zone, languages=",".join(languages)
            )
            Membership.objects.create(brand=brand, user=user, role=Role.OWNER)
            actor = get_actor_for(user, slug)
            log.record(actor, BRAND_STARTED, brand)
    except IntegrityError as error:
        raise _slug_taken(slug) from error
    return actor


def change_brand(actor: Actor, *, name: str, slug: str, time_zone: str, languages: list[str]) -> Brand:
    """Change the brand's settings; the log says which, not what they were."""
    actor.require(Capability.MANAGE_BRAND)
    wanted = {"name": name.strip(), "slug": slug, "time_zone": time_zone, "languages": ",".join(languages)}
    try:
        with transaction.atomic():
            brand = Brand.objects.select_for_update().get(pk=actor.brand.pk)
            changed = sorted(field for field, value in wanted.items() if getattr(brand, field) != value)
            if not changed:
                return brand
            for field in changed:
                setattr(brand, field, wanted[field])
            brand.save(update_fields=changed)
            log.record(actor, BRAND_CHANGED, brand, fields=changed)
    except IntegrityError as error:
        raise _slug_taken(slug) from error
    return brand


def remove_brand(actor: Actor, *, typed_name: str) -> None:
    """Remove the brand with everything in it, for good.

    From this moment nobody gets in, and the name and address are free. The rows go in the background, in
    small transactions, because a brand may hold millions of them.
    """
    from deining.core.actions.removal import remove_rows

    actor.require(Capability.REMOVE_BRAND)
    if typed_name.strip() != actor.brand.name:
        raise DeiningError(
            _("Nothing was removed: you typed another name than “%(name)s”. Type it exactly.")
            % {"name": actor.brand.name}
        )
    with transaction.atomic():
        brand = Brand.objects.select_for_update().get(pk=actor.brand.pk)
        brand.slug, brand.name = f"removed-{secrets.token_hex(12)}", ""
        brand.save(update_fields=["slug", "name"])
        Membership.objects.filter(brand=brand).delete()
        Invitation.objects.filter(brand=brand).delete()
        LogEntry.objects.create(
            brand=None, user=actor.user, actor_label=actor.label, kind=BRAND_REMOVED, data={"brand": brand.pk}
        )
        jobs.enqueue_once(remove_rows, key=f"remove-brand:{brand.pk}", brand_id=brand.pk)
        events.publish(BrandRemoved(brand_id=brand.pk))


def _slug_taken(slug: str) -> Conflict:
    return Conflict(_("Another brand has the short name “%(slug)s”. Choose another one.") % {"slug": slug})
