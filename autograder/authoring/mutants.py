"""The mistakes that every function is tried against, made from its reference: no author has to write them.

A *mutant* is the reference's own cell with a wrapper around the function that spoils one thing, so that what it shows is
that mistake and no other:

    const    zeros in place of every number
    swallow  an exception behind `except: pass`
    hard     right for the inputs of the visible tests, zeros for all others
    peek     looks for the answer in frames and in memory, finds none, returns zeros
    alias    changes its array arguments
    ravel    relies on C order
    global   draws from numpy's global generator
    f32      computes in single precision
    int      returns whole numbers for whole numbers

Which of them can be told from the reference depends on what the function is given and what it returns: `recorder` is the
reference with a notebook that writes it down while the visible tests run, `Seen` is what it wrote. `[mutants] skip` of
assignment.toml names the rest, such as `global` for a function that nobody can ask twice.
"""
from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .strict import Table

EMPTY_HANDED = ("const", "swallow", "peek")
"""Mutants that know nothing."""
HABITS = ("alias", "ravel", "global")
"""Mutants that only the test of habits has to notice."""
STANDARD = (*EMPTY_HANDED, "hard", *HABITS, "f32", "int")

_TOOLS = '''

def _digest(value):
    """A text that is the same for the same data, wherever it lies."""
    import hashlib
    import numpy as np
    if isinstance(value, (list, tuple)):
        return f"({','.join(map(_digest, value))})"
    if isinstance(value, dict):
        return "{" + ",".join(f"{key!r}:{_digest(value[key])}" for key in sorted(value, key=repr)) + "}"
    if hasattr(value, "detach"):
        value = np.asarray(value.detach().cpu())
    if isinstance(value, (np.ndarray, np.generic)):
        held = np.ascontiguousarray(value)
        return f"{held.dtype}{held.shape}{hashlib.sha256(held.tobytes()).hexdigest()}"
    if isinstance(value, np.random.Generator):
        return _digest(repr(value.bit_generator.state))
    if value is None or isinstance(value, (bool, int, float, complex, str, bytes)):
        return hashlib.sha256(repr(value).encode()).hexdigest()
    return str(type(value))


def _each(change, value):
    """`change` applied to every array, tensor and number in nested lists, tuples and dicts."""
    import numpy as np
    if isinstance(value, (list, tuple)):
        items = [_each(change, item) for item in value]
        return type(value)(*items) if hasattr(value, "_fields") else type(value)(items)
    if isinstance(value, dict):
        return {key: _each(change, item) for key, item in value.items()}
    numeric = isinstance(value, (bool, int, float, complex, np.ndarray, np.generic)) or hasattr(value, "detach")
    return change(value) if numeric else value


def _zero(value):
    import numpy as np
    if isinstance(value, np.ndarray):
        return np.zeros_like(value)
    return value.detach() * 0 if hasattr(value, "detach") else type(value)(0)


def _nothing_{name}(args, kwargs):
    """Zeros of the right shapes, and no exception that the statement asks for."""
    try:
        return _each(_zero, _reference_{name}(*args, **kwargs))
    except Exception:
        return None


def _arrays(values):
    """The arrays and tensors in the arguments of a call."""
    import numpy as np
    found = []
    _each(lambda a: found.append(a) if isinstance(a, np.ndarray) or hasattr(a, "detach") else a, values)
    return [a for a in found if a.ndim and 0 not in a.shape]


def _floating(a):
    return a.dtype.kind == "f" if hasattr(a.dtype, "kind") else a.dtype.is_floating_point


def _single(value):
    """As it is after a computation in single precision."""
    import numpy as np
    if isinstance(value, np.ndarray):
        small = {"f": np.float32, "c": np.complex64}.get(value.dtype.kind)
        return value if small is None else value.astype(small).astype(value.dtype)
    if hasattr(value, "detach"):
        return value.detach().float().to(value.dtype).requires_grad_(value.requires_grad) if value.is_floating_point() else value
    return type(value)(np.float32(value)) if isinstance(value, float) else value
'''

_WRAPPERS = {
    "const": "    return _nothing_{name}(args, kwargs)",
    "swallow": """    try:
        return _each(_zero, the_answer)
    except Exception:
        pass""",
    "hard": """    known = _digest((args, sorted(kwargs.items()))) in {known}
    return _reference_{name}(*args, **kwargs) if known else _nothing_{name}(args, kwargs)""",
    "peek": """    import gc
    import sys
    frame = sys._getframe()
    while frame is not None:
        for found in (frame.f_globals, frame.f_locals):
            for guess in ("reference", "expected", "answer", "{name}_reference"):
                if guess in found and not isinstance(found[guess], str):
                    return found[guess]
        frame = frame.f_back
    for item in gc.get_objects(generation=0):
        if type(item) is dict and "expected" in item:
            return item["expected"]
    return _nothing_{name}(args, kwargs)""",
    "alias": """    result = _reference_{name}(*args, **kwargs)
    for a in _arrays((args, kwargs)):
        if getattr(a, "requires_grad", False):
            a = a.detach()
        if not hasattr(a, "flags") or a.flags.writeable:
            a[...] = a + 1
    return result""",
    "ravel": """    for a in _arrays((args, kwargs)):
        if not (a.flags.c_contiguous if hasattr(a, "flags") else a.is_contiguous()):
            raise ValueError("a contiguous array is needed")
    return _reference_{name}(*args, **kwargs)""",
    "global": """    import numpy as np
    np.random.random()
    return _reference_{name}(*args, **kwargs)""",
    "f32": "    return _each(_single, _reference_{name}(*_each(_single, args), **_each(_single, kwargs)))",
    "int": """    result = _reference_{name}(*args, **kwargs)
    whole = any(not _floating(a) for a in _arrays((args, kwargs)))
    return _each(lambda a: a.astype(int).astype(a.dtype) if hasattr(a, "astype") else a, result) if whole else result""",
}

_RECORDER = '''
_seen_{name} = {"known": [], "arrays": False, "floats": False, "real": False, "returns": []}


def {name}(*args, **kwargs):
    """{name}, written down."""
    _seen_{name}["known"].append(_digest((args, sorted(kwargs.items()))))
    given = _arrays((args, kwargs))
    _seen_{name}["arrays"] = _seen_{name}["arrays"] or bool(given)
    _seen_{name}["floats"] = _seen_{name}["floats"] or any(map(_floating, given))
    _each(lambda a: _seen_{name}.update(real=_seen_{name}["real"] or isinstance(a, float)), (args, kwargs))
    result = _reference_{name}(*args, **kwargs)
    _each(lambda a: _seen_{name}["returns"].append(str(type(a)).split("'")[1].rpartition(".")[2]), result)
    return result
'''

MARK = "seen:"


@dataclass(frozen=True)
class Seen:
    """What a function was given and returned while the visible tests ran."""

    known: tuple[str, ...]      # its inputs
    arrays: bool                # whether an array was among them
    floats: bool                # whether an array of floating-point numbers was
    real: bool                  # whether a single one was
    returns: tuple[str, ...]    # types of the numbers in its results


def recorder(source: str, name: str) -> str:
    """The reference's cell, with a function in its place that writes down what it is given and what it returns."""
    return _wrapped(source, name, _RECORDER.replace("{name}", name))


def telling(names: Sequence[str]) -> str:
    """The cell that prints what these functions' recorders have seen."""
    return f"import json\nprint({MARK!r} + json.dumps({{{', '.join(f'{name!r}: _seen_{name}' for name in names)}}}))"


def seen(told: str) -> Mapping[str, Seen]:
    """What recorders printed: function -> what it has seen; nothing when nothing was printed."""
    for line in told.splitlines():
        if line.startswith(MARK):
            return {name: _seen(values) for name, values in json.loads(line.removeprefix(MARK)).items()}
    return {}


def _seen(values: Mapping[str, Any]) -> Seen:
    known, returns = (tuple(dict.fromkeys(values[key])) for key in ("known", "returns"))
    return Seen(known, values["arrays"], values["floats"], values["real"], returns)


def possible(there: Seen) -> tuple[str, ...]:
    """The standard mutants that can be told from a function."""
    numeric, inexact = bool(there.returns), bool({"ndarray", "Tensor", "float", "float64"} & set(there.returns))
    able = {
        "const": numeric,
        "swallow": True,
        "hard": numeric,
        "peek": numeric,
        "alias": there.arrays,
        "ravel": there.arrays,
        "global": True,
        "f32": inexact and (there.floats or there.real),
        "int": there.floats and "ndarray" in there.returns,
    }
    return tuple(kind for kind in STANDARD if able[kind])


def mutant(source: str, name: str, kind: str, there: Seen) -> str:
    """The reference's cell, with one standard mistake in its function."""
    body = _WRAPPERS[kind].replace("{known}", repr(set(there.known))).replace("{name}", name)
    return _wrapped(source, name, f"\n\ndef {name}(*args, **kwargs):\n{body}\n")


def _wrapped(source: str, name: str, wrapper: str) -> str:
    return f"{source.rstrip()}\n\n\n_reference_{name} = {name}\n{_TOOLS.replace('{name}', name)}{wrapper}"


def skipped(table: Table, solutions: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """The `[mutants]` table of assignment.toml: solution -> kinds that do not apply to it."""
    inner = table.table("skip")
    found = {name: inner.texts(name) for name in solutions if inner.has(name)}
    for name, kinds in found.items():
        for kind in kinds:
            if kind not in STANDARD:
                inner.fail(f'{name} names "{kind}"; the standard mutants are {", ".join(STANDARD)}')
    inner.close()
    table.close()
    return found
