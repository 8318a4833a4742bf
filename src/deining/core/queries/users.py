"""Questions about users."""

from deining.core.models import User

GUEST_EMAIL = "guest@demo.invalid"


def has_real_users() -> bool:
    """Whether anybody but the demo brand's guest has an account: from then on the installation is in use."""
    return User.objects.exclude(email=GUEST_EMAIL).exists()


def is_guest(user: object) -> bool:
    """Whether this is the visitor who looks around in the demo brand."""
    return getattr(user, "email", "") == GUEST_EMAIL


def user_with_address(email: str) -> User | None:
    """The account with this e-mail address, however it is typed."""
    return User.objects.filter(email=email.strip().lower()).first()
