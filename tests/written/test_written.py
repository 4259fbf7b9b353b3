"""What a PDF beside the notebook may be: judged from what was found in it, and found in real ones."""
from __future__ import annotations

import io
import re
import subprocess
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from autograder import pdf, written
from autograder.model import WrittenPart
from autograder.written import Checked, check, judged
from tests.written import papers
from tests.written.papers import blank, headline, paper, photo, plot, recognised, strokes, typed

USUAL = WrittenPart()
TEXT = {"letters": 900, "words": 200, "drawn": False, "covered": 0.0}
DRAWN = {"letters": 3, "words": 1, "drawn": True, "covered": 0.1}
SCAN = {"letters": 30, "words": 5, "drawn": True, "covered": 0.9}
BLANK = {"letters": 0, "words": 0, "drawn": False, "covered": 0.0}


def sentences(checked: Checked) -> str:
    return " ".join(str(said) for said in checked.trouble)


# ---------------------------------------------------------------- the rule

@pytest.mark.parametrize(("pages", "says"), [
    ([TEXT], ""),
    ([TEXT, BLANK], ""),
    ([TEXT, DRAWN], ""),
    ([TEXT, DRAWN, TEXT, DRAWN], ""),
    ([TEXT, DRAWN, DRAWN], "Pages 2 and 3 hold drawings"),
    ([DRAWN], "Page 1 holds drawings"),
    ([TEXT, TEXT, SCAN], "Page 3 holds no text that can be searched: it looks like a scan"),
    ([SCAN, TEXT, SCAN, SCAN], "Pages 1, 3 and 4 hold no text that can be searched: they look like a scan"),
    ([SCAN | {"letters": 99}], "Page 1 holds no text"),
    ([SCAN | {"letters": 100}], ""),
    ([DRAWN | {"letters": 19}], "Page 1 holds drawings"),
    ([DRAWN | {"letters": 20}], ""),
    ([SCAN | {"letters": 20, "covered": 0.49}], ""),
    ([BLANK, BLANK], "The PDF holds no text"),
], ids=["text", "a blank page", "a drawing", "as many drawings as text", "more drawings than text", "drawings only", "one scan", "scans",
        "a scan with a headline", "a scan with its text", "no caption", "a caption", "a picture on part of a page", "nothing at all"])
def test_every_page_that_shows_something_speaks_or_is_one_drawing_beside_text(pages: list[dict[str, Any]], says: str) -> None:
    said = sentences(judged({"pages": len(pages), "seen": pages}, USUAL))
    assert said.startswith(says) and bool(says) == bool(said)


def test_where_no_text_is_asked_for_a_scan_is_taken() -> None:
    assert not judged({"pages": 1, "seen": [SCAN]}, WrittenPart(text=False)).trouble


def test_too_many_pages_are_counted_and_refused() -> None:
    checked = judged({"pages": 21, "seen": [TEXT] * 20}, USUAL)
    assert "has 21 pages; at most 20" in sentences(checked) and (checked.pages, checked.words) == (21, 4000)


@pytest.mark.parametrize("word", written.TROUBLE)
def test_each_trouble_says_what_to_do(word: str) -> None:
    assert re.search(r"again|new PDF", sentences(judged({"trouble": word}, USUAL)))


# ---------------------------------------------------------------- real files

@cache
def answer() -> bytes:
    return paper(typed, plot)


@pytest.mark.parametrize(("pages", "says"), [
    ((typed, plot, blank), ""),
    ((typed, strokes), ""),
    ((recognised,), ""),
    ((photo, photo), "Pages 1 and 2 hold no text"),
    ((typed, photo), "Page 2 holds no text"),
    ((lambda figure: (photo(figure), headline(figure)),), "Page 1 holds no text"),
    ((strokes, strokes, typed), "Pages 1 and 2 hold drawings"),
], ids=["text, plot, blank page", "text and a drawing", "scan with its text", "scan", "text and a scan", "scan with a headline", "tablet"])
def test_pages_are_judged_by_what_a_search_would_find(pages: tuple[papers.Page, ...], says: str) -> None:
    checked = check(paper(*pages), USUAL)
    assert sentences(checked).startswith(says) and bool(says) == bool(checked.trouble)
    assert checked.read and checked.pages == len(pages)


def test_words_and_pages_are_what_the_writer_wrote() -> None:
    checked = check(paper(typed, typed), USUAL)
    assert (checked.pages, checked.words) == (2, 2 * 12 * len(papers.PROOF.split()))


@pytest.mark.parametrize(("change", "says"), [
    (lambda c: papers.encrypted(c, user_password="secret"), "protected by a password"),
    (lambda c: papers.encrypted(c, user_password="", owner_password="secret"), "protected by a password"),
    (papers.attached, "attached files"),
    (lambda c: papers.rewritten(c, papers.with_root("/OpenAction", papers.action("/JavaScript", JS="app.alert(1)"))), "scripts"),
    (lambda c: papers.rewritten(c, papers.named_script), "scripts"),
    (lambda c: papers.rewritten(c, papers.with_root("/OpenAction", papers.action("/Launch", F="calc.exe"))), "scripts"),
    (lambda c: papers.rewritten(c, papers.page_action), "scripts"),
    (lambda c: b"<html><script>alert(1)</script>" + c, "not a PDF"),
    (lambda c: c[:len(c) // 2], "cut off"),
    (lambda c: c + b"PK\x03\x04" + bytes(4000), "cut off"),
    (lambda c: b"", "not a PDF"),
    (lambda c: b"%PDF-1.7\nnothing here\n%%EOF\n", "damaged"),
    (lambda c: c + b"%" * 11_000_000 + b"\n%%EOF\n", "at most 10 MB"),
], ids=["password", "owner's password", "attachment", "script", "script by name", "program on opening", "program on a page",
        "begins as HTML", "cut off", "another file behind it", "empty", "no pages", "too large"])
def test_what_no_answer_needs_is_refused_with_a_sentence(change: Callable[[bytes], bytes], says: str) -> None:
    checked = check(change(answer()), USUAL)
    assert says in sentences(checked) and checked.read


def test_a_link_and_a_place_to_open_at_are_no_scripts() -> None:
    def link(writer: PdfWriter) -> None:
        writer.add_uri(0, "https://arxiv.org/abs/1412.6980", (10, 10, 50, 50))
        writer.open_destination = "first"
    assert not check(papers.rewritten(answer(), link), USUAL).trouble


def test_a_broken_table_of_objects_is_mended() -> None:
    broken = re.sub(rb"startxref\s+\d+", b"startxref\n12345678", answer())
    assert check(broken, USUAL) == check(answer(), USUAL)


@pytest.mark.parametrize("make", [
    papers.bomb, papers.forms_in_forms, papers.pages_in_circles, papers.tree_of_pages, papers.deep,
], ids=["bomb", "forms in forms", "pages in circles", "tree of pages", "lists in lists"])
def test_a_hostile_file_is_refused_in_bounded_time(make: Callable[[], bytes]) -> None:
    content = make()
    start = time.monotonic()
    checked = check(content, USUAL)
    assert checked.trouble and time.monotonic() - start < written.WAIT + 5


def test_who_cannot_be_confined_is_bounded_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written.sandbox, "has_bubblewrap", lambda: False)
    written._python.cache_clear()
    try:
        assert written._python()[-1].endswith("pdf.py")
        assert check(answer(), USUAL).pages == 2
        assert check(papers.forms_in_forms(), USUAL).trouble
    finally:
        written._python.cache_clear()


def test_what_we_cannot_check_is_not_held_against_the_student(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_args: Any, **_more: Any) -> None:
        raise subprocess.TimeoutExpired("python", 15)
    monkeypatch.setattr(written.subprocess, "run", never)
    assert check(answer(), USUAL) == Checked(0, 0, (), read=False)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=8)), min_size=1, max_size=6))
def test_whatever_the_bytes_are_there_are_pages_or_a_trouble(changes: list[tuple[int, bytes]]) -> None:
    content = bytearray(answer())
    for place, new in changes:
        place %= len(content)
        content[place:place + len(new)] = new
    found = pdf.found(bytes(content), most_pages=20)
    checked = judged(found, USUAL)
    assert checked.pages if "pages" in found else checked.trouble


def test_what_is_read_here_is_what_the_process_reads() -> None:
    assert pdf.found(answer(), most_pages=20)["pages"] == len(PdfReader(io.BytesIO(answer())).pages) == check(answer(), USUAL).pages
