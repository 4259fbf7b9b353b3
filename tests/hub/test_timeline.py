"""The staff's first page: when everything opens, is due and closes; and how the tests of an assignment were verified."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from autograder.hub.timeline import days
from tests.regrading.conftest import NOTEBOOK, SETTINGS

from .conftest import HubOfTests, Window

pytestmark = pytest.mark.hub
ZONE = ZoneInfo("Asia/Jerusalem")


@pytest.mark.parametrize(
    ("last", "named"),
    [
        (datetime(2027, 1, 26, tzinfo=UTC), ["04.01.", "11.01.", "18.01.", "25.01."]),
        (datetime(2027, 6, 1, tzinfo=UTC), ["01.02.", "01.03.", "01.04.", "01.05.", "01.06."]),
        (datetime(2027, 1, 1, tzinfo=UTC), []),
    ],
    ids=["mondays", "first days of months", "nothing in between"],
)
def test_the_axis_names_midnights_of_the_course(last: datetime, named: list[str]) -> None:
    found = list(days(datetime(2027, 1, 1, tzinfo=UTC), last, ZONE))
    assert [f"{day:%d.%m.}" for day in found] == named and all((day.hour, day.tzinfo) == (0, ZONE) for day in found)


@pytest.mark.browser
def test_staff_see_when_everything_is_due(hub: HubOfTests, assignment: Callable[..., str], window: Callable[..., Window]) -> None:
    slug = assignment(title="When <i>is</i> it", opens=datetime(2026, 11, 1, 8, tzinfo=UTC))
    page = window("tina").page
    region = page.get_by_role("region", name="Timeline")
    assert region.locator("svg.plot rect").count() >= 1 and "When <i>is</i> it" in region.locator("svg").text_content()
    region.get_by_text("The dates as a table").click()
    row = region.get_by_role("row").filter(has_text="When <i>is</i> it")
    expect(row).to_contain_text("1 Nov 10:00")
    listed = {one["slug"]: one for one in hub.person("tina").course("GET", "dates")}
    assert listed[slug]["opens"] == "2026-11-01T08:00:00+00:00" and not listed["hw"]["released"]


@pytest.mark.browser
def test_the_report_of_a_verification_is_read_without_an_origin_of_its_own(hub: HubOfTests, window: Callable[..., Window]) -> None:
    ivy = window("ivy")
    ivy.page.get_by_role("link", name="hw", exact=True).first.click()
    expect(ivy.page.get_by_role("alert")).to_contain_text("assignments/hw/notebook.py: there is no notebook.py")
    assert str(hub.site.folders.root) not in ivy.page.content() + hub.person("tina").browse("services/course/").text
    assert hub.person("ivy").course_answer("GET", "assignments/hw/verification/report").status == 404
    report = hub.site.folders.state / "verified" / "hw.html"
    report.parent.mkdir(parents=True)
    report.write_text(
        "<!doctype html><title>Tried</title><style>h1 { color: rgb(1, 2, 3) }</style><h1>Trials</h1><script>document.title = 'x'</script>"
    )
    ivy.page.reload()
    ivy.page.get_by_role("link", name="Read the report").click()
    expect(ivy.page.get_by_role("heading", name="Trials")).to_have_css("color", "rgb(1, 2, 3)")
    assert ivy.page.title() == "Tried" and ivy.page.evaluate("window.origin") == "null"
    assert all("script" in said for said in ivy.complaints)
    ivy.complaints.clear()
    for path in ("verification", "verification/report"):
        assert hub.person("tina").browse(f"services/course/assignments/hw/{path}").status == 200
        assert hub.person("ann").browse(f"services/course/assignments/hw/{path}").status == 403
        assert hub.person("tina").browse(f"services/course/assignments/nosuch/{path}").status == 404


def test_what_is_released_is_never_said_to_wait_for_its_release(hub: HubOfTests, assignment: Callable[..., str]) -> None:
    slug = assignment()
    author = hub.site.folders.assignments / slug
    author.mkdir(parents=True)
    (author / "assignment.toml").write_text(SETTINGS)
    (author / "notebook.py").write_text(NOTEBOOK)
    page = f"services/course/assignments/{slug}/verification"
    before = hub.person("tina").browse(page).text
    assert "It is released, and its text was never verified here." in before and "cannot be released" not in before
    report = hub.site.folders.state / "verified" / f"{slug}.html"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text("<!doctype html>")
    after = hub.person("tina").browse(page).text
    assert "It is released. Its text has changed since it was verified" in after and "cannot be released" not in after
