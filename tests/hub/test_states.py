"""What the row of an assignment says to a student, from before he fetched it to feedback that he has read."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from .conftest import COURSE, HubOfTests, notebook

pytestmark = pytest.mark.hub


def row(hub: HubOfTests, username: str, slug: str) -> str:
    """The words of his row."""
    page = hub.person(username).browse("services/course/").text
    found = next(part for part in page.split("<tr>") if f"assignments/{slug}/" in part)
    return " ".join(re.sub("<[^>]*>", " ", found.partition("</tr>")[0]).split())


def test_the_row_of_an_assignment_says_where_its_student_stands(hub: HubOfTests, assignment: Callable[..., str]) -> None:
    slug, ann = assignment(size=1), hub.person("ann")
    audit = len(hub.book.audit(COURSE))
    assert "not fetched yet" in row(hub, "ann", slug)
    ann.fetch(slug)
    hub.person("tina").fetch(slug)
    assert "working, nothing handed in yet" in row(hub, "ann", slug) and "not fetched yet" in row(hub, "ben", slug)
    assert len(hub.book.audit(COURSE)) == audit, "what somebody looks at is nobody's business"
    team = ann.submit(slug, {f"{slug}.ipynb": notebook()})["team"]
    assert "submitted #1 by you" in row(hub, "ann", slug) and "being graded" not in row(hub, "ann", slug)
    hub.person("ivy").course("POST", f"assignments/{slug}/close", {"reason": "it is Sunday"})
    assert "being graded submitted #1 by you" in row(hub, "ann", slug)
    for page in (b"<p>Well done", b"<p>Even better"):
        hub.book.release_feedback(COURSE, slug, {team: page}, actor="tina")
        assert "graded new feedback" in row(hub, "ann", slug)
        assert hub.person("tina").course_answer("GET", f"assignments/{slug}/feedback?student=ann").status == 200
        assert ann.course("GET", f"assignments/{slug}")["feedback_new"]
        assert ann.browse(f"services/course/assignments/{slug}/feedback/").status == 200
        assert "graded" in row(hub, "ann", slug) and "new feedback" not in row(hub, "ann", slug)
