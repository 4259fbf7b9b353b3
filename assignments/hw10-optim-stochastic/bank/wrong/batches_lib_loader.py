"""Borrows the loader of torch, under another name.

replaces: minibatches
fails: minibatches-sizes minibatches-permutation minibatches-uniform minibatches-edges minibatches-habits
"""
import torch.utils.data as data


def minibatches(n, bs, rng, drop_last=False):
    if bs < 1:
        raise ValueError("bs")
    for rows in data.DataLoader(range(n), batch_size=bs, shuffle=True, drop_last=drop_last):
        yield rows.numpy()
