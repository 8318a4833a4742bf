"""Copy the few files that others made from `node_modules` into the package, and write down their checksums.

    npm ci --ignore-scripts && python tools/vendor.py

The copies are kept in the repository, so that running and testing need no npm. `manifest.json` beside them
says for each file where it came from, its licence and its SHA-256; a test compares.
"""

import hashlib
import json
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "node_modules"
STATIC = ROOT / "src" / "deining" / "web" / "static" / "vendor"
FOR_TESTS = ROOT / "tests" / "browser" / "vendor"

COPIES = {
    STATIC: {
        "inter-latin.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
        "inter-latin-ext.woff2": "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
        "inter.LICENSE.txt": "@fontsource-variable/inter/LICENSE",
        "htmx.min.js": "htmx.org/dist/htmx.min.js",
        "htmx.LICENSE.txt": "htmx.org/LICENSE",
        "lucide.LICENSE.txt": "lucide-static/LICENSE",
    },
    FOR_TESTS: {
        "axe.min.js": "axe-core/axe.min.js",
        "axe.LICENSE.txt": "axe-core/LICENSE",
    },
}
ICONS = (
    "arrow-down", "arrow-down-left", "arrow-left", "arrow-right", "arrow-up", "arrow-up-right", "bell",
    "bell-off", "bookmark", "calendar", "chart-line", "check", "chevron-down", "chevron-left",
    "chevron-right", "circle-check", "circle-dot", "circle-question-mark", "circle-x", "clipboard-list",
    "clock", "copy", "corner-down-right", "database", "download", "ellipsis", "eye", "file-text",
    "file-up", "filter", "fingerprint", "folder-open", "hammer", "heart", "house", "info", "key-round",
    "keyboard", "languages", "lightbulb", "link", "list-checks", "loader-circle", "log-in", "log-out",
    "mail", "megaphone", "merge", "message-circle", "message-square-reply", "minus", "monitor", "moon",
    "mouse-pointer-click", "pencil", "plus", "quote", "repeat-2", "rotate-ccw", "scroll-text", "search",
    "send", "settings", "share-2", "shield", "shopping-bag", "smartphone", "sparkles", "split", "star",
    "sticky-note", "sun", "sun-moon", "tag", "trash-2", "trending-down", "trending-up", "triangle-alert",
    "trophy", "undo-2", "upload", "user", "user-cog", "user-plus", "users", "vote", "waves", "x",
)  # fmt: skip


def main() -> None:
    """Copy, build the sprite, write the manifests."""
    for target, files in COPIES.items():
        target.mkdir(parents=True, exist_ok=True)
        origin = dict(files)
        for name, source in files.items():
            shutil.copyfile(MODULES / source, target / name)
        if target == STATIC:
            (target / "icons.svg").write_text(sprite(), encoding="utf-8")
            origin["icons.svg"] = "lucide-static/icons"
        write_manifest(target, origin)


def sprite() -> str:
    """The icons as symbols: 24 x 24, stroke in the colour of the text around them."""
    symbols = [symbol(name) for name in sorted(set(ICONS)) if (MODULES / icon_path(name)).exists()]
    missing = [name for name in ICONS if not (MODULES / icon_path(name)).exists()]
    if missing:
        raise SystemExit(f"lucide has no icons named {', '.join(missing)}: choose others in tools/vendor.py.")
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def icon_path(name: str) -> str:
    return f"lucide-static/icons/{name}.svg"


def symbol(name: str) -> str:
    drawing = (MODULES / icon_path(name)).read_text(encoding="utf-8")
    inner = re.search(r"<svg[^>]*>(.*)</svg>", drawing, re.DOTALL)
    assert inner is not None, name
    body = " ".join(inner.group(1).split())
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
        f'stroke-linecap="round" stroke-linejoin="round">{body}</symbol>'
    )


def write_manifest(target: Path, origin: dict[str, str]) -> None:
    """One entry for each file: package, version, licence, SHA-256."""
    entries = [
        {"file": name, **about(source), "sha256": checksum(target / name)}
        for name, source in sorted(origin.items())
    ]
    (target / "manifest.json").write_text(json.dumps(entries, indent=1) + "\n", encoding="utf-8")


def about(source: str) -> dict[str, str]:
    parts = source.split("/")
    package = "/".join(parts[:2]) if source.startswith("@") else parts[0]
    facts = json.loads((MODULES / package / "package.json").read_text(encoding="utf-8"))
    return {"package": package, "version": facts["version"], "licence": facts["license"]}


def checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
