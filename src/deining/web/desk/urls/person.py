"""Addresses: one person, and what one does with them."""

from django.urls import path

from deining.web.desk.views import person, person_deeds

urlpatterns = [
    path("people/<int:person_id>", person.person, name="person"),
    path("people/<int:person_id>/timeline", person.timeline, name="person_timeline"),
    path("people/<int:person_id>/history", person.history, name="person_history"),
    path("people/<int:person_id>/name", person_deeds.name, name="person_name"),
    path("people/<int:person_id>/owner", person_deeds.owner, name="person_owner"),
    path("people/<int:person_id>/tag", person_deeds.tag, name="person_tag"),
    path("people/<int:person_id>/note", person_deeds.note, name="person_note"),
]
