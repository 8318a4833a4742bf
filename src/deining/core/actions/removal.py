"""The slow half of removing a brand: its rows, table by table, a few thousand in each transaction."""

from collections import deque

from django.apps import apps
from django.db import models, transaction
from django_tasks import task

from deining.core import jobs
from deining.core.models import Brand

ROWS_AT_A_TIME = 20_000


@task()
def remove_rows(brand_id: int) -> dict[str, int]:
    """Remove everything that belongs to the brand, and then the brand. Goes on where a crash left it."""
    removed = 0
    for model, path in belongings():
        _loosen(model, path, brand_id)
        while count := _remove_some(model, path, brand_id):
            removed += count
            jobs.progress(removed, 0)
    with transaction.atomic():
        Brand.objects.filter(pk=brand_id)._raw_delete("default")
    return {"rows": removed}


def belongings() -> list[tuple[type[models.Model], str]]:
    """Every table with rows of a brand, and the lookup from its row to the brand (`person__brand`), in an
    order in which no row is removed before those that point at it."""
    paths = _paths_to_brand()
    ordered: list[type[models.Model]] = []
    waiting = sorted(paths, key=lambda model: model._meta.label)
    while waiting:
        pointed_at = {target for model in waiting for target in _targets(model) if target is not model}
        free = [model for model in waiting if model not in pointed_at] or waiting[:1]
        ordered += free
        waiting = [model for model in waiting if model not in free]
    return [(model, paths[model]) for model in ordered]


def _paths_to_brand() -> dict[type[models.Model], str]:
    """The shortest chain of owning foreign keys (those that cascade) from each model to `Brand`."""
    owners: dict[type[models.Model], list[tuple[type[models.Model], str]]] = {}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if _owns(field):
                owners.setdefault(field.related_model, []).append((model, field.name))  # type: ignore[arg-type]
    paths: dict[type[models.Model], str] = {}
    queue: deque[tuple[type[models.Model], str]] = deque([(Brand, "")])
    while queue:
        target, path = queue.popleft()
        for model, name in owners.get(target, []):
            if model not in paths and model is not Brand:
                paths[model] = f"{name}__{path}" if path else name
                queue.append((model, paths[model]))
    return paths


def _owns(field: models.Field[object, object]) -> bool:
    return isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE


def _targets(model: type[models.Model]) -> set[type[models.Model]]:
    """What this model's rows point at."""
    return {
        field.related_model
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and isinstance(field.related_model, type)
    }


def _loosen(model: type[models.Model], path: str, brand_id: int) -> None:
    """Let go of pointers within one table (a merged person to the one it merged into)."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.related_model is model and field.null:
            while ids := _some(model, path, brand_id, **{f"{field.name}__isnull": False}):
                with transaction.atomic():
                    model._base_manager.filter(pk__in=ids).update(**{field.name: None})


def _remove_some(model: type[models.Model], path: str, brand_id: int) -> int:
    with transaction.atomic():
        ids = _some(model, path, brand_id)
        return model._base_manager.filter(pk__in=ids)._raw_delete("default") or 0


def _some(model: type[models.Model], path: str, brand_id: int, **conditions: object) -> list[object]:
    rows = model._base_manager.filter(**{path: brand_id}, **conditions).values_list("pk", flat=True)
    return list(rows[:ROWS_AT_A_TIME])
