"""Discourse topics: the JSON that a forum gives at /t/ID.json, one file a topic, in a folder or an archive.

The shape is that of Discourse's documented public API; no server was at hand to try it on
(docs/file-formats.md).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from deining.channels.files.happenings import RawBatch
from deining.channels.files.items import Item, OnBytes
from deining.channels.files.jsonlines import as_text
from deining.channels.files.rows import RowsBuilder, decoded
from deining.channels.files.unreadable import UnreadableFile

COLUMNS: Final = (
    "post_id",
    "username",
    "name",
    "created_at",
    "topic",
    "kind",
    "answers",
    "likes",
    "automatic",
)
MAPPING: Final = {
    "person": "username",
    "handle": "username",
    "name": "name",
    "time": "created_at",
    "about": "topic",
    "kind": "kind",
    "external_id": "post_id",
    "in_answer_to": "answers",
    "bot": "automatic",
}
TOPIC_LIMIT: Final = 256 << 20
LIKE: Final = 2
"""Discourse's action type of a like."""
REGULAR: Final = 1
"""Discourse's type of a post by a person; the others are notices (2, 3) and whispers (4)."""
ROBOTS: Final = frozenset({"system", "discobot"})


@dataclass(frozen=True, slots=True)
class Topics:
    """Topic files that belong together; rows are numbered over all of them, in the order of their names."""

    items: tuple[Item, ...]

    @property
    def columns(self) -> list[str]:
        """What a post gives."""
        return list(COLUMNS)

    @property
    def item(self) -> Item:
        """The first file, which names the whole."""
        return self.items[0]

    def raw_batches(
        self, wanted: Sequence[str], _needed: Sequence[str] = (), on_bytes: OnBytes | None = None
    ) -> Iterator[RawBatch]:
        """One row a post."""
        builder = RowsBuilder(wanted, self.item.name)
        number = 0
        for item in self.items:
            builder.file = item.name
            topic, fault = read_topic(item, on_bytes)
            if topic is None:
                number += 1
                builder.reject(number, "not_a_topic", fault)
                continue
            for row in post_rows(topic):
                number += 1
                if row is None:
                    builder.leave_out("notices")
                else:
                    builder.add(number, [row.get(name) for name in wanted])
            if builder.full:
                yield builder.take()
        if not builder.empty:
            yield builder.take()


def read_topic(item: Item, on_bytes: OnBytes | None = None) -> tuple[dict[str, Any] | None, str]:
    """The topic in a file, or None and the start of what is there instead."""
    try:
        with item.open(on_bytes) as stream:
            data = b"".join(iter(lambda: stream.read(1 << 20), b"")) if item.size < TOPIC_LIMIT else b""
        topic = json.loads(decoded(data).lstrip("\ufeff"))
    except UnreadableFile as error:
        if error.code == "bomb":
            raise
        return None, str(error)
    except (ValueError, RecursionError):
        return None, decoded(data[:200])
    return (topic, "") if is_topic(topic) else (None, decoded(data[:200]))


def is_topic(value: object) -> bool:
    """A topic as /t/ID.json gives it."""
    stream = value.get("post_stream") if isinstance(value, dict) else None
    return isinstance(stream, dict) and isinstance(stream.get("posts"), list)


def post_rows(topic: dict[str, Any]) -> Iterator[dict[str, str | None] | None]:
    """The posts of a topic; None for a notice that the forum wrote itself."""
    posts = [post for post in topic["post_stream"]["posts"] if isinstance(post, dict)]
    by_number = {post.get("post_number"): as_text(post.get("id")) for post in posts}
    about = as_text(topic.get("title") or topic.get("id"))
    for post in posts:
        if post.get("post_type", REGULAR) != REGULAR:
            yield None
        else:
            yield _row(post, by_number, about)


def _row(post: dict[str, Any], by_number: dict[Any, str | None], about: str | None) -> dict[str, str | None]:
    username = as_text(post.get("username"))
    opening = post.get("post_number") == 1
    target = by_number.get(post.get("reply_to_post_number")) or by_number.get(1)
    robot = username in ROBOTS or (isinstance(post.get("user_id"), int) and post["user_id"] < 0)
    return {
        "post_id": as_text(post.get("id")),
        "username": username,
        "name": as_text(post.get("name")),
        "created_at": as_text(post.get("created_at")),
        "topic": about,
        "kind": "post" if opening else "reply",
        "answers": None if opening else target,
        "likes": as_text(likes(post)),
        "automatic": "true" if robot else "false",
    }


def likes(post: dict[str, Any]) -> int:
    """How many likes a post got, from its actions summary."""
    actions = post.get("actions_summary")
    if not isinstance(actions, list):
        return 0
    counts = (a.get("count") for a in actions if isinstance(a, dict) and a.get("id") == LIKE)
    return sum(count for count in counts if isinstance(count, int))
