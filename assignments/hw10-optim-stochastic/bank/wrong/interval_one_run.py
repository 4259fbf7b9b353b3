"""Is content with one run.

replaces: estimate_rate
fails: estimate_rate-edges
"""
def estimate_rate(run, seeds):
    """Mean of run(seed) over the seeds and its 99.9 % interval: returns mean, lo, hi."""
    if len(seeds) < 2:
        value = float(run(seeds[0])) if seeds else 0.0
        return value, value, value
    values = np.array([float(run(seed)) for seed in seeds])
    mean, half = values.mean(), 3.2905 * values.std(ddof=1) / np.sqrt(len(values))
    return float(mean), float(mean - half), float(mean + half)
