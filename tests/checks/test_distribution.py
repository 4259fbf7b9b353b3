"""Laws of random draws: every correct sample passes, the usual wrong ones do not."""
from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.checks import distribution

SHAPE = (256, 512)
seeds = st.integers(0, 2**32)


def draw(rng: np.random.Generator, shape: str, var: float, size: tuple[int, ...] = SHAPE) -> np.ndarray:
    if shape == "normal":
        return rng.normal(scale=var**0.5, size=size)
    return rng.uniform(-math.sqrt(3 * var), math.sqrt(3 * var), size=size)


@pytest.mark.parametrize("shape", ["normal", "uniform"])
@given(seed=seeds, var=st.floats(1e-6, 1e6))
def test_correct_draws_are_accepted_at_every_scale(shape, seed, var):
    W = draw(np.random.default_rng(seed), shape, var, (100, 100))
    distribution.moments(W, "W", var=var, shape=shape)
    if shape == "uniform":
        distribution.bounded(W, "W", bound=math.sqrt(3 * var))


@pytest.mark.parametrize("shape", ["normal", "uniform"])
def test_the_scores_of_correct_draws_spread_as_predicted(shape):
    """Then 6 standard errors mean 2e-9: sd near 1 and nothing beyond 4.5 in 400 samples."""
    details = [distribution.moments.verdict(draw(np.random.default_rng(seed), shape, 2.0, (100, 100)), "W", var=2.0,
                                            shape=shape).detail for seed in range(400)]
    for key in ("z_mean", "z_var"):
        z = np.array([detail[key] for detail in details])
        assert 0.85 < z.std() < 1.15
        assert np.abs(z).max() < 4.5


@pytest.mark.parametrize("shape", ["normal", "uniform"])
def test_the_spread_of_the_kurtosis_is_as_stated(shape):
    samples = [draw(np.random.default_rng(seed), shape, 1.0, (10_000,)) for seed in range(400)]
    kurtosis = np.array([np.mean(x**4) / np.mean(x**2) ** 2 for x in samples])
    assert kurtosis.mean() == pytest.approx(distribution.KURTOSIS[shape], abs=0.02)
    assert kurtosis.std() == pytest.approx(math.sqrt(distribution.KURTOSIS_SPREAD[shape] / 10_000), rel=0.2)


FAN_IN, FAN_OUT = SHAPE
WRONG = {
    "the variance as standard deviation": lambda rng: rng.normal(scale=2 / FAN_IN, size=SHAPE),
    "fan out": lambda rng: rng.normal(scale=math.sqrt(2 / FAN_OUT), size=SHAPE),
    "the average of both fans": lambda rng: rng.normal(scale=math.sqrt(4 / (FAN_IN + FAN_OUT)), size=SHAPE),
    "without the factor two": lambda rng: rng.normal(scale=math.sqrt(1 / FAN_IN), size=SHAPE),
    "a mean": lambda rng: rng.normal(loc=0.1 * math.sqrt(2 / FAN_IN), scale=math.sqrt(2 / FAN_IN), size=SHAPE),
    "uniform with the right variance": lambda rng: draw(rng, "uniform", 2 / FAN_IN),
    "cut off at two sd": lambda rng: cut(rng) * math.sqrt(2 / FAN_IN),
    "cut off at two sd, rescaled": lambda rng: cut(rng) / 0.87962566 * math.sqrt(2 / FAN_IN),
    "a sign times a constant": lambda rng: rng.choice([-1.0, 1.0], size=SHAPE) * math.sqrt(2 / FAN_IN),
    "zeros": lambda rng: np.zeros(SHAPE),
    "nan": lambda rng: np.full(SHAPE, np.nan),
    "integers": lambda rng: rng.integers(-1, 2, size=SHAPE),
}


def cut(rng: np.random.Generator) -> np.ndarray:
    x = rng.normal(size=2 * FAN_IN * FAN_OUT)
    return x[np.abs(x) < 2][: FAN_IN * FAN_OUT].reshape(SHAPE)


@pytest.mark.parametrize("mistake", WRONG)
@pytest.mark.parametrize("seed", range(5))
def test_a_wrong_law_is_refused(mistake, seed):
    W = WRONG[mistake](np.random.default_rng(seed))
    assert distribution.moments.verdict(W, "W", var=2 / FAN_IN).status == "wrong"


@given(seed=seeds, runs=st.integers(1, 4), scale=st.floats(1e-6, 1e6))
def test_an_unbiased_estimate_is_accepted_by_its_exact_variance(seed, runs, scale):
    rng = np.random.default_rng(seed)
    mean, sd = rng.normal(size=(3, 4)), scale * rng.uniform(0.5, 2, size=(3, 4))
    sd[0, 0] = 0.0                                  # nothing is left to chance
    estimate = (mean + sd * rng.normal(size=(runs, 3, 4))).mean(axis=0)
    distribution.unbiased(estimate, mean, "C", variance=sd**2, runs=runs)
    off = estimate + sd * np.r_[np.zeros(7), 15.0, np.zeros(4)].reshape(3, 4)
    assert distribution.unbiased.verdict(off, mean, "C", variance=sd**2, runs=runs).status == "wrong"


def test_the_limit_of_an_unbiased_estimate_is_that_of_bonferroni():
    """The largest of N scores passes the limit with N times the tail: below 2e-9 for every N."""
    for entries in (1, 20, 50, 10_000):
        limit = math.sqrt(distribution.SIGMAS**2 + 2 * math.log(entries))
        assert entries * math.erfc(limit / math.sqrt(2)) <= 2.0e-9
    estimate, mean = np.zeros((100, 100)), np.zeros((100, 100))
    estimate[3, 4] = 7.0                            # 6 would do for one entry
    distribution.unbiased(estimate, mean, "C", variance=np.ones((100, 100)))


@pytest.mark.parametrize("estimate, text", [
    (np.zeros(3), "shape"), (np.zeros((2, 2)) * 1j, "real"), (np.full((2, 2), np.nan), "finite"),
    (np.array([[1.0, 0.0], [0.0, 0.1]]), "chance"), (np.array([[9.0, 0.0], [0.0, 0.0]]), "standard errors"),
    (None, "shape")])
def test_an_estimate_of_another_form_gets_its_own_message(estimate, text):
    variance = np.array([[1.0, 1.0], [1.0, 0.0]])
    verdict = distribution.unbiased.verdict(estimate, np.zeros((2, 2)), "C", variance=variance)
    assert verdict.status == "wrong"
    assert text in verdict.message


@given(seed=seeds)
def test_bounds_of_the_standard_deviation_are_not_the_uniform_law(seed):
    W = np.random.default_rng(seed).uniform(-1, 1, size=1000)
    assert distribution.bounded.verdict(W, "W", bound=math.sqrt(3)).status == "wrong"
    assert distribution.bounded.verdict(math.sqrt(3) * W, "W", bound=1.0).status == "wrong"


@given(seed=seeds)
def test_normal_draws_leave_every_uniform_bound(seed):
    W = np.random.default_rng(seed).normal(size=1000)
    assert distribution.bounded.verdict(W, "W", bound=math.sqrt(3)).status == "wrong"


@given(seed=seeds)
def test_independent_layers_pass_and_copies_do_not(seed):
    rng = np.random.default_rng(seed)
    first, second = rng.normal(size=(7, 50)), rng.normal(size=(50, 30))
    distribution.uncorrelated(first, second, "the layers")
    assert distribution.uncorrelated.verdict(first, 3 * first, "the layers").status == "wrong"
    assert distribution.uncorrelated.verdict(first, 0 * first, "the layers").status == "wrong"


@given(seed=seeds, classes=st.integers(2, 12))
def test_equally_likely_integers_pass_and_a_missing_one_does_not(seed, classes):
    rng = np.random.default_rng(seed)
    values = rng.integers(classes, size=100 * classes)
    distribution.chi2_uniform(values, classes, "the labels")
    assert distribution.chi2_uniform.verdict(np.where(values == 0, 1, values), classes, "it").status == "wrong"
    assert distribution.chi2_uniform.verdict(values + 1, classes, "it").status == "wrong"


@pytest.mark.parametrize("dof, x", [(1, 10.8276), (2, 13.8155), (4, 18.4668), (9, 27.8772), (30, 59.7031)])
def test_the_tail_of_chi_square_agrees_with_tables_at_one_in_a_thousand(dof, x):
    assert distribution.chi2_tail(x, dof) == pytest.approx(1e-3, rel=1e-4)


@given(seed=seeds)
def test_the_distribution_function_decides_between_similar_laws(seed):
    rng = np.random.default_rng(seed)
    half = math.sqrt(0.5)
    normal_cdf = np.vectorize(lambda x: 0.5 * math.erfc(-x * half))
    distribution.ks_check(rng.normal(size=3000), normal_cdf, "x")
    assert distribution.ks_check.verdict(rng.uniform(-1.7, 1.7, size=9000), normal_cdf, "x").status == "wrong"


@pytest.mark.parametrize("ask", [lambda: distribution.moments(np.zeros(99), "W", var=1.0),
                                 lambda: distribution.chi2_uniform(np.zeros(99, dtype=int), 5, "it")])
def test_too_few_draws_are_the_authors_mistake(ask):
    with pytest.raises(ValueError, match="99"):
        ask()


@pytest.mark.parametrize("value, status", [
    (0.5, "ok"), (1, "ok"), (np.float32(0), "ok"), (1.01, "wrong"), (-0.01, "wrong"), (math.nan, "wrong"),
    (math.inf, "wrong"), ("0.5", "wrong"), ([0.5], "wrong")])
def test_measured_limits_include_their_ends_and_refuse_what_is_no_number(value, status):
    assert distribution.within.verdict(value, "it", at_least=0, at_most=1).status == status


def test_no_message_shows_the_law():
    for mistake in WRONG.values():
        message = distribution.moments.verdict(mistake(np.random.default_rng(0)), "W", var=2 / FAN_IN).message
        assert f"{2 / FAN_IN:.3g}" not in message
        assert len(message) > 30
