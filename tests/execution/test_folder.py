"""Two folders kept alike by telling: only plain files, only within, nothing that the author put there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.execution import folder
from autograder.execution.folder import Told, is_plain


@pytest.fixture
def two(tmp_path: Path) -> tuple[Told, Told]:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    return Told(tmp_path / "here"), Told(tmp_path / "there")


def tell(one: Told, other: Told, *, besides: tuple[str, ...] = ()) -> None:
    other.take(*one.changes(besides=besides), besides=besides)


def test_what_is_written_changed_or_removed_here_is_there_after_telling(two: tuple[Told, Told]) -> None:
    here, there = two
    (here.root / "deep").mkdir()
    (here.root / "deep" / "a.txt").write_text("one")
    tell(here, there)
    assert (there.root / "deep" / "a.txt").read_text() == "one"
    (there.root / "deep" / "a.txt").write_text("three")
    tell(there, here)
    assert (here.root / "deep" / "a.txt").read_text() == "three"
    (here.root / "deep" / "a.txt").unlink()
    tell(here, there)
    assert not (there.root / "deep" / "a.txt").exists()


def test_nothing_is_told_twice_nor_back(two: tuple[Told, Told]) -> None:
    here, there = two
    (here.root / "a.txt").write_text("one")
    tell(here, there)
    assert here.changes() == there.changes() == ({}, [])


def test_what_was_known_at_the_start_is_told_when_it_changes(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("1")
    (tmp_path / "mine.csv").write_text("2")
    told = Told(tmp_path, known=["data.csv"])
    assert told.changes() == ({"mine.csv": b"2"}, [])
    (tmp_path / "data.csv").write_text("11")
    assert told.changes() == ({"data.csv": b"11"}, [])


def test_the_authors_files_stay_what_they_are(two: tuple[Told, Told]) -> None:
    _, there = two
    (there.root / "data.csv").write_text("right")
    there.take({"data.csv": b"forged"}, ["data.csv"], besides=["data.csv"])
    assert (there.root / "data.csv").read_text() == "right"
    assert there.changes(besides=["data.csv"]) == ({}, [])


def test_links_and_large_files_stay_where_they_are(two: tuple[Told, Told], monkeypatch: pytest.MonkeyPatch) -> None:
    here, _ = two
    monkeypatch.setattr(folder, "MAX_BYTES", 10)
    monkeypatch.setattr(folder, "MAX_FILES", 2)
    os.symlink("/etc/passwd", here.root / "link")
    (here.root / "large").write_bytes(b"x" * 11)
    for name in ("a", "b", "c"):
        (here.root / name).write_bytes(b"xx")
    assert here.changes() == ({"a": b"xx", "b": b"xx"}, [])
    assert here.changes() == ({"c": b"xx"}, [])


@pytest.mark.parametrize(
    "name", ["../a", "/etc/a", "a/../../b", ".hidden", "a/.b/c", "", "a\x00b", "a\\b", "a\nb", 7, None, "matplotlib/x"]
)
def test_a_name_that_leads_elsewhere_is_passed_over(two: tuple[Told, Told], name: object, tmp_path: Path) -> None:
    assert not is_plain(name)
    before = sorted(tmp_path.rglob("*"))
    two[1].take({name: b"x"}, [name])
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_in_the_place_of_a_folder_is_passed_over(two: tuple[Told, Told]) -> None:
    two[1].take({"a": b"1", "a/b": b"2", "c/d": b"3"}, ["c"])
    assert sorted(path.name for path in two[1].root.rglob("*")) == ["a", "c", "d"]


def test_what_is_no_content_is_passed_over(two: tuple[Told, Told]) -> None:
    two[1].take({"a": "text", "b": None, "c": b"bytes"}, [])
    assert [path.name for path in two[1].root.iterdir()] == ["c"]
