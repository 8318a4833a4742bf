"""Retention in the background: every day, for brands with rules."""

from datetime import timedelta
from typing import Any

from django_tasks import task

from deining.core import clock, jobs
from deining.core.actors import system_actor
from deining.core.models import Brand, Job


@task()
def retain(brand_id: int) -> dict[str, Any]:
    """Remove what was kept long enough in one brand."""
    from deining.people.actions.retention import apply_retention

    actor = system_actor(Brand.objects.get(pk=brand_id), "retention")
    removed = apply_retention(actor=actor, progress=jobs.progress)
    return {"entries": removed.entries, "people": removed.people}


@jobs.every(minutes=60)
def ask_for_retention() -> None:
    """Queue every brand with rules whose last run is a day ago."""
    day_ago = clock.now() - timedelta(hours=23)
    for brand in Brand.objects.filter(retention_rules__isnull=False).distinct():
        key = f"retention:{brand.pk}"
        if not Job.objects.filter(key=key, created_at__gt=day_ago).exists():
            jobs.enqueue_once(retain, key=key, brand=brand, brand_id=brand.pk)
