"""The tensor holds numpy's numbers, moved by one place.

replaces: sample_report
fails: sample_report-normal
"""
def sample_report(seed):
    numbers = np.random.default_rng(seed).standard_normal(6)
    return {"np": numbers[:5], "torch": torch.tensor(numbers[1:])}
