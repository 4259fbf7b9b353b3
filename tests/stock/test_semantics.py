"""What tests written for one process lean on: the same scores as nbgrader, for right, wrong and unusual honest work.

One notebook holds a problem for each, so that nbgrader starts one kernel for each student.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from autograder import stock
from autograder.model import Graded, Needs
from tests.stock import courses
from tests.stock.courses import Cell, hand_in, make_course, plain, scored, solution

pytestmark = pytest.mark.long


@dataclass(frozen=True)
class Lean:
    """A problem whose tests lean on something."""

    right: str
    wrong: str
    tests: tuple[str, ...]
    other: str = ""  # another honest answer; the right one when empty
    given: tuple[str, ...] = ()
    needs: dict[int, Needs] = field(default_factory=dict)  # number of the test -> what the trial finds
    together: tuple[int, ...] = ()  # numbers of the tests that run in the student's process


STACK = """
class EmptyStack(Exception):
    pass
class Stack:
    def __init__(self):
        self.items = []
    def push(self, x):
        HOW
    def pop(self):
        if not self.items:
            raise EmptyStack("nothing there")
        return self.items.pop()
"""
NET = """
import torch
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(2, WIDTH)
    def forward(self, x):
        return self.layer(x)
"""
LEANS = {
    "an argument that is changed in place": Lean(
        "def bump(v):\n    v += 1",
        "def bump(v):\n    return v + 1",
        ("a = np.zeros(3)\nbump(a)\nassert a.sum() == 3", "d = [np.ones(2)]\nbump(d[0])\nassert (d[0] == 2).all()"),
        needs={0: Needs(copy_back=True), 1: Needs(copy_back=True)},
    ),
    "an argument that must stay": Lean(
        "def ordered(v):\n    return sorted(v)",
        "def ordered(v):\n    v.sort()\n    return v",
        ("l = [3, 1, 2]\nassert ordered(l) == [1, 2, 3]\nassert l == [3, 1, 2]", "l2 = [2, 1]\nassert ordered(l2) == [1, 2]"),
    ),
    "a global that the test binds": Lean(
        "def along(v):\n    return A @ v",
        "def along(v):\n    return v @ A * 2",
        ("A = np.array([[1., 2.], [3., 4.]])\nassert np.allclose(along(np.ones(2)), [3, 7])", "assert np.allclose(along(np.zeros(2)), 0)"),
        needs={0: Needs(push=("A",)), 1: Needs(uses=())},
    ),
    "a name taken away": Lean(
        "def inner(x):\n    return x + 1\ndef outer(x):\n    return inner(x) * 2",
        "def inner(x):\n    return x + 1\ndef outer(x):\n    return (x + 1) * 2",
        (
            "original = inner\ndel inner\ntry:\n    outer(1)\nexcept NameError:\n    pass\nelse:\n    raise AssertionError('not used')\n"
            "finally:\n    inner = original",
            "assert inner(1) == 2 and outer(1) == 4",
        ),
    ),
    "a library's function taken away": Lean(
        "def mean_of(v):\n    return v.sum() / len(v)",
        "def mean_of(v):\n    return np.average(v)",
        (
            "keep = np.average\nnp.average = None\nassert mean_of(np.arange(5.)) == 2\nnp.average = keep",
            "assert np.average([1, 3]) == mean_of(np.array([1, 3]))",
        ),
    ),
    "seeds": Lean(
        "def noise(n):\n    return np.random.normal(size=n)",
        "def noise(n):\n    return np.random.uniform(size=n)",
        (
            "np.random.seed(3)\nfirst = noise(4)\nnp.random.seed(3)\nassert np.allclose(first, np.random.normal(size=4))",
            "np.random.seed(5)\n_ = np.random.rand(2)\ndrawn = noise(2)\nnp.random.seed(5)\n_ = np.random.rand(2)\n"
            "assert np.allclose(drawn, np.random.normal(size=2))",
        ),
        other="def noise(n):\n    return np.array([np.random.normal() for _ in range(n)])",
    ),
    "a file of the author's": Lean(
        "def total(values):\n    return sum(values)",
        "def total(values):\n    return 0",
        ("with open('numbers.txt') as f:\n    numbers = [float(w) for w in f.read().split()]\nassert total(numbers) == 15",),
    ),
    "a file that the student's code writes": Lean(
        "def save(text):\n    with open('out.txt', 'w') as f:\n        f.write(text)",
        "def save(text):\n    open('out.txt', 'w').close()",
        ("save('hello')\nwith open('out.txt') as f:\n    assert f.read() == 'hello'",),
    ),
    "a file that the test writes": Lean(
        "def lines(path):\n    return len(open(path).readlines())",
        "def lines(path):\n    return 3",
        ("with open('made.txt', 'w') as f:\n    f.write('a\\nb\\n')\nassert lines('made.txt') == 2",),
        other="from pathlib import Path\ndef lines(path):\n    return Path(path).read_text().count('\\n')",
    ),
    "a class of the test's": Lean(
        "def area(shape):\n    return shape.width * shape.height",
        "def area(shape):\n    return shape.width",
        ("class Box:\n    width, height = 2, 3\nassert area(Box()) == 6",),
        together=(0,),
    ),
    "a class of the student's": Lean(
        STACK.replace("HOW", "self.items.append(x)"),
        STACK.replace("HOW", "self.items = [x]"),
        (
            "s = Stack()\ns.push(1)\ns.push(2)\nassert s.pop() == 2 and s.pop() == 1 and isinstance(s, Stack)",
            "try:\n    Stack().pop()\nexcept EmptyStack:\n    pass\nelse:\n    assert False",
            "import unittest\nwith unittest.TestCase().assertRaises(EmptyStack):\n    Stack().pop()",
        ),
    ),
    "a name that a later cell of the student's reads": Lean(
        "def first():\n    return 1",
        "def first():\n    return 2",
        ("checked = first()\nassert checked == 1",),
    ),
    "time": Lean(
        "def quick():\n    return 1",
        "def quick():\n    return 2",
        ("import time\nstart = time.perf_counter()\nassert quick() == 1\nassert time.perf_counter() - start < 5",),
        together=(0,),
    ),
    "a mock": Lean(
        "def ask():\n    return int(input()) + 1",
        "def ask():\n    return int(input())",
        ("from unittest import mock\nwith mock.patch('builtins.input', return_value='4'):\n    assert ask() == 5",),
        together=(0,),
    ),
    "numbers, strings and containers": Lean(
        "def told(x):\n    return {'n': x, 'names': ['a', 'b'], 'pair': (x, x + 1), 'set': {x}}",
        "def told(x):\n    return {'n': x, 'names': ['a'], 'pair': (x, x + 1), 'set': {x}}",
        (
            "r = told(2)\nassert type(r) is dict and r['names'] == ['a', 'b'] and r['pair'] == (2, 3) and r['set'] == {2}\n"
            "assert isinstance(r['n'], int)",
        ),
    ),
    "partial credit": Lean(
        "def sign(x):\n    return (x > 0) - (x < 0)",
        "def sign(x):\n    return 1 if x > 0 else 0",
        ("got = sum(sign(x) == s for x, s in [(3, 1), (0, 0), (-2, -1), (-5, -1)])\nround(got / 4, 2)", "'sign of zero:', sign(0)"),
    ),
    "a generator and a closure": Lean(
        "def countdown(n):\n    while n:\n        yield n\n        n -= 1\ndef adder(k):\n    return lambda x: x + k",
        "def countdown(n):\n    return range(n)\ndef adder(k):\n    return lambda x: k",
        (
            "assert list(countdown(3)) == [3, 2, 1]\nassert adder(2)(5) == 7",
            "import types\nassert isinstance(countdown(2), types.GeneratorType)",
        ),
    ),
    "a callback": Lean(
        "def apply(f, xs):\n    return [f(x) for x in xs]",
        "def apply(f, xs):\n    return xs",
        ("seen = []\ndef f(x):\n    seen.append(x)\n    return x * x\nassert apply(f, [1, 2]) == [1, 4] and seen == [1, 2]",),
    ),
    "a helper in a plain cell": Lean(
        "def root(x):\n    return x ** 0.5",
        "def root(x):\n    return x / 2",
        ("assert near(root(9), 3)",),
        given=("def near(a, b):\n    return abs(a - b) < TOLERANCE\nTOLERANCE = 1e-6",),
    ),
    "text run as code": Lean(
        "def formula():\n    return '1 + 2'",
        "def formula():\n    return '1 + 3'",
        ("assert eval(formula()) == 3",),
        together=(0,),
    ),
    "torch": Lean(
        NET.replace("WIDTH", "1"),
        NET.replace("WIDTH", "2"),
        (
            "net = Net()\nassert isinstance(net, torch.nn.Module)\nassert net(torch.ones(4, 2)).shape == (4, 1)",
            "torch.manual_seed(0)\nnet = Net()\nout = net(torch.ones(1, 2))\ntorch.manual_seed(0)\nmine = torch.nn.Linear(2, 1)\n"
            "assert torch.allclose(out, mine(torch.ones(1, 2)))",
            "net = Net()\nassert sum(p.numel() for p in net.parameters()) == 3",
        ),
    ),
}


def cells() -> list[Cell]:
    made = [plain("import numpy as np\n%matplotlib inline")]
    for number, lean in enumerate(LEANS.values()):
        made += [plain(text) for text in lean.given]
        made.append(solution(f"p{number}", lean.right))
        made += [scored(f"p{number}-{n}", text, 1) for n, text in enumerate(lean.tests)]
        if lean is LEANS["a name that a later cell of the student's reads"]:
            made += [solution("reader", "def second():\n    return checked + 1"), scored("reader-0", "assert second() == 2", 1)]
    return made


@dataclass(frozen=True)
class Both:
    nbgrader: dict[tuple[str, str, str], courses.Score]
    ours: dict[tuple[str, str, str], courses.Score]
    results: dict[str, Graded]
    assignment: stock.Stock


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, slot: int) -> Both:
    root: Path = make_course(tmp_path_factory.mktemp("semantics") / "course", {"all": cells()}, files={"numbers.txt": b"1 2 4 8\n"})
    hand_in(root, "right", {})
    hand_in(root, "wrong", {f"p{n}": lean.wrong for n, lean in enumerate(LEANS.values())})
    hand_in(root, "other", {f"p{n}": lean.other or lean.right for n, lean in enumerate(LEANS.values())})
    ours, results, assignment = courses.by_us(root, slot=slot)
    return Both(courses.scores(courses.by_nbgrader(root)), courses.scores(ours), results, assignment)


@pytest.mark.parametrize("student", ["right", "wrong", "other"])
@pytest.mark.parametrize("case", LEANS)
def test_scores_are_those_of_nbgrader(both: Both, case: str, student: str) -> None:
    number = list(LEANS).index(case)
    names = [f"p{number}-{n}" for n in range(len(LEANS[case].tests))]
    assert [both.ours[student, "all", name] for name in names] == [both.nbgrader[student, "all", name] for name in names]


@pytest.mark.parametrize("student", ["right", "wrong", "other"])
def test_a_name_of_a_test_reaches_a_later_cell(both: Both, student: str) -> None:
    assert both.ours[student, "all", "reader-0"] == both.nbgrader[student, "all", "reader-0"]


@pytest.mark.parametrize("case", LEANS)
def test_a_test_runs_together_only_where_it_must(both: Both, case: str) -> None:
    number = list(LEANS).index(case)
    aside = [n for n in range(len(LEANS[case].tests)) if f"all/p{number}-{n}" in both.assignment.apart]
    assert tuple(aside) == LEANS[case].together


def test_results_say_which_tests_are_less_to_be_trusted(both: Both) -> None:
    told = {t.id for p in both.results["right"].problems for t in p.tests if not t.trusted}
    assert told == {name.removeprefix("all/") for name in both.assignment.apart}


@pytest.mark.parametrize("case", [case for case, lean in LEANS.items() if lean.needs])
def test_the_trial_turns_on_what_a_test_needs_and_no_more(both: Both, case: str) -> None:
    number = list(LEANS).index(case)
    (notebook,) = both.assignment.notebooks
    for n, needs in LEANS[case].needs.items():
        assert notebook.needs[f"p{number}-{n}"] == needs
