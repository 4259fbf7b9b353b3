"""One array in place of three floats.

replaces: estimate_rate
fails: estimate_rate-by_hand estimate_rate-interval
"""
def estimate_rate(run, seeds):
    """Mean of run(seed) over the seeds and its 99.9 % interval: returns mean, lo, hi."""
    if len(seeds) < 2:
        raise ValueError("two runs at least")
    values = np.array([float(run(seed)) for seed in seeds])
    mean, half = values.mean(), 3.2905 * values.std(ddof=1) / np.sqrt(len(values))
    return np.array([mean, mean - half, mean + half])
