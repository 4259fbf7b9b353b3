"""The audit log on the hub: words find lines of any age, and the chain's state stands above them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder.hub import desk as desks

from .conftest import COURSE, HubOfTests

pytestmark = pytest.mark.hub


def test_words_find_lines_that_are_older_than_the_newest(hub: HubOfTests, assignment: Callable[..., str]) -> None:
    slug, ivy = assignment(), hub.person("ivy")
    hub.book.permit(COURSE, slug, "cat", "alone", actor="quill")
    for _ in range(desks.AUDIT_LINES // 2 + 1):
        hub.book.permit(COURSE, slug, "dan", "alone", actor="tina")
        hub.book.pairs.end_permit(COURSE, slug, "dan", "alone", actor="tina")
    assert "quill" not in ivy.browse("services/course/audit").text.partition("<table")[2]
    found = ivy.course("GET", f"audit?words=QUILL%20{slug}")
    assert [(line["actor"], line["action"]) for line in found["lines"]] == [("quill", "permit")] and found["broken"] == ""
    assert found["total"] == len(hub.book.audit(COURSE)) > desks.AUDIT_LINES
    page = ivy.browse(f"services/course/audit?words=quill+{slug}").text
    assert page.count("<tr>") == 2 and "The chain holds" in page
    assert "No line holds these words" in ivy.browse("services/course/audit?words=%3Cnothing%3E").text
