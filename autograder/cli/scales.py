"""Grades of several courses as one."""

from __future__ import annotations

import re
from fractions import Fraction

import click

from autograder.model import CourseError
from autograder.policy import module_average, pass_fail, to_ects


@click.command()
@click.argument("parts", metavar="CREDITS=GRADE...", nargs=-1, required=True)
def average(parts: tuple[str, ...]) -> None:
    """The grade of a study module from its courses: 5=4 is a course of 5 credits with the grade 4, 2.5=pass one that is only passed."""
    found = module_average(map(_part, parts))
    click.echo("pass" if found is None else f"{found} ({pass_fail(found)}; {to_ects(found)} as ECTS)")


def _part(said: str) -> tuple[Fraction, int | None]:
    fitting = re.fullmatch(r"(\d{1,3}(?:\.\d{1,2})?)=([0-5]|pass)", said, flags=re.ASCII)
    if fitting is None or not Fraction(fitting[1]):
        raise CourseError(f"{said!r} is no course: write its credits and its grade, 0 to 5 or pass, such as 5=4", key="average")
    return Fraction(fitting[1]), None if fitting[2] == "pass" else int(fitting[2])
