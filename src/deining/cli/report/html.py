"""The findings as one self-contained HTML page: no script, no network, light and dark, good on paper.

The page forbids itself everything but its own style (Content-Security-Policy); all text from outside is
escaped.
"""

from html import escape
from importlib.resources import files
from typing import Any

import deining
from deining.cli.report import pictures
from deining.cli.report.answer import Answer, guesses, left_out, remarks
from deining.cli.report.findings import Findings, Person
from deining.cli.report.words import Words
from deining.core import charts

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
LOGO = (
    '<svg class="mark" viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="2.6" '
    'stroke-linecap="round" aria-hidden="true"><path d="M2 21c5 0 5-9 10-9s5 9 10 9 4-4 8-5"/>'
    '<path d="M2 27c5 0 5-5 10-5s5 5 10 5 4-2 8-3" opacity=".45"/></svg>'
)


def page(findings: Findings, lang: str) -> str:
    """The whole page as text."""
    words = Words(lang)
    answer = Answer(findings, words)
    body = "".join(
        (
            _head(findings, answer, words),
            '<main class="grid">',
            _answer(findings, answer, words),
            _share(findings, words),
            _careful(findings, words),
            _people(findings, words),
            _trust(findings, answer, words),
            _windows(findings, answer, words),
            _input(findings, answer, words),
            "</main>",
            f"<footer>{escape(words('footer', version=deining.__version__))}</footer>",
        )
    )
    style = files(__package__).joinpath("report.css").read_text(encoding="utf-8") + charts.stylesheet()
    return (
        f'<!doctype html><html lang="{words.lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(answer.title)} · Deining</title><style>{style}</style></head>"
        f"<body>{body}</body></html>\n"
    )


def _head(findings: Findings, answer: Answer, words: Words) -> str:
    reading = findings.reading
    more = len(reading.files) - 1
    name = words("files_more", first=reading.files[0], more=more) if more else reading.files[0]
    day = words("as_of", day=words.day(findings.found.at)) if findings.found.share is not None else ""
    return (
        f'<header class="top"><div class="logo">{LOGO}deining</div>'
        f'<p class="muted small">{escape(name)}{" · " if day else ""}{escape(day)}</p>'
        f"<h1>{escape(answer.title)}</h1></header>"
    )


def _card(size: str, title: str, *parts: str) -> str:
    kind = f"card {size}".strip()
    return f'<section class="{kind}"><h2>{escape(title)}</h2>{"".join(parts)}</section>'


def _text(text: str, kind: str = "muted") -> str:
    return f'<p class="{kind}">{_code(text)}</p>' if text else ""


def _answer(findings: Findings, answer: Answer, words: Words) -> str:
    found = findings.found
    if found.share is None:
        return f'<section class="card c12">{_list(remarks(findings, words))}</section>'
    tag = f'<span class="tag gold">{escape(words("provisional"))}</span>' if found.provisional else ""
    swell = charts.swell(
        found.share, found.share_high, title=f"{words.percent(found.share)}, {answer.interval}", width=300
    )
    first, *rest = answer.under_title
    return (
        f'<section class="card c5 answer"><p class="big">{escape(words.percent(found.share))} {tag}'
        f"<small>{escape(answer.interval)}</small></p>{swell}"
        f"{_text(first, '')}{''.join(_text(line, 'muted small') for line in rest)}</section>"
    )


def _share(findings: Findings, words: Words) -> str:
    if findings.found.share is None:
        return ""
    drawn = pictures.share(findings, words)
    if not drawn:
        return _spread(findings, words, "c7")
    return _card("c7", words("share_chart"), drawn, _text(words("share_chart_lead"), "muted small"))


def _people(findings: Findings, words: Words) -> str:
    people = findings.people(words.lang, findings.limit)
    if not people:
        return ""
    total = findings.found.people.num_rows
    rows = "".join(_person(person, words) for person in people)
    lead = words("who_lead", shown=len(people), people=total)
    return _card("c12", words("who"), _text(lead, "muted small"), f'<ol class="people">{rows}</ol>')


def _person(person: Person, words: Words) -> str:
    percent = words.percent(person.probability)
    between = words("between", low=words.percent(person.low), high=words.percent(person.high))
    seen = f"{words('events', count=person.events)}, {words('since', day=words.day(person.first_seen))}"
    swell = charts.swell(person.probability, person.high, title=f"{percent}, {between}")
    return (
        f'<li class="row"><span class="rank">{words.count(person.rank)}</span>'
        f'<div class="who"><strong>{escape(person.name)}</strong>'
        f'<span class="why">{escape(person.why)}</span><span class="seen">{escape(seen)}</span></div>'
        f'<div class="swellcell">{swell}</div>'
        f'<strong class="chance">{escape(percent)}</strong></li>'
    )


def _trust(findings: Findings, answer: Answer, words: Words) -> str:
    rows = findings.past()
    if not rows:
        return ""
    better = _card(
        "",
        words("better"),
        _text(words("better_lead"), "muted small"),
        pictures.better(findings, words),
        _text(answer.lift_line, "small"),
    )
    held = _card(
        "c6",
        words("calibration_title"),
        _text(answer.calibration_line, "small"),
        pictures.calibration(findings, words),
        _text(words("calibration_chart"), "muted small"),
    )
    lead = words("trust_lead", windows=len(rows))
    chapter = f'<section class="c12 chapter"><h2>{escape(words("trust"))}</h2>{_text(lead)}</section>'
    return f'{chapter}<div class="c6 stack">{better}{_spread(findings, words, "")}</div>{held}'


def _spread(findings: Findings, words: Words, size: str) -> str:
    if not findings.present:
        return ""
    drawn = charts.histogram(
        findings.spread(), title=words("spread"), count=words.count, percent=words.percent
    )
    return _card(size, words("spread"), drawn, _text(words("spread_lead"), "muted small"))


def _careful(findings: Findings, words: Words) -> str:
    told = remarks(findings, words)
    if not findings.past():
        told.append(words("trust_none"))
    if not told or findings.found.share is None:
        return ""
    return _card("c12 gold", words("careful"), _list(told))


def _windows(findings: Findings, answer: Answer, words: Words) -> str:
    rows = findings.past()
    if not rows:
        return ""
    names = (
        "w_cutoff",
        "w_people",
        "w_base",
        "w_said",
        "w_auc",
        "w_count",
        "w_recency",
        "w_ap",
        "w_lift",
        "w_ece",
    )
    head = "".join(f'<th scope="col">{escape(words(name))}</th>' for name in names)
    body = "".join(_cells(answer.window_cells(row)) for row in rows)
    table = (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(words("windows"))}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
    return _card("c12", words("windows"), table, _text(words("windows_lead"), "muted small"))


def _cells(cells: list[str]) -> str:
    first, *rest = cells
    return (
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in rest)}</tr>'
    )


def _input(findings: Findings, answer: Answer, words: Words) -> str:
    read = _card(
        "c6", words("input"), _text(answer.input_line, ""), _list(guesses(findings, words)),
        _text(words("override"), "muted small"),
    )  # fmt: skip
    lines = left_out(findings, words)
    rest = _list(lines) if lines else _text(words("nothing_left_out"))
    return read + _card("c6", words("left_out"), rest)


def _list(lines: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{_code(line)}</li>' for line in lines)}</ul>" if lines else ""


def _code(line: str) -> str:
    """Escaped, with `column` set as code."""
    parts: list[Any] = escape(line).split("`")
    if len(parts) % 2 == 0:
        return "`".join(parts)
    return "".join(f"<code>{part}</code>" if place % 2 else part for place, part in enumerate(parts))
