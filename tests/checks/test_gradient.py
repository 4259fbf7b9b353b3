"""Gradients: right ones pass, every small or structural error is found, kinks are stepped around, autograd is recognised."""
from __future__ import annotations

import doctest
import sys
from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import checks

gradient = sys.modules["autograder.checks.gradient"]          # the checker of the same name hides the module
SEEDS = st.integers(0, 2**32 - 1)


def test_its_examples_run():
    result = doctest.testmod(gradient)
    assert result.attempted > 0 and result.failed == 0


def network(seed, act="tanh", sizes=(7, 5, 3), n=11):
    """Loss, parameters and true gradients of a network with biases away from zero."""
    rng = np.random.default_rng(seed)
    params = [(rng.normal(size=(a, b)) / np.sqrt(a), 0.3 * rng.normal(size=b)) for a, b in pairwise(sizes)]
    X, y = rng.normal(size=(n, sizes[0])), rng.integers(sizes[-1], size=n)

    def forward(params, library):
        H = X if library is np else torch.tensor(X)
        for W, b in params[:-1]:
            Z = H @ W + b
            H = library.tanh(Z) if act == "tanh" else Z * (Z > 0)
        return H @ params[-1][0] + params[-1][1]

    def loss(params):
        Z = forward(params, np)
        top = Z.max(axis=1, keepdims=True)
        return float(np.mean(np.log(np.exp(Z - top).sum(axis=1)) + top[:, 0] - Z[np.arange(n), y]))

    leaves = [tuple(torch.tensor(part, requires_grad=True) for part in layer) for layer in params]
    torch.nn.functional.cross_entropy(forward(leaves, torch), torch.tensor(y)).backward()
    return loss, params, [tuple(part.grad.numpy() for part in layer) for layer in leaves]


def decide(seed, change=lambda grads: grads, act="tanh", **options):
    loss, params, grads = network(seed, act)
    return checks.gradient.verdict(loss, params, change([list(layer) for layer in grads]), rng=np.random.default_rng(seed), **options)


@settings(max_examples=40)
@given(SEEDS, st.sampled_from(["tanh", "relu"]))
def test_right_gradients_pass_with_a_large_margin(seed, act):
    loss, params, grads = network(seed, act)
    verdict = checks.gradient.verdict(loss, params, grads, rng=np.random.default_rng(seed))
    assert verdict.status == "ok"
    assert verdict.detail["worst"] < gradient.TOL / 100


@settings(max_examples=40)
@given(SEEDS, st.sampled_from(["tanh", "relu"]), st.integers(0, 1), st.integers(0, 1), st.sampled_from([1e-3, 1e-4, 0.1, 3.0]))
def test_a_block_that_is_off_by_a_thousandth_is_rejected(seed, act, layer, part, rho):
    def change(grads):
        g = grads[layer][part]
        noise = np.random.default_rng(seed + 1).normal(size=g.shape)
        grads[layer][part] = g + rho * np.linalg.norm(g) * noise / np.linalg.norm(noise)
        return grads

    assert decide(seed, change, act).status == "wrong"


@settings(max_examples=25)
@given(SEEDS, st.integers(0, 1), st.integers(0, 1))
def test_a_block_of_zeros_is_rejected(seed, layer, part):
    def change(grads):
        grads[layer][part] = np.zeros_like(grads[layer][part])
        return grads

    assert decide(seed, change).status == "wrong"


@settings(max_examples=25)
@given(SEEDS, st.integers(0, 34))
def test_a_single_missing_entry_is_rejected(seed, entry):
    def change(grads):
        grads[0][0] = grads[0][0].copy()
        grads[0][0].flat[entry] += 0.5
        return grads

    assert decide(seed, change).status == "wrong"


@pytest.mark.parametrize("change", [
    lambda g: [[11 * part for part in layer] for layer in g], lambda g: [[-part for part in layer] for layer in g],
    lambda g: g[::-1], lambda g: g[:1], lambda g: [layer[:1] for layer in g], lambda g: [[g[0][0].T, g[0][1]], g[1]],
    lambda g: [[g[0][0] * np.nan, g[0][1]], g[1]], lambda g: [[g[0][0], g[0][1][:1]], g[1]], lambda g: None,
    lambda g: [[g[0][0].astype(complex), g[0][1]], g[1]], lambda g: [[(100 * g[0][0]).astype(int), g[0][1]], g[1]],
    lambda g: [["a", g[0][1]], g[1]], lambda g: [[np.broadcast_to(g[0][0].sum(), (7, 5)), g[0][1]], g[1]],
], ids=["sum for mean", "sign", "order", "one layer", "no bias", "transposed", "nan", "short", "None", "complex", "int",
        "text", "constant"])
def test_structural_errors_are_rejected(change):
    assert decide(3, change).status == "wrong"


def test_the_message_names_the_block_and_one_digit():
    def change(grads):
        grads[1][1] = 2 * grads[1][1]
        return grads

    message = decide(5, change, names=["W1", "b1", "W2", "b2"]).message
    assert message.startswith("The gradient of b2 disagrees with finite differences: the relative error is about ")
    assert "params[0][1]" in decide(5, lambda g: [[g[0][0], 3 * g[0][1]], g[1]]).message


def test_float32_claims_are_held_to_the_tolerance_only():
    assert decide(7, lambda g: [[part.astype(np.float32) for part in layer] for layer in g]).status == "ok"


def test_tensors_and_dicts_and_single_numbers_work():
    rng = np.random.default_rng(0)
    T = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
    checks.gradient(lambda t: float((t**2).sum()), T, (2 * T).detach(), rng=rng)
    checks.gradient(lambda p: p["a"] ** 2 + float(p["b"].sum()), {"b": np.ones(3), "a": 1.5}, {"a": 3.0, "b": np.ones(3)}, rng=rng)
    checks.gradient(lambda x: x**3, 2.0, 12.0, rng=rng)
    checks.gradient(lambda p: float(p[1].sum()), [np.zeros((0, 3)), np.ones(2)], [np.zeros((0, 3)), np.ones(2)], rng=rng)


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e6])
def test_the_size_of_the_loss_does_not_matter(scale):
    loss, params, grads = network(2)
    scaled = [tuple(scale * part for part in layer) for layer in grads]
    rng = np.random.default_rng(0)
    assert checks.gradient.verdict(lambda p: scale * loss(p), params, scaled, rng=rng).status == "ok"
    scaled[0] = (scaled[0][0] * 1.01, scaled[0][1])
    assert checks.gradient.verdict(lambda p: scale * loss(p), params, scaled, rng=rng).status == "wrong"


# ---------------------------------------------------------------- kinks

@settings(max_examples=40)
@given(SEEDS, st.sampled_from([1e-2, 1e-3, 1e-4, 3e-5]))
def test_a_kink_nearby_is_stepped_around(seed, distance):
    """Ten kinks of |x| within the larger steps of the ladder: each single step would meet some of them."""
    rng = np.random.default_rng(seed)
    x = distance * rng.choice([-1.0, 1.0], size=10) * rng.uniform(1.0, 2.0, size=10)
    f = lambda x: float(np.sum(np.abs(x)) + np.sum(x**2))  # noqa: E731
    assert checks.gradient.verdict(f, x, np.sign(x) + 2 * x, rng=rng).status == "ok"
    assert checks.gradient.verdict(f, x, np.sign(x) * 1.01, rng=rng).status == "wrong"


def noisy():
    rng = np.random.default_rng(0)
    return lambda x: float(rng.normal())


def test_a_loss_without_slopes_is_for_a_person_if_it_is_ours():
    x = np.ones(3)
    assert checks.gradient.verdict(noisy(), x, x, rng=np.random.default_rng(1)).status == "undecided"
    assert checks.gradient.verdict(lambda x: float("nan"), x, x, rng=np.random.default_rng(1)).status == "undecided"


def test_a_loss_without_slopes_is_wrong_if_it_is_the_students():
    x = np.ones(3)
    assert checks.gradient.verdict(noisy(), x, x, rng=np.random.default_rng(1), own=True).status == "wrong"


# ---------------------------------------------------------------- through autograd

A = torch.tensor(np.random.default_rng(0).normal(size=(4, 4)))
X = torch.tensor(np.random.default_rng(1).normal(size=4))


def f(A, x):
    return 0.5 * x @ A @ x


def by_backward(A, x):
    x = x.detach().clone().requires_grad_()
    f(A, x).backward()
    return x.grad


def by_grad(A, x):
    x = x.detach().clone().requires_grad_()
    return torch.autograd.grad(f(A, x), x)[0]


grad_bound_earlier = torch.autograd.grad


def by_an_old_name(A, x):
    x = x.detach().clone().requires_grad_()
    return grad_bound_earlier(f(A, x), x)[0].numpy()


def partly(A, x):
    return by_grad(A, x) + 1.0


def formula(A, x):
    return (A + A.T) @ x / 2


def decoy(A, x):
    by_backward(A, x)
    return formula(A, x)


def differences(A, x):
    h = 1e-6
    return torch.stack([(f(A, x + h * e) - f(A, x - h * e)) / (2 * h) for e in torch.eye(4, dtype=torch.float64)])


@pytest.mark.parametrize(("function", "status"), [
    (by_backward, "ok"), (by_grad, "ok"), (by_an_old_name, "ok"), (partly, "ok"),
    (lambda A, x: torch.func.grad(f, argnums=1)(A, x), "ok"),
    (lambda A, x: torch.func.vjp(lambda v: f(A, v), x)[1](torch.tensor(1.0).double())[0], "ok"),
    (lambda A, x: torch.autograd.functional.jacobian(lambda v: f(A, v), x), "ok"),
    (lambda A, x: torch.autograd.functional.vjp(lambda v: f(A, v), x)[1], "ok"),
    (formula, "wrong"), (decoy, "wrong"), (differences, "wrong"), (lambda A, x: torch.zeros(4), "wrong"),
    (lambda A, x: x / 0, "wrong"), (lambda A, x: None + x, "error"),
], ids=["backward", "grad", "old name", "partly", "func.grad", "func.vjp", "jacobian", "vjp", "formula", "decoy",
        "differences", "zeros", "inf", "raises"])
def test_a_result_follows_the_backward_pass_or_not(function, status):
    assert checks.through_autograd.verdict(function, A, X).status == status


def test_a_check_of_ones_own_gradient_is_told_what_this_test_does_and_earns_nothing_for_a_formula():
    def checked(A, x):
        g = by_grad(A, x)
        assert torch.allclose(g, formula(A, x))
        return formula(A, x)

    verdict = checks.through_autograd.verdict(checked, A, X)
    assert verdict.status == "wrong" and "three times as much" in verdict.message


def test_torch_is_left_as_it_was():
    engine = torch.autograd.Variable._execution_engine
    checks.through_autograd(by_grad, A, X)
    checks.through_autograd.verdict(lambda A, x: 1 / 0, A, X)
    assert torch.autograd.Variable._execution_engine is engine
    assert torch.allclose(by_grad(A, X), formula(A, X))
