"""How long things are kept, who was erased, somebody's copy, and erasing somebody."""

from typing import cast

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from deining.core.actors import Actor
from deining.core.errors import DeiningError
from deining.core.roles import Capability
from deining.people.access import get_person_for
from deining.people.actions.copying import copy_of
from deining.people.actions.erasing import erase_person
from deining.people.actions.retention import set_all_retention
from deining.people.erasure.tracing import written_elsewhere
from deining.people.models import Erased
from deining.people.retention.queries import dry_run
from deining.people.retention.rules import Rules, rules_of
from deining.people.search_text import fold
from deining.web.desk.access import brand_page
from deining.web.desk.person_copy import zip_of
from deining.web.desk.retention_form import lines_of, read_rules, told

MOST_ERASED = 12


@brand_page
def privacy(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The brand's privacy page."""
    return _page(request, actor, _retention(actor, rules_of(actor.brand), counted=False))


@brand_page
def count(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The table with what the saved rules would remove today; htmx fetches it when the page is there."""
    return render(
        request, "desk/privacy/retention.html", _retention(actor, rules_of(actor.brand), counted=True)
    )


@require_POST
@brand_page
def retention(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Count what the typed rules would remove, or save them."""
    actor.require(Capability.MANAGE_BRAND)
    saved = _retention(actor, rules_of(actor.brand), counted=False)
    try:
        rules = read_rules(request.POST)
        if request.POST.get("do") != "save":
            counted = _retention(actor, rules, counted=True)
            if request.headers.get("HX-Request"):
                return render(request, "desk/privacy/retention.html", counted)
            return _page(request, actor, counted)
        set_all_retention(actor=actor, rules=rules)
    except DeiningError as refusal:
        return _page(request, actor, saved | {"problem": str(refusal)}, status=refusal.status)
    messages.success(request, _("Saved. What was kept long enough goes tonight."))
    return redirect("privacy", brand=actor.brand.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@brand_page
def copy(request: HttpRequest, actor: Actor, person_id: int) -> HttpResponse:
    """What is in a copy; and, when sent, the copy itself."""
    actor.require(Capability.EXPORT)
    person = get_person_for(actor, person_id)
    if request.method != "POST":
        return render(request, "desk/privacy/take_copy.html", {"person": person})
    file = zip_of(copy_of(actor=actor, person=person))
    name = f"{actor.brand.slug}-{person.pk}.zip"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    return cast(HttpResponse, answer)  # `brand_page` passes any answer on


@require_http_methods(["GET", "HEAD", "POST"])
@brand_page
def erase(request: HttpRequest, actor: Actor, person_id: int) -> HttpResponse:
    """Ask for the name, then erase."""
    actor.require(Capability.ERASE)
    person = get_person_for(actor, person_id)
    typed, why = request.POST.get("typed", ""), request.POST.get("why", "")
    problem = ""
    if request.method == "POST":
        if fold(typed) == fold(str(person)):
            erase_person(actor=actor, person=person, why=why)
            # without a name: messages are kept in the session, and that is a copy too
            messages.success(request, _("Erased. Only keyed hashes are left."))
            return redirect("people", brand=actor.brand.slug)
        problem = _("That is not the name that stands above. Nothing was erased.")
    context = {
        "person": person,
        "wanted": str(person),
        "typed": typed,
        "why": why,
        "problem": problem,
        "accounts": list(person.identities.all()),
        "elsewhere": written_elsewhere(actor, person),
        "may_export": actor.may(Capability.EXPORT),
    }
    return render(request, "desk/privacy/erase.html", context, status=400 if problem else 200)


def _page(
    request: HttpRequest, actor: Actor, retention: dict[str, object], status: int = 200
) -> HttpResponse:
    erased = Erased.objects.filter(brand=actor.brand)
    may_see = actor.may(Capability.SEE_LOG) or actor.may(Capability.ERASE)
    context = {
        "heading": _heading(rules_of(actor.brand)),
        "erased_count": erased.count(),
        "erased": list(erased.order_by("-pk")[:MOST_ERASED]) if may_see else None,
    }
    return render(request, "desk/privacy/privacy.html", context | retention, status=status)


def _heading(rules: Rules) -> str:
    if not rules:
        return _("Everything is kept until you say for how long")
    return ngettext(
        "%(count)s kind of thing is removed in time, the rest is kept",
        "%(count)s kinds of things are removed in time, the rest is kept",
        len(rules),
    ) % {"count": len(rules)}


def _retention(actor: Actor, rules: Rules, *, counted: bool) -> dict[str, object]:
    found = dry_run(actor, rules) if counted else None
    lines = lines_of(rules, found)
    return {
        "actor": actor,
        "used": [line for line in lines if line.is_used or not counted],
        "unused": [line for line in lines if counted and not line.is_used],
        "counted": counted,
        "told": told(found) if found else "",
        "may_manage": actor.may(Capability.MANAGE_BRAND),
    }
