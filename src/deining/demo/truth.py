"""What is hidden: who wishes for a relationship. Kept in a file beside the database, never in a table that
scoring could read; and how well the wish was found."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from deining.core.models import Brand
from deining.demo.simulator import World
from deining.people.models import Identity, Person, SegmentName
from deining.people.models.person import LIVE
from deining.people.scoring import current_fit

FILE_NAME: Final = "demo-truth.json"
YEAR: Final = 365


@dataclass(frozen=True)
class Check:
    """How well the wish was found, among `people` who did something in the year before the score.

    `wish_share`: how many of them really wish. `share`, `low`, `high`: what Deining says. `auc`,
    `average_precision` of the probability, and beside it of the plain number of deeds and of recency. Of the
    `seekers` that Deining names, `right` do wish.
    """

    people: int
    wish_share: float
    share: float | None
    low: float | None
    high: float | None
    layer: str
    auc: float
    average_precision: float
    auc_count: float
    auc_recency: float
    seekers: int
    right: int


def keep(brand: Brand, world: World) -> None:
    """Write down who wishes, by account."""
    wishes = {
        f"{account.network} {account.external_id}": somebody.wishes
        for somebody in world.people
        for account in somebody.accounts
    }
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"brand": brand.pk, "wishes": wishes}, indent=0), encoding="utf-8")


def forget() -> None:
    """Remove the file, with the demo brand."""
    _path().unlink(missing_ok=True)


def wishes_of(brand: Brand) -> dict[int, bool]:
    """By live person, whether they wish. Empty when the file is not there or is of another brand."""
    path = _path()
    stored = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if stored.get("brand") != brand.pk:
        return {}
    accounts = Identity.objects.filter(brand=brand).values_list("person_id", "network", "external_id")
    return {
        person: stored["wishes"].get(f"{network} {external_id}", False)
        for person, network, external_id in accounts
    }


def check(brand: Brand) -> Check | None:
    """How well the score finds the wish; None when there is no score or no truth to compare it with."""
    import numpy as np

    from deining.insight.relationship import figures

    fit, wishes = current_fit(brand), wishes_of(brand)
    if fit is None or fit.scored_day is None or not wishes:
        return None
    scored = Person.objects.filter(LIVE, brand=brand, probability__isnull=False)
    rows = [
        row
        for row in scored.values_list("pk", "probability", "events", "last_seen", "segment")
        if row[3] is not None and row[3].timestamp() / 86_400 > fit.scored_day - YEAR
    ]
    wish = np.array([wishes.get(row[0], False) for row in rows])
    probability = np.array([row[1] for row in rows], dtype=float)
    seekers = np.array([row[4] == SegmentName.SEEKER.value for row in rows])
    return Check(
        people=len(rows),
        wish_share=float(wish.mean()),
        share=fit.share,
        low=fit.share_low,
        high=fit.share_high,
        layer=fit.layer,
        auc=figures.auc(wish, probability),
        average_precision=figures.average_precision(wish, probability),
        auc_count=figures.auc(wish, np.array([row[2] for row in rows], dtype=float)),
        auc_recency=figures.auc(wish, np.array([row[3].timestamp() for row in rows if row[3]])),
        seekers=int(seekers.sum()),
        right=int((wish & seekers).sum()),
    )


def _path() -> Path:
    return Path(settings.DATA_DIR) / FILE_NAME
