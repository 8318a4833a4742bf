"""The installation's keys: one file in the data folder, made at the first start, readable by its owner only.

Losing this file means that stored channel secrets cannot be read, everybody must sign in again and
erased people could come back through an import: `./deining backup` takes it along.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

FILE_NAME = "keys.json"


@dataclass(frozen=True, slots=True)
class Keyring:
    """Keys by purpose. `encryption` lists newest first: the first encrypts, all of them decrypt."""

    secret_key: str
    erasure_key: str
    encryption: tuple[str, ...]

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for storage (AES-128-CBC with HMAC: Fernet)."""
        return self._fernet().encrypt(text.encode()).decode("ascii")

    def decrypt(self, token: str) -> str:
        """Read a stored secret. Raises `UnreadableSecret` when no key of this installation fits."""
        try:
            return self._fernet().decrypt(token.encode("ascii")).decode()
        except InvalidToken as error:
            raise UnreadableSecret(
                "A stored secret cannot be read with this installation's keys. "
                "Was the data folder restored without its keys.json?"
            ) from error

    def rewrap(self, token: str) -> str:
        """Encrypt the same secret again with the newest key (after `rotated`)."""
        return self._fernet().rotate(token.encode("ascii")).decode("ascii")

    def keyed_hash(self, *parts: str) -> str:
        """HMAC-SHA256 (RFC 2104) over the parts: recognises an erased person without knowing who it was."""
        message = "\x1f".join(parts).encode()
        return hmac.new(self.erasure_key.encode(), message, hashlib.sha256).hexdigest()

    def rotated(self) -> "Keyring":
        """The same keyring with a fresh encryption key in front."""
        return Keyring(self.secret_key, self.erasure_key, (Fernet.generate_key().decode(), *self.encryption))

    def _fernet(self) -> MultiFernet:
        return MultiFernet([Fernet(key) for key in self.encryption])


class UnreadableSecret(Exception):
    """A stored secret was encrypted with a key that is not here."""


@cache
def keyring(folder: Path) -> Keyring:
    """The keys of the installation in this data folder; made when there are none yet."""
    path = folder / FILE_NAME
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _write_once(path, _fresh())
    stored = json.loads(path.read_text())
    return Keyring(stored["secret_key"], stored["erasure_key"], tuple(stored["encryption"]))


def write_keyring(folder: Path, keys: Keyring) -> None:
    """Replace the file whole, so that a crash leaves either the old keys or the new ones."""
    draft = folder / (FILE_NAME + ".new")
    _write_private(draft, keys)
    draft.replace(folder / FILE_NAME)
    keyring.cache_clear()


def _fresh() -> Keyring:
    random_text = base64.urlsafe_b64encode(secrets.token_bytes(48)).decode()
    return Keyring(random_text, secrets.token_hex(32), (Fernet.generate_key().decode(),))


def _write_once(path: Path, keys: Keyring) -> None:
    """Two processes may start at once: the first file that is linked into place wins."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    _write_private(draft, keys)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _write_private(path: Path, keys: Keyring) -> None:
    content = {
        "secret_key": keys.secret_key,
        "erasure_key": keys.erasure_key,
        "encryption": list(keys.encryption),
    }
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
