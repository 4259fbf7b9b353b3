"""The book of a course: who belongs to it, who hands in together, what was handed in, graded, marked and released.

`Ledger` is the one way in. The rules behind it are pure functions in `teams` (who may work with whom) and `counting`
(what counts for whom); `packing` says what a submission may be and gives it its one form as bytes.
"""
from autograder.ledger.book import Ledger
from autograder.ledger.packing import Allowance, fingerprint, pack, unpack
from autograder.ledger.rows import (
    Adjustment,
    AuditLine,
    Credit,
    Extension,
    ExternalMark,
    GradeRow,
    Invitation,
    MarkRow,
    Pairing,
    Person,
    Published,
    Receipt,
    SubmissionRow,
    Team,
)

__all__ = [
    "Adjustment", "Allowance", "AuditLine", "Credit", "Extension", "ExternalMark", "GradeRow", "Invitation", "Ledger",
    "MarkRow", "Pairing", "Person", "Published", "Receipt", "SubmissionRow", "Team", "fingerprint", "pack", "unpack",
]
