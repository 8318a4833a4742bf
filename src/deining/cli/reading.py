"""`deining docs`: the documentation, here in the terminal."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from deining.config import PROJECT_ROOT


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command()(docs)


def docs(page: Annotated[str, typer.Argument(help="A page, such as `find` or `guide/people`.")] = "") -> None:
    """Read the documentation, or list its pages."""
    from rich.console import Console
    from rich.markdown import Markdown

    folder = PROJECT_ROOT / "docs"
    pages = {str(path.relative_to(folder).with_suffix("")): path for path in sorted(folder.rglob("*.md"))}
    if not page:
        Console().print(
            "\n".join(f"  ./deining docs {name:<40} {_title(path)}" for name, path in pages.items())
        )
        return
    if page not in pages:
        typer.echo(f"There is no page {page!r}. ./deining docs lists them all.", err=True)
        sys.exit(2)
    with Console().pager(styles=True) if sys.stdout.isatty() else nullcontext():
        Console().print(Markdown(pages[page].read_text()))


def _title(path: Path) -> str:
    return path.read_text().partition("\n")[0].lstrip("# ")
