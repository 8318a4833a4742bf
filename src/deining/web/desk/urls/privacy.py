"""Addresses: how long things are kept, somebody's copy, erasing."""

from django.urls import path

from deining.web.desk.views import privacy

urlpatterns = [
    path("privacy", privacy.privacy, name="privacy"),
    path("privacy/count", privacy.count, name="privacy_count"),
    path("privacy/retention", privacy.retention, name="privacy_retention"),
    path("people/<int:person_id>/copy", privacy.copy, name="privacy_copy"),
    path("people/<int:person_id>/erase", privacy.erase, name="privacy_erase"),
]
