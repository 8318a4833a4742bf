"""The ledger's features as set-based Ibis expressions: what DuckDB, or Spark on a cluster, runs.

Only the tested subset of design "Engines" is used: group by (person, day), (person, week) or person, join
on person; no first or last with an order, no hash, no rounding, no NaN; powers and exponentials only of
doubles.

A decayed count with half-life h is d_h = sum over days of 2^(-(anchor - day) / h), anchored at the person's
own last event, so that nothing overflows and nothing that still matters underflows.
"""

import math
from typing import Final

import ibis
import ibis.expr.types as ir

from deining.insight.relationship.counting import ADDED, DAY_HALF_LIVES, FADED, MASK_BITS

MONDAY_SHIFT: Final = 3 + 7 * 200_000  # 1970-01-01 was a Thursday; keeps earlier years positive


def day_rows(events: ir.Table) -> ir.Table:
    """One row a (person, day) from numbered events (`events.Ledger.rows`): counts, kinds, and the week.

    A count that the events do not have is not carried along; `state_rows` takes it as 0.
    """
    sums = {name: events[name].sum().cast("int32") for name in ADDED if name in events.columns}
    if "kind_bit" in events.columns:
        sums["kinds"] = events["kind_bit"].bit_or().cast("int32")
    days = events.group_by("person", "day").aggregate(**sums)
    acted = ibis.ifelse(days["theirs"] > 0, 1, 0).cast("int32")
    return days.mutate(week=_week(days["day"]), fresh=acted, fresh_week=acted)


def state_rows(days: ir.Table) -> ir.Table:
    """One row a person from `day_rows`: the whole state the model keeps of somebody.

    `fresh` and `fresh_week` say whether the day and the week were not counted before; a full recount has 1
    everywhere, an update has 0 where the person's masks already hold the day.
    """
    acted = ibis.ifelse(days["theirs"] > 0, days["day"], ibis.null("int32"))
    anchors = days.group_by("person").aggregate(
        anchor_day=days["day"].max().cast("int32"),
        last_day=acted.max().cast("int32"),
        first_day=acted.min().cast("int32"),
    )
    counts = _counts(days.join(anchors, "person"))
    return anchors.join(counts, "person").join(_weeks(days, anchors), "person")


def _counts(days: ir.Table) -> ir.Table:
    """All that is added up over a person's days."""
    age = (days["anchor_day"] - days["day"]).cast("float64")
    back = days["last_day"] - days["day"]
    sums = {f"d{half_life}": (days["fresh"] * _decay(age, half_life)).sum() for half_life in DAY_HALF_LIVES}
    for name, count in FADED.items():
        if count in days.columns:
            sums[name] = (days[count] * _decay(age, int(name[1:]))).sum()
    sums |= {name: days[name].sum().cast("int64") for name in ADDED if name in days.columns}
    if "kinds" in days.columns:
        sums["kinds_mask"] = days["kinds"].bit_or().cast("int64")
    counted = days.group_by("person").aggregate(
        **sums,
        active_days=days["fresh"].sum().cast("int64"),
        days_mask=(days["fresh"] * _bit(back)).sum().cast("int64"),
    )
    absent = {name: 0.0 for name in FADED if name not in sums}
    absent |= {name: 0 for name in (*ADDED, "kinds_mask") if name not in sums}
    kinds = {float: "float64", int: "int64"}
    return counted.mutate(
        **{name: ibis.literal(zero).cast(kinds[type(zero)]) for name, zero in absent.items()}
    )


def _weeks(days: ir.Table, anchors: ir.Table) -> ir.Table:
    """Distinct weeks: by (person, week) first, then by person."""
    weeks = days.group_by("person", "week").aggregate(fresh_week=days["fresh_week"].max())
    weeks = weeks.join(anchors, "person")
    back = _week(weeks["last_day"]) - weeks["week"]
    return weeks.group_by("person").aggregate(
        active_weeks=weeks["fresh_week"].sum().cast("int64"),
        weeks_mask=(weeks["fresh_week"] * _bit(back)).sum().cast("int64"),
    )


def _week(day: ir.IntegerValue) -> ir.IntegerValue:
    """The number of the week a day lies in, Monday first."""
    return ((day + MONDAY_SHIFT) // 7).cast("int32")


def _decay(age: ir.FloatingValue, half_life: int) -> ir.FloatingValue:
    return (age * ibis.literal(-math.log(2) / half_life, "float64").cast("float64")).exp()


def _bit(back: ir.IntegerValue) -> ir.IntegerValue:
    """2^back as an integer for the last 62 days or weeks, 0 for anything older (or not theirs)."""
    kept = (back >= 0) & (back < MASK_BITS)
    power = ibis.literal(2.0, "float64").cast("float64") ** ibis.ifelse(kept, back, 0).cast("float64")
    return ibis.ifelse(kept, power.cast("int64"), ibis.literal(0).cast("int64"))
