"""The public logs the bench measures on, each as a table of events (docs/relationship.md).

Nothing of them is in the project: they are read from the folder given with `--data`. A log that is not
there is skipped, and said to be.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
import pyarrow.parquet as pq


@dataclass(frozen=True)
class Log:
    """One community: its events, and what was decided while reading it."""

    name: str
    events: pa.Table
    remark: str = ""


def log_names() -> list[str]:
    """The logs that can be measured, in a fixed order."""
    return list(READERS)


def load_log(name: str, data: Path) -> Log:
    """Read one log. Raises FileNotFoundError (naming the file) when the data folder does not have it."""
    folder, reader = READERS[name]
    path = data / folder
    if not path.exists():
        raise FileNotFoundError(f"{path} is not there")
    return reader(name, path)


def _read(path: Path, columns: list[str] | None = None) -> pa.Table:
    table = pq.read_table(path, columns=columns)
    plain = [
        pa.field(f.name, pa.string() if pa.types.is_large_string(f.type) else f.type) for f in table.schema
    ]
    return table.cast(pa.schema(plain))


def _lean_zulip(name: str, path: Path) -> Log:
    columns = ["msg_id", "person", "is_bot", "ts", "kind", "stream", "topic", "pos"]
    table = _read(path, columns).sort_by(
        [("stream", "ascending"), ("topic", "ascending"), ("pos", "ascending"), ("msg_id", "ascending")]
    )
    thread = pc.binary_join_element_wise(table["stream"], table["topic"], " ")
    before = _author_before(table["person"], thread)
    events = pa.table(
        {
            "person": table["person"],
            "happened_at": table["ts"],
            "kind": _kind(pc.equal(table["kind"], "topic")),
            "about": thread,
            "channel": table["stream"],
            "answers_person": before,
        }
    )
    return Log(name, events.filter(pc.invert(table["is_bot"])), "bots left out")


def _author_before(person: pa.ChunkedArray, thread: pa.ChunkedArray) -> pa.Array:
    """Who wrote the message just before, in the same thread; null for the first and for one's own."""
    person, thread = person.combine_chunks(), thread.combine_chunks()
    earlier = pa.concat_arrays([pa.nulls(1, person.type), person.slice(0, len(person) - 1)])
    place = pa.concat_arrays([pa.nulls(1, thread.type), thread.slice(0, len(thread) - 1)])
    same = pc.fill_null(pc.and_(pc.equal(place, thread), pc.not_equal(earlier, person)), False)
    return pc.if_else(same, earlier, pa.scalar(None, person.type))


def _kind(starts: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(starts, "post", "reply")


def _mailing_list(name: str, path: Path) -> Log:
    table = _read(path)
    table = table.filter(pc.equal(table["list"], name))
    person = pc.coalesce(table["person_name"], table["person_addr"])
    answered = person.combine_chunks().take(
        pc.index_in(table["in_reply_to"], value_set=_first_only(table["msgid"]))
    )
    events = pa.table(
        {
            "person": person,
            "happened_at": table["ts"],
            "kind": _kind(pc.invert(table["is_reply"])),
            "about": table["subject"],
            "answers_person": answered,
        }
    )
    return Log(name, events, "a person is a name; an address where there is none")


def _first_only(ids: pa.ChunkedArray) -> pa.Array:
    """The ids in their own places, a repeated or absent one made unfindable, so that places stay row
    numbers."""
    known: set[str] = set()
    out: list[str] = []
    for row, value in enumerate(ids.to_pylist()):
        out.append(value if value is not None and value not in known else f"repeated {row}")
        known.add(value)
    return pa.array(out)


def _urho3d(name: str, path: Path) -> Log:
    table = _read(path, ["topic_id", "post_number", "reply_to", "person", "created_at"])
    place = pc.add(pc.multiply(table["topic_id"], 100_000), table["post_number"])
    target = pc.fill_null(pc.cast(table["reply_to"], pa.int64()), -1)
    target = pc.add(pc.multiply(table["topic_id"], 100_000), target)
    answered = table["person"].combine_chunks().take(pc.index_in(target, value_set=place.combine_chunks()))
    events = pa.table(
        {
            "person": table["person"],
            "happened_at": table["created_at"],
            "kind": _kind(pc.equal(table["post_number"], 1)),
            "about": pc.cast(table["topic_id"], pa.string()),
            "answers_person": answered,
        }
    )
    return Log(name, events)


def _git(name: str, path: Path) -> Log:
    table = _read(path, ["person_name", "author_ts"])
    kind = pa.repeat("contribution", table.num_rows)
    return Log(
        name, pa.table({"person": table["person_name"], "happened_at": table["author_ts"], "kind": kind})
    )


def _collegemsg(name: str, path: Path) -> Log:
    options = csv.ReadOptions(column_names=["from", "to", "ts"])
    table = csv.read_csv(path, read_options=options, parse_options=csv.ParseOptions(delimiter=" "))
    moment = pc.cast(pc.multiply(pc.cast(table["ts"], pa.int64()), 1_000_000), pa.timestamp("us", "UTC"))
    events = pa.table(
        {
            "person": table["from"],
            "happened_at": moment,
            "answers_person": table["to"],
            "kind": pa.repeat("message", table.num_rows),
        }
    )
    return Log(name, events, "193 days: the horizon is scaled down")


def _cdnow(name: str, path: Path) -> Log:
    split = (line.split() for line in path.read_text(encoding="ascii").splitlines())
    rows = [row for row in split if len(row) >= 4 and row[-3].isdigit()]
    person = [row[0] for row in rows]
    dates = pc.strptime(pa.array([row[-3] for row in rows]), format="%Y%m%d", unit="us")
    events = pa.table(
        {
            "person": person,
            "happened_at": pc.assume_timezone(dates, "UTC"),
            "kind": pa.repeat("order", len(rows)),
        }
    )
    return Log(
        name, events, "purchases of people who all came in the first twelve weeks; the horizon is scaled down"
    )


READERS: Final[dict[str, tuple[str, Callable[[str, Path], Log]]]] = {
    "lean_zulip": ("lean_zulip/messages.parquet", _lean_zulip),
    "r-devel": ("r_mailing_lists/messages.parquet", _mailing_list),
    "r-help": ("r_mailing_lists/messages.parquet", _mailing_list),
    "urho3d": ("urho3d_discourse/posts.parquet", _urho3d),
    "git wagtail": ("git_contributors/wagtail__wagtail.parquet", _git),
    "git mautic": ("git_contributors/mautic__mautic.parquet", _git),
    "git peps": ("git_contributors/python__peps.parquet", _git),
    "collegemsg": ("collegemsg/CollegeMsg.txt", _collegemsg),
    "cdnow": ("cdnow/CDNOW_master.txt", _cdnow),
    "cdnow sample": ("cdnow/CDNOW_sample.txt", _cdnow),
}
