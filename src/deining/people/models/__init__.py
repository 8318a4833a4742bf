"""Who they are, what passed between us, and what we think of it."""

from deining.people.models.batch import Batch
from deining.people.models.identity import Identity
from deining.people.models.ledger import LedgerEntry, Subject
from deining.people.models.merge import Merge, MergeMove, MergeProposal, ProposalState
from deining.people.models.note import Note, Tag
from deining.people.models.person import Person, SegmentName
from deining.people.models.privacy import Erased, RetentionRule
from deining.people.models.relationship import FittedModel, RelationshipState, ShareOnDay, StatedAnswer
from deining.people.models.segment import Segment

__all__ = [
    "Batch",
    "Erased",
    "FittedModel",
    "Identity",
    "LedgerEntry",
    "Merge",
    "MergeMove",
    "MergeProposal",
    "Note",
    "Person",
    "ProposalState",
    "RelationshipState",
    "RetentionRule",
    "Segment",
    "SegmentName",
    "ShareOnDay",
    "StatedAnswer",
    "Subject",
    "Tag",
]
