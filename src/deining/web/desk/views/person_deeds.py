"""What a colleague does on a person's page: name, owner, tags, notes. Each goes back to the page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from deining.core.actors import Actor
from deining.core.errors import DeiningError, NotFound
from deining.core.models import User
from deining.people.access import get_note_for, get_person_for, get_tag_for
from deining.people.actions.notes import add_note, edit_note, remove_note
from deining.people.actions.persons import rename_person, set_owner
from deining.people.actions.tags import put_tag, take_tag
from deining.people.models import Person
from deining.web.desk.access import brand_page


@require_POST
@brand_page
def name(request: HttpRequest, actor: Actor, person_id: int) -> HttpResponse:
    """Call the person something."""
    person = get_person_for(actor, person_id)
    return _do(
        request,
        actor,
        person,
        lambda: rename_person(actor=actor, person=person, name=request.POST.get("name", "")),
    )


@require_POST
@brand_page
def owner(request: HttpRequest, actor: Actor, person_id: int) -> HttpResponse:
    """Say who looks after them; an empty choice is nobody."""
    person = get_person_for(actor, person_id)
    wanted = request.POST.get("owner", "")
    chosen = User.objects.filter(pk=int(wanted)).first() if wanted.isdecimal() else None
    if wanted and chosen is None:
        raise NotFound(_("There is no such colleague here."))
    return _do(request, actor, person, lambda: set_owner(actor=actor, person=person, owner=chosen))


@require_POST
@brand_page
def tag(request: HttpRequest, actor: Actor, person_id: int) -> HttpResponse:
    """Put a tag on, or take one off (`off`: its id)."""
    person = get_person_for(actor, person_id)
    off = request.POST.get("off", "")
    if off.isdecimal():
        carried = get_tag_for(actor, int(off))
        return _do(request, actor, person, lambda: take_tag(actor=actor, tag=carried, people=[person.pk]))
    return _do(
        request,
        actor,
        person,
        lambda: put_tag(actor=actor, name=request.POST.get("tag", ""), people=[person.pk]),
    )


@require_POST
@brand_page
def note(request: HttpRequest, actor: Actor, person_id: int) -> HttpResponse:
    """Write a note, change one's own (`note`: its id), or remove one (`remove`: its id)."""
    person = get_person_for(actor, person_id)
    text, changed, removed = (request.POST.get(field, "") for field in ("text", "note", "remove"))
    if removed.isdecimal():
        gone = get_note_for(actor, int(removed))
        return _do(request, actor, person, lambda: remove_note(actor=actor, note=gone))
    if changed.isdecimal():
        mine = get_note_for(actor, int(changed))
        return _do(request, actor, person, lambda: edit_note(actor=actor, note=mine, text=text))
    return _do(request, actor, person, lambda: add_note(actor=actor, person=person, text=text))


def _do(request: HttpRequest, actor: Actor, person: Person, deed: Callable[[], object]) -> HttpResponse:
    """Do it, or say on the page why not; a refusal for lack of rights is a page of its own."""
    try:
        deed()
    except DeiningError as refusal:
        if refusal.status in (403, 404):
            raise
        messages.error(request, str(refusal))
    address = reverse("person", kwargs={"brand": actor.brand.slug, "person_id": person.pk})
    return HttpResponseRedirect(address)
