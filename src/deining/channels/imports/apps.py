from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "deining.channels.imports"
    label = "imports"

    def ready(self) -> None:
        from deining.channels.imports import log_kinds, reactions  # noqa: F401
