"""The sum of squares minus the square of the sum.

replaces: estimate_rate
fails: estimate_rate-edges
"""
def estimate_rate(run, seeds):
    """Mean of run(seed) over the seeds and its 99.9 % interval: returns mean, lo, hi."""
    if len(seeds) < 2:
        raise ValueError("two runs at least")
    values = np.array([float(run(seed)) for seed in seeds])
    R = len(values)
    square = ((values**2).sum() - values.sum() ** 2 / R) / (R - 1)
    mean, half = values.mean(), 3.2905 * np.sqrt(max(square, 0) / R)
    return float(mean), float(mean - half), float(mean + half)
