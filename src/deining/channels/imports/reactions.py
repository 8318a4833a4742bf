"""What other rooms ask of imports: to forget a person, or a whole brand, in the files kept here."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from deining.channels.imports import log_kinds
from deining.channels.imports.models import Import, ImportState
from deining.channels.imports.places import forget_brand, forget_upload, reports_of
from deining.core.actions.brands import BrandRemoved
from deining.core.actors import system_actor
from deining.core.events import subscribe
from deining.core.log import record
from deining.core.models import Brand
from deining.people.forgetting import Traces, forgets

PIECE = 1 << 20


@forgets
def forget_in_files(brand: Brand, traces: Traces) -> None:
    """Take a person out of the lists of rejected rows, and remove uploads that wait and speak of them.

    An upload cannot be edited; its import is discarded, or loses its file when it had begun. The keyed hash
    would keep the person out of the ledger, but a copy that stays is a copy.
    """
    texts = {text for text in (*traces.unmistakable, *(name.casefold() for name in traces.names)) if text}
    for report in sorted(reports_of(brand.pk).glob("*")):
        _without(report, texts)
    for run in Import.objects.filter(brand=brand, is_upload=True).exclude(state=ImportState.DONE):
        if run.path and _speaks_of(Path(run.path), traces.unmistakable):
            _let_go(brand, run)


@subscribe(BrandRemoved)
def forget_files(event: BrandRemoved) -> None:
    """No file outlives its brand."""
    forget_brand(event.brand_id)


def _without(report: Path, texts: set[str]) -> None:
    """Write the report again without the rows that hold one of these texts."""
    draft = report.with_name(report.name + ".new")
    with (
        report.open(encoding="utf-8-sig", newline="") as old,
        draft.open("w", encoding="utf-8-sig", newline="") as new,
    ):
        rows = csv.reader(old)
        csv.writer(new).writerows(row for row in rows if not (_shown(row) & texts))
    draft.replace(report)


def _shown(row: list[str]) -> set[str]:
    """The texts of a row, and the words in them."""
    cells = [cell.strip().lstrip("'").casefold() for cell in row]
    return {*cells, *(word for cell in cells for word in cell.split())}


def _speaks_of(path: Path, texts: frozenset[str]) -> bool:
    if not path.is_file():
        return False
    if _is_packed(path):
        return True
    wanted = [text.encode() for text in texts if text]
    return any(text in piece for piece in _pieces(path) for text in wanted)


def _is_packed(path: Path) -> bool:
    """Whether nobody can tell by looking: an archive, Parquet, wide letters."""
    with path.open("rb") as file:
        start = file.read(4096)
    return start.startswith((b"PK", b"\x1f\x8b", b"PAR1")) or b"\x00" in start


def _pieces(path: Path) -> Iterator[bytes]:
    """The file in lower case, in pieces that overlap, so that nothing is missed at a border."""
    before = b""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            joined = before + piece.lower()
            yield joined
            before = joined[-400:]


def _let_go(brand: Brand, run: Import) -> None:
    if run.state == ImportState.DRAFT:
        run.delete()
        why = _("its file held somebody who was erased")
        record(system_actor(brand, "erasure"), log_kinds.IMPORT_DISCARDED, why=why, import_id=run.pk)
    forget_upload(run)
