"""The findings as a person reads them in a terminal."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from deining.cli.report.answer import Answer, guesses, left_out, remarks
from deining.cli.report.findings import Findings
from deining.cli.report.words import Words

BLOCKS = 20
LAST_WINDOWS = 12


def show(console: Console, findings: Findings, words: Words) -> None:
    """Print everything, most important first."""
    answer = Answer(findings, words)
    console.print()
    console.print(Text(answer.title, style="bold"), Text(f"({answer.interval})") if answer.interval else "")
    for line in answer.under_title:
        console.print(Text(line, style="dim"))
    _people(console, findings, words)
    _past(console, findings, words)
    _list(console, words("careful"), remarks(findings, words))
    _list(console, words("input"), [_how_much(findings, words), *guesses(findings, words), words("override")])
    _list(console, words("left_out"), left_out(findings, words) or [words("nothing_left_out")])
    console.print()


def _how_much(findings: Findings, words: Words) -> str:
    return Answer(findings, words).input_line


def _list(console: Console, title: str, lines: list[str]) -> None:
    if not lines:
        return
    console.print(f"\n[bold]{escape(title)}[/bold]")
    for line in lines:
        console.print(Text(f"  · {line}"))


def _people(console: Console, findings: Findings, words: Words) -> None:
    people = findings.people(words.lang, findings.limit)
    if not people:
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(words("rank"), justify="right")
    table.add_column(words("person"), max_width=28, overflow="ellipsis", no_wrap=True)
    table.add_column(words("probability"), justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column(words("why"), overflow="fold")
    for person in people:
        swell = _swell(person.probability, person.high)
        table.add_row(
            words.count(person.rank),
            Text(person.name),
            words.percent(person.probability),
            swell,
            Text(person.why),
        )
    console.print(f"\n[bold]{words('who')}[/bold]")
    console.print(table)
    rest = findings.found.people.num_rows - len(people)
    if rest > 0:
        line = words("more_people", count=rest, all=str(findings.found.people.num_rows))
        console.print(Text(line, style="dim"))


def _swell(probability: float, high: float) -> Text:
    """Solid to the estimate, pale to the upper bound."""
    solid = round(probability * BLOCKS / 2)
    pale = max(0, round(high * BLOCKS / 2) - solid)
    bar = Text("█" * solid, style="cyan")
    bar.append("▒" * pale, style="cyan dim")
    bar.append("·" * (BLOCKS // 2 - solid - pale), style="dim")
    return bar


def _past(console: Console, findings: Findings, words: Words) -> None:
    rows = findings.past()
    answer = Answer(findings, words)
    console.print(f"\n[bold]{words('trust')}[/bold]")
    if not rows:
        console.print(Text(words("trust_none")))
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(words("w_cutoff"))
    heads = ("w_people", "w_base", "w_said", "w_auc", "w_count", "w_recency", "w_ap", "w_lift", "w_ece")
    for head in heads:
        table.add_column(words(head), justify="right")
    for row in rows[-LAST_WINDOWS:]:
        table.add_row(*answer.window_cells(row))
    console.print(table)
    if len(rows) > LAST_WINDOWS:
        console.print(Text(words("more_windows", count=len(rows) - LAST_WINDOWS), style="dim"))
    for line in (answer.calibration_line, answer.lift_line):
        if line:
            console.print(Text(line))
