"""Making the demo brand and taking it away."""

from datetime import datetime

from django.db import transaction

from deining.core import clock, duties, log
from deining.core.actions.brands import remove_brand
from deining.core.actors import system_actor
from deining.core.jobs import enqueue_once, run_job
from deining.core.log_kinds import BRAND_STARTED
from deining.core.models import Brand, Job, Membership, User
from deining.core.roles import Role
from deining.demo import cast, truth
from deining.demo.duties import fill_demo_brand
from deining.people.duties import ask_for_proposals

LABEL = "the demo"


def make_demo_brand(user: User | None = None) -> Brand:
    """The demo brand, empty at first: a job fills it within half a minute, with progress.

    Asked for again, it is the same brand; a job that was given up is queued anew. `user` becomes its owner.
    """
    with transaction.atomic():
        brand, made = open_demo_brand(user)
        if made or not brand.fitted_models.exists():
            enqueue_once(
                fill_demo_brand,
                key=f"demo:{brand.pk}",
                brand=brand,
                created_by=user,
                priority=10,
                brand_id=brand.pk,
                now=brand.created_at.isoformat(),
            )
    return brand


def make_demo_brand_now(user: User | None = None) -> Brand:
    """The demo brand with everything in it, merge suggestions too, made in this process."""
    brand, _made = open_demo_brand(user)
    if not brand.fitted_models.exists():
        fill_demo_brand.func(brand_id=brand.pk, now=brand.created_at.isoformat())
        suggest_merges_now(brand)
    return brand


def suggest_merges_now(brand: Brand) -> None:
    """Look for people with several accounts in this process, unless a worker took that job already."""
    job = duties.claim(Job.objects.filter(pk=ask_for_proposals(brand).pk))
    if job is not None:
        run_job(job)


def open_demo_brand(user: User | None, now: datetime | None = None) -> tuple[Brand, bool]:
    """The row of the demo brand, and whether it was made just now. Its owners: `user` or, where a command
    makes it, everybody who owns a brand here."""
    with transaction.atomic():
        brand = demo_brand()
        made = brand is None
        if brand is None:
            brand = Brand.objects.create(
                name=cast.BRAND_NAME, slug=_free_slug(), is_invented=True, created_at=now or clock.now()
            )
            log.record(system_actor(brand, LABEL), BRAND_STARTED, brand)
        owners = [user] if user else User.objects.filter(memberships__role=Role.OWNER).distinct()
        for owner in owners:
            Membership.objects.get_or_create(brand=brand, user=owner, defaults={"role": Role.OWNER})
    return brand, made


def demo_brand() -> Brand | None:
    """The demo brand of this installation, when there is one."""
    return Brand.objects.filter(is_invented=True).exclude(name="").order_by("pk").first()


def remove_demo_brand() -> bool:
    """Remove the demo brand with everything in it; its rows go in the background. False: there was none."""
    brand = demo_brand()
    if brand is None:
        return False
    remove_brand(system_actor(brand, LABEL), typed_name=brand.name)
    truth.forget()
    return True


def _free_slug() -> str:
    taken = set(Brand.objects.filter(slug__startswith=cast.BRAND_SLUG).values_list("slug", flat=True))
    names = (cast.BRAND_SLUG, *(f"{cast.BRAND_SLUG}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)
