from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "deining.web.desk"
    label = "desk"
