"""What a solution may not use is found under every name; what only looks like it is left alone."""
from __future__ import annotations

import doctest
import linecache
import types

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from autograder import checks
from autograder.checks import guard
from autograder.checks.guard import LINEAR_ALGEBRA, NORM, find, observed


def test_its_examples_run():
    result = doctest.testmod(guard)
    assert result.attempted > 0 and result.failed == 0


def used(text):
    return [name for _, name in find("import numpy as np\n" + text, LINEAR_ALGEBRA, NORM)]


@pytest.mark.parametrize(("text", "name"), [
    ("np.linalg.svd(A)", "numpy.linalg.svd"),
    ("import numpy\nnumpy.linalg.svd(A)", "numpy.linalg.svd"),
    ("import numpy.linalg as la\nla.qr(A)", "numpy.linalg.qr"),
    ("from numpy import linalg\nlinalg.svd(A)", "numpy.linalg.svd"),
    ("from numpy.linalg import svd as helper\nhelper(A)", "numpy.linalg.svd"),
    ("from numpy.linalg import *\nsvd(A)", "numpy.linalg.svd"),
    ("la = np.linalg\nla.svd(A)", "numpy.linalg.svd"),
    ("n = m = np\nm.linalg.svd(A)", "numpy.linalg.svd"),
    ("la, x = np.linalg, 1\nla.svd(A)", "numpy.linalg.svd"),
    ("la = np.linalg if A else None\nla.svd(A)", "numpy.linalg.svd"),
    ("la = None or np.linalg\nla.svd(A)", "numpy.linalg.svd"),
    ("(la := np.linalg).svd(A)", "numpy.linalg.svd"),
    ("[(la := np.linalg) for _ in x]\nla.svd(A)", "numpy.linalg.svd"),
    ("la: object = np.linalg\nla.svd(A)", "numpy.linalg.svd"),
    ("def f(A, la=np.linalg):\n    return la.svd(A)", "numpy.linalg.svd"),
    ("def f(A, *, la=np.linalg):\n    return la.svd(A)", "numpy.linalg.svd"),
    ("f = lambda A, la=np.linalg: la.svd(A)", "numpy.linalg.svd"),
    ("def f(A):\n    global la\n    la = np.linalg\ndef g(A):\n    return la.svd(A)", "numpy.linalg.svd"),
    ("a = np\nb = a\nc = b\nd = c\nd.linalg.svd(A)", "numpy.linalg.svd"),
    ("d = c\nc = b\nb = a\na = np\ndef f(A): return d.linalg.svd(A)", "numpy.linalg.svd"),
    ("getattr(np.linalg, 'svd')(A)", "numpy.linalg.svd"),
    ("getattr(getattr(np, 'linalg'), 'svd')(A)", "numpy.linalg.svd"),
    ("g = getattr\ng(np, 'linalg').svd(A)", "numpy.linalg.svd"),
    ("g = np.linalg.svd\ng(A)", "numpy.linalg.svd"),
    ("ops = {'a': np.linalg.svd}", "numpy.linalg.svd"),
    ("np.roots(p)", "numpy.roots"), ("np.polynomial.polynomial.polyroots(p)", "numpy.polynomial.polynomial.polyroots"),
    ("np.matrix(A).I", "numpy.matrix"), ("import torch\ntorch.linalg.svd(A)", "torch"), ("from torch import svd", "torch.svd"),
    ("import scipy.linalg", "scipy.linalg"), ("torch.svd(A)", "torch.svd"), ("F.conv2d(A)", "torch.nn.functional.conv2d"),
    ("def f():\n    import scipy", "scipy"), ("try:\n    import torch\nexcept ImportError:\n    pass", "torch"),
])
def test_a_routine_is_found_under_every_name(text, name):
    assert name in used(text)


@pytest.mark.parametrize("text", [
    "getattr(np.linalg, 's' + 'vd')(A)", "getattr(np, word)", "map(getattr, [np], ['linalg'])", "h = [getattr][0]",
    "def f(m): return m.linalg.svd(A)\nf(np)", "c.module = np", "[np][0].linalg.svd(A)", "(lambda: np)().linalg.svd(A)",
    "def f(): return np\nf().linalg.svd(A)", "for m in (np,):\n    m.linalg.svd(A)", "with np.linalg as la:\n    pass",
    "f(module=np)", "eval('np.linalg.svd(A)')", "e = eval\ne('1')", "exec('x')", "compile('x', '', 'eval')",
    "__import__('scipy')", "globals()['np']", "vars(np)", "locals()", "open('x')", "breakpoint()", "get_ipython()",
    "__builtins__", "__loader__.load_module('x')", "().__class__.__base__.__subclasses__()", "f.__globals__['np']",
    "f.__code__", "len.__self__.eval('1')", "np.__dict__['linalg']", "np.linalg._umath_linalg.svd(A)", "np._core",
    "x._umath_linalg", "object.__getattribute__(np, 'linalg')", "getattr(f, '__globals__')", "getattr(np, '_core')",
    "import sys", "import os.path", "from os import environ", "import gc", "import inspect", "import importlib", "import ctypes",
    "import subprocess", "import builtins", "import pickle", "import __main__", "from pathlib import Path", "import io",
    "import sys as math", "from types import FunctionType", "import operator\noperator.attrgetter('linalg.svd')(np)",
    "import warnings\nwarnings.sys.modules", "torch.os.environ", "np.load('x')", "np.fromfile('x')", "torch.load('x')",
    "def f():\n    yield\ng = f().gi_frame", "raise_.__traceback__.tb_frame.f_globals", "%run x.py", "!ls",
    "%timeit -n 3 np.linalg.svd(A)", "%timeit -n3 -r 1 -o eval('1')", "%timeit -n {eval('1')} np.sum(A)", "%timeit -x eval('1')",
])
def test_what_hides_or_looks_around_is_found(text):
    assert used(text)


@pytest.mark.parametrize("text", [
    "# np.linalg.svd(A)", "s = 'np.linalg.svd, eval, __globals__'", "'''import sys'''", "svd = 3\nsvd + 1", "def svd(A): return A\nsvd(A)",
    "np.linalg.norm(A)", "from numpy.linalg import norm\nnorm(A)", "from numpy import linalg\nlinalg.norm(A)",
    "import numpy.linalg as la\nla.norm(A)", "la = np.linalg\nla.norm(A)", "getattr(np.linalg, 'norm')(A)",
    "class Net:\n    def __init__(self):\n        super().__init__()\n        self._cache = {}\n    def look(self): return self._cache",
    "def f(input, vars, open, eval): return input + vars + open + eval", "x.__len__()", "type(x).__name__",
    "self.__class__.__name__", "x.__array_interface__", "def f(x, xp=np): return xp.sum(x)", "getattr(x, 'shape')",
    "getattr(x, 'shape', None)", "import math, time, itertools, functools, collections", "np.random.default_rng(0)", "x.T.dot(y)",
    "scipy_like = 1", "def f(torch): return torch", "print(x)", "g = np.sum\ng(x)", "x.linalg", "isinstance(x, np.ndarray)",
    "np.sum(x, dtype=np.float64)", "[np.sum(a) for a in x]", "opened = 1", "import scipy_like", "from __future__ import annotations",
    "x.code, x.io, x.os", "def f():\n    sys = 3\n    return sys", "np.multiply.outer(a, b)", "hasattr(x, 'svd')",
    "np.polyval(p, x)", "np.eye(3)[y]", "%timeit -n 3 np.sum(A)", "%timeit -n3 -r 1 -o f(A)", "%time f(A)",
])
def test_what_only_looks_like_it_is_left_alone(text):
    assert used(text) == []


def test_a_method_can_be_forbidden_on_any_object():
    assert find("y = A.svd()", [".svd"]) == [(1, ".svd")]
    assert find("svd = A.shape", [".svd"]) == []
    assert find("np.linalg.norm(A)", [".norm"], NORM) == []


def test_lines_are_those_of_the_text():
    text = "import numpy as np\n\n\ndef f(A):\n    # svd\n    return np.linalg.svd(A)"
    assert find(text, LINEAR_ALGEBRA) == [(6, "numpy.linalg.svd")]


def test_without_exceptions_the_module_itself_counts():
    assert find("from numpy import linalg", ["numpy.linalg"]) == [(1, "numpy.linalg")]
    assert find("x = numpy.linalg.norm(A)\nimport numpy", ["numpy.linalg"], allow=()) == [(1, "numpy.linalg.norm")]


NAMES = st.sampled_from(["a", "b", "la", "x", "helper"])
LINKS = st.lists(st.sampled_from(["{new} = {old}", "{new}: object = {old}", "({new} := {old})", "{new}, _ = {old}, 0"]),
                 min_size=1, max_size=6)


@given(LINKS, st.booleans())
def test_chains_of_names_are_followed(links, inside):
    lines, old = ["import numpy as np"], "np.linalg"
    for number, link in enumerate(links):
        lines.append(link.format(new=f"n{number}", old=old))
        old = f"n{number}"
    call = f"def f(A): return {old}.svd(A)" if inside else f"{old}.svd(A)"
    assert (len(lines) + 1, "numpy.linalg.svd") in find("\n".join([*lines, call]), LINEAR_ALGEBRA, NORM)


# ---------------------------------------------------------------- the checker

def written(text):
    """The function f of a notebook of one cell."""
    main, file = types.ModuleType("__main__"), f"<guard {hash(text)}>"
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    exec(compile(text, file, "exec"), main.__dict__)
    return main.f


def test_a_message_shows_the_line_and_the_rule():
    verdict = checks.forbid.verdict(written("import numpy as np\ndef f(A):\n    return np.linalg.svd(A)"), LINEAR_ALGEBRA)
    assert (verdict.status, verdict.score) == ("forbidden", 0.0)
    assert verdict.message == "f uses numpy.linalg.svd, which this problem rules out: return np.linalg.svd(A)"
    verdict = checks.forbid.verdict(written("import sys\ndef f(A):\n    return A"))
    assert verdict.message == "f uses sys, which no solution may use: import sys"


def test_a_solution_of_its_own_passes():
    checks.forbid(written("def f(A):\n    return A @ A"), LINEAR_ALGEBRA)


@pytest.mark.parametrize("function", [np.linalg.svd, len, np.add, 3], ids=["svd", "len", "add", "3"])
def test_what_was_not_written_in_the_notebook_is_forbidden(function):
    assert checks.forbid.verdict(function).status == "forbidden"


# ---------------------------------------------------------------- evidence at run time

svd = np.linalg.svd                                  # bound before anything is watched


@pytest.mark.parametrize(("function", "name"), [
    (lambda A: svd(A), "svd"), (lambda A: np.linalg.eigh(A @ A.T), "eigh"), (lambda A: np.linalg.pinv(A), "svd"),
    (lambda A: np.linalg.norm(A, 2), "svd"), (lambda A: np.roots(A[0]), "eig"), (lambda A: np.linalg.lstsq(A, A[:, 0]), "lstsq"),
])
def test_lapack_is_seen_under_any_name(function, name):
    seen = observed(function, (np.random.default_rng(0).normal(size=(4, 3)),), {})
    assert any(item.startswith("numpy.linalg.") and name in item for item in seen)


def test_torch_operators_are_seen():
    assert "torch.linalg_svd" in observed(torch.linalg.svdvals, (torch.eye(3),), {})


def test_array_code_leaves_no_trace_and_numpy_is_put_back():
    before = np.linalg._linalg._umath_linalg
    assert observed(lambda A: A.T @ A, (np.eye(3),), {}) == []
    with pytest.raises(ZeroDivisionError):
        observed(lambda A: 1 / 0, (np.eye(3),), {})
    assert np.linalg._linalg._umath_linalg is before


def test_evidence_alone_is_for_a_person(monkeypatch):
    f = written("def f(A):\n    return A.helper()")

    class Deceiving(np.ndarray):
        def helper(self):
            return np.linalg.svd(np.asarray(self))

        def __deepcopy__(self, memo):
            return self

    A = np.eye(3).view(Deceiving)
    assert checks.forbid.verdict(f, LINEAR_ALGEBRA).status == "ok"
    assert checks.forbid.verdict(f, LINEAR_ALGEBRA, run=[A]).status == "undecided"
    assert checks.forbid.verdict(written("def f(A):\n    return A.T"), LINEAR_ALGEBRA, run=[A]).status == "ok"
