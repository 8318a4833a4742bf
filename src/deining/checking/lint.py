"""Everything about the code that a program can judge."""

import shutil
import subprocess
import sys
from collections.abc import Callable

from deining.checking import sizes, words
from deining.config import PROJECT_ROOT

Check = Callable[[], list[str]]


def run_checks() -> int:
    """Run each check, print what is wrong, and a line for each. Returns the exit code."""
    steps: list[tuple[str, Check]] = [
        ("ruff", lambda: _tool("ruff", "check", "src", "tests", "tools", "deining")),
        ("formatting", lambda: _tool("ruff", "format", "--check", "-q", "src", "tests", "tools")),
        ("types", lambda: _tool("mypy")),
        ("floors", lambda: _tool("lint-imports", "--no-cache")),
        ("file sizes", sizes.too_large),
        ("translations", words.untranslated),
    ]
    failed = 0
    for name, step in steps:
        problems = step()
        failed += bool(problems)
        print(f"{'NOT GOOD' if problems else 'good':>9}  {name}", flush=True)  # noqa: T201
        for problem in problems:
            print(f"           {problem}")  # noqa: T201
    return 1 if failed else 0


def _tool(program: str, *arguments: str) -> list[str]:
    path = shutil.which(program, path=str(sys.prefix) + "/bin")
    if path is None:
        return [f"{program} is not installed; run ./deining check, which installs what it needs"]
    done = subprocess.run(  # noqa: S603
        [path, *arguments], cwd=PROJECT_ROOT, capture_output=True, text=True, check=False
    )
    return [] if done.returncode == 0 else (done.stdout + done.stderr).strip().splitlines()[-60:]
