"""Logs from files: CSV, JSON lines, Parquet, mbox, Discourse topics; also packed, also several at once (spec
L6).

    source = open_source(["orders.csv"])
    for batch in source.batches():
        batch.happenings   # who did what when, see `happenings.SCHEMA`
        batch.rejected     # the rows that could not be read, each with its reason

Nothing in this package's readers knows Django, so that `deining find` runs without a server.
"""

from deining.channels.files.answers import last_answers, read_answers
from deining.channels.files.happenings import SCHEMA, Batch, Rejected
from deining.channels.files.mapping import Guess, Mapping
from deining.channels.files.reasons import say
from deining.channels.files.rejected import RejectedFile, write_rejected
from deining.channels.files.source import Source, open_source
from deining.channels.files.unreadable import UnreadableFile

__all__ = [
    "SCHEMA",
    "Batch",
    "Guess",
    "Mapping",
    "Rejected",
    "RejectedFile",
    "Source",
    "UnreadableFile",
    "last_answers",
    "open_source",
    "read_answers",
    "say",
    "write_rejected",
]
