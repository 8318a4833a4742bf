"""Charts: well-formed, escaped, named, without colours of their own, and true to their numbers."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from deining.core import charts

SVG = "{http://www.w3.org/2000/svg}"
NASTY = '<script>alert("1")</script>&'

POINTS = [
    charts.SharePoint("2023", 0.08, 0.06, 0.1, 0.07),
    charts.SharePoint(NASTY, 0.09, 0.07, 0.11, None, NASTY),
    charts.SharePoint("2025", 0.12, 0.1, 0.14),
]
BINS = [charts.CalibrationBin(0.1, 0.12, 400), charts.CalibrationBin(0.9, 0.85, 4, NASTY)]

DRAWINGS: dict[str, Callable[[], str]] = {
    "share": lambda: charts.share_over_time(POINTS, title=NASTY),
    "share of one": lambda: charts.share_over_time(POINTS[:1], title="x"),
    "share of none": lambda: charts.share_over_time([], title="x"),
    "calibration": lambda: charts.calibration(BINS, title=NASTY, said=NASTY, came_out="y"),
    "calibration of none": lambda: charts.calibration([], title="x", said="a", came_out="b"),
    "gain": lambda: charts.gain(
        [charts.GainLine(NASTY, [0, 0.1, 1], [0, 0.6, 1])], title="x", reached="a", found="b"
    ),
    "history": lambda: charts.probability_history([("jan", 0.2), (NASTY, 0.6)], title="x"),
    "history of none": lambda: charts.probability_history([], title="x"),
    "sparkline": lambda: charts.sparkline([0, 2, 1], title=NASTY),
    "sparkline of none": lambda: charts.sparkline([], title="x"),
    "swell": lambda: charts.swell(0.81, 0.88, title=NASTY),
    "bars": lambda: charts.bars([charts.Bar(NASTY, 1.0, NASTY, hint=NASTY)], title="x"),
    "people": lambda: charts.people_bars([(NASTY, 0.8, 0.9), ("Bo", 0.1, None)], title="x"),
    "histogram": lambda: charts.histogram([900, 0, 4], title="x"),
    "histogram of none": lambda: charts.histogram([], title="x"),
}


def tree(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_chart_is_sound(name: str) -> None:
    svg = DRAWINGS[name]()
    root = tree(svg)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert root[0].tag == f"{SVG}title"
    assert "<script" not in svg
    assert not re.search(r'\bstyle=|\bon\w+=|nan|#[0-9a-f]{3,6}"', svg)


def test_every_class_has_a_rule() -> None:
    rules = charts.stylesheet()
    used = {
        name
        for draw in DRAWINGS.values()
        for names in re.findall(r'class="([^"]+)"', draw())
        for name in names.split()
    }
    shapes = {name for name in used if name not in {"chart", "c-label"}}
    wholes = {"c-share", "c-calibration", "c-gain", "c-history", "c-bars", "c-histogram"}
    assert {name for name in shapes - wholes if f".{name}" not in rules} == set()


def test_colours_come_from_tokens_only() -> None:
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb\(", charts.stylesheet())


def widths(svg: str, kind: str) -> list[float]:
    return [
        float(rect.get("width", "")) for rect in tree(svg).iter(f"{SVG}rect") if rect.get("class") == kind
    ]


def test_the_swell_is_solid_to_the_estimate_and_pale_to_the_upper_bound() -> None:
    svg = charts.swell(0.6, 0.8, title="60 %", width=100)
    assert widths(svg, "c-sea") == [60.0]
    assert widths(svg, "c-sea c-pale") == [80.0]


def test_bars_are_as_long_as_their_values() -> None:
    one, half = widths(charts.bars([charts.Bar("a", 4, "4"), charts.Bar("b", 2, "2")], title="x"), "c-sea")
    assert one == pytest.approx(2 * half)


def test_the_share_rises_on_the_page_as_it_rises() -> None:
    line = next(
        node
        for node in tree(charts.share_over_time(POINTS, title="x")).iter()
        if node.get("class") == "c-sea-line"
    )
    heights = [float(y) for _, y in re.findall(r"([\d.]+) ([\d.]+)", line.get("d", ""))]
    assert heights[0] > heights[1] > heights[2]


def test_what_came_out_as_said_lies_on_the_diagonal() -> None:
    svg = charts.calibration([charts.CalibrationBin(0.5, 0.5, 10)], title="x", said="a", came_out="b")
    dot = next(tree(svg).iter(f"{SVG}circle"))
    line = next(node for node in tree(svg).iter() if node.get("class") == "c-diagonal")
    ends = {key: float(line.get(key, "")) for key in ("x1", "x2", "y1", "y2")}
    assert float(dot.get("cx", "")) == pytest.approx((ends["x1"] + ends["x2"]) / 2)
    assert float(dot.get("cy", "")) == pytest.approx((ends["y1"] + ends["y2"]) / 2)


def test_the_few_are_still_seen_beside_the_many() -> None:
    rects = list(tree(charts.histogram([10_000, 1, 0], title="x")).iter(f"{SVG}rect"))
    heights = [float(rect.get("height", "")) for rect in rects]
    assert heights[0] > heights[1] >= 1
    assert heights[2] == 0


def test_numbers_that_are_none_draw_nothing_wild() -> None:
    svg = charts.share_over_time([charts.SharePoint("x", float("nan"))], title="x")
    assert "nan" not in svg


def test_labels_are_thinned_out_and_percentages_are_the_readers_own() -> None:
    many = [charts.SharePoint(str(2000 + year), 0.1) for year in range(21)]
    svg = charts.share_over_time(many, title="x", percent=lambda share: f"{share:.0%} van 1")
    labels = [node.text or "" for node in tree(svg).iter(f"{SVG}text")]
    years = [label for label in labels if label.startswith("20")]
    assert (len(years), years[0], years[-1]) == (5, "2000", "2020")
    assert "0% van 1" in labels
