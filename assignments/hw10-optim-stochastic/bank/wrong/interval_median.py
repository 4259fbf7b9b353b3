"""Takes the median for the mean.

replaces: estimate_rate
fails: estimate_rate-interval estimate_rate-habits
sometimes: estimate_rate-coverage
"""
def estimate_rate(run, seeds):
    """Mean of run(seed) over the seeds and its 99.9 % interval: returns mean, lo, hi."""
    if len(seeds) < 2:
        raise ValueError("two runs at least")
    values = np.array([float(run(seed)) for seed in seeds])
    mean, half = np.median(values), 3.2905 * values.std(ddof=1) / np.sqrt(len(values))
    return float(mean), float(mean - half), float(mean + half)
