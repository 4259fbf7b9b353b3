"""The running hub as its people meet it: servers that are closed to each other, the course's API, who may do what."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from autograder.hub import api
from autograder.hub.authenticator import add_passwords
from autograder.hub.client import Client, ClientError
from autograder.hub.exports import FORM as EXPORT
from autograder.hub.marking import ANSWER, TEAM
from autograder.hub.people import PERSON
from autograder.hub.projects import PLACE as PROJECT
from autograder.hub.projects import STAGE
from autograder.hub.projects import TEAM as PROJECT_TEAM
from autograder.hub.section import ONE
from autograder.hub.service import SECTIONS
from autograder.model import Graded, ProblemResult, Role, Status, TestResult

from .conftest import COURSE, PEOPLE, HubOfTests, Window, execute, notebook

pytestmark = pytest.mark.hub
MEGABYTE = 1_000_000


# ---------------------------------------------------------------- logging in


@pytest.mark.parametrize("username", ["ann", "nobody", "", "ann\x00"])
def test_a_wrong_password_logs_nobody_in(hub: HubOfTests, username: str) -> None:
    with pytest.raises(ClientError) as refused:
        Client(hub.url, username, "not-the-password")
    assert refused.value.answer.status in (400, 403)


def test_somebody_who_left_the_course_cannot_log_in(hub: HubOfTests) -> None:
    with pytest.raises(ClientError) as refused:
        Client(hub.url, "sam", hub.passwords["sam"])
    assert refused.value.answer.status == 403


def test_leaving_the_roster_counts_at_the_next_request(hub: HubOfTests) -> None:
    hub.book.enrol(COURSE, "eve", Role.STUDENT, name="Eve", actor="test")
    eve = Client(hub.url, "eve", add_passwords(hub.site.passwords, ["eve"])["eve"])
    assert eve.course("GET", "me")["role"] == "student"
    hub.book.unenrol(COURSE, "eve", actor="test")
    answer = eve.course_answer("GET", "me")
    assert (answer.status, answer.json["code"]) == (403, "forbidden")


def test_without_a_token_the_api_says_so_and_pages_lead_to_the_login(hub: HubOfTests) -> None:
    stranger = Client.__new__(Client)
    stranger.hub_url, stranger.username, stranger.token = hub.url, "", "wrong"
    answer = stranger.course_answer("GET", "me")
    assert (answer.status, answer.json["code"]) == (401, "not-logged-in")
    page = stranger.request("GET", "services/course/")
    assert page.status == 200 and "/hub/login" in page.url


def test_a_new_group_of_the_roster_counts_at_login(hub: HubOfTests) -> None:
    groups = {name: hub.person(name).request("GET", f"hub/api/users/{name}").json["groups"] for name in ("ann", "tina", "ivy")}
    assert groups == {
        "ann": [f"nbgrader-{COURSE}"],
        "tina": [f"formgrade-{COURSE}"],
        "ivy": [f"formgrade-{COURSE}", f"instructors-{COURSE}"],
    }


# ---------------------------------------------------------------- servers


@pytest.fixture(scope="module")
def ann_at_work(hub: HubOfTests) -> Client:
    """Ann with her server running, and Ben's home beside hers."""
    ann, ben = hub.person("ann"), hub.person("ben")
    ann.start_server()
    ben.start_server()
    ben.write("diary.txt", b"ben's own")
    ann.write("own.txt", b"ann's own")
    return ann


def test_a_server_answers_nobody_but_its_owner(hub: HubOfTests, ann_at_work: Client) -> None:
    assert ann_at_work.read("own.txt") == b"ann's own"
    for name in ("ben", "tina", "ivy"):
        answer = hub.person(name).request("GET", "user/ann/api/contents/own.txt")
        assert answer.status == 403, name
    assert hub.person("ben").browse("user/ann/lab").status == 403


def test_code_in_a_server_sees_its_home_and_nothing_of_the_course(hub: HubOfTests, ann_at_work: Client) -> None:
    code = f"""
import glob, json, os
def tried(path):
    try:
        return sorted(os.listdir(path)) if os.path.isdir(path) else open(path).read(20)
    except OSError as error:
        return type(error).__name__
state, root = {str(hub.site.folders.state)!r}, {str(hub.site.folders.root)!r}
places = [state, state + "/ledger.db", state + "/secret", state + "/hub/passwords.json", state + "/homes/ben/diary.txt",
          root + "/source/hw/hw.ipynb", root + "/assignments", {os.getcwd()!r} + "/assignments", "/etc/shadow", "/root",
          "/proc/" + str({hub.pid}) + "/environ", "/home" + "/ben"]
import numpy
print(json.dumps(dict(
    seen={{place: tried(place) for place in places}}, own=open("own.txt").read(), homes=os.listdir("/home"), uid=os.getuid(),
    processes=[open(p).read().split("\\0")[0] for p in glob.glob("/proc/[0-9]*/cmdline")],
    leaked=[name for name in os.environ if ("AUTOGRADER" in name and name != "AUTOGRADER_COURSES") or "PROXY" in name.upper()],
    writable=[p for p in ("/", "/usr", "/etc", numpy.__path__[0], "/etc/jupyter-course") if os.access(p, os.W_OK)],
    capabilities=[line.split()[1] for line in open("/proc/self/status") if line.startswith("CapEff")][0],
    connection=open(glob.glob("/tmp/jupyter/kernel-*.json")[0]).read())))
"""
    said = json.loads(execute(ann_at_work, code))
    # A folder on the way to something that is shown may be there, but it is empty of everything else.
    shown = {
        place: seen
        for place, seen in said["seen"].items()
        if seen not in ("FileNotFoundError", "PermissionError", "NotADirectoryError", [])
    }
    assert shown == {}
    assert said["own"] == "ann's own" and said["homes"] == ["ann"]
    assert not any("jupyterhub -f" in process or "hub.service" in process for process in said["processes"])
    assert said["leaked"] == [] and said["writable"] == [] and int(said["capabilities"], 16) == 0
    assert json.loads(said["connection"])["transport"] == "ipc"
    if os.getuid() == 0:
        assert said["uid"] != 0


def test_the_token_of_a_server_opens_the_course_and_no_more(hub: HubOfTests, ann_at_work: Client) -> None:
    token = execute(ann_at_work, "import os; print(os.environ['JUPYTERHUB_API_TOKEN'])").strip()
    server = Client.__new__(Client)
    server.hub_url, server.username, server.token = hub.url, "ann", token
    assert server.course("GET", "me")["username"] == "ann"
    assert server.request("GET", "user/ann/api/contents").status == 200
    assert server.request("GET", "user/ben/api/contents").status == 403
    for path in ("users", "groups", "services", "users/ann/tokens"):
        assert server.request("GET", f"hub/api/{path}").status in (403, 404), path
    assert server.request("POST", "hub/api/users/ann/tokens", {}).status in (403, 404)


def test_students_have_no_formgrader_of_their_own(ann_at_work: Client) -> None:
    assert ann_at_work.request("GET", "user/ann/formgrader").status == 404
    assert ann_at_work.request("GET", "user/ann/lab").status == 200


def test_a_server_that_is_stopped_ends_and_keeps_its_files(hub: HubOfTests) -> None:
    dan = hub.person("dan")
    dan.start_server()
    dan.write("deep/er/file.txt", b"kept")
    dan.stop_server()
    assert dan.request("GET", "user/dan/api/contents").status in (404, 424, 503)
    assert (hub.site.homes / "dan/deep/er/file.txt").read_bytes() == b"kept"


# ---------------------------------------------------------------- formgrader


def test_formgrader_is_closed_to_students(hub: HubOfTests) -> None:
    for path in ("formgrader", "api/contents", "lab"):
        assert hub.person("ann").request("GET", f"services/{COURSE}/{path}").status == 403
    assert hub.person("ann").browse(f"services/{COURSE}/formgrader").status == 403


@pytest.mark.parametrize("username", ["tina", "ivy"])
def test_formgrader_is_open_to_staff_and_sees_only_nbgraders_folders(hub: HubOfTests, username: str) -> None:
    person = hub.person(username)
    page = person.browse(f"services/{COURSE}/formgrader/manage_submissions/hw")
    assert page.status == 200 and "formgrader" in page.url
    names = {entry["name"] for entry in person.request("GET", f"services/{COURSE}/api/contents").json["content"]}
    assert {"source", "release"} <= names <= {"source", "release", "submitted", "autograded", "feedback", "gradebook.db"}
    assert person.request("POST", f"services/{COURSE}/api/terminals", {}).status in (403, 404)


# ---------------------------------------------------------------- pairs, fetching, submitting


def test_a_pair_forms_submits_and_shares_everything_while_others_see_nothing(hub: HubOfTests, assignment: Callable[..., str]) -> None:
    slug = assignment()
    ann, ben, cat = (hub.person(name) for name in ("ann", "ben", "cat"))
    assert ann.course("GET", f"assignments/{slug}")["state"] == "no partner"
    refused = ann.course_answer("POST", f"assignments/{slug}/submit", {"files": {}})
    assert refused.status == 409
    ann.course("POST", f"assignments/{slug}/invite", {"to": "ben"})
    invited = ben.course("GET", f"assignments/{slug}")
    assert invited["invitations_in"] == [{"username": "ann", "name": "Ann Levi"}]
    ben.course("POST", f"assignments/{slug}/accept", {"from": "ann"})
    with zipfile.ZipFile(io.BytesIO(ben.fetch(slug))) as archive:
        assert archive.namelist() == [f"{slug}/{slug}.ipynb"]
    receipt = ann.submit(slug, {f"{slug}.ipynb": notebook()})
    assert receipt["number"] == 1 and receipt["members"] == ["ann", "ben"]
    seen = ben.course("GET", f"assignments/{slug}")
    assert seen["state"] == "submitted" and seen["frozen"] and seen["submissions"][0]["by"]["username"] == "ann"
    assert seen["submissions"][0]["receipt"] == receipt
    packed = ben.request("GET", f"services/course/api/assignments/{slug}/submissions/1/archive")
    with zipfile.ZipFile(io.BytesIO(packed.body)) as archive:
        assert archive.read(f"{slug}.ipynb") == notebook()
    for path in (
        "submissions/1/archive",
        f"submissions/1/archive?team={receipt['team']}",
        "feedback",
        f"submissions?team={receipt['team']}",
    ):
        assert cat.course_answer("GET", f"assignments/{slug}/{path}").status == 404, path
    assert cat.course("GET", f"assignments/{slug}/submissions") == []
    assert hub.person("tina").course_answer("GET", f"assignments/{slug}/submissions/1/archive").status == 200


def test_a_receipt_verifies_until_a_letter_of_it_changes(hub: HubOfTests, assignment: Callable[..., str]) -> None:
    slug = assignment(size=1)
    receipt = hub.person("cat").submit(slug, {f"{slug}.ipynb": notebook()})
    for name in ("cat", "dan", "tina"):
        assert hub.person(name).course("POST", "receipts/verify", receipt) == {"valid": True}
    for changed in (
        {"number": 2},
        {"by": "dan"},
        {"sha256": receipt["sha256"][::-1]},
        {"course": "calc-2"},
        {"signature": ""},
        {"more": 1},
    ):
        assert hub.person("cat").course("POST", "receipts/verify", receipt | changed) == {"valid": False}, changed


@pytest.mark.parametrize(
    ("verb", "by", "said", "state"),
    [
        ("decline", "ben", {"from": "ann"}, "no partner"),
        ("withdraw", "ann", {"to": "ben"}, "no partner"),
        ("withdraw", "ann", {}, "no partner"),
        ("accept", "ben", {"from": "ann"}, "nothing handed in"),
    ],
)
def test_what_ends_an_invitation(
    hub: HubOfTests, assignment: Callable[..., str], verb: str, by: str, said: dict[str, str], state: str
) -> None:
    slug = assignment()
    hub.person("ann").course("POST", f"assignments/{slug}/invite", {"to": "ben"})
    hub.person(by).course("POST", f"assignments/{slug}/{verb}", said)
    row = hub.person("ben").course("GET", f"assignments/{slug}")
    assert (row["invitations_in"], row["state"]) == ([], state)


def test_a_member_leaves_before_the_first_submission_and_not_after(
    hub: HubOfTests, assignment: Callable[..., str], pair: Callable[[str], None]
) -> None:
    slug = assignment()
    pair(slug)
    hub.person("ann").course("POST", f"assignments/{slug}/leave")
    assert hub.person("ben").course("GET", f"assignments/{slug}")["team"] is None
    pair(slug)
    hub.person("ben").submit(slug, {f"{slug}.ipynb": notebook()})
    answer = hub.person("ann").course_answer("POST", f"assignments/{slug}/leave")
    assert (answer.status, answer.json["code"]) == (409, "frozen")
    assert "submitted" in answer.json["error"] or "handed in" in answer.json["error"]


def test_both_partners_may_submit_at_once(hub: HubOfTests, assignment: Callable[..., str], pair: Callable[[str], None]) -> None:
    slug = assignment()
    pair(slug)

    def submit(turn: int) -> dict[str, Any]:
        return hub.person(("ann", "ben")[turn % 2]).submit(slug, {f"{slug}.ipynb": notebook(f"x = {turn}")})

    with ThreadPoolExecutor(6) as pool:
        receipts = list(pool.map(submit, range(12)))
    assert sorted(receipt["number"] for receipt in receipts) == list(range(1, 13))
    assert len({receipt["team"] for receipt in receipts}) == 1
    seen = hub.person("ben").course("GET", f"assignments/{slug}/submissions")
    assert {one["receipt"]["signature"] for one in seen} == {receipt["signature"] for receipt in receipts}
    assert [one["number"] for one in seen if one["counts"]] == [12]


def test_an_assignment_cannot_be_fetched_before_it_opens(hub: HubOfTests, assignment: Callable[..., str]) -> None:
    slug = assignment(size=1, opens=datetime.now(UTC) + timedelta(hours=1))
    answer = hub.person("ann").course_answer("GET", f"assignments/{slug}/archive")
    assert (answer.status, answer.json["code"]) == (409, "not-open") and "(Asia/Jerusalem)" in answer.json["error"]
    assert hub.person("tina").course_answer("GET", f"assignments/{slug}/archive").status == 200


# ---------------------------------------------------------------- what cannot be taken


def _files(**files: bytes) -> bytes:
    packed = {name.replace("__", "."): base64.b64encode(content).decode() for name, content in files.items()}
    return json.dumps({"files": packed}).encode()


def _form(*parts: tuple[str, str, bytes]) -> bytes:
    body = b""
    for field, name, content in parts:
        body += f'--edge\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'.encode() + content + b"\r\n"
    return body + b"--edge--\r\n"


FORM = "multipart/form-data; boundary=edge"
REFUSED = {
    "nothing": (_files(), "application/json", 422, "notebook is missing"),
    "not-a-notebook": (_files(hw__ipynb=b"%PDF-1.7 \xff"), "application/json", 422, "not a notebook"),
    "cut-off": (_files(hw__ipynb=notebook()[:-9]), "application/json", 422, "cut off"),
    "other-file": (_files(hw__ipynb=notebook(), evil__py=b""), "application/json", 422, "evil.py: This file is not part"),
    "too-large": (_files(hw__ipynb=notebook("#" * 21 * MEGABYTE)), "application/json", 422, "at most 20 MB"),
    "far-too-large": (b'{"files": {"hw.ipynb": "' + b"A" * 40 * MEGABYTE, "application/json", 413, "at most 20 MB"),
    "climbing-name": (json.dumps({"files": {"../hw.ipynb": ""}}).encode(), "application/json", 422, "path inside the submission"),
    "not-base64": (b'{"files": {"hw.ipynb": "?"}}', "application/json", 400, "not base64"),
    "not-json": (b"{", "application/json", 400, "not JSON"),
    "deep-json": (b"[" * 200_000, "application/json", 400, "not JSON"),
    "a-list": (b"[]", "application/json", 400, "JSON object"),
    "no-files": (b"{}", "application/json", 400, '"files"'),
    "broken-form": (b"--edge\r\nnothing", FORM, 400, "cannot be read"),
    "form-without-edge": (b"x", "multipart/form-data", 400, "cannot be read"),
    "too-many-parts": (_form(*(("files", f"{n}.ipynb", b"") for n in range(200))), FORM, 400, "cannot be read"),
    "same-name-twice": (_form(("files", "hw.ipynb", b"1"), ("files", "hw.ipynb", b"2")), FORM, 422, "Two files have this name"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_submission_that_cannot_be_taken_is_refused_with_a_sentence(hub: HubOfTests, assignment: Callable[..., str], name: str) -> None:
    slug = assignment(size=1)
    body, kind, status, sentence = REFUSED[name]
    body = body.replace(b'"hw.ipynb"', f'"{slug}.ipynb"'.encode())
    answer = hub.person("ann").request("POST", f"services/course/api/assignments/{slug}/submit", body=body, content_type=kind)
    assert answer.status == status, answer.text
    assert sentence in answer.json["error"] and "Traceback" not in answer.text
    assert hub.person("ann").course("GET", f"assignments/{slug}/submissions") == []


def test_a_form_hands_in_the_notebook_under_any_name(hub: HubOfTests, assignment: Callable[..., str]) -> None:
    slug = assignment(size=1)
    body = _form(("notebook", "my copy (2).ipynb", notebook()), ("files", "report.pdf", b"%PDF"))
    answer = hub.person("ann").request("POST", f"services/course/api/assignments/{slug}/submit", body=body, content_type=FORM)
    assert answer.status == 200, answer.text
    packed = hub.person("ann").request("GET", f"services/course/api/assignments/{slug}/submissions/1/archive").body
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert sorted(archive.namelist()) == [f"{slug}.ipynb", "report.pdf"]


@pytest.mark.parametrize(
    ("path", "said", "word"),
    [
        ("extend", {"username": "ann", "until": "tomorrow", "reason": "ill"}, "'until'"),
        ("extend", {"username": "ann", "until": "2027-01-24T23:59:00", "reason": "ill"}, "offset"),
        ("extend", {"username": 7, "until": "2027-01-24T23:59:00Z"}, "'username'"),
        ("assign", {"members": "ann ben"}, "'members'"),
    ],
)
def test_a_request_that_is_not_understood_says_what_it_needs(
    hub: HubOfTests, assignment: Callable[..., str], path: str, said: dict[str, Any], word: str
) -> None:
    answer = hub.person("tina").course_answer("POST", f"assignments/{assignment()}/{path}", said)
    assert answer.status == 400 and word in answer.json["error"]


# ---------------------------------------------------------------- feedback and grades


def test_feedback_reaches_both_partners_without_an_origin_of_its_own(
    hub: HubOfTests, assignment: Callable[..., str], pair: Callable[[str], None]
) -> None:
    slug = assignment()
    pair(slug)
    team = hub.person("ann").submit(slug, {f"{slug}.ipynb": notebook()})["team"]
    assert hub.person("ben").course_answer("GET", f"assignments/{slug}/feedback").status == 404
    hub.book.release_feedback(COURSE, slug, {team: b"<p>Well done"}, actor="tina")
    for name in ("ann", "ben"):
        answer = hub.person(name).course_answer("GET", f"assignments/{slug}/feedback")
        assert (answer.status, answer.text) == (200, "<p>Well done")
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("sandbox allow-scripts;") and "allow-same-origin" not in policy and "default-src 'none'" in policy
    assert hub.person("cat").course_answer("GET", f"assignments/{slug}/feedback").status == 404
    assert hub.person("cat").course_answer("GET", f"assignments/{slug}/feedback?student=ann").status == 404
    assert hub.person("tina").course_answer("GET", f"assignments/{slug}/feedback?student=ben").text == "<p>Well done"
    assert hub.person("ben").course("GET", f"assignments/{slug}")["state"] == "graded"


def test_a_score_counts_for_its_student_once_the_feedback_is_out(hub: HubOfTests, assignment: Callable[..., str]) -> None:
    slug = assignment(slug="graded", size=1)
    ann, tina = hub.person("ann"), hub.person("tina")
    receipt = ann.submit(slug, {f"{slug}.ipynb": notebook()})
    test = TestResult("p1-values", 5.0, 10.0, Status.WRONG, message="Look at the sign.")
    problem = ProblemResult("p1", "One", 5.0, 10.0, Status.WRONG, (test,))
    graded = Graded(receipt["team"], ("ann",), slug, 5.0, 10.0, (problem,), Status.OK, 1.0, "e1", {}, receipt["sha256"])
    hub.book.record(COURSE, graded, assignment_version="v1", engine="e1", actor="tina")

    def marks(person: Client, path: str = "standing") -> dict[str, float | None]:
        return {mark["item"]: mark["mark"] for mark in person.course("GET", path)["standing"]["marks"]}

    assert marks(ann)["graded"] is None and marks(tina, "standing?student=ann")["graded"] == 50
    standing = ann.browse("services/course/").text.partition("Assignments</h2>")[0]
    numbers = re.findall(r'(?:class="number">|<strong>|<bdi>)([^<]*)<', standing)
    assert "\N{EN DASH}" in numbers and "50" not in numbers
    row = ann.course("GET", f"assignments/{slug}")
    assert (row["state"], row["score"]) == ("submitted", None)
    hub.book.release_feedback(COURSE, slug, {receipt["team"]: b"<p>"}, actor="tina")
    assert marks(ann)["graded"] == 50
    row = ann.course("GET", f"assignments/{slug}")
    assert (row["state"], row["score"]) == ("graded", 5.0)
    assert "5 / 10" in ann.browse(f"services/course/assignments/{slug}/").text
    (grade,) = tina.course("GET", f"assignments/{slug}/grades")
    assert (grade["student"]["username"], grade["score"], grade["problems"]) == ("ann", 5.0, [["p1", 5.0, 10.0, "wrong"]])
    progress = tina.course("GET", f"assignments/{slug}")
    assert (progress["submitted"], progress["missing"], progress["graded"], progress["awaiting"]) == (1, 3, 1, 0)
    page = tina.browse(f"services/course/assignments/{slug}/").text
    assert "p1 5/10" in page and f"{slug}/feedback/?student=ann" in page
    assert "Homework graded" in tina.browse("services/course/students/ann").text


def test_a_student_sees_the_own_standing_and_nobody_elses(hub: HubOfTests) -> None:
    standing = hub.person("ann").course("GET", "standing")["standing"]
    assert standing["student"] == "ann" and [mark["item"] for mark in standing["marks"]] == ["project", "hw", "graded"]
    assert hub.person("ann").course_answer("GET", "standing?student=ben").status == 404
    assert hub.person("tina").course("GET", "standing?student=ben")["standing"]["student"] == "ben"


# ---------------------------------------------------------------- who may do what

STUDENT, TA, INSTRUCTOR = "ann", "tina", "ivy"
ALL, STAFF = (STUDENT, TA, INSTRUCTOR), (TA, INSTRUCTOR)
SOON = "2099-01-01T00:00:00+00:00"
MAY: list[tuple[str, str, Any, tuple[str, ...]]] = [
    ("GET", "me", None, ALL),
    ("GET", "assignments", None, ALL),
    ("GET", ONE, None, ALL),
    ("POST", f"{ONE}/invite", {"to": "nobody"}, (STUDENT,)),
    ("POST", f"{ONE}/accept", {"from": "nobody"}, (STUDENT,)),
    ("POST", f"{ONE}/decline", {"from": "nobody"}, (STUDENT,)),
    ("POST", f"{ONE}/withdraw", {}, (STUDENT,)),
    ("POST", f"{ONE}/leave", {}, (STUDENT,)),
    ("POST", f"{ONE}/submit", {"files": {}}, (STUDENT,)),
    ("GET", f"{ONE}/archive", None, ALL),
    ("GET", f"{ONE}/submissions", None, ALL),
    ("GET", rf"{ONE}/submissions/(?P<number>\d{{1,9}})/archive", None, ALL),
    ("GET", f"{ONE}/feedback", None, ALL),
    ("GET", "standing", None, ALL),
    ("POST", "receipts/verify", {}, ALL),
    ("GET", f"{ONE}/teams", None, STAFF),
    ("GET", f"{ONE}/grades", None, STAFF),
    ("POST", f"{ONE}/assign", {"members": ["nobody"]}, STAFF),
    ("POST", f"{ONE}/permit", {"username": "nobody", "kind": "alone"}, STAFF),
    ("POST", f"{ONE}/extend", {"username": "nobody", "until": SOON, "reason": "ill"}, STAFF),
    ("POST", f"{ONE}/feedback", {}, STAFF),
    ("POST", f"{ONE}/release", {}, (INSTRUCTOR,)),
    ("POST", f"{ONE}/reschedule", {"due": SOON, "reason": "the storm"}, (INSTRUCTOR,)),
    ("POST", f"{ONE}/close", {"reason": "over"}, (INSTRUCTOR,)),
    ("GET", f"{ONE}/disclosure", None, ALL),
    ("POST", f"{ONE}/disclose", {"level": "points", "reason": "next year's tests"}, (INSTRUCTOR,)),
    ("POST", "language", {"language": "en"}, ALL),
    ("GET", f"{ONE}/requests", None, (STUDENT,)),
    ("POST", f"{ONE}/requests", {"problem": "p1", "reason": "It is right."}, (STUDENT,)),
    ("POST", rf"{ONE}/requests/(?P<number>\d{{1,9}})/withdraw", {}, (STUDENT,)),
    ("GET", "requests", None, STAFF),
    ("GET", "projects", None, ALL),
    ("GET", PROJECT, None, ALL),
    ("POST", f"{PROJECT}/publish", {}, (INSTRUCTOR,)),
    ("POST", f"{PROJECT}/partner", {"do": "invite", "name": "nobody"}, (STUDENT,)),
    ("POST", f"{PROJECT}/stages/{STAGE}", {"files": {}}, (STUDENT,)),
    ("POST", f"{PROJECT}/stages/{STAGE}/withdraw", {}, (STUDENT,)),
    ("POST", f"{PROJECT}/stages/{STAGE}/notes", {"text": "We met.", "when": SOON}, ALL),
    ("POST", rf"{PROJECT}/notes/(?P<number>\d{{1,9}})/acknowledge", {}, ALL),
    ("GET", rf"{PROJECT}/files/(?P<number>\d{{1,9}})", None, ALL),
    ("GET", f"{PROJECT}/teams/{PROJECT_TEAM}", None, STAFF),
    ("POST", f"{PROJECT}/teams/{PROJECT_TEAM}/decide", {"stage": "proposal", "approved": True}, STAFF),
    ("POST", f"{PROJECT}/teams/{PROJECT_TEAM}/schedule", {"stage": "talk", "when": SOON, "place": "Room 1"}, STAFF),
    ("POST", f"{PROJECT}/teams/{PROJECT_TEAM}/presented", {"stage": "talk", "held": True}, STAFF),
    ("POST", f"{PROJECT}/teams/{PROJECT_TEAM}/mark", {"line": "all", "points": "1"}, STAFF),
    ("POST", f"{PROJECT}/teams/{PROJECT_TEAM}/release", {}, STAFF),
    ("POST", r"requests/(?P<number>\d{1,9})/answer", {"upheld": False, "text": "No."}, STAFF),
    ("GET", f"{ONE}/regrade", None, (INSTRUCTOR,)),
    ("POST", f"{ONE}/regrade/publish", {"reason": "A test was wrong."}, (INSTRUCTOR,)),
    ("POST", f"{ONE}/regrade/discard", {"reason": "It was right."}, (INSTRUCTOR,)),
    ("GET", "roster", None, STAFF),
    ("POST", "roster", {"csv": "username,name"}, (INSTRUCTOR,)),
    ("POST", PERSON, {"role": "ta"}, (INSTRUCTOR,)),
    ("POST", f"{PERSON}/remove", {"reason": "left"}, (INSTRUCTOR,)),
    ("POST", f"{PERSON}/erase", {"username": "nobody"}, (INSTRUCTOR,)),
    ("POST", f"{PERSON}/password", {}, (INSTRUCTOR,)),
    ("POST", "password", {"old": "of yesterday"}, ALL),
    ("GET", "dates", None, STAFF),
    ("GET", f"{ONE}/verification", None, STAFF),
    ("GET", f"{ONE}/verification/report", None, STAFF),
    ("GET", "grades", None, (INSTRUCTOR,)),
    ("GET", f"grades/{EXPORT}", None, (INSTRUCTOR,)),
    ("GET", "grades/publish", None, (INSTRUCTOR,)),
    ("POST", "grades/publish", {"mark": "of yesterday"}, (INSTRUCTOR,)),
    ("GET", "letters", None, (INSTRUCTOR,)),
    ("POST", "letters/send", {}, (INSTRUCTOR,)),
    ("POST", "marks", {"csv": "username,item,mark", "preview": True}, (INSTRUCTOR,)),
    ("POST", f"{ONE}/groups", {"csv": "username,groupname", "preview": True}, STAFF),
    ("GET", f"{ONE}/partners", None, (STUDENT,)),
    ("POST", f"{ONE}/partners", {"note": ""}, (STUDENT,)),
    ("POST", f"{ONE}/partners/stop", {}, (STUDENT,)),
    ("GET", f"{ONE}/pairs", None, STAFF),
    ("POST", f"{ONE}/permit/end", {"username": "nobody", "kind": "alone"}, STAFF),
    ("GET", "audit", None, (INSTRUCTOR,)),
    ("GET", "arrangements", None, (INSTRUCTOR,)),
    ("POST", "arrangements", {"username": "nobody", "what": "no-lateness", "reason": "illness"}, (INSTRUCTOR,)),
    ("POST", "arrangements/end", {"username": "nobody", "what": "no-lateness"}, (INSTRUCTOR,)),
    ("GET", "imagine", None, (STUDENT,)),
    ("GET", "policy", None, (INSTRUCTOR,)),
    ("POST", "policy/preview", {"text": "no rules"}, (INSTRUCTOR,)),
    ("GET", "grades/marks", None, (INSTRUCTOR,)),
    ("POST", "policy/try", {"text": "no rules"}, (INSTRUCTOR,)),
    ("POST", "policy/adopt", {"text": "no rules", "from": SOON, "reason": "a try"}, (INSTRUCTOR,)),
    ("GET", f"{ONE}/marking", None, STAFF),
    ("GET", f"{ONE}/marking/{ANSWER}", None, STAFF),
    ("POST", f"{ONE}/marking/{ANSWER}/next", {}, STAFF),
    ("POST", f"{ONE}/marking/{ANSWER}/{TEAM}/mark", {"points": 1}, STAFF),
    ("POST", f"{ONE}/marking/{ANSWER}/{TEAM}/second", {}, STAFF),
    ("POST", f"{ONE}/marking/{ANSWER}/{TEAM}/settle", {"points": 1}, (INSTRUCTOR,)),
    ("GET", "conflicts", None, STAFF),
    ("POST", "conflicts", {"student": "nobody"}, STAFF),
    ("GET", f"{ONE}/grading", None, STAFF),
    ("POST", f"{ONE}/grading/start", {"workers": 1}, STAFF),
    ("POST", f"{ONE}/grading/stop", {}, STAFF),
    ("GET", f"{ONE}/similarity", None, STAFF),
    ("POST", f"{ONE}/similarity", {}, STAFF),
    ("POST", f"{ONE}/similarity/dismiss", {"one": "team-00001", "other": "team-00002", "reason": "seen"}, STAFF),
    ("GET", f"{ONE}/failures", None, STAFF),
    ("GET", f"{ONE}/statistics", None, (INSTRUCTOR,)),
    ("GET", "statistics", None, (INSTRUCTOR,)),
]


def test_the_table_below_names_every_call_of_the_api() -> None:
    calls = [*api.CALLS, *(call for section in SECTIONS for call in section.calls)]
    assert {(method, path) for method, path, *_ in MAY} == {(call.method, call.path) for call in calls} | {("POST", f"{ONE}/submit")}


@pytest.mark.parametrize(
    ("method", "path", "said", "allowed"), MAY, ids=[re.sub(r"\(\?P<(\w+)>[^)]*\)", r"\1", f"{m} {p}") for m, p, *_ in MAY]
)
def test_who_may_do_what(
    hub: HubOfTests, assignment: Callable[..., str], method: str, path: str, said: Any, allowed: tuple[str, ...]
) -> None:
    slug = assignment()
    known = {"slug": slug, "number": "1", "id": "1", "form": "moodle"}
    real = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda name: known.get(name[1], "nobody"), path)
    audit = len(hub.book.audit(COURSE))
    for name in ALL:
        answer = hub.person(name).course_answer(method, real, said)
        assert answer.status != 500 and "Traceback" not in answer.text
        if name in allowed:
            assert answer.status != 403, (name, answer.text)
        else:
            assert (answer.status, answer.json["code"]) == (403, "forbidden"), (name, answer.text)
            assert len(hub.book.audit(COURSE)) == audit
        audit = len(hub.book.audit(COURSE))


@pytest.mark.parametrize(
    "path", ["assignments/nosuch", "assignments/nosuch/archive", "assignments/nosuch/submissions", "nosuch", "assignments/a%2Fb"]
)
def test_what_does_not_exist_is_unknown(hub: HubOfTests, path: str) -> None:
    for name in ALL:
        assert hub.person(name).course_answer("GET", path).status == 404, name


def test_staff_arrange_teams_permits_and_extensions(hub: HubOfTests, assignment: Callable[..., str]) -> None:
    slug = assignment()
    tina = hub.person("tina")
    team = tina.course("POST", f"assignments/{slug}/assign", {"members": ["cat", "dan"], "reason": "both had none"})["team"]
    tina.course("POST", f"assignments/{slug}/permit", {"username": "ann", "kind": "alone"})
    tina.course("POST", f"assignments/{slug}/extend", {"username": "ann", "until": "2099-01-01T02:00:00+02:00", "reason": "ill"})
    hub.person("ann").submit(slug, {f"{slug}.ipynb": notebook()})
    seen = tina.course("GET", f"assignments/{slug}/teams")
    assert [who["username"] for who in seen["without_team"]] == ["ben"]
    assert [who["username"] for who in seen["not_submitted"]] == ["ben", "cat", "dan"]
    assert seen["addresses"] == [f"{name}@uni.example" for name in ("ben", "cat", "dan")]
    assert team in {one["id"] for one in seen["teams"]}
    assert hub.person("ann").course("GET", f"assignments/{slug}")["due"] == "2099-01-01T00:00:00+00:00"
    assert [line.actor for line in hub.book.audit(COURSE) if line.action == "extension"][-1] == "tina"


def test_closing_makes_it_due_now(hub: HubOfTests, assignment: Callable[..., str]) -> None:
    slug = assignment(size=1)
    hub.person("ivy").course("POST", f"assignments/{slug}/close", {"reason": "it is Sunday"})
    hub.person("ann").submit(slug, {f"{slug}.ipynb": notebook()})
    (only,) = hub.person("ann").course("GET", f"assignments/{slug}/submissions")
    assert only["late_by"] > 0


def test_nothing_is_released_that_was_not_verified(hub: HubOfTests) -> None:
    answer = hub.person("ivy").course_answer("POST", "assignments/hw/release")
    assert answer.status == 422 and "notebook.py" in answer.json["error"]
    assert "hw" not in {published.slug for published in hub.book.published(COURSE)}


def test_a_roster_file_is_taken_whole_or_not_at_all(hub: HubOfTests) -> None:
    ivy = hub.person("ivy")
    wrong = ivy.course_answer("POST", "roster", {"csv": "username,name,role\nnew1,New One,\nnew2,New Two,boss\n,Nobody,\n"})
    assert wrong.status == 422 and "line 3, column role: 'boss'" in wrong.json["error"]
    assert "line 4, column username: no user name" in wrong.json["error"]
    assert hub.book.role_of(COURSE, "new1") is None
    taken = ivy.course("POST", "roster", {"csv": "username,name,email,role\nnew1,New One,n@x,\nivy,Ivy Stone,ivy@uni.example,instructor\n"})
    report = taken["report"]
    assert ([one["username"] for one in report["added"]], report["changed"], report["same"]) == (["new1"], [], 1)
    assert Client(hub.url, "new1", taken["passwords"]["new1"]).course("GET", "me")["name"] == "New One"
    hub.book.unenrol(COURSE, "new1", actor="test")
    demoted = ivy.course_answer("POST", "roster", {"csv": "username,name,role\nivy,Ivy Stone,student\n"})
    assert (demoted.status, demoted.json["code"]) == (409, "own-role")


# ---------------------------------------------------------------- forms of the pages


def test_a_form_needs_the_token_of_its_page(hub: HubOfTests, assignment: Callable[..., str]) -> None:
    slug = assignment()
    ann, page = hub.person("ann"), f"services/course/assignments/{slug}/"
    ann.browse(page)
    for token in ("", "wrong", hub.person("ben").xsrf("services/course/")):
        answer = ann.browse(f"{page}invite", form={"to": "ben", "_xsrf": token})
        assert answer.status == 403 and "nothing was changed" in answer.text
    upload = ann.browse(f"{page}submit", body=_form(("notebook", "a.ipynb", notebook())), content_type=FORM)
    assert upload.status == 403
    assert ann.course("GET", f"assignments/{slug}")["invitations_out"] == []
    answer = ann.browse(f"{page}invite", form={"to": "ben", "_xsrf": ann.xsrf("services/course/")})
    assert answer.status == 200 and answer.url.endswith("?done=invite") and "Waiting for" in answer.text


def test_a_refused_form_shows_its_page_with_the_sentence_and_what_was_typed(hub: HubOfTests, assignment: Callable[..., str]) -> None:
    slug = assignment()
    ann, page = hub.person("ann"), f"services/course/assignments/{slug}/"
    ann.browse(page)
    answer = ann.browse(f"{page}invite", form={"to": '<i>"x', "_xsrf": ann.xsrf("services/course/")})
    assert answer.status == 409 and "There is no student" in answer.text
    assert "<i>" not in answer.text and 'value="&lt;i&gt;&#34;x"' in answer.text


def test_answers_carry_strict_headers(hub: HubOfTests, assignment: Callable[..., str]) -> None:
    slug = assignment()
    for path in ("services/course/", f"services/course/assignments/{slug}/", "services/course/api/me", "services/course/nosuch"):
        answer = hub.person("ann").browse(path)
        assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["Cache-Control"] == "no-store"
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "Calculus &lt;b&gt;&amp; friends&lt;/b&gt;" in hub.person("ann").browse("services/course/").text


@pytest.mark.parametrize("name", ["ann", "tina", "ivy"])
def test_every_page_of_a_person_opens(hub: HubOfTests, assignment: Callable[..., str], name: str) -> None:
    slug = assignment()
    paths = {"": 200, f"assignments/{slug}/": 200, "roster": 200, "audit": 200, "students/ann": 200, "nosuch": 404}
    if PEOPLE[name][0].value == "student":
        paths |= {"roster": 403, "audit": 403, "students/ann": 200 if name == "ann" else 404}
    if name == "tina":
        paths["audit"] = 403
    assert {path: hub.person(name).browse(f"services/course/{path}").status for path in paths} == paths


def test_everybody_reads_the_pages_in_the_language_that_he_chose(hub: HubOfTests, assignment: Callable[..., str]) -> None:
    slug = assignment()
    dan, page = hub.person("dan"), f"services/course/assignments/{assignment()}/"
    dan.browse(page)
    for language, direction in (("he", "rtl"), ("ru", "ltr"), ("en", "ltr")):
        back = f"/services/course/assignments/{slug}/"
        form = {"language": language, "back": back, "_xsrf": dan.xsrf("services/course/")}
        answer = dan.browse("services/course/language", form=form)
        assert answer.status == 200 and answer.url.endswith(back)
        assert f'<html lang="{language}" dir="{direction}">' in answer.text
        assert f'<html lang="{language}" dir="{direction}">' in dan.browse("services/course/nosuch").text
    elsewhere = {"language": "en", "back": "//evil.example/services/course/", "_xsrf": dan.xsrf("services/course/")}
    assert dan.browse("services/course/language", form=elsewhere).url.endswith("/services/course/")
    assert dan.course_answer("POST", "language", {"language": "xx"}).status == 409


# ---------------------------------------------------------------- in a browser

@pytest.mark.browser
def test_a_pair_finds_each_other_and_hands_in_on_the_page(
    hub: HubOfTests, assignment: Callable[..., str], window: Callable[..., Window], tmp_path: Path
) -> None:
    slug = assignment(title="Eigenvalues")
    ann, dan = window("ann").page, window("dan").page
    for page in (ann, dan):
        page.get_by_role("link", name="Eigenvalues", exact=True).first.click()
        page.wait_for_url("**/assignments/**")
        page.goto(f"{hub.url}services/course/assignments/{slug}/")
    expect(ann.get_by_text("you have no team yet")).to_be_visible()
    ann.get_by_label("Invite your partner").fill("dan")
    ann.get_by_role("button", name="Invite").click()
    expect(ann.get_by_role("status")).to_contain_text("on its way")
    # Dan's page learns it by itself.
    dan.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    dan.get_by_role("button", name="Accept").click()
    expect(dan.locator("#team")).to_contain_text("You work with Ann Levi")
    with dan.expect_download() as download:
        dan.get_by_role("link", name="Fetch").click()
    assert download.value.suggested_filename == f"{slug}.zip"
    work = tmp_path / "mine.ipynb"
    work.write_bytes(notebook())
    dan.get_by_label("Notebook").set_input_files(work)
    dan.get_by_role("button", name="Submit").click()
    expect(dan.get_by_role("status")).to_contain_text("handed in")
    dan.get_by_text("Receipt", exact=True).click()
    receipt = json.loads(dan.locator("#submissions pre").inner_text())
    assert hub.person("ann").course("POST", "receipts/verify", receipt) == {"valid": True}
    ann.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(ann.locator("#submissions")).to_contain_text("דן ישראלי")


@pytest.mark.browser
def test_everything_but_liveness_works_without_javascript(
    hub: HubOfTests, assignment: Callable[..., str], window: Callable[..., Window], tmp_path: Path
) -> None:
    slug = assignment(size=1)
    cat = window("cat", java_script_enabled=False)
    page = cat.page
    page.goto(f"{hub.url}services/course/assignments/{slug}/")
    broken = tmp_path / "broken.ipynb"
    broken.write_bytes(b"{")
    page.get_by_label("Notebook").set_input_files(broken)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("alert")).to_contain_text("This notebook cannot be read")
    assert all("422" in said for said in cat.complaints)
    cat.complaints.clear()
    broken.write_bytes(notebook())
    page.get_by_label("Notebook").set_input_files(broken)
    page.get_by_role("button", name="Submit").click()
    expect(page.locator("#submissions")).to_contain_text("#1")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("username", "there", "not_there"),
    [
        ("ann", ["My course", "JupyterLab"], ["Roster", "Audit log", "Formgrader", "Regrade requests", "Statistics"]),
        ("tina", ["Assignments", "Regrade requests", "Roster", "Formgrader", "JupyterLab"], ["My course", "Audit log", "Grade rules"]),
        (
            "ivy",
            [
                *("Assignments", "Regrade requests", "Arrangements", "Grade rules", "Course grades", "Statistics"),
                *("Roster", "Audit log", "Formgrader", "JupyterLab"),
            ],
            ["My course"],
        ),
    ],
)
def test_everybody_finds_the_own_pages_and_no_others(
    hub: HubOfTests, assignment: Callable[..., str], window: Callable[..., Window], username: str, there: list[str], not_there: list[str]
) -> None:
    slug = assignment()
    page = window(username).page
    assert [link.inner_text() for link in page.locator("header nav a").all()] == there
    assert not set(not_there) & set(there)
    page.goto(f"{hub.url}services/course/assignments/{slug}/")
    deeds = {form.get_attribute("action").rsplit("/", 1)[1].partition("?")[0] for form in page.locator("main form").all()}
    staff = {"extend", "assign", "permit"}
    assert deeds == {"ann": {"invite", ""}, "tina": staff, "ivy": staff | {"reschedule", "close", "disclose"}}[username]


@pytest.mark.browser
@pytest.mark.parametrize("look", [{"viewport": {"width": 360, "height": 740}}, {"color_scheme": "dark"}], ids=["phone", "dark"])
@pytest.mark.parametrize("username", ["ann", "ivy"])
def test_pages_fit_a_phone_and_the_dark(
    hub: HubOfTests,
    assignment: Callable[..., str],
    pair: Callable[[str], None],
    window: Callable[..., Window],
    username: str,
    look: dict[str, Any],
) -> None:
    slug = assignment(title="A title that goes on and on, as titles of assignments about " + "eigendecompositions" * 3)
    pair(slug)
    hub.person("ann").submit(slug, {f"{slug}.ipynb": notebook()})
    page = window(username, **look).page
    for path in ["", f"assignments/{slug}/", *(["roster", "audit"] if username == "ivy" else [])]:
        page.goto(f"{hub.url}services/course/{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(27, 30, 33)"
        assert dark == ("color_scheme" in look)
        assert page.locator("main h1").count() == 1


@pytest.mark.browser
def test_feedback_draws_formulas_and_can_do_nothing_for_its_reader(
    hub: HubOfTests, assignment: Callable[..., str], window: Callable[..., Window]
) -> None:
    slug = assignment(size=1)
    team = hub.person("ann").submit(slug, {f"{slug}.ipynb": notebook()})["team"]
    html = """<!doctype html><title>Feedback</title><link rel="stylesheet" href="static/katex/katex.min.css">
        <script src="static/katex/katex.min.js" defer></script><script src="static/math.js" defer></script>
        <p class="math">$a^2$</p><script>document.title = "inline"</script>"""
    hub.book.release_feedback(COURSE, slug, {team: html.encode()}, actor="tina")
    mine = window("ann")
    mine.page.goto(f"{hub.url}services/course/assignments/{slug}/feedback/")
    expect(mine.page.locator(".katex").first).to_be_visible()
    assert mine.page.title() == "Feedback" and mine.page.evaluate("window.origin") == "null"
    assert mine.page.evaluate("document.fonts.ready.then(fonts => [...fonts].some(font => font.status === 'loaded'))")
    assert mine.page.evaluate(f"fetch('{hub.url}services/course/api/me').then(() => 'read', () => 'refused')") == "refused"
    # The browser says that it refused the page's own script and the request, and nothing else.
    assert mine.complaints and all("Content Security Policy" in said or "Content-Security-Policy" in said for said in mine.complaints)
    mine.complaints.clear()


@pytest.mark.browser
def test_staff_give_an_extension_and_check_a_receipt_on_the_page(
    hub: HubOfTests, assignment: Callable[..., str], window: Callable[..., Window]
) -> None:
    slug = assignment(size=1)
    receipt = hub.person("cat").submit(slug, {f"{slug}.ipynb": notebook()})
    page = window("tina").page
    page.goto(f"{hub.url}services/course/assignments/{slug}/")
    form = page.locator("form[action$=extend]")
    form.get_by_label("Student").fill("dan")
    form.get_by_label("New due time").fill("2099-01-31T23:59")
    form.get_by_label("Reason").fill("reserve duty")
    form.get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("extension is given")
    assert hub.person("dan").course("GET", f"assignments/{slug}")["due"] == "2099-01-31T21:59:00+00:00"
    page.goto(f"{hub.url}services/course/")
    page.get_by_label("A student's receipt").fill(json.dumps(receipt))
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("status")).to_contain_text("Genuine: cat")


@pytest.mark.browser
def test_formgrader_opens_for_a_ta_in_the_browser(hub: HubOfTests, window: Callable[..., Window]) -> None:
    tina = window("tina")
    tina.page.get_by_role("link", name="Formgrader").click()
    expect(tina.page.get_by_role("link", name="Manual Grading")).to_be_visible()
    tina.complaints.clear()  # nbgrader's own page is not ours to answer for


@pytest.mark.browser
def test_jupyterlab_opens_from_the_page(hub: HubOfTests, window: Callable[..., Window], ann_at_work: Client) -> None:
    ann = window("ann")
    ann.page.get_by_role("link", name="JupyterLab").click()
    expect(ann.page.locator("#jp-top-panel")).to_be_visible(timeout=60_000)
    expect(ann.page.get_by_role("region", name="File Browser Section")).to_contain_text("own.txt", timeout=20_000)
    assert ann.page.get_by_text("Would you like to get notified").count() == 0
    ann.complaints.clear()  # JupyterLab's own
