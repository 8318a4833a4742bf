"""Every address. A brand's pages live under /b/<short name>/."""

from django.urls import include, path

from deining.web import health, preferences

urlpatterns = [
    path("health", health.health, name="health"),
    path("look/language", preferences.choose_language, name="choose_language"),
    path("look/theme", preferences.choose_theme, name="choose_theme"),
    path("account/", include("allauth.urls")),
    path("", include("deining.web.desk.urls")),
]
