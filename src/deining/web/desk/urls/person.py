"""Addresses: one person."""

from django.urls import path

from deining.web.desk.views import person

urlpatterns = [path("people/<int:person_id>", person.person, name="person")]
