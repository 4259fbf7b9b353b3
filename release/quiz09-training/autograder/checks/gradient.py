"""Gradients: against finite differences of a loss that the checker owns, and whether autograd computed them.

A gradient is checked block by block (each weight matrix, each bias), in random directions: a missing bias gradient is
lost in a norm over all parameters, and one wrong entry is seen in almost every direction.
"""
from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from . import seams
from .basic import copied, guarded, leaves, named, numbers
from .battery import distance
from .verdict import Verdict, checker, ok, size, undecided, wrong

TOL = 1e-5
"""Relative, per block. False rejects: correct code was at 1.5e-9 at worst over 1200 blocks of tanh and ReLU networks, a
margin of 6800. False accepts: for a relative error rho in a block, one direction accepts with probability about
sqrt(2 / pi) * TOL / rho, six with (0.8e-5 / rho)**6: 3e-13 at rho = 1e-3; measured, 60 of 60 are rejected at 1e-5."""
FLOOR = 1e-9
"""Absolute, times max(1, |loss|): fifty times the rounding eps |f| / h of the difference quotient at h = 1e-5."""
STEPS = (1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6)
"""Around the optimum (3 eps |f| / |f'''|)**(1/3) of truncation h**2 |f'''| / 6 against rounding eps |f| / h, which is
near 1e-5. A ladder and not one step, because a kink of a ReLU may lie within any single one."""
STABLE = 1e-7
"""Two neighbouring quotients that agree to this (relative to max(1, |slope|), plus FLOOR) have no kink between them."""
DIRECTIONS, TRIES = 6, 6
"""Directions per block; new directions for one that meets kinks. Undecided after that: 0 of 1200 blocks measured."""
FACTOR = 3.0
"""By which `through_autograd` scales what the backward pass carries."""
CHANGED = 1e-6
"""Relative change that a threefold backward pass must cause at least."""


@checker
def gradient(loss: Callable[[Any], float], params: Any, grads: Any, *, rng: np.random.Generator,
             names: Sequence[str] | None = None, tol: float = TOL, own: bool = False) -> Verdict:
    """`grads` is the gradient of `loss` at `params`, block by block.

    params  nested lists, tuples or dicts of float64 arrays or tensors (or one of them); `grads` has the same nesting
            and shapes
    loss    params -> float; the reference, never the student's own when points depend on it. For a function with
            several results: its product with a random cotangent, never its sum, which has gradient zero for a softmax
    names   one word per block for the message, such as W1, b1
    tol     relative to the size of the block's directional derivatives, the claimed and the true ones alike: from the
            claim alone, an all-zero claim would have nothing to be compared with

    own     the loss is the student's, as in a visible test: where finite differences decide nothing, the verdict is
            wrong; with a loss of ours it is undecided, which waits for a person and costs nothing

    Exactly at a kink (a ReLU with input 0) every quotient is the mean of both sides: keep such points out of the input.

    >>> x = np.array([1.0, 2.0])
    >>> gradient(lambda x: float(x @ x), x, 2 * x, rng=np.random.default_rng(0))
    >>> gradient.verdict(lambda x: float(x @ x), x, x, rng=np.random.default_rng(0)).status
    'wrong'
    """
    blocks, claims = list(leaves(params)), list(leaves(grads))
    if [place for place, _ in blocks] != [place for place, _ in claims]:
        return wrong("The gradients should be nested like the parameters, one for each, in the same order.")
    worst = 0.0
    for number, ((place, block), (_, told)) in enumerate(zip(blocks, claims, strict=True)):
        name = names[number] if names else f"params{place}"
        claim, shape = numbers(told), tuple(np.shape(numbers(block)))
        if claim.shape != shape:
            return wrong(f"The gradient of {name} should have shape {shape}; got {claim.shape}.")
        if claim.dtype.kind != "f" or not np.isfinite(claim).all():
            return wrong(f"The gradient of {name} should hold finite floating-point numbers.")
        if not claim.size:
            continue
        slopes, products, floor = [], [], FLOOR
        for _ in range(DIRECTIONS):
            found = _direction(loss, params, number, shape, rng)
            if found is None and own:
                return wrong(f"The loss has no slope with respect to {name}: it jumps, or changes from call to call.")
            if found is None:
                return undecided(f"Finite differences could not decide the gradient of {name}; a person will look.")
            u, slope, floor = found
            slopes.append(slope)
            products.append(float(np.sum(claim.astype(float) * u)))
        scale = max(float(np.sqrt(np.mean(np.square(slopes)))), float(np.sqrt(np.mean(np.square(products)))))
        error = float(np.abs(np.subtract(slopes, products)).max())
        if not seams.fits(error, tol * scale + floor):
            return wrong(f"The gradient of {name} disagrees with finite differences: the relative error is "
                         f"{size(error / scale)}, agreement would be below {tol:.0e}. Usual causes: a missing mean "
                         "over the batch, a sum over the wrong axis, a derivative taken at the wrong place.",
                         block=name, slopes=slopes, products=products)
        worst = max(worst, error / (scale or 1.0))
    return ok(blocks=len(blocks), worst=worst)


@checker
def through_autograd(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Verdict:
    """The result depends on a backward pass of torch: `backward`, `autograd.grad`, `torch.func.grad` and what uses
    them.

    One call runs beside the student's code with a backward pass that carries three times as much. A gradient taken by
    autograd follows; a formula does not, nor does one that only runs a backward pass and throws it away. Forward-mode
    differentiation does not count. What the other process reports is its claim: this is worth points of its own, no
    more.

    args   such that the gradient is not zero

    >>> import torch
    >>> through_autograd(torch.func.grad(lambda x: (x * x).sum()), torch.ones(3))
    >>> through_autograd.verdict(lambda x: 2 * x, torch.ones(3)).status
    'wrong'
    """
    name = named(function)
    plainly, scaled = guarded(name, lambda: seams.remote(with_scaled_backward)(function, FACTOR, copied(args),
    copied(kwargs)))
    if scaled is None and plainly is not None:
        return wrong(f"{name} fails when a backward pass carries three times as much, as in this test. A check of your own "
                     "gradient belongs into another cell.")
    change = distance(scaled, plainly)
    if not np.isfinite(change):
        return wrong(f"{name} should return finite numbers.")
    if not change > CHANGED:
        return wrong(f"{name} does not take its result from autograd. Build the function from a copy of the input that "
                     "requires a gradient, then call backward() or torch.autograd.grad.", change=change)
    return ok(change=change)


# ---------------------------------------------------------------- beside the student's code; no secrets

def with_scaled_backward(function: Callable[..., Any], factor: float, args: tuple[Any, ...],
                         kwargs: dict[str, Any]) -> tuple[Any, Any]:
    """Two results of `function`: as it is, and with the cotangents of every backward pass multiplied by `factor`; None for
    the second when only that raises.

    All ways into torch's engine look it up at call time under one name, so a stand-in there sees those bound earlier as
    well.
    """
    plainly = function(*copied(args), **copied(kwargs))
    torch: Any = sys.modules.get("torch")
    if torch is None:
        return plainly, plainly
    real = torch.autograd.Variable._execution_engine

    class Scaled:
        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        def run_backward(self, tensors: Any, cotangents: Any, *rest: Any, **more: Any) -> Any:
            scaled = tuple(None if c is None else factor * c for c in cotangents)
            return real.run_backward(tensors, scaled, *rest, **more)

    torch.autograd.Variable._execution_engine = Scaled()
    try:
        return plainly, function(*copied(args), **copied(kwargs))
    except Exception:
        return plainly, None
    finally:
        torch.autograd.Variable._execution_engine = real


# ---------------------------------------------------------------- finite differences

def _direction(loss: Callable[[Any], float], params: Any, number: int, shape: tuple[int, ...],
               rng: np.random.Generator) -> tuple[np.ndarray[Any, Any], float, float] | None:
    """(unit direction, slope along it, rounding floor), away from kinks; None when no direction is."""
    for _ in range(TRIES):
        u = np.asarray(rng.normal(size=shape))
        u = u / np.linalg.norm(u)
        slope, floor, certain = _slope(partial(_along, loss, params, number, u))
        if certain:
            return u, slope, floor
    return None


def _along(loss: Callable[[Any], float], params: Any, number: int, u: np.ndarray[Any, Any], h: float) -> float:
    return float(loss(_moved(params, number, h * u)))


def _slope(f: Callable[[float], float]) -> tuple[float, float, bool]:
    """Central differences on a ladder of steps: the most stable of them, the rounding floor, whether it is stable."""
    values = [(f(h), f(-h)) for h in STEPS]
    ladder = [(up - down) / (2 * h) for h, (up, down) in zip(STEPS, values, strict=True)]
    if not np.isfinite(ladder).all():
        return float("nan"), FLOOR, False
    floor = FLOOR * max(1.0, abs(values[-1][0]))
    gaps = np.abs(np.diff(ladder))
    best = int(np.argmin(gaps))
    slope = ladder[best + 1]
    return slope, floor, bool(gaps[best] <= STABLE * max(abs(slope), 1.0) + floor)


def _moved(params: Any, number: int, step: np.ndarray[Any, Any]) -> Any:
    """`params` with `step` added to its block of that number, counted as `leaves` does; nothing is changed in place."""
    places = [place for place, _ in leaves(params)]

    def rebuild(value: Any, place: str) -> Any:
        if isinstance(value, (list, tuple)):
            return type(value)(rebuild(item, f"{place}[{index}]") for index, item in enumerate(value))
        if isinstance(value, dict):
            return {key: rebuild(item, f"{place}[{key!r}]") for key, item in value.items()}
        if place != places[number]:
            return value
        if hasattr(value, "requires_grad"):
            torch: Any = sys.modules["torch"]
            return value.detach() + torch.as_tensor(step, dtype=value.dtype)
        return value + step

    return rebuild(params, "")
