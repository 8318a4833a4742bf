"""`deining import FILE`, as somebody types it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.channels.imports.files import LOG

pytestmark = pytest.mark.slow
MAKE_BRAND = """
import django
django.setup()
from django.core.management import call_command
from deining.core.models import Brand
call_command("migrate", verbosity=0)
Brand.objects.create(slug="zuiderlicht", name="Zuiderlicht")
"""


def typed(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DEINING_DATA_DIR": str(folder / "data"), "DEINING_DATABASE_URL": ""}
    environment |= {"DJANGO_SETTINGS_MODULE": "deining.settings", "DEINING_LANGUAGE": "en"}
    return subprocess.run(
        [sys.executable, *words], env=environment, capture_output=True, text=True, timeout=200
    )


def test_a_file_goes_in_and_mistakes_are_told(tmp_path: Path) -> None:
    log = tmp_path / "orders.csv"
    log.write_text(LOG + "daan,Daan,never,vraag,lente\n")
    assert typed(tmp_path, "-c", MAKE_BRAND).returncode == 0

    done = typed(tmp_path, "-m", "deining", "import", str(log), "--brand", "zuiderlicht", "--wait")
    assert done.returncode == 0, done.stderr
    assert "column `klant`" in done.stderr, "what the columns were taken for is said"
    assert "3 rows added, 2 new people, 0 known already" in done.stdout
    assert "1 rejected." in done.stdout
    assert "The rejected rows, with the reason: " in done.stdout

    wrong = typed(tmp_path, "-m", "deining", "import", str(log), "--brand", "zuiderlicht", "--person", "who")
    assert (wrong.returncode, "has no column who" in wrong.stderr) == (2, True)

    nobody = typed(tmp_path, "-m", "deining", "import", str(log), "--brand", "elders")
    assert (nobody.returncode, "There is: zuiderlicht." in nobody.stderr) == (2, True)

    queued = typed(tmp_path, "-m", "deining", "import", str(log), "--brand", "zuiderlicht")
    assert (queued.returncode, "waits for the worker" in queued.stdout) == (0, True)
