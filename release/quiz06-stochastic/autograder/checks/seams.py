"""Where the grading engine takes hold of the checkers; here are the values used in a student's own notebook.

When grading, test cells run in one process and the student's code in another. Most calls cross by themselves: the test
cell holds a callable that stands for the student's function. What must happen *beside* the student's code (memory
sharing, strides, global random state, steps of the interpreter) goes through `remote`.

The engine sets `KEY` and `HIDDEN` for each test cell and replaces `remote`, `source_of` and `kind_of`, so every module of
this package calls them as `seams.remote(...)` and so on. A helper given to `remote` is a function at the top level of a
module of this package, which the other process imports, or one written in a test cell, which travels as text.
"""
from __future__ import annotations

import hashlib
import hmac
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TypeVar

import numpy as np

from .source import source_of

__all__ = ["HIDDEN", "KEY", "MEASURED", "fits", "fresh_rng", "kind_of", "remote", "source_of", "student_lines"]

F = TypeVar("F", bound=Callable[..., Any])

KEY: ContextVar[bytes] = ContextVar("KEY", default=b"visible")
"""Seed of all seeds. The engine sets HMAC(course secret, slug, submission); students have the word 'visible'."""

HIDDEN: ContextVar[bool] = ContextVar("HIDDEN", default=False)
"""Whether the running test cell has lines that students do not receive. Then no message shows a value or the text of an
exception: a solution can raise its arguments."""

MEASURED: ContextVar[list[float] | None] = ContextVar("MEASURED", default=None)
"""Where `fits` notes what was measured, relative to its limit. The engine sets a list for each test cell, so that a verification can
tell how far right solutions stay below a limit and wrong ones above it."""


def fits(value: Any, limit: float) -> bool:
    """Whether what was measured is within its limit; nan is not.

    >>> fits(0.5, 1.0), fits(2.0, 1.0), fits(float("nan"), 1.0)
    (True, False, False)
    """
    noted = MEASURED.get()
    if noted is not None and limit > 0:
        noted.append(max(float(value), 0.0) / float(limit))
    return bool(value <= limit)


def fresh_rng(check: str) -> np.random.Generator:
    """A generator for one check: the same at every re-grade, another for every submission.

    >>> bool(fresh_rng("a").random() == fresh_rng("a").random() != fresh_rng("b").random())
    True
    """
    digest = hmac.new(KEY.get(), check.encode(), hashlib.sha256).digest()
    return np.random.default_rng(int.from_bytes(digest, "big"))


def remote(helper: F) -> F:
    """Run this helper beside the student's code. It must hold no secret; what it returns is the student's claim."""
    return helper


def kind_of(value: Any) -> str:
    """The type of a value, for messages; of what stands for a student's object, that object's."""
    return type(value).__name__


def student_lines(error: BaseException) -> tuple[str, ...]:
    """The student's own lines behind an exception, outermost first, such as "line 3, in f: return x / 0".

    In a notebook they stand in the traceback. Across processes there is none: the engine puts (line, function, text) of
    each into an attribute `student_frames` of the exception.
    """
    told = getattr(error, "student_frames", None)
    if told is None:
        walk = traceback.walk_tb(error.__traceback__)
        frames = traceback.StackSummary.extract((f, n) for f, n in walk if f.f_globals.get("__name__") == "__main__")
        told = [(frame.lineno, frame.name, frame.line) for frame in frames if frame.name != "<module>"]
    return tuple(f"line {line}, in {name}: {str(text).strip()}" for line, name, text in told)
