"""What pays with nbgrader, and what the meeting of two processes could make pay: nothing of it does, though the tests are ordinary
asserts that were never written with this in mind."""

from __future__ import annotations

import pytest

from tests.stock import courses
from tests.stock.courses import hand_in, make_course, plain, scored, solution

RIGHT = "def double(x):\n    return 2 * x"
WRONG = "def double(x):\n    return 3 * x"
NEAR = "def near(a, b):\n    return abs(a - b) < TOLERANCE"
NOTEBOOK = [
    plain("import numpy as np\nfrom helper import expected\nTOLERANCE = 1e-9"),
    plain(NEAR),
    solution("double", f"{RIGHT}\ndef count():\n    yield 1\n    yield 2"),
    scored(
        "loop", "assert list(count()) == [1, 2]\nassert all(a == b for a, b in zip(map(double, [1, 2]), [2, 4]))\nassert double(5) == 10"
    ),
    scored("near", "assert near(double(2), 4)"),
    scored("module", "assert double(3) == expected(3)"),
    scored("all", "assert all(value == 4 for value in map(double, [2]))"),
    scored("argument", "A = np.arange(1.0, 4.0)\nB = double(A)\nassert np.allclose(B, 2 * A)"),
    scored(
        "file",
        "with open('numbers.txt') as f:\n    assert all(double(float(w)) == 2 * float(w) for w in f.read().split()) and double(1) == 2",
    ),
    scored("partial", "0.5 * (double(1) == 2) + 0.5 * (double(2) == 4)"),
]
FILES = {"helper.py": b"def expected(x):\n    return 2 * x\n", "numbers.txt": b"1 2 4\n"}
COUNT = "\ndef count():\n    yield 1\n    yield 2\n"
STOP = """
class Stop(StopIteration): pass
class Two:
    def __init__(self): self.left = [1, 2]
    def __iter__(self): return self
    def __next__(self):
        if not self.left: raise Stop()
        return self.left.pop(0)
def count(): return Two()
def double(x): raise Stop()
"""
CHEATS: dict[str, dict[str, str]] = {
    "the helper rewritten": {NEAR: "def near(a, b):\n    return True"},
    "the helper rewritten in the answer": {"double": WRONG + COUNT + "def near(a, b):\n    return True"},
    "the tolerance widened": {"double": WRONG + COUNT + "TOLERANCE = 1e9"},
    "the module replaced": {"double": WRONG + COUNT + "import helper\nexpected = helper.expected = lambda x: 3 * x"},
    "a file for the tests": {
        "double": WRONG + COUNT + "open('numbers.txt', 'w').write('0')\nopen('helper.py', 'w').write('expected = double')"
    },
    "an iteration that stops": {"double": STOP},
    "arguments made zero": {
        "double": "def double(x):\n    if hasattr(x, 'fill'):\n        x.fill(0)\n        return x\n    return 3 * x" + COUNT
    },
    "equal to everything": {
        "double": "class Equal:\n    def __eq__(self, o): return True\n    def __sub__(self, o): return 0\n    __rsub__ = __sub__\n"
        "    def __abs__(self): return 0\n    def __float__(self): return 1.0\n    def __rmul__(self, o): return 1.0\n"
        "def double(x): return Equal()" + COUNT
    },
    "numpy patched": {"double": WRONG + COUNT + "np.allclose = lambda *a, **k: True\nimport builtins\nbuiltins.all = lambda *a: True"},
    "the score shown": {
        "double": "import sys\nsys.displayhook(1.0)\ndef double(x):\n    sys.displayhook(1.0)\n    print(1.0)\n    return 3 * x" + COUNT
    },
    "syntax trees rewritten": {
        "double": WRONG + COUNT + "import ast\nclass Blank(ast.NodeTransformer):\n    def visit_Assert(self, node): return ast.Pass()\n"
        "get_ipython().ast_transformers.append(Blank())"
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def earned(tmp_path_factory: pytest.TempPathFactory, slot: int) -> dict[str, dict[str, float]]:
    """What each of them earns, test by test."""
    root = make_course(tmp_path_factory.mktemp("cheats") / "course", {"hw": NOTEBOOK}, files=FILES)
    hand_in(root, "honest", {"double": "def double(x):\n    return x + x" + COUNT})
    for name, cheat in CHEATS.items():
        answers = {"double": cheat.get("double", WRONG + COUNT)}
        hand_in(root, name, answers, changed=cheat, files={"helper.py": b"expected = lambda x: 3 * x\n", "numpy.py": b"1 / 0"})
    _, results, assignment = courses.by_us(root, slot=slot)
    assert not assignment.apart
    return {student: {test.id: test.score for problem in g.problems for test in problem.tests} for student, g in results.items()}


def test_honest_work_earns_everything(earned: dict[str, dict[str, float]]) -> None:
    assert set(earned["honest"].values()) == {1.0}


@pytest.mark.parametrize("case", CHEATS)
def test_cheating_earns_nothing(earned: dict[str, dict[str, float]], case: str) -> None:
    assert set(earned[case].values()) == {0.0}
