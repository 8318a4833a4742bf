"""What every visit passes: a guest stays out of account pages, and we remember which brand was last."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from deining.core.queries.users import is_guest
from deining.web.accounts import sessions  # noqa: F401  (listens to sign-ins)

LAST_BRAND = "last_brand"
_FOR_GUESTS = {"account_logout", "account_login"}


class VisitMiddleware:
    """Sits after authentication and allauth."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        actor = getattr(request, "actor", None)
        if actor is not None and request.session.get(LAST_BRAND) != actor.brand.slug:
            request.session[LAST_BRAND] = actor.brand.slug
        return response

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """A guest has no password to change and must not get one: that would be a way back in."""
        name = request.resolver_match.url_name or "" if request.resolver_match else ""
        if name.startswith(("account_", "mfa_")) and name not in _FOR_GUESTS and is_guest(request.user):
            messages.info(request, _("A guest has no account. Start your brand to get one."))
            return redirect("start")
        return None
