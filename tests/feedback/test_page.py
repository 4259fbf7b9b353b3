"""The feedback page: everything that students should see, and nothing that they should not."""
from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from autograder.authoring import stub_cells
from autograder.feedback import kept, page, shown
from autograder.model import EVERYTHING, Assignment, Graded, Status
from autograder.words import LANGUAGES

from .conftest import DETAIL, MESSAGE

Render = Callable[..., str]
NOW = datetime(2026, 12, 1, tzinfo=UTC)


def section(html: str, problem: str) -> str:
    """The part of the page about one problem."""
    return html.partition(f'<section id="problem-{problem}"')[2].partition("</section>")[0]


def row(html: str, name: str) -> str:
    """The row of one test."""
    rows = [item for item in re.findall(r"<li class=.*?</li>", html, re.DOTALL) if f'"name">{name}</bdi>' in item]
    assert len(rows) == 1, f"{len(rows)} rows for {name}"
    return rows[0]


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


# ---------------------------------------------------------------- what is there

def test_the_header_says_what_by_whom_when_and_how_much(render: Render) -> None:
    header = text(render().partition("<main")[0])
    for said in ("Small steps", "team-00007", "Ada Lovelace , Grace Hopper", "#3", "Fri 20 Nov 2026 12:02 UTC",
                 "6.5 / 20"):
        assert said in header


def test_the_time_is_shown_in_the_zone_of_the_course(render: Render) -> None:
    html = render(zone=ZoneInfo("Asia/Jerusalem"))
    assert "Fri 20 Nov 2026 14:02 IST" in html and 'datetime="2026-11-20T14:02:00+02:00"' in html


def test_a_page_without_a_time_says_nothing_about_it(render: Render) -> None:
    assert "<time" not in render(submitted_at=None) and "Submitted" not in render(submitted_at=None)


@pytest.mark.parametrize(("problem", "name", "state", "label", "points"), [
    ("p1", "length: by hand", "passed", "passed", "2 / 2"),
    ("p1", "length: mean", "failed", "failed", "0 / 3.5"),
    ("p1", "angle: right", "failed", "failed", "0 / 3.5"),
    ("p2", "formula", "undecided", "undecided", "0 / 1"),
    ("p2-proof", "proof", "marked", "marked", "4.5 / 6"),
    ("essay", "essay", "waiting", "not marked yet", "0 / 4"),
])
def test_every_test_has_a_row_with_its_state_and_points(
        render: Render, problem: str, name: str, state: str, label: str, points: str) -> None:
    item = row(section(render(), problem), name)
    assert f'<li class="{state}">' in item and label in text(item) and text(item).endswith(points)


def test_an_undecided_test_says_that_a_person_will_look(render: Render) -> None:
    assert "A person will look; it does not count against you." in section(render(), "p2")


def test_points_that_a_person_still_decides_are_counted_as_open(render: Render) -> None:
    assert "5 more points wait for a person" in text(render())              # rate-formula 1, essay 4
    done = render(marks={"proof": (6, ""), "essay": (4, ""), "rate-formula": (1, "")})
    assert "wait for a person" not in done and "13 / 20" in text(done)


def test_a_person_s_decision_about_an_undecided_test_counts_and_says_so(render: Render) -> None:
    item = row(section(render(marks={"rate-formula": (1, "Right, only written otherwise.")}), "p2"), "formula")
    assert "decided by a person" in text(item) and "1 / 1" in text(item) and "written otherwise" in item


@pytest.mark.parametrize(("points", "shown"), [
    (4.5, "4.5 / 6"), (Fraction(1, 3), "0.33 / 6"), (6, "6 / 6"), (0, "0 / 6")])
def test_points_are_shown_as_people_write_them(render: Render, points: float, shown: str) -> None:
    assert shown in text(section(render(marks={"proof": (points, "")}), "p2-proof"))


def test_only_the_first_message_of_a_problem_is_shown(render: Render) -> None:
    p1 = section(render(), "p1")
    assert p1.count(MESSAGE) == 1 and "It took more than 8 s." not in p1
    assert "Look here first: length: mean" in text(p1)


def test_a_problem_in_which_everything_passed_says_so(render: Render, graded: Graded) -> None:
    p1 = graded.problems[0]
    tests = tuple(replace(t, status=Status.OK, score=t.max_score, message="") for t in p1.tests)
    html = render(graded={"problems": (replace(p1, tests=tests, score=9, status=Status.OK), *graded.problems[1:])})
    assert "Everything that is tested here passed." in section(html, "p1")
    assert "Look here first" not in section(html, "p1")


def test_tests_for_no_points_have_no_row(render: Render) -> None:
    assert "data" not in text(section(render(), "p1")).split()


def test_a_test_is_described_by_the_words_of_the_released_notebook(render: Render) -> None:
    assert "other numbers." in row(section(render(), "p1"), "length: mean")
    assert "3.5 points" not in row(section(render(), "p1"), "length: mean")


def test_the_own_cell_stands_beside_its_result(render: Render) -> None:
    p1 = text(section(render(), "p1"))
    assert "return abs ( x ) . sum ()" in p1 and "def angle ( u , v ):" in p1


def test_a_written_answer_is_rendered_and_its_comment_stands_below_its_mark(render: Render) -> None:
    proof = section(render(), "p2-proof")
    assert '<span class="math" dir="ltr">$(x+h)^2 - x^2$</span>' in proof
    assert '<p class="math display" dir="ltr">$$\\frac{2xh + h^2}{h} \\to 2x.$$</p>' in proof
    assert 'Good; say that <span class="math" dir="ltr">$h \\neq 0$</span>.' in proof


def test_an_empty_answer_says_so(render: Render) -> None:
    assert "empty or missing" in section(render(), "essay")


def test_an_answer_that_is_the_stub_says_so(render: Render, graded: Graded, assignment: Assignment) -> None:
    notebook = json.loads(json.dumps(graded.notebook))
    for cell in notebook["cells"]:
        cell["source"] = stub_cells(assignment.notebook).get(cell["id"], cell["source"])
    html = render(graded={"notebook": notebook})
    assert section(html, "p1").count("You left this cell as it was given.") == 2 and "NotImplementedError" not in html


def test_a_statement_reaches_back_to_its_heading_over_given_code(render: Render, assignment: Assignment) -> None:
    notebook = json.loads(json.dumps(assignment.notebook))
    given = next(cell for cell in notebook["cells"] if cell["id"] == "setup")
    answer = next(at for at, cell in enumerate(notebook["cells"]) if cell["id"] == "essay")
    text = {"cell_type": "markdown", "metadata": {}, "id": "a", "source": "## Far above\nthe question"}
    notebook["cells"][answer:answer] = [{**text, "source": "before the heading"}, text, given]
    essay = section(render(assignment=replace(assignment, notebook=notebook)), "essay")
    assert "the question" in essay and "before the heading" not in essay


def test_the_statement_is_at_hand(render: Render) -> None:
    assert '<span class="math" dir="ltr">$\\|x\\|_2$</span>' in section(render(), "p1")
    assert "Two sentences." in section(render(), "essay")


# ---------------------------------------------------------------- what is not there

HIDDEN = ("HIDDEN_NUMBERS", "123456", "654321", "665536", "x + x", "at_most", "fresh_rng", "squares_secret_name",
          "arccos", "2*x", "Cauchy", "Schwarz", "BEGIN SOLUTION", "BEGIN HIDDEN", "ask(", "checks.", DETAIL)


@pytest.mark.parametrize("marker", HIDDEN)
def test_no_test_source_no_hidden_input_no_reference_and_no_detail_is_on_the_page(
        render: Render, graded: Graded, assignment: Assignment, marker: str) -> None:
    everything = str(graded.notebook) + str(assignment.notebook) + DETAIL
    assert marker in everything, "this marker tests nothing"
    assert marker not in render() and marker not in text(render())


def test_when_a_submission_could_not_be_read_the_author_s_cells_are_not_shown_as_the_student_s(
        render: Render, assignment: Assignment) -> None:
    html = render(graded={"notebook": assignment.notebook})
    for marker in ("squares_secret_name", "arccos", "2*x", "Cauchy", "Expand"):
        assert marker not in text(html).replace(" ", "") and marker not in html
    assert "This cell could not be read from your submission." in section(html, "p1")


def test_cells_with_an_author_s_markers_are_not_shown_after_the_assignment_has_changed(
        render: Render, assignment: Assignment) -> None:
    old = json.dumps(assignment.notebook).replace("squares_secret_name", "earlier_secret_name")
    html = render(graded={"notebook": json.loads(old)})
    assert "earlier_secret_name" not in html


@pytest.mark.parametrize(("changes", "where"), [
    ({"members": ("<img src=x onerror=alert(1)>",)}, "member"),
    ({"team": "<img src=x onerror=alert(1)>"}, "team"),
    ({"marks": {"proof": (1, "<img src=x onerror=alert(1)>")}}, "comment"),
    ({"marks": {"proof": (1, "![x](http://elsewhere.example/x.png) [y](javascript:alert(1))")}}, "comment with links"),
], ids=lambda value: value if isinstance(value, str) else "")
def test_nobody_s_text_is_interpreted_as_html(render: Render, changes: dict[str, object], where: str) -> None:
    html = render(**changes)
    assert "<img" not in html and "javascript:" not in html and "elsewhere.example/x.png" not in html


def test_a_student_s_markup_and_messages_are_text(render: Render, graded: Graded) -> None:
    html = render()
    assert "<script>alert" not in html and "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    p1 = graded.problems[0]
    bad = replace(p1, tests=tuple(replace(t, message="<b onclick=x>") if t.message else t for t in p1.tests))
    assert "&lt;b onclick=x&gt;" in render(graded={"problems": (bad, *graded.problems[1:])})


def test_the_page_has_no_script_and_no_style_of_its_own(render: Render) -> None:
    html = render()
    assert re.findall(r"<script(?![^>]*\bsrc=)", html) == [] and "<style" not in html
    assert re.findall(r"<[^>]*\s(style|on\w+)=", html) == []
    assert re.findall(r"""(?:src|href)=["'](?:https?:)?//""", html) == []


def test_the_page_loads_from_the_given_place_only(render: Render) -> None:
    links = re.findall(r'(?:src|href)="([^"#]+)"', render(static="/services/course/static/"))
    assert {link for link in links if link != "data:,"} == {
        "/services/course/static/katex/katex.min.css", "/services/course/static/katex/katex.min.js",
        "/services/course/static/feedback.css", "/services/course/static/math.js"}


# ---------------------------------------------------------------- for everybody

def test_a_hebrew_page_runs_from_right_to_left_with_code_from_left_to_right(render: Render) -> None:
    html = render(language="he")
    assert 'dir="rtl"' in html.partition("<body")[0]
    assert '<pre class="code" dir="ltr"' in html


def test_each_reader_gets_the_page_in_his_own_language(render: Render) -> None:
    pages = {language: text(render(language=language)) for language in LANGUAGES}
    assert "Look here first" in pages["en"] and "כאן" in pages["he"] and "Начните" in pages["ru"]
    for language in ("he", "ru"):
        for english in ("Feedback", "not marked yet", "decided by", "A person will", "Everything that is", "Hidden tests use"):
            assert english not in pages[language], f"{language} has {english!r}"
        assert MESSAGE in pages[language]                                   # as the checker says it


def test_what_is_kept_is_the_same_for_all_languages_and_shows_the_page(assignment: Assignment, graded: Graded) -> None:
    told = {"team": "team-00007", "members": ("ada",), "number": 1, "submitted_at": None, "marks": {}}
    content = kept(assignment, graded, **told)
    assert content == kept(assignment, graded, **told)
    assert shown(content, EVERYTHING, NOW, language="ru") == page(assignment, graded, language="ru", **told)


def test_what_an_earlier_version_kept_is_shown_as_it_is() -> None:
    assert shown("<!doctype html>\n<p>שלום".encode(), EVERYTHING, NOW, language="he") == "<!doctype html>\n<p>שלום"


def test_bars_and_code_have_names_for_screen_readers_and_the_keyboard(render: Render) -> None:
    html = render()
    assert re.findall(r"<svg(?![^>]*aria-label=)", html) == []
    assert all('tabindex="0"' in pre for pre in re.findall(r"<pre[^>]*>", html))
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids)) and set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_a_page_is_the_same_each_time(render: Render) -> None:
    assert render() == render()


@pytest.mark.long
def test_fifty_pages_take_less_than_a_second(render: Render) -> None:
    render()
    start = time.process_time()
    for number in range(50):
        render(number=number, submitted_at=datetime(2026, 1, 1, tzinfo=UTC), marks={"proof": (1, f"comment {number}")})
    assert time.process_time() - start < 1.0
