"""The factor for 95 %.

replaces: estimate_rate
fails: estimate_rate-by_hand estimate_rate-interval estimate_rate-coverage
"""
def estimate_rate(run, seeds):
    """Mean of run(seed) over the seeds and its 99.9 % interval: returns mean, lo, hi."""
    if len(seeds) < 2:
        raise ValueError("two runs at least")
    values = np.array([float(run(seed)) for seed in seeds])
    mean, half = values.mean(), 1.96 * values.std(ddof=1) / np.sqrt(len(values))
    return float(mean), float(mean - half), float(mean + half)
