"""What colleagues type, made fit to keep."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from deining.core.errors import DeiningError


def one_line(text: str) -> str:
    """Without line breaks, control characters and double spaces."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def refuse_unless_fits(text: str, longest: int, *, empty: str | Promise) -> None:
    """Raise `DeiningError` with `empty` when there is no text, or with a sentence when there is too much."""
    if not text:
        raise DeiningError(empty)
    if len(text) > longest:
        raise DeiningError(
            _("That is %(length)s characters long; %(longest)s is the most that fits. Make it shorter.")
            % {"length": len(text), "longest": longest}
        )
