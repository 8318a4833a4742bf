"""Addresses of the staff desk: one module for each page and what belongs to it.

A brand's pages live under /b/<brand>/, and only an actor of that brand gets in (`web.desk.access`).
"""

from django.urls import include, path

_BRAND_PAGES = ("home", "people", "person", "imports", "merges", "members", "privacy")

urlpatterns = [
    path("", include("deining.web.desk.urls.start")),
    *(path("b/<slug:brand>/", include(f"deining.web.desk.urls.{page}")) for page in _BRAND_PAGES),
]
