"""What must be said beside a number: that it is provisional, or what cannot be told yet."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Note:
    """A remark as a code with numbers; `sentences.note_sentence` says it in Dutch or English."""

    code: str
    params: dict[str, int | float | str] = field(default_factory=dict)
