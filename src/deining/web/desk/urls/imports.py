"""Addresses: imports."""

from django.urls import path

from deining.web.desk.views.imports import draft, listing, run, upload

urlpatterns = [
    path("imports/", listing.imports, name="imports"),
    path("imports/new", upload.new, name="imports_new"),
    path("imports/upload", upload.receive, name="imports_upload"),
    path("imports/from-path", upload.from_path, name="imports_from_path"),
    path("imports/<int:import_id>", listing.one, name="imports_one"),
    path("imports/<int:import_id>/preview", draft.preview, name="imports_preview"),
    path("imports/<int:import_id>/columns", draft.columns, name="imports_columns"),
    path("imports/<int:import_id>/start", draft.start, name="imports_start"),
    path("imports/<int:import_id>/discard", draft.discard, name="imports_discard"),
    path("imports/<int:import_id>/progress", run.progress, name="imports_progress"),
    path("imports/<int:import_id>/rejected", run.rejected, name="imports_rejected"),
    path("imports/<int:import_id>/retry", run.retry, name="imports_retry"),
    path("imports/<int:import_id>/undo", run.undo, name="imports_undo"),
]
