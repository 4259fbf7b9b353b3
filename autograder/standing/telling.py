"""A standing as text, as a table, as JSON, as a published grade, and as it would be with other marks."""
from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from autograder.course import Course
from autograder.ledger import PublishedGrade
from autograder.model import CourseError
from autograder.policy import CourseGrade, Kind, explain, needed, show, what_if
from autograder.scoring import exact
from autograder.standing.standings import Standing
from autograder.words import ENGLISH, Text, line, text


def explanation(standing: Standing, language: str = ENGLISH) -> str:
    """The whole derivation as text: marks, late penalties, what differs, weights, option, gate, bonus, rounding."""
    def indented(*lines: Any) -> list[str]:
        return [f"  {line(one, language)}" for one in lines]

    grade = standing.grade
    lines = [line(_heading(standing), language), line(text("Marks"), language)]
    lines += indented(*(text("{title}: {what}", title=mark.title, what=mark.text) for mark in standing.marks))
    if standing.granted:
        lines += [line(text("Arranged"), language), *indented(*standing.granted)]
    lines += [line(text("Course grade"), language), *(f"  {one}" for one in explain(grade, language).splitlines())]
    if standing.notes:
        lines += [line(text("Provisional, because"), language), *indented(*standing.notes)]
    return "\n".join(lines)


def _heading(standing: Standing) -> Text:
    values = {"student": standing.student, "verdict": verdict(standing.grade),
              "grade": text("no grade") if standing.grade.final is None else standing.grade.shown}
    if standing.provisional:
        return text("{student}: {grade} ({verdict}, provisional)", **values)
    return text("{student}: {grade} ({verdict})", **values)


def verdict(grade: CourseGrade) -> Text:
    """The status of a grade in words."""
    match grade.status:
        case "pass":
            return text("pass")
        case "fail":
            return text("fail")
        case "absent":
            return text("absent")
        case "incomplete":
            return text("incomplete")
        case status:
            return text("{component} not passed", component=status.removesuffix("-not-passed"))


def shown(grade: CourseGrade) -> str:
    """A grade as briefly as it goes: 82 (pass), or why there is none."""
    return grade.status if grade.final is None else f"{grade.shown} ({grade.status})"


def imagined(course: Course, standing: Standing, said: Sequence[str], language: str = ENGLISH) -> str:
    """What the grade would be with other marks, as "item=mark" in percent, and how it would come about; for "item=?" what
    that item needs to pass. CourseError for what is none."""
    values, asked = {}, []
    for one in said:
        name, equals, value = (part.strip() for part in one.partition("="))
        if equals and value == "?":
            asked.append(name)
            continue
        if not equals or not re.fullmatch(r"\d{1,3}(\.\d{1,9})?", value, flags=re.ASCII):
            raise CourseError(f"{one!r} imagines no mark: write an item and percent, such as exam=70, or exam=? for what passing needs",
                              key="what-if")
        values[name] = exact(Decimal(value))
    titles = {mark.item: mark.title for mark in standing.marks}
    if len(asked) > 1:
        raise CourseError(f"imagine marks for all but one of {', '.join(asked)}, and ask what that one needs", key="what-if")
    if asked:
        with_them = replace(standing.given, items={**standing.given.items, **values})
        return line(needed(course.policy, with_them, asked[0], titles).text, language)
    told = what_if(course.policy, standing.given, values, titles)
    return "\n".join([line(told.text, language), *(f"  {one}" for one in explain(told.grade, language).splitlines())])


def grade_table(course: Course, standings: Sequence[Standing],
                published: Mapping[str, PublishedGrade] = MappingProxyType({})) -> tuple[tuple[str, ...], ...]:
    """Rows of text for a table or a CSV, headings first: a column per component, then total, grade and status, and the
    grade that was published, where any was."""
    weighed = [component for component in course.components if component.kind is not Kind.GATE]
    rows = [("student", *(component.id for component in weighed), "total", "grade", "status", "rule", "provisional",
             *(["published"] if published else []))]
    for standing in standings:
        grade = standing.grade
        marks = [grade.recorded[component.id] for component in weighed]
        rows.append((standing.student, *("" if mark is None else show(mark) for mark in marks),
                     "" if grade.raw is None else show(grade.raw), _final(grade), grade.status, grade.rule,
                     "yes" if standing.provisional else "", *([_out(published.get(standing.student))] if published else [])))
    return tuple(rows)


def as_json(standing: Standing, published: PublishedGrade | None = None) -> dict[str, Any]:
    """The standing in plain values, with the grade that was published; numbers are rounded to floats here and only here."""
    def plain(number: Fraction | None) -> float | None:
        return None if number is None else float(number)
    grade = standing.grade
    return {
        "student": standing.student, "final": grade.final, "raw": plain(grade.raw), "status": grade.status,
        "rule": grade.rule, "so_far": plain(grade.so_far), "provisional": standing.provisional,
        "shown": grade.shown, "policy": standing.policy or "draft",
        "published": None if published is None else _out(published),
        "notes": [str(note) for note in standing.notes],
        "arranged": [str(granted) for granted in standing.granted],
        "marks": [{"item": mark.item, "title": mark.title, "mark": plain(mark.mark), "passed": mark.passed,
                   "to_come": mark.to_come, "text": str(mark.text)} for mark in standing.marks],
        "components": {name: plain(value) for name, value in grade.recorded.items()},
        "steps": [{"about": str(step.about), "text": str(step.text), "value": plain(step.value)} for step in grade.steps]}


# ── published grades ──────────────────────────────────────────────────────────────────────────────────────────────────
def as_published(standing: Standing) -> PublishedGrade:
    """The grade as a line of the ledger."""
    grade = standing.grade
    return PublishedGrade(standing.student, grade.raw, _final(grade), grade.status, grade.rule, standing.policy, _digest(standing))


def change(published: PublishedGrade | None, standing: Standing) -> Text | None:
    """What became of a published grade; None when none was published, or it is still so."""
    if published is None:
        return None
    before, now = _out(published), _final(standing.grade) or standing.grade.status
    if before != now:
        return text("published {before}, now {now}", before=before, now=now)
    if published.digest != _digest(standing):
        return text("published {before}, which now comes about in another way", before=before)
    return None


def _out(published: PublishedGrade | None) -> str:
    return "" if published is None else published.final or published.status


def _final(grade: CourseGrade) -> str:
    return grade.shown


def _digest(standing: Standing) -> str:
    """Of all numbers from which the grade follows, and of those that follow; words may change from release to release."""
    def exactly(number: Fraction | None) -> str | None:
        return None if number is None else str(number)
    given, grade = standing.given, standing.grade
    told = {"items": {name: exactly(mark) for name, mark in given.items.items()}, "passed": dict(given.passed),
            "kind": given.kind, "excused": {name: str(to) for name, to in given.excused.items()}, "to_come": sorted(given.to_come),
            "recorded": {name: exactly(mark) for name, mark in grade.recorded.items()},
            "steps": [exactly(step.value) for step in grade.steps],
            "raw": exactly(grade.raw), "final": _final(grade), "status": grade.status, "rule": grade.rule,
            "policy": standing.policy}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
