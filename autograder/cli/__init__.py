"""The command line: one command per verb, each a call of one function, safe to repeat. Only this part prints and chooses exit codes.

Progress is a line that moves on a terminal, and a line per result in a log; `--json` is for programs. A known error is one sentence
and exit code 2, or 1 when what was asked for turned out badly (a test that rejects good work, a submission that could not be decided).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import autograder
from autograder.cli import arrangements, author, batch, course, imports, insight, pairs, people, platform, policies, projects, regrading
from autograder.cli.marking import conflicts, mark, marking
from autograder.cli.scales import average
from autograder.course import Folders
from autograder.model import AutograderError

COMMANDS: tuple[click.Command, ...] = (
    author.new,
    author.build,
    author.verify,
    author.topics,
    batch.release,
    batch.collect,
    batch.grade,
    batch.feedback,
    batch.disclose,
    marking,
    mark,
    conflicts,
    course.enrol,
    people.erase,
    people.letters,
    imports.roster,
    imports.marks,
    imports.groups,
    pairs.teams,
    pairs.team,
    pairs.permit,
    course.grades,
    arrangements.arrange,
    arrangements.extend,
    arrangements.arrangements,
    policies.policy,
    course.export,
    average,
    regrading.requests,
    regrading.answer,
    regrading.adjust,
    regrading.regrade,
    insight.similarity,
    insight.statistics,
    projects.project,
    platform.doctor,
    platform.serve,
    platform.demo,
)


class Command(click.Group):
    """Known errors become one sentence on stderr and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except AutograderError as error:
            click.echo(f"autograder: {error}", err=True)
            ctx.exit(2)


@click.group(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(autograder.__version__)
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("."),
    help="The course's checkout: assignments/, course.toml.",
)
@click.option(
    "--course",
    "course_file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    envvar="AUTOGRADER_COURSE",
    help="The course file; course.toml in the root by default.",
)
@click.pass_context
def main(ctx: click.Context, root: Path, course_file: Path | None) -> None:
    """Auto-graded homework and exams: write, verify, release, collect, grade, explain."""
    ctx.obj = (Folders.of(root), course_file)


for command in COMMANDS:
    main.add_command(command)
