"""The command line. Commands compose what the rooms offer; each module here registers its own."""

import importlib
import os
import pkgutil

import typer


def build() -> typer.Typer:
    """The whole command line, with every command registered."""
    app = typer.Typer(
        name="deining",
        help="Listen to people, find who wants a relationship, spend their attention like money.",
        no_args_is_help=False,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        if not module.ispkg:
            importlib.import_module(f"{__name__}.{module.name}").register(app)
    return app


def set_up_django() -> None:
    """For commands that need the database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deining.settings")
    import django

    django.setup()


def main() -> None:
    """Entry point of `deining`."""
    build()()
