"""Pages in a folder: complete, replaced at once, and with everything that they load."""
from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.feedback import STATIC, write_pages
from autograder.model import MachineryError


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_everything_that_a_page_loads_stands_beside_it(render: Callable[..., str], tmp_path: Path) -> None:
    (path,) = write_pages(tmp_path, {"team-00007": render()})
    assert path == tmp_path / "team-00007.html"
    for link in re.findall(r'(?:src|href)="(static/[^"]+)"', path.read_text(encoding="utf-8")):
        assert (tmp_path / link).is_file()
    css = (tmp_path / "static" / "katex" / "katex.min.css").read_text()
    for font in set(re.findall(r"url\((fonts/[^)]+\.woff2)\)", css)):
        assert (tmp_path / "static" / "katex" / font).is_file()
    assert (tmp_path / "static" / "katex" / "LICENSE").read_text().startswith("The MIT License")


def test_writing_again_replaces_pages_and_leaves_the_rest(tmp_path: Path) -> None:
    write_pages(tmp_path, {"a": "one", "b": "two"})
    stamp = (tmp_path / "static" / "math.js").stat().st_mtime_ns
    write_pages(tmp_path, {"a": "new"})
    assert (tmp_path / "a.html").read_text() == "new" and (tmp_path / "b.html").read_text() == "two"
    assert (tmp_path / "static" / "math.js").stat().st_mtime_ns == stamp
    assert names(tmp_path) == {"a.html", "b.html"} | {f"static/{name}" for name in names(STATIC)}


def test_an_outdated_static_folder_is_renewed(tmp_path: Path) -> None:
    write_pages(tmp_path, {})
    (tmp_path / "static" / "math.js").write_text("old")
    (tmp_path / "static" / "left-over.js").write_text("old")
    write_pages(tmp_path, {})
    assert names(tmp_path / "static") == names(STATIC)
    assert (tmp_path / "static" / "math.js").read_bytes() == (STATIC / "math.js").read_bytes()


@pytest.mark.parametrize("name", ["../a", "a/b", "", ".hidden", "a\nb"])
def test_a_name_that_leads_elsewhere_is_refused_before_anything_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(MachineryError, match="cannot be the name of a page"):
        write_pages(tmp_path / "pages", {"good": "x", name: "x"})
    assert not (tmp_path / "pages").exists()


def test_a_page_that_cannot_be_written_leaves_no_part_behind(tmp_path: Path) -> None:
    write_pages(tmp_path, {"a": "old"})
    with pytest.raises(UnicodeEncodeError):
        write_pages(tmp_path, {"a": "new \udcff"})
    assert (tmp_path / "a.html").read_text() == "old"
    assert names(tmp_path) == {"a.html"} | {f"static/{name}" for name in names(STATIC)}
