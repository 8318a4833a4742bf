"""`deining demo`: an invented brand to look around in."""

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(demo)


def demo(
    remove: Annotated[bool, typer.Option("--remove", help="Remove it, with everything in it.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Tell how well the hidden wish is found.")] = False,
) -> None:
    """Make an invented museum with 1,500 invented people, to look around in."""
    from deining.cli import set_up_django

    set_up_django()
    if remove:
        _remove()
    elif check:
        _check()
    else:
        _make()


def _make() -> None:
    from deining.config import config
    from deining.demo.actions import make_demo_brand_now
    from deining.server.prepare import CannotStart, check_folder, is_prepared, prepare

    try:
        check_folder(config().data_dir)
        if not is_prepared(config()):
            prepare(config(), typer.echo)
    except CannotStart as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem
    typer.echo("Making the demo brand: 130 weeks of 1,500 invented people. This takes about half a minute.")
    brand = make_demo_brand_now()
    typer.echo(f"{brand.name} is there: start ./deining run and open {config().address}/b/{brand.slug}/")
    typer.echo("./deining demo --check tells how well it is understood, --remove takes it away.")


def _remove() -> None:
    from deining.demo.actions import remove_demo_brand

    if remove_demo_brand():
        typer.echo("The demo brand is gone. Its rows are removed in the background while Deining runs.")
    else:
        typer.echo("There is no demo brand.")


def _check() -> None:
    from deining.demo.actions import demo_brand
    from deining.demo.truth import check

    brand = demo_brand()
    found = check(brand) if brand is not None else None
    if found is None:
        typer.echo("There is no demo brand with scores yet. Make one with ./deining demo", err=True)
        raise typer.Exit(1)
    said = "cannot be told yet" if found.share is None else _share(found.share, found.low, found.high)
    typer.echo(
        f"Of {found.people} people seen in the last year, {found.wish_share:.1%} wish for a relationship."
    )
    typer.echo(f"Deining says ({found.layer}): {said}.")
    typer.echo(
        f"Telling who: AUC {found.auc:.3f}, average precision {found.average_precision:.3f}; "
        f"by number of deeds alone AUC {found.auc_count:.3f}, by recency alone {found.auc_recency:.3f}."
    )
    typer.echo(f"Of the {found.seekers} it calls seekers, {found.right} do wish.")


def _share(share: float, low: float | None, high: float | None) -> str:
    return f"{share:.1%}" + (f" ({low:.1%} to {high:.1%})" if low is not None and high is not None else "")
