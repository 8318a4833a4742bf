"""Before any outcome is known: what people's own rhythm so far would give, if it went on.

A person's rate of active days is a decayed count over a decayed span, drawn towards the rate of the whole
site (a gamma prior worth one day). The half-life follows the site's rhythm: four usual gaps between visits.
Whether somebody stays at all cannot be known yet, so half of it is believed; the model that copies these
numbers is provisional and its interval wide.
"""

from typing import Final

import numpy as np

from deining.insight.relationship.counting import Columns
from deining.insight.relationship.features import days_known
from deining.insight.relationship.logistic import Vector
from deining.insight.relationship.plan import Plan

HALF_LIVES: Final = (7, 30, 90)
STAYING: Final = 0.5
GAPS_REMEMBERED: Final = 4


def half_life_of(state: Columns) -> int:
    """The decay that suits the site: the nearest (in ratio) to four usual gaps between one person's active
    days."""
    again = state["active_days"] > 1
    if not again.any():
        return HALF_LIVES[1]
    span = state["last_day"][again].astype(np.float64) - state["first_day"][again]
    gap = float(np.median(span / (state["active_days"][again] - 1)))
    return min(HALF_LIVES, key=lambda half_life: abs(np.log(half_life / max(GAPS_REMEMBERED * gap, 1.0))))


def expected(state: Columns, at: int, plan: Plan) -> Vector:
    """The chance of activity in `plan.weeks_needed` weeks of the horizon if each person's rhythm went on."""
    half_life = half_life_of(state)
    memory = half_life / np.log(2)
    exposure = memory * (1 - np.exp2(-(days_known(state, at) + 1.0) / half_life))
    fading = np.exp2(-np.maximum(at - state["anchor_day"].astype(np.float64), 0) / half_life)
    count = state[f"d{half_life}"] * fading
    site = max(float(count.sum() / max(exposure.sum(), 1e-9)), 1e-6)
    rate = (count + 1.0) / (exposure + 1.0 / site)
    weekly = 1 - np.exp(-7 * rate)
    weeks = max(1, plan.horizon // 7)
    return np.asarray(STAYING * _at_least(weekly, weeks, min(plan.weeks_needed, weeks)), dtype=np.float64)


def _at_least(chance: Vector, times: int, needed: int) -> Vector:
    """P(binomial(times, chance) >= needed)."""
    fewer = np.zeros_like(chance)
    term = (1 - chance) ** times
    for count in range(needed):
        fewer += term
        term = term * (times - count) / (count + 1) * chance / np.maximum(1 - chance, 1e-12)
    return np.asarray(np.clip(1 - fewer, 0.0, 1.0), dtype=np.float64)
