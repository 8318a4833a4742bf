"""Who must not come back: accounts and addresses of people who were erased (spec P7)."""

from collections.abc import Iterable

from deining.core.models import Brand
from deining.people.erased_hash import email_hash, identity_hash
from deining.people.models import Erased


class Doorkeeper:
    """Knows the brand's erased people by their keyed hashes, and notices when somebody is added."""

    def __init__(self, brand: Brand) -> None:
        self._brand = brand
        self._last: int | None = -1
        self._hashes: frozenset[str] = frozenset()

    def look_again(self) -> None:
        """Read the list anew if it grew; call it in each transaction, before asking."""
        rows = Erased.objects.filter(brand=self._brand)
        last = rows.order_by("-pk").values_list("pk", flat=True).first()
        if last != self._last:
            self._hashes = frozenset(rows.values_list("keyed_hash", flat=True))
            self._last = last

    def refuses(self, network: str, external_id: str, emails: Iterable[str]) -> bool:
        """Whether this account, or one of these addresses, belongs to somebody who was erased."""
        if not self._hashes:
            return False
        if identity_hash(self._brand, network, external_id) in self._hashes:
            return True
        return any(email_hash(self._brand, email) in self._hashes for email in emails if email)
