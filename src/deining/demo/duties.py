"""The job that fills the demo brand."""

from datetime import datetime

from django_tasks import task

from deining.core.models import Brand


@task()
def fill_demo_brand(brand_id: int, now: str) -> dict[str, int]:
    """Simulate, write to the ledger, score; merge suggestions follow in a job of their own.

    `now`: ISO time up to which the world is played, the same at every try, so that a try after a crash adds
    nothing twice.
    """
    from deining.demo.filling import fill

    return fill(Brand.objects.get(pk=brand_id), datetime.fromisoformat(now))
