"""Addresses: home, and how we know what it says."""

from django.urls import path

from deining.web.desk.views import home

urlpatterns = [
    path("", home.home, name="home"),
    path("progress/<int:job_id>", home.progress, name="home_progress"),
    path("how-we-know", home.how_we_know, name="home_how_we_know"),
]
