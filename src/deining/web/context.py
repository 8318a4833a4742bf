"""What every page's frame needs to know."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

import deining
from deining.core.actors import Actor
from deining.core.models import Brand, Membership, User
from deining.core.roles import Capability

THEMES = [choice for choice, _words in User._meta.get_field("theme").choices or []]
THEME_COOKIE = "deining_theme"


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the rail: the name of its address, words, icon, and who may see it."""

    page: str
    words: str | Promise
    icon: str
    needs: Capability = Capability.SEE
    group: str | Promise = ""
    on_bar: bool = False
    also: tuple[str, ...] = ()


PLACES = (
    Place("home", _("Today"), "sun", on_bar=True),
    Place("people", _("People"), "users", on_bar=True, also=("person",)),
    Place("merges", _("Merge suggestions"), "merge", Capability.MERGE),
    Place("imports", _("Imports"), "upload", Capability.IMPORT, on_bar=True),
    Place("members", _("Members"), "user-cog", Capability.MANAGE_MEMBERS, group=_("House")),
    Place("privacy", _("Privacy"), "shield", group=_("House")),
    Place("brand", _("Settings"), "settings", Capability.MANAGE_BRAND, group=_("House")),
    Place("log", _("Log"), "scroll-text", Capability.SEE_LOG, group=_("House")),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The version, the appearance, and, when a view has found an actor (`request.actor`), its rail."""
    actor: Actor | None = getattr(request, "actor", None)
    return {
        "deining_version": deining.__version__,
        "theme": theme_for(request),
        "languages": settings.LANGUAGES,
        "language_now": get_language(),
        "actor": actor,
        "rail": SimpleLazyObject(lambda: rail(request, actor)) if actor else (),
        "brands": SimpleLazyObject(lambda: brands_of(actor)) if actor else (),
    }


def theme_for(request: HttpRequest) -> str:
    """`system`, `light` or `dark`: what the user chose, else what the cookie of a visitor says."""
    user = getattr(request, "user", None)
    chosen = (
        user.theme if user is not None and user.is_authenticated else request.COOKIES.get(THEME_COOKIE, "")
    )
    return chosen if chosen in THEMES else "system"


def rail(request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    """The pages this actor may open, with their addresses; the one we are on is marked."""
    match = request.resolver_match
    here = match.url_name or "" if match else ""
    shown = []
    for place in PLACES:
        address = _address(place.page, actor.brand)
        if address and actor.may(place.needs):
            shown.append({"place": place, "address": address, "is_here": _is_at(place, here)})
    return shown


def brands_of(actor: Actor) -> list[Brand]:
    """Every brand this user works for, by name."""
    memberships = Membership.objects.filter(user=actor.user).select_related("brand").order_by("brand__name")
    return [membership.brand for membership in memberships]


def _address(page: str, brand: Brand) -> str:
    """Where a page lives; empty when the installation does not have it."""
    try:
        return reverse(page, kwargs={"brand": brand.slug})
    except NoReverseMatch:
        return ""


def _is_at(place: Place, here: str) -> bool:
    return any(here == page or here.startswith(f"{page}_") for page in (place.page, *place.also))
