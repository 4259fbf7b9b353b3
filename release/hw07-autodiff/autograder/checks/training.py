"""Training runs: what counts are the returned parameters, evaluated by us, on data that nobody has seen.

A training function has the signature `train(X, y, classes, rng, on_step=None) -> (params, history)`. It calls
`on_step(params, rows)` before every update; the *watch* behind that callback counts updates and example gradients and
keeps a few snapshots, at steps that nobody can know beforehand. From them the watch recomputes the history. So
neither a stored network, nor a network for other labels, nor a prettier curve gets through, and every honest
optimiser does.

What it cannot see: updates for which `on_step` is not called. They cost the student's time limit only.
"""
from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import seams
from .basic import ask, leaves
from .verdict import CheckFailed, Verdict, checker, ok, size, wrong

SPOTS = 16
"""Steps per run at which the history is recomputed, by reservoir sampling. A history that is false in a share q of its
steps passes with probability (1 - q)^16: 1.5e-5 for one half, 0 when all of it is invented."""
HISTORY_TOL = {"float64": 1e-9, "float32": 1e-4}
"""Relative to max(1, loss). The same sum in another order differs by about 1e-15, and 1e-6 for float32 scores of size
20; parameters that float32 holds exactly were trained in float32, also when they are handed over as float64."""
UNFIT = (AttributeError, IndexError, KeyError, RuntimeError, TypeError, ValueError)
"""What our forward pass and numpy raise for parameters of another form."""

Array = NDArray[Any]
Data = tuple[Array, Array, Array, Array]


@checker
def training(train: Callable[..., Any], make_data: Callable[[np.random.Generator], Data], *,
             forward: Callable[[Any, Array], Array], classes: int, rng: np.random.Generator, runs: int, at_least: float,
             max_params: int, max_examples: int) -> Verdict:
    """`train` learns: mean held-out accuracy over fresh runs, within both budgets, with a true history.

    train         (X (n, d), y (n,), classes, rng, on_step=...) -> (params, history), params nested lists of arrays
    make_data     rng -> X, y, X_test, y_test; new for every run
    forward       (params, X) -> scores (n, classes); ours: the student's own predictions count for nothing
    at_least      for the mean over `runs`; stands with its source (mean and sd of the reference) in assignment.toml
    max_params    numbers in params, all together
    max_examples  example gradients per run, as reported to on_step

    In every run the classes are renamed by a random permutation, in training and test labels alike: whoever learns
    follows, stored weights are right on 1 / classes of the points on average. False reject: at 6 sd of the mean of
    the reference's runs below 1e-8, and none for the history (rounding 1e-15 against 1e-9). False accept: the budget
    of wrong networks is the distance of `at_least` from the best network that has not learned, which stands beside it
    in assignment.toml.

    >>> def blobs(rng):
    ...     y = rng.integers(2, size=(2, 100))
    ...     X = rng.normal(size=(2, 100, 2)) + 6 * y[:, :, None]
    ...     return X[0], y[0], X[1], y[1]
    >>> scores = lambda params, X: X @ params[0] + params[1]
    >>> def train(X, y, k, rng, on_step=None):
    ...     W, b, history = 0.1 * rng.normal(size=(2, k)), np.zeros(k), []
    ...     for _ in range(100):
    ...         on_step([W, b], np.arange(len(y)))
    ...         P = np.exp(X @ W + b)
    ...         P /= P.sum(axis=1, keepdims=True)
    ...         history.append(-np.log(P[np.arange(len(y)), y]).mean())
    ...         W, b = W - 0.1 * X.T @ (P - np.eye(k)[y]) / len(y), b - 0.1 * (P - np.eye(k)[y]).mean(axis=0)
    ...     return [W, b], history
    >>> rules = dict(forward=scores, classes=2, runs=2, at_least=0.9, max_params=6, max_examples=10_000)
    >>> training(train, blobs, rng=np.random.default_rng(0), **rules)
    >>> rules["max_examples"] = 5_000
    >>> training.verdict(train, blobs, rng=np.random.default_rng(0), **rules).message
    'Training used 10000 example gradients; at most 5000 are allowed.'
    """
    accuracies = []
    for _ in range(runs):
        X, y, X_test, y_test = make_data(rng)
        renamed = rng.permutation(classes)
        params = _run(train, X, renamed[y], classes, forward, rng, max_params, max_examples)
        accuracies.append(_accuracy(_scores(forward, params, X_test, classes), renamed[y_test]))
    mean = float(np.mean(accuracies))
    if not mean >= at_least:
        told = min(round(mean, 1), math.ceil(round(10 * at_least, 6) - 1) / 10)    # rounded, and never up to what is asked
        asked = f"on {runs} fresh held-out sets" if runs > 1 else "on a fresh held-out set"
        return wrong(f"The mean accuracy {asked} is about {told:.0%}; {at_least:.0%} is asked. Does the loss "
                     "still fall at the end? Are the weights different at the start?", accuracies=accuracies)
    return ok(accuracies=accuracies)


@checker
def training_on_noise(train: Callable[..., Any], make_data: Callable[[np.random.Generator], Data], *,
                      forward: Callable[[Any, Array], Array], classes: int, rng: np.random.Generator, at_most: float,
                      max_params: int, max_examples: int) -> Verdict:
    """The canary: trained on shuffled labels, the network knows nothing about the true ones on held-out data.

    at_most  for one run; from measured runs, never from a binomial standard error: the errors of a network come in
             regions
             (three spirals: sd 0.080 measured, 0.012 binomial), so the limit belongs half-way to what stored weights
             reach

    Arguments as in `training`; the classes keep their names, as a stored network would have learned them. The budgets
    and the history are asked here as well.
    """
    X, y, X_test, y_test = make_data(rng)
    params = _run(train, X, rng.permutation(y), classes, forward, rng, max_params, max_examples)
    accuracy = _accuracy(_scores(forward, params, X_test, classes), y_test)
    if not seams.fits(accuracy, at_most):
        return wrong("Trained on shuffled labels, the network still knows the true ones. It should learn only "
                     "from X and y.", accuracy=accuracy)
    return ok(accuracy=accuracy)


@checker
def training_follows_rng(train: Callable[..., Any], make_data: Callable[[np.random.Generator], Data], *, classes: int,
                         rng: np.random.Generator) -> Verdict:
    """The same rng gives the same parameters, bit for bit, another rng gives others; on_step may be left out.

    Three runs on the data of one draw: let `make_data` be small. False reject: 0 with one thread, where a sum has one
    order.
    """
    X, y, _, _ = make_data(rng)
    seed = int(rng.integers(2**32))
    prints = []
    for number in (seed, seed, seed + 1):
        answer = ask(train, X, y, classes, np.random.default_rng(number))
        if not isinstance(answer, (tuple, list)) or len(answer) != 2:
            return wrong("The result should be two things: params, history.")
        prints.append(b"".join(np.asarray(part).tobytes() for _, part in leaves(answer[0])))
    first, again, other = prints
    if first != again:
        return wrong("Two runs with the same rng give different parameters. Draw every random number from rng.")
    if first == other:
        return wrong("Two runs with different rng give the same parameters. Draw the initial weights from rng.")
    return ok()


class Watch:
    """What happens during one run, seen through on_step: counts, a sample of snapshots, and the first thing that is
    odd."""

    def __init__(self, examples: int, rng: np.random.Generator) -> None:
        self.steps = self.examples = 0
        self.odd = ""
        self.spots: dict[int, tuple[int, Any, Array]] = {}
        self._available, self._rng = examples, rng

    def note(self, params: Any, rows: Any) -> None:
        """One call of on_step: parameters before an update, and the rows of its mini-batch. Never raises."""
        slot = self.steps if self.steps < SPOTS else int(self._rng.integers(self.steps + 1))
        try:
            indices = np.asarray(rows)
        except UNFIT:
            indices = np.zeros(0)
        if indices.ndim != 1 or indices.dtype.kind not in "iu" or indices.size == 0:
            self.odd = self.odd or "on_step should be given the indices of the mini-batch: a vector of integers."
        elif indices.min() < 0 or indices.max() >= self._available:
            self.odd = self.odd or "on_step was given an index of a row that does not exist."
        elif slot < SPOTS:
            try:
                self.spots[slot] = (self.steps, _frozen(params), indices.copy())
            except UNFIT:
                self.odd = self.odd or "on_step should be given the parameters: nested lists of numpy arrays."
        self.steps += 1
        self.examples += indices.size

    def false_entries(self, history: Array, X: Array, y: Array, forward: Callable[[Any, Array], Array],
                      classes: int) -> Iterator[tuple[int, float]]:
        """(step, difference) for each snapshot at which `history` does not hold."""
        for step, params, rows in self.spots.values():
            true = _cross_entropy(_scores(forward, params, X[rows], classes), y[rows])
            difference = abs(float(history[step]) - true)
            if not seams.fits(difference, HISTORY_TOL[_precision(params)] * max(1.0, abs(true))):
                yield step, difference


def _run(train: Callable[..., Any], X: Array, y: Array, classes: int, forward: Callable[[Any, Array], Array],
         rng: np.random.Generator, max_params: int, max_examples: int) -> Any:
    """One training run, watched; returns the parameters or raises `CheckFailed`.

    Student and watch get generators of their own, so that later data do not depend on how many steps somebody takes.
    """
    theirs, ours = (np.random.default_rng(int(seed)) for seed in rng.integers(2**63, size=2))
    watch = Watch(len(y), ours)

    def on_step(params: Any, rows: Any) -> None:            # a function: `ask` would copy a method's object
        watch.note(params, rows)

    answer = ask(train, X, y, classes, theirs, on_step=on_step)
    if refusal := _refusal(answer, watch, X, y, classes, forward, max_params, max_examples):
        raise CheckFailed(refusal)
    return _frozen(answer[0])


def _refusal(answer: Any, watch: Watch, X: Array, y: Array, classes: int, forward: Callable[[Any, Array], Array],
             max_params: int, max_examples: int) -> Verdict | None:
    if not isinstance(answer, (tuple, list)) or len(answer) != 2:
        return wrong("The result should be two things: params, history.")
    try:
        params, history = _frozen(answer[0]), np.asarray(answer[1], dtype=np.float64)
    except UNFIT:
        return wrong("params should be nested lists of numpy arrays, and history a list of numbers.")
    count = sum(part.size for _, part in leaves(params))
    if count > max_params:
        return wrong(f"The network has {count} parameters; at most {max_params} are allowed.")
    if not all(np.isfinite(part).all() for _, part in leaves(params)):
        return wrong("Some parameters are not finite numbers. A smaller learning rate may help.")
    if watch.examples > max_examples:
        return wrong(f"Training used {watch.examples} example gradients; at most {max_examples} are allowed.")
    if watch.odd:
        return wrong(watch.odd)
    if watch.steps == 0 or history.shape != (watch.steps,):
        return wrong(f"history should have one loss per update; it has {history.size}, and on_step was called "
                     f"{watch.steps} times.")
    if watch.steps > 1 and history.min() == history.max():
        return wrong("history is constant: record the loss of every mini-batch, before its update.")
    for step, difference in watch.false_entries(history, X, y, forward, classes):
        return wrong(f"history does not hold at a step that we looked at: the loss there differs by "
                     f"{size(difference)}. Each entry is the mean cross-entropy of the mini-batch before the update.",
                     step=step)
    return None


def _scores(forward: Callable[[Any, Array], Array], params: Any, X: Array, classes: int) -> Array:
    """Scores of our forward pass; `CheckFailed` when the parameters do not fit it."""
    try:
        scores = np.asarray(forward(params, X), dtype=np.float64)
    except UNFIT:
        message = "The parameters do not fit the forward pass of the notebook; look at their shapes."
        raise CheckFailed(wrong(message)) from None
    if scores.shape != (len(X), classes):
        raise CheckFailed(wrong(f"With your parameters the forward pass gives scores of shape {scores.shape}; one for "
                                f"each of {len(X)} points and {classes} classes is asked."))
    return scores


def _accuracy(scores: Array, y: Array) -> float:
    return float(np.mean(scores.argmax(axis=1) == y))


def _cross_entropy(scores: Array, y: Array) -> float:
    top = scores.max(axis=1, keepdims=True)
    log_total = np.log(np.exp(scores - top).sum(axis=1)) + top[:, 0]
    return float(np.mean(log_total - scores[np.arange(len(y)), y]))


def _frozen(params: Any) -> Any:
    """A copy of nested lists or tuples of arrays, as floating-point ndarrays; TypeError for anything else."""
    if isinstance(params, (list, tuple)):
        return [_frozen(part) for part in params]
    array = np.array(params, copy=True, subok=False)
    if array.dtype.kind != "f":
        raise TypeError("not floating-point numbers")
    return array


def _precision(params: Any) -> str:
    """The precision in which these parameters were computed: float32 when it holds all of them exactly."""
    with np.errstate(over="ignore"):
        exact = all(bool((part == part.astype(np.float32)).all()) for _, part in leaves(params))
    return "float32" if exact else "float64"
