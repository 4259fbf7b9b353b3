"""The course that the hub is measured with is a real one, everything is asked, and the document says what was measured."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.course import Folders
from autograder.hub.desk import Desk
from autograder.hub.service import SECTIONS
from autograder.hub.site import Site
from benchmarks import operations
from benchmarks.__main__ import DOCUMENT, RESULTS
from benchmarks.big_course import COURSE, Size, build
from benchmarks.hub_load import patterns, within
from benchmarks.open_loop import Answer

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
PAGES = {"student (first page)": 40.0, "instructor audit": 900.0}
SMALL = Size(students=12, assignments=4, submissions=20, requests=6, extensions=6)


def made(folder: Path) -> Site:
    site = Site(Folders(folder / "course", folder / "course" / "state"), folder / "course" / "course.toml")
    build(site, SMALL, NOW)
    return site


def test_a_full_course_is_a_ledger_that_holds_and_the_same_in_every_run(tmp_path: Path) -> None:
    said = []
    for name in ("one", "two"):
        site = made(tmp_path / name)
        with site.ledger(clock=lambda: NOW) as book:
            book.check_chain(COURSE)
            rows = [row for slug in SMALL.slugs for row in book.submissions(COURSE, slug)]
            assert all(book.load(row).files for row in rows)
            assert len(book.teams(COURSE, SMALL.open)) == 6 and not book.submissions(COURSE, SMALL.open)
            graded = sum(len(book.grades(COURSE, slug)) for slug in SMALL.slugs)
            said.append(([(row.slug, row.team, row.number, row.sha256, row.submitted_at) for row in rows], graded))
    assert said[0] == said[1]
    assert len(said[0][0]) == SMALL.submissions and said[0][1] > SMALL.submissions * 0.8


def test_every_page_and_every_call_that_reads_is_asked(tmp_path: Path) -> None:
    site = made(tmp_path)
    with site.ledger() as book:
        asked = patterns(Desk(site.course(), site.folders, book, lambda: NOW, None))
    assert {"", "roster", "audit", "assignments/{slug}/", "api/assignments/{slug}/grades"} <= set(asked)
    reads = [f"api/{call.path}" for section in SECTIONS for call in section.calls if call.method == "GET"]
    for path in [path for section in SECTIONS for path, _ in section.pages] + reads:
        gapless = re.sub(r"\\", "", path)
        assert any(re.fullmatch(re.sub(r"\{\w+\}", r".+", re.escape(one).replace(r"\{", "{").replace(r"\}", "}")), gapless) or
                   re.fullmatch(path, one.replace("{number}", "1").replace("{", "").replace("}", "")) for one in asked), path  # fmt: skip
    assert not [one for one in asked if "(" in one]


@pytest.mark.parametrize(("share", "expected"), [(0.5, 20.0), (0.95, 40.0), (1.0, 40.0), (0.25, 10.0)])
def test_a_share_of_the_answers_came_within_its_time(share: float, expected: float) -> None:
    answers = [Answer("page", 200, seconds / 1000, "") for seconds in (40, 10, 30, 20)]
    assert within(answers, share) == pytest.approx(expected)


def test_the_document_says_what_was_measured() -> None:
    rows = json.loads(RESULTS.read_text(encoding="utf-8"))
    if any(row["name"].startswith("hub.") for row in rows):
        assert DOCUMENT.read_text(encoding="utf-8") == operations.document(rows)
        assert DOCUMENT.with_name(operations.PICTURE).read_text(encoding="utf-8") == operations.picture(rows)
    else:
        assert not DOCUMENT.exists()


def test_a_document_names_what_is_slower_than_it_should_be() -> None:
    told = {"versions": {"cores": "2", "linux": "6", "python": "3.11"}, "date": "2027-01-10T12:00:00+00:00", "note": "so many"}
    names = ["hub.course", *(f"hub.mixture.{one}" for one in ("p50", "p95", "p99", "max", "failed")),
             *(f"hub.storm.{one}" for one in ("p50", "p99", "refused", "lost", "wrong"))]  # fmt: skip
    rows = [{"name": name, "value": 1.0, **told} for name in names]
    rows += [{"name": f"hub.page.{name}", "value": value, **told} for name, value in PAGES.items()]
    said = operations.document(rows)
    assert "1 of 2 do not" in said and said.index("instructor audit") < said.index("student (first page)")
    assert operations.picture(rows).count("<circle") == 2
