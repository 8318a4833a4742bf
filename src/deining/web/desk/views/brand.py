"""The brand's own settings, and removing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from deining.core.actions import brands
from deining.core.actors import Actor
from deining.core.errors import DeiningError
from deining.core.roles import Capability
from deining.people.models import Person
from deining.web.accounts.forms import BrandForm
from deining.web.desk.access import brand_page


@brand_page
def settings(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Name, short name, time zone, languages."""
    actor.require(Capability.MANAGE_BRAND)
    form = BrandForm.of(actor.brand, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            brand = brands.change_brand(actor, **form.cleaned_data)
        except DeiningError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("brand", brand=brand.slug)
    return render(
        request,
        "desk/brand/settings.html",
        {"form": form, "may_remove": actor.may(Capability.REMOVE_BRAND)},
        status=400 if form.errors else 200,
    )


@brand_page
def remove(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Remove the brand for good, after its name was typed."""
    actor.require(Capability.REMOVE_BRAND)
    problem, typed = "", request.POST.get("name", "")
    if request.method == "POST":
        try:
            brands.remove_brand(actor, typed_name=typed)
        except DeiningError as refusal:
            problem = str(refusal)
        else:
            messages.success(
                request,
                _("%(brand)s is removed. Its last rows go in the background.") % {"brand": actor.brand.name},
            )
            return redirect("start")
    people = Person.objects.filter(brand=actor.brand, merged_into=None).count()
    context = {"problem": problem, "typed": typed, "people": people}
    return render(request, "desk/brand/remove.html", context, status=400 if problem else 200)
