"""Formulas as answers: read by a small grammar, decided by 60-digit arithmetic at random rational points.

Two formulas that agree to 25 digits at twelve random points are the same function: no form is asked for, and nothing is
simplified, so nothing can take long. Needs mpmath, which comes with sympy and so with torch.
"""
from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from . import seams
from .basic import plain
from .verdict import CheckFailed, Verdict, checker, ok, size, undecided, wrong

POINTS = 12
"""Two different polynomials of degree d agree at one random point with probability at most d / 1e6 (Schwartz-Zippel for
a million possible values), at twelve with (d / 1e6)**12: below 1e-50 for d = 50."""
GRID = 10**6
DIGITS, AGREE = 60, 1e-25
"""Digits of the arithmetic, and the difference that counts as none, relative to max(1, |value|): 35 may cancel."""
ODD = 4
"""At so many of the points a formula may have no real value (a removable singularity) and still be accepted."""
VALUE_TOL = 1e-12
"""For `formula_value`, whose expected value is a float."""
LONGEST = 500
LARGEST_POWER = 20
LARGEST_DECIMAL = 400
"""Powers of ten in a number: exact arithmetic writes them out."""
LARGEST_EXPONENT = 1e6
"""exp, sinh, tan, ... of more is treated as no value: reducing the argument would take memory without bound."""
FUNCTIONS: dict[str, tuple[str, int]] = {              # name -> (mpmath's name, arguments)
    **{name: (name, 1) for name in ("sqrt", "exp", "log", "log10", "sin", "cos", "tan", "sinh", "cosh", "tanh", "asin",
                                    "acos", "atan", "asinh", "acosh", "atanh", "sign", "erf")},
    "ln": ("log", 1), "arcsin": ("asin", 1), "arccos": ("acos", 1), "arctan": ("atan", 1), "arcsinh": ("asinh", 1),
    "arccosh": ("acosh", 1), "arctanh": ("atanh", 1), "abs": ("fabs", 1), "Abs": ("fabs", 1), "max": ("max", 2), "min":
    ("min", 2), "log2": ("log2", 1),
}
UNEVALUATED = ("Derivative", "Integral", "Limit", "Sum", "Product", "diff", "integrate", "limit", "summation", "sum",
               "lim", "int", "D", "argmin", "argmax", "solve")
"""What leaves the work to the reader."""
GREEK = {
    "\N{GREEK SMALL LETTER ALPHA}": "alpha", "\N{GREEK SMALL LETTER BETA}": "beta", "\N{GREEK SMALL LETTER GAMMA}":
    "gamma", "\N{GREEK SMALL LETTER DELTA}": "delta", "\N{GREEK SMALL LETTER EPSILON}": "epsilon",
    "\N{GREEK SMALL LETTER ETA}": "eta", "\N{GREEK SMALL LETTER THETA}": "theta", "\N{GREEK SMALL LETTER KAPPA}": "kappa",
    "\N{GREEK SMALL LETTER LAMDA}": "lambda", "\N{GREEK SMALL LETTER MU}": "mu", "\N{MICRO SIGN}": "mu",
    "\N{GREEK SMALL LETTER PI}": "pi", "\N{GREEK SMALL LETTER RHO}": "rho", "\N{GREEK SMALL LETTER SIGMA}": "sigma",
    "\N{GREEK SMALL LETTER TAU}": "tau", "\N{GREEK SMALL LETTER PHI}": "phi", "\N{GREEK SMALL LETTER OMEGA}": "omega",
}
POWERS = {"\N{SUPERSCRIPT TWO}": "**2", "\N{SUPERSCRIPT THREE}": "**3"}
RELATIONS = ("", "constant", "sign", "half or double")

Point = Mapping[str, Any]


@checker
def formula(text: str, reference: str, domain: Mapping[str, tuple[float, float]], *, rng: np.random.Generator,
            up_to: str = "", aliases: Mapping[str, str] | None = None) -> Verdict:
    """`text` and `reference` are the same function on the box `domain` (name -> open interval).

    up_to    what may differ: "constant" (of integration), "sign", "half or double"; the last two for a cell of its own
             that gives part of the points to a usual slip
    aliases  other spellings of a variable, such as {"lr": "eta"}; x_1 and x1, or eta and its Greek letter, are the same
             anyway

    A number is refused where the reference names a variable: it was computed for one case. Undecided only when the
    reference itself has no real value in the domain; where the answer has none, it is wrong.

    >>> at = {"t": (0, 3)}
    >>> formula.verdict("log(1 + exp(t))", "t + log(1 + exp(-t))", at, rng=np.random.default_rng(0)).status
    'ok'
    >>> formula.verdict("t*exp(t)", "2*t*exp(t)", at, rng=np.random.default_rng(0), up_to="half or double").status
    'ok'
    """
    if up_to not in RELATIONS:
        raise ValueError(f"up_to is one of {RELATIONS}, not {up_to!r}")
    claim, target = parse(text, tuple(domain), aliases), parse(reference, tuple(domain), aliases)
    if named(reference, tuple(domain), aliases) and not named(text, tuple(domain), aliases):
        return wrong(f"The answer is a number; a formula in {', '.join(domain)} is asked.")
    pairs, odd, unknown = [], 0, 0
    for _ in range(POINTS):
        at = {name: _between(low, high, rng) for name, (low, high) in domain.items()}
        got, want = claim(at), target(at)
        unknown += want is None
        odd += got is None and want is not None
        if got is not None and want is not None:
            pairs.append((got, want))
    if unknown > ODD:
        return undecided("The formula could not be compared at many points; a person will look at it.")
    if odd > ODD:
        return wrong("The formula has no real value at many points of the domain: a division by zero, or the root or "
                     "logarithm of a negative number.")
    if not any(_agree(pairs, factor, free=up_to == "constant") for factor in _factors(up_to)):
        return wrong("The formula is not the right function. Compare it with a finite difference, or with numbers, "
                     "at one point of your choice.", pairs=[(str(got), str(want)) for got, want in pairs[:2]])
    return ok()


@checker
def formulas(texts: Sequence[Any], references: Sequence[Any], domain: Mapping[str, tuple[float, float]], *,
             rng: np.random.Generator, transposed: bool = False, aliases: Mapping[str, str] | None = None) -> Verdict:
    """A vector or matrix of formulas: nested lists of texts, or of numbers, entry by entry the same functions.

    transposed  rows and columns may change places, where the question leaves the layout open; a row, a column and a
                flat list of as many entries are then the same

    >>> at = {"x": (0, 1), "y": (0, 1)}
    >>> formulas(["2*x", "1"], ["x + x", "1"], at, rng=np.random.default_rng(0))
    >>> formulas.verdict([["0", "x"], ["y", "0"]], [["0", "y"], ["x", "0"]], at, rng=np.random.default_rng(0)).message
    'The entry [0][1] is not the right function of x, y.'
    """
    want, got = _table(references), _table(plain(texts))
    if got is None or want is None:
        return wrong('The answer should be a list of formulas in quotes, such as ["2*x", "1"], or of such lists.')
    layouts = [got]
    if transposed and np.ndim(want) <= 2 and np.ndim(got) <= 2:
        flat = want.size in want.shape and got.size in got.shape
        layouts = [got.reshape(want.shape)] if flat and got.size == want.size else [got, got.T]
    layouts = [layout for layout in layouts if layout.shape == want.shape]
    if not layouts:
        return wrong(f"The answer should have the shape {want.shape}; got {got.shape}.")
    state, known, first = rng.bit_generator.state, ", ".join(domain), ""
    for layout in layouts:
        rng.bit_generator.state = state
        for place, reference in np.ndenumerate(want):
            verdict = formula.verdict(str(layout[place]), str(reference), domain, rng=rng, aliases=aliases)
            if verdict.status == "undecided":
                return verdict
            if verdict.status != "ok":
                where = "".join(f"[{index}]" for index in place)
                first = first or f"The entry {where} is not the right function of {known}."
                break
        else:
            return ok()
    return wrong(first)


@checker
def formula_value(text: str, at: Mapping[str, float], expected: float, *,
                  aliases: Mapping[str, str] | None = None) -> Verdict:
    """For visible tests: the formula can be read, and has this value at this point.

    >>> formula_value.verdict("t / 2", {"t": 1}, 0.25).message
    'At t = 1 the formula should be 0.25; yours gives 0.5.'
    """
    value = parse(text, tuple(at), aliases)({name: Fraction(number) for name, number in at.items()})
    where = ", ".join(f"{name} = {number}" for name, number in at.items())
    if value is None:
        return wrong(f"At {where} the formula has no real value.")
    error = abs(float(value) - expected)
    if not seams.fits(error, VALUE_TOL * max(1.0, abs(expected))):
        if seams.HIDDEN.get():
            return wrong(f"The formula is off by {size(error)} at a point that we tried.")
        return wrong(f"At {where} the formula should be {expected}; yours gives {float(value):.6g}.")
    return ok()


def parse(text: str, variables: Sequence[str], aliases: Mapping[str, str] | None = None) -> Callable[[Point], Any]:
    """A function from a point to the formula's value there, a 60-digit real number, or None where it has none.

    The grammar: + - * / **, numbers (decimals are exact), the variables, pi, e and the usual functions. Anything else
    is refused with a failed check that says what may be used; in particular names, attributes and brackets reach
    nothing.

    >>> float(parse("2*pi/(3 - x^2)", ["x"])({"x": 1})) == np.pi
    True
    """
    if not isinstance(text, str) or not text.strip():
        raise CheckFailed(wrong('The answer should be a formula in quotes, such as "exp(-t) / (1 + t)".'))
    try:
        if len(text) > LONGEST:
            raise ValueError(f"more than {LONGEST} characters")
        source = _spelled(text, variables, aliases or {})
        run = _read(ast.parse(source, mode="eval").body, source, {_bare(name): name for name in variables})
    except (ValueError, SyntaxError, RecursionError, MemoryError) as problem:
        why = str(problem.msg if isinstance(problem, SyntaxError) else problem)[:60]
        known = ", ".join((*variables, "numbers"))
        raise CheckFailed(wrong(f"The formula cannot be read ({why}). Use {known}, + - * / **, sqrt, exp, "
                                "log, sin, cos, ...; write every product with *.")) from None

    def value(at: Point) -> Any:
        import mpmath  # type: ignore[import-untyped]

        with mpmath.workdps(DIGITS):
            try:
                result = run({name: _number(number) for name, number in at.items()})
            except (ArithmeticError, ValueError):
                return None
            if isinstance(result, mpmath.mpc):
                if abs(result.imag) > AGREE * max(1, abs(result.real)):
                    return None
                result = result.real
            return result if mpmath.isfinite(result) else None

    return value


def named(text: str, variables: Sequence[str], aliases: Mapping[str, str] | None = None) -> set[str]:
    """Those of the variables that a formula names; it has been read before.

    >>> named("exp(-x_1) / 2", ["x1", "y"])
    {'x1'}
    """
    tree = ast.parse(_spelled(text, variables, aliases or {}), mode="eval")
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return {name for name in variables if _bare(name) in found}


# ---------------------------------------------------------------- details

def _table(texts: Any) -> np.ndarray[Any, Any] | None:
    """Nested lists of texts and numbers as an array of such; None for anything else, or for uneven lengths."""
    def shape(part: Any) -> tuple[int, ...] | None:
        if isinstance(part, str) or (isinstance(part, int | float) and not isinstance(part, bool)):
            return ()
        inner = [shape(item) for item in part] if isinstance(part, list | tuple) else []
        return (len(inner), *inner[0]) if inner and inner[0] is not None and len(set(inner)) == 1 else None

    if not shape(texts):
        return None
    table = np.empty(shape(texts) or (), dtype=object)
    for place in np.ndindex(table.shape):
        entry = texts
        for index in place:
            entry = entry[index]
        table[place] = entry
    return table


def _spelled(text: str, variables: Sequence[str], aliases: Mapping[str, str]) -> str:
    """The text in Python's spelling: ^ as a power, aliases and Greek letters replaced, subscripts and the libraries of
    functions (np.sqrt) left out."""
    text = text.strip().replace("^", "**").replace("\N{MINUS SIGN}", "-")
    text = re.sub("[\N{MULTIPLICATION SIGN}\N{MIDDLE DOT}]", "*", text)
    for sign, power in POWERS.items():
        text = text.replace(sign, power)
    text = re.sub(r"\b(?:np|numpy|math|sp|sympy|torch)\.(?=[A-Za-z])", "", text)
    for other, name in aliases.items():
        text = re.sub(rf"\b{re.escape(other)}\b", name, text)
    for letter, name in GREEK.items():
        text = text.replace(letter, name)
    text = re.sub(r"\blambda\b", _bare("lambda"), text)
    for name in sorted(variables, key=len, reverse=True):
        text = re.sub(rf"\b{'_?'.join(map(re.escape, _bare(name)))}\b", _bare(name), text)
    return text


def _bare(name: str) -> str:
    """A variable's name without underscores, and never Python's own word."""
    name = "".join(GREEK.get(letter, letter) for letter in name.replace("_", ""))
    return "lamda" if name == "lambda" else name


def _read(node: ast.AST, source: str, variables: Mapping[str, str]) -> Callable[[Point], Any]:
    """The evaluation of one node, as a function of the point."""
    def read(inner: ast.AST) -> Callable[[Point], Any]:
        return _read(inner, source, variables)

    match node:
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            digits = (ast.get_source_segment(source, node) or "").replace("_", "").lower()
            if abs(int(digits.partition("e")[2] or 0)) > LARGEST_DECIMAL:
                raise ValueError("a number out of range")
            return lambda at: _number(digits)
        case ast.Name(id=name) if name in variables:
            return lambda at: at[variables[name]]
        case ast.Name(id="pi" | "e" as name):
            return lambda at: +getattr(_mpmath(), name)
        case ast.UnaryOp(op=ast.USub()):
            inner = read(node.operand)
            return lambda at: -inner(at)
        case ast.UnaryOp(op=ast.UAdd()):
            return read(node.operand)
        case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div() | ast.Pow()):
            operation, left, right = OPERATIONS[type(node.op)], read(node.left), read(node.right)
            return lambda at: operation(left(at), right(at))
        case ast.Call(func=ast.Name(id=name)) if name in FUNCTIONS and not node.keywords:
            word, count = FUNCTIONS[name]
            if len(node.args) != count:
                raise ValueError(f"{name} takes {count} argument{'s' * (count > 1)}")
            arguments = [read(argument) for argument in node.args]
            return lambda at: _apply(word, *(argument(at) for argument in arguments))
        case ast.Call(func=ast.Name(id=name)) if name in UNEVALUATED and name not in variables:
            raise ValueError(f"{name} is still to be worked out")
        case ast.Name(id=name) | ast.Call(func=ast.Name(id=name)):
            raise ValueError(f"the name {name}")
        case ast.Tuple():
            raise ValueError("a comma; decimals have a point")
        case ast.Call():
            raise ValueError("a product without *")
    raise ValueError(type(node).__name__)


def _mpmath() -> Any:
    import mpmath

    return mpmath


def _number(value: str | int | float | Fraction) -> Any:
    exact = Fraction(value)
    return _mpmath().mpf(exact.numerator) / exact.denominator


def _power(base: Any, exponent: Any) -> Any:
    mpmath = _mpmath()
    if mpmath.isint(exponent) and abs(exponent) <= LARGEST_POWER:
        return base ** int(exponent.real)
    if base == 0:
        if mpmath.re(exponent) > 0:
            return mpmath.mpf(0)
        raise ZeroDivisionError
    return _apply("exp", exponent * mpmath.log(base))


def _apply(word: str, *arguments: Any) -> Any:
    mpmath = _mpmath()
    if word in ("max", "min"):
        if any(isinstance(a, mpmath.mpc) for a in arguments):
            raise ValueError
        return max(arguments) if word == "max" else min(arguments)
    if word not in ("log", "log2", "log10", "sqrt", "fabs", "sign") and abs(arguments[0]) > LARGEST_EXPONENT:
        raise OverflowError
    if word == "log2":
        return mpmath.log(arguments[0]) / mpmath.log(2)
    return getattr(mpmath, word)(*arguments)


OPERATIONS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: lambda a, b: a + b, ast.Sub: lambda a, b: a - b, ast.Mult: lambda a, b: a * b, ast.Div: lambda a, b: a / b,
    ast.Pow: _power,
}


def _between(low: float, high: float, rng: np.random.Generator) -> Fraction:
    """A random rational number strictly between the two."""
    share = Fraction(int(rng.integers(1, GRID)), GRID)
    return Fraction(low) + share * (Fraction(high) - Fraction(low))


def _factors(up_to: str) -> tuple[Fraction, ...]:
    return {"sign": (Fraction(1), Fraction(-1)), "half or double": (Fraction(1), Fraction(1, 2), Fraction(2))}.get(
        up_to, (Fraction(1),))


def _agree(pairs: list[tuple[Any, Any]], factor: Fraction, *, free: bool) -> bool:
    """got = factor * want at every point, or, if an added constant is `free`, up to the first difference."""
    mpmath = _mpmath()
    with mpmath.workdps(DIGITS):
        gaps = [(got - want * factor.numerator / factor.denominator, max(1, abs(want), abs(got))) for got, want in
        pairs]
        shift = gaps[0][0] if free and gaps else 0
        return bool(gaps) and all(abs(gap - shift) <= AGREE * scale for gap, scale in gaps)
