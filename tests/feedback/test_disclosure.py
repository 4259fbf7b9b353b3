"""What a feedback page tells about hidden tests, by level, reader and time: looked for in all of its bytes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from autograder.feedback import kept, shown
from autograder.model import Assignment, Disclosure, Graded, Level, ProblemResult, Status, TestResult
from autograder.words import LANGUAGES

NOW = datetime(2026, 12, 1, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(days=9), NOW - timedelta(days=9)
SECRETS = {
    "name": "angle: seldom told",
    "about": "whispered about",
    "message": "A hidden <b>hint</b> & message.",
    "undecided name": "formula kept back",
    "undecided message": "Nobody could tell.",
    "detail": "expected 665536",
}
"""Of hidden tests. The detail is for the staff's log and stands on no page at all."""
OPEN = {
    "visible name": "by hand",
    "visible message": "Two is <i>not</i> three.",
    "comment": "Well argued",
    "hidden comment": "Seen by a TA",
}
NAMES, MESSAGES = {"name", "about", "undecided name"}, {"message"}
UNDECIDED = {"undecided message"}  # of a problem whose only message it is


@pytest.fixture(scope="session")
def secretive(assignment: Assignment, graded: Graded) -> bytes:
    """What is kept of a submission in which a visible and hidden tests failed, one is undecided, and one was decided by a person."""
    known = {test.id: test.max_score for problem in graded.problems for test in problem.tests}
    told = {"length-by_hand": ("length-by_hand", Status.WRONG, OPEN["visible message"], False),
            "length-mean": ("length-mean", Status.OK, "", True),
            "angle-right": ("angle-seldom_told", Status.WRONG, SECRETS["message"], True),
            "rate-formula": ("rate-formula_kept_back", Status.UNDECIDED, SECRETS["undecided message"], True)}  # fmt: skip

    def as_told(problem: ProblemResult) -> ProblemResult:
        tests = []
        for test in problem.tests:
            if test.id in told:
                name, status, message, hidden = told[test.id]
                earned = known[test.id] if status is Status.OK else 0.0
                test = TestResult(name, earned, known[test.id], status, message, hidden=hidden, detail=SECRETS["detail"])
            tests.append(test)
        return replace(problem, tests=tuple(tests))

    notebook = json.loads(json.dumps(assignment.notebook))
    for cell in notebook["cells"]:
        if cell["id"] == "angle-right":
            cell["metadata"]["nbgrader"]["grade_id"] = "angle-seldom_told"
            cell["source"] = f"# {SECRETS['about']}\n" + cell["source"]
    found = replace(graded, problems=tuple(map(as_told, graded.problems)))
    marks = {"proof": (4.5, OPEN["comment"]), "length-mean": (1.0, OPEN["hidden comment"])}
    about = {"team": "team-00007", "members": ("ada",), "number": 1, "submitted_at": None, "marks": marks}
    return kept(replace(assignment, notebook=notebook), found, **about)


def plain(html: str) -> str:
    """The page and its text, as somebody finds it who looks into the source."""
    return html + " " + " ".join(re.sub(r"<[^>]*>", " ", html).split()).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def found(html: str, words: dict[str, str]) -> set[str]:
    """Which of these are on the page, in any writing: as text, escaped, as an id with hyphens or underscores."""
    page = plain(html)

    def writings(word: str) -> tuple[str, ...]:
        return word, word.replace(" ", "_"), word.replace(": ", "-").replace(" ", "_"), word.replace("<", "&lt;")

    return {what for what, word in words.items() if any(writing in page for writing in writings(word))}


LEVELS = [
    (Disclosure(Level.MESSAGES), False, NAMES | MESSAGES | UNDECIDED),
    (Disclosure(Level.OUTCOMES), False, NAMES),
    (Disclosure(Level.POINTS), False, set()),
    (Disclosure(Level.MESSAGES, LATER), False, set()),
    (Disclosure(Level.OUTCOMES, LATER), False, set()),
    (Disclosure(Level.MESSAGES, EARLIER), False, NAMES | MESSAGES | UNDECIDED),
    (Disclosure(Level.OUTCOMES, EARLIER), False, NAMES),
    (Disclosure(Level.OUTCOMES, NOW), False, NAMES),
    (Disclosure(Level.POINTS), True, NAMES | MESSAGES | UNDECIDED),
    (Disclosure(Level.OUTCOMES, LATER), True, NAMES | MESSAGES | UNDECIDED),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("disclosure", "for_staff", "told"), LEVELS)
def test_a_page_tells_of_hidden_tests_what_its_reader_is_told_now_and_everything_else_always(
    secretive: bytes, disclosure: Disclosure, for_staff: bool, told: set[str], language: str
) -> None:
    html = shown(without_first(secretive), disclosure, NOW, for_staff=for_staff, language=language)
    assert found(html, SECRETS) == told
    assert found(html, OPEN) == set(OPEN)


def without_first(content: bytes) -> bytes:
    """With the visible test of the first problem passed where its message would stand before the hidden one's: a problem shows one."""
    view = json.loads(content)
    first = view["problems"][0]
    visible = next(test for test in first["tests"] if not test["hidden"])
    first["tests"].remove(visible)
    view["problems"].append({**first, "id": "p9", "tests": [visible], "open": 0.0})
    return json.dumps(view).encode()


@pytest.mark.parametrize("level", Level)
def test_the_message_of_a_visible_test_is_told_on_every_level_and_stands_for_its_problem(secretive: bytes, level: Level) -> None:
    html = shown(secretive, Disclosure(level), NOW)
    assert "Two is &lt;i&gt;not&lt;/i&gt; three." in html and "<i>not" not in html
    assert "hint" not in html  # one message for each problem, and the visible test comes first


@pytest.mark.parametrize("level", Level)
def test_points_add_up_on_every_level(secretive: bytes, level: Level) -> None:
    html = shown(secretive, Disclosure(level), NOW)
    for part in html.split("<section")[1:]:
        head, *rows = re.findall(r'<bdi class="points" dir="ltr">([\d.]+) / ([\d.]+)</bdi>', part)
        assert [sum(float(row[column]) for row in rows) for column in (0, 1)] == [float(head[0]), float(head[1])]


def test_points_of_hidden_tests_stand_together_with_what_waits_and_what_was_said_by_a_person(secretive: bytes) -> None:
    html = shown(secretive, Disclosure(Level.POINTS), NOW)
    together = re.findall(r'<li class="together">(.*?)</li>', html, re.DOTALL)
    assert len(together) == 2 and ["Seen by a TA" in row for row in together] == [True, False]
    assert ["1 of these points wait for a person; that does not count against you." in row for row in together] == [False, True]
    assert "together" not in shown(secretive, Disclosure(), NOW)


SAID = [
    (Disclosure(), False, ""),
    (Disclosure(Level.MESSAGES, EARLIER), False, ""),
    (Disclosure(Level.OUTCOMES), False, "Of each hidden test you see how it ended; more is not told about hidden tests here."),
    (Disclosure(Level.POINTS), False, "Of hidden tests you see what they earn together in each problem; more is not told about them here."),
    (Disclosure(Level.OUTCOMES, LATER), False, "from Thu 10 Dec 2026 02:00 IST on, how each of them ended."),
    (Disclosure(Level.MESSAGES, LATER), False, "from Thu 10 Dec 2026 02:00 IST on, how each of them ended and where to look."),
    (Disclosure(), True, "Students see everything that stands here."),
    (Disclosure(Level.OUTCOMES), True, "Students see of each hidden test how it ended, without its message."),
    (Disclosure(Level.POINTS), True, "Students see of hidden tests only what they earn together in each problem."),
    (Disclosure(Level.OUTCOMES, LATER), True, "in each problem; from Thu 10 Dec 2026 02:00 IST on, how each of them ended."),
    (Disclosure(Level.MESSAGES, LATER), True, "in each problem; from Thu 10 Dec 2026 02:00 IST on, everything that stands here."),
]


@pytest.mark.parametrize(("disclosure", "for_staff", "sentence"), SAID)
def test_one_sentence_says_what_is_told_and_when_more_is(secretive: bytes, disclosure: Disclosure, for_staff: bool, sentence: str) -> None:
    html = shown(secretive, disclosure, NOW, for_staff=for_staff, zone=ZoneInfo("Asia/Jerusalem"))
    notes = re.findall(r'<p class="note">(.*?)</p>', html.partition("<nav")[0])
    told = [note for note in notes if re.search("hidden test|Students", note)]
    assert len(told) == bool(sentence) and all(note.endswith(sentence) for note in told)


def test_of_a_page_from_before_every_test_is_taken_for_hidden_and_written_answers_are_not(secretive: bytes) -> None:
    view = json.loads(secretive)
    for problem in view["problems"]:
        for test in problem["tests"]:
            del test["hidden"]
        problem["first"] = next((test for test in problem["tests"] if test["message"]), None)  # as it was kept
    old = json.dumps(view).encode()
    assert found(shown(old, Disclosure(Level.POINTS), NOW), SECRETS | OPEN) == {"comment", "hidden comment"}
    assert found(shown(old, Disclosure(Level.OUTCOMES), NOW), SECRETS | OPEN) == NAMES | {"visible name", "comment", "hidden comment"}
    assert "visible message" in found(shown(old, Disclosure(), NOW), OPEN)


HTML = b"<!doctype html><p>length-mean failed: Two is not three."


@pytest.mark.parametrize(
    ("disclosure", "for_staff", "whole"),
    [
        (Disclosure(), False, True), (Disclosure(Level.MESSAGES, EARLIER), False, True), (Disclosure(Level.MESSAGES, LATER), False, False),
        (Disclosure(Level.OUTCOMES), False, False), (Disclosure(Level.POINTS), False, False), (Disclosure(Level.POINTS), True, True),
    ],
)  # fmt: skip
def test_a_page_that_was_kept_as_html_is_shown_whole_or_not_at_all(disclosure: Disclosure, for_staff: bool, whole: bool) -> None:
    html = shown(HTML, disclosure, NOW, for_staff=for_staff, language="en")
    assert (html == HTML.decode()) == whole
    if not whole:
        assert "length-mean" not in html and "give the feedback again" in html
        assert ("it can be shown" in html) == (disclosure.level is Level.MESSAGES)


def test_nothing_of_a_hidden_test_is_markup(secretive: bytes) -> None:
    html = shown(without_first(secretive), Disclosure(), NOW)
    assert "<b>hint" not in html and "&lt;b&gt;hint&lt;/b&gt; &amp; message" in html
