"""An import that has begun: how far it is, what came of it, its rejected rows, its undo."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from deining.channels.imports.access import get_import_for
from deining.channels.imports.actions import runs
from deining.channels.imports.models import Import, ImportState
from deining.channels.imports.opening import reading_language
from deining.channels.imports.places import report_of
from deining.channels.imports.queries import how_far
from deining.core.actors import Actor
from deining.core.errors import NotFound
from deining.web.desk.access import brand_page
from deining.web.desk.words import whole


def run_context(actor: Actor, run: Import) -> dict[str, Any]:
    """What the page of a begun import shows."""
    context = {"run": run, "has_report": report_of(run).exists(), "remarks": _remarks(run)}
    return context | (_progress(actor, run) if run.is_at_work else {})


@brand_page
def progress(request: HttpRequest, actor: Actor, import_id: int) -> HttpResponse:
    """The moving part of the page; when the work is over, the whole page is asked for."""
    run = get_import_for(actor, import_id)
    response = render(request, "desk/imports/progress.html", {"run": run} | _progress(actor, run))
    if not run.is_at_work:
        response.headers["HX-Refresh"] = "true"
    return response


@brand_page
def rejected(request: HttpRequest, actor: Actor, import_id: int) -> HttpResponse:  # noqa: ARG001
    """The rejected rows as CSV."""
    run = get_import_for(actor, import_id)
    report = report_of(run)
    if not report.exists():
        raise NotFound(_("%(name)s has no list of rejected rows.") % {"name": run.name})
    name = _("rejected rows of %(name)s") % {"name": run.name.rpartition(".")[0] or run.name}
    response: Any = FileResponse(
        report.open("rb"), as_attachment=True, filename=f"{name}.csv", content_type="text/csv; charset=utf-8"
    )
    return response  # type: ignore[no-any-return]  # a streaming response is no HttpResponse to the stubs


@require_POST
@brand_page
def retry(request: HttpRequest, actor: Actor, import_id: int) -> HttpResponse:  # noqa: ARG001
    """Go on where it failed."""
    run = runs.retry(actor=actor, run=get_import_for(actor, import_id))
    return _to(actor, run)


@require_POST
@brand_page
def undo(request: HttpRequest, actor: Actor, import_id: int) -> HttpResponse:
    """Take all of it out of the ledger again."""
    run = runs.undo(actor=actor, run=get_import_for(actor, import_id))
    messages.success(request, _("%(name)s is being undone.") % {"name": run.name})
    return _to(actor, run)


def _to(actor: Actor, run: Import) -> HttpResponse:
    return HttpResponseRedirect(reverse("imports_one", args=[actor.brand.slug, run.pk]))


def _progress(actor: Actor, run: Import) -> dict[str, Any]:
    far = how_far(run)
    if run.state == ImportState.QUEUED:
        note = _("Waiting for its turn.")
    elif run.state == ImportState.UNDOING:
        note = _("Taking the rows out again: %(done)s of %(total)s.")
        note %= {"done": whole(far.done), "total": whole(far.total)}
    else:
        note = _("%(done)s rows done, %(people)s new people.")
        note %= {"done": whole(run.rows_done), "people": whole(run.people_added)}
    poll = reverse("imports_progress", args=[actor.brand.slug, run.pk]) if run.is_at_work else ""
    return {"done": far.done, "total": far.total, "note": note, "late": far.late, "poll": poll}


def _remarks(run: Import) -> list[str]:
    """What was left out on purpose, and what had to be interpreted."""
    if not run.left_out and not run.notes:
        return []
    from deining.channels.files import say
    from deining.channels.files.reasons import TABLE

    told = {f"left_out_{name}": count for name, count in run.left_out.items()}
    told |= {f"note_{name}": count for name, count in run.notes.items()}
    return [say(code, {"count": count}, reading_language()) for code, count in told.items() if code in TABLE]
