"""Background work of scoring: thin; the counting is elsewhere."""

from typing import Any

from django_tasks import task

from deining.core import jobs
from deining.core.models import Brand
from deining.people.scoring.asking import ask_for_scoring, needs_scoring


@task()
def score_brand(brand_id: int) -> dict[str, Any]:
    """Bring a brand's scores up to date with its ledger."""
    from deining.people.scoring.scoring import score

    return score(Brand.objects.get(pk=brand_id)).as_dict()


@jobs.every(minutes=5)
def ask_where_needed() -> None:
    """Queue every brand whose ledger went on; a safety net, since who changes a ledger asks by itself."""
    for brand in Brand.objects.all():
        if needs_scoring(brand):
            ask_for_scoring(brand)
