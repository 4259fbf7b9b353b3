"""Differentiates with torch.

replaces: jvp
fails: jvp-by_hand jvp-slope jvp-confusion jvp-habits
"""
import torch


def jvp(f, x, v):
    value, slope = torch.func.jvp(lambda *p: f(p), tuple(torch.tensor(a) for a in x), tuple(torch.tensor(b) for b in v))
    return float(value), float(slope)
