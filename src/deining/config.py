"""Every setting a self-hoster can change, in one place: environment variables that start with `DEINING_`.

The same table stands in docs/settings.md; a test compares the two.
"""

import sys
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PROJECT_ROOT = Path(__file__).resolve().parents[2]


class Config(BaseSettings):
    """The installation's settings. A wrong value stops the program, with a sentence."""

    model_config = SettingsConfigDict(env_prefix="DEINING_", extra="ignore")

    data_dir: Path = Field(
        default=PROJECT_ROOT / "data",
        description="Folder for the database, keys, uploads and import reports. Back this up.",
    )
    database_url: str = Field(
        default="",
        description="postgresql://user:password@host:port/name; empty means the embedded SQLite file.",
    )
    host: str = Field(default="127.0.0.1", description="Address the web server listens on.")
    port: int = Field(default=8330, ge=1, le=65535, description="Port the web server listens on.")
    base_url: str = Field(
        default="",
        description="Public address, such as https://crm.example.org; needed behind a proxy and for mail.",
    )
    trusted_proxy: bool = Field(
        default=False, description="True when a proxy in front sets X-Forwarded-Proto and -For."
    )
    language: str = Field(
        default="nl", pattern="^(nl|en)$", description="Language for visitors who did not choose one."
    )
    time_zone: str = Field(default="Europe/Amsterdam", description="Time zone of new brands.")
    mail_url: str = Field(
        default="",
        description="smtp://user:password@host:port (smtps:// for TLS); empty prints mail to the log.",
    )
    mail_from: str = Field(default="deining@localhost", description="Sender of the installation's own mail.")
    upload_max_mb: int = Field(default=512, ge=1, description="Largest file that may be uploaded, in MB.")
    import_folders: Annotated[list[Path], NoDecode] = Field(
        default_factory=list,
        description="Folders, separated by commas, from which files may be imported by path.",
    )
    web_threads: int = Field(default=4, ge=1, le=64, description="Threads that answer web requests.")
    log_level: str = Field(
        default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="How much the server's log says."
    )
    debug: bool = Field(default=False, description="Developer's error pages. Never on a public machine.")

    @field_validator("import_folders", mode="before")
    @classmethod
    def split_folders(cls, value: object) -> object:
        """Accept `a,b` as well as a list."""
        return (
            [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        )

    @field_validator("time_zone")
    @classmethod
    def known_time_zone(cls, value: str) -> str:
        """Refuse a zone that this machine does not know."""
        from zoneinfo import ZoneInfo

        try:
            ZoneInfo(value)
        except Exception as error:
            raise ValueError(f"unknown time zone {value!r}; use a name such as Europe/Brussels") from error
        return value

    @property
    def sqlite_path(self) -> Path:
        return self.data_dir / "deining.sqlite3"

    @property
    def address(self) -> str:
        """Where a person opens Deining."""
        return self.base_url.rstrip("/") or f"http://{self.host}:{self.port}"


@cache
def config() -> Config:
    """The settings of this process, read once."""
    try:
        return Config()
    except ValidationError as problem:
        for item in problem.errors():
            name = "DEINING_" + "_".join(str(part) for part in item["loc"]).upper()
            print(f"{name}: {item['msg']}. You gave {item['input']!r}.", file=sys.stderr)  # noqa: T201
        sys.exit(2)
