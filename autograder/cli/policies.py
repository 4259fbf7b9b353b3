"""By which rules course grades are computed: versions of course.toml that were adopted."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from autograder.cli.arrangements import local, shown
from autograder.cli.terminal import actor, console, opened, place, rows_table
from autograder.ledger import PolicyVersion, in_effect
from autograder.model import RuleError


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
    from autograder.cli.course import passes_of

    with opened(ctx) as work:
        text = file_of(ctx).read_text(encoding="utf-8")
        start = local(effective, work.course.zone)
        passes = standing.pass_rules(work.course, passes_of(work))
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
@click.pass_context
def preview(ctx: click.Context) -> None:
    """Whose course grade would be another one if course.toml as it is now were adopted."""
    from autograder import standing
    from autograder.cli.course import passes_of

    with opened(ctx) as work:
        now, passes = datetime.now(UTC), passes_of(work)
        present = standing.rules_at(work.course, work.ledger, passes, now)
        changed = standing.preview(present, standing.Rules(work.course, passes), work.ledger, now)
        if changed:
            console.print(rows_table((("student", "now", "then"), *((c.student, c.before, c.after) for c in changed))))
        console.print(f"{len(changed)} course grades would change.")


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
