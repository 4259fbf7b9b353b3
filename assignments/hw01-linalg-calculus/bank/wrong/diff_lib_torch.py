"""torch's derivative.

replaces: num_diff
fails: num_diff-sine num_diff-forward num_diff-central num_diff-complex num_diff-scale num_diff-zero
    num_diff-step num_diff-calls num_diff-single num_diff-habits
"""
import torch

def num_diff(f, x, method):
    return float(torch.func.grad(f)(torch.tensor(float(x))))
