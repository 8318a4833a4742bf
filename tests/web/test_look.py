"""The stylesheet keeps its promises (contrast); vendored files are what they say they are."""

import hashlib
import json
import re
from pathlib import Path

import pytest

import deining.web
from deining.core import charts

STATIC = Path(deining.web.__file__).parent / "static"
LOOK = (STATIC / "css" / "look.css").read_text(encoding="utf-8")
VENDORED = (STATIC / "vendor", Path(__file__).parents[1] / "browser" / "vendor")
TOKENS = dict(re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)", LOOK))
TEXT_ON = {
    "ink": ("paper", "surface", "raised", "sea-soft", "gold-soft", "coral-soft", "green-soft"),
    "muted": ("paper", "surface", "raised", "sea-soft", "gold-soft", "coral-soft"),
    "faint": ("paper", "surface", "raised"),
    "sea": ("paper", "surface", "raised"),
    "sea-ink": ("sea-soft",),
    "coral": ("coral-soft", "surface", "paper"),
    "gold": ("gold-soft", "surface"),
    "green": ("green-soft", "surface"),
    "on-sea": ("sea", "sea-ink", "coral"),
}


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's ratio, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("by_night", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"), [(text, ground) for text, grounds in TEXT_ON.items() for ground in grounds]
)
def test_every_text_can_be_read_on_its_ground(text: str, ground: str, by_night: int) -> None:
    assert contrast(TOKENS[text].split(", ")[by_night], TOKENS[ground].split(", ")[by_night]) >= 4.5


@pytest.mark.parametrize("by_night", [0, 1], ids=["light", "dark"])
def test_edges_of_fields_stand_out(by_night: int) -> None:
    for ground in ("paper", "surface", "raised"):
        assert contrast(TOKENS["edge"].split(", ")[by_night], TOKENS[ground].split(", ")[by_night]) >= 3


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: folder.parent.name)
def test_vendored_files_are_what_the_manifest_says(folder: Path) -> None:
    entries = {
        entry["file"]: entry for entry in json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    }
    files = {path.name for path in folder.iterdir()} - {"manifest.json"}
    assert files == set(entries)
    for name, entry in entries.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == entry["sha256"], name
        assert entry["licence"]


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((Path(__file__).parents[2] / "package-lock.json").read_text(encoding="utf-8"))
    packages = [package for name, package in lock["packages"].items() if name]
    assert packages
    assert not [package for package in packages if "resolved" in package]
    assert all(package["integrity"].startswith("sha512-") for package in packages)


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    drawn = set(
        re.findall(r'<symbol id="([a-z0-9-]+)"', (STATIC / "vendor" / "icons.svg").read_text("utf-8"))
    )
    used: set[str] = set()
    for path in STATIC.parent.rglob("*.html"):
        used |= set(re.findall(r'{% icon "([a-z0-9-]+)"', path.read_text(encoding="utf-8")))
        used |= set(re.findall(r'shape="([a-z0-9-]+)"', path.read_text(encoding="utf-8")))
    for path in STATIC.parent.rglob("*.py"):
        used |= set(re.findall(r'icon="([a-z0-9-]+)"', path.read_text(encoding="utf-8")))
    assert used - drawn == set()


def test_the_pages_have_the_same_chart_colours_as_the_report() -> None:
    assert (STATIC / "css" / "charts.css").read_text(encoding="utf-8") == charts.stylesheet()


def test_nothing_is_fetched_from_elsewhere() -> None:
    for path in [*STATIC.rglob("*.css"), *(STATIC / "js").rglob("*.js")]:
        assert not re.search(r"https?://|@import", path.read_text(encoding="utf-8")), path.name
