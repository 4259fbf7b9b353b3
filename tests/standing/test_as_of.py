"""Grades of an earlier day come out as they came out then, whatever happened since; and what was published stays published."""
from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.course import load_course, parse_course
from autograder.ledger import What
from autograder.model import CourseError, Role
from autograder.scoring import PassRule
from autograder.standing import (
    Rules,
    as_json,
    as_published,
    change,
    grade_table,
    pass_rules,
    preview,
    rules_at,
    standing,
    standings,
    strays,
)
from tests.standing.test_standing import COURSES, DAY, HW0, HW1, HW2, MINUTE, PREFLIGHT, Class

TEXT = (COURSES / "demo.toml").read_text(encoding="utf-8")


class Term(Class):
    """A finished term whose clock goes on."""

    def adopt(self, text: str = TEXT, *, effective: datetime | None = None, passes: dict[str, PassRule] | None = None) -> int:
        course = parse_course(text, file="c")
        return self.ledger.policies.adopt(
            course.id, text, pass_rules(course, {HW0: PREFLIGHT}) if passes is None else passes,
            effective=self.now if effective is None else effective, reason="senate", actor="prof")

    def written(self, at: datetime | None = None) -> str:
        """All standings as JSON: now, or of an earlier day."""
        now = self.now if at is None else at
        found = standings(self.course, self.ledger, assignments={HW0: PREFLIGHT}, now=now, then=at is not None)
        published = self.ledger.policies.published(self.course.id, now)
        return json.dumps([as_json(one, published.get(one.student)) for one in found])


@pytest.fixture
def term(tmp_path: Path) -> Iterator[Term]:
    made = Term(tmp_path)
    made.all_homework()
    made.import_demo_marks()
    yield made
    made.ledger.close()


WEIGHTS = TEXT.replace("points = 2", "points = 1")
assert WEIGHTS != TEXT


def changes(term: Term) -> tuple[Callable[[], object], ...]:
    """What may happen after grades were computed."""
    course, ledger = term.course.id, term.ledger
    return (
        lambda: term.adopt(), lambda: term.adopt(WEIGHTS), lambda: term.adopt(TEXT, passes={HW0: PassRule(HW0, 100)}),
        lambda: term.adopt(WEIGHTS, effective=term.now + 2 * DAY),
        lambda: ledger.external_mark(course, "exam", "bob", "40", actor="prof", source="correction"),
        lambda: ledger.external_mark(course, "exam", "alice", "99", actor="prof", source="correction"),
        lambda: ledger.adjust(course, HW1, "carol", 5, "our mistake", actor="prof"),
        lambda: ledger.extend(course, HW1, "dan", until=term.now + DAY, reason="illness", actor="prof"),
        lambda: ledger.reschedule(course, HW2, due=term.now + DAY, actor="prof", reason="storm"),
        lambda: term.arrange("alice", What.EXCUSE, "hw1", "exam"), lambda: term.arrange("erin", What.KIND, "", "graduate"),
        lambda: term.arrange("gina", What.POSTPONE, "project"),
        lambda: term.arrange("hugo", What.NO_LATENESS, expires=term.now + DAY),
        lambda: term.grade(HW1, "erin", 60.0, 40.0), lambda: term.grade(HW0, "frank", 0.0, 0.0),
        lambda: ledger.enrol(course, "zoe", Role.STUDENT, name="Zoe", actor="prof"),
        lambda: ledger.unenrol(course, "gina", actor="prof"),
        lambda: ledger.policies.publish(course, [
            as_published(one) for one in standings(term.course, ledger, assignments={HW0: PREFLIGHT}, now=term.now)], actor="prof"),
    )  # fmt: skip


def test_after_every_kind_of_change_the_earlier_grades_are_the_same_bytes(term: Term) -> None:
    seen = [(term.now, term.written())]
    for happens in changes(term):
        term.now += timedelta(hours=5)
        happens()
        seen.append((term.now, term.written()))
    assert len({written for _, written in seen}) >= len(seen) - 2       # nearly every change shows
    term.now += 30 * DAY
    assert [term.written(at) for at, _ in seen] == [written for _, written in seen]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 17), min_size=1, max_size=6))
def test_any_history_is_reproducible(tmp_path_factory: pytest.TempPathFactory, chosen: list[int]) -> None:
    term = Term(tmp_path_factory.mktemp("term"))
    try:
        term.import_demo_marks()
        term.all_homework(but=(HW2,))
        seen = []
        for number in chosen:
            term.now += timedelta(hours=7)
            changes(term)[number]()
            seen.append((term.now, term.written()))
        assert [term.written(at) for at, _ in seen] == [written for _, written in seen]
    finally:
        term.ledger.close()


def test_an_edited_course_file_changes_nothing_before_it_is_adopted(term: Term) -> None:
    draft = term.written()
    term.adopt()
    adopted = term.written()
    assert json.loads(draft)[0]["policy"] == "draft" and json.loads(adopted)[0]["policy"] == 1
    assert [one["raw"] for one in json.loads(draft)] == [one["raw"] for one in json.loads(adopted)]
    term.course = load_course(COURSES / "demo.toml", {"component.bonus.points": 1})
    assert term.written() == adopted
    present = rules_at(term.course, term.ledger, {HW0: PREFLIGHT}, term.now)
    changed = preview(present, Rules(term.course, {HW0: PREFLIGHT}), term.ledger, term.now)
    assert [(one.student, one.before, one.after) for one in changed] == [
        ("bob", "90 (pass)", "89 (pass)"), ("erin", "64 (pass)", "63 (pass)"), ("gina", "93 (pass)", "92 (pass)")]
    term.now += MINUTE
    term.adopt(WEIGHTS)
    assert [one["final"] for one in json.loads(term.written()) if one["student"] == "erin"] == [63]


def test_other_rules_are_previewed_against_the_course_file_while_none_is_adopted(term: Term) -> None:
    present = rules_at(term.course, term.ledger, {HW0: PREFLIGHT}, term.now)
    others = Rules(load_course(COURSES / "demo.toml", {"component.bonus.points": 1}), {HW0: PREFLIGHT})
    assert [one.student for one in preview(present, others, term.ledger, term.now)] == ["bob", "erin", "gina"]


def test_what_passes_is_kept_with_the_rules(term: Term) -> None:
    assert term.standing("alice").grade.status == "pass"
    term.adopt(passes={HW0: PassRule(HW0, 100, ("p1",))})
    kept = standing(term.course, term.ledger, "alice", assignments={}, now=term.now)
    assert kept.grade.status == "pass" and kept.policy == 1
    term.now += MINUTE
    term.adopt(passes={HW0: PassRule(HW0, 100, ("p3",))})
    assert term.standing("alice").grade.status == "hw0-not-passed"


def test_rules_need_what_has_to_be_passed_to_be_built() -> None:
    course = parse_course(TEXT, file="c")
    with pytest.raises(CourseError, match="autograder build hw00-preflight"):
        pass_rules(course, {})
    with pytest.raises(CourseError, match="pass_score"):
        pass_rules(course, {HW0: PassRule(HW0, None)})


def test_rules_that_hold_from_a_later_day_wait_for_it(term: Term) -> None:
    term.adopt(effective=term.now + DAY)
    rules = [rules_at(term.course, term.ledger, {}, term.now + after) for after in (timedelta(), DAY)]
    assert [(one.draft, one.version) for one in rules] == [(True, 0), (False, 1)]


def test_arrangements_that_new_rules_do_not_know_are_found_before_they_are_adopted(term: Term) -> None:
    term.arrange("alice", What.EXCUSE, "hw1", "exam")
    term.arrange("bob", What.KIND, "", "graduate")
    course = parse_course(TEXT.replace("graduate", "doctoral"), file="c")
    assert strays(course, term.ledger, term.now) == ("bob",) and strays(term.course, term.ledger, term.now) == ()


# ── published grades ──────────────────────────────────────────────────────────────────────────────────────────────────
def publish(term: Term) -> tuple[str, ...]:
    found = standings(term.course, term.ledger, assignments={HW0: PREFLIGHT}, now=term.now)
    return term.ledger.policies.publish(term.course.id, map(as_published, found), actor="prof")


def test_a_published_grade_says_when_it_is_no_longer_so(term: Term) -> None:
    term.adopt()
    assert len(publish(term)) == 8 and publish(term) == ()
    published = term.ledger.policies.published(term.course.id)
    assert change(published["alice"], term.standing("alice")) is None and change(None, term.standing("alice")) is None
    term.now += MINUTE
    term.ledger.external_mark(term.course.id, "exam", "alice", "60", actor="prof", source="correction")
    assert str(change(published["alice"], term.standing("alice"))) == "published 82, now 73"
    row = grade_table(term.course, [term.standing("alice")], published)
    assert row[0][-1] == "published" and row[1][-1] == "82" and row[1][8] == "73"
    assert publish(term) == ("alice",)
    assert change(term.ledger.policies.published(term.course.id)["alice"], term.standing("alice")) is None


def test_the_same_grade_by_another_way_is_told_too(term: Term) -> None:
    term.adopt()
    publish(term)
    term.now += MINUTE
    term.ledger.external_mark(term.course.id, "project", "carol", "96", actor="prof", source="correction")
    published = term.ledger.policies.published(term.course.id)["carol"]
    assert str(change(published, term.standing("carol"))) == "published 54, which now comes about in another way"


def test_a_published_grade_is_exact(term: Term) -> None:
    term.adopt()
    publish(term)
    line = term.ledger.policies.published(term.course.id)["alice"]
    assert (str(line.raw), line.final, line.status, line.rule, line.policy) == ("412/5", "82", "pass", "weighted", 1)
