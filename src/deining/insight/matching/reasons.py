"""Why two accounts look like one person's, or do not: a code, what fills its phrase, and its weight."""

from dataclasses import dataclass, field
from typing import Any, Final

CODES: Final = frozenset(
    {
        "email_same", "email_same_mailbox", "email_shared", "email_differs", "domain_same",
        "handle_same", "handle_is_name", "name_same", "name_order", "name_typo", "name_nickname",
        "name_initial", "name_close", "name_part", "name_differs", "name_rare", "name_common",
        "network_same", "detail_same", "detail_near", "detail_differs",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence. `bits`: log2 of how much likelier it is for one person than for two."""

    code: str
    bits: float
    params: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """As it is stored; `from_dict` reads it."""
        return {"code": self.code, "bits": round(self.bits, 2), "params": self.params}

    @staticmethod
    def from_dict(stored: dict[str, Any]) -> "Reason":
        """A stored reason; raises `ValueError` for a code that nobody knows."""
        if stored["code"] not in CODES:
            raise ValueError(f"unknown reason {stored['code']!r}")
        return Reason(stored["code"], float(stored.get("bits", 0.0)), dict(stored.get("params", {})))
