"""Errors that a person can meet. Each is a sentence: what happened, to which item, what to do."""

from django.utils.functional import Promise


class DeiningError(Exception):
    """A refusal or a failure, with a sentence (maybe lazily translated) for the person who asked."""

    status = 400

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(DeiningError):
    """The actor's role does not permit this."""

    status = 403


class NotFound(DeiningError):
    """There is no such object for this actor: it does not exist, or belongs to another brand."""

    status = 404


class Conflict(DeiningError):
    """Somebody else changed the object first, or it is in a state that does not permit this."""

    status = 409
