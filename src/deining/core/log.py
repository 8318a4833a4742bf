"""The log of who did what. Every action writes one entry, in its own transaction (spec P7).

Each room declares the kinds it writes, with words for people, in its `log_kinds.py`:

    MERGED = log_kind("person.merged", _("merged two people"))
"""

from typing import Any

from django.db import models
from django.utils.functional import Promise

from deining.core.actors import Actor
from deining.core.models import LogEntry

_kinds: dict[str, str | Promise] = {}


def log_kind(name: str, words: str | Promise) -> str:
    """Declare a kind of log entry, and what it says to a person."""
    if name in _kinds:
        raise ValueError(f"the log kind {name!r} is declared twice")
    _kinds[name] = words
    return name


def declared_kinds() -> dict[str, str | Promise]:
    """Every kind with its words, by name."""
    return dict(sorted(_kinds.items()))


def record(
    actor: Actor, kind: str, subject: models.Model | None = None, *, why: str = "", **data: Any
) -> LogEntry:
    """Write one entry. `data` holds ids and counts, never names or addresses: those must stay erasable."""
    if kind not in _kinds:
        raise ValueError(f"the log kind {kind!r} is not declared")
    return LogEntry.objects.create(
        brand=actor.brand,
        user=actor.user,
        actor_label=actor.label[:120],
        kind=kind,
        subject_type=subject._meta.model_name or "" if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        why=why[:300],
        data=data,
    )
