"""A new import: a file from the browser, or a path on the server."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from deining.channels.imports.actions.drafts import draft_from_path, draft_from_upload
from deining.channels.imports.models import Import
from deining.channels.imports.places import new_upload
from deining.config import config
from deining.core.actors import Actor
from deining.core.errors import DeiningError
from deining.core.roles import Capability
from deining.web.desk.access import brand_page
from deining.web.desk.views.imports.receiving import ReceivedFile, Receiver

MB = 1_000_000
FORM_EXTRA = 100_000
"""Bytes of a request that are not the file."""


@brand_page
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Drop a file, or name one on the server."""
    actor.require(Capability.IMPORT)
    return _form(request)


@csrf_exempt  # checked below: where the bytes go must be settled before anything reads the form
@require_POST
@brand_page
def receive(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take a file in, for who may."""
    actor.require(Capability.IMPORT)
    most = config().upload_max_mb * MB
    if int(request.headers.get("Content-Length") or 0) > most + FORM_EXTRA:
        return _form(request, _too_large())
    receiver = Receiver(request, lambda: new_upload(actor.brand), most)
    request.upload_handlers = [receiver]
    try:
        return _received(request, actor, receiver)
    finally:
        receiver.clear()


@csrf_protect
def _received(request: HttpRequest, actor: Actor, receiver: Receiver) -> HttpResponse:
    file = request.FILES.get("file")
    if receiver.is_too_large:
        return _form(request, _too_large())
    if receiver.is_disk_full:
        return _form(request, _("The server’s disk is full: the file was not kept. Make room, try again."))
    if not isinstance(file, ReceivedFile):
        return _form(request, _("No file came along. Choose one and try again."))
    try:
        run = draft_from_upload(actor=actor, stored=file.place, name=file.name or "")
    except DeiningError as refusal:
        return _form(request, str(refusal))
    receiver.is_kept = True
    return _to(actor, run)


@require_POST
@brand_page
def from_path(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Point at a file on the server."""
    path = request.POST.get("path", "")
    try:
        run = draft_from_path(actor=actor, path=path, within=config().import_folders)
    except DeiningError as refusal:
        if not actor.may(Capability.IMPORT):
            raise
        return _form(request, str(refusal), path)
    return _to(actor, run)


def _form(request: HttpRequest, refusal: str = "", path: str = "") -> HttpResponse:
    context = {
        "refusal": refusal,
        "path": path,
        "folders": config().import_folders,
        "upload_max_mb": config().upload_max_mb,
    }
    return render(request, "desk/imports/new.html", context, status=400 if refusal else 200)


def _too_large() -> str:
    words = _(
        "The file is larger than %(most)s MB, so it was not taken in. Pack it (.gz or .zip), or put it on "
        "the server and give its path. Whoever runs the server can raise DEINING_UPLOAD_MAX_MB."
    )
    return words % {"most": config().upload_max_mb}


def _to(actor: Actor, run: Import) -> HttpResponse:
    return HttpResponseRedirect(reverse("imports_one", args=[actor.brand.slug, run.pk]))
