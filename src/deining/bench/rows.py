"""What a bench prints: one row a figure, as a table for people or as JSON for machines."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from rich.console import Console
from rich.table import Table

Beside = dict[str, float | int | str]


@dataclass(frozen=True)
class Row:
    """One measured figure.

    `goal`: in words, with its number. `met`: None when there is no goal or nothing was measured. `beside`:
    what the figure is to be read with, such as rivals measured in the same run. A figure that could not be
    measured has `value` None and says why under "skipped" in `beside`.
    """

    figure: str
    value: float | None
    unit: str
    goal: str = ""
    met: bool | None = None
    beside: Beside = field(default_factory=dict)


def skipped(figure: str, why: str, unit: str = "", goal: str = "") -> Row:
    """A row for what was not measured, and why."""
    return Row(figure, None, unit, goal, None, {"skipped": why})


def as_json(rows: Sequence[Row]) -> str:
    """The rows as a JSON list."""
    return json.dumps([asdict(row) for row in rows], indent=1, ensure_ascii=False)


def print_rows(rows: Sequence[Row], title: str, console: Console | None = None) -> None:
    """The rows as a table on the terminal, with a last line that counts goals met and missed."""
    console = console or Console()
    table = Table(title=title, title_justify="left", expand=False)
    for name in ("figure", "value", "goal", "met", "beside"):
        table.add_column(name, justify="right" if name == "value" else "left", overflow="fold")
    for row in rows:
        table.add_row(row.figure, _value(row), row.goal, _met(row.met), _beside(row.beside))
    console.print(table)
    goals = [row.met for row in rows if row.met is not None]
    missing = sum(row.value is None for row in rows)
    console.print(f"{sum(goals)} of {len(goals)} goals met, {missing} figures skipped.")


def _value(row: Row) -> str:
    return "skipped" if row.value is None else f"{_number(row.value)} {row.unit}".strip()


def _met(met: bool | None) -> str:
    return {True: "yes", False: "NO", None: ""}[met]


def _beside(beside: Beside) -> str:
    return ", ".join(f"{name} {_number(value)}" for name, value in beside.items())


def _number(value: float | int | str) -> str:
    if isinstance(value, float):
        return f"{value:.3f}" if abs(value) < 10 else f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else value
