"""When each assignment opens, locks its teams, is due and closes: a picture and its table on the first page of the staff."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from markupsafe import Markup

from autograder.hub.access import Visitor
from autograder.hub.desk import Desk
from autograder.hub.section import Call, Panel, Section
from autograder.ledger import Published
from autograder.plots import Span, spans
from autograder.words import say, text

WEEKS = 14
"""Up to so many weeks the axis names Mondays, and beyond them the first days of months."""


@dataclass(frozen=True)
class Dates:
    """The dates of one assignment; those of one that is not released yet are what course.toml says."""

    slug: str
    title: str
    released: bool
    opens: datetime | None
    pairs_lock: datetime | None
    due: datetime | None
    closes: datetime | None


@dataclass(frozen=True)
class TimelineView:
    """The dates of all assignments, the earliest due first."""

    dates: tuple[Dates, ...]
    zone: tzinfo
    now: datetime

    def plot(self, language: str) -> Markup:
        """Nothing when no assignment has a due time."""
        dated = [one for one in self.dates if one.due is not None]
        return picture(dated, self.zone, self.now, language) if dated else Markup("")


def dates(desk: Desk, visitor: Visitor) -> tuple[Dates, ...]:
    """Of every assignment, released or to be released."""
    visitor.require("see grades")
    published = desk.ledger.published(desk.course.id)
    known = {one.slug for one in published}
    found = [_dates(one) for one in published]
    found += [Dates(s.slug, s.slug, False, s.opens, s.pairs_lock, s.due, s.closes) for s in desk.course.schedules if s.slug not in known]
    return tuple(sorted(found, key=lambda one: (one.due is None, one.due or desk.clock(), one.slug)))


def timeline(desk: Desk, visitor: Visitor) -> TimelineView | None:
    """The dates with their picture; None while there is no assignment."""
    found = dates(desk, visitor)
    return TimelineView(found, desk.course.zone, desk.clock()) if found else None


def picture(found: Sequence[Dates], zone: tzinfo, now: datetime, language: str) -> Markup:
    """From opening (or the due time, where nothing opens) to the due time, and on to the closing; a line where teams lock."""
    drawn = []
    for one in found:
        assert one.due is not None
        due = one.due.timestamp()
        start, after, mark = (each.timestamp() if each else None for each in (one.opens, one.closes, one.pairs_lock))
        drawn.append(Span(one.title, min(start or due, due), due, after, mark, f"{one.title}: {_day(one.due, zone)}"))
    places = [each for one in found for each in (one.opens, one.pairs_lock, one.due, one.closes) if each is not None]
    return spans(
        drawn,
        [(day.timestamp(), f"{day:%d.%m.}") for day in days(min(places), max(places), zone)],
        name="timeline",
        title=say(text("When assignments open, are due and close"), language),
        description=say(
            text("A bar ends when an assignment is due, its thin part when nothing more is taken; a line shows where teams lock."), language
        ),
        now=now.timestamp(),
    )


def days(first: datetime, last: datetime, zone: tzinfo) -> Iterator[datetime]:
    """The midnights that the axis names: Mondays, or the first days of months when these would be too many."""
    mondays = last - first <= timedelta(weeks=WEEKS)
    day = first.astimezone(zone).date() + timedelta(days=1)
    while datetime(day.year, day.month, day.day, tzinfo=zone) <= last:
        if day.weekday() == 0 if mondays else day.day == 1:
            yield datetime(day.year, day.month, day.day, tzinfo=zone)
        day += timedelta(days=1)


def _day(instant: datetime, zone: tzinfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}"


def _dates(one: Published) -> Dates:
    return Dates(one.slug, one.title, True, one.opens, one.pairs_lock, one.due, one.closes)


SECTION = Section(
    panels=(Panel("staff", "timeline_panel.html", "see grades", timeline),),
    calls=(
        Call("GET", "dates", lambda desk, who, said: dates(desk, who), "When each assignment opens, locks its teams, is due and closes."),
    ),
)
