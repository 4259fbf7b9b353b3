"""Pages into a folder, each as a whole or not at all, with one copy of what they load beside them."""
from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ..model import MachineryError

STATIC = Path(__file__).parent / "static"
CSP = ("default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
       "base-uri 'none'; form-action 'none'; frame-ancestors 'self'")
SAFE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@+-]*")


def write_pages(folder: Path, pages: Mapping[str, str]) -> tuple[Path, ...]:
    """Write `<name>.html` for each page, and `static/` that they link to; returns the paths of the pages.

    A page that is already there is replaced at once: a reader sees the old or the new one, never a part. MachineryError
    when a name is not fit for a file.
    """
    for name in pages:
        if not SAFE_NAME.fullmatch(name):
            raise MachineryError(f'"{name}" cannot be the name of a page; nothing was written')
    folder.mkdir(parents=True, exist_ok=True)
    _copy_static(folder / "static")
    return tuple(_write(folder / f"{name}.html", text) for name, text in pages.items())


def _write(path: Path, text: str) -> Path:
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
    return path


def _copy_static(place: Path) -> None:
    ours = _contents(STATIC)
    if _contents(place) == ours:
        return
    fresh = Path(tempfile.mkdtemp(prefix=".static-", dir=place.parent))
    try:
        shutil.copytree(STATIC, fresh / "new")
        if place.exists():
            place.rename(fresh / "old")
        (fresh / "new").rename(place)
    finally:
        shutil.rmtree(fresh)


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
