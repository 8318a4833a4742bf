"""`deining run`, `deining work`, and what `deining` says by itself."""

import sys
from typing import Annotated

import typer

WELCOME = "[bold]deining[/bold] finds who wants a relationship with you."
COMMANDS = (
    ("run", "start it here, in your browser"),
    ("find FILE…", "who wants a relationship, from any log of who did what when; no server"),
    ("demo", "an invented brand to look around in"),
    ("", ""),
    ("import FILE --brand B", "put a file into a brand's ledger"),
    ("backup FILE", "the whole installation in one file; restore FILE brings it back"),
    ("password E-MAIL", "a new password for a colleague"),
    ("invite E-MAIL --brand B", "a link with which a colleague joins"),
    ("", ""),
    ("bench people", "measure how well and how fast"),
    ("test", "run the tests; check runs lint, types and floors"),
    ("docs", "read the documentation here"),
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.callback(invoke_without_command=True)(welcome)
    app.command()(run)
    app.command()(work)
    app.command(name="work-job", hidden=True)(work_job)


def welcome(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Listen to people, find who wants a relationship, spend their attention like money."""
    if version:
        import deining

        typer.echo(deining.__version__)
        raise typer.Exit
    if context.invoked_subcommand is None:
        show_welcome()


def show_welcome() -> None:
    """What `./deining` alone says."""
    from rich.console import Console
    from rich.table import Table

    table = Table.grid(padding=(0, 3))
    for command, meaning in COMMANDS:
        table.add_row(f"  [cyan]./deining {command}[/cyan]" if command else "", meaning)
    console = Console()
    console.print(WELCOME, "", sep="\n")
    console.print(table)
    console.print("\nEvery command explains itself: [cyan]./deining COMMAND --help[/cyan]")


def run() -> None:
    """Install, migrate, start the web server and the worker, print the address."""
    from deining.server.run import run as serve

    sys.exit(serve(say=_say))


def work() -> None:
    """Run only a worker, beside a web server elsewhere (PostgreSQL)."""
    import signal
    import threading

    from deining.cli import set_up_django

    set_up_django()
    from deining.server.worker import Worker

    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    Worker(stopping).run()


def work_job(job_id: int, token: str) -> None:
    """Run one claimed job in this process; the worker calls this."""
    from deining.cli import set_up_django

    set_up_django()
    from deining.server.worker import work_job as work_one

    sys.exit(work_one(job_id, token))


def _say(text: str) -> None:
    typer.echo(text, err=True)
