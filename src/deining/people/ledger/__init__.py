"""The ledger's write path: append what passed between people and the brand, and undo a whole batch of it.

    with Appender(actor, batch) as ledger:
        for happenings in source:          # Arrow, in the shape of `channels.files.happenings.SCHEMA`
            ledger.append(happenings)

Nothing is counted twice (docs/decisions/030-fingerprints.md), each step is one short transaction.
"""

from deining.people.ledger.added import Added
from deining.people.ledger.appending import Appender, append
from deining.people.ledger.undoing import BatchUndone, undo_batch

__all__ = ["Added", "Appender", "BatchUndone", "append", "undo_batch"]
