"""`deining backup`, `deining restore`, `deining rotate-keys`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from deining.config import config


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(backup)
    app.command()(restore)
    app.command(name="rotate-keys")(rotate_keys)


def backup(
    target: Annotated[
        Path, typer.Argument(help="The file to write, or a folder to write a dated file into.")
    ],
) -> None:
    """Write the whole installation into one file. It may keep running meanwhile."""
    from deining.server import backup as backups

    try:
        written = backups.backup(config(), target)
    except backups.BackupFailed as problem:
        _fail(str(problem))
    typer.echo(
        f"Written: {written} ({written.stat().st_size / 1e6:.1f} MB). "
        "It holds keys and people's data: keep it safe."
    )


def restore(
    source: Annotated[Path, typer.Argument(help="A file made by `deining backup`.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the installation that is here.")] = False,
) -> None:
    """Bring an installation back. Stop Deining first."""
    from deining.server import backup as backups

    try:
        manifest = backups.restore(config(), source, force=force)
    except backups.BackupFailed as problem:
        _fail(str(problem))
    _erase_again()
    typer.echo(
        f"Restored the backup of {manifest['made_at']} (version {manifest['version']}). "
        "Start it with: ./deining run"
    )


def _erase_again() -> None:
    """The restored database gets today's shape, and forgets whoever was erased since it was copied."""
    from deining.cli import set_up_django

    set_up_django()
    from django.core.management import call_command

    from deining.people.erasure.reapplying import reapply_erasures

    call_command("migrate", interactive=False, verbosity=0)
    again = reapply_erasures()
    if again.people or again.accounts:
        typer.echo(f"Erased again since the backup: {again.people} people, {again.accounts} accounts.")


def rotate_keys() -> None:
    """Put a fresh encryption key in front; what is stored stays readable."""
    from deining.core.keyring import keyring, write_keyring

    write_keyring(config().data_dir, keyring(config().data_dir).rotated())
    typer.echo("A new key encrypts from now on; the older ones stay for reading. Restart Deining to use it.")


def _fail(sentence: str) -> None:
    typer.echo(sentence, err=True)
    sys.exit(2)
