"""One seed sequence with two children, the second of which seeds torch.

replaces: sample_report
"""
def sample_report(seed):
    first, second = np.random.SeedSequence(seed).spawn(2)
    state = int(second.generate_state(1, np.uint64)[0] >> 1)
    return {"np": np.random.default_rng(first).standard_normal(5),
            "torch": torch.normal(0.0, 1.0, (5,), generator=torch.Generator().manual_seed(state))}
