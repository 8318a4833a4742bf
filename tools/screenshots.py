"""The pictures of the README, taken from a running installation with the demo brand.

./deining run &                       # an empty data folder: DEINING_DATA_DIR=$(mktemp -d)
.venv/bin/python tools/screenshots.py http://127.0.0.1:8330
"""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

TARGET = Path(__file__).resolve().parents[1] / "docs" / "images"
BRAND = "/b/klompvaart/"
PATIENCE = 180_000


def main(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="en-GB")
        page.goto(address + "/")
        page.locator("main form button").last.click()
        page.wait_for_url("**/b/**")
        page.locator(".big").first.wait_for(timeout=PATIENCE)
        take(page, address + BRAND, "home")
        take(page, address + BRAND + "people", "people")
        page.locator("tr.item a").first.click()
        page.wait_for_load_state("networkidle")
        page.screenshot(path=TARGET / "person.png")
        browser.close()


def take(page: Page, address: str, name: str) -> None:
    """One picture, once everything has arrived."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=TARGET / f"{name}.png")


if __name__ == "__main__":
    main(sys.argv[1])
