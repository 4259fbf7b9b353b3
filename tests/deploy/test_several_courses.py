"""Several courses on one hub: everybody reaches his own courses, whole, and nothing of the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.hub.authenticator import add_passwords
from autograder.hub.client import Client
from autograder.hub.courses import CourseOnHub, roles
from autograder.hub.running import running_hub
from autograder.hub.site import Site
from autograder.model import MachineryError, Role
from tests.deploy.conftest import DEPLOY, MakeSite

ALGEBRA = {"ann": Role.STUDENT, "tina": Role.TA, "ivy": Role.INSTRUCTOR}
GRAPHS = {"ann": Role.STUDENT, "ben": Role.STUDENT, "tom": Role.TA, "ivy": Role.TA}
FIRST, SECOND = "services/course/", "services/course-graphs/"


@dataclass
class Both:
    """The hub, its two courses and their people."""

    algebra: Site
    graphs: Site
    people: dict[str, Client]


@pytest.fixture(scope="module")
def both(make_site: MakeSite, need: Callable[[str], Path]) -> Iterator[Both]:
    need("bubblewrap"), need("proxy")
    algebra, graphs = make_site("algebra", ALGEBRA, ports=10), make_site("graphs", GRAPHS)
    passwords = add_passwords(algebra.passwords, {**ALGEBRA, **GRAPHS})
    environ = {**os.environ, "AUTOGRADER_MORE_COURSES": str(graphs.course_file)}
    config = DEPLOY / "several-courses" / "jupyterhub_config.py"
    with running_hub(algebra, log=algebra.folders.state / "hub.log", config=config, environ=environ) as hub:
        yield Both(algebra, graphs, {name: Client(hub.url, name, password) for name, password in passwords.items()})


@pytest.mark.hub
def test_each_opens_the_courses_that_he_is_in_and_no_others(both: Both) -> None:
    opened = {
        name: [person.browse(path).status for path in (FIRST, SECOND, "services/algebra/formgrader", "services/graphs/formgrader")]
        for name, person in both.people.items()
    }
    assert opened == {
        "ann": [200, 200, 403, 403],
        "ben": [403, 200, 403, 403],
        "tina": [200, 403, 200, 403],
        "tom": [403, 200, 403, 200],
        "ivy": [200, 200, 200, 200],
    }


@pytest.mark.hub
def test_the_role_is_that_of_the_course_and_a_token_opens_no_more_than_its_owner(both: Both) -> None:
    def role(name: str, path: str) -> str:
        answer = both.people[name].request("GET", f"{path}api/me")
        return answer.json["role"] if answer.status == 200 else str(answer.status)

    assert [role("ivy", path) for path in (FIRST, SECOND)] == ["instructor", "ta"]
    assert [role("tina", path) for path in (FIRST, SECOND)] == ["ta", "403"]
    assert [role("tom", path) for path in (FIRST, SECOND)] == ["403", "ta"]
    assert both.people["tina"].request("GET", f"{SECOND}groups?user=tom").status == 403


@pytest.mark.hub
def test_after_the_log_in_comes_the_own_course_or_the_choice_between_several(both: Both) -> None:
    url = both.people["ann"].hub_url
    assert both.people["tina"].browse("").url == f"{url}{FIRST}"
    assert both.people["ben"].browse("").url == f"{url}{SECOND}"
    home = both.people["ann"].browse("")
    assert home.url == f"{url}hub/home" and f"/{FIRST}" in home.text and f"/{SECOND}" in home.text


@pytest.mark.hub
def test_who_leaves_one_course_keeps_the_other(both: Both, need: Callable[[str], Path]) -> None:
    ivy = both.people["ivy"]
    with both.graphs.ledger() as book:
        book.unenrol("graphs", "ivy", actor="setup")
        assert [ivy.browse(path).status for path in (FIRST, SECOND)] == [200, 403]
        book.enrol("graphs", "ivy", Role.TA, name="Ivy", email="", actor="setup")


@pytest.mark.hub
@pytest.mark.long
def test_one_server_works_for_both_courses_and_work_of_the_same_name_stays_apart(both: Both) -> None:
    ann, ben = both.people["ann"], both.people["ben"]
    for person in (ann, ben):
        person.start_server()

    def listed(person: Client) -> list[tuple[str, str, str]]:
        home = f"user/{person.username}"
        courses = person.request("GET", f"{home}/courses").json  # as the Assignment List asks
        assert courses["success"], courses
        answers = [person.request("GET", f"{home}/assignments?course_id={course}").json for course in courses["value"]]
        return [(row["course_id"], row["assignment_id"], row["status"]) for answer in answers for row in answer["value"]]

    assert listed(ann) == [("algebra", "hw", "released"), ("graphs", "hw", "released")]
    assert listed(ben) == [("graphs", "hw", "released")]
    for course in ("algebra", "graphs"):
        for deed in ("fetch", "submit"):
            said = {"assignment_id": "hw", "course_id": course}
            answer = ann.request("POST", f"user/ann/assignments/{deed}", said).json
            assert answer["success"], answer
        assert ann.read(f"{course}/hw/about.txt") == course.encode()
    for site, course in ((both.algebra, "algebra"), (both.graphs, "graphs")):
        with site.ledger() as book:
            assert [row.number for row in book.submissions(course, "hw")] == [1]


def test_two_services_of_one_name_are_refused() -> None:
    one = CourseOnHub("a", "course", "http://127.0.0.1:1")
    with pytest.raises(MachineryError, match="'course'"):
        roles([one, CourseOnHub("b", "course", "http://127.0.0.1:2")])
    with pytest.raises(MachineryError, match="'course-b'"):
        roles([one, CourseOnHub("course-b", "x", "http://127.0.0.1:2"), CourseOnHub("b", "course-b", "http://127.0.0.1:3")])
