"""The room's background work, gathered for the worker, and what others queue here."""

from deining.people.proposals.duties import ask_for_proposals, propose
from deining.people.scoring.asking import ask_for_scoring, rescore_people
from deining.people.scoring.duties import score_brand

__all__ = ["ask_for_proposals", "ask_for_scoring", "propose", "rescore_people", "score_brand"]
