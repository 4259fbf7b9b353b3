"""Which problem asks which topic of which course, and which topics nobody asks.

`assignments/topics.toml` lists the topics of each course, the problems' `topics` in assignment.toml name them as "course: topic". A
tag that is not in the list stops with what was probably meant: a topic that only looks covered would be found by nobody.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..model import Assignment, AssignmentError
from .assignment import problem_of
from .strict import Table, nearest


@dataclass(frozen=True)
class Syllabus:
    """The topics of one course."""

    key: str  # "bgu"
    title: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Covered:
    """One topic, and who asks it: "hw01-linalg-calculus p3"."""

    course: str
    topic: str
    problems: tuple[str, ...]


def syllabi(path: Path) -> tuple[Syllabus, ...]:
    """The courses in a topics.toml. Raises AssignmentError when it cannot be read or has a key that nobody knows."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise AssignmentError(f"cannot be read: {error}", file=str(path)) from None
    found = []
    table = Table(values, file=str(path))
    for key in values:
        inner = table.table(key)
        found.append(Syllabus(key, inner.text("title"), inner.texts("topics")))
        inner.close()
    return tuple(found)


def coverage(assignments: Sequence[Assignment], courses: Sequence[Syllabus]) -> tuple[Covered, ...]:
    """Every topic of every course in its order, with the problems that ask it. Raises AssignmentError for a topic of no course."""
    asked: dict[str, list[str]] = {f"{course.key}: {topic}": [] for course in courses for topic in course.topics}
    for assignment in assignments:
        for problem in assignment.problems:
            for tag in problem.topics:
                if tag not in asked:
                    raise AssignmentError(
                        f'{problem_of(problem.id)} has the topic "{tag}"{nearest(tag, asked)}', file=f"{assignment.slug}/assignment.toml"
                    )
                asked[tag].append(f"{assignment.slug} {problem_of(problem.id)}")
    return tuple(
        Covered(course.key, topic, tuple(dict.fromkeys(asked[f"{course.key}: {topic}"]))) for course in courses for topic in course.topics
    )


def as_markdown(found: Sequence[Covered], courses: Sequence[Syllabus], assignments: Sequence[Assignment]) -> str:
    """The coverage as a document, and the assignments with their problems."""
    lines = [
        "# Curriculum",
        "",
        "Which problem asks which topic of which course. Made by `autograder topics --write docs/curriculum.md` from",
        "`assignments/topics.toml` and the `topics` of each `assignment.toml`; a test says when it is stale.",
    ]
    for course in courses:
        mine = [one for one in found if one.course == course.key]
        covered = sum(bool(one.problems) for one in mine)
        lines += ["", f"## {course.title}", "", f"{covered} of {len(mine)} topics.", "", "| topic | problems |", "|---|---|"]
        lines += [f"| {one.topic} | {_problems(one.problems) or '**open**'} |" for one in mine]
    lines += ["", "## Assignments", "", "| assignment | title | points | problems |", "|---|---|---|---|"]
    for assignment in assignments:
        titles = {problem_of(p.id): p.title.partition(":")[0] if p.by_hand else p.title for p in reversed(assignment.problems)}
        each = "; ".join(f"{name} {titles[name]}" for name in dict.fromkeys(problem_of(p.id) for p in assignment.problems))
        lines.append(f"| {assignment.slug} | {assignment.title} | {assignment.points:g} | {each} |")
    return "\n".join(lines) + "\n"


def _problems(names: Sequence[str]) -> str:
    """hw01-linalg-calculus p1, p3; hw02-numerical-linalg p5."""
    grouped: dict[str, list[str]] = {}
    for name in names:
        slug, _, problem = name.partition(" ")
        grouped.setdefault(slug, []).append(problem)
    return "; ".join(f"{slug} {', '.join(each)}" for slug, each in grouped.items())
