"""Every address. A brand's pages live under /b/<short name>/."""

from django.urls import include, path

from deining.web import health

urlpatterns = [
    path("health", health.health, name="health"),
    path("account/", include("allauth.urls")),
    path("", include("deining.web.desk.urls")),
]
