"""Following an invitation's link: as a newcomer, or with the account one has."""

from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from deining.core.actions import members
from deining.core.actors import Actor
from deining.core.errors import DeiningError
from deining.core.models import Invitation, User
from deining.core.queries.members import invitation_behind
from deining.core.queries.users import is_guest, user_with_address
from deining.core.roles import Role
from deining.web.accounts.forms import NewcomerForm
from deining.web.desk.access import refused
from deining.web.desk.views.start import BACKEND


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Show what one is invited to; join on POST."""
    try:
        invitation = invitation_behind(token)
        if request.user.is_authenticated and not is_guest(request.user):
            return _with_account(request, invitation, token)
        if user_with_address(invitation.email) is not None:
            query = urlencode({"next": reverse("invitation", args=[token])})
            return redirect(f"{reverse('account_login')}?{query}")
        return _as_newcomer(request, invitation, token)
    except DeiningError as refusal:
        return refused(request, refusal)


def _with_account(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    assert isinstance(request.user, User)
    if request.method == "POST":
        return _welcome(request, members.accept_as(request.user, token=token))
    is_theirs = request.user.email == invitation.email
    context = {**_words(invitation), "is_theirs": is_theirs}
    return render(request, "desk/start/join.html", context)


def _as_newcomer(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    form = NewcomerForm(request.POST or None, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        actor = members.accept_as_newcomer(
            token=token,
            name=form.cleaned_data["name"],
            password=form.cleaned_data["password"],
            language=get_language() or "nl",
        )
        assert actor.user is not None
        logout(request)
        login(request, actor.user, backend=BACKEND)
        return _welcome(request, actor)
    return render(request, "desk/start/newcomer.html", {**_words(invitation), "form": form})


def _words(invitation: Invitation) -> dict[str, object]:
    inviter = invitation.invited_by.display_name if invitation.invited_by else ""
    return {"invitation": invitation, "role": Role(invitation.role).label, "inviter": inviter}


def _welcome(request: HttpRequest, actor: Actor) -> HttpResponse:
    messages.success(
        request,
        _("Welcome to %(brand)s. You are here as: %(role)s.")
        % {"brand": actor.brand.name, "role": actor.role.label},
    )
    return redirect("home", brand=actor.brand.slug)
