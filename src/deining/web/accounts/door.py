"""Who may start a fresh installation: somebody at the machine, or somebody with its start code.

The first visitor becomes the owner of everything, so a stranger on the network must not be first. A visit
counts as coming from this machine only when nothing says otherwise: the server listens on loopback, no proxy
is configured or left traces, and the browser asked for a loopback name (which also stops DNS rebinding).
"""

from django.conf import settings
from django.http import HttpRequest

from deining.config import Config, config
from deining.core import start_code
from deining.core.start_code import is_loopback, listens_to_itself_only

_GIVEN = "start_code_given"
_PROXY_TRACES = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP")


def may_start(request: HttpRequest) -> bool:
    """Whether this visitor may start the installation, or look around in it."""
    return is_at_this_machine(request, config()) or bool(request.session.get(_GIVEN))


def is_at_this_machine(request: HttpRequest, settings_in_force: Config) -> bool:
    """Whether the request can only have come from the machine itself."""
    return (
        listens_to_itself_only(settings_in_force)
        and is_loopback(request.META.get("REMOTE_ADDR", ""))
        and is_loopback(request.get_host())
        and not any(name in request.headers for name in _PROXY_TRACES)
    )


def give_code(request: HttpRequest, typed: str) -> bool:
    """Take the start code; True, and remembered for this visit, when it is right."""
    right = start_code.is_start_code(settings.DATA_DIR, typed)
    if right:
        request.session.cycle_key()
        request.session[_GIVEN] = True
    return right


def close_door(request: HttpRequest) -> None:
    """Somebody started: the code is worth nothing from now on."""
    request.session.pop(_GIVEN, None)
    start_code.forget_start_code(settings.DATA_DIR)
