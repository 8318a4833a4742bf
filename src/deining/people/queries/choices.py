"""What the People page offers to choose from: networks, tags, colleagues, saved segments."""

from dataclasses import dataclass

from django.db import connection

from deining.core.actors import Actor
from deining.core.models import User
from deining.people.models import Identity, Segment, Tag

MOST_TAGS = 500


@dataclass(frozen=True, slots=True)
class Choices:
    """Three short lists, each from one query."""

    networks: list[str]
    tags: list[str]
    segments: list[Segment]


def choices_for(actor: Actor) -> Choices:
    """What can be chosen in this brand."""
    return Choices(
        networks_of(actor),
        list(
            Tag.objects.filter(brand=actor.brand).order_by("name").values_list("name", flat=True)[:MOST_TAGS]
        ),
        list(Segment.objects.filter(brand=actor.brand)),
    )


def colleagues_of(actor: Actor) -> list[User]:
    """Who works for the brand, by name."""
    return list(User.objects.filter(memberships__brand=actor.brand).order_by("name", "email"))


def networks_of(actor: Actor) -> list[str]:
    """The networks on which the brand knows anybody.

    A walk from one network to the next through the unique index: DISTINCT would read every account.
    """
    table = connection.ops.quote_name(Identity._meta.db_table)
    sql = (
        f"WITH RECURSIVE known(network) AS (SELECT min(network) FROM {table} WHERE brand_id = %s UNION ALL "  # noqa: S608
        f"SELECT (SELECT min(network) FROM {table} WHERE brand_id = %s AND network > known.network) "
        "FROM known WHERE known.network IS NOT NULL) SELECT network FROM known WHERE network IS NOT NULL"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [actor.brand.pk, actor.brand.pk])
        return [row[0] for row in cursor.fetchall()]
