"""What publishing a regrade would do to course grades: the policy with the new results in place of the grades that count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from autograder.jobs import Workplace
from autograder.ledger import Change, GradeRow, Regrade
from autograder.ledger.counting import with_marks
from autograder.standing import Facts, read_facts, rules_at, standing_by


@dataclass(frozen=True)
class Effect:
    """One student whose course grade would change. None: no grade."""

    student: str
    final_before: int | None
    final_after: int | None
    raw_before: Fraction | None
    raw_after: Fraction | None


def effects(work: Workplace, regrade: Regrade, chosen: Iterable[Change], *, now: datetime) -> tuple[Effect, ...]:
    """The students whose final course grade would change if these changes were published, by user name."""
    results = work.ledger.regrades.results(regrade)
    instead = {change.work: results[change.work] for change in chosen}
    passes = work.to_pass()
    rules = rules_at(work.course, work.ledger, passes, now)
    found = []
    for facts in read_facts(rules.course, work.ledger, now):
        other = with_results(facts, regrade.slug, instead)
        if other is facts:
            continue
        before, after = standing_by(rules, facts, now).grade, standing_by(rules, other, now).grade
        if before.final != after.final:
            found.append(Effect(facts.student, before.final, after.final, before.raw, after.raw))
    return tuple(found)


def with_results(facts: Facts, slug: str, instead: Mapping[tuple[str, str], GradeRow]) -> Facts:
    """The facts with these results as grades; the very same facts when they are about other work. A person's marks stay in place."""
    credit = facts.work[slug].credit if slug in facts.work else None
    result = instead.get((credit.submission.team, credit.submission.sha256)) if credit else None
    if credit is None or result is None:
        return facts
    shadow = replace(credit, grade=result, problems=with_marks(result.problems, credit.marks))
    return replace(facts, work={**facts.work, slug: replace(facts.work[slug], credit=shadow)})
