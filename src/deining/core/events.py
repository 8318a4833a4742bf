"""How rooms on the same floor meet: one publishes a fact after commit, another reacts.

@subscribe(PersonErased)
def forget_labels(event: PersonErased) -> None: ...
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction

E = TypeVar("E")
_subscribers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(event_type: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Call the decorated function with every event of this type, after the transaction that published it."""

    def register(react: Callable[[E], None]) -> Callable[[E], None]:
        _subscribers[event_type].append(react)
        return react

    return register


def publish(event: object) -> None:
    """Tell the subscribers once the present transaction is committed; nothing is told when it rolls back."""
    for react in _subscribers[type(event)]:
        transaction.on_commit(lambda react=react: react(event))  # type: ignore[misc]
