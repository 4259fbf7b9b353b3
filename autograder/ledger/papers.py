"""The PDFs beside notebooks: what an assignment takes, and what the check found in each that was handed in.

The rule is kept as it was published, because a hand-in is judged by what students were told and not by what stands in the author's folder
that day. A PDF is looked at before anything is stored; one that cannot be taken stops the hand-in with the reasons, all of them at once.
"""
from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import Connection

from autograder.ledger import lookups, schema
from autograder.ledger.chapter import Chapter
from autograder.ledger.rows import SubmissionRow
from autograder.ledger.store import Writing
from autograder.model import SubmissionError, WrittenPart
from autograder.words import Listed, text
from autograder.written import Checked, check


@dataclass(frozen=True)
class Paper:
    """The PDF of one submission, as the check found it."""

    file: str
    pages: int
    words: int
    read: bool                          # False when it could not be checked by our fault


class Papers(Chapter):
    """`ledger.papers`."""

    def rule(self, course: str, slug: str) -> WrittenPart | None:
        """What the PDF of this assignment may be; None when it takes none."""
        with self.reading() as connection:
            return rule_of(connection, course, slug)

    def found(self, row: SubmissionRow) -> Paper | None:
        """The PDF of a submission; None when it has none."""
        table = schema.paper
        with self.reading() as connection:
            line = connection.execute(lookups.of(table, row.course, row.slug).where(
                table.c.team_id == lookups.team_number(row.team), table.c.sha256 == row.sha256)).first()
        return None if line is None else Paper(line.file, line.pages, line.words, bool(line.was_read))


def look(files: Mapping[str, bytes], rule: WrittenPart | None) -> Checked | None:
    """What is in the PDF of a hand-in; None when there is none. SubmissionError when it cannot be taken, or is missing."""
    if rule is None:
        return None
    if rule.file not in files:
        if rule.required:
            raise SubmissionError(text("Your written answers are asked for as a PDF. Add it under this name and hand in again."),
                                  file=rule.file)
        return None
    checked = check(files[rule.file], rule)
    if checked.trouble:
        raise SubmissionError(Listed(checked.trouble, between=" "), file=rule.file)
    return checked


def rule_of(connection: Connection, course: str, slug: str) -> WrittenPart | None:
    """The rule that was published last."""
    lines = connection.execute(lookups.of(schema.paper_rule, course, slug)).all()
    given = json.loads(lines[-1].rule) if lines else None
    return None if given is None else WrittenPart(**{**given, "answers": tuple(given["answers"])})


def put_rule(entry: Writing, course: str, slug: str, rule: WrittenPart | None, *, actor: str) -> None:
    """Publish a rule; the same one again adds nothing."""
    if rule != rule_of(entry.connection, course, slug):
        entry.append(schema.paper_rule, course, actor, slug=slug, rule=json.dumps(rule and asdict(rule)))


def put(entry: Writing, course: str, slug: str, team: int, sha256: str, rule: WrittenPart, checked: Checked, *, actor: str) -> None:
    """Keep what the check found in a submission that was taken."""
    entry.append(schema.paper, course, actor, slug=slug, team_id=team, sha256=sha256, file=rule.file, pages=checked.pages,
                 words=checked.words, was_read=int(checked.read))
