"""`deining bench`: measure how well and how fast, beside what one would use instead."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from deining.config import PROJECT_ROOT

SUBJECTS = ("people",)


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command()(bench)


def bench(
    subject: Annotated[str, typer.Argument(help="What to measure: people.")],
    only: Annotated[
        list[str] | None,
        typer.Option("--only", help="A part (quality, speed, pages…) or a log; may be given more than once."),
    ] = None,
    data: Annotated[
        Path, typer.Option("--data", help="Folder with the public data to measure on.")
    ] = PROJECT_ROOT.parent / "shared" / "data",
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list of rows, not a table.")] = False,
) -> None:
    """Measure, and print each figure beside its goal and what one would use instead."""
    if subject not in SUBJECTS:
        typer.echo(f"There is no bench for {subject!r}. There is one for: {', '.join(SUBJECTS)}.", err=True)
        sys.exit(2)
    from deining.bench import rows as printing

    measured = import_module(f"deining.bench.{subject}").run(data, only)
    if as_json:
        typer.echo(printing.as_json(measured))
    else:
        printing.print_rows(measured, f"deining bench {subject}")
