"""Addresses outside any brand: the first page, starting, choosing a brand, invitations, oneself."""

from django.urls import path

from deining.web.desk.views import invitation, me, start

urlpatterns = [
    path("", start.front, name="start"),
    path("start/code", start.code, name="start_code"),
    path("start/you", start.you, name="start_you"),
    path("start/brand", start.brand, name="start_brand"),
    path("start/look-around", start.look_around, name="start_look_around"),
    path("brands/", start.brands, name="brands"),
    path("invitation/<str:token>", invitation.accept, name="invitation"),
    path("me/", me.profile, name="account_security"),
    path("me/sign-out-elsewhere", me.sign_out_elsewhere, name="account_sign_out_elsewhere"),
]
