"""Saying what a file's columns mean."""

from collections.abc import Mapping as Mappings
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from deining.channels.imports.access import get_import_for
from deining.channels.imports.models import Import, ImportState
from deining.channels.imports.opening import in_their_words, open_import
from deining.core.actors import Actor
from deining.core.errors import Conflict, DeiningError
from deining.core.kinds import Kind

if TYPE_CHECKING:
    from deining.channels.files import Source

LONGEST_NETWORK = 40


@dataclass(frozen=True, slots=True)
class Choices:
    """What a colleague decided about a file. None leaves a setting as it is.

    `columns`: role -> name of the column, empty for none; roles that are not in it stay as they are.
    """

    columns: Mappings[str, str] = field(default_factory=dict)
    tz: str | None = None
    day_first: bool | None = None
    network: str | None = None
    kind: str | None = None
    leave_out_bots: bool | None = None


def with_choices(run: Import, choices: Choices) -> "Source":
    """The import's file as these choices would read it; nothing is stored. Raises `UnusableFile`."""
    source = open_import(run)
    with in_their_words(run):
        before = source.mapping.columns
        changed = {
            role: name or None for role, name in choices.columns.items() if before.get(role, "") != name
        }
        if changed:
            source = source.with_columns(**changed)
        if "time" in changed:  # another column has its own order of day and month
            choices = replace(choices, day_first=None)
        settings = {name: value for name, value in _settings(choices).items() if value is not None}
        return source.with_mapping(**settings) if settings else source


def change_columns(*, actor: Actor, run: Import, choices: Choices) -> Import:
    """Keep these choices with the draft. Raises `NotAllowed`, `NotFound`, `Conflict`, `UnusableFile`."""
    mine = get_import_for(actor, run.pk)
    mapping = with_choices(mine, choices).mapping.to_json()
    if not Import.objects.filter(pk=mine.pk, state=ImportState.DRAFT).update(mapping=mapping):
        raise Conflict(_("%(name)s has begun already; its columns stay as they are.") % {"name": mine.name})
    mine.mapping = mapping
    return mine


def _settings(choices: Choices) -> dict[str, str | bool | None]:
    if choices.tz is not None:
        _require_zone(choices.tz)
    if choices.kind is not None and choices.kind not in set(Kind):
        raise DeiningError(
            _("“%(word)s” is not a kind of happening. Choose one of the list.") % {"word": choices.kind}
        )
    network = None if choices.network is None else " ".join(choices.network.lower().split())[:LONGEST_NETWORK]
    return {
        "tz": choices.tz,
        "day_first": choices.day_first,
        "network": network or None,
        "kind": choices.kind,
        "leave_out_bots": choices.leave_out_bots,
    }


def _require_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise DeiningError(
            _("“%(zone)s” is not a time zone. Use a name such as Europe/Brussels.") % {"zone": name}
        ) from error
