"""`deining find FILE…`: from a log of who did what when to who wants a relationship; no server."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

DEFAULT_LIMIT = 20
TOO_BAD = 2
"""Exit code when nothing could be found because of the input."""


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command()(find)


def find(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="Logs: CSV, JSON, Parquet, mbox, Discourse; folders, zip, gz."),
    ],
    person: Annotated[str | None, typer.Option(help="The column that says who.")] = None,
    time: Annotated[str | None, typer.Option(help="The column that says when.")] = None,
    kind: Annotated[str | None, typer.Option(help="The column that says what they did.")] = None,
    asked: Annotated[str | None, typer.Option(help="The column that says whether it was asked for.")] = None,
    stated: Annotated[
        str | None,
        typer.Option(
            help="People's own answers to whether they want a relation: a column, or a file of its own."
        ),
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Write a page with plots here.")] = None,
    json: Annotated[Path | None, typer.Option(help="Write everything as JSON here; - is the screen.")] = None,
    csv: Annotated[Path | None, typer.Option(help="Write the people as CSV here; - is the screen.")] = None,
    rejected: Annotated[Path | None, typer.Option(help="Write rejected rows with their reason here.")] = None,
    lang: Annotated[str, typer.Option(help="nl or en; by default the language of this computer.")] = "",
    tz: Annotated[str, typer.Option(help="The time zone of times that name none.")] = "Europe/Amsterdam",
    limit: Annotated[int, typer.Option(min=0, help="How many people to show.")] = DEFAULT_LIMIT,
    month_first: Annotated[bool, typer.Option(help="Read 03/04/2024 as 4 March.")] = False,
    with_bots: Annotated[bool, typer.Option(help="Keep rows that are flagged as from bots.")] = False,
) -> None:
    """Who wants a relationship with us? Reads logs, shows the people, and how far to trust it."""
    from deining.cli.report.run import Asked, Stop, run

    wish = Asked(
        paths=paths,
        columns={"person": person, "time": time, "kind": kind, "asked": asked},
        stated=stated,
        html=html,
        json=json,
        csv=csv,
        rejected=rejected,
        lang=language(lang),
        tz=tz,
        limit=limit,
        month_first=month_first,
        with_bots=with_bots,
    )
    try:
        run(wish)
    except Stop as stop:
        typer.echo(str(stop), err=True)
        sys.exit(TOO_BAD)
    except BrokenPipeError:  # the reader of our output left early, such as head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def language(wish: str) -> str:
    """nl or en: as asked, else as the computer is set."""
    given = wish or next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
    )
    return "nl" if given.lower().startswith("nl") else "en"
