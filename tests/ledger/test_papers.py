"""The PDF beside a notebook, when it is handed in: refused before anything is stored, or kept with what was found in it."""
from __future__ import annotations

from pathlib import Path

import pytest

from autograder.ledger import Ledger
from autograder.model import SubmissionError, WrittenPart
from tests.ledger.conftest import pair, publish, work
from tests.written.papers import paper, photo, typed

RULE = WrittenPart(pages=2)
FILES = ("written.pdf",)


@pytest.fixture
def paired(course: Ledger) -> Ledger:
    publish(course, files=FILES, written=RULE)
    pair(course)
    return course


def test_what_the_check_found_is_kept_with_the_submission(paired: Ledger) -> None:
    paired.submit("calc", "hw", "ann", {**work(), "written.pdf": paper(typed)})
    row, = paired.submissions("calc", "hw")
    found = paired.papers.found(row)
    assert found is not None and (found.file, found.pages, found.read) == ("written.pdf", 1, True) and found.words > 100
    paired.check_chain("calc")


def test_the_same_work_again_adds_nothing(paired: Ledger) -> None:
    files = {**work(), "written.pdf": paper(typed)}
    assert paired.submit("calc", "hw", "ann", files) == paired.submit("calc", "hw", "ben", files)
    assert [line.action for line in paired.audit("calc")].count("paper") == 1


def test_a_scan_is_refused_with_all_reasons_and_nothing_is_stored(paired: Ledger, tmp_path: Path) -> None:
    before = sorted((tmp_path / "state" / "blobs").rglob("*")), len(paired.audit("calc"))
    with pytest.raises(SubmissionError, match=r"written.pdf: .*has 3 pages; at most 2.* Page 2 holds no text"):
        paired.submit("calc", "hw", "ann", {**work(), "written.pdf": paper(typed, photo, typed)})
    assert (sorted((tmp_path / "state" / "blobs").rglob("*")), len(paired.audit("calc"))) == before
    assert not paired.submissions("calc", "hw")


def test_without_a_pdf_there_is_nothing_to_find_unless_it_is_asked_for(paired: Ledger) -> None:
    paired.submit("calc", "hw", "ann", work())
    assert paired.papers.found(paired.submissions("calc", "hw")[0]) is None
    publish(paired, files=FILES, written=WrittenPart(required=True))
    with pytest.raises(SubmissionError, match="asked for as a PDF"):
        paired.submit("calc", "hw", "ann", work("2"))


def test_the_rule_is_the_one_that_was_published_last(paired: Ledger) -> None:
    again = WrittenPart("proof.pdf", 3, 1.5, False, True, ("proof",))
    for rule in (RULE, again, again):
        publish(paired, files=FILES, written=rule)
    assert paired.papers.rule("calc", "hw") == again
    assert [line.action for line in paired.audit("calc")].count("paper rule") == 2
    publish(paired, files=FILES)
    assert paired.papers.rule("calc", "hw") is None


def test_a_rule_is_about_one_assignment_and_other_files_stay_as_they_are(paired: Ledger) -> None:
    assert paired.papers.rule("calc", "other") is None
    publish(paired, files=("*.pdf",), written=RULE)
    paired.submit("calc", "hw", "ann", {**work(), "report.pdf": b"not looked at"})
    assert paired.papers.found(paired.submissions("calc", "hw")[0]) is None
