"""What a person can use is written down: every command, setting and kind of log entry."""

import re
from pathlib import Path

import pytest
import typer

from deining.cli import build
from deining.config import Config
from deining.core.log import declared_kinds

DOCS = Path(__file__).resolve().parents[1] / "docs"


def commands() -> list[str]:
    group = typer.main.get_command(build())
    names = group.commands  # type: ignore[attr-defined]
    return sorted(name for name, command in names.items() if not command.hidden)


@pytest.mark.parametrize("name", commands())
def test_every_command_is_documented(name: str) -> None:
    assert f"`deining {name}" in (DOCS / "commands.md").read_text()


def test_only_commands_that_exist_are_documented() -> None:
    written = set(re.findall(r"^\| `deining ([\w-]+)", (DOCS / "commands.md").read_text(), re.MULTILINE))
    assert written == set(commands())


def test_every_setting_is_documented_with_its_meaning() -> None:
    text = (DOCS / "settings.md").read_text()
    written = dict(re.findall(r"^\| `(DEINING_\w+)` \| .* \| (.*) \|$", text, re.MULTILINE))
    assert written == {
        f"DEINING_{name.upper()}": field.description for name, field in Config.model_fields.items()
    }


def test_every_kind_of_log_entry_is_documented() -> None:
    written = re.findall(r"^\| `([\w.]+)` \|", (DOCS / "log.md").read_text(), re.MULTILINE)
    assert written == sorted(declared_kinds())


def test_the_specification_numbers_each_requirement_once() -> None:
    numbers = re.findall(r"^\| ([A-Z]\d+) \|", (DOCS / "spec.md").read_text(), re.MULTILINE)
    assert len(numbers) == len(set(numbers))
    assert {number[0] for number in numbers} == set("SLPTEUBCR")


def test_links_between_documents_lead_somewhere() -> None:
    root = DOCS.parent
    pages = [*DOCS.rglob("*.md"), *root.glob("*.md")]
    missing = [
        f"{page.relative_to(root)}: {target}"
        for page in pages
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text())
        if not (page.parent / target).exists()
    ]
    assert missing == []
