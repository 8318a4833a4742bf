"""What a column can mean, as rows of the mapping form: a choice, and what was guessed and why."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.http import QueryDict

from deining.channels.imports.actions.columns import Choices
from deining.channels.imports.opening import reading_language

if TYPE_CHECKING:
    from deining.channels.files import Source

NEEDED: Final = ("person", "time")
USUAL: Final = (*NEEDED, "kind", "name", "email", "handle", "about", "asked")
REST: Final = ("clock", "external_id", "in_answer_to", "is_reply", "network", "direction", "stated", "bot")


@dataclass(frozen=True, slots=True)
class Field:
    """One line of the form: a role, the column chosen for it, and why."""

    role: str
    label: str
    column: str
    why: str
    is_needed: bool


def fields_of(source: "Source") -> dict[str, list[Field]]:
    """The lines of the form in two groups: the usual ones, the needed first, and the rest."""
    reasons = {guess.role: guess.sentence(reading_language()) for guess in source.mapping.guesses}
    groups = {"usual": USUAL, "rest": REST}
    columns = source.mapping.columns
    return {name: [_field(role, columns, reasons) for role in roles] for name, roles in groups.items()}


def _field(role: str, columns: dict[str, str], reasons: dict[str, str]) -> Field:
    from deining.channels.files import say

    label = say(f"role_{role}", {}, reading_language())
    said = reasons.get(role, "").partition(" (")[2].removesuffix(")") if role in columns else ""
    why = said[:1].upper() + said[1:]
    return Field(role, label[:1].upper() + label[1:], columns.get(role, ""), why, role in NEEDED)


def choices_from(form: QueryDict) -> Choices:
    """What the form says. A setting that is not in it stays as it is."""
    roles = (*USUAL, *REST)
    columns = {role: str(form[f"column_{role}"]) for role in roles if f"column_{role}" in form}
    return Choices(
        columns=columns,
        tz=form.get("tz") or None,
        day_first=form["day_first"] == "yes" if "day_first" in form else None,
        network=form.get("network_name") or None,
        kind=form.get("kind_of_all") or None,
        leave_out_bots=form["bots"] == "out" if "bots" in form else None,
    )
