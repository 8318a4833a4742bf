"""The charts of a report, from the findings."""

from deining.cli.report.findings import Findings
from deining.cli.report.words import Words
from deining.core import charts

CHANCE = 0.5
"""The AUC of guessing; bars start there."""


def share(findings: Findings, words: Words) -> str:
    """What was said and what came of it over past windows, and now; empty without any past window."""
    found = findings.found
    points = [
        charts.SharePoint(
            label=words.month(row["cutoff"]),
            share=row.get("predicted"),
            low=row.get("share_low"),
            high=row.get("share_high"),
            observed=row["base_rate"],
            hint=words(
                "share_hint",
                day=words.day(row["cutoff"]),
                share=words.percent(row.get("predicted")),
                low=words.percent(row.get("share_low")),
                high=words.percent(row.get("share_high")),
                observed=words.percent(row["base_rate"]),
            ),
        )
        for row in findings.past()
    ]
    if not points:
        return ""
    now = words(
        "now_hint",
        share=words.percent(found.share),
        low=words.percent(found.share_low),
        high=words.percent(found.share_high),
    )
    current = getattr(found, "shown_share", None) if found.layer == "stated" else found.share
    band = (found.share_low, found.share_high) if found.layer == "shown" else (None, None)
    points.append(charts.SharePoint(words("now"), current, *band, hint=now))
    return charts.share_over_time(points, title=words("share_chart"), percent=words.percent)


def calibration(findings: Findings, words: Words) -> str:
    """What was said against what came out."""
    bins = [
        charts.CalibrationBin(
            row["predicted"],
            row["observed"],
            row["people"],
            words(
                "calibration_hint",
                people=row["people"],
                said=words.percent(row["predicted"]),
                came=words.percent(row["observed"]),
            ),
        )
        for row in findings.found.calibration.to_pylist()
    ]
    return charts.calibration(
        bins,
        title=words("calibration_title"),
        said=words("said"),
        came_out=words("came_out"),
        percent=words.percent,
    )


def better(findings: Findings, words: Words) -> str:
    """Right pairs of a hundred for the model and for two ways of counting, from 50 on."""
    rows = []
    for code, column, tone in (
        ("by_model", "auc", "sea"),
        ("by_recency", "auc_recency", "faint"),
        ("by_count", "auc_count", "faint"),
    ):
        value = findings.mean(column)
        if value is not None:
            rows.append(
                charts.Bar(words(code), max(0.0, value - CHANCE), words.figure(100 * value, 0), tone=tone)
            )
    return charts.bars(rows, title=words("better"), top=1 - CHANCE)
