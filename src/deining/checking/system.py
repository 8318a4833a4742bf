"""What the tests need from the machine: PostgreSQL and Chromium. Installed where we may, else said loudly."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Need:
    """A program the tests use, and the Debian package that brings it."""

    name: str
    package: str
    found: str | None


def postgresql_folder() -> str | None:
    """The folder with `initdb` and `pg_ctl`, or None."""
    on_path = shutil.which("initdb")
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    candidates += [Path(on_path).resolve().parent] if on_path else []
    programs = ("initdb", "pg_ctl", "createdb")
    whole = (folder for folder in candidates if all((folder / program).exists() for program in programs))
    return next((str(folder) for folder in whole), None)


def chromium() -> str | None:
    """Chromium or Chrome, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def needs() -> list[Need]:
    """What is looked for, and where it was found."""
    return [
        Need("PostgreSQL", "postgresql", postgresql_folder()),
        Need("Chromium", "chromium", chromium()),
        Need("gettext", "gettext", shutil.which("xgettext")),
    ]


def install_missing() -> list[str]:
    """Install what is missing when this is Debian and we are root. Returns the names that stay missing."""
    missing = [need for need in needs() if need.found is None]
    if missing and shutil.which("apt-get") and os.geteuid() == 0:
        packages = [need.package for need in missing]
        say(f"Installing for the tests: {', '.join(packages)}")
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-q"], check=False, **quiet)  # type: ignore[call-overload]  # noqa: S607
        command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
        subprocess.run(command, check=False, env=environment, **quiet)  # type: ignore[call-overload]  # noqa: S603
    still = [need for need in needs() if need.found is None]
    for need in still:
        say(f"SKIPPED LOUDLY: {need.name} is not here and could not be installed (package {need.package}).")
    return [need.name for need in still]


def say(text: str) -> None:
    """Speak on standard error, so that standard output stays the tests' own."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201
