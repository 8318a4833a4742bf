"""Addresses: people."""

from django.urls import path

from deining.web.desk.views import people, people_export

urlpatterns = [
    path("people", people.people, name="people"),
    path("people/find", people.find, name="people_find"),
    path("people/segment", people.segment, name="people_segment"),
    path("people/chosen", people.chosen, name="people_chosen"),
    path("people/export", people_export.export, name="people_export"),
]
