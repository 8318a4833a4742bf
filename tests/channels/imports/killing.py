"""Run apart from the test's process, on a data folder of its own: an import to which bad things happen.

    python killing.py LOG kill AT,AT,…     kill the job's process when so many rows are in, then have it go on
    python killing.py LOG twice -          the same file twice, by two workers at the same time
    python killing.py LOG fill MB          leave the disk so little room that it runs full, then make room

Prints one JSON object.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deining.settings")
import django

django.setup()

from django.core.management import call_command  # noqa: E402

from deining.channels.imports.actions.drafts import draft_from_upload  # noqa: E402
from deining.channels.imports.actions.runs import retry, start  # noqa: E402
from deining.channels.imports.models import Import  # noqa: E402
from deining.channels.imports.places import new_upload, report_of  # noqa: E402
from deining.core import clock, duties  # noqa: E402
from deining.core.actors import Actor, system_actor  # noqa: E402
from deining.core.models import Brand, Job  # noqa: E402
from deining.people.models import Identity, LedgerEntry, Person  # noqa: E402


def brought(actor: Actor, log: Path) -> Import:
    stored = new_upload(actor.brand)
    shutil.copyfile(log, stored)
    draft = draft_from_upload(actor=actor, stored=stored, name="log.csv")
    return start(actor=actor, run=draft)


def worker() -> subprocess.Popen[bytes]:
    """What the server's worker does with a claimed job."""
    job = duties.claim(Job.objects.filter(task__contains="run_import"))
    assert job is not None, "there is no import to work on"
    return subprocess.Popen([sys.executable, "-m", "deining", "work-job", str(job.pk), job.claim_token])


def let_the_lease_run_out() -> None:
    past = clock.now() - timedelta(seconds=1)
    Job.objects.filter(state="claimed").update(locked_until=past)
    Job.objects.filter(state="waiting").update(next_attempt_at=past)


def kill_at(run: Import, rows: int) -> int:
    """Kill the process once so many rows are in; gives how many there were when it was dead."""
    process = worker()
    while process.poll() is None and Import.objects.get(pk=run.pk).rows_done < rows:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    let_the_lease_run_out()
    found = Import.objects.get(pk=run.pk)
    assert LedgerEntry.objects.count() == found.rows_added, "rows and cursor must move together"
    assert Person.objects.count() == found.people_added
    return found.rows_done


def fill_the_disk(actor: Actor, run: Import, room_mb: int) -> dict[str, object]:
    ballast = Path(os.environ["DEINING_DATA_DIR"]) / "ballast"
    free = shutil.disk_usage(ballast.parent).free
    ballast.write_bytes(b"\0" * max(free - room_mb * 1_000_000, 0))
    worker().wait()
    full = Import.objects.get(pk=run.pk)
    told = {
        "state": full.state,
        "error": full.error,
        "rows": full.rows_done,
        "kept": LedgerEntry.objects.count(),
    }
    ballast.unlink()
    retry(actor=actor, run=full)
    return told


def import_beside(actor: Actor, run: Import, log: Path) -> dict[str, object]:
    twin = brought(actor, log)
    for process in [worker(), worker()]:
        assert process.wait() == 0
    twin.refresh_from_db()
    run.refresh_from_db()
    known = run.rows_known + twin.rows_known
    return {"state": twin.state, "added": run.rows_added + twin.rows_added, "known": known}


def main(log: str, how: str, argument: str) -> None:
    call_command("migrate", verbosity=0)
    actor = system_actor(Brand.objects.create(slug="zuiderlicht", name="Zuiderlicht"), "a story")
    run = brought(actor, Path(log))
    told: dict[str, object] = {}
    if how == "kill":
        told["killed_at"] = [kill_at(run, int(rows)) for rows in argument.split(",")]
    elif how == "twice":
        told["twin"] = import_beside(actor, run, Path(log))
    else:
        told["full"] = fill_the_disk(actor, run, int(argument))
    if how != "twice":
        assert worker().wait() == 0
    run.refresh_from_db()
    told |= {
        "state": run.state,
        "error": run.error,
        "rows_done": run.rows_done,
        "rows_added": run.rows_added,
        "rows_known": run.rows_known,
        "rows_rejected": run.rows_rejected,
        "people_added": run.people_added,
        "ledger": LedgerEntry.objects.count(),
        "identities": Identity.objects.count(),
        "people": Person.objects.count(),
        "report_lines": len(report_of(run).read_text(encoding="utf-8-sig").splitlines()),
    }
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
