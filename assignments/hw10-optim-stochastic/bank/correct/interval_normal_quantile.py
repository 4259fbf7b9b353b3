"""The quantile comes from the standard library, with more digits.

replaces: estimate_rate
"""
from statistics import NormalDist


def estimate_rate(run, seeds):
    R = len(seeds)
    if R <= 1:
        raise ValueError("R")
    y = np.fromiter((run(seed) for seed in seeds), dtype=float)
    mean = y.sum() / R
    half = NormalDist().inv_cdf(0.9995) * np.sqrt(np.sum((y - mean) ** 2) / (R * (R - 1)))
    return [mean, mean - half, mean + half]
