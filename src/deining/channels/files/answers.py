"""People's own answers to "would you like a closer relation with us?", from a file of their own (spec P3)."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from deining.channels.files.column_looks import looks_of
from deining.channels.files.column_names import name_score
from deining.channels.files.guess import guess_columns
from deining.channels.files.items import Item
from deining.channels.files.mapped import clean, translated
from deining.channels.files.places import find_items
from deining.channels.files.sniff import Reader, sniff
from deining.channels.files.source import sample_of
from deining.channels.files.unreadable import UnreadableFile
from deining.channels.files.words import yes_or_no

ANSWERS: Final = pa.schema([pa.field("person", pa.string()), pa.field("stated", pa.bool_())])


def read_answers(path: str | Path, lang: str = "en") -> pa.Table:
    """A table of person and stated (true: wants one); the last answer of a person counts, unclear ones do
    not.

    Raises UnreadableFile, also when no column holds answers (yes, no, ja, nee, 1, 0).
    """
    try:
        return _read(Path(path))
    except UnreadableFile as error:
        raise UnreadableFile(error.code, error.params, lang=lang) from error


def _read(path: Path) -> pa.Table:
    (group, _), *_ = find_items([path]).groups
    reader: Reader = sniff(group).reader if isinstance(group, Item) else group
    person, answer = _columns(reader)
    tables = [ANSWERS.empty_table()]
    for raw in reader.raw_batches([person, answer], [person, answer]):
        told = translated(clean(raw.rows.column(answer)), yes_or_no, pa.bool_())
        tables.append(pa.table([clean(raw.rows.column(person)), told], schema=ANSWERS))
    return last_answers(pa.concat_tables(tables))


def last_answers(table: pa.Table) -> pa.Table:
    """The last clear answer of each person, rows of `table` (person, stated) being in order of time."""
    clear = table.filter(pc.and_(pc.is_valid(table["person"]), pc.is_valid(table["stated"])))
    numbered = clear.append_column("place", pa.array(range(clear.num_rows), pa.int64()))
    places = numbered.group_by("person").aggregate([("place", "max")])["place_max"]
    return clear.take(places.sort())


def _columns(reader: Reader) -> tuple[str, str]:
    now = datetime.now(UTC)
    sample = sample_of(reader)
    looks = [look for look in looks_of(sample, "UTC", now) if look.filled]
    told = [look for look in looks if look.yes_no >= 0.5 and look.distinct <= 4]
    if not told:
        raise UnreadableFile("no_answers", {"file": reader.item.name, "columns": ", ".join(reader.columns)})
    answer = max(told, key=lambda look: (name_score("stated", look.name), look.yes_no, -look.place)).name
    others = sample.drop_columns([answer])
    person = next(
        (g.column for g in guess_columns(others, "UTC", now, header=True) if g.role == "person"), None
    )
    if person is None and others.num_columns == 1:
        person = others.column_names[0]
    if person is None:
        raise UnreadableFile("no_person", {"file": reader.item.name, "columns": ", ".join(reader.columns)})
    return person, answer
