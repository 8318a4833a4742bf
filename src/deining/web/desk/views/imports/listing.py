"""All imports of a brand, and the page of one: what it shows follows its state."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from deining.channels.imports.access import get_import_for
from deining.channels.imports.models import ImportState
from deining.channels.imports.queries import imports_of
from deining.core.actors import Actor
from deining.web.desk.access import brand_page
from deining.web.desk.views.imports.draft import draft_page
from deining.web.desk.views.imports.run import run_context


@brand_page
def imports(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The list, newest first."""
    before = request.GET.get("before", "")
    runs, are_more = imports_of(actor, int(before) if before.isdecimal() else None)
    older = f"?before={runs[-1].pk}" if are_more else ""
    return render(request, "desk/imports/list.html", {"runs": runs, "older": older, "is_first": not before})


@brand_page
def one(request: HttpRequest, actor: Actor, import_id: int) -> HttpResponse:
    """A draft shows its columns, a running import how far it is, a finished one what came of it."""
    run = get_import_for(actor, import_id)
    if run.state == ImportState.DRAFT:
        return draft_page(request, actor, run)
    return render(request, "desk/imports/run.html", run_context(actor, run))
