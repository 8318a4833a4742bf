"""Model fields of our own."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models

from deining.core import clock
from deining.core.keyring import keyring

if TYPE_CHECKING:
    InstantBase = models.BigIntegerField[datetime | int | None, datetime | None]
    SecretBase = models.TextField[str, str]
else:
    InstantBase = models.BigIntegerField
    SecretBase = models.TextField


class InstantField(InstantBase):
    """An instant, stored as microseconds since 1970 in eight bytes on both databases.

    SQLite stores Django's datetimes as 26 letters and sorts them as text; a ledger of millions of rows
    is read columnar and wants numbers. Python sees an aware datetime in UTC.
    """

    def from_db_value(self, value: int | None, *_: object) -> datetime | None:
        return None if value is None else clock.from_micros(value)

    def to_python(self, value: Any) -> Any:
        return clock.from_micros(value) if isinstance(value, int) else value

    def get_prep_value(self, value: Any) -> Any:
        return clock.to_micros(value) if isinstance(value, datetime) else value


class SecretField(SecretBase):
    """A text that is encrypted at rest with the installation's keys."""

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        return value if not value else keyring(settings.DATA_DIR).decrypt(value)

    def get_prep_value(self, value: Any) -> Any:
        return value if not value else keyring(settings.DATA_DIR).encrypt(str(value))
