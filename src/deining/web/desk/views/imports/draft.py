"""A draft: what its columns mean, with a preview that follows every change."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from deining.channels.imports.access import get_import_for
from deining.channels.imports.actions import drafts, runs
from deining.channels.imports.actions.columns import Choices, change_columns, with_choices
from deining.channels.imports.models import Import, ImportState
from deining.channels.imports.opening import in_their_words, reading_language
from deining.channels.imports.queries import known_networks
from deining.core import clock
from deining.core.actors import Actor
from deining.core.errors import Conflict, DeiningError
from deining.core.kinds import Direction, Kind
from deining.web.desk.access import brand_page
from deining.web.desk.asked import kind_choices
from deining.web.desk.kind_words import kind_name
from deining.web.desk.views.imports.fields import choices_from, fields_of

if TYPE_CHECKING:
    from deining.channels.files import Source

ROWS = 12


def draft_page(
    request: HttpRequest, actor: Actor, run: Import, choices: Choices | None = None, refusal: str = ""
) -> HttpResponse:
    """The form with its preview. A file that went away, or broke, still has a page to discard it on."""
    context: dict[str, Any] = {"run": run, "refusal": refusal}
    try:
        source = with_choices(run, choices or Choices())
    except DeiningError as problem:
        context |= {"refusal": refusal or str(problem), "is_unreadable": True}
    else:
        context |= _form(actor, source) | _preview(actor, run, source)
    return render(request, "desk/imports/draft.html", context, status=400 if refusal else 200)


@require_POST
@brand_page
def preview(request: HttpRequest, actor: Actor, import_id: int) -> HttpResponse:
    """The preview with what the form says now; nothing is stored."""
    run = _draft(actor, import_id)
    try:
        context = _preview(actor, run, with_choices(run, choices_from(request.POST)))
    except DeiningError as problem:
        context = {"problem": str(problem)}
    return render(request, "desk/imports/preview.html", context | {"run": run})


@require_POST
@brand_page
def columns(request: HttpRequest, actor: Actor, import_id: int) -> HttpResponse:
    """Keep what the form says, and show it."""
    run = _draft(actor, import_id)
    try:
        change_columns(actor=actor, run=run, choices=choices_from(request.POST))
    except DeiningError as refusal:
        return draft_page(request, actor, run, refusal=str(refusal))
    return _to(actor, run)


@require_POST
@brand_page
def start(request: HttpRequest, actor: Actor, import_id: int) -> HttpResponse:
    """Keep what the form says, and begin."""
    run = _draft(actor, import_id)
    try:
        run = change_columns(actor=actor, run=run, choices=choices_from(request.POST))
        runs.start(actor=actor, run=run)
    except Conflict:
        raise
    except DeiningError as refusal:
        return draft_page(request, actor, run, refusal=str(refusal))
    return _to(actor, run)


@require_POST
@brand_page
def discard(request: HttpRequest, actor: Actor, import_id: int) -> HttpResponse:
    """Throw the draft and its file away."""
    run = get_import_for(actor, import_id)
    drafts.discard(actor=actor, run=run)
    messages.success(request, _("%(name)s is discarded, and its file removed.") % {"name": run.name})
    return HttpResponseRedirect(reverse("imports", args=[actor.brand.slug]))


def _draft(actor: Actor, import_id: int) -> Import:
    run = get_import_for(actor, import_id)
    if run.state != ImportState.DRAFT:
        raise Conflict(_("%(name)s has begun already; its columns stay as they are.") % {"name": run.name})
    return run


def _to(actor: Actor, run: Import) -> HttpResponse:
    return HttpResponseRedirect(reverse("imports_one", args=[actor.brand.slug, run.pk]))


def _form(actor: Actor, source: "Source") -> dict[str, Any]:
    return {
        "groups": fields_of(source),
        "columns": source.columns,
        "mapping": source.mapping,
        "kinds": kind_choices(),
        "networks": known_networks(actor),
    }


def _preview(actor: Actor, run: Import, source: "Source") -> dict[str, Any]:
    from deining.channels.files import say

    with in_their_words(run):
        shown = source.preview(ROWS)
    language = reading_language()
    return {
        "rows": [_shown(actor, row) for row in shown],
        "raw_columns": source.columns,
        "problem": _problem(run, source),
        "remarks": [say(code, params, language) for code, params in source.notes()],
    }


def _problem(run: Import, source: "Source") -> str:
    """What still keeps the import from starting."""
    try:
        with in_their_words(run):
            source.checked()
    except DeiningError:
        return _("Say which column tells who it was, and which one when. Nothing can be read without.")
    return ""


def _shown(actor: Actor, row: dict[str, Any]) -> dict[str, Any]:
    """A row of the preview as words, in the brand's own time."""
    mapped = row["mapped"]
    raw = ["" if value is None else str(value)[:80] for value in row["raw"].values()]
    if mapped is None:
        return {"row": row["row"], "raw": raw, "reasons": row["reasons"], "mapped": None}
    moment: datetime = mapped["happened_at"]
    told = {
        "who": mapped["name"] or mapped["handle"] or mapped["person"],
        "account": mapped["person"],
        "network": mapped["network"],
        "when": moment.astimezone(clock.zone(actor.brand.time_zone)),
        "kind": kind_name(Kind(mapped["kind"])),
        "kind_raw": mapped["kind_raw"] or "",
        "is_ours": mapped["direction"] == Direction.WE,
        "about": (mapped["about"] or "")[:80],
        "asked": mapped["asked"],
        "stated": mapped["stated"],
    }
    return {"row": row["row"], "raw": raw, "reasons": row["reasons"], "mapped": told}
