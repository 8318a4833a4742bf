"""The list of people as CSV (streamed) or Parquet."""

import csv
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import IO, Any, Final

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from deining.core import clock
from deining.core.actors import Actor
from deining.people.actions.exporting import COLUMNS, ExportedPerson, export_people
from deining.people.queries.filters import Filters
from deining.web.desk.access import brand_page
from deining.web.desk.views.people import chosen_ids, question

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that starts with one of these is run as a formula by spreadsheets, unless a quote goes before it."""


@require_POST
@brand_page
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The people of the question, or, with `only=chosen`, the ticked ones."""
    chosen = chosen_ids(request) if request.POST.get("only") == "chosen" else None
    chunks = export_people(
        actor=actor, filters=Filters.read(question(request)), language=get_language() or "en", chosen=chosen
    )
    name = f"{actor.brand.slug}-{clock.now():%Y-%m-%d}"
    if request.POST.get("format") == "parquet":
        return FileResponse(_parquet(chunks), as_attachment=True, filename=f"{name}.parquet")  # type: ignore[return-value]
    response = StreamingHttpResponse(_csv(chunks), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response  # type: ignore[return-value]  # the door passes any response through


class _Echo:
    """What csv.writer writes to; it hands the line back instead."""

    def write(self, line: str) -> str:
        return line


def _csv(chunks: Iterable[list[ExportedPerson]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"  # so that spreadsheets read it as UTF-8
    yield writer.writerow(COLUMNS)
    for chunk in chunks:
        yield "".join(writer.writerow([_cell(value) for value in asdict(line).values()]) for line in chunk)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(DANGEROUS) else value
    if isinstance(value, float):
        return f"{value:.6f}"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _parquet(chunks: Iterable[list[ExportedPerson]]) -> IO[bytes]:
    """A temporary file that goes away when it is closed."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    text, real, moment = pa.string(), pa.float64(), pa.timestamp("us", tz="UTC")
    types = [
        pa.int64(),
        text,
        text,
        real,
        real,
        real,
        real,
        text,
        pa.date32(),
        pa.int64(),
        moment,
        moment,
    ] + [text] * 3
    schema = pa.schema(list(zip(COLUMNS, types, strict=True)))
    target = tempfile.TemporaryFile()  # noqa: SIM115 -- the response closes it
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for chunk in chunks:
            writer.write_table(pa.Table.from_pylist([asdict(line) for line in chunk], schema=schema))
    target.seek(0)
    return target
