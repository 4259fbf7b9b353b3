"""What the house tests ask about the checkout."""
from __future__ import annotations

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def git(*arguments: str) -> str:
    """What git says about this checkout."""
    return subprocess.run(["git", "-c", f"safe.directory={ROOT}", *arguments], cwd=ROOT, check=True, text=True,
                          capture_output=True).stdout


@cache
def tracked() -> tuple[str, ...]:
    """The files of the repository that are there, as paths relative to its root."""
    return tuple(name for name in git("ls-files", "-z").split("\0") if name and (ROOT / name).is_file())


@cache
def pyproject() -> dict[str, Any]:
    """pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@cache
def makefile_targets() -> dict[str, str]:
    """The targets that `make help` lists, each with its sentence."""
    return dict(re.findall(r"^([a-z-]+):.*?## (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
