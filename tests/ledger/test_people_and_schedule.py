from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from autograder.ledger import Ledger, Person
from autograder.model import MachineryError, Role, RuleError, TeamRule
from tests.ledger.conftest import DAY, START, Clock, pair, publish, work


def test_people_are_members_per_course(course: Ledger) -> None:
    course.enrol("algebra", "ann", Role.TA, name="Ann", actor="root")
    assert course.role_of("calc", "ann") is Role.STUDENT
    assert course.role_of("algebra", "ann") is Role.TA
    assert course.role_of("algebra", "ben") is None
    assert [p.username for p in course.people("calc", Role.STUDENT)] == ["ann", "ben", "cat", "dan"]
    assert [p.name for p in course.people("algebra")] == ["Ann"]


def test_enrolling_again_changes_role_and_name_and_otherwise_nothing(course: Ledger) -> None:
    before = course.audit("calc")
    course.enrol("calc", "ann", Role.STUDENT, name="Ann", email="ann@uni.example", actor="tina")
    assert course.audit("calc") == before
    course.enrol("calc", "ann", Role.TA, name="Ann Lee", actor="tina")
    assert course.people("calc", Role.TA)[0].name == "Ann Lee"


@pytest.mark.parametrize("username", ["", "a b", "a/b", "a\nb", "team-00001", "x" * 129])
def test_a_user_name_must_be_one(book: Ledger, username: str) -> None:
    with pytest.raises(RuleError, match="cannot be a user name") as refused:
        book.enrol("calc", username, Role.STUDENT, name="", actor="tina")
    assert refused.value.code == "bad-username"


def test_an_erased_name_is_nowhere_in_the_ledger_nor_in_its_files(course: Ledger, tmp_path: Path) -> None:
    course.enrol("calc", "ann", Role.STUDENT, name="Ann Unmistakable", email="unmistakable@uni.example", actor="tina")
    course.enrol("other", "ann", Role.STUDENT, name="Ann Even Unmistakabler", email="unmistakable@uni.example", actor="tina")
    pair(course)
    course.submit("calc", "hw", "ann", work("1"))
    course.release_feedback("calc", "hw", {"team-00001": b"<p>Good.</p>"}, actor="tina")
    for _ in range(2):
        course.erase("ann", actor="tina")
    assert [(p.name, p.email) for p in course.people("calc") if p.username == "ann"] == [("", "")]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files and not [path for path in files if b"nmistakable" in path.read_bytes()]
    for name in ("calc", "other"):
        assert [line.action for line in course.audit(name)].count("erase") == 1
        course.check_chain(name)


def test_who_left_is_known_until_he_comes_back(course: Ledger) -> None:
    assert course.left("calc") == ()
    course.unenrol("calc", "ann", actor="tina")
    assert [(one.username, one.name) for one in course.left("calc")] == [("ann", "Ann")] and course.left("other") == ()
    course.erase("ann", actor="tina")
    assert [(one.username, one.name) for one in course.left("calc")] == [("ann", "")]
    course.enrol("calc", "ann", Role.TA, name="Ann", actor="tina")
    course.enrol("other", "ann", Role.STUDENT, name="Ann", actor="tina")
    assert course.left("calc") == () and course.roles_of("ann") == {"calc": Role.TA, "other": Role.STUDENT}
    assert course.roles_of("nobody") == {}


def test_who_was_erased_stays_so_until_somebody_enrols_him_by_name(course: Ledger) -> None:
    course.erase("ann", actor="tina")
    assert course.erased() == {"ann"}
    course.enrol("calc", "ann", Role.STUDENT, name="Ann", actor="tina")
    assert course.erased() == frozenset()
    with pytest.raises(RuleError, match="nobody with the user name 'zoe'"):
        course.erase("zoe", actor="tina")


def test_who_left_the_course_may_no_longer_submit_but_stays_in_the_book(course: Ledger) -> None:
    pair(course)
    course.submit("calc", "hw", "ann", work("1"))
    course.unenrol("calc", "ann", actor="tina", reason="dropped")
    assert "ann" not in [p.username for p in course.people("calc")]
    assert course.submissions("calc", "hw")[0].members == ("ann", "ben")
    with pytest.raises(RuleError, match="ann is not a student of this course"):
        course.submit("calc", "hw", "ann", work("2"))


def test_an_actor_is_always_named(book: Ledger) -> None:
    with pytest.raises(RuleError, match="the actor is empty"):
        book.enrol("calc", "ann", Role.STUDENT, name="", actor=" ")


def test_what_is_published_can_be_read_back(course: Ledger) -> None:
    published, = course.published("calc")
    assert (published.slug, published.title, published.due, published.pairs_lock, published.files) == (
        "hw", "HW", START + 3 * DAY, START + 2 * DAY, ("report.pdf", "figures/*.png"))
    assert published.team == TeamRule()
    assert course.archive("calc", "hw") == b"zip"
    assert course.published("algebra") == ()


def test_assignments_are_listed_by_due_time(course: Ledger) -> None:
    publish(course, "never", due=None)
    publish(course, "first", due=START + DAY)
    assert [p.slug for p in course.published("calc")] == ["first", "hw", "never"]


def test_publishing_again_changes_nothing(course: Ledger) -> None:
    before = course.audit("calc")
    publish(course)
    assert course.audit("calc") == before


def test_a_corrected_release_keeps_the_moved_due_time(course: Ledger) -> None:
    course.reschedule("calc", "hw", due=START + 5 * DAY, actor="tina", reason="strike")
    publish(course, version="v2", archive=b"corrected")
    assert course.published("calc")[0].due == START + 5 * DAY
    assert course.archive("calc", "hw") == b"corrected"
    publish(course, version="v2", archive=b"corrected", due=START + 9 * DAY)
    assert course.published("calc")[0].due == START + 9 * DAY


def test_the_lock_date_and_the_closing_time_move_with_the_due_time(course: Ledger) -> None:
    publish(course, "late", due=START + 3 * DAY, closes=START + 6 * DAY)
    course.reschedule("calc", "late", due=START + 4 * DAY, actor="tina", reason="strike")
    moved = next(p for p in course.published("calc") if p.slug == "late")
    assert (moved.due, moved.pairs_lock, moved.closes) == (START + 4 * DAY, START + 3 * DAY, START + 7 * DAY)
    course.reschedule("calc", "late", pairs_lock=START + DAY, actor="tina", reason="earlier")
    moved = next(p for p in course.published("calc") if p.slug == "late")
    assert (moved.due, moved.pairs_lock, moved.closes) == (START + 4 * DAY, START + DAY, START + 7 * DAY)


def test_the_newest_extension_counts_and_never_shortens(course: Ledger) -> None:
    course.extend("calc", "hw", "ann", until=START + 9 * DAY, reason="ill", actor="tina")
    course.extend("calc", "hw", "ann", until=START + 9 * DAY, reason="ill", actor="tina")
    course.extend("calc", "hw", "ben", until=START, reason="mistake", actor="tina")
    assert course.due_for("calc", "hw", "ann") == START + 9 * DAY
    assert course.due_for("calc", "hw", "ben") == START + 3 * DAY
    assert len(course.extensions("calc", "hw")) == 2
    course.extend("calc", "hw", "ann", until=START + 8 * DAY, reason="less ill", actor="tina")
    assert course.due_for("calc", "hw", "ann") == START + 8 * DAY


def test_nothing_is_taken_before_it_opens_or_after_it_closes(course: Ledger, clock: Clock) -> None:
    publish(course, "window", team=TeamRule(size=1), opens=START + DAY, due=START + 2 * DAY, closes=START + 3 * DAY)
    files = {"window.ipynb": work()["hw.ipynb"]}
    with pytest.raises(RuleError, match="WINDOW opens on 2026-03-03 09:00 UTC") as early:
        course.submit("calc", "window", "ann", files)
    clock.now = START + 3 * DAY
    course.submit("calc", "window", "ann", files)
    clock.now += timedelta(microseconds=1)
    with pytest.raises(RuleError, match="WINDOW closed on 2026-03-05 09:00 UTC") as late:
        course.submit("calc", "window", "ben", files)
    assert (early.value.code, late.value.code) == ("not-open", "too-late")
    assert "closed on" in str(course.pairing("calc", "window", "ben").why_not)
    course.extend("calc", "window", "ben", until=START + 5 * DAY, reason="ill", actor="tina")
    assert course.submit("calc", "window", "ben", files)["number"] == 1


@pytest.mark.parametrize("ask", [
    lambda book: book.archive("calc", "none"), lambda book: book.submit("calc", "none", "ann", work()),
    lambda book: book.pairing("algebra", "hw", "ann"), lambda book: book.invite("algebra", "hw", "ann", "ben"),
], ids=["archive", "submit", "pairing", "other course"])
def test_an_assignment_that_is_not_published_is_named(course: Ledger, ask: Callable[[Ledger], object]) -> None:
    with pytest.raises(RuleError, match="There is no assignment") as refused:
        ask(course)
    assert refused.value.code == "unknown-assignment"


def test_courses_on_one_ledger_do_not_see_each_other(course: Ledger) -> None:
    course.enrol("algebra", "ann", Role.STUDENT, name="Ann", actor="root")
    course.publish("algebra", "hw", title="Other", opens=None, due=None, pairs_lock=None, team=TeamRule(size=1),
                   version="v", archive=b"", points=1, actor="root")
    other = course.submit("algebra", "hw", "ann", work("1"))
    pair(course)
    mine = course.submit("calc", "hw", "ann", work("1"))
    assert other["team"] != mine["team"]
    assert [row.team for row in course.submissions("calc", "hw")] == [mine["team"]]
    assert [line.number for line in course.audit("algebra")] == list(range(1, len(course.audit("algebra")) + 1))


def test_the_ledger_and_its_files_are_private_to_their_owner(course: Ledger, tmp_path: Path, ledger_url: str) -> None:
    pair(course)
    course.submit("calc", "hw", "ann", work("1"))
    modes = {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in (tmp_path / "state").rglob("*")}
    assert modes == {0}


def test_a_ledger_of_another_release_is_refused(open_book: Callable[[], Ledger], ledger_url: str) -> None:
    from sqlalchemy import create_engine, text
    open_book().close()
    engine = create_engine(ledger_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE about SET version = 99"))
    engine.dispose()
    with pytest.raises(MachineryError, match="format 99"):
        open_book()


def test_a_ledger_without_a_file_is_refused(tmp_path: Path, clock: Clock) -> None:
    with pytest.raises(MachineryError, match="lives in a file"):
        Ledger("sqlite://", clock=clock, blobs=tmp_path, key=b"k")


def test_a_language_that_somebody_chose_is_his_in_every_course_until_he_is_erased(course: Ledger) -> None:
    course.enrol("algebra", "ann", Role.TA, name="Ann", actor="root")
    assert course.person("calc", "ann") == Person("ann", Role.STUDENT, "Ann")
    for language in ("he", "ru"):
        course.choose_language("ann", language)
    assert [p.language for p in (*course.people("calc"), *course.people("algebra")) if p.username == "ann"] == ["ru", "ru"]
    with pytest.raises(RuleError, match="no language 'xx'"):
        course.choose_language("ann", "xx")
    course.erase("ann", actor="staff")
    assert course.person("calc", "ann") == Person("ann", Role.STUDENT)
    assert course.person("calc", "nobody") is None
