"""Which accounts may be one person's: a probability with reasons for each pair worth looking at.

    from deining.insight import matching
    pairs = matching.find_pairs([Account(key=1, name="Jan Maes", email="jan@example.org"), ...])
    pairs[0].score, matching.sentence(pairs[0].reasons, "nl")

Method: candidates by blocking with a bounded sorted neighbourhood (Hernández & Stolfo 1995), then the
evidence weights of Fellegi & Sunter (1969) in bits, where agreement on a rare name weighs more than on a
common one (Winkler's frequency weights), and a prior that says how rare duplicates are.
"""

from deining.insight.matching.accounts import Account
from deining.insight.matching.finding import PROPOSE_FROM, Pair, compare, find_pairs
from deining.insight.matching.phrases import sentence
from deining.insight.matching.reasons import Reason

__all__ = ["PROPOSE_FROM", "Account", "Pair", "Reason", "compare", "find_pairs", "sentence"]
