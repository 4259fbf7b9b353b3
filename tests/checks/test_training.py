"""Training runs: any honest way of learning passes; stored, invented and overfed results do not."""
from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from autograder.checks.training import SPOTS, Watch, training, training_follows_rng, training_on_noise

RULES = {"classes": 3, "max_params": 40, "max_examples": 30_000}
CENTRES = np.array([[4.0, 0.0], [-2.0, 3.5], [-2.0, -3.5]])


def blobs(rng):
    """Three blobs, turned at random: X (120, 2), y, X_test (300, 2), y_test."""
    turn = rng.uniform(0, 2 * np.pi)
    centres = CENTRES @ np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    y = rng.integers(3, size=420)
    X = centres[y] + rng.normal(size=(420, 2))
    return X[:120], y[:120], X[120:], y[120:]


def upright(rng):
    y = rng.integers(3, size=420)
    X = CENTRES[y] + rng.normal(size=(420, 2))
    return X[:120], y[:120], X[120:], y[120:]


def forward(params, X):
    (W, b), = params
    return X @ W + b


def slope(W, b, X, y):
    Z = X @ W + b
    Z = Z - Z.max(axis=1, keepdims=True)
    P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    loss = -np.log(P[np.arange(len(y)), y]).mean()
    P[np.arange(len(y)), y] -= 1
    return loss, X.T @ P / len(y), P.mean(axis=0)


def honest(X, y, k, rng, on_step=None, *, steps=120, batch=40, dtype=np.float64, learn=True, scale=0.1):
    """Softmax regression by mini-batches."""
    W, b = (scale * rng.normal(size=(2, k))).astype(dtype), np.zeros(k, dtype)
    history = []
    for _ in range(steps):
        rows = rng.choice(len(y), size=batch, replace=False)
        if on_step is not None:
            on_step([(W, b)], rows)
        loss, dW, db = slope(W, b, X[rows].astype(dtype), y[rows])
        history.append(loss)
        if learn:
            W, b = W - dtype(0.5) * dW, b - dtype(0.5) * db
    return [(W, b)], history


def learned(train, seed=0, data=blobs, **changes):
    rules = RULES | {"runs": 2, "at_least": 0.9, "forward": forward} | changes
    return training.verdict(train, data, rng=np.random.default_rng(seed), **rules)


def noise(train, seed):
    rng = np.random.default_rng(seed)
    return training_on_noise.verdict(train, upright, forward=forward, at_most=0.95, rng=rng, **RULES)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("train", [
    honest, partial(honest, batch=120), partial(honest, dtype=np.float32), partial(honest, scale=1.0)])
def test_honest_training_passes(train, seed):
    assert learned(train, seed).status == "ok"
    assert noise(train, seed).status == "ok"
    assert training_follows_rng.verdict(train, blobs, classes=3, rng=np.random.default_rng(seed)).status == "ok"


def test_float32_parameters_handed_over_as_float64_are_held_to_float32():
    def train(X, y, k, rng, on_step=None):
        wide = lambda params: [(W.astype(np.float64), b.astype(np.float64)) for W, b in params]  # noqa: E731
        params, history = honest(X, y, k, rng, lambda p, rows: on_step(wide(p), rows), dtype=np.float32)
        return wide(params), history

    assert learned(train).status == "ok"


def faked(change):
    """Honest training whose answer is changed afterwards."""
    def train(X, y, k, rng, on_step=None):
        params, history = honest(X, y, k, rng, on_step)
        return change(params, history)
    return train


def nothing_reported(X, y, k, rng, on_step=None):
    return honest(X, y, k, rng)


def odd_rows(rows):
    def train(X, y, k, rng, on_step=None):
        return honest(X, y, k, rng, lambda params, _: on_step(params, rows))
    return train


def odd_params(X, y, k, rng, on_step=None):
    return honest(X, y, k, rng, lambda params, rows: on_step({"W": params}, rows))


WRONG = {
    "an invented history": (faked(lambda p, h: (p, list(np.geomspace(1, 0.01, len(h))))), "does not hold"),
    "half of it smoothed": (faked(lambda p, h: (p, [min(h)] * (len(h) // 2) + h[len(h) // 2:])), "does not hold"),
    "losses after the update": (faked(lambda p, h: (p, h[1:] + h[-1:])), "does not hold"),
    "a constant history": (faked(lambda p, h: (p, [0.5] * len(h))), "constant"),
    "one loss too few": (faked(lambda p, h: (p, h[:-1])), "one loss per update"),
    "words as history": (faked(lambda p, h: (p, ["low"] * len(h))), "list of numbers"),
    "no history": (faked(lambda p, h: p), "two things|list of numbers"),
    "parameters of another form": (faked(lambda p, h: ({"W": p}, h)), "nested lists"),
    "parameters of another shape": (faked(lambda p, h: ([(p[0][0].T.copy(), p[0][1])], h)), "do not fit"),
    "too many parameters": (faked(lambda p, h: ([*p, np.zeros(32)], h)), "at most 40"),
    "nan": (faked(lambda p, h: ([(p[0][0] * np.nan, p[0][1])], h)), "finite"),
    "too many gradients": (partial(honest, steps=300, batch=120), "at most 30000"),
    "on_step never called": (nothing_reported, "called 0 times"),
    "a mask for rows": (odd_rows(np.ones(120, dtype=bool)), "vector of integers"),
    "rows that do not exist": (odd_rows(np.array([500])), "does not exist"),
    "odd parameters on the way": (odd_params, "nested lists"),
    "nothing learned": (partial(honest, learn=False), "asked"),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_each_way_around_is_refused_with_its_own_sentence(mistake):
    train, words = WRONG[mistake]
    verdict = learned(train)
    assert verdict.status == "wrong"
    assert any(word in verdict.message for word in words.split("|")), verdict.message


def stored(X, y, k, rng, on_step=None):
    """Plays back weights that were trained elsewhere; the history is true."""
    train_X, train_y, _, _ = upright(np.random.default_rng(99))
    params, _ = honest(train_X, train_y, k, np.random.default_rng(1))
    rows = rng.permutation(len(y))[:40]
    on_step(params, rows)
    return params, [slope(*params[0], X[rows], y[rows])[0]]


@pytest.mark.parametrize("seed", range(5))
def test_stored_parameters_are_refused_even_on_the_data_they_were_made_for(seed):
    assert np.mean(forward(stored(*upright(np.random.default_rng(5))[:2], 3, np.random.default_rng(0),
                                  lambda params, rows: None)[0], CENTRES).argmax(axis=1) == [0, 1, 2]) == 1
    assert learned(stored, seed, runs=3).status == "wrong"
    assert "still knows" in noise(stored, seed).message


@pytest.mark.parametrize("seed", range(5))
def test_training_on_other_labels_is_refused_because_the_classes_are_renamed(seed):
    def sorted_by_angle(X, y, k, rng, on_step=None):        # finds the blobs, but not which label is whose
        guessed = np.argmin(((X[:, None] - CENTRES) ** 2).sum(axis=2), axis=1)
        params, _ = honest(X, guessed, k, rng)
        rows = np.arange(40)
        on_step(params, rows)
        return params, [slope(*params[0], X[rows], y[rows])[0]]

    assert learned(sorted_by_angle, seed, data=upright, runs=3).status == "wrong"


def test_global_or_fixed_randomness_is_refused():
    def global_state(X, y, k, rng, on_step=None):
        return honest(X, y, k, np.random.default_rng(np.random.randint(2**31)), on_step)

    def always_the_same(X, y, k, rng, on_step=None):
        return honest(X, y, k, np.random.default_rng(3), on_step)

    rng = np.random.default_rng(0)
    assert "same rng" in training_follows_rng.verdict(global_state, blobs, classes=3, rng=rng).message
    assert "different rng" in training_follows_rng.verdict(always_the_same, blobs, classes=3, rng=rng).message


def test_later_data_do_not_depend_on_the_number_of_steps():
    def firsts(steps):
        seen = []

        def data(rng):
            seen.append(blobs(rng))
            return seen[-1]

        learned(partial(honest, steps=steps), data=data, at_least=0.0)
        return seen[1][0].tobytes()

    assert firsts(100) == firsts(130)


def test_snapshots_fall_on_early_and_late_steps_alike():
    steps = []
    for seed in range(60):
        watch = Watch(10, np.random.default_rng(seed))
        for _ in range(400):
            watch.note([(np.ones((2, 3)), np.ones(3))], np.arange(5))
        assert (watch.steps, watch.examples, len(watch.spots)) == (400, 2000, SPOTS)
        steps += [step for step, _, _ in watch.spots.values()]
    assert np.mean(steps) == pytest.approx(199.5, abs=6 * 400 / np.sqrt(12 * len(steps)))


def test_a_snapshot_is_a_copy():
    watch, W = Watch(10, np.random.default_rng(0)), np.ones((2, 3))
    watch.note([(W, np.ones(3))], np.arange(5))
    W[:] = 7
    assert watch.spots[0][1][0][0].max() == 1
