"""Raw rows through a mapping to happenings; every row that cannot be read keeps its number and gets a
reason.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from deining.channels.files.dates import Times, as_text, parse_times
from deining.channels.files.happenings import SCHEMA, Batch, RawBatch, Rejected, excerpt
from deining.channels.files.mapping import Mapping
from deining.channels.files.words import direction_of, kind_of, yes_or_no
from deining.core.kinds import Direction, Kind

Bools = NDArray[np.bool_]

LONGEST: Final = 320
"""Characters of a person's id; the longest e-mail address there can be (RFC 3696)."""
DAY: Final = 86_400_000_000
ZERO_REACH: Final = 14 * 3_600_000_000
"""1 January 1970 in whatever time zone."""
YEAR_1990: Final = 631_152_000_000_000
_NOTHING: Final = pa.array(
    ["", "null", "NULL", "Null", "none", "None", "nan", "NaN", "NAN", "n/a", "N/A", "nil", "\\N", "undefined"]
)
_REASONS: Final = (
    "",
    "no_person",
    "person_too_long",
    "no_time",
    "bad_time",
    "epoch_zero",
    "before_1990",
    "in_future",
)
_OF_PERSON: Final = ("no_person", "person_too_long")


def map_rows(raw: RawBatch, mapping: Mapping, now: datetime, file: str = "") -> Batch:
    """The happenings of one raw batch; `now` (aware) decides what lies in the future."""
    view = _View(raw.rows, mapping)
    bots = view.bots() if mapping.leave_out_bots else np.zeros(raw.rows.num_rows, np.bool_)
    person = view.words("person")
    written = view.written_time()
    times = parse_times(written, mapping.tz, day_first=mapping.day_first)
    faults = np.where(bots, 0, _faults(person, written, times, mapping, now))
    rejected = _rejected(faults, raw.numbers, person, written, mapping, file)
    keep = pa.array(~bots & (faults == 0))
    happenings = view.happenings(raw.numbers, person, times.instants).filter(keep)
    left_out = {**raw.left_out, **({"bots": int(bots.sum())} if bots.any() else {})}
    return Batch(happenings, raw.rejected + rejected, left_out, _notes(raw.notes, times), file)


def _notes(notes: dict[str, int], times: Times) -> dict[str, int]:
    counted = {"ambiguous": times.ambiguous, "nonexistent": times.nonexistent, "naive": times.naive}
    return {**notes, **{code: count for code, count in counted.items() if count}}


def _faults(
    person: pa.Array, written: pa.Array, times: Times, mapping: Mapping, now: datetime
) -> NDArray[np.int8]:
    """The index in `_REASONS` of what is wrong with each row."""
    micros = np.asarray(pc.fill_null(times.instants.cast(pa.int64()), DAY * 10_000))
    early = np.zeros(len(micros), np.bool_) if mapping.allow_before_1990 else micros < YEAR_1990
    return np.select(
        [
            np.asarray(pc.is_null(person)),
            np.asarray(pc.fill_null(pc.greater(pc.utf8_length(person), LONGEST), False)),
            _blank(written),
            np.asarray(pc.is_null(times.instants)),
            np.abs(micros) <= ZERO_REACH,
            early,
            micros > now.timestamp() * 1e6 + DAY,
        ],
        np.arange(1, len(_REASONS), dtype=np.int8),
        np.int8(0),
    ).astype(np.int8)


def _blank(written: pa.Array) -> Bools:
    if pa.types.is_temporal(written.type):
        return np.asarray(pc.is_null(written))
    return np.asarray(pc.is_null(clean(written)))


def _rejected(
    faults: NDArray[np.int8],
    numbers: NDArray[np.int64],
    person: pa.Array,
    written: pa.Array,
    mapping: Mapping,
    file: str,
) -> list[Rejected]:
    rows: list[Rejected] = []
    for place in np.flatnonzero(faults).tolist():
        reason = _REASONS[faults[place]]
        of_person = reason in _OF_PERSON
        value = (person if of_person else written)[place].as_py()
        column = mapping.columns["person" if of_person else "time"]
        rows.append(
            Rejected(int(numbers[place]), column, reason, excerpt("" if value is None else value), file)
        )
    return rows


class _View:
    """The columns of a raw batch by role."""

    def __init__(self, rows: pa.RecordBatch, mapping: Mapping) -> None:
        self.rows = rows
        self.mapping = mapping

    def raw(self, role: str) -> pa.Array | None:
        name = self.mapping.column(role)
        return None if name is None else self.rows.column(name)

    def words(self, role: str) -> pa.Array:
        """A role's values as trimmed text; blanks and words for nothing are null."""
        column = self.raw(role)
        if column is None:
            return pa.nulls(self.rows.num_rows, pa.string())
        return clean(column)

    def written_time(self) -> pa.Array:
        """The time as written; a date and a separate time of day are put together."""
        time = self.rows.column(self.mapping.columns["time"])
        clock = self.raw("clock")
        if clock is None:
            return time
        day = pc.utf8_trim_whitespace(time.cast(pa.string()))
        hour = pc.fill_null(clean(clock.cast(pa.string())), "")
        return pc.utf8_trim_whitespace(pc.binary_join_element_wise(day, hour, " "))

    def bots(self) -> Bools:
        """Rows that a machine wrote, as the file flags them."""
        return np.asarray(pc.fill_null(self.flags("bot"), False))

    def flags(self, role: str) -> pa.Array:
        """Yes and no as booleans, null for anything else."""
        column = self.raw(role)
        if column is None:
            return pa.nulls(self.rows.num_rows, pa.bool_())
        if pa.types.is_boolean(column.type):
            return column
        return translated(clean(column), yes_or_no, pa.bool_())

    def kinds(self) -> pa.Array:
        """Each row's kind: by its word, else by whether it answers something, else what all rows are."""
        raw = self.words("kind")
        named = translated(raw, lambda word: kind_of(word).value, pa.string())
        return pc.coalesce(named, self._kind_without_word())

    def _kind_without_word(self) -> pa.Array:
        answers = self.mapping.column("in_answer_to") is not None
        if not answers and self.mapping.column("is_reply") is None:
            return pa.repeat(self.mapping.kind, self.rows.num_rows)
        flags = self.flags("is_reply")
        if flags.null_count == len(flags):
            flags = pc.is_valid(self.words("in_answer_to" if answers else "is_reply"))
        return pc.if_else(pc.fill_null(flags, False), Kind.REPLY.value, Kind.POST.value)

    def directions(self) -> pa.Array:
        """Theirs unless the file says it was us."""
        they = pa.repeat(Direction.THEY.value, self.rows.num_rows)
        if self.mapping.column("direction") is None:
            return they
        column = as_text(self.rows.column(self.mapping.columns["direction"]))
        return pc.coalesce(
            translated(clean(column), lambda word: direction_of(word).value, pa.string()), they
        )

    def networks(self) -> pa.Array:
        """Where the person's id lives: a column's word, else the file's own."""
        own = pa.repeat(self.mapping.network, self.rows.num_rows)
        return pc.coalesce(pc.utf8_lower(self.words("network")), own)

    def happenings(self, numbers: NDArray[np.int64], person: pa.Array, instants: pa.Array) -> pa.RecordBatch:
        """All rows in the shape of SCHEMA, with nulls still where a row will be rejected."""
        columns = {
            "row": pa.array(numbers),
            "person": person,
            "network": self.networks(),
            "name": self.words("name"),
            "handle": self.words("handle"),
            "email": self.words("email"),
            "happened_at": instants,
            "kind": self.kinds(),
            "kind_raw": self.words("kind"),
            "direction": self.directions(),
            "asked": self.flags("asked"),
            "about": self.words("about"),
            "external_id": self.words("external_id"),
            "in_answer_to": self.words("in_answer_to"),
            "stated": self.flags("stated"),
        }
        arrays = [columns[field.name].cast(field.type) for field in SCHEMA]
        return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)


def clean(column: pa.Array) -> pa.Array:
    """Text without blanks around it or zero bytes in it; null where it says nothing."""
    text = as_text(column)
    if pc.any(pc.match_substring(text, "\x00"), min_count=0).as_py():
        text = pc.replace_substring(text, "\x00", "")
    text = pc.utf8_trim_whitespace(text)
    nothing = pc.is_in(text, _NOTHING)
    text = pc.if_else(pc.fill_null(nothing, False), pa.scalar(None, pa.string()), text)
    if pc.any(pc.ends_with(text, ".0"), min_count=0).as_py():
        text = pc.replace_substring_regex(text, r"^(\d+)\.0$", r"\1")
    return text


def translated(words: pa.Array, meaning: Callable[[str], bool | str | None], kind: pa.DataType) -> pa.Array:
    """Each different word looked up once."""
    coded = words.dictionary_encode()
    table = pa.array([meaning(word) for word in coded.dictionary.to_pylist()], kind)
    return table.take(coded.indices)
