"""Borrows the standard deviation of torch.

replaces: estimate_rate
fails: estimate_rate-by_hand estimate_rate-interval estimate_rate-coverage estimate_rate-edges estimate_rate-habits
"""
def estimate_rate(run, seeds):
    """Mean of run(seed) over the seeds and its 99.9 % interval: returns mean, lo, hi."""
    if len(seeds) < 2:
        raise ValueError("two runs at least")
    values = np.array([float(run(seed)) for seed in seeds])
    mean, half = values.mean(), 3.2905 * float(torch.tensor(values).std()) / np.sqrt(len(values))
    return float(mean), float(mean - half), float(mean + half)
