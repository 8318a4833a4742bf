from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "deining.people"
    label = "people"

    def ready(self) -> None:
        from deining.people import log_kinds, reactions  # noqa: F401
