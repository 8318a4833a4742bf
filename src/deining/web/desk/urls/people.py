"""Addresses: people."""

from django.urls import path

from deining.web.desk.views import people

urlpatterns = [path("people", people.people, name="people"), path("people/find", people.find, name="people_find")]
