"""The measured brand of `pages`, and the measuring: a process of its own, with a database of its own."""

import json
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any, Final

from deining.bench.rows import Beside, Row

NETWORKS: Final = ("mail", "shop", "forum", "mastodon")
KINDS: Final = (2, 3, 4, 8, 9, 15, 16, 20)
AT_ONCE: Final = 50_000
ROUNDS: Final = 7
GOAL_MS: Final = 150
NEW_ROWS: Final = 10_000
ME: Final = "bench@example.org"
BACKEND: Final = "allauth.account.auth_backends.AuthenticationBackend"


def main(people: int, rows: int) -> None:
    """Make the brand unless it is there, measure, print the rows as JSON."""
    import django

    django.setup()
    from django.core.management import call_command

    from deining.core.models import Brand

    call_command("migrate", verbosity=0, skip_checks=True)
    seconds: dict[str, float] = {}
    if not Brand.objects.filter(slug="bench", fitted_models__isnull=False).exists():
        seconds = build(people, rows)
    print(json.dumps([asdict(row) for row in measure(people, rows, seconds)]))


def build(people: int, rows: int) -> dict[str, float]:
    """The brand out of `synthetic.crowd`, by whole statements; then the real scoring. Seconds of each."""
    from django.db import connection

    from deining.core import clock
    from deining.core.models import Brand, Membership, User
    from deining.people.models import Batch
    from deining.people.scoring.scoring import score

    say(f"making a brand with {people:,} people and {rows:,} ledger rows, once")
    Brand.objects.filter(slug="bench").delete()
    brand = Brand.objects.create(slug="bench", name="Bench", time_zone="UTC")
    user, _ = User.objects.get_or_create(email=ME, defaults={"name": "Bench", "language": "nl"})
    Membership.objects.create(brand=brand, user=user, role="owner")
    batch = Batch.objects.create(brand=brand, label="bench")
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute("PRAGMA cache_size=-400000")
        _people(cursor, brand.pk, batch.pk, people)
        with _without_indexes(cursor, "people_ledgerentry"):
            _ledger(cursor, brand.pk, batch.pk, people, rows, clock.day_number(clock.now(), "UTC") - 1)
        _tags(cursor, brand.pk, user.pk)
        cursor.execute("ANALYZE")
    made = time.perf_counter() - started
    say(f"made in {made:.0f} s; scoring")
    started = time.perf_counter()
    score(brand)
    scored = time.perf_counter() - started
    say(f"scored in {scored:.0f} s")
    return {"made": made, "scored": scored}


@contextmanager
def _without_indexes(cursor: Any, table: str) -> Iterator[None]:
    """Let the table's indexes be made at once afterwards, not row by row."""
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL",
        [table],
    )
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for _, statement in indexes:
        cursor.execute(statement)


def _people(cursor: Any, brand: int, batch: int, people: int) -> None:
    cursor.execute("SELECT COALESCE(MAX(id), 0) FROM people_person")
    (start,) = cursor.fetchone()
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {people})"
    name = "'Naam ' || (i * 7919 % 20011) || ' van ' || (i % 1009)"
    network = "CASE i % 4 " + " ".join(f"WHEN {n} THEN '{word}'" for n, word in enumerate(NETWORKS)) + " END"
    made, address = "'2026-01-01 00:00:00'", "'u' || i || '@example.org'"
    person = {
        "id": f"{start} + i", "brand_id": brand, "name": name, "name_by_hand": 0, "name_lent": 0,
        "owner_lent": 0,
        "search": f"lower({name}) || ' ' || {address}", "batch_id": batch, "created_at": made,
        "change": 0, "reasons": "'{}'", "segment": "'passer_by'", "events": 0, "kinds": 0,
    }  # fmt: skip
    identity = {
        "id": f"{start} + i", "brand_id": brand, "person_id": f"{start} + i", "network": network,
        "external_id": "'u' || i", "handle": "'u' || i", "name": name, "email": address, "batch_id": batch,
        "created_at": made,
    }  # fmt: skip
    for table, columns in (("people_person", person), ("people_identity", identity)):
        values = ", ".join(str(value) for value in columns.values())
        cursor.execute(f"{numbers} INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM n")


def _ledger(cursor: Any, brand: int, batch: int, people: int, rows: int, last_day: int) -> None:
    import numpy as np
    from django.db import transaction

    from deining.bench.people.synthetic import crowd

    cursor.execute("SELECT MIN(id) FROM people_identity WHERE brand_id = %s", [brand])
    (first,) = cursor.fetchone()
    everybody = crowd(people, rows, last_day=last_day)
    order = np.argsort(everybody.moment, kind="stable")
    insert = (
        "INSERT INTO people_ledgerentry (brand_id, batch_id, identity_id, happened_at, day, direction, kind, "
        f"asked, fingerprint) VALUES ({brand}, {batch}, %s, %s, %s, %s, %s, %s, %s)"
    )
    for start in range(0, rows, AT_ONCE):
        part = order[start : start + AT_ONCE]
        kind = np.array(KINDS)[part % len(KINDS)]
        ours = part % 11 == 0
        columns = (
            everybody.person[part] + first, everybody.moment[part], everybody.day[part],
            np.where(ours, 2, 1), np.where(ours, 23, kind), np.where(part % 5 == 0, 1, 0),
            np.arange(start, start + len(part)) + 1,
        )  # fmt: skip
        with transaction.atomic():
            cursor.executemany(insert, list(zip(*(column.tolist() for column in columns), strict=True)))


def _tags(cursor: Any, brand: int, user: int) -> None:
    cursor.execute("INSERT INTO people_tag (brand_id, name) VALUES (%s, 'gent')", [brand])
    cursor.execute(
        "INSERT INTO people_tag_people (tag_id, person_id) "
        "SELECT t.id, p.id FROM people_tag t, people_person p "
        "WHERE t.brand_id = %s AND p.brand_id = t.brand_id AND p.id %% 50 = 0",
        [brand],
    )
    cursor.execute(
        "UPDATE people_person SET owner_id = %s WHERE brand_id = %s AND id %% 100 = 0", [user, brand]
    )


def measure(people: int, rows: int, seconds: dict[str, float]) -> list[Row]:
    """The 95th percentile of each page over its addresses and `ROUNDS` rounds; its numbers of queries."""
    from django.test import Client

    from deining.core.models import User

    client = Client()
    client.force_login(User.objects.get(email=ME), backend=BACKEND)
    size = f"{people:,} people, {rows:,} ledger rows"
    done = [_page_row(client, page, addresses, size) for page, addresses in addresses_of().items()]
    done.append(_new_rows(size))
    if seconds:
        beside: Beside = {"size": size, "making the brand s": round(seconds["made"], 1)}
        done.append(Row("scoring in the server, everything", round(seconds["scored"], 1), "s", beside=beside))
    return done


def _new_rows(size: str) -> Row:
    """New rows in the ledger, of people all over it, until their scores are in the database."""
    from deining.core.models import Brand
    from deining.people.scoring.scoring import score_once

    brand = Brand.objects.get(slug="bench")
    times = []
    for _ in range(3):
        _append(brand.pk)
        started = time.perf_counter()
        outcome = score_once(brand)
        times.append(time.perf_counter() - started)
        if outcome.whole:
            raise RuntimeError("everything was counted where counting on was to be measured")
    beside: Beside = {"people touched": outcome.people, "longest s": round(max(times), 2), "size": size}
    median = statistics.median(times)
    return Row(f"{NEW_ROWS:,} new rows, scores stored", round(median, 2), "s", "< 1 s", median < 1, beside)


def _append(brand: int) -> None:
    """Copies of the newest day's kind of rows for accounts spread over the brand."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_ledgerentry (brand_id, batch_id, identity_id, happened_at, day, direction, "
            "kind, asked, fingerprint) SELECT e.brand_id, e.batch_id, e.identity_id, "
            "f.scored_day * 86400000000 + e.id, f.scored_day, 1, e.kind, 0, "
            "(SELECT MAX(id) FROM people_ledgerentry) + e.id "
            "FROM people_fittedmodel f JOIN people_ledgerentry e ON e.brand_id = f.brand_id "
            "WHERE f.is_current AND f.brand_id = %s AND e.id %% 401 = 0 ORDER BY e.id LIMIT %s",
            [brand, NEW_ROWS],
        )


def _page_row(client: Any, page: str, addresses: Sequence[str], size: str) -> Row:
    answers = {address: _asked(client, address) for address in addresses}
    times = [time for mine, _ in answers.values() for time in mine]
    queries = [number for _, number in answers.values()]
    median = {address: statistics.median(mine) for address, (mine, _) in answers.items()}
    worst = max(median, key=lambda address: median[address])
    p95 = statistics.quantiles(times, n=20)[18]
    beside: Beside = {
        "median ms": round(statistics.median(times), 1), "slowest": worst.removeprefix("/b/bench/"),
        "its median ms": round(median[worst], 1), "addresses": len(addresses),
        "queries": f"{min(queries)} to {max(queries)}", "size": size, "through": "Django's test client",
    }  # fmt: skip
    return Row(f"{page}, 95th percentile", round(p95, 1), "ms", f"< {GOAL_MS} ms", p95 < GOAL_MS, beside)


def _asked(client: Any, address: str) -> tuple[list[float], int]:
    """Milliseconds of each round, after one that warms up; and the number of queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    queries, times = len(captured), []  # counted now: the next request clears the list
    for _ in range(ROUNDS):
        started = time.perf_counter()
        client.get(address)
        times.append(1000 * (time.perf_counter() - started))
    return times, queries


def addresses_of() -> dict[str, Sequence[str]]:
    """The addresses of each page: every filter and every sort of the list, and people of every kind."""
    return {
        "Home": ["/b/bench/"],
        "People": [f"/b/bench/people?{words}" for words in _questions()],
        "Person": [f"/b/bench/people/{person}" for person in _some_people()],
    }


def _questions() -> Iterator[str]:
    from deining.people.queries.filters import SORTS

    yield ""
    filters = (
        "q=naam+77", "q=u19999", "segment=seeker", "segment=benefit", "segment=passer_by", "least=50",
        "most=10", "network=shop", "tag=gent", "owner=me", "owner=nobody", "kind=order", "seen=30",
        "unseen=180", "new=30", "slipping=1",
    )  # fmt: skip
    for sort in SORTS:
        for way in ("", "-"):
            yield f"sort={way}{sort}"
            yield f"segment=seeker&sort={way}{sort}"
            yield f"tag=gent&sort={way}{sort}"
    yield from filters
    yield from (f"{one}&sort=name" for one in filters)


def _some_people() -> list[int]:
    from deining.people.models import Person

    people = Person.objects.filter(brand__slug="bench")
    most = people.order_by("-events").values_list("pk", flat=True)[:5]
    likely = people.order_by("-probability").values_list("pk", flat=True)[:5]
    last = people.order_by("-pk").values_list("pk", flat=True)[:5]
    return [*most, *likely, *last]


def say(text: str) -> None:
    """Progress, for whoever waits at the terminal."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
