"""What is arranged with one student on the hub: instructors read why, the student what, others nothing; and the rules of the course."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from autograder.hub.client import Answer, Client

from .conftest import COURSE, HubOfTests

pytestmark = pytest.mark.hub
NOTE = "called up to the north"


def post(person: Client, page: str, form: Mapping[str, str]) -> Answer:
    """A form as a browser sends it."""
    return person.browse(f"services/course/{page}", form={**form, "_xsrf": person.xsrf("services/course/")})


def test_an_instructor_arranges_and_ends_and_only_instructors_read_why(hub: HubOfTests, assignment: Callable[..., str]) -> None:
    slug, ivy, ann, tina = assignment(), hub.person("ivy"), hub.person("ann"), hub.person("tina")
    for do in (
        {"do": "arrange", "username": "ann", "what": "no-lateness", "about": "", "reason": "reserve-duty", "note": NOTE},
        {"do": "extend", "username": "ann", "slug": slug, "days": "3", "reason": "illness", "note": NOTE},
    ):
        answered = post(ivy, "arrangements", do)
        assert answered.status == 200, answered.text
    text = ivy.browse("services/course/arrangements").text
    assert "being late costs nothing in any assignment" in text and "by an extension" in text
    assert text.count(NOTE) == 2 and "reserve duty" in text
    assert {(line["what"], line["reason"]) for line in ivy.course("GET", "arrangements") if line["student"] == "ann"} >= {
        ("no-lateness", "reserve-duty"), ("extension", "illness")}  # fmt: skip
    assert tina.course_answer("GET", "arrangements").status == 403 and ann.course_answer("GET", "arrangements").status == 403
    seen = [ann.browse("services/course/").text, ann.browse(f"services/course/assignments/{slug}/").text,
            tina.browse("services/course/students/ann").text, tina.browse(f"services/course/assignments/{slug}/").text,
            str(ann.course("GET", "standing")), str(tina.course("GET", "standing?student=ann"))]  # fmt: skip
    assert "being late costs nothing in any assignment" in seen[0] and "by an extension" in seen[0]
    assert not [text for text in seen if NOTE in text or "reserve" in text or "illness" in text]
    assert ann.course("GET", f"assignments/{slug}")["due"] != hub.person("ben").course("GET", f"assignments/{slug}")["due"]
    ivy.course("POST", "arrangements/end", {"username": "ann", "what": "no-lateness"})
    ivy.course("POST", "arrangements/end", {"username": "ann", "what": "extension", "item": slug})
    left = [line for line in ivy.course("GET", "arrangements") if line["student"] == "ann"]
    assert not [line for line in left if line["what"] == "no-lateness" or line["item"] == slug]
    assert ann.course("GET", f"assignments/{slug}")["due"] == hub.person("ben").course("GET", f"assignments/{slug}")["due"]


def test_a_refused_form_comes_back_with_what_was_filled_in(hub: HubOfTests) -> None:
    ivy = hub.person("ivy")
    said = {"do": "arrange", "username": "nobody", "what": "excuse", "about": "nothing", "reason": "other", "note": "<b>&"}
    refused = post(ivy, "arrangements", said)
    assert refused.status == 422 and "neither a component nor an item" in refused.text
    assert 'value="nobody"' in refused.text and "<b>" not in refused.text.split("</h1>")[1]
    answer = ivy.course_answer("POST", "arrangements", {"username": "ann", "what": "gift", "reason": "other"})
    assert answer.status == 409 and "gift" in answer.text


def test_a_student_tries_another_mark(hub: HubOfTests) -> None:
    ann = hub.person("ann")
    told = ann.course("GET", "imagine?item=hw&mark=70")
    assert told["imagined"]["text"].startswith("With 70 in") and told["needed"]["text"]
    page = ann.browse("services/course/imagine?item=hw&mark=70")
    assert page.status == 200 and "With 70 in" in page.text
    for mark in ("101", "much", "1e2", "-1"):
        assert ann.browse(f"services/course/imagine?item=hw&mark={mark}").status == 409
    assert ann.course_answer("GET", "imagine?item=graded&mark=7%20<b>").status == 409
    assert ann.course_answer("GET", "imagine?item=nothing&mark=70").status == 409


def test_rules_are_tried_and_adopted(hub: HubOfTests) -> None:
    ivy, ann = hub.person("ivy"), hub.person("ann")
    before = ivy.course("GET", "policy")
    text, number = before["file"], len(before["versions"])  # other tests of this hub may have adopted rules
    assert "[policy]" in text and ("Draft" in ivy.browse("services/course/rules").text) == (number == 0)
    broken = post(ivy, "rules", {"do": "preview", "text": text.replace("pass_mark", "pass_mrak")})
    assert broken.status == 422 and "did you mean" in broken.text and "pass_mrak" in broken.text
    tried = post(ivy, "rules", {"do": "preview", "text": text})
    assert tried.status == 200 and "course grade would change" in tried.text
    other = ivy.course_answer("POST", "policy/preview", {"text": text.replace(f'id = "{COURSE}"', 'id = "other"', 1)})
    assert other.status == 409 and "not of" in other.text
    adopted = ivy.course("POST", "policy/adopt", {"text": text, "from": "2020-01-01T00:00:00+00:00", "reason": "the syllabus"})
    assert adopted == {"version": number + 1} and ann.course("GET", "standing")["standing"]["policy"] == number + 1
    assert f"is version {number + 1}, which counts" in ivy.browse("services/course/rules").text
    said = {"do": "adopt", "text": text.replace("\n", "\r\n"), "from": "2020-02-01T00:00", "reason": "again"}
    assert post(ivy, "rules", said).status == 200
    page = ivy.browse("services/course/rules").text
    assert f"course.toml is version {number + 2}, which counts" in page and "differs" not in page
