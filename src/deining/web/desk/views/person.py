"""One person: who they are here, what passed between us, why this probability, and what we know of them."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from deining.core import clock
from deining.core.actors import Actor
from deining.core.roles import Capability
from deining.people import rules
from deining.people.access import get_person_for
from deining.people.models import Person
from deining.people.queries.choices import colleagues_of
from deining.people.queries.person import (
    Timeline,
    accounts_of,
    asked_and_did,
    history_of,
    log_of,
    merges_of,
    timeline_of,
)
from deining.people.queries.whole import notes_of, tags_of
from deining.people.scoring import current_fit
from deining.web.desk import pictures
from deining.web.desk.access import brand_page
from deining.web.desk.sentences import reading_language, who_they_are, why
from deining.web.desk.timeline_words import TimelineDay, in_words, log_in_words


@brand_page
def person(request: HttpRequest, actor: Actor, person_id: int) -> HttpResponse:
    """The whole page but for the probability's history, which comes after by itself."""
    found = get_person_for(actor, person_id)
    fit = current_fit(actor.brand)
    context = {
        "person": found,
        "heading": who_they_are(found),
        "why": why(found, fit, reading_language(), actor.brand.time_zone),
        "fit": fit,
        "accounts": accounts_of(found),
        "asked": asked_and_did(found),
        "notes": [(note, rules.may_remove_note(actor, note)) for note in notes_of(found)],
        "tags": list(tags_of(found)),
        "merges": merges_of(found),
        "log": log_in_words(log_of(actor, found), actor),
        "colleagues": colleagues_of(actor),
        "since": clock.day_of(found.seeker_since) if found.seeker_since is not None else None,
        "time_zone": actor.brand.time_zone,
        "may_edit": actor.may(Capability.EDIT_PEOPLE),
        "may_merge": actor.may(Capability.MERGE),
        "may_export": actor.may(Capability.EXPORT),
        "may_erase": actor.may(Capability.ERASE),
    }
    return render(request, "desk/person/person.html", context | _timeline(request, actor, found))


@brand_page
def timeline(request: HttpRequest, actor: Actor, person_id: int) -> HttpResponse:
    """Older days, for htmx; without it the person's page takes the same words in its address."""
    found = get_person_for(actor, person_id)
    return render(request, "desk/person/timeline.html", {"person": found} | _timeline(request, actor, found))


@brand_page
def history(request: HttpRequest, actor: Actor, person_id: int) -> HttpResponse:
    """How the probability went, drawn by the model of today looking back."""
    found = get_person_for(actor, person_id)
    points: list[tuple[date, float]] = history_of(found)
    return render(request, "desk/person/history.html", {"chart": pictures.history(points)})


def _timeline(request: HttpRequest, actor: Actor, found: Person) -> dict[str, object]:
    side = request.GET.get("side", "")
    side = side if side in ("they", "we") else ""
    page: Timeline = timeline_of(actor, found, request.GET.get("before", ""), side)
    days: list[TimelineDay] = in_words(page, actor.brand.time_zone)
    return {"days": days, "older": page.older, "side": side, "before": request.GET.get("before", "")}
