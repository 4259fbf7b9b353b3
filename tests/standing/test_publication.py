"""What publishing the course grades would do is known before it is done."""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.model import RuleError
from autograder.standing import Changed, Publication, publication, standings
from tests.standing.test_as_of import Term
from tests.standing.test_standing import HW0, HW1, PREFLIGHT, STUDENTS


@pytest.fixture
def term(tmp_path: Path) -> Iterator[Term]:
    """Finished; only Erin's pair waits for a person."""
    made = Term(tmp_path)
    made.all_homework()
    made.import_demo_marks()
    made.grade(HW1, "erin", None, 20.0)
    yield made
    made.ledger.close()


def now(term: Term, *named: str) -> Publication:
    found = standings(term.course, term.ledger, assignments={HW0: PREFLIGHT}, now=term.now)
    return publication(found, term.ledger.policies.published(term.course.id), named)


def publish(term: Term, *named: str) -> tuple[str, ...]:
    return term.ledger.policies.publish(term.course.id, now(term, *named).given, actor="prof")


def test_a_draft_is_not_published(term: Term) -> None:
    with pytest.raises(RuleError, match="adopt the rules first"):
        now(term)


def test_what_may_still_change_is_left_out_unless_it_is_named(term: Term) -> None:
    term.adopt()
    assert tuple(now(term).left) == ("erin", "frank") and set(now(term).new) == set(STUDENTS) - {"erin", "frank"}
    assert tuple(now(term, "frank").left) == ("erin",) and "frank" in now(term, "frank").new
    with pytest.raises(RuleError, match="no student 'nobody'"):
        now(term, "nobody")


def test_what_is_said_to_change_is_what_publishing_changes(term: Term) -> None:
    term.adopt()
    expected = now(term)
    assert publish(term) == expected.new and expected.changed == ()
    assert now(term).new == now(term).changed == publish(term) == () and now(term).stays == len(STUDENTS) - 2
    publish(term, "erin")
    assert now(term).stays == len(STUDENTS) - 1 and "erin" in now(term).left
    term.ledger.external_mark(term.course.id, "exam", "bob", "40", actor="prof", source="correction")
    expected = now(term)
    assert expected.changed == (Changed("bob", "90", "40"),) and publish(term) == ("bob",)


def test_the_mark_is_another_one_as_soon_as_any_grade_is(term: Term) -> None:
    term.adopt()
    before = now(term).mark
    assert now(term, "erin").mark == before and (publish(term), now(term).mark)[1] == before
    term.ledger.adjust(term.course.id, HW1, "erin", 1, "our mistake", actor="prof")
    assert now(term).mark != before
