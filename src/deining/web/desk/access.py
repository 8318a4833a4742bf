"""The one door to a brand's pages: an outsider gets the same 404 as for a brand that is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from deining.core.actors import Actor, get_actor_for
from deining.core.errors import DeiningError

P = ParamSpec("P")
BrandView = Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]


def brand_page(view: BrandView[P]) -> Callable[..., HttpResponse]:
    """Give the view its actor. A `DeiningError` that escapes becomes a page with its sentence and status.

    @brand_page
    def person(request: HttpRequest, actor: Actor, person_id: int) -> HttpResponse: ...
    """

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, brand: str, **kwargs: Any) -> HttpResponse:
        try:
            actor = get_actor_for(request.user, brand)  # type: ignore[arg-type]  # login_required: no stranger
            request.actor = actor  # type: ignore[attr-defined]
            return view(request, actor, *args, **kwargs)
        except DeiningError as refusal:
            return refused(request, refusal)

    return guarded


def refused(request: HttpRequest, refusal: DeiningError) -> HttpResponse:
    """The page (or, for htmx, the fragment) that says no and why."""
    template = "desk/refused_fragment.html" if request.headers.get("HX-Request") else "desk/refused.html"
    return render(request, template, {"refusal": refusal}, status=refusal.status)
