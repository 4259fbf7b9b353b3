"""Random draws, decided by their law and never by stored numbers: any order of drawing is right.

A *law* is a mean, a variance and a shape. Each comparison is a z-score (error divided by the standard error that the
law itself predicts) or a distribution-free inequality, so that a threshold is a statement about rejecting correct
draws: `SIGMAS` = 6 rejects one correct sample in 5e8 per two-sided comparison. Power comes from the number of draws,
which the author chooses: a wrong law that is 12 standard errors away is accepted with probability below 1e-9.
"""
from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from . import seams
from .verdict import Verdict, checker, factor, ok, size, wrong

SIGMAS = 6.0
"""Two-sided Gaussian tail 2.0e-9. Worst seen in 400 simulated correct samples of 65 536 numbers: 3.84 for a
variance."""
KURTOSIS = {"normal": 3.0, "uniform": 1.8}
"""Fourth standardised moment of each shape."""
KURTOSIS_SPREAD = {"normal": 24.0, "uniform": 1.316571}
"""n times the variance of the sample kurtosis. With x standardised and k its kurtosis, the sample kurtosis is to
first order the mean of x^4 - k - 2 k (x^2 - 1); the variance of one such term follows from the moments up to x^8:
normal 1, 3, 15, 105 and uniform 1, 9/5, 27/7, 9."""
KURTOSIS_SLACK = 0.1
"""Added to 6 standard errors, for the skew of the sample kurtosis (sqrt(216 / n) for a normal sample: at n = 10 000
the upper 6 sigma point moves to 6.9). Normal 3, uniform 1.8 and a normal cut off at two standard deviations, 2.37,
stay apart."""
MIN_DRAWS = 10_000
"""Below this the Gaussian limits above are not trusted at 6 sigma: for a normal sample the skew of the variance,
sqrt(8 / n), moves the 6 sigma point by 0.17 at this size. Asking with fewer draws is the author's mistake and raises
ValueError."""
EDGE = 1e-9
"""A uniform sample comes this near to its bound: all n draws stay below (1 - t) of the bound with probability
(1 - t)^n <= exp(-t n), so t = ln(1 / EDGE) / n rejects a correct sample with probability EDGE."""
EXACT = 1e-12
"""Relative error of an entry that does not depend on chance: a sum of some thousand terms is at 1e-14."""
CHI2_P = 1e-9
"""Smallest p-value of the chi-square test that is accepted."""
MIN_EXPECTED = 50
"""Expected count per cell from which the chi-square limit is used so far out in the tail."""
KS_P = 1e-7
"""Probability of rejecting a correct sample, by the inequality of Dvoretzky, Kiefer, Wolfowitz and Massart: for every
n, P(D > sqrt(ln(2 / p) / (2 n))) <= p."""

Shape = Literal["normal", "uniform"]


@checker
def moments(draws: Any, what: str, *, var: float, mean: float = 0.0, shape: Shape | None = "normal") -> Verdict:
    """`draws` are independent with this mean, variance and shape.

    draws  floating-point array of any shape, at least `MIN_DRAWS` numbers; `what` names them in the message
    var    the variance (not the standard deviation), above zero
    shape  "normal" or "uniform": its kurtosis is asked as well; None: mean and variance only, with the normal's spread

    In order: numbers, finite, mean, variance, kurtosis. With n draws and kurtosis k the standard errors are sqrt(var
    / n), var sqrt((k - 1) / n) and sqrt(KURTOSIS_SPREAD / n). False reject: 2e-9 for each of the three. False accept:
    at n = 65 536 the variance is held to 3.3 % (normal) or 2.1 % (uniform), and initialisation schemes differ by 50 %
    or more.

    >>> rng = np.random.default_rng(0)
    >>> moments(rng.normal(scale=0.5, size=(200, 100)), "W", var=0.25)
    >>> moments.verdict(rng.normal(scale=0.25, size=(200, 100)), "W", var=0.25).message
    'The variance of W is off by a factor of about 0.2. Is it the variance that was asked, or the standard deviation?'
    """
    sample, refusal = _sample(draws, what)
    if refusal is not None:
        return refusal
    n = _enough(sample.size)
    k = KURTOSIS[shape or "normal"]
    got_mean, got_var = float(sample.mean()), float(sample.var())
    z_mean = (got_mean - mean) / math.sqrt(var / n)
    if not seams.fits(abs(z_mean), SIGMAS):
        return wrong(f"The mean of {what} is not right: it is {size(abs(z_mean))} standard errors away.", z=z_mean)
    z_var = (got_var / var - 1) / math.sqrt((k - 1) / n)
    if not seams.fits(abs(z_var), SIGMAS):
        return wrong(f"The variance of {what} is off by a factor of {factor(got_var / var)}. Is it the variance that was "
                     "asked, or the standard deviation?", z=z_var, variance=got_var)
    if shape is not None:
        kurtosis = float(np.mean((sample - got_mean) ** 4)) / got_var**2
        allowed = SIGMAS * math.sqrt(KURTOSIS_SPREAD[shape] / n) + KURTOSIS_SLACK
        if not seams.fits(abs(kurtosis - k), allowed):
            return wrong(f"{what} has the right mean and variance and is not {shape}: its tails are too "
                         f"{'heavy' if kurtosis > k else 'light'}.", kurtosis=kurtosis)
    return ok(z_mean=z_mean, z_var=z_var)


@checker
def unbiased(estimate: Any, expected: Any, what: str, *, variance: Any, runs: int = 1) -> Verdict:
    """`estimate`, a sum of many independent terms, has the expectation `expected`, entry by entry.

    estimate  (...) one result, or the mean of `runs` results
    variance  (...) the exact variance of one result: an author's formula, not measured, so that one run is enough. Where it
              is zero, the entry must be right to `EXACT` of the largest

    The largest |estimate - expected| / sqrt(variance / runs) against a limit that grows with the number N of entries,
    sqrt(SIGMAS**2 + 2 ln N): each tail is then below 2e-9 / N, so a correct estimate is rejected with 2e-9 in all
    (Bonferroni). That the estimate is close to normal is the author's business: the sum of n terms of skewness g moves the
    limit by 6 g / sqrt(n). False accept: a bias of 12 standard errors in one entry, below 1e-8.

    >>> heads = np.random.default_rng(0).binomial(10_000, 0.5) / 10_000
    >>> unbiased(heads, 0.5, "the share of heads", variance=0.25 / 10_000)
    >>> unbiased.verdict(heads, 0.6, "the share of heads", variance=0.25 / 10_000).message
    'The expectation of the share of heads is not right: it is about 2e+01 standard errors away.'
    """
    target, spread = np.asarray(expected, dtype=np.float64), np.sqrt(np.asarray(variance, dtype=np.float64) / runs)
    got = np.asarray(estimate)
    if got.shape != target.shape or got.dtype.kind not in "biuf":
        return wrong(f"{_capital(what)} should be real numbers of shape {target.shape}; got {got.dtype} of shape "
                     f"{got.shape}.")
    if not np.isfinite(got).all():
        return wrong(f"{_capital(what)} should be finite: a division by a probability of zero gives nan.")
    distance = np.abs(got.astype(np.float64) - target)
    still = spread <= EXACT * np.abs(target).max(initial=0.0)
    if not (distance[still] <= EXACT * np.abs(target).max(initial=0.0)).all():
        return wrong(f"{_capital(what)} is wrong where nothing is left to chance.")
    z = float((distance[~still] / spread[~still]).max(initial=0.0))
    if not seams.fits(z, math.sqrt(SIGMAS**2 + 2 * math.log(max(target.size, 1)))):
        return wrong(f"The expectation of {what} is not right: it is {size(z)} standard errors away.", z=z)
    return ok(z=z)


@checker
def bounded(draws: Any, what: str, *, bound: float) -> Verdict:
    """No draw is larger than `bound` in absolute value, and the draws reach almost that far: uniform on (-bound,
    bound).

    draws  floating-point array of any shape
    bound  above zero; comparison with 4 units of rounding, as low + (high - low) * u may round up

    False reject: 0 for the bound, `EDGE` for reaching it. False accept of a bound that is too small by the factor 1 -
    t: none once t > ln(1 / EDGE) / n (3e-4 for 65 536 draws).

    >>> bounded(np.random.default_rng(0).uniform(-2, 2, size=1000), "W", bound=2.0)
    >>> bounded.verdict(np.random.default_rng(0).uniform(-2, 2, size=1000), "W", bound=1.0).message
    'Some entries of W lie outside the bound of the uniform law. A uniform law on (-a, a) has variance a**2 / 3.'
    """
    sample, refusal = _sample(draws, what)
    if refusal is not None:
        return refusal
    hint = "A uniform law on (-a, a) has variance a**2 / 3."
    largest = float(np.abs(sample).max())
    if not seams.fits(largest, bound * (1 + 4 * np.finfo(np.float64).eps)):
        return wrong(f"Some entries of {what} lie outside the bound of the uniform law. {hint}", largest=largest)
    if not largest >= bound * (1 - math.log(1 / EDGE) / sample.size):
        return wrong(f"{what} stays too close to zero: a uniform sample comes nearer to its bound. {hint}",
                     largest=largest)
    return ok(largest=largest)


@checker
def uncorrelated(first: Any, second: Any, what: str) -> Verdict:
    """Two samples, compared entry by entry over their common length, have correlation zero.

    For independent draws r sqrt(n) is standard normal up to terms of order 1 / n. False reject: 2e-9 (at n >= 100). A
    copy, a multiple or a negative copy has |r| = 1 and is never accepted; a correlation of 12 / sqrt(n) slips through
    with 1e-9.

    >>> a, b = np.random.default_rng(0).normal(size=(2, 500))
    >>> uncorrelated(a, b, "the layers")
    >>> uncorrelated.verdict(a, -2 * a, "the layers").message
    'Independent draws are asked; the entries of the layers are correlated. Draw new numbers for each.'
    """
    x, y = np.ravel(np.asarray(first, dtype=np.float64)), np.ravel(np.asarray(second, dtype=np.float64))
    n = min(x.size, y.size)
    x, y = x[:n] - x[:n].mean(), y[:n] - y[:n].mean()
    length = math.sqrt(float(x @ x) * float(y @ y))
    r = float(x @ y) / length if length > 0 else math.nan
    if not seams.fits(abs(r) * math.sqrt(n), SIGMAS):
        return wrong(f"Independent draws are asked; the entries of {what} are correlated. Draw new numbers for each.",
                     r=r)
    return ok(r=r)


@checker
def chi2_uniform(values: Any, classes: int, what: str) -> Verdict:
    """Integers in 0 … classes - 1 that are all equally likely (a shuffled order, a sampled index, a label).

    values  integer array; at least `MIN_EXPECTED` per class, otherwise ValueError

    Pearson's statistic against `CHI2_P`. False reject: 1e-9 (the sum is close to its chi-square limit at 50 per
    class). False accept: a class that is left out adds n / classes >= 50 to the statistic by itself, and small biases
    b need n of about 100 / b^2.

    >>> chi2_uniform(np.random.default_rng(0).integers(5, size=1000), 5, "the rows")
    >>> chi2_uniform.verdict(np.arange(1000) % 4, 5, "the rows").message
    'All values should be equally likely; among the rows some come up too often, others too rarely.'
    """
    sample = np.ravel(np.asarray(values))
    if sample.dtype.kind not in "iu":
        return wrong(f"Integers are asked for {what}; got dtype {sample.dtype}.")
    if sample.size < MIN_EXPECTED * classes:
        raise ValueError(f"{classes} classes need {MIN_EXPECTED * classes} values or more; got {sample.size}")
    if sample.min() < 0 or sample.max() >= classes:
        return wrong(f"Numbers from 0 to {classes - 1} are asked for {what}; some are outside.")
    expected = sample.size / classes
    statistic = float(((np.bincount(sample, minlength=classes) - expected) ** 2).sum() / expected)
    p = chi2_tail(statistic, classes - 1)
    if not p >= CHI2_P:
        return wrong(f"All values should be equally likely; among {what} some come up too often, others too rarely.",
                     p=p, statistic=statistic)
    return ok(p=p)


@checker
def ks_check(draws: Any, cdf: Callable[[NDArray[np.float64]], NDArray[np.float64]], what: str) -> Verdict:
    """The draws have the continuous distribution function `cdf` (vectorised, ours).

    The largest distance between the empirical and the given distribution function, against the inequality at `KS_P`.
    False reject: 1e-7 for every n and every continuous law. False accept: a law whose distribution function is 2
    sqrt(ln(2 / KS_P) / (2 n)) away (6 % at n = 10 000) is accepted with probability below 1e-7, by the same
    inequality.

    >>> ks_check(np.random.default_rng(0).uniform(size=2000), lambda x: np.clip(x, 0, 1), "u")
    >>> ks_check.verdict(np.random.default_rng(0).uniform(size=2000) ** 2, lambda x: np.clip(x, 0, 1), "u").message
    'The law of u is not the one that was asked: the distribution functions differ by about 3e-01.'
    """
    sample, refusal = _sample(draws, what)
    if refusal is not None:
        return refusal
    n = sample.size
    model = np.asarray(cdf(np.sort(sample)), dtype=np.float64)
    above, below = np.arange(1, n + 1) / n - model, model - np.arange(n) / n
    distance = float(max(above.max(), below.max()))
    if not seams.fits(distance, math.sqrt(math.log(2 / KS_P) / (2 * n))):
        return wrong(f"The law of {what} is not the one that was asked: the distribution functions differ by "
                     f"{size(distance)}.", distance=distance)
    return ok(distance=distance)


@checker
def within(value: Any, what: str, *, at_least: float = -math.inf, at_most: float = math.inf, hint: str = "") -> Verdict:
    """One random number lies between two limits that were measured.

    value     a number that a student's code has drawn or computed from draws
    at_least  and at_most: 6 sd or more from the mean over correct runs, as assignment.toml records with its
              `[[threshold]]`

    False reject: 1e-9 at 6 sd when the value (or its logarithm: ask for that) is close to normal. False accept: the
    distance of wrong solutions stands beside the threshold as `others`.

    >>> within(0.3, "the logarithm", at_least=-4, at_most=4)
    >>> within.verdict(float("nan"), "the logarithm", at_most=4).message
    'A finite number is asked for the logarithm.'
    >>> within.verdict(-9.2, "the logarithm", at_least=-4, hint="Which variance keeps the signal?").message
    'The logarithm is too small. Which variance keeps the signal?'
    """
    array = np.asarray(value)
    if array.shape != () or array.dtype.kind not in "iuf" or not np.isfinite(array):
        return wrong(f"A finite number is asked for {what}.")
    if not at_least <= float(array) <= at_most:
        side = "small" if float(array) < at_least else "large"
        return wrong(f"{what[:1].upper()}{what[1:]} is too {side}. {hint}".strip(), value=float(array))
    return ok(value=float(array))


def chi2_tail(x: float, dof: int) -> float:
    """P(chi-square with `dof` degrees of freedom > x): the finite sums that hold for whole and half-whole dof / 2.

    >>> round(chi2_tail(3.841459, 1), 6), round(chi2_tail(5.991465, 2), 6), round(chi2_tail(11.0705, 5), 6)
    (0.05, 0.05, 0.05)
    """
    if x <= 0:
        return 1.0
    half, start = x / 2, (dof % 2) / 2
    total = math.erfc(math.sqrt(half)) if dof % 2 else 0.0
    for step in range(dof // 2):
        power = step + start
        total += math.exp(power * math.log(half) - half - math.lgamma(power + 1))
    return total


def _sample(draws: Any, what: str) -> tuple[NDArray[np.float64], Verdict | None]:
    """All draws as one float64 vector, and the refusal when they are not finite floating-point numbers."""
    array = np.asarray(draws)
    if array.dtype.kind != "f":
        return np.zeros(0), wrong(f"{what} should hold floating-point numbers; got dtype {array.dtype}.")
    if array.size == 0 or not np.isfinite(array).all():
        return np.zeros(0), wrong(f"{what} should hold finite numbers, at least one.")
    return np.ravel(array).astype(np.float64), None


def _capital(what: str) -> str:
    return what[:1].upper() + what[1:]


def _enough(n: int) -> int:
    if n < MIN_DRAWS:
        raise ValueError(f"a law is decided with at least {MIN_DRAWS} draws; got {n}: ask for a larger sample")
    return n
