"""Small files to import, and a worker in this process."""

from pathlib import Path

from deining.channels.imports.actions.drafts import draft_from_upload
from deining.channels.imports.actions.runs import start
from deining.channels.imports.models import Import
from deining.channels.imports.places import new_upload
from deining.core import duties, jobs
from deining.core.actors import Actor
from deining.core.models import Job

LOG = """klant,naam,datum,soort,onderwerp
fien,Fien de Wit,2026-01-05 10:00,bestelling,herfst
bram,Bram,2026-01-06 11:30,vraag,winter
fien,Fien de Wit,2026-02-07 09:15,review,herfst
"""


def upload(actor: Actor, text: str = LOG, name: str = "orders.csv") -> Import:
    """A draft, as if this file had just come in."""
    stored = new_upload(actor.brand)
    stored.write_text(text)
    return draft_from_upload(actor=actor, stored=stored, name=name)


def started(actor: Actor, text: str = LOG, name: str = "orders.csv") -> Import:
    return start(actor=actor, run=upload(actor, text, name))


def work(task: str = "import") -> None:
    """Run the waiting jobs whose task has this word in its name, as a worker would, one after another."""
    while job := duties.claim(Job.objects.filter(task__contains=task)):
        jobs.run_job(job)


def imported(actor: Actor, text: str = LOG, name: str = "orders.csv") -> Import:
    run = started(actor, text, name)
    work()
    run.refresh_from_db()
    return run


def stored_file(run: Import) -> Path:
    return Path(run.path)
