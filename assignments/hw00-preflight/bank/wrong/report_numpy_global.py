"""np.random.seed and np.random.randn: the same numbers again, and everybody else's as well.

replaces: sample_report
fails: sample_report-global_state
"""
def sample_report(seed):
    np.random.seed(seed)
    generator = torch.Generator().manual_seed(seed)
    return {"np": np.random.randn(5), "torch": torch.randn(5, generator=generator)}
