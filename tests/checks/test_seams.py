"""Seeds, and the text behind a function: read from live objects in a notebook, from cells in the engine, with one meaning."""
from __future__ import annotations

import doctest
import linecache
import types

import numpy as np
import pytest

from autograder.checks import fresh_rng, remote, seams, source
from autograder.checks.guard import LINEAR_ALGEBRA, NORM, find
from autograder.checks.source import free_names, reachable, source_of


@pytest.mark.parametrize("module", [seams, source], ids=lambda m: m.__name__)
def test_its_examples_run(module):
    result = doctest.testmod(module)
    assert result.attempted > 0 and result.failed == 0


def test_a_check_draws_the_same_numbers_at_every_grading():
    assert fresh_rng("f-values").random() == fresh_rng("f-values").random()


@pytest.mark.parametrize(("key", "check"), [(b"other", "f-values"), (b"visible", "f-edges")])
def test_another_submission_or_check_draws_others(key, check):
    here = fresh_rng("f-values").random()
    token = seams.KEY.set(key)
    there = fresh_rng(check).random()
    seams.KEY.reset(token)
    assert here != there


def test_in_a_notebook_remote_changes_nothing():
    def helper(x):
        return x

    assert remote(helper) is helper


# ---------------------------------------------------------------- where an exception arose

def notebook(*cells):
    """A module called __main__ in which these cells were run, as in a kernel."""
    main = types.ModuleType("__main__")
    for number, text in enumerate(cells):
        file = f"<test notebook {id(main)} {number}>"
        linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
        exec(compile(text, file, "exec"), main.__dict__)
    return main


def test_the_students_lines_are_told_and_no_others():
    main = notebook("def f(x):\n    return g(x)\n", "def g(x):\n    return 1 / x\n")
    with pytest.raises(ZeroDivisionError) as caught:
        main.f(0)
    assert seams.student_lines(caught.value) == ("line 2, in f: return g(x)", "line 2, in g: return 1 / x")


def test_across_processes_the_lines_come_with_the_exception():
    error = ValueError("x")
    error.student_frames = [[3, "f", "    return A[5]"]]
    assert seams.student_lines(error) == ("line 3, in f: return A[5]",)


# ---------------------------------------------------------------- the text behind a function

SETUP = "import numpy as np\nimport torch\n"
LIVE_AND_TEXT = pytest.mark.parametrize("live", [True, False], ids=["live objects", "text"])


def source_behind(cells, live):
    """The text behind `f`, in one of the two ways."""
    if live:
        return source_of(notebook(SETUP, *cells).f)
    return reachable("f", cells, [SETUP])


@LIVE_AND_TEXT
@pytest.mark.parametrize("cells", [
    ["def f(A): return np.linalg.svd(A)"],
    ["def f(A): return h(A)", "def h(A): return np.linalg.svd(A)"],
    ["def h(A): return np.linalg.svd(A)", "def g(A): return h(A)", "def f(A): return g(A)"],
    ["from numpy.linalg import svd", "def f(A): return svd(A)"],
    ["la = np.linalg", "def f(A): return la.svd(A)"],
    ["g = np.linalg.svd", "def f(A): return g(A)"],
    ["ops = {'a': np.linalg.svd}", "def f(A): return ops['a'](A)"],
    ["ops = []\nops.append(np.linalg.svd)", "def f(A): return ops[0](A)"],
    ["import functools\ng = functools.partial(np.linalg.svd, full_matrices=False)", "def f(A): return g(A)"],
    ["class G:\n    def run(self, A):\n        return np.linalg.svd(A)", "def f(A): return G().run(A)"],
    ["class G:\n    def run(self, A):\n        return np.linalg.svd(A)\ng = G()", "def f(A): return g.run(A)"],
    ["def f(A, g=np.linalg.svd): return g(A)"],
    ["def f(A):\n    import torch\n    return torch.svd(A)"],
    ["def make():\n    g = np.linalg.svd\n    def f(A):\n        return g(A)\n    return f\nf = make()"],
], ids=range(14))
def test_a_helper_belongs_to_the_function_however_it_is_reached(cells, live):
    assert find(source_behind(cells, live), LINEAR_ALGEBRA, NORM)


@LIVE_AND_TEXT
@pytest.mark.parametrize("cells", [
    ["import torch", "def f(A): return A @ A"],
    ["def other(A): return np.linalg.svd(A)", "def f(A): return A @ A"],
    ["def f(A): return A @ A", "U = np.linalg.svd(f(np.eye(2)))"],
    ["def f(A): return np.sqrt(A)", "np.linalg.svd(np.eye(2))"],
    ["def f(A): return g(A)", "def g(A): return A", "x = g(torch.ones(2))"],
    ["# np.linalg.svd\ndef f(A):\n    '''not np.linalg.svd'''\n    return A"],
    ["torch_like = 3", "def f(A): return A * torch_like"],
    ["t = np.linalg.svd(np.eye(2))", "def f(A):\n    t = A.T\n    return t @ A"],
], ids=range(8))
def test_what_other_problems_use_does_not_belong_to_it(cells, live):
    assert find(source_behind(cells, live), LINEAR_ALGEBRA, NORM) == []


@LIVE_AND_TEXT
def test_the_functions_own_cell_comes_first_and_whole(live):
    cell = "x = 1   # kept as it is\n\ndef f(A):\n    return h(A)"
    text = source_behind([cell, "def h(A): return A"], live)
    assert text.startswith(cell) and "def h(A)" in text


def test_without_text_there_is_nothing_behind_a_function():
    assert source_of(np.sum) == source_of(len) == source_of(notebook("import numpy as np\nf = np.linalg.svd").f) == ""
    assert reachable("f", ["def g(A): return A"]) == ""


def test_every_cell_that_binds_the_name_counts_not_only_the_last():
    cells = ["def f(A): return np.linalg.svd(A)", "if False:\n    f = None"]
    assert find(reachable("f", cells), LINEAR_ALGEBRA, NORM)


def test_a_helper_of_ours_is_not_the_students_doing():
    text = reachable("f", ["def f(A): return forward(A)"], ["import torch", "def forward(A): return torch.svd(A)"])
    assert text == "def f(A): return forward(A)"


def test_lines_for_ipython_are_read():
    text = "%time x = 1\ndef f(A): return A"
    assert reachable("f", [text, "!ls"]) == text
    assert "get_ipython" not in {name for _, name in find(text, ())}
    assert "numpy.linalg.svd" in {name for _, name in find("import numpy as np\n%time x = np.linalg.svd(A)", ["numpy.linalg"])}
    assert "get_ipython" in {name for _, name in find("!ls", ())}


def test_a_cell_that_cannot_be_read_is_kept_if_the_function_stands_in_it():
    assert reachable("f", ["def f(A) return A", "def (:"]) == "def f(A) return A"


def test_a_star_import_counts_when_a_word_of_it_is_used():
    cells = ["from numpy.linalg import *", "def f(A): return svd(A)", "def g(A): return A"]
    assert find(reachable("f", cells), LINEAR_ALGEBRA, NORM)
    assert reachable("g", cells) == "def g(A): return A"


@pytest.mark.parametrize(("text", "names"), [
    ("def f(x): return x", set()), ("def f(x): return g(x)", {"g"}), ("y = 3\nprint(y)", {"y", "print"}),
    ("f = lambda t: t + s", {"s"}), ("[a for a in b]", {"b"}), ("class C(B):\n    x = z", {"B", "z"}), ("def (", set()),
])
def test_free_names_are_those_from_outside(text, names):
    assert free_names(text) == names
