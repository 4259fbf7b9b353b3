"""Python text as a tree, for processes of several threads.

CPython counts how deep it is in making a tree in one place for all threads. Before 3.11.5, which Debian 12 is, a thread that begins a tree
while another is in the middle of one (the garbage collector ran there, and what it took away let the other thread go on) spoils that count,
and one of the two raises `SystemError: AST constructor recursion depth mismatch` (CPython's gh-106905). A batch reads every submission in
threads, so it met this once in many thousands. Hence one tree at a time; the tester and the student's process, which belong to one
submission, use `ast.parse` as it is.
"""

from __future__ import annotations

import ast
import warnings
from threading import RLock

_turn = RLock()  # a finalizer that reads text in the middle of a tree must not wait for itself


def parse(text: str, file: str = "<unknown>") -> ast.Module:
    """The tree of a module's text. Raises what `ast.parse` raises: SyntaxError, ValueError, RecursionError, MemoryError."""
    with _turn:
        return ast.parse(text, file)


def parse_strictly(text: str, file: str) -> ast.Module:
    """The same for text of ours: it also has to compile, and what Python only warns of is a SyntaxError."""
    with _turn, warnings.catch_warnings():  # which warnings are errors is one setting for all threads as well
        warnings.simplefilter("error", SyntaxWarning)
        tree = ast.parse(text, file)
        compile(tree, file, "exec", dont_inherit=True)
        return tree
