"""By which rules course grades are computed: versions of course.toml that were adopted."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.table import Table

from autograder.cli.arrangements import local, shown
from autograder.cli.terminal import actor, console, opened, place, rows_table
from autograder.ledger import PolicyVersion, in_effect
from autograder.model import RuleError

if TYPE_CHECKING:
    from autograder.standing import Tried


@click.group(invoke_without_command=True)
@click.option("--json", "as_json_text", is_flag=True, help="Print JSON.")
@click.pass_context
def policy(ctx: click.Context, as_json_text: bool) -> None:
    """The versions of the grade rules, and whether course.toml says something else."""
    if ctx.invoked_subcommand is not None:
        return
    with opened(ctx) as work:
        text = file_of(ctx).read_text(encoding="utf-8")
        versions = work.ledger.policies.versions(work.course.id)
        now = in_effect(versions, datetime.now(UTC))
        if as_json_text:
            click.echo(json.dumps([version_json(version, version == now, text) for version in versions], indent=1, ensure_ascii=False))
            return
        if versions:
            rows = [("version", "from", "in effect", "adopted", "by", "reason")]
            for version in versions:
                times = [shown(instant, work.course.zone) for instant in (version.effective, version.at)]
                counts = "yes" if version == now else ""
                rows.append((str(version.number), times[0], counts, times[1], version.actor, version.reason))
            console.print(rows_table(tuple(rows)))
        console.print(state(now, text))


@policy.command()
@click.option("--from", "effective", required=True, metavar="TIME", help="From when they hold: 2027-01-10T00:00, course time.")
@click.option("--reason", required=True, help="Why; students may read it.")
@click.pass_context
def adopt(ctx: click.Context, effective: str, reason: str) -> None:
    """Compute by course.toml as it is now; what it says later is a draft until it is adopted."""
    from autograder import standing

    with opened(ctx) as work:
        text = file_of(ctx).read_text(encoding="utf-8")
        start = local(effective, work.course.zone)
        passes = standing.pass_rules(work.course, work.to_pass())
        strays = standing.strays(work.course, work.ledger, datetime.now(UTC))
        if strays:
            raise RuleError(f"What is arranged with {' and '.join(strays)} fits nothing in these rules; end it or change it first, "
                            "see autograder arrangements.", code="stray-arrangements")  # fmt: skip
        number = work.ledger.policies.adopt(work.course.id, text, passes, effective=start, reason=reason, actor=actor())
        console.print(f"Version {number} of the rules holds from {shown(start, work.course.zone)} on.")


@policy.command()
@click.argument("number", type=click.IntRange(1))
@click.pass_context
def show(ctx: click.Context, number: int) -> None:
    """The text of a version."""
    with opened(ctx) as work:
        version = next((v for v in work.ledger.policies.versions(work.course.id) if v.number == number), None)
        if version is None:
            raise RuleError(f"There is no version {number} of the rules; autograder policy lists them.", code="unknown-version")
        click.echo(version.text, nl=not version.text.endswith("\n"))


@policy.command()
@click.option("--marks", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None,
              help="Try them on a file of marks instead, as autograder export marks wrote it in another term.")  # fmt: skip
@click.option("--rename", multiple=True, metavar="OLD=NEW", help="With --marks: what is called otherwise now; may be repeated.")
@click.pass_context
def preview(ctx: click.Context, marks: Path | None, rename: tuple[str, ...]) -> None:
    """Whose course grade would be another one if course.toml as it is now were adopted."""
    from autograder import standing

    if rename and marks is None:
        raise click.UsageError("--rename belongs to --marks.")
    with opened(ctx) as work:
        now, passes = datetime.now(UTC), work.to_pass()
        rules = standing.Rules(work.course, passes)
        if marks is not None:
            past = standing.read_marks(marks.read_bytes())
            told = standing.tried(past, rules, standing.names_of("\n".join(rename)))
            for line in tried_lines(told):
                console.print(line, markup=False) if isinstance(line, str) else console.print(line)
            return
        present = standing.rules_at(work.course, work.ledger, passes, now)
        changed = standing.preview(present, rules, work.ledger, now)
        if changed:
            console.print(rows_table((("student", "now", "then"), *((c.student, c.before, c.after) for c in changed))))
        console.print(f"{len(changed)} course grades would change.")


def tried_lines(found: Tried) -> list[str | Table]:
    """What other rules make of marks: how the grades lie, the largest changes, and a sentence."""
    from autograder import standing

    steps = zip(range(0, 100, 10), standing.spread(found.before), standing.spread(found.after), strict=True)
    passed = [sum(one.passed for one in given) for given in (found.before, found.after)]
    lines: list[str | Table] = [
        rows_table((("percent", "then", "now"), *((f"{low}-{low + 10}", str(then), str(now)) for low, then, now in steps),
                    ("passed", *map(str, passed))))
    ]  # fmt: skip
    if found.largest:
        lines.append(rows_table((("row", "then", "now"), *((str(one.row), one.before.shown, one.after.shown) for one in found.largest))))
    if found.unknown:
        lines.append(
            f"There are marks in {', '.join(found.unknown)}, which these rules do not count; --rename OLD=NEW says what they are now."
        )
    if found.missing:
        lines.append(f"These rules count {', '.join(found.missing)}, in which there are no marks, so they are still to come for everybody.")
    return [*lines, f"Of {len(found.before)} course grades {found.rises} would rise, {found.falls} fall and {found.stays} stay."]


def file_of(ctx: click.Context) -> Path:
    """course.toml, or the file that stands in its place."""
    given: Path | None = ctx.obj[1]
    return given or place(ctx).course_file


def state(now: PolicyVersion | None, text: str) -> str:
    """What counts, in a sentence."""
    if now is None:
        return "No rules are in effect; course grades are a draft by course.toml. autograder policy adopt puts them into effect."
    if now.text.strip() == text.strip():
        return f"course.toml is version {now.number}, which counts."
    return f"course.toml differs from version {now.number}, which counts. autograder policy preview shows whose grade it would change."


def version_json(version: PolicyVersion, counts: bool, text: str) -> dict[str, Any]:
    """One version for programs."""
    passes = {slug: {"pass_score": rule.pass_score, "pass_problems": list(rule.pass_problems)} for slug, rule in version.passes.items()}
    return {
        "version": version.number, "from": version.effective.isoformat(), "adopted": version.at.isoformat(), "by": version.actor,
        "reason": version.reason, "in_effect": counts, "is_course_file": version.text.strip() == text.strip(), "passes": passes,
    }  # fmt: skip
