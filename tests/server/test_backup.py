"""A backup brings everything back: people, keys, files. Whatever is not a backup changes nothing."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import ADDRESS
from tests.installation import Installation

pytestmark = pytest.mark.slow
MAKE = """
from deining.core.models import Brand, User
from deining.people.models import Person
brand = Brand.objects.create(name="Zuiderlicht", slug="zuiderlicht")
Person.objects.create(brand=brand, name="Marijke")
"""
COUNT = """
from deining.people.models import Person
print(json.dumps(list(Person.objects.values_list("name", flat=True))))
"""


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path / "data")
    made.migrate()
    made.python(MAKE)
    yield made
    made.close()


def test_a_backup_restores_elsewhere(installation: Installation, tmp_path: Path) -> None:
    (installation.folder / "uploads").mkdir()
    (installation.folder / "uploads" / "export.csv").write_text("person,time\n")
    done = installation.command("backup", str(tmp_path / "all.tar.gz"))
    assert done.returncode == 0, done.stderr
    elsewhere = Installation(tmp_path / "elsewhere")
    restored = elsewhere.command("restore", str(tmp_path / "all.tar.gz"))
    assert restored.returncode == 0, restored.stderr
    assert elsewhere.python(COUNT) == ["Marijke"]
    elsewhere.close()
    for name in ("keys.json", "uploads/export.csv"):
        assert (elsewhere.folder / name).read_text() == (installation.folder / name).read_text()


def test_a_restore_over_an_installation_needs_force_and_keeps_the_old(
    installation: Installation, tmp_path: Path
) -> None:
    installation.command("backup", str(tmp_path / "all.tar.gz"))
    installation.python("from deining.people.models import Person; Person.objects.update(name='Changed')")
    refused = installation.command("restore", str(tmp_path / "all.tar.gz"))
    assert refused.returncode == 2
    assert "--force" in refused.stderr
    assert installation.python(COUNT) == ["Changed"]
    forced = installation.command("restore", "--force", str(tmp_path / "all.tar.gz"))
    assert forced.returncode == 0, forced.stderr
    assert installation.python(COUNT) == ["Marijke"]
    assert ADDRESS or list(installation.folder.glob("before-restore-*/deining.sqlite3"))


def test_who_was_erased_since_the_backup_does_not_come_back(
    installation: Installation, tmp_path: Path
) -> None:
    installation.python(
        "from deining.people.models import Person; from tests.builders import make_identity\n"
        "make_identity(Person.objects.get(), 'marijke')\n"
        "from tests.builders import make_person; other = make_person(Person.objects.get().brand, 'Fien')\n"
        "make_identity(other, 'fien')"
    )
    installation.command("backup", str(tmp_path / "all.tar.gz"))
    installation.python(
        "from deining.core.actors import system_actor; from deining.people.models import Person\n"
        "from deining.people.actions.erasing import erase_person\n"
        "person = Person.objects.get(name='Marijke')\n"
        "erase_person(actor=system_actor(person.brand, 'test'), person=person, why='asked')"
    )
    restored = installation.command("restore", "--force", str(tmp_path / "all.tar.gz"))
    assert restored.returncode == 0, restored.stderr
    assert "Erased again since the backup: 1 people" in restored.stdout
    assert installation.python(COUNT) == ["Fien"]


@pytest.mark.parametrize("content", [b"", b"not a backup", None])
def test_what_is_no_backup_changes_nothing(
    installation: Installation, tmp_path: Path, content: bytes | None
) -> None:
    source = tmp_path / "strange.tar.gz"
    if content is not None:
        source.write_bytes(content)
    refused = installation.command("restore", "--force", str(source))
    assert refused.returncode == 2
    assert str(source) in refused.stderr
    assert "Traceback" not in refused.stderr
    assert installation.python(COUNT) == ["Marijke"]


def test_half_a_backup_changes_nothing(installation: Installation, tmp_path: Path) -> None:
    installation.command("backup", str(tmp_path / "all.tar.gz"))
    whole = (tmp_path / "all.tar.gz").read_bytes()
    (tmp_path / "half.tar.gz").write_bytes(whole[: len(whole) // 2])
    refused = installation.command("restore", "--force", str(tmp_path / "half.tar.gz"))
    assert refused.returncode == 2
    assert installation.python(COUNT) == ["Marijke"]


def test_without_an_installation_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    empty = Installation(tmp_path / "empty")
    refused = empty.command("backup", str(tmp_path / "all.tar.gz"))
    empty.close()
    assert refused.returncode == 2
    assert "There is no installation" in refused.stderr
    shutil.rmtree(empty.folder, ignore_errors=True)
    assert not (tmp_path / "all.tar.gz").exists()
