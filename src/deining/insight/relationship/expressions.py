"""The ledger's features, once: set-based Ibis expressions that DuckDB runs here and Spark on a cluster.

Only the tested subset of design "Engines" is used: group by (person, day), then (person, week), then person;
no first or last with an order, no hash, no rounding, no NaN; powers and exponentials only of doubles.

A decayed count with half-life h is d_h = sum over days of 2^(-(anchor - day) / h), anchored at the person's
own last event, so that nothing overflows and nothing that still matters underflows.
"""

import math
from typing import Final

import ibis
import ibis.expr.types as ir

DAY_HALF_LIVES: Final = (7, 30, 90, 365)
EVENT_HALF_LIVES: Final = (30, 365)
MASK_BITS: Final = 62
MONDAY_SHIFT: Final = 3 + 7 * 200_000  # 1970-01-01 was a Thursday; keeps earlier years positive
ADDED: Final = ("theirs", "replies", "answered", "asks", "touches", "received")


def day_rows(events: ir.Table) -> ir.Table:
    """One row a (person, day) from numbered events (`events.Ledger.rows`): counts, kinds, and the week."""
    sums = {
        name: (events[name].sum() if name in events.columns else ibis.literal(0)).cast("int64")
        for name in ADDED
    }
    kinds = events["kind_bit"].bit_or() if "kind_bit" in events.columns else ibis.literal(0)
    days = events.group_by("person", "day").aggregate(**sums, kinds=kinds.cast("int64"))
    return days.mutate(
        week=((days["day"] + MONDAY_SHIFT) // 7).cast("int64"),
        fresh=ibis.ifelse(days["theirs"] > 0, 1, 0).cast("int64"),
        fresh_week=ibis.ifelse(days["theirs"] > 0, 1, 0).cast("int64"),
    )


def state_rows(days: ir.Table) -> ir.Table:
    """One row a person from `day_rows`: the whole state the model keeps of somebody.

    `fresh` and `fresh_week` say whether the day and the week were not counted before; a full recount has 1
    everywhere, an update has 0 where the person's masks already hold the day.
    """
    return _people(_weeks(_anchored(days)))


def _anchored(days: ir.Table) -> ir.Table:
    acted = ibis.ifelse(days["theirs"] > 0, days["day"], ibis.null("int32"))
    acted_week = ibis.ifelse(days["theirs"] > 0, days["week"], ibis.null("int64"))
    anchors = days.group_by("person").aggregate(
        anchor_day=days["day"].max(),
        last_day=acted.max(),
        first_day=acted.min(),
        last_week=acted_week.max(),
    )
    return days.join(anchors, "person")


def _weeks(days: ir.Table) -> ir.Table:
    age = (days["anchor_day"] - days["day"]).cast("float64")
    back = (days["last_day"] - days["day"]).cast("float64")
    decayed = {f"d{h}": (days["fresh"] * _decay(age, h)).sum() for h in DAY_HALF_LIVES}
    weighed = {f"e{h}": (days["theirs"] * _decay(age, h)).sum() for h in EVENT_HALF_LIVES}
    return days.group_by("person", "week").aggregate(
        **decayed,
        **weighed,
        **{name: days[name].sum() for name in ADDED},
        r365=(days["replies"] * _decay(age, 365)).sum(),
        v365=(days["received"] * _decay(age, 365)).sum(),
        t90=(days["touches"] * _decay(age, 90)).sum(),
        kinds=days["kinds"].bit_or(),
        active_days=days["fresh"].sum(),
        days_mask=(days["fresh"] * _bit(back)).sum(),
        fresh_week=days["fresh_week"].max(),
        anchor_day=days["anchor_day"].max(),
        last_day=days["last_day"].max(),
        first_day=days["first_day"].max(),
        last_week=days["last_week"].max(),
    )


def _people(weeks: ir.Table) -> ir.Table:
    back = (weeks["last_week"] - weeks["week"]).cast("float64")
    floats = [f"d{h}" for h in DAY_HALF_LIVES] + [f"e{h}" for h in EVENT_HALF_LIVES] + ["r365", "v365", "t90"]
    wholes = [*ADDED, "active_days"]
    return weeks.group_by("person").aggregate(
        first_day=weeks["first_day"].max().cast("int32"),
        last_day=weeks["last_day"].max().cast("int32"),
        anchor_day=weeks["anchor_day"].max().cast("int32"),
        active_weeks=weeks["fresh_week"].sum().cast("int64"),
        days_mask=weeks["days_mask"].sum().cast("int64"),
        weeks_mask=(weeks["fresh_week"] * _bit(back)).sum().cast("int64"),
        kinds_mask=weeks["kinds"].bit_or().cast("int64"),
        **{name: weeks[name].sum().cast("int64") for name in wholes},
        **{name: weeks[name].sum() for name in floats},
    )


def _decay(age: ir.FloatingValue, half_life: int) -> ir.FloatingValue:
    return (age * ibis.literal(-math.log(2) / half_life, "float64").cast("float64")).exp()


def _bit(back: ir.FloatingValue) -> ir.IntegerValue:
    """2^back as an integer for the last 62 days or weeks, 0 for anything older (or not theirs)."""
    kept = (back >= 0) & (back < MASK_BITS)
    power = ibis.literal(2.0, "float64").cast("float64") ** ibis.ifelse(kept, back, 0.0)
    return ibis.ifelse(kept, power.cast("int64"), ibis.literal(0).cast("int64"))
