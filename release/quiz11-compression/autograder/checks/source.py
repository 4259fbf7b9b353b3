"""The text behind a student's function, as far as it can be reached from there.

What a solution may use is decided by reading it, so the question is what belongs to it. The answer here: the whole cell
in which it stands, and of the rest of the notebook every binding that can be reached from there by name. So a helper in
another cell is read as well, while `import torch` for one problem does not fail another one that forbids it.

There are two ways to ask. `source_of` follows live objects; it serves a student's own notebook, which remembers what
its cells bound but not which versions of them still stand. `reachable` reads text alone; it serves the grading engine,
which has the cells as handed in and cannot trust what the student's process says about its own code.
"""
from __future__ import annotations

import ast
import functools
import linecache
import re
import symtable
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

HARMLESS = re.compile(
    r"(?m)^(?P<indent>[ \t]*)(?:%%(?:time|timeit|capture)\b.*|%(?:matplotlib|config)\b.*"
    r"|%time(?:it)?(?:[ \t]+-[nrpqoctv](?:[ \t]*\d+)?)*[ \t]+(?P<rest>\w.*))$")
"""IPython lines that change nothing about what the code may use; what %time and %timeit stand before is read."""
READ = 1024
"""Texts of which is kept what was read: more than a notebook has statements."""


def source_of(function: Callable[..., Any]) -> str:
    """The student's code behind a function (or class): its whole cell, every function and class of the notebook that is
    reachable from it by name, and an import line for every library name that it finds elsewhere. Empty when the
    function was not written in the notebook with `def` or `class`.

    The engine replaces `seams.source_of`, through which the checkers ask, by a function that answers with `reachable`.
    """
    if not _written_here(function):
        return ""
    parts: dict[str, None] = {_cell_of(function): None}
    waiting: list[Any] = list(_mentioned(function, _cell_of(function)))
    seen: set[int] = {id(function)}
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, types.ModuleType):
            parts.setdefault(f"import {value.__name__} as {name}")
        elif _written_here(value):
            if id(value) not in seen:
                seen.add(id(value))
                text = _statement_of(value)
                parts.setdefault(text)
                waiting += _mentioned(value, text)
        elif isinstance(value, (list, tuple, set, frozenset, dict, functools.partial)) or _made_here(value):
            if id(value) not in seen:
                seen.add(id(value))
                waiting += ((name, item) for item in _inside(value))
        elif callable(value) and (module := getattr(value, "__module__", None)) not in (None, "__main__", "builtins"):
            parts.setdefault(f"from {module} import {getattr(value, '__name__', name)} as {name}")
    first, *others = parts
    return "\n".join([first, *sorted(others)])


def reachable(name: str, cells: Sequence[str], given: Sequence[str] = ()) -> str:
    """The same from text alone: every cell that binds `name`, then every top-level statement of the other cells that
    binds, or writes into, a name which is used there, and so on.

    cells   the student's cells in the notebook's order; one that cannot be read is taken only if `name` stands in it
    given   the instructor's cells, of which only imports and plain other names for them are followed: what a helper of
            ours uses is not the student's doing

    >>> print(reachable("f", ["def f(a): return g(a)", "import torch; g = h", "def h(a): return np.abs(a)"],
    ...                 ["import numpy as np, os"]))
    def f(a): return g(a)
    g = h
    def h(a):
        return np.abs(a)
    import numpy as np
    """
    read = {cell: _read(cell) for cell in (*cells, *given)}
    own = [c for c in cells if ((known := read[c]) and name in known.bound)
           or (known is None and re.search(rf"\b{re.escape(name)}\b", c))]
    modules = frozenset().union(*(known.modules for known in read.values() if known))
    parts = [part for cell in cells if (known := read[cell]) and cell not in own for part in known.parts]
    parts += [part for cell in given if (known := read[cell]) for part in known.parts if part.only_names]
    chosen = dict.fromkeys(own)
    wanted = sorted(set().union(*map(free_names, own)))
    seen = set(wanted)
    while wanted:
        word = wanted.pop(0)
        for part in parts:
            if part.text not in chosen and part.gives(word, modules):
                chosen[part.text] = None
                new = sorted(free_names(part.text) - seen)
                wanted += new
                seen.update(new)
    return "\n".join(chosen)


@functools.lru_cache(READ)
def free_names(source: str) -> frozenset[str]:
    """The names that a piece of code takes from outside all of its functions.

    >>> sorted(free_names("def f(t): s = t; return np.sum(s) + g"))
    ['g', 'np']
    """
    found: set[str] = set()
    tree = parsed(source)
    waiting = [symtable.symtable(ast.unparse(tree), "<cell>", "exec")] if tree is not None else []
    while waiting:
        table = waiting.pop()
        waiting += table.get_children()
        top = table.get_type() == "module"
        found.update(s.get_name() for s in table.get_symbols() if s.is_referenced() and (top or s.is_global()))
    return frozenset(found)


def parsed(text: str) -> ast.Module | None:
    """The syntax tree of a cell; None when it cannot be read. Of IPython's lines, those that only time or show what they
    stand before are read as that, settings of plots as nothing, others (`!ls`) as the calls that they stand for.

    >>> ast.unparse(parsed("%matplotlib inline" + chr(10) + "%time x = 1"))
    'x = 1'
    >>> ast.unparse(parsed("!ls"))
    "get_ipython().system('ls')"
    """
    text = HARMLESS.sub(lambda line: line["indent"] + (line["rest"] or ("pass" if line["indent"] else "")), text)
    try:
        return ast.parse(text)
    except (ValueError, RecursionError):
        return None
    except SyntaxError:
        try:
            from IPython.core.inputtransformer2 import TransformerManager

            transform = TransformerManager().transform_cell  # type: ignore[no-untyped-call]
            return ast.parse(transform(text))
        except (ImportError, SyntaxError, ValueError, RecursionError):
            return None


class _Part(NamedTuple):
    """A top-level statement of a cell; of an import of several names there is one part for each."""

    text: str
    bound: frozenset[str]       # names that it binds or writes into
    called: frozenset[str]      # names that it calls a method of, for its effect
    only_names: bool            # an import, or `la = np.linalg`

    def gives(self, word: str, modules: frozenset[str]) -> bool:
        """Whether what a name stands for may come from here. A routine of a module that is called for its effect changes
        nothing of ours: `np.linalg.svd(A)`, tried out in a cell of its own, belongs to no solution."""
        return (word in self.bound or (word in self.called and word not in modules)
                or ("*" in self.bound and _exported(self.text, word)))


class _Cell(NamedTuple):
    """What there is to know of a cell's text alone."""

    bound: frozenset[str]
    modules: frozenset[str]     # names that imports bind, at any depth
    parts: tuple[_Part, ...]


@functools.lru_cache(READ)
def _read(cell: str) -> _Cell | None:
    """None when it cannot be read. Kept, since every test of a problem asks again about the same cells."""
    tree = parsed(cell)
    if tree is None:
        return None
    modules = frozenset(item.asname or item.name.split(".")[0] for node in ast.walk(tree)
                        if isinstance(node, (ast.Import, ast.ImportFrom)) for item in node.names)
    return _Cell(_bound_names(tree), modules, tuple(part for statement in tree.body for part in _parts(statement)))


def _parts(statement: ast.stmt) -> Iterator[_Part]:
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        for item in statement.names:
            if isinstance(statement, ast.Import):
                one: ast.stmt = ast.Import(names=[item])
                bound = item.asname or item.name.split(".")[0]
            else:
                one = ast.ImportFrom(module=statement.module, names=[item], level=statement.level)
                bound = item.asname or item.name
            yield _Part(ast.unparse(one), frozenset({bound}), frozenset(), only_names=True)
    else:
        written, called = _written_into(statement)
        yield _Part(ast.unparse(statement), _bound_names(statement) | written, called, _only_names(statement))


def _bound_names(node: ast.AST) -> frozenset[str]:
    """The names of the notebook that running this code binds: not what its functions bind for themselves."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        item = waiting.pop()
        if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(item.name)
            if not isinstance(item, ast.ClassDef):
                found.update(n for inner in ast.walk(item) if isinstance(inner, ast.Global) for n in inner.names)
            waiting += item.decorator_list
            continue
        if isinstance(item, ast.Lambda):
            continue
        if isinstance(item, ast.Name) and isinstance(item.ctx, ast.Store):
            found.add(item.id)
        if isinstance(item, ast.alias):
            found.add(item.asname or item.name.split(".")[0])
        waiting += ast.iter_child_nodes(item)
    return frozenset(found)


def _written_into(node: ast.AST) -> tuple[frozenset[str], frozenset[str]]:
    """Names whose objects are changed at this place: `ops["svd"] = ...`, `net.f = ...`, `setattr(net, ...)`; and those
    that a method is called of, which may change them: `ops.append(...)`."""
    found: set[str] = set()
    called: set[str] = set()
    for item in ast.walk(node):
        if isinstance(item, (ast.Attribute, ast.Subscript)) and isinstance(item.ctx, ast.Store):
            found.update(_root(item))
        elif isinstance(item, ast.Expr) and isinstance(item.value, ast.Call):
            function = item.value.func
            if isinstance(function, ast.Attribute):
                called.update(_root(function))
            elif isinstance(function, ast.Name) and function.id == "setattr" and item.value.args:
                found.update(_root(item.value.args[0]))
    return frozenset(found), frozenset(called)


def _root(node: ast.AST) -> set[str]:
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return {node.id} if isinstance(node, ast.Name) else set()


def _only_names(statement: ast.stmt) -> bool:
    """`la = np.linalg`"""
    value = statement.value if isinstance(statement, ast.Assign) else None
    while isinstance(value, ast.Attribute):
        value = value.value
    return isinstance(value, ast.Name)


def _exported(text: str, word: str) -> bool:
    """Whether `from module import *` would bind this word, as far as the module is loaded."""
    node = ast.parse(text).body[0]
    module = sys.modules.get(node.module or "") if isinstance(node, ast.ImportFrom) else None
    return word in getattr(module, "__all__", dir(module)) if module is not None else False


def _code(value: Any) -> types.CodeType | None:
    """The code of a function, or of any method of a class."""
    if isinstance(value, type):
        for item in vars(value).values():
            item = getattr(item, "__func__", getattr(item, "fget", item))
            if isinstance(item, types.FunctionType) and item.__module__ == value.__module__:
                return item.__code__
        return None
    return getattr(value, "__code__", None)


def _written_here(value: Any) -> bool:
    if not isinstance(value, (types.FunctionType, type)) or getattr(value, "__module__", None) != "__main__":
        return False
    code = _code(value)
    return code is not None and bool(linecache.getlines(code.co_filename))


def _made_here(value: Any) -> bool:
    """An object of a class of the notebook, or a method bound to one."""
    return type(value).__module__ == "__main__" or isinstance(value, types.MethodType)


def _cell_of(value: Any) -> str:
    code = _code(value)
    return "".join(linecache.getlines(code.co_filename)) if code is not None else ""


def _statement_of(value: Any) -> str:
    """The top-level statement of its cell in which the code stands; the whole cell when that cannot be told."""
    code, cell = _code(value), _cell_of(value)
    tree = parsed(cell)
    if code is not None and tree is not None:
        for statement in tree.body:
            if statement.lineno <= code.co_firstlineno <= (statement.end_lineno or 0) or any(
                    d.lineno <= code.co_firstlineno <= (statement.end_lineno or 0)
                    for d in getattr(statement, "decorator_list", [])):
                return ast.unparse(statement)
    return cell


def _mentioned(value: Any, text: str) -> Iterator[tuple[str, Any]]:
    """What a function or class can get at: the globals that its text names, what it closed over, its defaults."""
    functions = [value] if isinstance(value, types.FunctionType) else [
        item for item in map(_unbound, vars(value).values()) if isinstance(item, types.FunctionType)]
    if isinstance(value, type):
        yield from ((base.__name__, base) for base in value.__bases__)
        yield from ((name, item) for name, item in vars(value).items() if not name.startswith("__"))
    for function in functions:
        scope = function.__globals__
        if parsed(text) is not None:
            yield from ((name, scope[name]) for name in sorted(free_names(text)) if name in scope)
        for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=False):
            try:
                yield name, cell.cell_contents
            except ValueError:                      # not bound yet
                continue
        yield from (("default", item) for item in (function.__defaults__ or ()))
        yield from (("default", item) for item in (function.__kwdefaults__ or {}).values())


def _unbound(value: Any) -> Any:
    return getattr(value, "__func__", getattr(value, "fget", value))


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, functools.partial):
        return [value.func, *value.args, *value.keywords.values()]
    if isinstance(value, types.MethodType):
        return [value.__func__, value.__self__]
    if isinstance(value, (list, tuple, set, frozenset)):
        return [item for item in value if callable(item) or isinstance(item, (types.ModuleType, list, tuple, dict))]
    return [type(value), *getattr(value, "__dict__", {}).values()]
