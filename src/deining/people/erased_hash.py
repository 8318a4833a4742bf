"""What is left of somebody who was erased: keyed hashes, enough to refuse an account and no more.

HMAC-SHA256 (RFC 2104) with the installation's erasure key; without `keys.json` nobody can tell whose it is,
not even by trying every address there is.
"""

from django.conf import settings

from deining.core.keyring import keyring
from deining.core.models import Brand


def identity_hash(brand: Brand, network: str, external_id: str) -> str:
    """The mark of one account on one network, 64 hexadecimal letters."""
    return _hash(brand, "identity", network.strip(), external_id.strip())


def email_hash(brand: Brand, email: str) -> str:
    """The mark of an e-mail address, whichever way it is capitalised."""
    return _hash(brand, "email", email.strip().casefold())


def _hash(brand: Brand, *parts: str) -> str:
    return keyring(settings.DATA_DIR).keyed_hash(str(brand.pk), *parts)
