"""Oneself: name, language, appearance, ways to sign in, and where one is signed in."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_http_methods, require_POST

from deining.core.actions.users import change_profile
from deining.core.models import User
from deining.core.queries.brands import memberships_of
from deining.web.accounts import sessions
from deining.web.accounts.forms import ProfileForm


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """One page for everything about oneself."""
    user = request.user
    assert isinstance(user, User)
    initial = {"name": user.name, "language": user.language, "theme": user.theme}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_profile(user=user, **form.cleaned_data)
        with override(user.language):
            messages.success(request, _("Saved."))
        return redirect("account_security")
    context = {
        "form": form,
        "memberships": memberships_of(user),
        "ways": _ways_in(user),
        "places": sessions.places_of(user, request.session.session_key),
    }
    return render(request, "desk/start/me.html", context)


@login_required
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """End every session but this one."""
    assert isinstance(request.user, User)
    ended = sessions.sign_out_elsewhere(request.user, request.session.session_key)
    told = ngettext(
        "You are signed out in %(count)s other browser.",
        "You are signed out in %(count)s other browsers.",
        ended,
    )
    messages.success(request, told % {"count": ended})
    return redirect("account_security")


def _ways_in(user: User) -> dict[str, object]:
    """Which second factors the user has: passkeys by name, the others as yes or no."""
    found = list(Authenticator.objects.filter(user=user))
    kinds = {authenticator.type for authenticator in found}
    passkeys = [one.wrap().name for one in found if one.type == Authenticator.Type.WEBAUTHN]
    return {"totp": "totp" in kinds, "recovery_codes": "recovery_codes" in kinds, "webauthn": passkeys}
