"""torch.manual_seed, which is the global one.

replaces: sample_report
fails: sample_report-global_state
"""
def sample_report(seed):
    torch.manual_seed(seed)
    return {"np": np.random.default_rng(seed).standard_normal(5), "torch": torch.randn(5)}
