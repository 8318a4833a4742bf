"""The Dutch catalogues: `locale/<room>/nl/LC_MESSAGES/django.po`, compiled beside themselves when changed.

The compiled files are not kept in the repository; compiling all of them takes a few hundredths of a second.
"""

from pathlib import Path

LOCALE = Path(__file__).resolve().parent / "locale"


def compile_changed() -> list[Path]:
    """Compile every catalogue that is newer than its compiled form; returns what was written."""
    stale = [
        source
        for source in sorted(LOCALE.glob("*/*/LC_MESSAGES/django.po"))
        if not _target(source).exists() or _target(source).stat().st_mtime < source.stat().st_mtime
    ]
    if stale:
        import polib

        for source in stale:
            polib.pofile(str(source)).save_as_mofile(str(_target(source)))
    return [_target(source) for source in stale]


def _target(source: Path) -> Path:
    return source.with_suffix(".mo")
