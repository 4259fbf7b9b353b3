"""The tensor is a copy of numpy's numbers.

replaces: sample_report
fails: sample_report-differ sample_report-normal
"""
def sample_report(seed):
    numbers = np.random.default_rng(seed).standard_normal(5)
    return {"np": numbers, "torch": torch.tensor(numbers, dtype=torch.float32)}
