"""The work of `deining find`, step by step: read, find, write, show."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import pyarrow as pa
import pyarrow.compute as pc
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.text import Text

from deining.channels.files import (
    RejectedFile,
    Source,
    UnreadableFile,
    last_answers,
    open_source,
    read_answers,
    say,
)
from deining.cli.report import machines, terminal
from deining.cli.report.findings import Findings, Reading, best_names
from deining.cli.report.html import page
from deining.cli.report.words import Words
from deining.insight import relationship

EVENT_COLUMNS = ("person", "happened_at", "kind", "direction", "asked", "about")
SCREEN = Path("-")
STEPS = frozenset({"reading", "learning", "testing", "scoring"})
NAMES = pa.schema([("person", pa.string()), ("name", pa.string()), ("handle", pa.string())])
NAMED = 2_000
"""How many of the first people get their names looked up."""


class Stop(Exception):
    """The input or the place to write makes it impossible; the message is the sentence to show."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person at the keyboard asked for."""

    paths: list[Path]
    columns: dict[str, str | None]
    stated: str | None
    html: Path | None
    json: Path | None
    csv: Path | None
    rejected: Path | None
    lang: str
    tz: str
    limit: int
    month_first: bool
    with_bots: bool

    @property
    def outputs(self) -> list[Path]:
        """Files to write."""
        return [path for path in (self.html, self.json, self.csv, self.rejected) if path and path != SCREEN]


def run(asked: Asked) -> None:
    """Find, write and show. Raises Stop with a sentence."""
    words = Words(asked.lang)
    _check_places(asked, words)
    try:
        findings = _found(asked, words)
    except (UnreadableFile, relationship.UnusableEvents) as error:
        raise Stop(str(error)) from error
    _write(asked, findings, words)
    if SCREEN not in (asked.json, asked.csv):
        terminal.show(_screen(), findings, words)
    for path in asked.outputs:
        if path != asked.rejected or findings.reading.rejected:
            note(words("written", file=str(path)))


def note(line: str) -> None:
    """A remark beside the result, on standard error."""
    print(line, file=sys.stderr)


def _screen() -> Console:
    """Standard output; when it is a file or a pipe, lines may be longer than eighty characters."""
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 120
    return Console(width=width, highlight=False, soft_wrap=False)


def _check_places(asked: Asked, words: Words) -> None:
    """Better now than after a minute of work."""
    if asked.json == SCREEN and asked.csv == SCREEN:
        raise Stop(words("one_stdout"))
    for path in asked.outputs:
        if not path.absolute().parent.is_dir():
            raise Stop(words("no_folder", file=str(path), folder=str(path.absolute().parent)))


def _found(asked: Asked, words: Words) -> Findings:
    with _progress() as progress:
        task = progress.add_task(words("looking"), total=None)
        source, answers = _source(asked, words)
        reading, events, names = _read(source, asked, progress, task, words)
        events = _with_answered(events)
        answers = answers if answers is not None else _answers_within(events)

        def step(name: str, done: int, of: int) -> None:
            if name in STEPS:
                progress.update(task, description=words(f"step_{name}"), completed=done, total=of)

        progress.update(task, description=words("step_learning"), completed=0, total=3)
        given = events.drop_columns(
            [name for name in ("external_id", "in_answer_to", "stated") if name in events.column_names]
        )
        found = relationship.find(given, tz=asked.tz, stated=answers, progress=step)
    first = [str(key) for key in found.people["person"].slice(0, max(asked.limit, NAMED)).to_pylist()]
    reading.names = best_names(names, first)
    return Findings(found, reading, asked.limit)


class _BytesRead(DownloadColumn):
    """Bytes while reading; the steps after it have no size."""

    def render(self, task: Task) -> Text:
        """Nothing for a handful of steps."""
        return super().render(task) if (task.total or 0) > len(STEPS) else Text()


@contextmanager
def _progress() -> Iterator[Progress]:
    """A progress display on standard error, gone when the work is done; nothing when nobody looks."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), _BytesRead(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield progress


def _source(asked: Asked, words: Words) -> tuple[Source, pa.Table | None]:
    """The source with what was said by hand, and answers that come from a file of their own."""
    source = open_source(asked.paths, lang=words.lang, tz=asked.tz)
    columns = {role: name for role, name in asked.columns.items() if name}
    answers = None
    if asked.stated and Path(asked.stated).is_file():
        answers = read_answers(asked.stated, words.lang)
    elif asked.stated and asked.stated in source.columns:
        columns["stated"] = asked.stated
    elif asked.stated:
        raise Stop(words("stated_unknown", name=asked.stated, columns=", ".join(source.columns)))
    if columns:
        source = source.with_columns(**columns)
    if asked.month_first:
        source = source.with_mapping(day_first=False)
    if asked.with_bots:
        source = source.with_mapping(leave_out_bots=False)
    return source.checked(), answers


def _read(
    source: Source, asked: Asked, progress: Progress, task: TaskID, words: Words
) -> tuple[Reading, pa.Table, pa.Table]:
    """All happenings as one table with the columns the model reads, and who is called what."""
    reading = Reading(source.files, source.format, source.mapping, notes=source.notes())
    progress.update(task, description=words("step_reading"), total=source.size_bytes)
    wanted = _wanted(source)
    events: list[pa.Table] = []
    names: list[pa.Table] = []
    counts: dict[str, int] = {}
    with _rejected_file(asked, words) as keep:
        for batch in source.batches(lambda done, total: progress.update(task, completed=done, total=total)):
            rows = pa.Table.from_batches([batch.happenings])
            reading.rows += rows.num_rows
            reading.left_out.update(batch.left_out)
            reading.reject(batch.rejected)
            keep(batch.rejected)
            for code, count in batch.notes.items():
                counts[code] = counts.get(code, 0) + count
            events.append(rows.select(wanted))
            if source.mapping.column("name") or source.mapping.column("handle"):
                names.append(rows.select(NAMES.names).cast(NAMES).group_by(NAMES.names).aggregate([]))
    if not reading.rows:
        raise Stop(_nothing(reading, words))
    reading.rejected_file = str(asked.rejected) if asked.rejected and reading.rejected else ""
    reading.notes += _time_notes(counts, source)
    return reading, pa.concat_tables(events), pa.concat_tables([NAMES.empty_table(), *names])


def _wanted(source: Source) -> list[str]:
    """Only what is there: a column without values costs memory and says nothing."""
    always = {"person", "happened_at", "kind"}
    linked = {"external_id", "in_answer_to"} if source.mapping.column("in_answer_to") else set()
    mapped = {role for role in ("direction", "asked", "stated") if source.mapping.column(role)}
    keep = always | linked | mapped
    return [*(name for name in EVENT_COLUMNS if name in keep), *sorted(linked | (mapped & {"stated"}))]


def _time_notes(counts: dict[str, int], source: Source) -> list[tuple[str, dict[str, Any]]]:
    notes: list[tuple[str, dict[str, Any]]] = [
        (f"note_{code}", {"count": counts[code]})
        for code in ("padded", "ambiguous", "nonexistent")
        if code in counts
    ]
    if counts.get("naive"):
        notes.append(("note_tz", {"tz": source.mapping.tz}))
    return notes


def _nothing(reading: Reading, words: Words) -> str:
    reason = next(iter(reading.rejected.most_common(1)), ("no_person", 0))[0]
    return words("no_rows", count=sum(reading.rejected.values()), reason=say(f"row_{reason}", {}, words.lang))


@contextmanager
def _rejected_file(asked: Asked, words: Words) -> Iterator[Callable[[list[Any]], None]]:
    if asked.rejected is None:
        yield lambda _: None
        return
    try:
        with RejectedFile(asked.rejected, words.lang) as out:
            yield out.write
    except OSError as error:
        raise _cannot_write(asked.rejected, error, words) from error


def _with_answered(events: pa.Table) -> pa.Table:
    """Whom each row answers, where the file links its rows."""
    if "in_answer_to" not in events.column_names:
        return events
    ids = events["external_id"].combine_chunks()
    place = pc.index_in(events["in_answer_to"].combine_chunks(), value_set=ids, skip_nulls=True)
    place = pc.if_else(
        pc.is_valid(events["in_answer_to"].combine_chunks()), place, pa.scalar(None, pa.int32())
    )
    return events.append_column("answers_person", events["person"].combine_chunks().take(place))


def _answers_within(events: pa.Table) -> pa.Table | None:
    """Answers that stand in a column of the log itself; the last one of each person."""
    if "stated" not in events.column_names:
        return None
    ordered = events.select(["person", "stated", "happened_at"]).sort_by("happened_at")
    answers = last_answers(ordered.select(["person", "stated"]))
    return answers if answers.num_rows else None


def _write(asked: Asked, findings: Findings, words: Words) -> None:
    if asked.html:
        _to(asked.html, words, lambda out: out.write(page(findings, words.lang)))
    if asked.json:
        _to(asked.json, words, lambda out: machines.write_json(out, findings, words.lang))
    if asked.csv:
        _to(asked.csv, words, lambda out: machines.write_csv(out, findings, words.lang))


def _to(path: Path, words: Words, write: Callable[[TextIO], Any]) -> None:
    """Write to the screen, or to a file that is either whole or not there."""
    if path == SCREEN:
        write(sys.stdout)
        sys.stdout.flush()
        return
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as out:
            write(out)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise _cannot_write(path, error, words) from error


def _cannot_write(path: Path, error: OSError, words: Words) -> Stop:
    return Stop(words("cannot_write", file=str(path), error=error.strerror or str(error)))
