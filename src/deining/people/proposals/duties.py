"""Looking for suggestions in the background: after an import, and whenever accounts came."""

from typing import Any

from django_tasks import task

from deining.core import jobs
from deining.core.models import Brand, Job, User
from deining.people.models import Identity


@task()
def propose(brand_id: int) -> dict[str, Any]:
    """Bring a brand's merge suggestions in line with its accounts."""
    from deining.people.proposals.finding import propose_merges

    found = propose_merges(Brand.objects.get(pk=brand_id), progress=jobs.progress)
    return {"accounts": found.accounts, "added": found.added, "withdrawn": found.withdrawn}


def ask_for_proposals(brand: Brand, *, created_by: User | None = None) -> Job:
    """Queue a look through the brand's accounts; at most one waits at a time."""
    return jobs.enqueue_once(propose, key=_key(brand), brand=brand, created_by=created_by, brand_id=brand.pk)


def needs_proposals(brand: Brand) -> bool:
    """Whether accounts came since the last look."""
    newest = Identity.objects.filter(brand=brand).order_by("-pk").values_list("created_at", flat=True).first()
    if newest is None:
        return False
    last = Job.objects.filter(key=_key(brand), state="done").order_by("-pk").first()
    return last is None or last.created_at < newest


@jobs.every(minutes=10)
def ask_where_accounts_came() -> None:
    """Queue every brand that has accounts nobody looked at; a safety net, since an import asks by itself."""
    for brand in Brand.objects.all():
        if needs_proposals(brand):
            ask_for_proposals(brand)


def _key(brand: Brand) -> str:
    return f"propose:{brand.pk}"


def is_looking(brand: Brand) -> bool:
    """Whether a look waits or is at work."""
    return Job.objects.filter(key=_key(brand), state__in=["waiting", "claimed"]).exists()
