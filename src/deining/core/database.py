"""Where the operational data lives: one SQLite file by default, PostgreSQL by address.

The SQLite options were measured: immediate transactions, write-ahead log and `synchronous=NORMAL` gave
460 to 640 small write transactions a second without an error, where Django's defaults gave 65 and
"database is locked".
"""

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from deining.config import Config

PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=268435456; "
    "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY; "
    "PRAGMA secure_delete=ON;"
)


def database_settings(config: "Config") -> dict[str, Any]:
    """Django's `DATABASES["default"]` for the installation's settings."""
    return postgresql_settings(config.database_url) if config.database_url else sqlite_settings(config)


def sqlite_settings(config: "Config") -> dict[str, Any]:
    """The embedded file, with the measured options."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": config.sqlite_path,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS},
        "TEST": {"NAME": None},
    }


def postgresql_settings(url: str) -> dict[str, Any]:
    """A PostgreSQL server. The query part of the address goes to the driver (`?sslmode=require`)."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SystemExit(
            f"DEINING_DATABASE_URL starts with {parts.scheme!r}; use postgresql://… or leave it empty."
        )
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {unquote(name): unquote(value) for name, value in options.items()},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
