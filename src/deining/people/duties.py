"""The room's background work, gathered for the worker, and what others queue here."""

from deining.people.erasure.duties import sweep
from deining.people.proposals.duties import ask_for_proposals, propose
from deining.people.retention.duties import retain
from deining.people.scoring.asking import ask_for_scoring, rescore_people
from deining.people.scoring.duties import score_brand

__all__ = [
    "ask_for_proposals",
    "ask_for_scoring",
    "propose",
    "rescore_people",
    "retain",
    "score_brand",
    "sweep",
]
