"""Users: the first one, the demo brand's guest, somebody who was invited, and what they choose themselves."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils.translation import gettext as _

from deining.core.errors import Conflict, DeiningError, NotFound
from deining.core.models import Brand, Membership, User
from deining.core.queries.users import GUEST_EMAIL, has_real_users, is_guest, user_with_address
from deining.core.roles import Role

_START_LOCK = 8330


def make_first_user(*, name: str, email: str, password: str, language: str) -> User:
    """Whoever starts the installation. Of two who try at once, one succeeds.

    A guest who looked around goes away: its notes stay in the demo brand, without an author. The new user
    becomes the owner of the demo brands, so that they can be visited and removed.
    """
    with transaction.atomic():
        _one_start_at_a_time()
        if has_real_users():
            raise Conflict(
                _("Somebody has started this installation already. Sign in, or ask for an invitation.")
            )
        user = make_user(name=name, email=email, password=password, language=language)
        User.objects.filter(email=GUEST_EMAIL).delete()
        Membership.objects.bulk_create(
            Membership(brand=brand, user=user, role=Role.OWNER)
            for brand in Brand.objects.filter(is_invented=True).exclude(name="")  # no name: on its way out
        )
    return user


def make_user(*, name: str, email: str, password: str, language: str) -> User:
    """A colleague with a password. Raises `Conflict` when the address has an account."""
    if User.objects.filter(email=email.strip().lower()).exists():
        raise Conflict(
            _("There is an account for %(email)s already. Sign in with it.")
            % {"email": email.strip().lower()}
        )
    return User.objects.create_user(email, password, name=name.strip(), language=language)


def make_guest(*, language: str) -> User:
    """The visitor who looks around in the demo brand before anybody started: no password, no way back in
    except through the first page, while there is no real user."""
    with transaction.atomic():
        _one_start_at_a_time()
        if has_real_users():
            raise Conflict(_("This installation is in use. Sign in, or ask a colleague for an invitation."))
        guest, _made = User.objects.get_or_create(
            email=GUEST_EMAIL, defaults={"name": _("Guest"), "language": language, "password": "!"}
        )
    return guest


def settle_guest(*, guest: User, brand: Brand) -> None:
    """Let the guest look at the demo brand and try things out there: an editor, whatever its maker gave."""
    if not brand.is_invented or guest.email != GUEST_EMAIL:
        raise DeiningError(_("A guest may only enter the demo brand."))
    Membership.objects.update_or_create(brand=brand, user=guest, defaults={"role": Role.EDITOR})


def change_profile(*, user: User, name: str, language: str, theme: str) -> User:
    """What somebody chooses about themselves."""
    user.name, user.language, user.theme = name.strip(), language, theme
    user.save(update_fields=["name", "language", "theme"])
    return user


def set_password(*, email: str, password: str) -> User:
    """Give an account a new password; this ends its sessions. For whoever looks after the machine."""
    user = _account(email)
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


def change_address(*, old: str, new: str) -> User:
    """Change the address with which somebody signs in. For whoever looks after the machine."""
    address = checked_address(new)
    with transaction.atomic():
        user = _account(old)
        if user_with_address(address) is not None:
            raise Conflict(_("There is an account for %(email)s already.") % {"email": address})
        user.email = address
        user.save(update_fields=["email"])
    return user


def checked_address(email: str) -> str:
    """The address in the form in which we keep it. Raises a `DeiningError` when it is none."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise DeiningError(_("“%(email)s” is not an e-mail address.") % {"email": address[:100]}) from error
    if address == GUEST_EMAIL:
        raise DeiningError(_("The guest of the demo brand cannot be invited."))
    return address


def _account(email: str) -> User:
    user = user_with_address(email)
    if user is None or is_guest(user):
        raise NotFound(_("There is no account for %(email)s.") % {"email": email})
    return user


def _one_start_at_a_time() -> None:
    """SQLite's write transactions are one at a time already; PostgreSQL takes a lock until the commit."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_START_LOCK])
