"""Addresses of a brand's house-keeping: the last step of starting, members, log, settings."""

from django.urls import path

from deining.web.desk.views import brand, log, members, start

urlpatterns = [
    path("welcome/", start.people, name="start_people"),
    path("members/", members.members, name="members"),
    path("members/invite", members.invite, name="members_invite"),
    path("members/<int:membership_id>/role", members.change_role, name="members_role"),
    path("members/<int:membership_id>/remove", members.remove, name="members_remove"),
    path("members/leave", members.leave, name="members_leave"),
    path("members/invitations/<int:invitation_id>/withdraw", members.withdraw, name="members_withdraw"),
    path("log/", log.log, name="log"),
    path("log.csv", log.export, name="log_export"),
    path("settings/", brand.settings, name="brand"),
    path("settings/remove", brand.remove, name="brand_remove"),
]
