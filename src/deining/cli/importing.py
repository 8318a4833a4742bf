"""`deining import FILE`: put a file into a brand's ledger, from the machine itself."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from deining.cli import set_up_django

if TYPE_CHECKING:
    from deining.channels.imports.actions.columns import Choices
    from deining.channels.imports.models import Import
    from deining.core.actors import Actor

NOT_DONE = 2
"""Exit code when the file did not go in."""


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(name="import")(import_file)


def import_file(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV, JSON, Parquet, mbox, Discourse; a folder, zip, gz.")
    ],
    brand: Annotated[str, typer.Option(help="The brand's short name, as in its addresses.")],
    person: Annotated[str | None, typer.Option(help="The column that says who.")] = None,
    time: Annotated[str | None, typer.Option(help="The column that says when.")] = None,
    kind: Annotated[str | None, typer.Option(help="The column that says what they did.")] = None,
    asked: Annotated[str | None, typer.Option(help="The column that says whether it was asked for.")] = None,
    stated: Annotated[str | None, typer.Option(help="The column with people's own answers.")] = None,
    network: Annotated[str | None, typer.Option(help="Where these people have their account.")] = None,
    tz: Annotated[str | None, typer.Option(help="The time zone of times that name none.")] = None,
    month_first: Annotated[bool, typer.Option(help="Read 03/04/2024 as 4 March.")] = False,
    with_bots: Annotated[bool, typer.Option(help="Keep rows that are flagged as from bots.")] = False,
    wait: Annotated[bool, typer.Option(help="Do it here and now, not by the worker.")] = False,
) -> None:
    """Put a file into a brand's ledger: says what the columns were taken for, counts nothing twice."""
    set_up_django()
    from deining.channels.imports.actions.columns import Choices
    from deining.core.errors import DeiningError

    columns = {"person": person, "time": time, "kind": kind, "asked": asked, "stated": stated}
    choices = Choices(
        columns={role: name for role, name in columns.items() if name is not None},
        tz=tz,
        day_first=False if month_first else None,
        network=network,
        leave_out_bots=False if with_bots else None,
    )
    try:
        actor = _actor_of(brand)
        run = _started(actor, path, choices)
    except DeiningError as refusal:
        _fail(str(refusal))
    if not wait:
        typer.echo(f"{run.name} waits for the worker. It is import {run.pk}; its page shows how far it is.")
        return
    _work(run)
    _tell(run)


def _actor_of(slug: str) -> "Actor":
    from deining.core.actors import system_actor
    from deining.core.models import Brand

    brand = Brand.objects.filter(slug=slug).first()
    if brand is None:
        known = ", ".join(Brand.objects.values_list("slug", flat=True)) or "there is none yet"
        _fail(f"There is no brand {slug!r}. There is: {known}.")
    return system_actor(brand, "command line")


def _started(actor: "Actor", path: Path, choices: "Choices") -> "Import":
    from deining.channels.imports.actions import drafts, runs
    from deining.channels.imports.actions.columns import change_columns
    from deining.channels.imports.opening import open_import
    from deining.core.errors import DeiningError

    run = drafts.draft_from_path(actor=actor, path=str(path), within=None)
    try:
        run = change_columns(actor=actor, run=run, choices=choices)
        for sentence in open_import(run).mapping.sentences("en"):
            typer.echo(f"  {sentence}", err=True)
        return runs.start(actor=actor, run=run)
    except DeiningError:
        drafts.discard(actor=actor, run=run)
        raise


def _work(run: "Import") -> None:
    """Take the job unless a worker was first; watch it either way."""
    from deining.core import duties
    from deining.core.models import Job
    from deining.server.worker import spawn

    job = duties.claim(Job.objects.filter(key=run.job_key))
    if job is None:
        _watch(run, lambda: False)
        return
    child = spawn(job)
    _watch(run, lambda: child.poll() is not None)
    child.wait()
    duties.fail(job, f"its process ended with code {child.returncode}", retry=True)
    run.refresh_from_db()


def _watch(run: "Import", is_over: Callable[[], bool]) -> None:
    import time

    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from deining.channels.imports.queries import how_far

    console = Console(stderr=True)
    shown = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*shown, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(run.name)
        while run.is_at_work and not is_over():
            far = how_far(run)
            progress.update(task, completed=far.done, total=far.total or None)
            time.sleep(0.3)
            run.refresh_from_db()
    run.refresh_from_db()


def _tell(run: "Import") -> None:
    from deining.channels.imports.models import ImportState
    from deining.channels.imports.places import report_of

    if run.state != ImportState.DONE:
        _fail(run.error or f"{run.name} did not finish; the worker goes on with it.")
    typer.echo(
        f"{run.rows_added:,} rows added, {run.people_added:,} new people, {run.rows_known:,} known already, "
        f"{run.rows_erased:,} of erased people skipped, {run.rows_left_out:,} left out, "
        f"{run.rows_rejected:,} rejected."
    )
    if report_of(run).exists():
        typer.echo(f"The rejected rows, with the reason: {report_of(run)}")


def _fail(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    sys.exit(NOT_DONE)
