"""One person of the course on the hub: added, changed, removed, his name erased; by instructors alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import expect

from autograder.hub.authenticator import reset_password
from autograder.hub.client import Answer, Client, ClientError
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
    assert gone.url.endswith("/roster?done=remove") and "removed from the course" in gone.text
    assert "Newt" not in gone.text.partition("Who left the course")[0]
    assert hub.book.role_of(COURSE, "newt") is None and "is in the course no more" in ivy.browse("services/course/people/newt").text


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


# ---------------------------------------------------------------- passwords


def shown_password(answer: Answer) -> str:
    """The one that stands in the answer."""
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.text.partition('<code dir="ltr">')[2].partition("</code>")[0]


@pytest.fixture
def newt(hub: HubOfTests) -> Iterator[Client]:
    """Somebody who may lose his password."""
    hub.book.enrol(COURSE, "newt", Role.STUDENT, name="Newt Ohm", actor="setup")
    yield Client(hub.url, "newt", reset_password(hub.site.passwords, "newt"))
    hub.book.unenrol(COURSE, "newt", actor="setup")


def lands(person: Client) -> str:
    """Where his browser is led when it asks for his first page."""
    return person.browse("hub/home").url.removeprefix(person.hub_url).partition("?")[0]


def test_a_new_password_is_shown_once_and_ends_the_old_one_with_its_sessions(hub: HubOfTests, newt: Client) -> None:
    ivy, lines = hub.person("ivy"), len(hub.book.audit(COURSE))
    assert "Make a new password for Newt Ohm" in ivy.browse("services/course/people/newt").text and lands(newt) == "hub/home"
    answer = post(ivy, "people/newt", {"do": "password"})
    password = shown_password(answer)
    assert answer.status == 200 and len(password) == 19 and password not in answer.url
    assert password not in ivy.browse("services/course/people/newt").text
    (line,) = hub.book.audit(COURSE)[lines:]
    assert (line.actor, line.action, dict(line.data)) == ("ivy", "password", {"username": "newt"})
    assert password not in (hub.site.folders.state / "hub.log").read_text(errors="replace")
    again = Client(hub.url, "newt", password)
    assert lands(again) == "hub/home" and lands(newt) == "hub/login"
    with pytest.raises(ClientError, match="cannot log in"):
        Client(hub.url, "newt", "of-yesterday")


def test_everybody_changes_his_own_by_the_one_he_has(hub: HubOfTests, newt: Client) -> None:
    old = reset_password(hub.site.passwords, "newt")
    newt = Client(hub.url, "newt", old)
    assert "Change my password" in newt.browse("services/course/").text
    before = len(hub.book.audit(COURSE))
    refused = post(newt, "password", {"old": "x" * 10_000})
    assert refused.status == 409 and "not your present password" in refused.text and len(hub.book.audit(COURSE)) == before
    assert post(newt, "password", {"old": ""}).status == 409
    password = shown_password(post(newt, "password", {"old": old}))
    assert Client(hub.url, "newt", password).course("GET", "me")["role"] == "student"
    assert hub.book.audit(COURSE)[-1].actor == "newt"
    with pytest.raises(ClientError, match="cannot log in"):
        Client(hub.url, "newt", old)


def test_nobody_gets_the_password_of_whoever_may_more_or_is_elsewhere_too(hub: HubOfTests, newt: Client) -> None:
    ivy, held = hub.person("ivy"), hub.site.passwords and hub.site.passwords.read_bytes()
    for name in ("ann", "tina"):
        assert hub.person(name).course_answer("POST", "people/newt/password").status == 403
    assert ivy.course_answer("POST", "people/ivy/password").json["code"] == "not-his-password"
    assert ivy.course_answer("POST", "people/sam/password").status == 404, "he left"
    assert ivy.course_answer("POST", "people/nobody/password").status == 404
    hub.book.enrol("other-course", "newt", Role.STUDENT, name="Newt Ohm", actor="setup")
    refused = ivy.course_answer("POST", "people/newt/password")
    assert (refused.status, refused.json["code"]) == (409, "not-his-password") and "other courses too" in refused.json["error"]
    assert "New password" not in ivy.browse("services/course/people/newt").text
    hub.book.unenrol("other-course", "newt", actor="setup")
    assert hub.site.passwords is not None and hub.site.passwords.read_bytes() == held


# ---------------------------------------------------------------- who left


def test_somebody_who_left_is_erased_as_a_member_is(hub: HubOfTests) -> None:
    ivy = hub.person("ivy")
    hub.book.enrol(COURSE, "gone", Role.STUDENT, name="Gone Girl", email="gone@uni.example", actor="setup")
    hub.book.unenrol(COURSE, "gone", actor="setup")
    assert "Gone Girl" in ivy.browse("services/course/roster").text.partition("Who left the course")[2]
    page = ivy.browse("services/course/people/gone").text
    assert "is in the course no more" in page and "Erase the name" in page and "Remove from the course" not in page
    assert post(ivy, "people/gone", {"do": "remove", "reason": "again"}).status == 404
    assert "write the user name gone" in post(ivy, "people/gone", {"do": "erase", "confirmed": "Gone"}).text
    assert "erased in all courses" in post(ivy, "people/gone", {"do": "erase", "confirmed": "gone"}).text
    assert "gone" in hub.book.erased() and "Gone Girl" not in ivy.browse("services/course/roster").text
    assert hub.person("tina").browse("services/course/people/gone").status == 403
    assert "Who left" not in hub.person("tina").browse("services/course/roster").text


@pytest.mark.browser
def test_an_instructor_gives_a_new_password_on_the_page_of_a_person(hub: HubOfTests, newt: Client, window: Callable[..., Window]) -> None:
    page = window("ivy").page
    page.goto(f"{hub.url}services/course/people/newt")
    page.get_by_role("button", name="Make a new password for Newt Ohm").click()
    password = page.get_by_role("status").locator("code").inner_text()
    page.goto(f"{hub.url}services/course/people/newt")
    expect(page.get_by_role("button", name="Make a new password for Newt Ohm")).to_be_visible()
    assert password not in page.content() and Client(hub.url, "newt", password).username == "newt"


@pytest.mark.browser
def test_somebody_changes_his_own_password_on_his_first_page_and_logs_in_again(
    hub: HubOfTests, newt: Client, window: Callable[..., Window]
) -> None:
    hub.passwords["newt"] = reset_password(hub.site.passwords, "newt")
    page = window("newt").page
    page.get_by_role("link", name="Change my password").click()
    page.get_by_label("Present password").fill(hub.passwords["newt"])
    page.get_by_role("button", name="Make a new password").click()
    password = page.get_by_role("status").locator("code").inner_text()
    page.goto(f"{hub.url}hub/logout")
    page.goto(hub.url)
    page.fill("#username_input", "newt")
    page.fill("#password_input", password)
    page.click("#login_submit")
    page.wait_for_url("**/services/course/")
