"""Which library routines a solution may not use.

The rule is static: it reads the syntax tree of the student's code behind the function. Comments, strings and variables
that merely contain a forbidden word are fine; other names for a module or routine are followed through imports,
assignments, defaults and `getattr`. What hides from reading is itself forbidden: computed attribute names, `eval`, the
dunder attributes through which one reaches everything, a module handed around as a value. Code that is written to
deceive a reader can still get by: that is left to the sandbox and to people.

`observed` watches one call at run time: LAPACK behind numpy, the operators of torch. It runs in the student's process,
so it is evidence for a person and decides nothing alone.
"""
from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from . import seams
from .basic import copied, guarded, named
from .source import parsed
from .verdict import Verdict, checker, forbidden, ok, undecided, wrong

LINEAR_ALGEBRA = (
    "numpy.linalg", "numpy.roots", "numpy.polyfit", "numpy.poly", "numpy.poly1d", "numpy.polynomial", "numpy.matrix",
    "numpy.asmatrix", "numpy.bmat", "numpy.ma.polyfit", "scipy", "torch", "sympy",
)
"""For problems that build linear algebra: all that ends in LAPACK. A matrix has `.I`, a polynomial asks eigenvalues."""
NORM = ("numpy.linalg.norm",)
"""Allowed by default. Of a matrix its norm of order 2 is a singular value: a problem that minds says allow=()."""
PEEKING = (
    "os", "sys", "gc", "inspect", "importlib", "ctypes", "subprocess", "multiprocessing", "socket", "builtins",
    "pickle", "marshal", "shelve", "dill", "runpy", "code", "codeop", "linecache", "traceback", "dis", "signal",
    "pathlib", "shutil", "tempfile", "glob", "io", "fileinput", "mmap", "posix", "_thread", "__main__", "IPython",
    "ipykernel", "types.FunctionType", "types.CodeType", "types.FrameType", "operator.attrgetter",
    "operator.methodcaller", "numpy.load", "numpy.fromfile", "numpy.loadtxt", "numpy.genfromtxt", "numpy.memmap",
    "numpy.ctypeslib", "numpy.f2py", "numpy.core", "torch.load", "torch.utils.cpp_extension",
)
"""Never needed to solve a problem: the files, the process, the frames of the caller."""
LOOKOUTS = ("os", "sys", "gc", "inspect", "importlib", "ctypes", "subprocess", "builtins", "pickle", "socket")
"""Those of them that libraries carry along under their own names, such as torch.sys."""
HIDING = ("eval", "exec", "compile", "__import__", "globals", "locals", "vars", "open", "breakpoint", "get_ipython")
"""Built-in functions that hide what is used from a reader."""
ESCAPES = frozenset((
    "__globals__", "__builtins__", "__subclasses__", "__code__", "__dict__", "__closure__", "__mro__", "__base__",
    "__bases__", "__self__", "__func__", "__wrapped__", "__getattribute__", "__getattr__", "__loader__", "__spec__",
    "__reduce__", "__reduce_ex__", "__traceback__", "__import__", "tb_frame", "tb_next", "gi_frame", "gi_code",
    "cr_frame", "cr_code", "ag_frame", "ag_code", "f_globals", "f_locals", "f_back", "f_builtins", "f_code",
    "co_consts", "_umath_linalg", "_linalg", "_core", "_C", "_VF", "_os", "_sys",
))
"""Attributes through which one reaches everything. Ordinary special methods (`super().__init__()`) are fine."""
USUAL = {"np": "numpy", "torch": "torch", "nn": "torch.nn", "F": "torch.nn.functional", "scipy": "scipy",
         "sympy": "sympy"}
"""What a name stands for that is bound nowhere in the text: the setup cell gave it."""
NAMES = ("__builtins__", "__loader__", "__spec__", "__import__")
MAGIC = "a line for IPython (% or !)"
ROUNDS = 10
"""Other names for other names: more links than anybody writes."""


@checker
def forbid(function: Callable[..., Any], routines: Sequence[str] = (), *, allow: Sequence[str] = NORM,
           run: Sequence[Any] | None = None) -> Verdict:
    """The student's code behind `function` uses none of these modules or routines, under any name.

    routines  dotted names, such as "numpy.linalg" (with all inside) or "torch.svd"; with a leading dot a method of any
              object, such as ".svd". What looks around (files, processes, frames) is forbidden always.
    allow     exceptions inside of them
    run       arguments for one call that is watched beside the student's code: when it reaches LAPACK although no name
              says so, a person decides. Only for inputs on which an allowed routine does not end there as well.
    """
    name = named(function)
    source = seams.source_of(function)
    if not source:
        return forbidden(f"{name} should be a function that is written in this notebook, with def.")
    if parsed(source) is None:
        return wrong(f"The cell of {name} cannot be read by Python: it has a syntax error.")
    hits = find(source, routines, allow)
    if hits:
        line, used = hits[0]
        used = MAGIC if used.endswith("get_ipython") else used
        text = source.splitlines()[line - 1].strip()
        whose = "this problem rules out" if _asked(used, routines) else "no solution may use"
        return forbidden(f"{name} uses {used}, which {whose}: {text}", hits=hits)
    if run is not None:
        seen = guarded(name, lambda: seams.remote(observed)(function, copied(tuple(run)), {}))
        if banned := [item for item in seen if _under(item, routines)]:
            return undecided(f"{name} may use a routine that this problem rules out; a person will look.", seen=banned)
    return ok()


def find(source: str, routines: Sequence[str], allow: Sequence[str] = ()) -> list[tuple[int, str]]:
    """(line, name) of each forbidden use, in order of the lines.

    >>> find("from numpy import linalg as la" + chr(10) + "f = la.svd  # svd", LINEAR_ALGEBRA)
    [(1, 'numpy.linalg'), (2, 'numpy.linalg.svd')]
    >>> find("la = np.linalg; la.norm(x)", ["numpy.linalg"], NORM)
    []
    >>> find("svd = 'np.linalg.svd'", LINEAR_ALGEBRA)
    []
    """
    tree = parsed(source)
    if tree is None:
        raise ValueError("the source cannot be parsed")
    return sorted(set(_Reading(tree, routines, allow).hits()))


# ---------------------------------------------------------------- reading

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class _Scope:
    """One function, class or module: what it binds, and which modules or routines its names may stand for."""

    def __init__(self, parent: _Scope | None, node: ast.AST) -> None:
        self.parent, self.node = parent, node
        self.bound: set[str] = set()
        self.alias: dict[str, set[str]] = {}
        self.outer: dict[str, str] = {}             # declared "global" or "nonlocal"


class _Reading:
    """All uses of library names in one syntax tree.

    Names are looked up as Python does, scope by scope, so that a local variable called `open` is no file. A name may
    stand for several things: everything that is ever bound to it counts.
    """

    def __init__(self, tree: ast.Module, routines: Sequence[str], allow: Sequence[str]) -> None:
        self.routines, self.allow = tuple(routines), tuple(allow)
        self.methods = {rule[1:] for rule in routines if rule.startswith(".")}
        self.parents: dict[ast.AST, ast.AST] = {}
        self.scope: dict[ast.AST, _Scope] = {}
        self.bindings: list[tuple[_Scope, str, ast.AST | str]] = []     # a value, or a dotted name
        self.module = _Scope(None, tree)
        self._enter(tree, self.module)
        for _ in range(ROUNDS):
            before = self._size()
            for scope, name, value in self.bindings:
                home = self._home(scope, name) or self.module
                home.alias.setdefault(name, set()).update({value} if isinstance(value, str) else self.names(value))
            if self._size() == before:
                break

    def _size(self) -> int:
        return sum(len(found) for scope in set(self.scope.values()) for found in scope.alias.values())

    # -- scopes

    def _enter(self, node: ast.AST, scope: _Scope) -> None:
        self.scope[node] = scope
        inner = scope
        if isinstance(node, (*DEFINITIONS, *COMPREHENSIONS, ast.Lambda)):
            if isinstance(node, DEFINITIONS):
                scope.bound.add(node.name)
            inner = _Scope(scope, node)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            self._parameters(node.args, inner)
        for child in ast.iter_child_nodes(node):
            self.parents[child] = node
            outside = inner is not scope and self._outside(node, child)
            self._enter(child, scope if outside else inner)
        self._bind(node, inner)

    @staticmethod
    def _outside(node: ast.AST, child: ast.AST) -> bool:
        """Decorators, defaults and bases are read in the scope around the function or class."""
        return child in getattr(node, "decorator_list", ()) or child in getattr(node, "bases", ())

    def _parameters(self, args: ast.arguments, scope: _Scope) -> None:
        every = [*args.posonlyargs, *args.args]
        scope.bound.update(a.arg for a in [*every, *args.kwonlyargs, args.vararg, args.kwarg] if a is not None)
        pairs = [*zip(reversed(every), reversed(args.defaults), strict=False),
                 *zip(args.kwonlyargs, args.kw_defaults, strict=True)]
        self.bindings += [(scope, a.arg, value) for a, value in pairs if value is not None]

    def _bind(self, node: ast.AST, scope: _Scope) -> None:
        match node:
            case ast.Import():
                for item in node.names:
                    name = item.asname or item.name.split(".")[0]
                    scope.bound.add(name)
                    self.bindings.append((scope, name, item.name if item.asname else name))
            case ast.ImportFrom():
                words = {item.asname or item.name: item.name for item in node.names}
                if "*" in words:
                    module = sys.modules.get(node.module or "")
                    words = {word: word for word in getattr(module, "__all__", dir(module))}
                scope.bound.update(words)
                self.bindings += [(scope, word, f"{node.module}.{item}") for word, item in words.items()]
            case ast.Global():
                scope.outer.update(dict.fromkeys(node.names, "global"))
                self.module.bound.update(node.names)
            case ast.Nonlocal():
                scope.outer.update(dict.fromkeys(node.names, "nonlocal"))
            case ast.Assign():
                for target in node.targets:
                    self._assign(target, node.value, scope)
            case ast.AnnAssign() | ast.NamedExpr() if node.value is not None:
                self._assign(node.target, node.value, scope)
            case ast.For() | ast.AsyncFor() | ast.comprehension():
                self._assign(node.target, node.iter, scope)
            case ast.withitem() if node.optional_vars is not None:
                self._assign(node.optional_vars, node.context_expr, scope)
            case ast.Name() if isinstance(node.ctx, (ast.Store, ast.Del)):
                self._around(node, scope).bound.add(node.id)
            case ast.ExceptHandler() if node.name:
                scope.bound.add(node.name)

    def _around(self, target: ast.Name, scope: _Scope) -> _Scope:
        """The scope that a name is bound in: `:=` inside a comprehension binds outside of it."""
        while (isinstance(self.parents.get(target), ast.NamedExpr) and scope.parent is not None
               and isinstance(scope.node, COMPREHENSIONS)):
            scope = scope.parent
        return scope

    def _assign(self, target: ast.AST, value: ast.AST, scope: _Scope) -> None:
        if isinstance(target, ast.Name):
            self.bindings.append((self._around(target, scope), target.id, value))
        elif isinstance(target, (ast.Tuple, ast.List)):
            pairs = (zip(target.elts, value.elts, strict=False) if isinstance(value, (ast.Tuple, ast.List))
                     else ((t, value) for t in target.elts))
            for one, other in pairs:
                self._assign(one, other, scope)
        elif isinstance(target, ast.Starred):
            self._assign(target.value, value, scope)

    def _home(self, scope: _Scope, name: str) -> _Scope | None:
        """The scope in which a name lives that is used in this one, as Python looks it up; None when none binds it."""
        first: _Scope | None = scope
        while first is not None and name in first.outer:
            first = first.parent if first.outer[name] == "nonlocal" else self.module
        while first is not None:
            if name in first.bound and (first is scope or not isinstance(first.node, ast.ClassDef)):
                return first
            first = first.parent
        return None

    # -- names

    def names(self, node: ast.AST) -> set[str]:
        """The full names that an expression may stand for, such as numpy.linalg.svd; none if it starts at no module."""
        match node:
            case ast.Name():
                return self._look_up(node)
            case ast.Attribute():
                return {f"{base}.{node.attr}" for base in self.names(node.value)}
            case ast.Call() if "builtins.getattr" in self.names(node.func) and len(node.args) > 1:
                word = node.args[1]
                text = word.value if isinstance(word, ast.Constant) else None
                return {f"{base}.{text}" for base in self.names(node.args[0])} if isinstance(text, str) else set()
            case ast.IfExp():
                return self.names(node.body) | self.names(node.orelse)
            case ast.BoolOp():
                return set().union(*map(self.names, node.values))
            case ast.NamedExpr():
                return self.names(node.value)
        return set()

    def _look_up(self, node: ast.Name) -> set[str]:
        word, home = node.id, self._home(self.scope[node], node.id)
        found = set(home.alias.get(word, ())) if home is not None else set()
        local = home is not None and not isinstance(home.node, (ast.Module, ast.ClassDef))
        if not local and (hasattr(builtins, word) or word in HIDING):
            found.add(f"builtins.{word}")               # at the top it may not be bound yet, and then it is the built-in one
        if home is None and word in USUAL:
            found.add(USUAL[word])
        return found

    # -- uses

    def hits(self) -> Iterator[tuple[int, str]]:
        for node in self.scope:
            line = getattr(node, "lineno", 0)
            match node:
                case ast.Import():
                    yield from ((line, i.name) for i in node.names if self._ruled_out(i.name, whole=False))
                case ast.ImportFrom():
                    full = [f"{node.module}.{i.name}" if i.name != "*" else str(node.module) for i in node.names]
                    yield from ((line, name) for name in full if self._ruled_out(name, whole=False))
                case ast.Attribute() if isinstance(node.ctx, ast.Load):
                    known = self.names(node)
                    if node.attr in ESCAPES or (node.attr.startswith("_") and not _special(node.attr) and known):
                        yield line, node.attr
                    elif node.attr in self.methods and not any(_under(full, self.allow) for full in known):
                        yield line, f".{node.attr}"
                    yield from self._used(node, known)
                case ast.Name() if isinstance(node.ctx, ast.Load):
                    if node.id in NAMES:
                        yield line, node.id
                    yield from self._used(node, self._look_up(node))
                case ast.Call() if "builtins.getattr" in self.names(node.func) and len(node.args) > 1:
                    word = node.args[1].value if isinstance(node.args[1], ast.Constant) else None
                    if not isinstance(word, str):
                        yield line, "getattr with a computed name"
                    elif word in ESCAPES or (word.startswith("_") and not _special(word)):
                        yield line, word
                    else:
                        yield from self._used(node, self.names(node))

    def _used(self, node: ast.AST, known: set[str]) -> Iterator[tuple[int, str]]:
        line, above = getattr(node, "lineno", 0), self.parents.get(node)
        asked = isinstance(above, ast.Call) and "builtins.getattr" in self.names(above.func) and node in above.args[:1]
        named = self._renamed(node)
        for full in known:
            word = full.rpartition(".")[2]
            if full.startswith("builtins."):
                if word in HIDING:
                    yield line, word
                elif word == "getattr" and not (named or (isinstance(above, ast.Call) and node is above.func)):
                    yield line, "getattr as a value"
            elif full.count(".") and word in LOOKOUTS:
                yield line, full
            elif isinstance(above, ast.Attribute) or asked:
                continue                                    # the longer name decides
            elif self._ruled_out(full, whole=False):
                yield line, full
            elif not named and self._ruled_out(full, whole=True):
                yield line, f"{full} as a value"

    def _ruled_out(self, full: str, *, whole: bool) -> bool:
        """Whether a name is forbidden. A module that contains forbidden ones is when used as a `whole`."""
        inside = any(rule.startswith(full + ".") for rule in self.allow)
        if _under(full, (*self.routines, *PEEKING)):
            return not _under(full, self.allow) and (whole or not inside)
        return whole and full in sys.modules and any(rule.startswith(full + ".") for rule in self.routines)

    def _renamed(self, node: ast.AST) -> bool:
        """Whether this place gives another name that the reading follows: an assignment to names, a default."""
        above = self.parents.get(node)
        if isinstance(above, (ast.IfExp, ast.BoolOp, ast.Tuple)):
            return self._renamed(above)
        if isinstance(above, ast.Assign):
            return all(isinstance(t, ast.Name) or (isinstance(t, ast.Tuple) and isinstance(above.value, ast.Tuple)
                                                   and all(isinstance(e, ast.Name) for e in t.elts)) for t in
                                                   above.targets)
        if isinstance(above, (ast.AnnAssign, ast.NamedExpr)):
            return isinstance(above.target, ast.Name)
        return isinstance(above, ast.arguments)


def _asked(used: str, routines: Sequence[str]) -> bool:
    """Whether the problem itself rules it out, and not the general rule against looking around."""
    name = used.removesuffix(" as a value")
    return used in routines or _under(name, routines) or (name != used and any(r.startswith(name) for r in routines))


def _special(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def _under(full: str, rules: Sequence[str]) -> bool:
    return any(full == rule or full.startswith(rule + ".") for rule in rules)


# ---------------------------------------------------------------- beside the student's code; no secrets

def observed(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[str]:
    """What one call reaches at run time: "numpy.linalg.<gufunc>" for LAPACK behind numpy, "torch.<operator>" for torch.

    numpy looks its gufuncs up in one private module at call time, so a stand-in for that module sees every routine that
    was bound earlier under any name (`svd`, `eigh`, `pinv`, `lstsq`, `norm(., 2)`, `matrix_rank`, `roots`, `polyfit`).
    Not seen: a handle on the private module itself, which the static rule forbids. torch tells its dispatcher.
    """
    import contextlib

    import numpy.linalg as linalg

    seen: list[str] = []
    home: Any = getattr(linalg, "_linalg", None)
    real = getattr(home, "_umath_linalg", None)

    class Watched:
        def __getattr__(self, name: str) -> Any:
            seen.append(f"numpy.linalg.{name}")
            return getattr(real, name)

    watch: contextlib.AbstractContextManager[Any] = contextlib.nullcontext()
    if "torch" in sys.modules:
        from torch.utils._python_dispatch import TorchDispatchMode

        class Listed(TorchDispatchMode):  # type: ignore[no-untyped-call]
            def __torch_dispatch__(self, operator: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
                seen.append(f"torch.{str(operator).removeprefix('aten.').split('.')[0].lstrip('_')}")
                return operator(*args, **(kwargs or {}))

        watch = Listed()  # type: ignore[no-untyped-call]
    if real is not None:
        home._umath_linalg = Watched()
    try:
        with watch:
            function(*args, **kwargs)
    finally:
        if real is not None:
            home._umath_linalg = real
    return list(dict.fromkeys(seen))
