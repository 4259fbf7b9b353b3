"""Tables that come in: marks from outside, people, groups. Each is looked at whole, then taken whole or not at all.

A *report* says what a file would do: what is new, what changes from what to what, what stays, who is in the file and not in the course, who
is in the course and not in the file, which columns nobody reads. It is made from values alone (`report_marks`, `report_people`,
`report_groups`) and is the preview; `import_…` makes it from the ledger and, unless something is wrong, writes it in one transaction.
"""

from autograder.imports.groups import GroupPlan, GroupReport, groups_in, import_groups, report_groups, write_groups
from autograder.imports.marks import MarkChange, MarkReport, import_marks, marks_in, read_mark, report_marks
from autograder.imports.people import PeopleReport, import_people, people_in, report_people

__all__ = [
    "GroupPlan",
    "GroupReport",
    "MarkChange",
    "MarkReport",
    "PeopleReport",
    "groups_in",
    "import_groups",
    "import_marks",
    "import_people",
    "marks_in",
    "people_in",
    "read_mark",
    "report_groups",
    "report_marks",
    "report_people",
    "write_groups",
]
