"""After erasing somebody no file of the data folder has a word of them, not even the write-ahead log."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

STORY = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from deining.people.actions.erasing import erase_person
from deining.people.actions.notes import add_note
from deining.people.actions.persons import rename_person
from tests import builders
brand = builders.make_brand()
owner = builders.make_colleague(brand)
for number in range(300):
    builders.make_identity(builders.make_person(brand, f"Bram {number}"), name=f"Bram {number}")
person = builders.make_person(brand, "zonnebloem")
builders.make_identity(person, "zonnebloem-1", name="Zonnebloem", email="zonnebloem@example.org")
rename_person(actor=owner, person=person, name="Zonnebloem Quackelbeen " * 5)
rename_person(actor=owner, person=person, name="Zonnebloem")
add_note(actor=owner, person=person, text="zonnebloem " * 300)
from pathlib import Path
from django.conf import settings
files = [path for path in Path(settings.DATA_DIR).iterdir() if path.is_file()]
assert any(b"zonnebloem" in path.read_bytes().lower() for path in files)
erase_person(actor=owner, person=person, why="asked")
"""


@pytest.mark.slow
@pytest.mark.skipif(bool(os.environ.get("DEINING_DATABASE_URL")), reason="about SQLite's files")
def test_no_file_of_the_installation_has_a_word_of_the_erased(tmp_path: Path) -> None:
    settings = {"DEINING_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "deining.settings"}
    command = [sys.executable, "-c", STORY]
    done = subprocess.run(command, env=os.environ | settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert tmp_path / "deining.sqlite3" in files
    assert [path for path in files if b"zonnebloem" in path.read_bytes().lower()] == []
    assert any(b"Bram 7" in path.read_bytes() for path in files)
