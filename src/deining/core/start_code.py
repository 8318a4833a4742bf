"""The one-time code with which somebody proves to be at the machine of a fresh installation.

`./deining run` prints it when nobody has an account yet; the first page asks for it when the visitor may
come from elsewhere. 20 letters of 32: 100 random bits, so guessing needs no brake.
"""

import os
import secrets
from ipaddress import ip_address
from pathlib import Path

from deining.config import Config

FILE_NAME = "start-code"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that looks like something else


def start_code(folder: Path) -> str:
    """The code of the installation in this data folder; made when there is none yet."""
    path = folder / FILE_NAME
    draft = path.with_name(f"{FILE_NAME}.{os.getpid()}.{secrets.token_hex(4)}")
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(_fresh() + "\n")
        try:
            os.link(draft, path)  # of two processes that start at once, one code is the code
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def is_start_code(folder: Path, typed: str) -> bool:
    """Whether this is the code, typed with or without dashes, in either case."""
    return secrets.compare_digest(_plain(typed), _plain(start_code(folder)))


def forget_start_code(folder: Path) -> None:
    """Somebody started: the code has done its work."""
    (folder / FILE_NAME).unlink(missing_ok=True)


def listens_to_itself_only(settings_in_force: Config) -> bool:
    """Whether nobody on the network can reach the server, as far as the settings tell."""
    return (
        is_loopback(settings_in_force.host)
        and not settings_in_force.trusted_proxy
        and not settings_in_force.base_url
    )


def is_loopback(address: str) -> bool:
    """`localhost`, 127.0.0.1, [::1], each with or without a port."""
    name = address.rpartition(":")[0] if address.count(":") == 1 or "]:" in address else address
    name = name.strip("[]").lower()
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _plain(code: str) -> bytes:
    return "".join(code.split()).replace("-", "").upper().encode()


def _fresh() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(20))
    return "-".join(letters[place : place + 5] for place in range(0, 20, 5))
