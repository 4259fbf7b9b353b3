from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.ledger import Allowance, fingerprint, pack, packing, unpack
from autograder.model import SubmissionError
from tests.ledger.conftest import notebook

GOOD = notebook("x = 1")
names = st.lists(st.text("abcXYZ.-_ é", min_size=1), min_size=1, max_size=3).map("/".join)
trees = st.dictionaries(names, st.binary(max_size=200), max_size=5)


def check(files: dict[str, bytes], allowed: tuple[str, ...] = ("report.pdf", "figures/*.png"), **more: Any) -> None:
    packing.check(files, notebook="hw.ipynb", allowed=allowed, **more)


@given(trees)
def test_unpacking_gives_back_what_was_packed(files: dict[str, bytes]) -> None:
    assert unpack(pack(files)) == files


@given(trees, st.randoms())
def test_identical_work_has_an_identical_fingerprint_in_any_order(files: dict[str, bytes], chance: Any) -> None:
    shuffled = list(files.items())
    chance.shuffle(shuffled)
    assert fingerprint(dict(shuffled)) == fingerprint(files)


@given(trees, trees)
def test_different_work_has_a_different_fingerprint(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert (fingerprint(one) == fingerprint(other)) == (one == other)


def test_the_fingerprint_is_the_same_on_every_machine_and_release() -> None:
    files = {"hw.ipynb": b"{}", "figures/a.png": b"\x89PNG"}
    assert fingerprint(files) == hashlib.sha256(pack(files)).hexdigest()
    assert fingerprint(files) == "5d6e27e85ec6ff01801ccac03c1cea7b55964893e0ad10c11d8427ff4e3767c8"


@pytest.mark.parametrize("files", [
    {"hw.ipynb": GOOD},
    {"hw.ipynb": b"\xef\xbb\xbf" + GOOD},
    {"hw.ipynb": GOOD, "report.pdf": b"%PDF", "figures/loss.png": b"png"},
    {"hw.ipynb": json.dumps({"nbformat": 4, "cells": []}).encode()},
    {"hw.ipynb": json.dumps({"nbformat": 4, "cells": [{"cell_type": "markdown", "source": ["a", "b"]}]}).encode()},
], ids=["notebook", "with a byte order mark", "with allowed files", "no cells", "lines"])
def test_a_submission_is_taken(files: dict[str, bytes]) -> None:
    check(files)


@pytest.mark.parametrize(("content", "words"), [
    (b"", "JSON is broken or cut off"),
    (GOOD[:-20], "JSON is broken or cut off"),
    (b"[" * 100_000, "JSON is broken or cut off"),
    (b"\xff\xfe\x00", "not UTF-8"),
    (b"[]", "not a notebook of format 4"),
    (b"null", "not a notebook of format 4"),
    (b'{"nbformat": 3, "worksheets": []}', "not a notebook of format 4"),
    (b'{"nbformat": 4}', "no readable list of cells"),
    (b'{"nbformat": 4, "cells": {}}', "no readable list of cells"),
    (b'{"nbformat": 4, "cells": [1]}', "no readable list of cells"),
    (b'{"nbformat": 4, "cells": [{"cell_type": "code"}]}', "no readable list of cells"),
    (b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": [1]}]}', "no readable list of cells"),
    (b'{"nbformat": 4, "cells": [{"cell_type": "x", "source": ""}]}', "no readable list of cells"),
    (b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "", "metadata": 1}]}', "no readable list of cells"),
], ids=range(14))
def test_what_is_no_notebook_is_refused_with_advice(content: bytes, words: str) -> None:
    with pytest.raises(SubmissionError, match=words) as refused:
        check({"hw.ipynb": content})
    assert str(refused.value).startswith("hw.ipynb: ")
    assert "save it, and submit again" in str(refused.value)


@pytest.mark.parametrize("name", [
    "/etc/passwd", "../hw.ipynb", "figures/../../x.png", "figures//x.png", "figures/./x.png", "figures/", ".", "..", "",
    " ", "C:\\x.png", "figures\\x.png", "C:x.png",
])
def test_a_name_that_leaves_the_submission_is_refused(name: str) -> None:
    with pytest.raises(SubmissionError, match="must be a path inside the submission"):
        check({"hw.ipynb": GOOD, name: b""}, allowed=("*", "*/*", "*/*/*"))


@pytest.mark.parametrize("name", ["a\nb", "a\x00b", "a\x7fb", "a\u202eb", "a\ud800b"])
def test_a_name_with_invisible_characters_is_refused_and_shown_safely(name: str) -> None:
    with pytest.raises(SubmissionError, match="invisible or control character") as refused:
        check({"hw.ipynb": GOOD, name: b""}, allowed=("*",))
    assert str(refused.value).isprintable()


def test_a_name_that_is_too_long_is_refused() -> None:
    with pytest.raises(SubmissionError, match="A file name has 201 bytes; at most 200"):
        check({"hw.ipynb": GOOD, "x" * 201: b""}, allowed=("*",))


@pytest.mark.parametrize("names", [("A.png", "a.png"), ("figures", "figures/a.png"), ("é.png", "e\u0301.png")])
def test_names_that_collide_on_some_disk_are_refused(names: tuple[str, str]) -> None:
    with pytest.raises(SubmissionError, match="cannot both be stored"):
        check({"hw.ipynb": GOOD, **dict.fromkeys(names, b"")}, allowed=("*", "*/*"))


def test_a_missing_notebook_is_refused_and_the_found_one_named() -> None:
    with pytest.raises(SubmissionError, match=r"hw\.ipynb: The notebook is missing \(found: HW1\.ipynb\)"):
        check({"HW1.ipynb": GOOD})
    with pytest.raises(SubmissionError, match=r"The notebook is missing\. Rename yours to hw\.ipynb"):
        check({})


@pytest.mark.parametrize("name", ["torch.py", "figures/deep/loss.png", "report.pdf.exe", "other.ipynb", "figures.png"])
def test_a_file_outside_the_whitelist_is_refused_by_name(name: str) -> None:
    with pytest.raises(SubmissionError) as refused:
        check({"hw.ipynb": GOOD, name: b""})
    assert refused.value.file == name
    assert "Besides hw.ipynb it takes report.pdf, figures/*.png." in str(refused.value)


def test_an_assignment_without_whitelist_takes_the_notebook_only() -> None:
    with pytest.raises(SubmissionError, match=r"report\.pdf: .* It takes hw\.ipynb only\."):
        check({"hw.ipynb": GOOD, "report.pdf": b""}, allowed=())


def test_a_submission_of_50_mb_is_refused_with_its_size_and_largest_file() -> None:
    with pytest.raises(SubmissionError, match=r"has 50\.0 MB; at most 20 MB .* report\.pdf with 50\.0 MB"):
        check({"hw.ipynb": GOOD, "report.pdf": bytes(50_000_000)})


def test_too_many_files_are_refused() -> None:
    with pytest.raises(SubmissionError, match="There are 3 files; at most 2"):
        check({"hw.ipynb": GOOD, "report.pdf": b"", "figures/a.png": b""}, allowance=Allowance(files=2))
