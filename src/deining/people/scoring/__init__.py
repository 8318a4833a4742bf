"""Scoring inside the server: the ledger in, who wants a relationship out (spec P3, P4).

Whoever changes the ledger asks; a job of the worker counts and scores. Nothing here that a web request
may import loads numpy, Arrow or a database engine.

    ask_for_scoring(brand)                # rows were added, or an import was undone
    rescore_people(brand, person_ids)     # a merge, its undo, removed rows: in the same transaction
    sentence_of(person, "nl")             # what the score rests on, in one sentence

How it stays right under crashes and merges: docs/decisions/041-scoring-in-two-ways.md.
"""

from deining.people.scoring.asking import ask_for_scoring, needs_scoring, rescore_people
from deining.people.scoring.saying import current_fit, model_of, sentence_of

__all__ = ["ask_for_scoring", "current_fit", "model_of", "needs_scoring", "rescore_people", "sentence_of"]
