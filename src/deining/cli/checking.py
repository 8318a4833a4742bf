"""`deining test` and `deining check`: what a developer runs before a commit, and the servers after it."""

import sys
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(name="test", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(
        run_tests
    )
    app.command()(check)


def run_tests(
    context: typer.Context,
    quick: Annotated[
        bool, typer.Option("--quick", help="Only the fast tests, on SQLite; further words go to pytest.")
    ] = False,
) -> None:
    """Run the tests on SQLite and PostgreSQL, with real servers and a real browser where they can be had."""
    from deining.checking.suite import run_suite

    sys.exit(run_suite(quick=quick, extra=context.args))


def check() -> None:
    """Run lint, formatting, types, floors, file sizes and translations."""
    from deining.checking.lint import run_checks

    sys.exit(run_checks())
