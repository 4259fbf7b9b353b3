"""Which submissions of an assignment are alike, as a list for a person to look through; never a penalty.

`work`, `given` and `archived` take the texts out of notebooks, `compare` finds the pairs, `listed` puts them in order with what was
dismissed, `page` shows them side by side. How it was chosen: copydetect 0.5 (winnowing as well, MIT)
was tried on the banks of the assignments (tests/similarity/disguises.py). Half of the copies in every disguise at once share less than
41 % for it and 85 % here; it compares every pair by itself (28 s for 200 works after reading them, 3 s here with reading), knows no weight
for what many have and reads no notebooks. compare50 (GPL-3) and Dolos (TypeScript) do not fit this project, MOSS sends students' work to
another country, difflib and trees compare pair by pair and lose track of moved functions. The method is short enough to be written here and
held to its guarantee.
"""

from autograder.similarity.compare import Comparison, Pair, Part, Piece, Shown, Stretch, Work, compare
from autograder.similarity.page import Listed, as_json, body, from_json, listed, page, written
from autograder.similarity.works import archived, given, work

__all__ = [
    "Comparison",
    "Listed",
    "Pair",
    "Part",
    "Piece",
    "Shown",
    "Stretch",
    "Work",
    "archived",
    "as_json",
    "body",
    "compare",
    "from_json",
    "given",
    "listed",
    "page",
    "work",
    "written",
]
