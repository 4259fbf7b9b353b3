"""Where each student stands: what the ledger holds for him, taken through the course's policy, every step in words.

An assignment counts with the points of its tests, a person's marks and adjustments, minus what lateness costs each
member himself; a mark from outside counts as a share of what it is out of. What is not due, not graded or not marked
yet is still to come, and a standing that could change for such a reason is provisional.

`rules` says by which version of the course's rules, `facts` what the ledger holds, `arranged` what differs for the
student, `items` what each item counts, `standings` what follows; `telling` says it. Only `rules` and `standings` read
the ledger; all else is from values to values. The clock is an argument, and with `then` it may stand on an earlier day:
the answer is the one that was given then.
"""
from autograder.standing.arranged import check_arrangement, check_excuses, differs, granted, item_and_value
from autograder.standing.facts import Facts, Work, read_facts
from autograder.standing.items import ABSENT, ItemMark, outside_points
from autograder.standing.past import Past, Tried, marks_file, names_of, read_marks, spread, tried
from autograder.standing.preview import Changed, preview, strays
from autograder.standing.publication import Publication, publication
from autograder.standing.rules import Rules, adopted, pass_rules, rules_at, to_be_passed
from autograder.standing.standings import Standing, standing, standing_by, standing_of, standings
from autograder.standing.telling import as_json, as_published, change, explanation, grade_table, imagined, verdict

__all__ = [
    "ABSENT", "Changed", "Facts", "ItemMark", "Past", "Publication", "Rules", "Standing", "Tried", "Work", "adopted", "as_json",
    "as_published", "change", "check_arrangement", "check_excuses", "differs", "explanation",
    "grade_table", "granted", "imagined", "item_and_value", "marks_file", "names_of", "outside_points", "pass_rules", "preview",
    "publication", "read_facts", "read_marks", "rules_at", "spread", "standing", "standing_by", "standing_of", "standings", "strays",
    "to_be_passed", "tried", "verdict",
]  # fmt: skip
