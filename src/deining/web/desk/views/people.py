"""People: find, filter, sort, choose, and do something with those chosen."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from deining.core.actors import Actor
from deining.core.errors import DeiningError
from deining.core.models import User
from deining.core.roles import Capability
from deining.people.access import get_person_for, get_segment_for
from deining.people.actions.persons import set_owner
from deining.people.actions.segments import remove_segment, save_segment
from deining.people.actions.tags import put_tag
from deining.people.models import Person
from deining.people.queries.choices import choices_for, colleagues_of
from deining.people.queries.filters import SPANS, Filters
from deining.people.queries.listing import PAGE, PeoplePage, find_people, list_people
from deining.people.scoring import current_fit
from deining.web.desk.access import brand_page
from deining.web.desk.asked import chips, columns, heading, kind_choices, sort_choices
from deining.web.desk.sentences import reading_language, why
from deining.web.desk.words import whole


@brand_page
def people(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The list. The address holds the whole question; htmx asks for the table alone."""
    filters = Filters.read(request.GET)
    page = list_people(actor, filters, _number(request.GET.get("page", "")))
    _explain(page.people, actor)
    context = _context(actor, filters, page)
    if request.headers.get("HX-Target") == "found-list":
        response = render(request, "desk/people/list.html", context | {"partial": True})
        response["HX-Push-Url"] = _address(actor, filters)
        return response
    return render(request, "desk/people/people.html", context | {"choices": choices_for(actor)})


@brand_page
def find(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The few likeliest people for what was typed: for Ctrl K."""
    found = find_people(actor, request.GET.get("q", ""))
    return render(request, "desk/people/found.html", {"found": found})


@require_POST
@brand_page
def segment(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Keep the present question under a name, or forget a kept one."""
    if request.POST.get("remove", "").isdecimal():
        kept = get_segment_for(actor, int(request.POST["remove"]))
        remove_segment(actor=actor, segment=kept)
        messages.success(request, _("The segment “%(name)s” is gone; its people stay.") % {"name": kept.name})
        return _back(actor, Filters())
    filters = Filters.read(question(request))
    try:
        kept = save_segment(actor=actor, name=request.POST.get("name", ""), filters=filters.words())
    except DeiningError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Kept as “%(name)s”.") % {"name": kept.name})
    return _back(actor, filters)


@require_POST
@brand_page
def chosen(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Put a tag on the chosen people, or give them an owner."""
    ids = chosen_ids(request)
    try:
        if not ids:
            raise DeiningError(_("Nobody was chosen. Tick some people first."))
        if request.POST.get("do") == "owner":
            _give_owner(request, actor, ids)
        else:
            tag, added = put_tag(actor=actor, name=request.POST.get("tag", ""), people=ids)
            words = ngettext(
                "%(count)s person now carries “%(tag)s”.", "%(count)s people now carry “%(tag)s”.", added
            )
            messages.success(request, words % {"count": whole(added), "tag": tag.name})
    except DeiningError as refusal:
        messages.error(request, str(refusal))
    return _back(actor, Filters.read(question(request)))


def chosen_ids(request: HttpRequest) -> list[int]:
    """The ticked people; more than a page of them was not ticked by hand and is cut off."""
    return [int(value) for value in request.POST.getlist("person") if value.isdecimal()][: 4 * PAGE]


def _give_owner(request: HttpRequest, actor: Actor, ids: list[int]) -> None:
    actor.require(Capability.EDIT_PEOPLE)
    wanted = request.POST.get("owner", "")
    owner = (
        User.objects.filter(pk=int(wanted), memberships__brand=actor.brand).first()
        if wanted.isdecimal()
        else None
    )
    for person_id in ids:
        set_owner(actor=actor, person=get_person_for(actor, person_id), owner=owner)
    if owner is None:
        words = ngettext(
            "%(count)s person has no owner now.", "%(count)s people have no owner now.", len(ids)
        )
    else:
        words = ngettext(
            "%(name)s looks after %(count)s person now.",
            "%(name)s looks after %(count)s people now.",
            len(ids),
        )
    messages.success(request, words % {"count": whole(len(ids)), "name": owner.display_name if owner else ""})


def _context(actor: Actor, filters: Filters, page: PeoplePage) -> dict[str, object]:
    words = filters.words()
    return {
        "filters": filters,
        "words": words,
        "page": page,
        "chips": chips(actor, filters),
        "heading": heading(filters, page),
        "question": urlencode(words),
        "columns": columns(filters),
        "kinds": kind_choices(),
        "sorts": sort_choices(),
        "spans": SPANS,
        "colleagues": colleagues_of(actor),
        "may_edit": actor.may(Capability.EDIT_PEOPLE),
        "may_export": actor.may(Capability.EXPORT),
        "time_zone": actor.brand.time_zone,
    }


def _explain(found: list[Person], actor: Actor) -> None:
    fit = current_fit(actor.brand)
    for person in found:
        person.sentence = why(person, fit, reading_language(), actor.brand.time_zone)  # type: ignore[attr-defined]


def question(request: HttpRequest) -> dict[str, str]:
    """The question that a form on the page carries along as `question` (an address's query)."""
    return QueryDict(request.POST.get("question", "")).dict()


def _back(actor: Actor, filters: Filters) -> HttpResponse:
    return HttpResponseRedirect(_address(actor, filters))


def _address(actor: Actor, filters: Filters) -> str:
    """The list with this question, and nothing in the address that was not asked."""
    query = urlencode(filters.words())
    address = reverse("people", kwargs={"brand": actor.brand.slug})
    return f"{address}?{query}" if query else address


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 1
