"""Asking about imports."""

from dataclasses import dataclass

from deining.channels.imports.models import Import
from deining.core.actors import Actor
from deining.core.models import Job
from deining.core.roles import Capability

PAGE = 30


@dataclass(frozen=True, slots=True)
class HowFar:
    """How far the work on an import is: bytes read of all bytes, or steps of an undo. `late` says why it has
    not begun or goes on later; empty when all is well.
    """

    done: int
    total: int
    late: str = ""


def imports_of(actor: Actor, before: int | None = None) -> tuple[list[Import], bool]:
    """The brand's imports, newest first, 30 at a time (those with an id below `before`), and whether there
    are older ones."""
    actor.require(Capability.IMPORT)
    found = Import.objects.select_related("created_by").filter(brand=actor.brand)
    if before is not None:
        found = found.filter(pk__lt=before)
    page = list(found[: PAGE + 1])
    return page[:PAGE], len(page) > PAGE


def how_far(run: Import) -> HowFar:
    """The progress of the job that is on this import."""
    job = Job.objects.filter(key=run.job_key).order_by("-pk").first()
    if job is None:
        return HowFar(0, 0)
    return HowFar(job.progress_done, job.progress_total, job.last_error if job.state == "waiting" else "")


def known_networks(actor: Actor) -> list[str]:
    """Where accounts of this brand live so far, to choose from when a file does not say."""
    from deining.people.models import Identity

    found = Identity.objects.filter(brand=actor.brand).order_by("network").values_list("network", flat=True)
    return list(found.distinct()[:30])
