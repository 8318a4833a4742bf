"""`deining password`, `deining email`, `deining invite`: for whoever looks after the machine."""

import sys
from typing import Annotated, NoReturn

import typer

from deining.cli import set_up_django
from deining.config import config


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(password)
    app.command()(email)
    app.command()(invite)


def password(
    address: Annotated[str, typer.Argument(metavar="EMAIL", help="The account's e-mail address.")],
) -> None:
    """Give somebody who lost theirs a new password: type it twice. Every browser has to sign in again."""
    set_up_django()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from deining.core.actions.users import set_password
    from deining.core.errors import DeiningError

    chosen = typer.prompt("New password", hide_input=True, confirmation_prompt=True, err=True)
    try:
        validate_password(chosen)
        user = set_password(email=address, password=chosen)
    except ValidationError as weak:
        _fail(" ".join(weak.messages))
    except DeiningError as problem:
        _fail(str(problem))
    typer.echo(f"{user.email} has a new password and is signed out everywhere.")


def email(
    old: Annotated[str, typer.Argument(help="The account's present e-mail address.")],
    new: Annotated[str, typer.Argument(help="The one that replaces it.")],
) -> None:
    """Change the e-mail address with which somebody signs in."""
    set_up_django()
    from deining.core.actions.users import change_address
    from deining.core.errors import DeiningError

    try:
        user = change_address(old=old, new=new)
    except DeiningError as problem:
        _fail(str(problem))
    typer.echo(f"They sign in with {user.email} from now on.")


def invite(
    address: Annotated[str, typer.Argument(metavar="EMAIL", help="Who is invited.")],
    brand: Annotated[str, typer.Option(help="The brand's short name, as in its addresses.")],
    role: Annotated[
        str, typer.Option(help="owner, manager, approver, editor, analyst or viewer.")
    ] = "viewer",
) -> None:
    """Print a link with which somebody joins a brand. It works once, for seven days."""
    set_up_django()
    from django.urls import reverse

    from deining.core.actions.members import invite as invite_member
    from deining.core.actors import system_actor
    from deining.core.errors import DeiningError
    from deining.core.models import Brand
    from deining.core.roles import Role

    found = Brand.objects.filter(slug=brand).first()
    if found is None:
        known = ", ".join(Brand.objects.values_list("slug", flat=True)) or "none yet"
        _fail(f"There is no brand {brand!r}. The brands here: {known}.")
    if role not in Role.values:
        _fail(f"There is no role {role!r}. Choose one of: {', '.join(Role.values)}.")
    try:
        invited = invite_member(system_actor(found, "command line"), email=address, role=Role(role))
    except DeiningError as problem:
        _fail(str(problem))
    typer.echo(config().address + reverse("invitation", args=[invited.token]))


def _fail(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    sys.exit(1)
