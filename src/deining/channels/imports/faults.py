"""What stopped an import, in a sentence; and whether trying again by itself makes sense."""

import errno

from django.db import Error
from django.utils.translation import gettext as _

from deining.core.errors import DeiningError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def is_disk_full(error: BaseException) -> bool:
    """Whether a file system or a database had no room left. Looks at what caused the error, too."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return True
    if isinstance(error, Error):
        words = str(error).lower()
        if "disk is full" in words or "no space left" in words or "disk i/o error" in words:
            return True
    return error.__cause__ is not None and is_disk_full(error.__cause__)


def sentence_for(error: Exception) -> str:
    """What to tell the person who waits; empty for a fault that may well pass by itself."""
    if isinstance(error, DeiningError):
        return str(error)
    if is_disk_full(error):
        return _(
            "The disk is full. What was imported so far is safe. Make room and press “Go on with it”: "
            "it continues where it stopped."
        )
    if isinstance(error, PermissionError):
        return _("The server may not read the file any more. Change its permissions, press “Go on with it”.")
    return ""
