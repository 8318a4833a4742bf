"""How well doubles are found: records with known duplicates (Febrl), beside exact names and a text distance.

Febrl's records carry names with typing errors, swapped and missing fields. Two tellings are measured: the
name alone, which is what most networks give, and the name with date of birth, postcode, town and street.
Nothing is fitted on these records but the prior in `insight.matching.counts`; see
docs/decisions/051-how-doubles-are-weighed.md.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from deining.bench.rows import Row, skipped
from deining.insight.matching import PROPOSE_FROM, Account, find_pairs

FILES: Final = ("dataset1", "dataset2", "dataset3")
TELLINGS: Final[dict[str, dict[str, str]]] = {
    "name": {},
    "all": {"born": "date_of_birth", "postcode": "postcode", "town": "suburb", "street": "address_1"},
}
PRECISION_GOAL: Final = 0.9
CUT_OFFS: Final = range(70, 100, 2)

Record = dict[str, str]
Pairs = set[tuple[int, int]]


def run(data: Path, only: Sequence[str] | None = None) -> list[Row]:
    """Precision and recall at the threshold of a suggestion, for each file and telling that `only` allows."""
    rows: list[Row] = []
    for name in FILES:
        if only and not {name, "febrl", "matching"} & set(only):
            continue
        path = data / "febrl" / f"{name}.csv"
        if not path.exists():
            rows.append(skipped(f"doubles in {name}", f"{path} is not there", "precision"))
            continue
        rows += [row for telling in TELLINGS for row in _measured(name, _records(path), telling)]
    return rows


def _measured(name: str, records: list[Record], telling: str) -> Iterator[Row]:
    truth = _truth(records)
    accounts = [_account(place, record, telling) for place, record in enumerate(records)]
    started = perf_counter()
    found = {(pair.one, pair.other) for pair in find_pairs(accounts)}
    seconds = perf_counter() - started
    precision, recall = _scored(found, truth)
    exact = _scored(_exact(accounts), truth)
    fuzzy, cut_off = _best_fuzzy(accounts, truth)
    yield Row(
        f"doubles in {name}, {telling}: precision", precision, "", f"at least {PRECISION_GOAL}",
        precision >= PRECISION_GOAL,
        {"threshold": PROPOSE_FROM, "exact": exact[0], "rapidfuzz": fuzzy[0], "seconds": seconds},
    )  # fmt: skip
    yield Row(
        f"doubles in {name}, {telling}: recall", recall, "", "more than exact names", recall > exact[1],
        {"exact": exact[1], "rapidfuzz": fuzzy[1], "rapidfuzz cut-off, chosen on the truth": cut_off},
    )  # fmt: skip


def _records(path: Path) -> list[Record]:
    with path.open(newline="") as file:
        rows = csv.DictReader(file, skipinitialspace=True)
        return [{key.strip(): (value or "").strip() for key, value in row.items()} for row in rows]


def _truth(records: Iterable[Record]) -> Pairs:
    same: dict[str, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        same[record["rec_id"].split("-")[1]].append(place)
    return {pair for places in same.values() for pair in combinations(places, 2)}


def _account(place: int, record: Record, telling: str) -> Account:
    details = {name: record[column] for name, column in TELLINGS[telling].items()}
    return Account(key=place, name=f"{record['given_name']} {record['surname']}", details=details)


def _text(account: Account) -> str:
    return " ".join([account.name, *account.details.values()]).strip()


def _exact(accounts: Iterable[Account]) -> Pairs:
    """Accounts that tell exactly the same."""
    same: dict[str, list[int]] = defaultdict(list)
    for account in accounts:
        same[_text(account)].append(account.key)
    return {pair for text, places in same.items() if text for pair in combinations(places, 2)}


def _best_fuzzy(accounts: list[Account], truth: Pairs) -> tuple[tuple[float, float], int]:
    """Every pair by token-sorted similarity, at the cut-off with the best F1 on the truth itself: a rival
    that is given the answer."""
    texts = [_text(account) for account in accounts]
    near: dict[int, Pairs] = {cut: set() for cut in CUT_OFFS}
    for start in range(0, len(texts), 500):
        table = process.cdist(
            texts[start : start + 500], texts, scorer=fuzz.token_sort_ratio,
            score_cutoff=CUT_OFFS[0], dtype=np.uint8,
        )  # fmt: skip
        for row, other in zip(*np.nonzero(table), strict=True):
            one = start + int(row)
            if one < other:
                for cut in CUT_OFFS:
                    if table[row, other] >= cut:
                        near[cut].add((one, int(other)))
    return max(((_scored(pairs, truth), cut) for cut, pairs in near.items()), key=lambda at: _f1(*at[0]))


def _scored(found: Pairs, truth: Pairs) -> tuple[float, float]:
    right = len(found & truth)
    return right / max(len(found), 1), right / len(truth)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(precision + recall, 1e-9)
