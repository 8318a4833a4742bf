"""Addresses: merge suggestions and merges."""

from django.urls import path

from deining.web.desk.views import merges

urlpatterns = [
    path("merges", merges.merges, name="merges"),
    path("merges/done", merges.done, name="merges_done"),
    path("merges/look", merges.look, name="merges_look"),
    path("merges/undo/<int:merge_id>", merges.undo, name="merges_undo"),
    path("merges/<int:proposal_id>/reopen", merges.reopen, name="merges_reopen"),
    path("merges/<int:proposal_id>/<slug:said>", merges.decide, name="merges_decide"),
]
