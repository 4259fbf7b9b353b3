"""Whatever lies in a folder of submissions, or is handed to the ledger: it is taken as it is, or refused with a reason, alone."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.execution import Engine
from autograder.grading import grade
from autograder.jobs import MAX_FILE, read_folder
from autograder.ledger import fingerprint
from autograder.ledger.packing import check
from autograder.model import Assignment, Status, Submission, SubmissionError
from tests.attacks.planted import SECRET
from tests.golden.cases import base

HONEST = "honest"


def notebook(six: Assignment, **more: Any) -> bytes:
    return json.dumps({**base(six, "reference"), **more}).encode()


def deep(place: Path, six: Assignment) -> None:
    """More folders in one another than Python has room for calls."""
    here = os.open(place, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)


def linked_file(place: Path, six: Assignment) -> None:
    (place.parent.parent / "source.ipynb").write_bytes(notebook(six))
    (place / "six.ipynb").symlink_to(place.parent.parent / "source.ipynb")


def linked_folder(place: Path, six: Assignment) -> None:
    source = place.parent.parent / "source"
    source.mkdir()
    (source / "six.ipynb").write_bytes(notebook(six))
    (place / "six").symlink_to(source)


def linked_within(place: Path, six: Assignment) -> None:
    (place / "inner").symlink_to("..")
    (place / "six.ipynb").symlink_to("inner/honest/six.ipynb")


def queue(place: Path, six: Assignment) -> None:
    os.mkfifo(place / "six.ipynb")


def two_notebooks(place: Path, six: Assignment) -> None:
    for name in ("one", "two"):
        (place / f"{name}.ipynb").write_bytes(notebook(six))


def too_large(place: Path, six: Assignment) -> None:
    with open(place / "six.ipynb", "wb") as file:
        file.truncate(MAX_FILE + 1)


def too_large_together(place: Path, six: Assignment) -> None:
    (place / "six.ipynb").write_bytes(notebook(six))
    with open(place / "notes.txt", "wb") as file:
        file.truncate(MAX_FILE - 1)


def too_many(place: Path, six: Assignment) -> None:
    (place / "six.ipynb").write_bytes(notebook(six))
    for number in range(1500):
        (place / str(number)).touch()


def folder_named_so(place: Path, six: Assignment) -> None:
    (place / "six.ipynb").mkdir()


def unreadable(place: Path, six: Assignment) -> None:
    (place / "six.ipynb").symlink_to("six.ipynb")


REFUSED: dict[str, Callable[[Path, Assignment], None]] = {
    f.__name__: f
    for f in (
        *(deep, linked_file, linked_folder, linked_within, queue, two_notebooks),
        *(too_large, too_large_together, too_many, folder_named_so, unreadable),
    )
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_folder_that_cannot_be_taken_is_refused_alone(
    what: str, six: Assignment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.jobs.MAX_ENTRIES", 1000)
    handed_in = tmp_path / "handed-in"
    for name in ("attacker", HONEST):
        (handed_in / name).mkdir(parents=True)
    (handed_in / HONEST / "six.ipynb").write_bytes(notebook(six))
    REFUSED[what](handed_in / "attacker", six)
    try:
        found, refused = read_folder(handed_in, six)
    finally:
        subprocess.run(["rm", "-rf", handed_in / "attacker"], check=True)  # Python's own way ends at the depth of its stack
    assert [one.team for one in found] == [HONEST]
    assert [name for name, _ in refused] == ["attacker"]


NAMES = {
    "half a character": b"notes\xff.txt",
    "a line break": b"no\ntes.txt",
    "an escape": b"\x1b[2Jnotes.txt",
    "another spelling": "n\u043etes.txt".encode(),
    "a path of backslashes": b"..\\..\\notes.txt",
    "a module": b"numpy.py",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_files_of_any_name_beside_the_notebook_are_left_where_they_are(name: bytes, six: Assignment, tmp_path: Path) -> None:
    place = tmp_path / "handed-in" / "attacker"
    place.mkdir(parents=True)
    (place / "six.ipynb").write_bytes(notebook(six))
    for folder in (b"", b"sub/"):
        path = os.path.join(os.fsencode(place), folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(b"x")
    found, refused = read_folder(tmp_path / "handed-in", six)
    assert not refused and [sorted(one.files) for one in found] == [["six.ipynb"]]


def test_a_submission_whose_name_is_no_text_is_refused_alone(six: Assignment, tmp_path: Path) -> None:
    for name in (b"ann", b"b\xffb", b"c\nc"):
        os.makedirs(os.path.join(os.fsencode(tmp_path), name))
        with open(os.path.join(os.fsencode(tmp_path), name, b"six.ipynb"), "wb") as file:
            file.write(notebook(six))
    found, refused = read_folder(tmp_path, six)
    assert [one.team for one in found] == ["ann"] and len(refused) == 2
    assert all(text.isprintable() for told in refused for text in told)


def test_two_submissions_of_one_name_are_not_taken_for_each_other(six: Assignment, tmp_path: Path) -> None:
    (tmp_path / "ann").mkdir()
    (tmp_path / "ann" / "six.ipynb").write_bytes(notebook(six))
    (tmp_path / "ann.ipynb").write_bytes(b"{}")
    found, refused = read_folder(tmp_path, six)
    assert not found and [name for name, _ in refused] == ["ann"]


LEDGER_NAMES = [
    "../x.txt", "/etc/passwd", "a/../../notes.txt", "notes.txt/", "C:notes.txt", "a\\b.txt", "notes\0.txt", "\ud800.txt", "\u202egnp.txt",
    "n" * 300, "", ".", "..", "notes.txt\n", "numpy.py", "autograder/__init__.py", "NOTES.TXT", "a//b.txt", "~", "notes.txt ",
]  # fmt: skip


@pytest.mark.parametrize("name", LEDGER_NAMES, ids=ascii)
def test_the_ledger_refuses_names_that_are_not_the_assignments(name: str, six: Assignment) -> None:
    with pytest.raises(SubmissionError) as told:
        check({"six.ipynb": notebook(six), name: b"x"}, notebook="six.ipynb", allowed=six.files)
    str(told.value).encode()


CELL = {"cell_type": "code", "metadata": {}, "source": "", "outputs": [], "execution_count": None}
CONTENTS: dict[str, bytes] = {
    "empty": b"",
    "cut off": b'{"cells": [{"cell_type": "co',
    "nested": b'{"nbformat": 4, "cells": ' + b"[" * 100_000,
    "nested in a cell": b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "", "metadata": ' + b'{"a":' * 100_000,
    "a million cells": b'{"nbformat": 4, "cells": [' + b'{"cell_type":"raw","source":""},' * 600_000 + b"{}]}",
    "a huge number": b'{"nbformat": 4, "cells": [], "x": ' + b"9" * 1_000_000 + b"}",
    "utf-16": '{"nbformat": 4, "cells": []}'.encode("utf-16"),
    "latin": b'{"nbformat": 4, "cells": [], "x": "\xe9"}',
    "zip": b"PK\x03\x04" + bytes(100),
    "format 3": b'{"nbformat": 3, "worksheets": [{"cells": []}]}',
    "a list": b"[]",
    "a text": b'"six"',
    "cells that are none": b'{"nbformat": 4, "cells": {"0": 1}}',
    "NUL": bytes(1000),
}


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_what_is_no_notebook_is_refused_by_the_ledger_and_waits_for_a_person_otherwise(
    content: bytes, six: Assignment, engine: Engine
) -> None:
    if b"raw" not in content and b"9999" not in content:
        with pytest.raises(SubmissionError):
            check({"six.ipynb": content}, notebook="six.ipynb")
    files = {"six.ipynb": content}
    graded = grade(six, Submission("six", "attacker", ("attacker",), files, fingerprint(files)), engine=engine, secret=SECRET)
    assert graded.score == 0 and graded.status is Status.UNDECIDED and len(graded.problems[0].message) < 500


def odd(six: Assignment) -> dict[str, bytes]:
    text = notebook(six).decode()
    cells = json.loads(text)["cells"]
    wrong: list[Any] = [
        *(None, 7, [], {}, "x", True, [[]], {"source": 7}, {"cell_type": "code"}),
        *({**CELL, "source": [1, None, {}]}, {**CELL, "metadata": 7}, {**CELL, "metadata": {"nbgrader": [1]}}, {**CELL, "id": {}}),
        *({**CELL, "metadata": {"nbgrader": {"grade_id": {}}}}, {**CELL, "cell_type": []}, {**CELL, "metadata": {"tags": 7}}),
    ]
    return {
        "wrong types among the cells": notebook(six, cells=[*wrong, *cells, *wrong]),
        "a byte order mark": b"\xef\xbb\xbf" + text.encode(),
        "duplicated keys": (text[:-1] + ', "cells": [], "nbformat": 3, "cells": ' + json.dumps(cells) + "}").encode(),
        "NaN and infinity": notebook(six, metadata={"a": float("nan"), "b": float("inf")}),
        "another format": notebook(six, nbformat="4", nbformat_minor=None),
    }


ODD = ("wrong types among the cells", "a byte order mark", "duplicated keys", "NaN and infinity", "another format")


@pytest.mark.parametrize("what", ODD)
def test_honest_answers_in_an_odd_notebook_keep_their_points(what: str, six: Assignment, engine: Engine) -> None:
    files = {"six.ipynb": odd(six)[what]}
    graded = grade(six, Submission("six", "odd", ("odd",), files, fingerprint(files)), engine=engine, secret=SECRET)
    assert graded.score == graded.max_score == 12
