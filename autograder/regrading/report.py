"""Who changes from what to what, and why: as a page that needs nothing else, as lines for a terminal, as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from fractions import Fraction
from functools import lru_cache
from math import sqrt
from pathlib import Path
from typing import Any, get_args

import jinja2
from markupsafe import Markup

from autograder.course import Folders
from autograder.jobs import Workplace
from autograder.ledger import Change, Direction, Regrade, Score, TestChange, direction
from autograder.ledger.regrades import Work, to_publish
from autograder.policy import show
from autograder.regrading.effects import Effect, effects

SIDE, EDGE = 300, 40
"""Of the picture's square, and of the margin around it."""
COLOURS = {"up": "var(--up, #0b6e4f)", "down": "var(--down, #b3261e)", "same": "var(--same, #8a93a0)"}


@dataclass(frozen=True)
class Moved:
    """Some tests that ended otherwise in the same way."""

    problem: str
    test: str
    before: str  # a status; "" where there was no such test
    after: str
    points: Fraction  # more than before, for each
    times: int


@dataclass(frozen=True)
class Told:
    """A regrade as it is shown."""

    regrade: Regrade
    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]
    counts: dict[Direction, int]
    moved: tuple[Moved, ...]
    mean_before: Fraction | None  # percent, of what was graded before and is decided now
    mean_after: Fraction | None
    stays: frozenset[Work] = frozenset()  # what keeps its grade when this is published as it is shown, or was

    @property
    def different(self) -> tuple[Change, ...]:
        """Those to look at: all whose score or tests changed."""
        return tuple(change for change in self.changes if direction(change) != "same" or change.tests)


def shown(work: Workplace, regrade: Regrade, *, now: datetime, keep_better: bool = False, only: Collection[str] = ()) -> Told:
    """A regrade with what publishing it in this way would do to course grades."""
    changes, end = work.ledger.regrades.changes(regrade), regrade.end
    if end is not None:
        return told(regrade, changes, (), to_publish(changes, keep_better=end.keep_better, only=end.only))
    chosen = to_publish(changes, keep_better=keep_better, only=only)
    return told(regrade, changes, effects(work, regrade, chosen, now=now), chosen)


def told(regrade: Regrade, changes: Sequence[Change], course_grades: Sequence[Effect], chosen: Collection[Change]) -> Told:
    """What there is to say about a regrade; `chosen` is published, or would be."""
    ways = Counter(direction(change) for change in changes)
    steps = Counter((t.problem, t.test, t.before or "", t.after or "", t.points) for change in changes for t in change.tests)
    shares = [(change.before.share, change.after.share) for change in changes if change.before and not change.undecided]
    return Told(
        regrade,
        tuple(changes),
        tuple(course_grades),
        {way: ways[way] for way in get_args(Direction)},
        tuple(Moved(*step, times) for step, times in steps.items()),
        _mean([before for before, _ in shares]),
        _mean([after for _, after in shares]),
        frozenset(change.work for change in changes) - {change.work for change in chosen},
    )


def _mean(shares: Sequence[Fraction]) -> Fraction | None:
    return 100 * sum(shares, Fraction(0)) / len(shares) if shares else None


def state(regrade: Regrade, zone: tzinfo) -> str:
    """Whether it counts, since when and by whom."""
    if regrade.end is None:
        return f"open since {regrade.at.astimezone(zone):%Y-%m-%d %H:%M}, not published"
    end = regrade.end
    how = "published" if end.published else "discarded"
    limits = [*(["the better grade kept"] if end.keep_better else []), *([f"only {', '.join(end.only)}"] if end.only else [])]
    return f"{how} by {end.by} on {end.at.astimezone(zone):%Y-%m-%d %H:%M}{''.join(f', {limit}' for limit in limits)}: {end.reason}"


# -------------------------------------------------------------------- lines and JSON


def lines(what: Told, zone: tzinfo) -> Iterator[str]:
    """For a terminal: each piece of work that changes with its tests, then course grades, then the sum of it."""
    for change in what.different:
        before = "not graded" if change.before is None else show(change.before.points)
        goes = f"{', undecided' if change.undecided else ''}{', its grade stays' if change.work in what.stays else ''}"
        aside = "" if change.counts else ", does not count"
        yield f"{change.team} ({', '.join(change.members)}) #{change.number}{aside}: {before} -> {_points(change.after)}{goes}"
        for test in change.tests:
            was, now = test.before or "no such test", test.after or "no such test"
            yield f"    {test.problem} {test.test}: {was} -> {now}, {_signed(test.points)}"
        for line in change.adjustments:
            yield f"    {line.username} has {line.points:+g} points by hand ({_one_line(line.reason)})"
    for effect in what.effects:
        yield f"course grade of {effect.student}: {_final(effect.final_before)} -> {_final(effect.final_after)}"
    ways = ", ".join(f"{number} {way}" for way, number in what.counts.items() if number)
    mean = ""
    if what.mean_before is not None and what.mean_after is not None:
        mean = f"; mean {show(what.mean_before)} -> {show(what.mean_after)} percent"
    yield f"{what.regrade.slug}: {len(what.changes)} graded again ({ways or 'none'}){mean}"
    yield f"{what.regrade.slug}: regrade {what.regrade.id} is {_one_line(state(what.regrade, zone))}"


def as_json(what: Told) -> dict[str, Any]:
    """For programs; numbers are rounded to floats here and only here."""
    end = what.regrade.end
    return {
        "regrade": what.regrade.id,
        "assignment": what.regrade.slug,
        "version": what.regrade.version,
        "engine": what.regrade.engine,
        "by": what.regrade.by,
        "at": what.regrade.at.isoformat(),
        "end": end
        and {
            "published": end.published,
            "reason": end.reason,
            "keep_better": end.keep_better,
            "only": list(end.only),
            "by": end.by,
            "at": end.at.isoformat(),
        },
        "counts": dict(what.counts),
        "mean_before": _plain(what.mean_before),
        "mean_after": _plain(what.mean_after),
        "changes": [_change_json(change) for change in what.changes],
        "course_grades": [
            {
                "student": effect.student,
                "final_before": effect.final_before,
                "final_after": effect.final_after,
                "raw_before": _plain(effect.raw_before),
                "raw_after": _plain(effect.raw_after),
            }
            for effect in what.effects
        ],
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "team": change.team,
        "number": change.number,
        "members": list(change.members),
        "submission": change.sha256,
        "counts": change.counts,
        "direction": direction(change),
        "before": _score_json(change.before),
        "after": _score_json(change.after),
        "tests": [_test_json(test) for test in change.tests],
        "by_hand": [{"student": line.username, "points": line.points, "reason": line.reason} for line in change.adjustments],
    }


def _test_json(test: TestChange) -> dict[str, Any]:
    return {
        "problem": test.problem,
        "id": test.test,
        "before": test.before and str(test.before),
        "after": test.after and str(test.after),
        "points": _plain(test.points),
        "message": test.message,
    }


def _score_json(score: Score | None) -> dict[str, Any] | None:
    return None if score is None else {"score": _plain(score.points), "max_score": _plain(score.possible)}


def _plain(number: Fraction | None) -> float | None:
    return None if number is None else float(number)


# -------------------------------------------------------------------- the page


def report_page(folders: Folders, regrade: Regrade) -> Path:
    """Where the page of a regrade stands."""
    return folders.state / "regrades" / regrade.slug / f"{regrade.id}.html"


def write_page(work: Workplace, what: Told) -> Path:
    """Write the page, beside it the same as JSON; answers where it stands."""
    path = report_page(work.folders, what.regrade)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_text(page(what, title=work.assignment(what.regrade.slug).title, zone=work.course.zone), encoding="utf-8")
    path.with_suffix(".json").write_text(json.dumps(as_json(what), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def page(what: Told, *, title: str, zone: tzinfo) -> str:
    """The report, a page that needs nothing else."""
    return _template().render(told=what, title=title, state=state(what.regrade, zone), picture=picture(what.changes))


def picture(changes: Sequence[Change], *, title: str = "Scores before and after, in percent") -> Markup:
    """Before to the right, after upwards: a dot above the line has gained. Larger dots are several pieces of work."""
    dots = Counter(
        (direction(change), float(change.before.share), float(change.after.share))
        for change in changes
        if change.before and not change.undecided
    )
    frame = Markup('<path d="M{0} {0}h{1}v{1}h-{1}zm0 {1}l{1} -{1}" fill="none" stroke="currentColor" stroke-opacity=".35"/>')
    parts = [frame.format(EDGE, SIDE)]
    for percent in (0, 50, 100):
        place = EDGE + SIDE * percent / 100
        parts.append(_label(percent, place, SIDE + EDGE + 18, "middle"))
        parts.append(_label(percent, EDGE - 6, SIDE + 2 * EDGE - place + 4, "end"))
    for (way, before, after), times in sorted(dots.items(), key=lambda dot: dot[0][0] != "same"):
        said = f"{100 * before:.3g} → {100 * after:.3g} ({times})"
        parts.append(
            Markup('<circle cx="{:.1f}" cy="{:.1f}" r="{:.1f}" fill="{}" fill-opacity=".65"><title>{}</title></circle>').format(
                EDGE + SIDE * before, EDGE + SIDE * (1 - after), min(2.5 + 1.5 * sqrt(times), 18), COLOURS[way], said
            )
        )
    size = SIDE + 2 * EDGE
    return Markup('<svg class="moves" viewBox="0 0 {0} {0}" width="{0}" role="img" direction="ltr"><title>{1}</title>{2}</svg>').format(
        size, title, Markup("").join(parts)
    )


def _label(number: int, x: float, y: float, anchor: str) -> Markup:
    return Markup('<text x="{:.0f}" y="{:.0f}" text-anchor="{}" font-size="12" fill="currentColor">{}</text>').format(x, y, anchor, number)


# -------------------------------------------------------------------- words


def _points(score: Score) -> str:
    return f"{show(score.points)} of {show(score.possible)}"


def _signed(points: Fraction) -> str:
    return f"{'-' if points < 0 else '+'}{show(abs(points))}"


def _final(final: int | None) -> str:
    return "no grade" if final is None else str(final)


def _one_line(words: str) -> str:
    return " ".join(words.split())


@lru_cache(1)
def _template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"exact": show, "signed": _signed, "final": _final, "way": direction}
    return environment.from_string((Path(__file__).parent / "templates" / "report.html").read_text(encoding="utf-8"))
