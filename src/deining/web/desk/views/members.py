"""Who works for the brand, in which role, and how that changes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from deining.core.actions import members as actions
from deining.core.actors import Actor
from deining.core.errors import DeiningError
from deining.core.models import Membership
from deining.core.queries.members import get_membership_for, invitations_of, members_of
from deining.core.roles import CAPABILITIES, Capability, Role, may_grant
from deining.people.models import Person
from deining.web.accounts.forms import InviteForm
from deining.web.accounts.letters import send_invitation
from deining.web.accounts.links import absolute, sends_mail
from deining.web.desk.access import brand_page


@brand_page
def members(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Colleagues, open invitations, and what each role may do."""
    return _page(request, actor, InviteForm(roles=_grantable(actor)))


@require_POST
@brand_page
def invite(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Invite, and show the link: this is the only time that it can be shown."""
    actor.require(Capability.MANAGE_MEMBERS)
    form = InviteForm(request.POST, roles=_grantable(actor))
    if not form.is_valid():
        return _page(request, actor, form)
    try:
        invited = actions.invite(
            actor, email=form.cleaned_data["email"], role=Role(form.cleaned_data["role"])
        )
    except DeiningError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, actor, form)
    path = reverse("invitation", args=[invited.token])
    mailed = send_invitation(
        invited.invitation, path=path, inviter=actor.label, language=get_language() or "nl"
    )
    shown = {"invitation": invited.invitation, "address": absolute(path, request), "mailed": mailed}
    return _page(request, actor, InviteForm(roles=_grantable(actor)), shown)


@require_POST
@brand_page
def change_role(request: HttpRequest, actor: Actor, membership_id: int) -> HttpResponse:
    """Give a colleague another role."""
    get_membership_for(actor, membership_id)
    chosen = request.POST.get("role", "")
    if chosen not in Role.values:
        raise DeiningError(_("That role does not exist. Choose one of the list."))
    membership = actions.change_role(actor, membership_id=membership_id, role=Role(chosen))
    messages.success(
        request,
        _("%(name)s has another role now: %(role)s.")
        % {"name": membership.user.display_name, "role": Role(membership.role).label},
    )
    return redirect("members", brand=actor.brand.slug)


@brand_page
def remove(request: HttpRequest, actor: Actor, membership_id: int) -> HttpResponse:
    """End a colleague's work here; who takes over is asked first."""
    actor.require(Capability.MANAGE_MEMBERS)
    membership = get_membership_for(actor, membership_id)
    if request.method == "POST":
        actions.remove_member(
            actor,
            membership_id=membership_id,
            heir_id=_chosen_heir(request),
            why=request.POST.get("why", "").strip(),
        )
        messages.success(
            request, _("%(name)s has no access any more.") % {"name": membership.user.display_name}
        )
        return redirect("members", brand=actor.brand.slug)
    return render(request, "desk/members/remove.html", _handing_over(actor, membership))


@brand_page
def leave(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Stop working for the brand oneself."""
    if request.method == "POST":
        actions.leave(actor, heir_id=_chosen_heir(request))
        messages.success(request, _("You left %(brand)s.") % {"brand": actor.brand.name})
        return redirect("start")
    membership = Membership.objects.select_related("user").get(brand=actor.brand, user=actor.user)
    return render(request, "desk/members/leave.html", _handing_over(actor, membership))


@require_POST
@brand_page
def withdraw(request: HttpRequest, actor: Actor, invitation_id: int) -> HttpResponse:
    """Make an invitation's link worthless."""
    actions.withdraw_invitation(actor, invitation_id=invitation_id)
    messages.success(request, _("The invitation is withdrawn; its link does not work any more."))
    return redirect("members", brand=actor.brand.slug)


def _page(
    request: HttpRequest, actor: Actor, form: InviteForm, shown: dict[str, object] | None = None
) -> HttpResponse:
    manages = actor.may(Capability.MANAGE_MEMBERS)
    colleagues = [
        {"membership": m, "role": Role(m.role), "roles": _roles_for(actor, m), "is_me": m.user == actor.user}
        for m in members_of(actor)
    ]
    context = {
        "colleagues": colleagues,
        "manages": manages,
        "invitations": list(invitations_of(actor)) if manages else [],
        "form": form,
        "shown": shown,
        "sends_mail": sends_mail(),
        "roles": list(Role),
        "table": [
            (capability, [capability in CAPABILITIES[role] for role in Role]) for capability in Capability
        ],
    }
    return render(request, "desk/members/members.html", context, status=400 if form.errors else 200)


def _grantable(actor: Actor) -> list[Role]:
    return [role for role in Role if may_grant(actor.role, role)]


def _roles_for(actor: Actor, membership: Membership) -> list[Role]:
    """Which roles the actor may give this colleague; empty when none."""
    may = actor.may(Capability.MANAGE_MEMBERS) and may_grant(actor.role, Role(membership.role))
    return _grantable(actor) if may else []


def _handing_over(actor: Actor, membership: Membership) -> dict[str, object]:
    return {
        "membership": membership,
        "looked_after": Person.objects.filter(
            brand=actor.brand, owner=membership.user, merged_into=None
        ).count(),
        "heirs": [m for m in members_of(actor) if m.pk != membership.pk],
    }


def _chosen_heir(request: HttpRequest) -> int | None:
    chosen = request.POST.get("heir", "")
    return int(chosen) if chosen.isdecimal() and chosen.isascii() else None
