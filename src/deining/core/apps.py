from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "deining.core"
    label = "core"

    def ready(self) -> None:
        from deining.core import log_kinds  # noqa: F401
