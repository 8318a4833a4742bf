"""A file becomes an import: looked at, its columns guessed, nothing in the ledger yet."""

from collections.abc import Sequence
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from deining.channels.imports import log_kinds
from deining.channels.imports.access import get_import_for
from deining.channels.imports.models import Import, ImportState
from deining.channels.imports.opening import open_import
from deining.channels.imports.places import forget_upload, lies_within, uploads_of
from deining.core.actors import Actor
from deining.core.errors import Conflict, DeiningError, NotAllowed
from deining.core.log import record
from deining.core.roles import Capability


def draft_from_upload(*, actor: Actor, stored: Path, name: str) -> Import:
    """Take in a file that was uploaded to `stored`, which lies in the brand's own folder. `name` is what its
    owner calls it. A file that cannot be read is removed again.

    Raises `NotAllowed`, `UnusableFile`.
    """
    actor.require(Capability.IMPORT)
    if not lies_within(stored, [uploads_of(actor.brand.pk)]):
        raise ValueError(f"{stored} is not an upload of brand {actor.brand.pk}")
    run = Import(brand=actor.brand, name=_shown(name), path=str(stored), is_upload=True)
    try:
        return _drafted(actor, run)
    except DeiningError:
        forget_upload(run)
        raise


def draft_from_path(*, actor: Actor, path: str, within: Sequence[Path] | None) -> Import:
    """Point at a file or folder on the server, which must lie in one of the folders `within`; None permits
    every path, for whoever types a command on the machine itself.

    Raises `NotAllowed`, `DeiningError` when there is no such file, `UnusableFile`.
    """
    actor.require(Capability.IMPORT)
    wanted = Path(path.strip()).expanduser() if within is None else Path(path.strip())
    if within is not None and not (wanted.is_absolute() and lies_within(wanted, within)):
        raise NotAllowed(
            _("%(path)s does not lie in a folder from which files may be imported: %(folders)s.")
            % {"path": path, "folders": ", ".join(map(str, within)) or _("there is none yet")}
        )
    real = wanted.resolve()
    if not real.exists():
        raise DeiningError(_("There is no file %(path)s on the server. Check the path.") % {"path": path})
    run = Import(brand=actor.brand, name=_shown(wanted.name), path=str(real), is_upload=False)
    return _drafted(actor, run)


def discard(*, actor: Actor, run: Import) -> None:
    """Throw a draft away, with the uploaded file. Raises `NotAllowed`, `NotFound`, `Conflict`."""
    mine = get_import_for(actor, run.pk)
    with transaction.atomic():
        if not Import.objects.filter(pk=mine.pk, state=ImportState.DRAFT).delete()[0]:
            raise Conflict(_("%(name)s has begun already. Undo it instead.") % {"name": mine.name})
        record(actor, log_kinds.IMPORT_DISCARDED, import_id=mine.pk)
    forget_upload(mine)


def _drafted(actor: Actor, run: Import) -> Import:
    source = open_import(run)
    run.created_by = actor.user
    run.format = source.format
    run.mapping = source.mapping.to_json()
    run.size_bytes = source.size_bytes
    run.save()
    return run


def _shown(name: str) -> str:
    """The last part of a path in whatever style, on one line."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return " ".join("".join(letter for letter in last if letter.isprintable()).split())[:255] or _("a file")
