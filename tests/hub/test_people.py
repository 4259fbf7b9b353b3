"""One person of the course on the hub: added, changed, removed, his name erased; by instructors alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import expect

from autograder.hub.client import Answer, Client
from autograder.model import Role

from .conftest import COURSE, HubOfTests, Window

pytestmark = pytest.mark.hub


def post(person: Client, page: str, form: Mapping[str, str]) -> Answer:
    """A form as a browser sends it."""
    return person.browse(f"services/course/{page}", form={**form, "_xsrf": person.xsrf("services/course/")})


@pytest.fixture
def zoe(hub: HubOfTests) -> Iterator[str]:
    """Somebody who leaves after the test."""
    hub.book.enrol(COURSE, "zoe", Role.STUDENT, name="Zoe <i>Zero</i>", email="zoe@uni.example", actor="setup")
    yield "zoe"
    hub.book.unenrol(COURSE, "zoe", actor="setup")


def test_a_person_is_added_with_a_password_shown_once_and_becomes_a_ta(hub: HubOfTests) -> None:
    ivy, said = hub.person("ivy"), {"username": "newt", "name": "Newt Ohm", "email": "newt@uni.example", "role": "student"}
    shown = post(ivy, "people", said)
    assert shown.status == 200 and "newt is in the course" in shown.text
    password = shown.text.partition('<code dir="ltr">')[2].partition("</code>")[0]
    assert Client(hub.url, "newt", password).course("GET", "me")["role"] == "student"
    assert password not in post(ivy, "people", said).text
    changed = post(ivy, "people/newt", {"do": "change", "name": "Newt Ohm", "email": "", "role": "ta"})
    assert changed.status == 200 and "The person is changed." in changed.text
    person = hub.book.person(COURSE, "newt")
    assert person is not None and (person.role, person.name, person.email) == (Role.TA, "Newt Ohm", "")
    assert hub.book.audit(COURSE)[-1].actor == "ivy"
    gone = post(ivy, "people/newt", {"do": "remove", "reason": "went abroad"})
    assert gone.url.endswith("/roster?done=remove") and "removed from the course" in gone.text and "Newt" not in gone.text
    assert hub.book.role_of(COURSE, "newt") is None and ivy.browse("services/course/people/newt").status == 404


REFUSED = {
    "no name": ("people", {"username": "nemo", "name": " "}, "fill in the name"),
    "no user name": ("people", {"username": "", "name": "Nemo"}, "fill in the user name"),
    "a user name that is none": ("people", {"username": "a/b", "name": "Nemo"}, "user name"),
    "a role that is none": ("people", {"username": "nemo", "name": "Nemo", "role": "boss"}, "no &#39;boss&#39; here"),
    "an address that is none": ("people", {"username": "nemo", "name": "Nemo", "email": "nemo"}, "is no address"),
    "the own role": ("people/ivy", {"do": "change", "name": "Ivy Stone", "role": "ta"}, "Your own role"),
    "removing oneself": ("people/ivy", {"do": "remove", "reason": "tired"}, "cannot remove yourself"),
    "removing without a reason": ("people/ann", {"do": "remove", "reason": " "}, "fill in the reason"),
    "erasing somebody else than was written": ("people/ann", {"do": "erase", "confirmed": "ben"}, "write the user name ann"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_changes_nothing_and_says_why(hub: HubOfTests, case: str) -> None:
    page, form, sentence = REFUSED[case]
    before = hub.book.people(COURSE)
    answer = post(hub.person("ivy"), page, form)
    assert answer.status == 409 and sentence in answer.text, answer.text
    assert hub.book.people(COURSE) == before


def test_nobody_else_has_these_pages(hub: HubOfTests) -> None:
    for name in ("ann", "tina"):
        person = hub.person(name)
        assert [person.browse(f"services/course/{page}").status for page in ("people", "people/ann")] == [403, 403]
        assert post(person, "people/ann", {"do": "erase", "confirmed": "ann"}).status == 403
    assert "/people/ann" not in hub.person("tina").browse("services/course/roster").text


def test_an_erased_name_is_nowhere_and_comes_back_by_no_form(hub: HubOfTests, zoe: str, assignment: Callable[..., str]) -> None:
    slug, ivy = assignment(size=1), hub.person("ivy")
    assert "Zoe &lt;i&gt;Zero" in ivy.browse(f"services/course/people/{zoe}").text
    assert ivy.course_answer("POST", f"people/{zoe}/erase", {"username": "Zoe"}).json["code"] == "not-confirmed"
    ivy.course("POST", f"people/{zoe}/erase", {"username": zoe})
    pages = ("roster", f"people/{zoe}", f"students/{zoe}", "audit", f"assignments/{slug}/")
    assert not [page for page in pages if "Zero" in ivy.browse(f"services/course/{page}").text]
    back = ivy.course_answer("POST", f"people/{zoe}", {"name": "Zoe Zero"})
    assert (back.status, back.json["code"]) == (409, "erased")
    ivy.course("POST", f"people/{zoe}", {"role": "ta"})
    person = hub.book.person(COURSE, zoe)
    assert person is not None and (person.role, person.name, person.email) == (Role.TA, "", "")


@pytest.mark.browser
def test_an_instructor_erases_a_name_after_writing_whom_it_is_about(hub: HubOfTests, zoe: str, window: Callable[..., Window]) -> None:
    page = window("ivy").page
    page.goto(f"{hub.url}services/course/roster")
    page.get_by_role("row").filter(has_text=zoe).get_by_role("link", name="Change").click()
    expect(page.locator("main h1")).to_have_text("Zoe <i>Zero</i>")
    page.get_by_label("To confirm, write the user name zoe").fill(zoe)
    page.get_by_role("button", name="Erase the name of Zoe").click()
    expect(page.get_by_role("status")).to_contain_text("erased in all courses")
    expect(page.locator("main h1")).to_have_text(zoe)
    assert zoe in hub.book.erased()
