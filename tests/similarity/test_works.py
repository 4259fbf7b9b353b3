"""What is taken out of submissions and archives."""

from __future__ import annotations

import io
import json
import os
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from autograder.authoring import load_assignment
from autograder.model import Assignment, Submission, SubmissionError
from autograder.similarity import archived, given, work
from autograder.similarity.works import MAX_FILE, OWN

SIX = Path(__file__).parents[1] / "golden" / "six"
MINE = "def softmax(Z):\n    return mine(Z)"


@cache
def six() -> Assignment:
    return load_assignment(SIX)


def notebook(**answers: str) -> dict[str, Any]:
    cells = [dict(cell) for cell in six().notebook["cells"]]
    for cell in cells:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        cell["source"] = answers.get(name, cell["source"])
    return {**six().notebook, "cells": cells}


def content(made: dict[str, Any]) -> bytes:
    return json.dumps(made).encode()


def submission(files: dict[str, bytes]) -> Submission:
    return Submission("six", "team-00001", ("ann", "ben"), files, "sha")


def test_of_a_submission_the_students_own_text_is_compared() -> None:
    made = notebook(softmax=MINE)
    made["cells"].insert(3, {"cell_type": "code", "metadata": {}, "source": "mine = 1", "id": "extra"})
    setup = next(cell for cell in made["cells"] if "import numpy as np" in cell["source"])
    setup["source"] += "\nimport math"
    found = work(six(), submission({"six.ipynb": content(made), "helpers.py": b"def h(): pass", "notes.txt": b"import this"}))
    texts = {piece.title: piece for piece in found.pieces}
    assert found.members == ("ann", "ben")
    assert (texts["softmax"].part, texts["softmax"].text) == ("softmax", MINE)
    own = [piece.text for piece in found.pieces if piece.part == OWN]
    assert "mine = 1" in own and "def h(): pass" in own and not any("import this" in text for text in own)
    assert not any("assert_allclose" in piece.text for piece in found.pieces)


def test_everything_that_students_receive_is_given_and_no_solution() -> None:
    text = "\n".join(piece.text for piece in given(six()))
    assert "def softmax(Z):" in text and "NotImplementedError" in text and "assert_allclose(P, np.full" in text
    assert "np.exp(Z - Z.max" not in text and "default_rng(11)" not in text


@pytest.mark.parametrize("broken", [b"", b"{", b"\xff\xfe", b'{"cells": 3}', b'{"cells": [1, null, {"cell_type": 7}]}', b"[]"])
def test_a_notebook_that_cannot_be_read_has_no_text(broken: bytes) -> None:
    assert all(not piece.text for piece in work(six(), submission({"six.ipynb": broken})).pieces)


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def test_an_archive_is_read_in_any_order_of_folders_and_zip_files(tmp_path: Path) -> None:
    mine = content(notebook(softmax=MINE))
    (tmp_path / "2024" / "ann" / "six").mkdir(parents=True)
    (tmp_path / "2024" / "ann" / "six" / "six.ipynb").write_bytes(mine)
    (tmp_path / "2024" / "ann" / ".ipynb_checkpoints").mkdir()
    (tmp_path / "2024" / "ann" / ".ipynb_checkpoints" / "six.ipynb").write_bytes(mine)
    (tmp_path / "2025.zip").write_bytes(
        zipped({"cat/other_name.ipynb": mine, "dan/d.zip": zipped({"six.ipynb": mine}), "readme.txt": b"x"})
    )
    (tmp_path / "hw99.ipynb").write_bytes(json.dumps({"cells": []}).encode())
    (tmp_path / "link.ipynb").symlink_to(tmp_path / "2024" / "ann" / "six" / "six.ipynb")
    found = archived(tmp_path, six(), ["ann", "eve"])
    assert [(one.name, one.members) for one in found] == [
        ("2025.zip/cat/other_name.ipynb", ()),
        ("2025.zip/dan/d.zip/six.ipynb", ()),
        ("2024/ann/six/six.ipynb", ("ann",)),
    ]
    assert all(one.earlier for one in found)


def test_zip_files_that_were_made_to_do_harm_do_none(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"../../etc/six.ipynb": content(notebook(softmax=MINE)), "bomb.ipynb": b"\0" * (MAX_FILE + 1)}))
    assert [one.name for one in archived(tmp_path, six())] == ["a.zip/../../etc/six.ipynb"]
    assert sorted(os.listdir(tmp_path)) == ["a.zip"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_in_a_zip_file_are_told_apart_and_cannot_write_to_a_terminal(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for _ in range(2):
            archive.writestr("\x1b[2J\nsix.ipynb", content(notebook(softmax=MINE)))
    assert [one.name for one in archived(tmp_path, six())] == ["a.zip/\ufffd[2J\ufffdsix.ipynb", "a.zip/\ufffd[2J\ufffdsix.ipynb (2)"]


BROKEN = {"no zip": b"no zip", "cut off": zipped({"six.ipynb": b"x" * 1000})[:-40], "head alone": b"PK\x03\x04" + b"\0" * 100}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_a_zip_file_that_cannot_be_read_is_named(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "old.zip").write_bytes(broken)
    with pytest.raises(SubmissionError, match=r"old\.zip: cannot be read as a zip file"):
        archived(tmp_path, six())


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SubmissionError, match="no such folder"):
        archived(tmp_path / "nowhere", six())
