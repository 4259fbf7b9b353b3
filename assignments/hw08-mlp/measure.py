"""Where the thresholds in assignment.toml come from: mean and sd over independent runs, of the reference and of others.

    OMP_NUM_THREADS=1 python assignments/hw08-mlp/measure.py [runs] [name of a quantity]

Prints what assignment.toml records. Runs the cells of this folder's notebook and of its bank in this process. Measure again
on the machine that grades, with one thread, before a term.
"""
from __future__ import annotations

import sys
import types
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from autograder.authoring import bank_case, load_assignment  # noqa: E402

ASSIGNMENT = load_assignment(HERE)


def world(answers: Mapping[str, str] = {}) -> types.SimpleNamespace:
    """What the notebook binds with these solution cells: setup, data, solutions and the grader's helpers."""
    space: dict[str, Any] = {"__name__": "measured"}
    for cell in ASSIGNMENT.notebook["cells"]:
        told = cell["metadata"].get("nbgrader")
        if told and cell["cell_type"] == "code" and not told.get("points"):
            exec(answers.get(told["grade_id"], cell["source"]), space)
    return types.SimpleNamespace(**space)


def changed(solution: str, *changes: tuple[str, str]) -> types.SimpleNamespace:
    """The reference with some texts in one solution cell replaced."""
    source = next(c["source"] for c in ASSIGNMENT.notebook["cells"]
                  if c["metadata"].get("nbgrader", {}).get("grade_id") == solution)
    for old, new in changes:
        if old not in source:
            raise SystemExit(f"{solution}: {old!r} is not in the reference any more")
        source = source.replace(old, new)
    return world({solution: source})


def from_bank(name: str) -> types.SimpleNamespace:
    """The reference with a case of the bank."""
    return world(bank_case(HERE / "bank" / f"{name}.py", ASSIGNMENT).cells)


# ---------------------------------------------------------------- one run of each quantity

def accuracy(w: types.SimpleNamespace, seed: int) -> float:
    rng = np.random.default_rng(seed)
    X, y, X_test, y_test = w.turned_data(rng)
    params, _ = w.train_mlp(X, y, 3, rng)
    return float(np.mean(w.forward(params, X_test).argmax(axis=1) == y_test))


def noise(w: types.SimpleNamespace, seed: int) -> float:
    rng = np.random.default_rng(seed)
    X, y, X_test, y_test = w.upright_data(rng)
    params, _ = w.train_mlp(X, rng.permutation(y), 3, rng)
    return float(np.mean(w.forward(params, X_test).argmax(axis=1) == y_test))


def signal(dist: str, scheme: str = "he") -> Callable[[types.SimpleNamespace, int], float]:
    def run(w: types.SimpleNamespace, seed: int) -> float:
        rng = np.random.default_rng(seed)
        H = rng.normal(size=(32, 128))
        start = np.mean(H**2)
        for W, _ in w.init_params([128] * 31, scheme, dist, rng):
            H = np.maximum(H @ W, 0)
        return float(np.log10(np.mean(H**2) / start))
    return run


def deep_cotangent(w: types.SimpleNamespace, seed: int) -> float:
    rng = np.random.default_rng(seed)
    x, c = rng.normal(size=(6, 5)), rng.normal(size=(6, 5))
    _, dx = w.resnet_backward(w.random_blocks(rng, 5, *[7] * 100, scale=0.1), x, c)
    return float(np.log10(np.linalg.norm(dx) / np.linalg.norm(c) + 1e-300))


def start_square(w: types.SimpleNamespace, seed: int) -> float:
    return float(w.variance_profile(1, 0.0, np.random.default_rng(seed))[0])


def loud_growth(w: types.SimpleNamespace, seed: int) -> float:
    return float(np.log2(w.variance_profile(12, 1.0, np.random.default_rng(seed))[-1]) / 12)


def calm_growth(w: types.SimpleNamespace, seed: int) -> float:
    q = w.variance_profile(50, 50**-0.5, np.random.default_rng(seed))
    return float(np.log(q[-1] / q[0]))


def drift_slope(w: types.SimpleNamespace, seed: int) -> float:
    rng = np.random.default_rng(seed)
    params, X = w.random_params(rng, 3, 4, 2), rng.normal(size=(9, 3))
    Y, rates = X @ rng.normal(size=(3, 2)), [1e-2, 1e-3, 1e-4]
    return float(np.polyfit(np.log(rates), np.log([w.gradient_flow_drift(params, X, Y, lr, 0.3) for lr in rates]), 1)[0])


Quantity = tuple[str, Callable[[], types.SimpleNamespace], Callable[[types.SimpleNamespace, int], float]]
PLAIN = ("k], 0.2, 0.9", "k], 0.3, 0.0"), ("range(120)", "range(200)"), ("// 100", "// 50")
QUANTITIES: dict[str, list[Quantity]] = {
    "accuracy": [
        ("reference", world, accuracy),
        ("plain_sgd", lambda: changed("train_mlp", *PLAIN), accuracy),
        ("torch_adam", lambda: from_bank("correct/train_torch_adam"), accuracy),
        ("two_hidden_layers_nesterov", lambda: from_bank("correct/train_nesterov_two_layers"), accuracy),
        ("never_shuffled", lambda: from_bank("correct/train_never_shuffled"), accuracy),
        ("five_epochs", lambda: changed("train_mlp", ("range(120)", "range(5)")), accuracy),
        ("no_biases", lambda: from_bank("wrong/train_no_bias"), accuracy),
        ("linear", lambda: changed("train_mlp", ("[X.shape[1], 64, k]", "[X.shape[1], k]")), accuracy),
    ],
    "noise": [
        ("reference", world, noise),
        ("torch_adam", lambda: from_bank("correct/train_torch_adam"), noise),
        ("two_hidden_layers_nesterov", lambda: from_bank("correct/train_nesterov_two_layers"), noise),
        ("stored_weights", lambda: from_bank("wrong/train_stored"), noise),
    ],
    "signal": [
        ("reference, normal", world, signal("normal")),
        ("reference, uniform", world, signal("uniform")),
        ("lecun", world, signal("normal", "lecun")),
    ],
    "deep_cotangent": [
        ("reference", world, deep_cotangent),
        ("no_skip", lambda: changed("resnet_backward", ("G = G + dz @ U.T", "G = dz @ U.T")), deep_cotangent),
    ],
    "start_square": [("reference", world, start_square)],
    "loud_growth": [
        ("reference", world, loud_growth),
        ("variance_1_over_d", lambda: changed("variance_profile", ("np.sqrt(2 / d)", "np.sqrt(1 / d)")), loud_growth),
        ("shared_block", lambda: from_bank("wrong/variance_profile_shared_block"), loud_growth),
    ],
    "calm_growth": [
        ("reference", world, calm_growth),
        ("variance_1_over_d", lambda: changed("variance_profile", ("np.sqrt(2 / d)", "np.sqrt(1 / d)")), calm_growth),
        ("shared_block", lambda: from_bank("wrong/variance_profile_shared_block"), calm_growth),
    ],
    "drift_slope": [("reference", world, drift_slope)],
}


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    wanted = sys.argv[2:] or list(QUANTITIES)
    for quantity in wanted:
        print(quantity)
        for label, make, one in QUANTITIES[quantity]:
            w = make()
            values = np.array([one(w, 1000 + run) for run in range(runs)])
            print(f"  {label:28} mean {values.mean():9.4f}  sd {values.std(ddof=1):8.4f}  min {values.min():9.4f}  "
                  f"max {values.max():9.4f}  runs {runs}", flush=True)


if __name__ == "__main__":
    main()
