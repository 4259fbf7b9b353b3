"""The book of a course: who belongs to it, who hands in together, what was handed in, graded, marked and released.

`Ledger` is the one way in. The rules behind it are pure functions in `teams` (who may work with whom) and `counting`
(what counts for whom); `packing` says what a submission may be and gives it its one form as bytes.
"""
from autograder.ledger.arrangements import Arrangement, ArrangementLine, ExtensionLine, Reason, What, holding
from autograder.ledger.book import Ledger
from autograder.ledger.disclosures import DisclosureLine
from autograder.ledger.history import Record, Snapshot
from autograder.ledger.intake import MarkIn
from autograder.ledger.lookups import fit_username
from autograder.ledger.memory import Memory
from autograder.ledger.packing import Allowance, fingerprint, pack, unpack
from autograder.ledger.papers import Paper
from autograder.ledger.policies import PolicyVersion, PublishedGrade, in_effect
from autograder.ledger.regrades import Change, Direction, Regrade, RegradeEnd, Score, TestChange, direction
from autograder.ledger.requests import Answer, Outcome, Request
from autograder.ledger.rows import (
    Adjustment,
    AuditLine,
    Credit,
    Extension,
    ExternalMark,
    GradeRow,
    Invitation,
    InvitationPast,
    Looking,
    MarkRow,
    Membership,
    Pairing,
    Person,
    Published,
    Receipt,
    SubmissionRow,
    Team,
)
from autograder.ledger.sheets import Conflict, Given, Marking, Sheet, State, Turn, WrittenAnswer
from autograder.ledger.similarity import Dismissal
from autograder.ledger.teams import Pairings
from autograder.ledger.teams import unusual as unusual_team

__all__ = [
    "Adjustment", "Allowance", "Answer", "Arrangement", "ArrangementLine", "AuditLine", "Change", "Conflict", "Credit", "Direction",
    "DisclosureLine", "Dismissal", "Extension", "ExtensionLine", "ExternalMark", "Given", "GradeRow", "Invitation",
    "InvitationPast", "Ledger", "Looking", "MarkIn", "MarkRow", "Marking", "Membership", "Memory",
    "Outcome", "Pairing", "Pairings", "Paper", "Person", "PolicyVersion",
    "Published", "PublishedGrade", "Reason", "Receipt", "Record", "Regrade",
    "RegradeEnd", "Request", "Score", "Sheet", "Snapshot", "State", "SubmissionRow", "Team", "TestChange", "Turn", "What",
    "WrittenAnswer", "direction",
    "fingerprint", "fit_username", "holding", "in_effect", "pack", "unpack", "unusual_team",
]
