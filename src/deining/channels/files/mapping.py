"""Which column means what, how sure we are and why: guessed once, shown, corrected, kept with an import."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from deining.channels.files.reasons import say

ROLES: Final = (
    "person",
    "time",
    "clock",
    "kind",
    "asked",
    "about",
    "external_id",
    "in_answer_to",
    "is_reply",
    "name",
    "handle",
    "email",
    "network",
    "direction",
    "stated",
    "bot",
)
"""What a column can mean. `clock` is a separate time of day beside a date; `bot` flags rows of machines."""


@dataclass(frozen=True, slots=True)
class Guess:
    """One guessed column: how sure (0 to 1) and the reason, as a code and params for `reasons.say`."""

    role: str
    column: str
    sure: float
    reason: str
    params: dict[str, Any] = field(default_factory=dict)

    def sentence(self, lang: str) -> str:
        """ "person: column `klantnr` (name matches; 3,435 different values)" in the reader's language."""
        label = say(f"role_{self.role}", {}, lang)
        return f"{label}: {say(self.reason, {'column': self.column, **self.params}, lang)}"


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a file is to be read. Everything in it is plain data: `Mapping.from_json(m.to_json()) == m`."""

    columns: dict[str, str] = field(default_factory=dict)
    guesses: tuple[Guess, ...] = ()
    format: str = "csv"
    network: str = "csv"
    encoding: str = "utf-8"
    delimiter: str = ","
    header: bool = True
    skip_lines: int = 0
    tz: str = "Europe/Amsterdam"
    day_first: bool = True
    decimal_comma: bool = False
    allow_before_1990: bool = False
    leave_out_bots: bool = True
    kind: str = "other"
    """The kind of rows that name none."""

    def column(self, role: str) -> str | None:
        """The column that means `role`, if any."""
        return self.columns.get(role)

    def sentences(self, lang: str) -> list[str]:
        """What was guessed, one line each."""
        return [guess.sentence(lang) for guess in self.guesses]

    def with_columns(self, **columns: str | None) -> "Mapping":
        """The same mapping with some roles given by hand; None takes a role away."""
        merged = {**self.columns, **{role: name for role, name in columns.items() if name is not None}}
        for role, name in columns.items():
            if name is None:
                merged.pop(role, None)
        kept = [guess for guess in self.guesses if guess.role not in columns]
        given = [Guess(role, name, 1.0, "given") for role, name in columns.items() if name is not None]
        return replace(self, columns=merged, guesses=tuple(given + kept))

    def to_json(self) -> dict[str, Any]:
        """Plain data for json.dumps."""
        return asdict(self) | {"guesses": [asdict(guess) for guess in self.guesses]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Mapping":
        """The inverse of `to_json`; unknown keys are an error (TypeError), missing ones get their default."""
        guesses = tuple(Guess(**guess) for guess in data.get("guesses", ()))
        return cls(**{**data, "guesses": guesses})
